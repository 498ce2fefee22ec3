"""Handing out the register of documents."""

from __future__ import annotations

import hashlib

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.drafting.jobs.downloads import REGISTER_EXPORTED
from app.issuing import register as numbers
from app.issuing.register_workbook import register_workbook


def export_register(year: int, sought: str, *, title: str, by: Actor) -> bytes:
    """Return a year's register as a workbook, narrowed down to what was sought, and write down who took it."""
    require(by, Action.READ_REGISTER)
    data = register_workbook(numbers.matching_series(numbers.series_of_year(year), sought), title=title)
    detail = {"year": year, "sought": sought, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    record_event(REGISTER_EXPORTED, by=by, summary=f"{year}年发文登记簿", detail=detail)
    return data
