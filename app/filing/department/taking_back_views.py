"""The buttons that take back what was handed in, or signed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import IllegalTransition, StaleVersion
from app.filing.core import queries
from app.filing.core.models import Filing
from app.filing.core.taking_back import take_back_filing, take_back_sign_off
from app.filing.department.sign_off_views import changed_filing_page
from app.web.forms import hidden_number
from app.web.responses import go_to

bp = Blueprint("taking_back", __name__, url_prefix="/filings")


@bp.post("/<int:filing_id>/take-back")
@allowed(Action.TAKE_BACK_FILING, filing=queries.find_filing)
def take_back_handed_in(filing: Filing) -> Response:
    """Take back what was handed in; go to its form, or back to the list where it was done there."""
    return answer_taking_back(take_back_filing, filing, "已撤回，可以继续修改，改好后重新提交。")


@bp.post("/<int:filing_id>/take-back-sign-off")
@allowed(Action.TAKE_BACK_SIGN_OFF, filing=queries.find_filing)
def take_back_signed(filing: Filing) -> Response:
    """Take back a signature; the filing waits for it again."""
    return answer_taking_back(take_back_sign_off, filing, "已撤回审签，可以退回填报人修改，或者重新审签。")


def answer_taking_back(take_back: Callable[..., None], filing: Filing, outcome: str) -> Response:
    try:
        take_back(filing, by=current_person(), version=hidden_number("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict)
    toast = f"第 {filing.measure.position} 项{outcome}"
    if request.form.get("then") == "list":
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=toast)
    return go_to("filing.show_filing", filing_id=filing.id, toast=toast)
