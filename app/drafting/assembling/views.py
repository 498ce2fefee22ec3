"""Assembling: choose a kind, say what is wanted, have it made."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from app.access.guards import allowed, found, me
from app.access.once import once
from app.access.policy import Action
from app.access.work_limits import Work, limited
from app.base.errors import BadInput, FieldProblems
from app.composition.offers import OFFERS, purpose_of
from app.composition.rules import TRAITS, DocumentKind, Fullness
from app.composition.scope import Scope, Span, scope_of
from app.drafting.assembling import operations
from app.drafting.assembling.forms import NO_QUARTER, AssembleForm
from app.drafting.assembling.order import Order
from app.drafting.assembling.proposals import cautions, house_of, proposed
from app.drafting.core.duplicates import twin_caution
from app.drafting.core.forms import written
from app.org.queries import (
    department,
    departments,
    leader,
    leaders,
)
from app.periods.queries import periods
from app.periods.rules import QUARTERS, Quarter
from app.plan.models import Plan
from app.plan.queries import current_plan
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("assembling", __name__, url_prefix="/documents")


@bp.get("/new")
@allowed(Action.BUILD_DOCUMENT)
def kinds() -> Response:
    """Show the kinds of documents to choose from."""
    return page_or_fragment("documents/kinds.html", "documents/_kinds.html", offers=OFFERS)


@bp.get("/new/<kind>")
@allowed(Action.BUILD_DOCUMENT)
def new(kind: str) -> Response:
    """Show the form for a new document of a kind, with the usual particulars filled in."""
    chosen, plan = kind_of(kind), found(current_plan())
    settings = current_app.config["SETTINGS"]
    house = house_of(settings.site_name, settings.superior)
    form = AssembleForm(data=written(proposed(chosen, plan, house)))
    offer(chosen, form)
    return assemble_page(chosen, form)


@bp.post("/new/<kind>")
@allowed(Action.BUILD_DOCUMENT)
@limited(Work.DOCUMENTS)
@once
def assemble(kind: str) -> Response:
    """Have a document made."""
    chosen, plan, form = kind_of(kind), found(current_plan()), AssembleForm()
    offer(chosen, form)
    if not form.validate():
        return assemble_page(chosen, form, status=422)
    try:
        order = Order(
            chosen,
            plan,
            scope_chosen(chosen, plan, form),
            department=department(form.said("department")),
            leader=leader(form.said("leader")),
            fullness=form.said("fullness") or Fullness.FULL,
        )
        document = operations.assemble(order, form.read(), by=me())
    except FieldProblems as refusal:
        form.refuse(refusal.fields)
        return assemble_page(chosen, form, status=422)
    twin = twin_caution(document)
    toast = f"{twin.title}，请在“印发前核对”中查看。" if twin else ""
    return go_to("documents.show", document_id=document.id, toast=toast)


def kind_of(name: str) -> DocumentKind:
    """Return the kind with that name; 404 where there is none."""
    return found(next((one for one in DocumentKind if one.value == name), None))


def scope_chosen(kind: DocumentKind, plan: Plan, form: AssembleForm) -> Scope:
    """Return the time that was chosen. Raises FieldProblems where quarter and span do not fit."""
    span = form.said("span") or TRAITS[kind].spans[0]
    if span is Span.YEAR:
        return Scope(Quarter(plan.year, QUARTERS[-1]), span)
    period = next((one for one in periods(plan) if one.id == form.said("period")), None)
    if period is None:
        raise FieldProblems({"period": NO_QUARTER})
    try:
        return scope_of(period.quarter, span)
    except BadInput as refusal:
        raise FieldProblems({"span": str(refusal)}) from None


def offer(kind: DocumentKind, form: AssembleForm) -> None:
    """Offer what can be chosen for a kind."""
    plan = current_plan()
    opened = periods(plan) if plan else []
    form.offer(kind, periods=opened, departments=departments(), leaders=leaders())


def assemble_page(kind: DocumentKind, form: AssembleForm, *, status: int = 200) -> Response:
    """Return the page with the form."""
    return page_or_fragment(
        "documents/new.html",
        "documents/_new.html",
        status=status,
        form=form,
        kind=kind,
        purpose=purpose_of(kind),
        cautions=cautions(kind, found(current_plan())),
    )
