"""The head's side of filing: to agree to what was submitted, one by one or all at once, or to return it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, found, me
from app.access.policy import Action
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.filing.core import operations, queries
from app.filing.core.models import Filing
from app.filing.department.forms import ReturnForm, read_filings
from app.filing.department.sheet import sheet_of
from app.filing.department.task_list import next_for
from app.filing.department.views import go_on, sheet_page
from app.web.forms import stated, write_on
from app.web.responses import go_to

MOVED = "在您查看期间，这份填报有了变化。下面是最新内容，请看过后再办理。"

bp = Blueprint("sign_off", __name__, url_prefix="/filings")


@bp.post("/<int:filing_id>/sign-off")
@allowed(Action.SIGN_OFF, filing=queries.filing)
def agree(filing: Filing) -> Response:
    """Agree to one filing; go on to the next that waits, or back to the list where the deed was done there."""
    try:
        operations.sign_off(filing, by=me(), version=stated("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return as_it_stands(filing, conflict)
    said = f"第 {filing.measure.position} 项已审签，等待街道办公室采用。"
    if request.form.get("then") == "list":
        return go_to("filing.task_list", period=filing.period.quarter.code, toast=said)
    return go_on(next_for(filing, Action.SIGN_OFF, user=me()), filing, said)


@bp.post("/<int:filing_id>/return")
@allowed(Action.RETURN, filing=queries.filing)
def give_back(filing: Filing) -> Response:
    """Return one filing to its writer with a reason."""
    form, version = ReturnForm(), stated("version")
    try:
        operations.return_within(filing, by=me(), version=version, reason=form.reason.data or "")
    except FieldProblems as mistakes:
        write_on(form, mistakes.fields)
        current = sheet_of(found(queries.filing(filing.id)), reader=me())
        return sheet_page(current, status=422, version=version, return_form=form)
    except (StaleVersion, IllegalTransition) as conflict:
        return as_it_stands(filing, conflict, form)
    said = f"第 {filing.measure.position} 项已退回，填报人会看到理由。"
    return go_on(next_for(filing, Action.SIGN_OFF, user=me()), filing, said)


@bp.post("/sign-off-all")
@allowed(Action.SIGN_OFF)
def agree_to_all() -> Response:
    """Agree to all filings that the list showed, at the versions that it showed: all of them or none."""
    read = read_filings("没有收到要审签的填报，一份也没有审签。请刷新页面后重试。")
    operations.sign_off_all(read, by=me())
    return go_to("filing.task_list", period=read[0][0].period.quarter.code, toast=f"已审签 {len(read)} 份。")


def as_it_stands(
    filing: Filing, conflict: StaleVersion | IllegalTransition, form: ReturnForm | None = None
) -> Response:
    """Return the filing's page as it stands now, saying why nothing was done."""
    sheet = sheet_of(found(queries.filing(filing.id)), reader=me())
    why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
    shown = {} if form is None else {"return_form": form}
    return sheet_page(sheet, status=409, obstacle=why, **shown)
