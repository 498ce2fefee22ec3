"""Looking over a quarter before it is handed in, and handing in all of it or some."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput, IllegalTransition
from app.filing.core import operations
from app.filing.department.check import check_quarter
from app.filing.department.forms import read_filings
from app.filing.department.own_quarters import require_own_period
from app.web.responses import go_to, page_or_fragment

NOTHING_TICKED = "没有勾选任何一项，什么也没有提交。请勾选要提交的各项。"

bp = Blueprint("check", __name__, url_prefix="/filings")


@bp.get("/check")
@allowed(Action.SUBMIT_FILING)
def show_check() -> Response:
    """Show everything that is still to be handed in: of the most urgent quarter, or ``?period=2026Q2``; with
    ``?tick=all`` what is ready stands ticked.
    """
    return check_page()


@bp.post("/submit-all")
@allowed(Action.SUBMIT_FILING)
def submit_ticked() -> Response:
    """Hand in the ticked filings at the versions that the page showed: all of them or none."""
    try:
        read = read_filings(NOTHING_TICKED)
        operations.submit_filings(read, by=current_person())
    except (BadInput, IllegalTransition) as refusal:
        return check_page(refusal.status, refusal.sentence)
    (period,) = {one.filing.period_id: one.filing.period for one in read}.values()
    left = len(check_quarter(period, user=current_person()).rows)
    toast = f"已提交 {len(read)} 份" + (f"，还有 {left} 项未提交。" if left else "。")
    return go_to("filing.task_list", period=period.quarter.code, toast=toast)


def check_page(status: int = 200, obstacle: str = "") -> Response:
    """Return the page; `obstacle` says why nothing was handed in, and what was ticked stays ticked.

    Before anything was sent, those stand ticked that their writer marked as filled and that lack nothing.
    """
    check = check_quarter(require_own_period(), user=current_person())
    first = check.ready_values if request.args.get("tick") == "all" else check.filled_values
    return page_or_fragment(
        "filing/department/check/check.html",
        "filing/department/check/_check.html",
        status=status,
        check=check,
        obstacle=obstacle,
        ticked=first if request.method == "GET" else request.form.getlist("read"),
    )
