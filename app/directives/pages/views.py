"""The list of directives, the page of one, and the fragments shown on other pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action, is_allowed
from app.base.clock import now
from app.base.errors import BadInput, NotAllowed
from app.base.labels import LabelledCount
from app.base.settings.current import current_settings
from app.directives.core import queries
from app.directives.core.life_cycle import HANDLED, DirectiveState
from app.directives.core.models import Directive
from app.directives.listing.directive_register_sheet import export_directives
from app.directives.listing.register_filter import RegisterFilter, asks_for_own
from app.directives.replies.forms import ReplyForm, reply_forms
from app.directives.replies.queries import drafts_among
from app.directives.steps.forms import StepForm, can_take_step, step_forms
from app.directives.steps.operations import addressees_to_receive, receive_directives
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.org import queries as org
from app.periods.queries import work_calendar
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem
from app.web.responses import (
    XLSX_TYPE,
    file_response,
    go_to,
    is_htmx_request,
    page_asked_for,
    page_or_fragment,
    with_toast,
)

bp = Blueprint("directives", __name__)
HANDED_OVER = "这件批示已由{}，{}本部门不再办理；写好还没有发出的回复，请复制后转给接办的部门。"


@bp.context_processor
def working_days() -> dict[str, object]:
    """Give the templates the work calendar, to count working days."""
    return {"calendar": work_calendar()}


def find_directive(key: str) -> Directive | None:
    """Return a directive for the current person, or None if it is confidential and not for him.

    Raises NotAllowed if his department was an addressee and the directive was handed over.
    """
    directive, by = queries.directive_by_key(key), current_person()
    if directive is None or is_allowed(by, Action.READ_DIRECTIVE, directive):
        return directive
    if step := queries.hand_over_from_reader(directive, by):
        raise NotAllowed(HANDED_OVER.format(step.title, step.text))
    return None if directive.is_confidential else directive


@bp.get("/directives")
@allowed(Action.READ_DIRECTIVE)
def list_directives() -> Response:
    """List the directives that the current person may read, open ones first."""
    sought, own, by = register_filter(), is_own_asked(), current_person()
    is_readable = sought.validate()
    shown = queries.listed_for(by, own=own) & sought.condition
    counts = queries.counts_by_state(shown)
    listed = queries.page_of_directives(page_asked_for(), shown, total=sum(counts.values()))
    return page_or_fragment(
        "directives/listing/listing.html",
        status=200 if is_readable else 422,
        listed=listed,
        reminded={one.key for one in listed.rows if can_take_step(one, Action.REMIND_ADDRESSEES, by)},
        figures=counted_states(counts),
        form=sought,
        own_only=own,
        has_own=by.leader_id is not None,
    )


@bp.get("/directives/register.xlsx")
@allowed(Action.READ_DIRECTIVE)
@rate_limited(WorkKind.WORKBOOKS)
def download_directives() -> Response:
    """Send the filtered list as a workbook."""
    sought = register_filter()
    if not sought.validate():
        raise BadInput("筛选条件有误，没有导出。请回到列表改正后再导出。")
    condition = queries.listed_for(current_person(), own=is_own_asked()) & sought.condition
    title = f"{current_settings().site_name}批示登记"
    data = export_directives(condition, title=title, sought=sought.in_words, by=current_person())
    return file_response(data, XLSX_TYPE, "批示登记.xlsx")


@bp.get("/directives/print")
@allowed(Action.READ_DIRECTIVE)
def print_directives() -> Response:
    """Show all rows of the filtered list, for printing."""
    sought = register_filter()
    is_readable = sought.validate()
    rows = queries.directives_where(
        queries.listed_for(current_person(), own=is_own_asked()) & sought.condition
    )
    return page_or_fragment(
        "directives/listing/print.html",
        status=200 if is_readable else 422,
        directives=rows,
        form=sought,
        scope="own" if is_own_asked() else "all",
        printed_at=now(),
    )


def is_own_asked() -> bool:
    return asks_for_own(request.args.get("scope", "")) and current_person().leader_id is not None


def register_filter() -> RegisterFilter:
    return RegisterFilter(
        request.args,
        leaders=org.leaders_in_order(),
        departments=org.all_departments().values(),
        parts=queries.parts_of_plans(),
    )


def counted_states(counts: Mapping[DirectiveState, int]) -> list[LabelledCount]:
    """Return the counts by state; directives that ask for nothing or were withdrawn are outside the total."""
    total = sum(counts[state] for state in HANDLED)
    found = [LabelledCount(state.label, counts[state], total) for state in HANDLED]
    return found + [
        LabelledCount(state.label, count) for state, count in counts.items() if state not in HANDLED and count
    ]


@bp.get("/directives/<directive_id>")
@allowed(Action.READ_DIRECTIVE, directive=find_directive)
def show_directive(directive: Directive) -> Response:
    """Show one directive; opening it counts as receipt by an addressee."""
    record_receipt([directive])
    return directive_card(directive)


def record_receipt(directives: list[Directive]) -> None:
    """Record the receipt of directives that an addressee opens for the first time."""
    by = current_person()
    news = [
        one
        for one in directives
        if addressees_to_receive(one, by) and is_allowed(by, Action.RECEIVE_DIRECTIVE, one)
    ]
    if news:
        receive_directives(news, by=by)


@bp.get("/directives/on-measure/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_on_measure(measure: PlanItem) -> Response:
    """Show, on a measure's page, its directives that the current person may read."""
    return page_or_fragment(
        "directives/pages/on_measure.html",
        measure=measure,
        directives=readable_directives(queries.directives_on_measure(measure)),
        forms_for=lambda directive: [],
        steps_for=steps_of,
    )


@bp.get("/directives/on-document/<int:document_id>")
@allowed(Action.READ_DIRECTIVE)
def show_on_document(document_id: int) -> Response:
    """Show, on an issued document's page, its directives that the current person may read."""
    return page_or_fragment(
        "directives/pages/on_document.html",
        "directives",
        document_id=document_id,
        directives=readable_directives(queries.directives_on_document(document_id)),
        forms_for=lambda directive: [],
        steps_for=steps_of,
    )


@bp.get("/directives/for-filing/<int:filing_id>")
@allowed(Action.READ_FILING, filing=filings.find_filing)
def show_for_filing(filing: Filing) -> Response:
    """Show, above a filing's form, the directives on its measure that its department has to answer, the most urgent
    first, and those closed during its quarter. ``?folded=1`` shows them as one line.
    """
    days = (filing.period.quarter.first_day, filing.period.leader_due)
    settled = queries.closed_of_department(filing.department_id, measure_id=filing.measure_id, days=days)
    mine = current_person().department_ids & {filing.department_id}
    awaited = readable_directives(
        queries.unclosed_of_department(filing.department_id, measure_id=filing.measure_id)
    )
    record_receipt(awaited)
    return page_or_fragment(
        "directives/pages/for_filing.html",
        "directives",
        filing=filing,
        directives=sorted(awaited, key=lambda one: one.due_on or date.max),
        folded="folded" in request.args,
        settled=readable_directives(settled),
        forms_for=partial(reply_forms, department_ids=mine, drafts=drafts_among(awaited, mine)),
        steps_for=steps_of,
    )


def readable_directives(directives: list[Directive]) -> list[Directive]:
    """Return the directives that the current person may read."""
    return [
        directive
        for directive in directives
        if is_allowed(current_person(), Action.READ_DIRECTIVE, directive)
    ]


def reload_directive(directive: Directive) -> Directive:
    """Return the directive as it is stored now."""
    current: Directive = require_row(queries.directive_by_id(directive.id))
    return current


def steps_of(directive: Directive) -> list[StepForm]:
    return step_forms(directive, current_person())


def directive_card(
    directive: Directive,
    *,
    form: ReplyForm | None = None,
    step: StepForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """Return the page or fragment of one directive; `form` and `step` hold what was typed, `problem` is why it was
    refused.
    """
    by = current_person()
    mine = by.department_ids
    return page_or_fragment(
        "directives/pages/show.html",
        "directive",
        status=status,
        directive=directive,
        forms=[form] if form else reply_forms(directive, mine, drafts_among([directive], mine)),
        steps=step_forms(directive, by, typed=step),
        problem=problem,
    )


def card_after_step(directive: Directive, sentence: str) -> Response:
    """Return the directive after an operation, with a message that it was done."""
    if is_htmx_request():
        return with_toast(directive_card(reload_directive(directive)), sentence)
    return go_to("directives.show_directive", directive_id=directive.key, toast=sentence)
