"""The head's side of filing: to agree to what was submitted, one by one or all at once, or to return it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.base.settings.current import current_settings
from app.filing.core import operations, queries
from app.filing.core.models import Filing
from app.filing.department.details import details_of
from app.filing.department.form_pages import filing_form_page
from app.filing.department.forms import ReturnForm, read_filings
from app.filing.department.task_list import next_filing_for
from app.filing.department.views import go_to_next_filing
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to

MOVED = "在您查看期间，这份填报有了变化。下面是最新内容，请看过后再办理。"

bp = Blueprint("sign_off", __name__, url_prefix="/filings")


@bp.post("/<int:filing_id>/sign-off")
@allowed(Action.SIGN_OFF_FILING, filing=queries.find_filing)
def sign_off_submitted(filing: Filing) -> Response:
    """Agree to one filing; go on to the next that waits, or back to the list where it was done there."""
    try:
        operations.sign_off_filing(filing, by=current_person(), version=hidden_number("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict)
    sentence = f"第 {filing.measure.position} 项已审签，等待街道办公室采用。"
    if request.form.get("then") == "list":
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=sentence)
    return go_to_next_filing(
        next_filing_for(filing, Action.SIGN_OFF_FILING, user=current_person()), filing, sentence
    )


@bp.post("/<int:filing_id>/return")
@allowed(Action.RETURN_FILING, filing=queries.find_filing)
def return_submitted(filing: Filing) -> Response:
    form, version = ReturnForm(), hidden_number("version")
    try:
        operations.return_filing(filing, by=current_person(), version=version, reason=form.reason.data or "")
    except FieldProblems as mistakes:
        write_problems(form, mistakes.fields)
        current = details_of(
            require_row(queries.find_filing(filing.id)), reader=current_person(), settings=current_settings()
        )
        return filing_form_page(current, status=422, version=version, return_form=form)
    except (StaleVersion, IllegalTransition) as conflict:
        return changed_filing_page(filing, conflict, form)
    sentence = f"第 {filing.measure.position} 项已退回，填报人会看到理由。"
    return go_to_next_filing(
        next_filing_for(filing, Action.SIGN_OFF_FILING, user=current_person()), filing, sentence
    )


@bp.post("/sign-off-all")
@allowed(Action.SIGN_OFF_FILING)
def sign_off_listed() -> Response:
    """Agree to all filings that the list showed, at the versions that it showed: all of them or none."""
    read = read_filings("没有收到要审签的填报，一份也没有审签。请刷新页面后重试。")
    operations.sign_off_filings(read, by=current_person())
    return go_to(
        "filing.task_list", period=read[0].filing.period.quarter.code, toast=f"已审签 {len(read)} 份。"
    )


def changed_filing_page(
    filing: Filing, conflict: StaleVersion | IllegalTransition, form: ReturnForm | None = None
) -> Response:
    """Return the filing's page as it stands now, saying why nothing was done."""
    details = details_of(
        require_row(queries.find_filing(filing.id)), reader=current_person(), settings=current_settings()
    )
    why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
    shown = {} if form is None else {"return_form": form}
    return filing_form_page(details, status=409, obstacle=why, **shown)
