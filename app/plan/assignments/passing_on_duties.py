"""Handing the duties of a department that ends, or of a leader who leaves, over to the successor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.org.models import Department, DepartmentGroupMember, Leader
from app.org.signals import department_dependents_asked
from app.plan.assignments.operations import store_changes
from app.plan.assignments.revising import (
    AspectChange,
    RevisionTerms,
    SupportingDepartment,
    WantedMeasure,
    support_words,
)
from app.plan.core import queries
from app.plan.core.in_force import in_force_until_after
from app.plan.core.models import Assignment, ItemChange, Plan, PlanItem, PlanRevision
from app.plan.core.rules import AssignmentRole, ItemAspect
from app.plan.core.signals import assignments_changed


@dataclass(frozen=True)
class MeasureDuty:
    """A measure that somebody is responsible for from a day on, and in which role."""

    plan: Plan
    measure: PlanItem
    aspect: ItemAspect
    on: date

    @property
    def words(self) -> str:
        return f"{self.plan.year} 年第 {self.measure.position} 项 {self.measure.title}"


def plans_since(day: date) -> Iterator[tuple[Plan, date]]:
    """Yield the plans in force on a day or later, each with its first day from then on."""
    for plan in Plan.select().where(Plan.year >= day.year).order_by(Plan.year):
        yield plan, max(day, date(plan.year, 1, 1))


def duties_of_department(department: Department, on: date) -> list[MeasureDuty]:
    """Return the measures that a department leads or supports on a day or later, by plan and measure."""
    return [
        MeasureDuty(plan, measure, aspect, day)
        for plan, first in plans_since(on)
        for day, tied in tied_on_days(plan, department, first)
        for measure in queries.measures_of_plan(plan, on=day)
        for aspect in aspects_of(department, tied.get(measure.id, ()))
    ]


def duties_of_leader(leader: Leader, on: date) -> list[MeasureDuty]:
    """Return the measures that a leader is in charge of on a day or later, by plan and measure."""
    found = []
    for plan, first in plans_since(on):
        set_later = measures_set_later(plan, leader, first)
        for day in sorted({first, *set_later}):
            found += [
                MeasureDuty(plan, measure, ItemAspect.LEADER, day)
                for measure in queries.measures_of_plan(plan, on=day)
                if measure.leader_id == leader.id and (day == first or measure.id in set_later[day])
            ]
    return found


def measures_set_later(plan: Plan, leader: Leader, day: date) -> dict[date, set[int]]:
    """Return the ids of the measures that a leader will be in charge of, by the day from which on."""
    query = ItemChange.select(ItemChange.item, PlanRevision.effective_on).join(PlanRevision)
    later = (PlanRevision.plan == plan) & (PlanRevision.effective_on > day)
    found: dict[date, set[int]] = {}
    for change in query.where(later & (ItemChange.leader == leader)):
        found.setdefault(change.revision.effective_on, set()).add(change.item_id)
    begins_later = (PlanItem.plan == plan) & (PlanItem.leader == leader) & (PlanItem.in_force_from > day)
    for item in PlanItem.select(PlanItem.id, PlanItem.in_force_from).where(begins_later):
        since: date = item.in_force_from  # type: ignore[assignment]  # what was asked for
        found.setdefault(since, set()).add(item.id)
    return found


def tied_on_days(
    plan: Plan, department: Department, first: date
) -> Iterator[tuple[date, dict[int, list[Assignment]]]]:
    """Yield the days on which duties of a department begin, with the assignments in force then on the measures
    concerned, by measure id.
    """
    rows = queries.assignments_of_plan(plan)
    own = [row for row in rows if row.department_id == department.id]
    begun = {row.in_force_from for row in own if row.in_force_from and row.in_force_from > first}
    for day in sorted({first, *begun}):
        beginning = {
            row.item_id for row in own if row.is_in_force(day) and (day == first or row.in_force_from == day)
        }
        tied: dict[int, list[Assignment]] = {}
        for row in rows:
            if row.item_id in beginning and row.is_in_force(day):
                tied.setdefault(row.item_id, []).append(row)
        if tied:
            yield day, tied


def aspects_of(department: Department, tied: Iterable[Assignment]) -> list[ItemAspect]:
    roles = {row.role for row in tied if row.department_id == department.id}
    aspects = {AssignmentRole.LEAD: ItemAspect.LEAD, AssignmentRole.SUPPORT: ItemAspect.SUPPORTS}
    return [aspects[role] for role in AssignmentRole if role in roles]


@transaction
def pass_duties_on(
    department: Department, successor: Department, on: date, *, reason: str, by: Actor
) -> list[MeasureDuty]:
    """Let a department lead and support what another did, from a day on; return what passed. Raises NotAllowed."""
    require(by, Action.TRANSFER_DUTIES)
    duties = duties_of_department(department, on)
    groups = DepartmentGroupMember.select().where(DepartmentGroupMember.department == successor)
    own_groups = {row.group_id for row in groups}
    for plan, first in plans_since(on):
        for day, tied in tied_on_days(plan, department, first):
            changes = [
                change
                for measure in queries.measures_of_plan(plan, on=day)
                if measure.id in tied
                for change in changes_of_department(
                    measure, department, successor, tied[measure.id], own_groups
                )
            ]
            store_changes(plan, changes, RevisionTerms(day, reason), by=by)
    finish_passing(duties, department, reason, by=by)
    return duties


def changes_of_department(
    measure: PlanItem,
    department: Department,
    successor: Department,
    tied: Iterable[Assignment],
    own_groups: set[int],
) -> Iterator[AspectChange]:
    """Yield the changes of a measure when a department replaces another; a lead does not also support."""
    ordered = sorted(tied, key=lambda row: (row.department.position, row.department_id))
    leads = [row.department for row in ordered if row.role is AssignmentRole.LEAD]
    if department in leads:
        wanted = WantedMeasure(measure, lead=successor)
        yield AspectChange(wanted, ItemAspect.LEAD, department.short_name, successor.short_name)
    lead = successor if department in leads else next(iter(leads), None)
    standing = [
        SupportingDepartment(row.department, row.group)
        for row in ordered
        if row.role is AssignmentRole.SUPPORT
    ]
    supports = taken_places(standing, department, successor, lead, own_groups)
    if supports != standing:
        wanted = WantedMeasure(measure, supports=tuple(supports))
        yield AspectChange(wanted, ItemAspect.SUPPORTS, support_words(standing), support_words(supports))


def taken_places(
    standing: Iterable[SupportingDepartment],
    department: Department,
    successor: Department,
    lead: Department | None,
    own_groups: set[int],
) -> list[SupportingDepartment]:
    """Return the supporting departments after a replacement; the new one only belongs to groups that contain it."""
    found: dict[int, SupportingDepartment] = {}
    for one in standing:
        if one.department == department:
            group = one.group if one.group and one.group.id in own_groups else None
            found.setdefault(successor.id, SupportingDepartment(successor, group))
        else:
            found[one.department.id] = one
    if lead is not None:
        found.pop(lead.id, None)
    return list(found.values())


@transaction
def pass_charge_on(
    leader: Leader, successor: Leader, on: date, *, reason: str, by: Actor
) -> list[MeasureDuty]:
    """Put a leader in charge of what another was in charge of, from a day on; return what passed. Raises NotAllowed."""
    require(by, Action.TRANSFER_DUTIES)
    duties = duties_of_leader(leader, on)
    for plan, day in sorted({(one.plan, one.on) for one in duties}, key=lambda pair: (pair[0].year, pair[1])):
        changes = [
            AspectChange(
                WantedMeasure(one.measure, leader=successor),
                ItemAspect.LEADER,
                leader.name,
                successor.name,
            )
            for one in duties
            if (one.plan, one.on) == (plan, day)
        ]
        store_changes(plan, changes, RevisionTerms(day, reason), by=by)
    finish_passing(duties, leader, reason, by=by)
    return duties


def finish_passing(
    duties: Iterable[MeasureDuty], giver: Department | Leader, reason: str, *, by: Actor
) -> None:
    """Record what passed, and notify the listeners of assignments."""
    by_plan: dict[Plan, list[MeasureDuty]] = {}
    for one in duties:
        by_plan.setdefault(one.plan, []).append(one)
    for plan, passed in by_plan.items():
        numbers = "、".join(dict.fromkeys(str(one.measure.position) for one in passed))
        record_event(
            Action.TRANSFER_DUTIES, giver, by=by, summary=f"{reason}：{plan.year} 年第 {numbers} 项举措"
        )
        assignments_changed.send(plan, by=by)


@department_dependents_asked.connect
def dependent_measures_in_words(department: Department) -> list[str]:
    """Return, as sentences, the numbers of the measures of this and next year that a department is responsible for."""
    query = Assignment.select(Assignment.role, Plan.year, PlanItem.position).join(PlanItem).join(Plan)
    owed = (Assignment.department == department) & in_force_until_after(today())
    rows: Any = query.where(owed & (Plan.year >= today().year))
    numbers: dict[tuple[int, AssignmentRole], list[int]] = {}
    for row in rows.order_by(Plan.year, Assignment.role, PlanItem.sequence).dicts():
        numbers.setdefault((row["year"], row["role"]), []).append(row["position"])
    return [
        f"还{role.label} {year} 年第 {'、'.join(map(str, found))} 项举措。"
        for (year, role), found in numbers.items()
    ]
