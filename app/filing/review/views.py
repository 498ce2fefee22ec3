"""The office's side of filing: the matrix of a quarter, and the decision on each filing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from flask import Blueprint, Response, request

from app.access.guards import allowed, found, me
from app.access.policy import Action
from app.base.clock import today
from app.base.errors import (
    BadInput,
    FieldProblems,
    IllegalTransition,
    StaleVersion,
)
from app.filing.core import operations, queries
from app.filing.core.models import Filing
from app.filing.core.rules import (
    REASON_LENGTH,
    STAGES,
    FilingState,
    ReturnKind,
)
from app.filing.core.waiting import queue_around
from app.filing.department.earlier import comparison
from app.filing.department.forms import (
    ReopenForm,
    ReturnForm,
    member_of,
    read_filings,
)
from app.filing.department.sheet import sheet_of
from app.filing.review.forms import SendBackForm
from app.filing.review.matrix import BY_DEPARTMENT, BY_MEASURE, Choice
from app.filing.review.matrix_queries import matrix_of
from app.periods.models import Period
from app.periods.queries import (
    calendar,
    current_period,
    period_of,
    periods,
)
from app.plan.rules import AssignmentRole
from app.web.forms import stated, write_on
from app.web.responses import go_to, page_or_fragment

MOVED = "在您审核期间，这份填报有了变化，刚才的操作没有办成。下面是最新内容，请看过后再办理。"

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.get("")
@allowed(Action.REVIEW)
def matrix() -> Response:
    """Show a quarter's filings: the current quarter, or ``?period=2026Q2``."""
    return matrix_page(tick_all="tick" in request.args)


@bp.post("/accept-all")
@allowed(Action.ACCEPT)
def accept_all() -> Response:
    """Accept the ticked filings, all of them or none; the address keeps what the matrix showed."""
    try:
        read = read_filings("没有收到要采用的填报，一份也没有采用。请勾选后再办理。")
        operations.accept_all(read, by=me())
    except (BadInput, IllegalTransition) as refusal:
        return matrix_page(refusal.status, refusal.sentence, ticked=request.form.getlist("read"))
    toast = f"已采用 {len(read)} 份填报。"
    return go_to("review.matrix", **chosen(read[0][0].period).arguments, toast=toast)


@bp.get("/<int:filing_id>")
@allowed(Action.REVIEW, filing=queries.filing)
def page(filing: Filing) -> Response:
    """Show one filing beside the plan's wording and its earlier texts."""
    return filing_page(filing)


@bp.post("/<int:filing_id>/accept")
@allowed(Action.ACCEPT, filing=queries.filing)
def accept(filing: Filing) -> Response:
    """Accept one filing; go on to the next that waits."""
    try:
        operations.accept(filing, by=me(), version=stated("version"))
    except (StaleVersion, IllegalTransition) as conflict:
        return as_it_stands(filing, conflict)
    return go_on(filing, "已采用")


@bp.post("/<int:filing_id>/send-back")
@allowed(Action.SEND_BACK, filing=queries.filing)
def send_back(filing: Filing) -> Response:
    """Give one filing back with a reason; go on to the next that waits."""
    form = SendBackForm()
    deed = partial(operations.send_back, kind=form.kind.data or ReturnKind.CORRECT)
    return with_reason(deed, filing, form) or go_on(filing, "已退回")


@bp.post("/<int:filing_id>/reopen")
@allowed(Action.REOPEN, filing=queries.filing)
def reopen(filing: Filing) -> Response:
    """Give an accepted filing back with a reason; the page stays."""
    said = f"{filing.department.short_name}可以修改这份填报了，改好须重新提交。"
    refusal = with_reason(operations.reopen, filing, ReopenForm())
    return refusal or go_to("review.page", filing_id=filing.id, toast=said)


def with_reason(deed: Callable[..., None], filing: Filing, form: ReturnForm) -> Response | None:
    """Do a deed that needs a reason; where that cannot be, return the page with the reason kept, and why."""
    version = stated("version")
    try:
        deed(filing, by=me(), version=version, reason=form.reason.data or "")
    except FieldProblems as mistakes:
        write_on(form, mistakes.fields)
        return filing_page(found(queries.filing(filing.id)), form=form, version=version, status=422)
    except (StaleVersion, IllegalTransition) as conflict:
        return as_it_stands(filing, conflict, form)
    return None


def as_it_stands(
    filing: Filing, conflict: StaleVersion | IllegalTransition, form: ReturnForm | None = None
) -> Response:
    """Return the page of a filing as it stands now, saying why nothing was done."""
    why = MOVED if isinstance(conflict, StaleVersion) else conflict.sentence
    return filing_page(found(queries.filing(filing.id)), form=form, status=409, obstacle=why)


def go_on(filing: Filing, deed: str) -> Response:
    """Go on to the next waiting filing, or back to the matrix when nothing waits any more."""
    said = f"{filing.department.short_name}“{filing.measure.title}”{deed}。"
    queue = queue_around(filing)
    if queue.following is None:
        toast = f"{said}本季度没有待采用的填报了。"
        return go_to("review.matrix", period=filing.period.quarter.code, toast=toast)
    return go_to("review.page", filing_id=queue.following.id, toast=f"{said}还有 {len(queue)} 份待采用。")


def filing_page(
    filing: Filing,
    *,
    form: ReturnForm | None = None,
    version: int | None = None,
    status: int = 200,
    obstacle: str = "",
) -> Response:
    """Return the page of one filing; `form` holds a reason that was typed already."""
    sheet = sheet_of(filing, reader=me())
    empty = ReopenForm if filing.state is FilingState.ACCEPTED else SendBackForm
    return page_or_fragment(
        "review/filing.html",
        "review/_filing.html",
        status=status,
        sheet=sheet,
        comparison=comparison(sheet, wanted=request.args.get("beside"), reader=me()),
        queue=queue_around(filing),
        is_locked=queries.is_locked(filing),
        form=form or empty(formdata=None),
        version=version or filing.version,
        obstacle=obstacle,
        reason_length=REASON_LENGTH,
    )


def matrix_page(
    status: int = 200, obstacle: str = "", *, ticked: Collection[str] = (), tick_all: bool = False
) -> Response:
    """Return the matrix as the address chooses it. `ticked` are the values of boxes that were ticked already."""
    code = request.args.get("period")
    period = period_of(code) if code else current_period()
    return page_or_fragment(
        "review/matrix.html",
        "review/_matrix.html",
        status=status,
        period=period,
        periods=periods(period.plan) if period else [],
        matrix=matrix_of(period, chosen(period)) if period else None,
        today=today(),
        calendar=calendar(),
        obstacle=obstacle,
        ticked=ticked,
        tick_all=tick_all,
    )


def chosen(period: Period) -> Choice:
    """Return what the address chooses to see of a quarter; what it gets wrong chooses nothing."""
    asked = request.args
    return Choice(
        period=period.quarter.code,
        by=BY_DEPARTMENT if asked.get("by") == BY_DEPARTMENT else BY_MEASURE,
        state=member_of(STAGES)(asked.get("state")),
        role=member_of(AssignmentRole)(asked.get("role")),
        department=asked.get("department", type=int),
        part=asked.get("part", type=int),
        page=asked.get("page", default=1, type=int),
    )
