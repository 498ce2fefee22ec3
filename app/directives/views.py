"""Directives: the list, one of them, and the fragments on the pages of filings and measures."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from app.access.guards import allowed, found, me
from app.access.once import once
from app.access.policy import Action, allows
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.directives import operations, queries
from app.directives.forms import DirectiveForm, ReplyForm, reply_forms
from app.directives.models import Directive
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.org import queries as org
from app.periods.queries import calendar
from app.plan import queries as plans
from app.plan.models import PlanItem
from app.web.forms import stated, write_on
from app.web.responses import (
    go_to,
    page_asked_for,
    page_or_fragment,
    with_toast,
)

bp = Blueprint("directives", __name__)


@bp.context_processor
def working_days() -> dict[str, object]:
    """Let every directive say how many working days are left."""
    return {"calendar": calendar()}


@bp.get("/directives")
@allowed(Action.READ_DIRECTIVE)
def listing() -> Response:
    """List the directives that concern whoever looks, open ones first."""
    own = me().leader_id is not None and request.args.get("scope") != "all"
    counts = queries.counts(**concerned(own=own))
    return page_or_fragment(
        "directives/listing.html",
        "directives/_listing.html",
        listed=queries.page(page_asked_for(), **concerned(own=own)),
        figures=[(state.label, count, sum(counts.values())) for state, count in counts.items()],
        scope="own" if own else "all",
        has_own=me().leader_id is not None,
    )


def concerned(*, own: bool) -> dict[str, Any]:
    """Return what narrows the list: a leader's own, or, for a department, those that address it."""
    department_ids = None if allows(me(), Action.WRITE_DIRECTIVE) else me().department_ids
    return {"leader_id": me().leader_id if own else None, "department_ids": department_ids}


@bp.get("/directives/<int:directive_id>")
@allowed(Action.READ_DIRECTIVE, directive=queries.directive)
def show(directive: Directive) -> Response:
    """Show one directive with its replies, and what can be done."""
    return card(directive)


@bp.get("/measures/<int:measure_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure)
def new(measure: PlanItem) -> Response:
    """Offer the form for a new directive."""
    return writing_page(measure, directive_form(measure))


@bp.post("/measures/<int:measure_id>/directives")
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure)
@once
def write(measure: PlanItem) -> Response:
    """Hand out what was written."""
    form = directive_form(measure)
    if not form.validate():
        return writing_page(measure, form, status=422)
    try:
        directive = operations.write(measure, form.content(), by=me())
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return writing_page(measure, form, status=422)
    return go_to("overview.measure", measure_id=measure.id, toast=f"{directive.kind.label}已发出。")


@bp.post("/directives/<int:directive_id>/reply")
@allowed(Action.REPLY_DIRECTIVE, directive=queries.directive)
@once
def reply(directive: Directive) -> Response:
    """Answer for the department that the form names; what was typed stays on the page until it is taken."""
    department = found(org.department(stated("department")))
    form = ReplyForm(directive, department, blank=False)
    try:
        operations.reply(
            directive, form.text.data or "", department=department, by=me(), version=stated("version")
        )
    except FieldProblems as refusal:
        write_on(form, refusal.fields)
        return card(directive, form=form, status=422)
    except (StaleVersion, IllegalTransition) as refusal:
        return card(fresh(directive), form=form, problem=refusal.sentence, status=refusal.status)
    return done(directive, "已回复。")


@bp.post("/directives/<int:directive_id>/close")
@allowed(Action.CLOSE_DIRECTIVE, directive=queries.directive)
def close(directive: Directive) -> Response:
    """End a directive."""
    try:
        operations.close(directive, by=me(), version=stated("version"))
    except (StaleVersion, IllegalTransition) as refusal:
        return card(fresh(directive), problem=refusal.sentence, status=refusal.status)
    return done(directive, "已销号。")


@bp.get("/directives/on-measure/<int:measure_id>")
@allowed(Action.READ_PLAN, measure=plans.measure)
def on_measure(measure: PlanItem) -> Response:
    """Show the directives on a measure that whoever looks may read."""
    return page_or_fragment(
        "directives/on_measure.html",
        "directives/_on_measure.html",
        measure=measure,
        directives=readable(queries.on_measure(measure)),
        forms_for=lambda directive: [],
    )


@bp.get("/directives/for-filing/<int:filing_id>")
@allowed(Action.READ_FILING, filing=filings.filing)
def for_filing(filing: Filing) -> Response:
    """Show what a filing's department still has to answer on its measure, and what was settled while its quarter was
    being worked on.
    """
    days = (filing.period.quarter.first_day, filing.period.leader_due)
    settled = queries.settled_for(filing.department_id, measure_id=filing.measure_id, days=days)
    mine = me().department_ids & {filing.department_id}
    return page_or_fragment(
        "directives/for_filing.html",
        "directives/_for_filing.html",
        filing=filing,
        directives=readable(queries.awaited_from(filing.department_id, measure_id=filing.measure_id)),
        settled=readable(settled),
        forms_for=partial(reply_forms, department_ids=mine),
    )


def readable(directives: list[Directive]) -> list[Directive]:
    """Return those that the policy table lets the person who is signed in read."""
    return [directive for directive in directives if allows(me(), Action.READ_DIRECTIVE, directive)]


def fresh(directive: Directive) -> Directive:
    """Return the directive as it stands now."""
    current: Directive = found(queries.directive(directive.id))
    return current


def directive_form(measure: PlanItem) -> DirectiveForm:
    """Return the form with its choices: whom to address and, for the office, on whose behalf."""
    leaders = None if me().leader_id is not None else org.leaders()
    return DirectiveForm(plans.responsible(measure), leaders, in_charge=measure.leader_id)


def writing_page(measure: PlanItem, form: DirectiveForm, *, status: int = 200) -> Response:
    """Return the form as a page or fragment."""
    return page_or_fragment(
        "directives/write.html", "directives/_write.html", status=status, measure=measure, form=form
    )


def card(
    directive: Directive, *, form: ReplyForm | None = None, problem: str = "", status: int = 200
) -> Response:
    """Return one directive as a page or fragment; `form` keeps what was typed, `problem` says what stood against it."""
    return page_or_fragment(
        "directives/show.html",
        "directives/_directive.html",
        status=status,
        directive=directive,
        forms=[form] if form else reply_forms(directive, me().department_ids),
        problem=problem,
    )


def done(directive: Directive, sentence: str) -> Response:
    """Return the directive as it stands after a deed, and say so."""
    if request.headers.get("HX-Request") == "true":
        return with_toast(card(fresh(directive)), sentence)
    return go_to("directives.show", directive_id=directive.id, toast=sentence)
