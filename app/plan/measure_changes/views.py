"""The pages on which the office adds, splits, merges and ends measures during the year."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.once_per_form import once_per_form
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems
from app.base.text import parse_number
from app.plan.assignments.forms import shown_fields
from app.plan.assignments.revising import RevisionTerms
from app.plan.assignments.views import known_names
from app.plan.core import queries, tree
from app.plan.core.models import Plan, PlanItem
from app.plan.measure_changes.adding import NewMeasure, add_measure, new_day_problems, wording_problems
from app.plan.measure_changes.ending import EndingQuarters, end_measure, ending_quarters
from app.plan.measure_changes.forms import (
    EndingForm,
    NewMeasuresForm,
    NewTermsForm,
    filled_numbers,
    measures_form,
    read_new_measures,
)
from app.plan.measure_changes.splitting import FEWEST_PIECES, split_measure, splitting_problems
from app.web.forms import write_further_problems, write_problems
from app.web.responses import go_to, page_or_fragment

MOST_PIECES = 9

bp = Blueprint("measure_changes", __name__)


@bp.get("/plan/<int:plan_id>/measures/new")
@allowed(Action.ASSIGN_MEASURES, plan=queries.plan_by_id)
def show_addition(plan: Plan) -> Response:
    return addition_page(plan, offer_headings(measures_form(NewMeasuresForm, 1)(formdata=None), plan))


@bp.post("/plan/<int:plan_id>/measures/new")
@allowed(Action.ASSIGN_MEASURES, plan=queries.plan_by_id)
@once_per_form
def submit_addition(plan: Plan) -> Response:
    form = offer_headings(measures_form(NewMeasuresForm, 1)(), plan)
    form.validate()
    (wanted,), problems = read_new_measures(form, [1])
    wording = wording_problems(plan, wanted, form.terms)
    problems |= {f"{name}_1": sentence for name, sentence in wording.items()}
    write_missing(form, problems | new_day_problems(plan, form.terms))
    heading = chosen_heading(plan, form)
    if form.errors or heading is None:
        return addition_page(plan, form, 422)
    measure = add_measure(plan, NewMeasure(wanted, heading, heading), form.terms, by=current_person())
    toast = f"已新增第 {measure.position} 项举措。"
    return go_to("overview.show_measure", measure_id=measure.id, toast=toast)


@bp.get("/measures/<int:measure_id>/splitting")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def show_splitting(measure: PlanItem) -> Response:
    """Show a measure to be split, with its assignments proposed for the pieces."""
    standing = shown_fields(measure, queries.responsible_for_measure(measure))
    proposed = {name: standing[name] for name in ("lead", "supports", "leader")}
    shown = {f"{name}_{number}": words for name, words in proposed.items() for number in (1, 2)}
    return splitting_page(measure, measures_form(NewTermsForm, FEWEST_PIECES)(formdata=None, data=shown))


@bp.post("/measures/<int:measure_id>/splitting")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
@once_per_form
def submit_splitting(measure: PlanItem) -> Response:
    """Split a measure, or show the form with one more piece if that was asked for."""
    count = sum(f"title_{number}" in request.form for number in range(1, MOST_PIECES + 1))
    if "another" in request.form:
        return splitting_page(measure, measures_form(NewTermsForm, min(count + 1, MOST_PIECES))())
    form = measures_form(NewTermsForm, max(count, FEWEST_PIECES))()
    form.validate()
    numbers = filled_numbers(form)
    pieces, problems = read_new_measures(form, numbers)
    places = dict(enumerate(numbers, 1))
    wrong = splitting_problems(measure, pieces, form.terms)
    write_missing(form, problems | {field_at(name, places): sentence for name, sentence in wrong.items()})
    if form.errors:
        return splitting_page(measure, form, 422)
    try:
        written = split_measure(measure, pieces, form.terms, by=current_person())
    except BadInput as refusal:
        return splitting_page(measure, form, refusal.status, problem=refusal)
    toast = f"已拆分为第 {'、'.join(str(one.position) for one in written)} 项举措。"
    return go_to("overview.show_measure", measure_id=measure.id, toast=toast)


def field_at(name: str, places: dict[int, int]) -> str:
    """Return the page's field for a measure's field; blank measures in between were not counted."""
    plain, _, number = name.rpartition("_")
    place = parse_number(number)
    return name if place is None else f"{plain}_{places.get(place, place)}"


def write_missing(form: NewTermsForm, problems: dict[str, str]) -> None:
    """Put problems beside those fields that have none yet."""
    write_further_problems(form, problems)


def offer_headings(form: NewTermsForm, plan: Plan) -> NewTermsForm:
    """Offer the headings under which measures can be."""
    form["heading"].choices = {"": "请选择"} | {
        str(one.id): one.heading if one.parent_id is None else f"　{one.heading}"
        for one in tree.headings_of_plan(plan)
    }
    return form


def chosen_heading(plan: Plan, form: NewTermsForm) -> PlanItem | None:
    return next((one for one in tree.headings_of_plan(plan) if one.id == form["heading"].data), None)


def addition_page(plan: Plan, form: NewTermsForm, status: int = 200) -> Response:
    return page_or_fragment(
        "plan/measure_changes/addition.html", status=status, plan=plan, form=form, **known_names()
    )


def splitting_page(
    measure: PlanItem, form: NewTermsForm, status: int = 200, *, problem: BadInput | None = None
) -> Response:
    return page_or_fragment(
        "plan/measure_changes/splitting.html",
        status=status,
        measure=measure,
        form=form,
        problem=problem,
        most=MOST_PIECES,
        **known_names(),
    )


@bp.get("/measures/<int:measure_id>/ending")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def show_ending(measure: PlanItem) -> Response:
    quarters = ending_quarters(measure)
    return ending_page(measure, offer_quarters(EndingForm(formdata=None), measure, quarters), quarters)


@bp.post("/measures/<int:measure_id>/ending")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def submit_ending(measure: PlanItem) -> Response:
    quarters = ending_quarters(measure)
    form = offer_quarters(EndingForm(), measure, quarters)
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


def offer_quarters(form: EndingForm, measure: PlanItem, quarters: EndingQuarters) -> EndingForm:
    """Offer the quarters from which it can end, and the measures that can continue it."""
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
        "plan/measure_changes/ending.html",
        status=status,
        measure=measure,
        form=form,
        quarters=quarters,
        problem=problem,
    )
