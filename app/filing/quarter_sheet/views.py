"""The page and the workbook of a department's quarter sheet."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.filing.department.own_quarters import require_own_period
from app.filing.quarter_sheet.operations import download_sheet
from app.filing.quarter_sheet.queries import quarter_sheets
from app.web.responses import XLSX_TYPE, file_response, page_or_fragment

bp = Blueprint("quarter_sheet", __name__, url_prefix="/filings")


@bp.get("/sheet")
@allowed(Action.WRITE_FILING)
def show_sheet() -> Response:
    """Show the sheet of the most urgent quarter or of ``?period=2026Q2``, as it is printed."""
    period = require_own_period()
    return page_or_fragment(
        "filing/quarter_sheet/sheet.html", period=period, sheets=quarter_sheets(period, user=current_person())
    )


@bp.get("/sheet.xlsx")
@allowed(Action.DOWNLOAD_SHEET)
@rate_limited(WorkKind.WORKBOOKS)
def send_sheet() -> Response:
    name, data = download_sheet(require_own_period(), by=current_person())
    return file_response(data, XLSX_TYPE, name)
