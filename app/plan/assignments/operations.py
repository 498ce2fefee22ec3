"""Setting assignments, milestones and indicators: a whole table or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.errors import raise_field_problems
from app.base.tables.tabular import TableRow, read_table
from app.org import queries as org
from app.org.models import Leader
from app.plan.assignments import indicator_table, milestone_table
from app.plan.assignments.assignment_table import ASSIGNMENT_COLUMNS, read_assignment_table
from app.plan.assignments.indicator_table import PlannedIndicator
from app.plan.assignments.milestone_table import PlannedMilestone
from app.plan.assignments.revising import (
    AspectChange,
    RevisionTerms,
    SupportingDepartment,
    WantedMeasure,
    changes_wanted,
    target_problems,
    terms_problems,
)
from app.plan.assignments.target_changes import (
    indicator_obstacles,
    indicators_change,
    milestones_change,
    raise_obstacles,
    write_indicators,
    write_milestones,
)
from app.plan.core import queries
from app.plan.core.in_force import changes_of_items
from app.plan.core.item_writing import write_commitments
from app.plan.core.models import Assignment, ItemChange, Plan, PlanItem, PlanRevision
from app.plan.core.rules import AssignmentRole, ItemAspect
from app.plan.core.signals import assignments_changed
from app.plan.importer.measure_duties import commitments_of

FROM_THE_BEGINNING = RevisionTerms()
Planned = TypeVar("Planned", PlannedMilestone, PlannedIndicator)


def set_assignments(plan: Plan, path: Path, *, by: Actor, terms: RevisionTerms = FROM_THE_BEGINNING) -> int:
    """Replace the assignments of every measure in the table from a day on; return how many measures it names.

    Raises NotAllowed, FieldProblems, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.ASSIGN_MEASURES)
    wanted = wanted_by_table(plan, read_table(path, ASSIGNMENT_COLUMNS), path.name, on=terms.reading_day)
    assign_measures(plan, wanted, terms, source=path.name, by=by)
    return len(wanted)


def wanted_by_table(plan: Plan, rows: Sequence[TableRow], name: str, *, on: date) -> list[WantedMeasure]:
    """Return the wanted assignments in a table, with measures by their titles on a day. Raises BadInput."""
    return wanted_of_measures(queries.measures_of_plan(plan, on=on), rows, name)


def wanted_of_measures(measures: list[PlanItem], rows: Sequence[TableRow], name: str) -> list[WantedMeasure]:
    """Return the wanted assignments of these measures, stored or not. Raises BadInput."""
    # Who left without anybody being named in his place is still in charge by name.
    kept: dict[int, Leader] = {one.leader.id: one.leader for one in measures if one.leader}
    return read_assignment_table(
        rows,
        name,
        measures=measures,
        departments=org.departments_by_name(),
        groups=org.group_members(),
        leaders=list({**kept, **{one.id: one for one in org.active_leaders()}}.values()),
    )


@transaction
def assign_measures(
    plan: Plan,
    wanted: Sequence[WantedMeasure],
    terms: RevisionTerms,
    *,
    source: str,
    by: Actor,
    revision: PlanRevision | None = None,
) -> tuple[AspectChange, ...]:
    """Store wanted values of measures from a day on where they differ from those in force; return the differences.

    Values set for a later day stay. A measure without any lead so far is led from its beginning. revision: the revision
    it belongs to, if there is more in it. Raises NotAllowed, FieldProblems for a wrong day, reason or paper.
    """
    require(by, Action.ASSIGN_MEASURES)
    changes = changes_wanted(plan, wanted, terms)
    raise_field_problems(terms_problems(plan, terms, changes))
    store_changes(plan, changes, terms, by=by, revision=revision)
    measures = len({one.measure.id for one in wanted})
    record_event(
        EventKind.ASSIGN_DEPARTMENTS, plan, by=by, summary=f"{source}：{measures} 项举措", reason=terms.reason
    )
    assignments_changed.send(plan, by=by)
    return changes


def store_changes(
    plan: Plan,
    changes: Sequence[AspectChange],
    terms: RevisionTerms,
    *,
    by: Actor,
    revision: PlanRevision | None = None,
) -> None:
    """Store changes, within an operation that has checked permission and input and records them."""
    if terms.effective_on is None:
        write_from_the_beginning(changes)
    elif changes:
        write_changes(revision or create_revision(plan, terms, by=by), changes)
    for change in changes:
        assign_departments(change, terms.effective_on)


def write_from_the_beginning(changes: Iterable[AspectChange]) -> None:
    """Write yearly target and leader into the measures themselves, as if published so."""
    for change in changes:
        columns: dict[ItemAspect, dict[str, object]] = {
            ItemAspect.TARGET: {"yearly_target": change.after},
            ItemAspect.LEADER: {"leader": change.wanted.leader},
        }
        if change.aspect in columns:
            PlanItem.update(columns[change.aspect]).where(PlanItem.id == change.measure.id).execute()


def create_revision(plan: Plan, terms: RevisionTerms, *, by: Actor) -> PlanRevision:
    return PlanRevision.create(
        plan=plan,
        effective_on=terms.effective_on,
        reason=terms.reason,
        paper=terms.paper,
        made_by=by.person,
    )


def write_changes(revision: PlanRevision, changes: Iterable[AspectChange]) -> None:
    """Store what changes from a day on beside the published values; a new text is divided into commitments."""
    for change in changes:
        leader = change.wanted.leader if change.aspect is ItemAspect.LEADER else None
        ItemChange.create(
            revision=revision, item=change.measure, aspect=change.aspect, words=change.after, leader=leader
        )
        if change.aspect is ItemAspect.TEXT:
            texts = change.wanted.commitments or [one.text for one in commitments_of(change.after)]
            write_commitments(change.measure, texts, revision.effective_on)


def assign_departments(change: AspectChange, since: date | None) -> None:
    """Let the wanted departments lead or support a measure from a day on; other aspects are ignored."""
    wanted = change.wanted
    if change.aspect is ItemAspect.LEAD and wanted.lead is not None:
        replace_assigned(
            wanted.measure, AssignmentRole.LEAD, [SupportingDepartment(wanted.lead, None)], since
        )
    if change.aspect is ItemAspect.SUPPORTS and wanted.supports is not None:
        replace_assigned(wanted.measure, AssignmentRole.SUPPORT, wanted.supports, since)


def replace_assigned(
    measure: PlanItem, role: AssignmentRole, departments: Iterable[SupportingDepartment], since: date | None
) -> None:
    """Replace the departments in a role of a measure from a day on, until the next day set already."""
    standing = list(Assignment.select().where((Assignment.item == measure) & (Assignment.role == role)))
    if not standing and not has_lead(measure):
        since = measure.in_force_from
    aspect = ItemAspect.LEAD if role is AssignmentRole.LEAD else ItemAspect.SUPPORTS
    edges = {day for row in standing for day in (row.in_force_from, row.in_force_until) if day}
    edges |= {change.revision.effective_on for change in changes_of_items({measure.id}, (aspect,))}
    until = min((day for day in edges if since is None or day > since), default=None)
    for row in standing:
        if row.in_force_from == since:
            row.delete_instance()
        elif since is not None and row.is_in_force(since):
            row.in_force_until = since
            row.save()
    for department, group in departments:
        Assignment.create(
            item=measure,
            department=department,
            role=role,
            group=group,
            in_force_from=since,
            in_force_until=until,
        )


def has_lead(measure: PlanItem) -> bool:
    is_lead = (Assignment.item == measure) & (Assignment.role == AssignmentRole.LEAD)
    return bool(Assignment.select().where(is_lead).exists())


def set_milestones(plan: Plan, path: Path, *, by: Actor, terms: RevisionTerms = FROM_THE_BEGINNING) -> int:
    """Replace the milestones of every measure in the table from a day on; return how many milestones it has.

    Raises NotAllowed, FieldProblems, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.SET_TARGETS)
    return replace_milestones(
        plan, read_table(path, milestone_table.MILESTONE_COLUMNS), path.name, terms, by=by
    )


@transaction
def replace_milestones(
    plan: Plan, rows: Sequence[TableRow], name: str, terms: RevisionTerms = FROM_THE_BEGINNING, *, by: Actor
) -> int:
    """Replace milestones by those read from a table. Raises FieldProblems, BadInput."""
    planned = read_milestones(plan, rows, name, terms)
    store_milestones(plan, by_measure(planned), terms, by=by)
    record_event(
        EventKind.SET_MILESTONES, plan, by=by, summary=f"{name}：{len(planned)} 个节点", reason=terms.reason
    )
    return len(planned)


def by_measure(planned: Iterable[Planned]) -> dict[PlanItem, list[Planned]]:
    """Return the rows of a table grouped by measure, in its order."""
    found: dict[PlanItem, list[Planned]] = {}
    for one in planned:
        found.setdefault(one.measure, []).append(one)
    return found


def read_milestones(
    plan: Plan, rows: Sequence[TableRow], name: str, terms: RevisionTerms
) -> list[PlannedMilestone]:
    """Return the milestones in a table, with measures and commitments by their numbers on a day. Raises BadInput."""
    day = terms.effective_on or today()
    return milestone_table.read_milestone_table(
        rows,
        name,
        measures=queries.measures_of_plan(plan, on=day),
        commitments=queries.commitments_by_measure(plan, on=day),
    )


def store_milestones(
    plan: Plan, planned: Mapping[PlanItem, Sequence[PlannedMilestone]], terms: RevisionTerms, *, by: Actor
) -> None:
    """Store the milestones of measures from a day on. Raises FieldProblems."""
    changes = [milestones_change(one, rows, terms.reading_day) for one, rows in planned.items()]
    raise_field_problems(target_problems(plan, terms, changes))
    keep_target_changes(plan, changes, terms, by=by)
    for measure, rows in planned.items():
        write_milestones(measure, rows, terms.effective_on)


def keep_target_changes(
    plan: Plan, changes: Sequence[AspectChange], terms: RevisionTerms, *, by: Actor
) -> PlanRevision | None:
    """Store in words which targets change from a day on; nothing if they are set from the beginning."""
    if terms.effective_on is None or not changes:
        return None
    revision = create_revision(plan, terms, by=by)
    for change in changes:
        ItemChange.create(
            revision=revision, item=change.measure, aspect=change.aspect, words=change.after, leader=None
        )
    return revision


def set_indicators(plan: Plan, path: Path, *, by: Actor, terms: RevisionTerms = FROM_THE_BEGINNING) -> int:
    """Set the indicators of every measure in the table from a day on; return how many indicators it has.

    Named indicators keep their filed numbers; those not named are no longer asked for, and their numbers stay. Raises
    NotAllowed, FieldProblems, BadInput with every wrong row and column; then nothing is changed.
    """
    require(by, Action.SET_TARGETS)
    return replace_indicators(
        plan, read_table(path, indicator_table.INDICATOR_COLUMNS), path.name, terms, by=by
    )


@transaction
def replace_indicators(
    plan: Plan, rows: Sequence[TableRow], name: str, terms: RevisionTerms = FROM_THE_BEGINNING, *, by: Actor
) -> int:
    """Set the indicators read from a table. Raises FieldProblems, BadInput."""
    planned = read_indicators(plan, rows, name, terms)
    store_indicators(plan, by_measure(planned), terms, by=by)
    record_event(
        EventKind.SET_INDICATORS, plan, by=by, summary=f"{name}：{len(planned)} 项指标", reason=terms.reason
    )
    return len(planned)


def read_indicators(
    plan: Plan, rows: Sequence[TableRow], name: str, terms: RevisionTerms
) -> list[PlannedIndicator]:
    """Return the indicators in a table, with measures by their numbers on a day. Raises BadInput."""
    measures = queries.measures_of_plan(plan, on=terms.effective_on)
    return indicator_table.read_indicator_table(rows, name, measures=measures)


def changes_of_indicators(
    planned: Mapping[PlanItem, Sequence[PlannedIndicator]], terms: RevisionTerms
) -> list[AspectChange]:
    """Return the changes of indicators. Raises BadInput for what cannot be set from a day on."""
    for measure, rows in planned.items() if terms.effective_on else ():
        raise_obstacles(indicator_obstacles(measure, rows, terms.reading_day))
    return [indicators_change(one, rows, terms.reading_day) for one, rows in planned.items()]


def store_indicators(
    plan: Plan, planned: Mapping[PlanItem, Sequence[PlannedIndicator]], terms: RevisionTerms, *, by: Actor
) -> None:
    """Store the indicators of measures from a day on. Raises FieldProblems, BadInput."""
    changes = changes_of_indicators(planned, terms)
    raise_field_problems(target_problems(plan, terms, changes))
    revision = keep_target_changes(plan, changes, terms, by=by)
    for measure, rows in planned.items():
        write_indicators(measure, rows, revision)
