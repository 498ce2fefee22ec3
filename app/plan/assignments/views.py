"""The pages on which the office changes single measures, and all assignments as a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.clock import today
from app.base.days import written_day
from app.base.errors import BadInput
from app.base.tables.tabular import parse_table
from app.org import queries as org
from app.plan.assignments import operations
from app.plan.assignments.assignment_table import ASSIGNMENT_COLUMNS
from app.plan.assignments.forms import (
    GRID_CELLS,
    AssignmentTableForm,
    MeasureForm,
    TermsForm,
    TypedMeasure,
    rows_of_table,
    shown_fields,
    typed_rows,
)
from app.plan.assignments.item_history import history_of_item
from app.plan.assignments.revising import (
    AspectChange,
    WantedMeasure,
    changes_wanted,
    digest_of_changes,
    terms_problems,
)
from app.plan.core import queries
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.plan.core.rules import ItemAspect
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

NO_CHANGE = "没有改动，不用保存。请先修改表中内容。"
NOBODY = ResponsibleDepartments(lead=None)

bp = Blueprint("assignments", __name__)


@dataclass(frozen=True)
class ShownDifference:
    """The changes from a day on (None: from the beginning) with their digest; `problem` is why they were refused, "" if
    they only wait to be confirmed.
    """

    changes: tuple[AspectChange, ...] = ()
    since: date | None = None
    problem: BadInput | None = None

    @property
    def digest(self) -> str:
        return digest_of_changes(self.changes, self.since)


@bp.get("/plan/<int:plan_id>/assignments")
@allowed(Action.ASSIGN_MEASURES, plan=queries.plan_by_id)
def show_grid(plan: Plan) -> Response:
    """Show the assignments of all measures today, as a grid to edit."""
    standing = standing_fields(plan)
    rows = [TypedMeasure(one, standing[one.id], standing[one.id]) for one in queries.measures_of_plan(plan)]
    return grid_page(plan, rows, TermsForm(formdata=None), ShownDifference())


@bp.post("/plan/<int:plan_id>/assignments")
@allowed(Action.ASSIGN_MEASURES, plan=queries.plan_by_id)
def submit_grid(plan: Plan) -> Response:
    """Show what the grid would change; once that is confirmed, change it."""
    rows = typed_rows(queries.measures_of_plan(plan), request.form, standing_fields(plan))
    form = TermsForm()
    try:
        wanted = wanted_of_rows(plan, rows)
        return grid_answer(plan, rows, form, wanted)
    except BadInput as refusal:
        return grid_page(plan, rows, form, ShownDifference(problem=refusal), status=422)


@bp.post("/plan/<int:plan_id>/assignments/table")
@allowed(Action.ASSIGN_MEASURES, plan=queries.plan_by_id)
def submit_table(plan: Plan) -> Response:
    """Write a table into the grid and show what it would change; nothing is stored yet."""
    standing, measures = standing_fields(plan), queries.measures_of_plan(plan)
    rows = [TypedMeasure(one, standing[one.id], standing[one.id]) for one in measures]
    terms, table_form = TermsForm(formdata=None), AssignmentTableForm()
    if not table_form.validate():
        return grid_page(plan, rows, terms, ShownDifference(), table_form=table_form, status=422)
    file = table_form.table.data
    try:
        found = parse_table(file.read(), file.filename or "", ASSIGNMENT_COLUMNS)
        operations.wanted_by_table(plan, found, file.filename or "", on=today())
        filled = rows_of_table(found, measures, standing)
        wanted = wanted_of_rows(plan, filled)
    except BadInput as refusal:
        return grid_page(plan, rows, terms, ShownDifference(problem=refusal), status=422)
    return grid_page(plan, filled, terms, ShownDifference(changes_wanted(plan, wanted, terms.terms)))


@bp.get("/measures/<int:measure_id>/revision")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def show_measure_form(measure: PlanItem) -> Response:
    """Show one measure as it is today, to be edited."""
    shown = shown_fields(measure, queries.responsible_for_measure(measure))
    return measure_page(measure, MeasureForm(formdata=None, **shown), shown, ShownDifference())


@bp.post("/measures/<int:measure_id>/revision")
@allowed(Action.ASSIGN_MEASURES, measure=queries.measure_by_id)
def submit_measure(measure: PlanItem) -> Response:
    """Show what would change in one measure; once that is confirmed, change it."""
    form, standing = MeasureForm(), shown_fields(measure, queries.responsible_for_measure(measure))
    typed = {name: (form[name].data or "").strip() for name in standing}
    shown = {name: request.form.get(f"was-{name}", standing[name]).replace("\r\n", "\n") for name in standing}
    row = TypedMeasure(measure, typed, shown)
    try:
        wanted = wanted_of_rows(measure.plan, [row])
        return measure_answer(measure, row, form, wanted)
    except BadInput as refusal:
        return measure_page(measure, form, shown, ShownDifference(problem=refusal), status=422)


@bp.get("/measures/<int:measure_id>/history")
@allowed(Action.READ_PLAN, measure=queries.measure_by_id)
def show_history(measure: PlanItem) -> Response:
    """Show the history of a measure: what changed on which day, and who was responsible when."""
    return page_or_fragment(
        "plan/assignments/history.html", measure=measure, history=history_of_item(measure)
    )


def standing_fields(plan: Plan) -> dict[int, Mapping[str, str]]:
    """Return the stored values of every measure today, by id and field name."""
    duties = queries.responsible_by_measure(plan)
    measures = queries.measures_of_plan(plan)
    return {one.id: shown_fields(one, duties.get(one.id, NOBODY)) for one in measures}


def wanted_of_rows(plan: Plan, rows: Sequence[TypedMeasure]) -> list[WantedMeasure]:
    """Return what is wanted differently. Raises BadInput with every wrong cell, and if nothing was changed."""
    changed = {row.measure.position: row for row in rows if row.changed_fields}
    if not changed:
        raise BadInput(NO_CHANGE)
    table_rows = [row.table_row for row in changed.values()]
    try:
        wanted = operations.wanted_by_table(plan, table_rows, "责任分工", on=today())
    except BadInput as refusal:
        raise BadInput("以下内容需要改正，还没有保存。", refusal.problems) from None
    return [changed[one.measure.position].narrow_wanted(one) for one in wanted]


def grid_answer(
    plan: Plan, rows: Sequence[TypedMeasure], form: TermsForm, wanted: Sequence[WantedMeasure]
) -> Response:
    """Return the grid with its changes or, once they are confirmed, a redirect."""
    shown = examined_difference(plan, form, wanted)
    if form.errors or form.confirmed.data != shown.digest:
        return grid_page(plan, rows, form, shown, status=422 if form.errors else 200)
    changes = operations.assign_measures(
        plan, wanted, form.terms, source="责任分工（页面）", by=current_person()
    )
    return way_on(plan, changes, shown.since, "assignments.show_grid", plan_id=plan.id)


def measure_answer(
    measure: PlanItem, row: TypedMeasure, form: MeasureForm, wanted: Sequence[WantedMeasure]
) -> Response:
    """Return the form with its changes or, once they are confirmed, a redirect."""
    shown = examined_difference(measure.plan, form, wanted)
    if form.errors or form.confirmed.data != shown.digest:
        return measure_page(measure, form, row.shown, shown, status=422 if form.errors else 200)
    source = f"第 {measure.position} 项举措"
    changes = operations.assign_measures(measure.plan, wanted, form.terms, source=source, by=current_person())
    return way_on(measure.plan, changes, shown.since, "overview.show_measure", measure_id=measure.id)


def examined_difference(plan: Plan, form: TermsForm, wanted: Sequence[WantedMeasure]) -> ShownDifference:
    """Return what would change; None if day, reason or paper is wrong, with the problem beside its field.

    Raises BadInput if nothing would change.
    """
    form.validate()
    changes = changes_wanted(plan, wanted, form.terms)
    if not changes:
        raise BadInput("所填与该日有效的内容相同，没有需要保存的改动。")
    problems = terms_problems(plan, form.terms, changes)
    if elsewhere := tuple(sentence for name, sentence in problems.items() if name not in form):
        raise BadInput("有的内容不能保存，请改正后再核对。", elsewhere)
    write_problems(form, problems)
    return ShownDifference(() if form.errors else changes, form.terms.effective_on)


def way_on(
    plan: Plan, changes: Sequence[AspectChange], since: date | None, endpoint: str, **values: int
) -> Response:
    """Redirect to the page for handing over drafts and directives if a lead has changed, else back. A change from a
    future day does not show there yet.
    """
    waits = f"，到{written_day(since)}生效" if since and since > today() else ""
    toast = f"已保存 {len(changes)} 处改动{waits}。"
    if any(change.aspect is ItemAspect.LEAD and change.before for change in changes):
        return go_to("former_leads.show_handover", plan_id=plan.id, toast=toast)
    return go_to(endpoint, toast=toast, **values)


def grid_page(
    plan: Plan,
    rows: Sequence[TypedMeasure],
    form: TermsForm,
    difference: ShownDifference,
    *,
    table_form: AssignmentTableForm | None = None,
    status: int = 200,
) -> Response:
    return page_or_fragment(
        "plan/assignments/grid.html",
        status=status,
        plan=plan,
        rows=rows,
        cells=GRID_CELLS,
        form=form,
        table_form=table_form or AssignmentTableForm(formdata=None),
        difference=difference,
        **known_names(),
    )


def measure_page(
    measure: PlanItem,
    form: MeasureForm,
    shown: Mapping[str, str],
    difference: ShownDifference,
    *,
    status: int = 200,
) -> Response:
    return page_or_fragment(
        "plan/assignments/measure.html",
        status=status,
        measure=measure,
        form=form,
        shown=shown,
        difference=difference,
        **known_names(),
    )


def known_names() -> dict[str, list[str]]:
    """Return the names that can be typed: departments, groups, leaders."""
    return {
        "department_names": [one.short_name for one in org.active_departments()],
        "group_names": list(org.group_members()),
        "leader_names": [one.name for one in org.active_leaders()],
    }
