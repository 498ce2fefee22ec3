"""Handing out the sheets of a quarter as a workbook."""

from __future__ import annotations

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.filing.quarter_sheet.queries import quarter_sheets
from app.filing.quarter_sheet.sheet_workbook import sheets_workbook
from app.filing.workbook.operations import record_form_event
from app.periods.models import Period


def download_sheet(period: Period, *, by: Actor) -> tuple[str, bytes]:
    """Return the name and the bytes of the workbook of somebody's departments, and write down that it was handed out.

    Raises NotAllowed.
    """
    require(by, Action.DOWNLOAD_SHEET)
    sheets = quarter_sheets(period, user=by)
    names = "、".join(sheet.department.short_name for sheet in sheets)
    data = sheets_workbook(sheets)
    record_form_event(Action.DOWNLOAD_SHEET, period, data, by=by, summary=names)
    return f"{names}{period.quarter.words}填报表（签字）.xlsx", data
