"""The pages for assembling: choose a kind, fill in the form, order the document."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.composition.kinds import spec_of, specs_by_group
from app.composition.rules import DocumentKind, DocumentSubject, TextFullness
from app.composition.scope import DocumentScope, ScopeSpan, ends_span, last_quarter_of, scope_of
from app.drafting.assembling import operations
from app.drafting.assembling.batches import batch_of, require_several
from app.drafting.assembling.forms import AssembleForm
from app.drafting.assembling.order import NO_QUARTER, AssemblyRequest
from app.drafting.assembling.proposed_particulars import (
    assembly_cautions,
    issuing_organisation,
    proposed_particulars,
    proposed_period,
)
from app.drafting.core.duplicates import duplicate_caution
from app.drafting.core.forms import particulars_as_typed
from app.org.queries import (
    active_departments,
    active_leaders,
    find_department,
    find_leader,
)
from app.periods.models import Period
from app.periods.queries import period_by_code, periods_of_plan
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.chosen_plan import PlanChoice, require_chosen_plan
from app.plan.core.models import Plan
from app.web.responses import go_to, page_or_fragment

DAYS_OF_QUARTER = ("dated", "file_by", "mend_by")

bp = Blueprint("assembling", __name__, url_prefix="/documents")


@bp.get("/new")
@allowed(Action.ASSEMBLE_DOCUMENT)
def list_kinds() -> Response:
    """Show the kinds of document to choose from."""
    return page_or_fragment(
        "drafting/assembling/kinds.html", choice=require_chosen_plan(), offers=specs_by_group()
    )


@bp.get("/new/<kind>")
@allowed(Action.ASSEMBLE_DOCUMENT)
def show_assembly_form(kind: str) -> Response:
    """Show the form for a new document, filled in for the quarter in the address, or else for the proposed one."""
    chosen, choice = kind_of(kind), require_chosen_plan()
    plan = require_row(choice.plan)
    code = request.args.get("period")
    asked = period_by_code(code) if code else None
    period = asked if asked and asked.plan_id == plan.id else proposed_period(chosen, plan)
    form = AssembleForm(data=proposals_for(chosen, plan, period))
    offer_choices(chosen, plan, form)
    return assemble_page(chosen, choice, form, period)


@bp.post("/new/<kind>/quarter")
@allowed(Action.ASSEMBLE_DOCUMENT)
def change_quarter(kind: str) -> Response:
    """Show the form with the usual dates of the chosen quarter; everything else that was typed stays.

    If quarter and span do not end together, the one chosen last stays and the other is adapted. If the last quarter of
    the span was not opened, the form says so.
    """
    chosen, choice, typed = kind_of(kind), require_chosen_plan(), AssembleForm()
    plan = require_row(choice.plan)
    offer_choices(chosen, plan, typed)
    period = period_of_form(plan, typed)
    span, problems = typed.field_data("span"), {}
    kept = {name: value for name, value in typed.data.items() if name not in DAYS_OF_QUARTER}
    if period and span and not ends_span(period.quarter, span):
        ending = next((one for one in periods_of_plan(plan) if ends_span(one.quarter, span)), None)
        if request.headers.get("HX-Trigger-Name") != typed.span.name:
            kept["span"] = spec_of(chosen).spans[0]
        elif ending:
            period = ending
        else:
            problems = {
                "span": f"{last_quarter_of(span, plan.year).words}还没有开启填报，请先在“季度”中开启。"
            }
    kept["period"] = period.id if period else None
    form = AssembleForm(formdata=None, data={**proposals_for(chosen, plan, period), **kept})
    offer_choices(chosen, plan, form)
    form.show_problems(problems)
    return assemble_page(chosen, choice, form, period)


def proposals_for(kind: DocumentKind, plan: Plan, period: Period | None) -> dict[str, object]:
    """Return the values that the form is filled in with for a quarter."""
    usual = proposed_particulars(kind, plan, issuing_organisation(), period=period)
    return {**particulars_as_typed(usual), "period": period.id if period else None}


def period_of_form(plan: Plan, form: AssembleForm) -> Period | None:
    """Return the chosen quarter; None if the plan does not have it."""
    return next((one for one in periods_of_plan(plan) if one.id == form.field_data("period")), None)


@bp.post("/new/<kind>")
@allowed(Action.ASSEMBLE_DOCUMENT)
@rate_limited(WorkKind.DOCUMENTS)
@once_per_form
def assemble_from_form(kind: str) -> Response:
    """Order the document, or one for each department or leader."""
    chosen, choice, form = kind_of(kind), require_chosen_plan(), AssembleForm()
    plan = require_row(choice.plan)
    offer_choices(chosen, plan, form)
    if not form.validate():
        return assemble_page(chosen, choice, form, period_of_form(plan, form), status=422)
    try:
        order = order_of_form(chosen, plan, form)
        if form.asks_for_each:
            return begin_batch(order, form)
        document = operations.assemble_document(order, form.read(), by=current_person())
    except FieldProblems as refusal:
        form.show_problems(refusal.fields)
        return assemble_page(chosen, choice, form, period_of_form(plan, form), status=422)
    duplicate = duplicate_caution(document)
    toast = f"{duplicate.title}，请在“印发前核对”中查看。" if duplicate else ""
    return go_to("issuing.show_document", document_id=document.id, toast=toast)


def order_of_form(kind: DocumentKind, plan: Plan, form: AssembleForm) -> AssemblyRequest:
    """Return the request that the form describes; without a subject if one for each is wanted.

    Raises FieldProblems if quarter and span do not fit.
    """
    order = AssemblyRequest(
        kind,
        plan,
        scope_chosen(kind, plan, form),
        fullness=form.field_data("fullness") or TextFullness.FULL,
    )
    if form.asks_for_each:
        return order
    department = find_department(form.field_data("department"))
    return replace(order, department=department, leader=find_leader(form.field_data("leader")))


def begin_batch(order: AssemblyRequest, form: AssembleForm) -> Response:
    """Order a document for each and redirect to their progress. Raises FieldProblems."""
    count = operations.assemble_batch(order, form.read(), by=current_person())
    toast = f"开始汇编{count}份。" if count else "各份都已经有了，没有重复汇编。"
    quarter, span = order.scope.quarter.code, order.scope.span.value
    return go_to("assembling.show_batch", kind=order.kind.value, period=quarter, span=span, toast=toast)


@bp.get("/new/<kind>/batch")
@allowed(Action.ASSEMBLE_DOCUMENT)
def show_batch(kind: str) -> Response:
    """Show the state of the documents about each department or leader; the page refreshes while any is being made."""
    chosen = kind_of(kind)
    require_several(chosen)
    code = request.args.get("period")
    if not code:
        return go_to("assembling.show_assembly_form", kind=kind, toast=NO_QUARTER)
    period = period_by_code(code)
    span = request.args.get("span", type=ScopeSpan, default=ScopeSpan.QUARTER)
    order = AssemblyRequest(chosen, period.plan, DocumentScope(period.quarter, span))
    return page_or_fragment("drafting/assembling/batch.html", batch=batch_of(order, period))


def kind_of(name: str) -> DocumentKind:
    """Return the kind with that name. Raises NotFound."""
    return require_row(next((one for one in DocumentKind if one.value == name), None))


def scope_chosen(kind: DocumentKind, plan: Plan, form: AssembleForm) -> DocumentScope:
    """Return the chosen period. Raises FieldProblems if quarter and span do not fit."""
    span = form.field_data("span") or spec_of(kind).spans[0]
    if span is ScopeSpan.YEAR:
        return DocumentScope(Quarter(plan.year, QUARTERS[-1]), span)
    period = period_of_form(plan, form)
    if period is None:
        raise FieldProblems({"period": NO_QUARTER})
    try:
        return scope_of(period.quarter, span)
    except BadInput as refusal:
        raise FieldProblems({"span": str(refusal)}) from None


def offer_choices(kind: DocumentKind, plan: Plan, form: AssembleForm) -> None:
    opened = periods_of_plan(plan)
    form.offer_choices(kind, periods=opened, departments=active_departments(), leaders=active_leaders())


def assemble_page(
    kind: DocumentKind, choice: PlanChoice, form: AssembleForm, period: Period | None, *, status: int = 200
) -> Response:
    """Return the page with the form and the warnings about its quarter."""
    return page_or_fragment(
        "drafting/assembling/new_document.html",
        status=status,
        choice=choice,
        form=form,
        kind=kind,
        purpose=spec_of(kind).purpose,
        cautions=assembly_cautions(kind, require_row(choice.plan), period, form.field_data("span")),
        batch_period=period if spec_of(kind).subject is not DocumentSubject.ALL else None,
    )
