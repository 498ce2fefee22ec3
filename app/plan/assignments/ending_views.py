"""The page on which the office ends a measure from a quarter on, or lets another go on with it."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.plan.assignments.ending import end_measure, quarter_starts
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
    return ending_page(measure, offer_choices(EndingForm(formdata=None), measure))


@bp.post("/measures/<int:measure_id>/ending")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def submit_ending(measure: PlanItem) -> Response:
    form = offer_choices(EndingForm(), measure)
    if not form.validate():
        return ending_page(measure, form, status=422)
    starts = quarter_starts(measure.plan)
    terms = RevisionTerms(starts.get(form.quarter.data), form.reason.data or "", form.paper.data or "")
    target = queries.measure_by_id(form.merged_into.data) if form.merged_into.data else None
    try:
        end_measure(measure, terms, merged_into=target, by=current_person())
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return ending_page(measure, form, status=422)
    except BadInput as refusal:
        return ending_page(measure, form, problem=refusal, status=422)
    return go_to("overview.show_measure", measure_id=measure.id, toast="已结束，以前的填报和记录都保留。")


def offer_choices(form: EndingForm, measure: PlanItem) -> EndingForm:
    words = "一二三四"
    starts = quarter_starts(measure.plan)
    form.quarter.choices = {"": "请选择"} | {str(n): f"第{words[n - 1]}季度起" for n in starts}
    others = [one for one in queries.measures_of_plan(measure.plan) if one.id != measure.id]
    form.merged_into.choices = {"": "不并入别的举措"} | {
        str(one.id): f"{one.position}. {one.title}" for one in others
    }
    return form


def ending_page(
    measure: PlanItem, form: EndingForm, *, problem: BadInput | None = None, status: int = 200
) -> Response:
    return page_or_fragment(
        "plan/assignments/ending.html", status=status, measure=measure, form=form, problem=problem
    )
