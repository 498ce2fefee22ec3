"""Directives: the list, one of them with its replies, and the fragments on the pages of filings and measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from flask import Blueprint, Response, request, url_for

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action, is_allowed, require
from app.base.clock import now, today
from app.base.errors import BadInput, FieldProblems, NotAllowed
from app.base.labels import LabelledCount
from app.base.settings.current import current_settings
from app.base.text import parse_numbers
from app.directives.core import operations, queries
from app.directives.core.content import DirectiveTarget
from app.directives.core.life_cycle import HANDLED, DirectiveState
from app.directives.core.models import Directive
from app.directives.listing.directive_register_sheet import export_directives
from app.directives.listing.filters import RegisterFilter, asks_for_own
from app.directives.pages.forms import DirectiveForm, DirectivePlace, departments_besides
from app.directives.replies.forms import ReplyForm, reply_forms
from app.directives.replies.queries import drafts_among
from app.directives.steps.forms import StepForm, can_take_step, step_forms
from app.directives.steps.operations import addressees_to_receive, receive_directives
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.org import queries as org
from app.periods.queries import work_calendar
from app.plan.core import queries as plans
from app.plan.core.chosen_plan import plan_at_hand
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.web.forms import write_problems
from app.web.responses import (
    XLSX_TYPE,
    file_response,
    go_to,
    go_to_place,
    is_htmx_request,
    page_asked_for,
    page_or_fragment,
    with_toast,
)

bp = Blueprint("directives", __name__)
HANDED_OVER = "这件批示已由{}，{}本部门不再办理；写好还没有发出的回复，请复制后转给接办的部门。"


@bp.context_processor
def working_days() -> dict[str, object]:
    """Let every directive say how many working days are left."""
    return {"calendar": work_calendar()}


def find_directive(key: str) -> Directive | None:
    """Return a directive for the person at the page; a confidential one that is not for him is not there.

    Raises NotAllowed where his department had to answer it and another goes on with it.
    """
    directive, by = queries.directive_by_key(key), current_person()
    if directive is None or is_allowed(by, Action.READ_DIRECTIVE, directive):
        return directive
    if step := queries.hand_over_from(directive, by):
        raise NotAllowed(HANDED_OVER.format(step.title, step.text))
    return None if directive.is_confidential else directive


@bp.get("/directives")
@allowed(Action.READ_DIRECTIVE)
def list_directives() -> Response:
    """List the directives that concern the current person, open ones first."""
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
    """Hand out what the page shows."""
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
    """Show every row of what is filtered, as it is printed."""
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
    """Return how many stand where; what asks for nothing, or was withdrawn, is no part of what is handled."""
    total = sum(counts[state] for state in HANDLED)
    found = [LabelledCount(state.label, counts[state], total) for state in HANDLED]
    return found + [
        LabelledCount(state.label, count) for state, count in counts.items() if state not in HANDLED and count
    ]


@bp.get("/directives/<directive_id>")
@allowed(Action.READ_DIRECTIVE, directive=find_directive)
def show_directive(directive: Directive) -> Response:
    """Show one directive with its replies, and what can be done; an addressee has received it by opening it."""
    note_receipt([directive])
    return directive_card(directive)


def note_receipt(directives: list[Directive]) -> None:
    """Let directives be received that an addressee opens for the first time."""
    by = current_person()
    news = [
        one
        for one in directives
        if addressees_to_receive(one, by) and is_allowed(by, Action.RECEIVE_DIRECTIVE, one)
    ]
    if news:
        receive_directives(news, by=by)


@bp.get("/measures/<int:measure_id>/directives/new")
@bp.post("/measures/<int:measure_id>/directives/form")  # sent: with what was typed into the box of one line
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure_by_id)
def show_directive_form(measure: PlanItem) -> Response:
    return writing_page(directive_form(measure))


@bp.post("/measures/<int:measure_id>/directives")
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure_by_id)
@once_per_form
def submit_directive(measure: PlanItem) -> Response:
    return issue_typed(directive_form(measure))


@bp.get("/directives/new")
@allowed(Action.WRITE_DIRECTIVE)
def show_blank_form() -> Response:
    """Show the form for what is about several measures, or about a department's work."""
    return writing_page(blank_form())


@bp.post("/directives/new")
@allowed(Action.WRITE_DIRECTIVE)
@once_per_form
def submit_blank_form() -> Response:
    return issue_typed(blank_form())


def find_readable_filing(filing_id: int) -> Filing | None:
    """Return a filing that the person at the page may read. Raises NotAllowed."""
    filing = filings.find_filing(filing_id)
    if filing is not None:
        require(current_person(), Action.READ_FILING, filing)
    return filing


@bp.get("/filings/<int:filing_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, filing=find_readable_filing)
def show_form_on_filing(filing: Filing) -> Response:
    return writing_page(form_on_filing(filing))


@bp.post("/filings/<int:filing_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, filing=find_readable_filing)
@once_per_form
def submit_form_on_filing(filing: Filing) -> Response:
    return issue_typed(form_on_filing(filing))


def issue_typed(form: DirectiveForm) -> Response:
    """Issue what was typed, and go back to where it was written; refused, it stays with every mistake beside it."""
    if form.find_problems():
        return writing_page(form, status=422)
    try:
        directive = operations.write_directive(form.target, form.directive_content(), by=current_person())
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return writing_page(form, status=422)
    return go_to_place(form.place.back, toast=f"{directive.kind.label}已发出。")


@bp.get("/directives/on-measure/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_on_measure(measure: PlanItem) -> Response:
    """Show the directives on a measure that the current person may read."""
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
    """Show the directives on an issued document that the current person may read; its page asks for them."""
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
    """Show what a filing's department still has to answer on its measure, the most urgent first, and what was settled
    while its quarter was being worked on; ``?folded=1`` in a line above the form.
    """
    days = (filing.period.quarter.first_day, filing.period.leader_due)
    settled = queries.closed_for(filing.department_id, measure_id=filing.measure_id, days=days)
    mine = current_person().department_ids & {filing.department_id}
    awaited = readable_directives(queries.awaited_from(filing.department_id, measure_id=filing.measure_id))
    note_receipt(awaited)
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
    """Return those that the policy table lets the person who is signed in read."""
    return [
        directive
        for directive in directives
        if is_allowed(current_person(), Action.READ_DIRECTIVE, directive)
    ]


def reload_directive(directive: Directive) -> Directive:
    """Return the directive as it stands now."""
    current: Directive = require_row(queries.directive_by_id(directive.id))
    return current


def steps_of(directive: Directive) -> list[StepForm]:
    return step_forms(directive, current_person())


def directive_form(measure: PlanItem) -> DirectiveForm:
    """Return the form with its choices: whom to address and, for the office, on whose behalf."""
    return form_about(
        DirectiveTarget((measure,)),
        measure.plan,
        submit=url_for("directives.submit_directive", measure_id=measure.id),
        back=url_for("overview.show_measure", measure_id=measure.id),
    )


def form_on_filing(filing: Filing) -> DirectiveForm:
    measure: PlanItem = require_row(plans.measure_by_id(filing.measure_id))
    return form_about(
        DirectiveTarget((measure,), filing=filing),
        measure.plan,
        submit=url_for("directives.submit_form_on_filing", filing_id=filing.id),
        back=url_for("filing.show_filing", filing_id=filing.id),
    )


def blank_form() -> DirectiveForm:
    """Return the form for measures that are to be ticked; the address may tick some already."""
    submit, back = url_for("directives.submit_blank_form"), url_for("directives.list_directives")
    return form_about(DirectiveTarget(), plan_to_tick(), submit=submit, back=back)


def plan_to_tick() -> Plan | None:
    """Return the plan of what the address or the form ticks, be it last year's; without any, the plan at hand."""
    ticked = parse_numbers([*request.args.getlist("measure"), *request.form.getlist("measures")])
    measure = plans.measure_by_id(ticked[0]) if ticked else None
    return measure.plan if measure else plan_at_hand()


def form_about(target: DirectiveTarget, plan: Plan | None, *, submit: str, back: str) -> DirectiveForm:
    return DirectiveForm(place_about(target, plan, submit=submit, back=back))


def place_about(target: DirectiveTarget, plan: Plan | None, *, submit: str, back: str) -> DirectivePlace:
    """Return what the form of a directive on something offers; `submit` and `back`: where it is sent, and came from."""
    is_leader = current_person().leader_id is not None
    own = {one.id for one in target.measures}
    is_open = plan is not None and target.filing is None and target.document is None
    measures = plans.measures_of_plan(plan) if plan and is_open else []
    responsible = (
        plans.responsible_for_measure(target.measures[0]) if target.measures else ResponsibleDepartments(None)
    )
    in_charge = target.measures[0].leader_id if target.measures else None
    return DirectivePlace(
        responsible=responsible,
        others=departments_besides(responsible, org.active_departments()),
        leaders=None if is_leader else tuple(org.active_leaders()),
        in_charge=request.args.get("leader", in_charge, type=int),
        today=today(),
        plan_year=target.plan_year or today().year,
        target=target,
        submit=submit,
        back=back,
        offered=tuple(one for one in measures if one.id not in own),
        chosen=tuple(request.args.getlist("measure", type=int)),
        next_filing_due=queries.next_filing_due(plan, after=today()) if plan else None,
        calendar=work_calendar(),
    )


def writing_page(form: DirectiveForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "directives/pages/write.html", "directive_form", status=status, form=form, place=form.place
    )


def directive_card(
    directive: Directive,
    *,
    form: ReplyForm | None = None,
    step: StepForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """Return one directive as a page or fragment; `form` and `step` keep what was typed, `problem` says why it was
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


def confirm_done(directive: Directive, sentence: str) -> Response:
    """Return the directive after an operation, with a sentence about it."""
    if is_htmx_request():
        return with_toast(directive_card(reload_directive(directive)), sentence)
    return go_to("directives.show_directive", directive_id=directive.key, toast=sentence)
