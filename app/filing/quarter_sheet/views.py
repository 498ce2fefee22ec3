"""A department's quarter on one page, and as a workbook, for the paper signature."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import NotFound
from app.filing.department.own_quarters import require_own_period
from app.filing.quarter_sheet.queries import QuarterSheet, quarter_sheets
from app.filing.quarter_sheet.sheet_workbook import sheets_workbook
from app.periods.models import Period
from app.web.responses import XLSX_TYPE, file_response, page_or_fragment

NOTHING_TO_FILE = "这个季度没有需要本部门填报的举措，没有可以打印的填报表。"

bp = Blueprint("quarter_sheet", __name__, url_prefix="/filings")


@bp.get("/sheet")
@allowed(Action.WRITE_FILING)
def show_sheet() -> Response:
    """Show the sheet of a quarter as it is printed: of the most urgent one, or ``?period=2026Q2``."""
    period = require_own_period()
    return page_or_fragment(
        "filing/quarter_sheet/sheet.html",
        "filing/quarter_sheet/_sheets.html",
        period=period,
        sheets=own_sheets(period),
    )


@bp.get("/sheet.xlsx")
@allowed(Action.WRITE_FILING)
@rate_limited(WorkKind.WORKBOOKS)
def send_sheet() -> Response:
    period = require_own_period()
    sheets = own_sheets(period)
    names = "、".join(sheet.department.short_name for sheet in sheets)
    name = f"{names}{period.quarter.words}填报表（签字）.xlsx"
    return file_response(sheets_workbook(sheets), XLSX_TYPE, name)


def own_sheets(period: Period) -> list[QuarterSheet]:
    """Return the sheets of one's departments. Raises NotFound where they have nothing to file."""
    sheets = quarter_sheets(period, user=current_person())
    if not sheets:
        raise NotFound(NOTHING_TO_FILE)
    return sheets
