"""A department's form on its way back, as tests of the operations upload it."""

from __future__ import annotations

from collections.abc import Mapping

from app.filing.core.models import Filing
from app.filing.workbook import operations, queries
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.proposal import RowOutcome
from tests.filing.workbook.forms import filled
from tests.world import World


def upload(
    world: World, answers: Mapping[tuple[int, str], object], before: bytes | None = None
) -> UploadedForm:
    """Let the filer of 经发办 upload a form with these answers: row 4 is measure 1, row 5 measure 2."""
    filer = world.users["filer"]
    data = filled(before or operations.download_form(world.period, by=filer), answers)
    kept = operations.receive_form(data, "填报表.xlsx", world.period, by=filer)
    found = queries.upload_of(filer, kept.sha256)
    assert found is not None
    return found


def outlooks(world: World, kept: UploadedForm) -> list[RowOutcome]:
    rows = queries.proposal_of_form(bytes(kept.data), world.period, user=world.users["filer"]).rows
    return [row.outcome for row in rows]


def read(*rows: Filing) -> list[tuple[Filing, int]]:
    return [(row, row.version) for row in rows]
