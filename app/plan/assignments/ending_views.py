"""The page on which the office ends a measure from a quarter on, or lets another go on with it."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.plan.assignments.ending import EndingQuarters, end_measure, ending_quarters
from app.plan.assignments.forms import EndingForm
from app.plan.assignments.revising import RevisionTerms
from app.plan.core import queries
from app.plan.core.models import PlanItem
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("ending", __name__)


@bp.get("/measures/<int:measure_id>/ending")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def show_ending(measure: PlanItem) -> Response:
    quarters = ending_quarters(measure)
    return ending_page(measure, offer_choices(EndingForm(formdata=None), measure, quarters), quarters)


@bp.post("/measures/<int:measure_id>/ending")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def submit_ending(measure: PlanItem) -> Response:
    quarters = ending_quarters(measure)
    form = offer_choices(EndingForm(), measure, quarters)
    if not form.validate():
        return ending_page(measure, form, quarters, status=422)
    terms = RevisionTerms(
        quarters.possible.get(form.quarter.data), form.reason.data or "", form.paper.data or ""
    )
    target = queries.measure_by_id(form.merged_into.data) if form.merged_into.data else None
    try:
        end_measure(measure, terms, merged_into=target, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return ending_page(measure, form, quarters, status=422)
    except BadInput as refusal:
        return ending_page(measure, form, quarters, problem=refusal, status=422)
    return go_to("overview.show_measure", measure_id=measure.id, toast="已结束，以前的填报和记录都保留。")


def offer_choices(form: EndingForm, measure: PlanItem, quarters: EndingQuarters) -> EndingForm:
    """Offer what can be chosen alone: a quarter from which it can end, and a measure that still goes on by then."""
    words, starts = "一二三四", quarters.possible
    form.quarter.choices = {"": "请选择"} | {str(n): f"第{words[n - 1]}季度起" for n in starts}
    on = max(starts.values(), default=None)
    others = [one for one in queries.measures_of_plan(measure.plan, on=on) if one.id != measure.id]
    form.merged_into.choices = {"": "不并入别的举措"} | {
        str(one.id): f"{one.position}. {one.title}" for one in others
    }
    return form


def ending_page(
    measure: PlanItem,
    form: EndingForm,
    quarters: EndingQuarters,
    *,
    problem: BadInput | None = None,
    status: int = 200,
) -> Response:
    return page_or_fragment(
        "plan/assignments/ending.html",
        status=status,
        measure=measure,
        form=form,
        quarters=quarters,
        problem=problem,
    )
