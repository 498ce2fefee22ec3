"""Reading plans: whole trees in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect

from app.org.models import Department, DepartmentGroup, Leader
from app.org.queries import every_department, every_leader
from app.plan.models import (
    Assignment,
    Indicator,
    Milestone,
    Plan,
    PlanItem,
)
from app.plan.rules import AssignmentRole, ItemKind


@dataclass(frozen=True)
class Node:
    """An item of the tree with its children in order."""

    item: PlanItem
    children: tuple[Node, ...] = ()

    def of_kind(self, kind: ItemKind) -> Iterator[Node]:
        """Yield this node and its descendants of one kind, in the plan's order."""
        if self.item.kind is kind:
            yield self
        for child in self.children:
            yield from child.of_kind(kind)


@dataclass(frozen=True)
class Responsible:
    """Who answers for a measure.

    `support_words` names a group that was assigned at once (各居民区) as one; `groups` holds, by a department's id,
    the name of the group that brought it in.
    """

    lead: Department | None
    supports: tuple[Department, ...] = ()
    support_words: str = ""
    groups: Mapping[int, str] = field(default_factory=dict)

    @property
    def departments(self) -> tuple[Department, ...]:
        """Return them all, the lead first."""
        return self.supports if self.lead is None else (self.lead, *self.supports)


class Duty(NamedTuple):
    """What ties a department to a measure, and the name of the group that brought it in, if one did."""

    measure_id: int
    department: Department
    role: AssignmentRole
    group: str | None


def current_plan() -> Plan | None:
    """Return the newest plan."""
    return Plan.select().order_by(Plan.year.desc()).first()


def plan_of_year(year: int) -> Plan | None:
    """Return the plan of a year."""
    return Plan.get_or_none(Plan.year == year)


def outline(plan: Plan) -> tuple[Node, ...]:
    """Return the tree of a plan (its parts, with everything below them)."""
    return grown(PlanItem.select().where(PlanItem.plan == plan))


def heads(plan: Plan) -> tuple[Node, ...]:
    """Return the tree of a plan down to its measures, without any texts."""
    return grown(without_texts().where((PlanItem.plan == plan) & (PlanItem.kind != ItemKind.COMMITMENT)))


def headings(plan: Plan) -> tuple[Node, ...]:
    """Return the tree of a plan's parts and sections alone, however many measures there are."""
    kinds = PlanItem.kind.in_([ItemKind.PART, ItemKind.SECTION])
    return grown(without_texts().where((PlanItem.plan == plan) & kinds))


def without_texts() -> ModelSelect[PlanItem]:
    """Return a query over items without their long texts."""
    columns = (
        PlanItem.id,
        PlanItem.parent,
        PlanItem.kind,
        PlanItem.number,
        PlanItem.position,
        PlanItem.title,
        PlanItem.leader,
    )
    return PlanItem.select(*columns)


def grown(items: ModelSelect[PlanItem]) -> tuple[Node, ...]:
    """Return the tree that the items of a query make, each with its leader in charge: two queries."""
    leaders, children = every_leader(), dict[int | None, list[PlanItem]]()
    for item in items.order_by(PlanItem.sequence):
        if item.leader_id is not None:
            item.leader = leaders[item.leader_id]
        children.setdefault(item.parent_id, []).append(item)

    def nodes(parent_id: int | None) -> tuple[Node, ...]:
        return tuple(Node(item, nodes(item.id)) for item in children.get(parent_id, ()))

    return nodes(None)


def narrowed(nodes: tuple[Node, ...], measure_ids: set[int]) -> tuple[Node, ...]:
    """Return a tree with only these measures, and of what stands above them only what leads to one."""
    kept = []
    for node in nodes:
        if node.item.kind is ItemKind.MEASURE:
            kept += [node] if node.item.id in measure_ids else []
        elif below := narrowed(node.children, measure_ids):
            kept.append(Node(node.item, below))
    return tuple(kept)


def measures(plan: Plan) -> list[PlanItem]:
    """Return the measures of a plan in its order, each with its leader in charge."""
    return list(
        PlanItem.select(PlanItem, Leader)
        .left_outer_join(Leader)
        .where((PlanItem.plan == plan) & (PlanItem.kind == ItemKind.MEASURE))
        .order_by(PlanItem.sequence)
    )


def measure(measure_id: int) -> PlanItem | None:
    """Return one measure with its leader in charge."""
    return (
        PlanItem.select(PlanItem, Leader)
        .left_outer_join(Leader)
        .where((PlanItem.id == measure_id) & (PlanItem.kind == ItemKind.MEASURE))
        .first()
    )


def commitments(measure: PlanItem) -> list[PlanItem]:
    """Return the commitments of a measure in their order."""
    return list(PlanItem.select().where(PlanItem.parent == measure).order_by(PlanItem.sequence))


def commitments_by_measure(plan: Plan) -> dict[int, list[PlanItem]]:
    """Return the commitments of every measure in their order, by the measure's id: one query."""
    found: dict[int, list[PlanItem]] = {}
    is_commitment = (PlanItem.plan == plan) & (PlanItem.kind == ItemKind.COMMITMENT)
    for item in PlanItem.select().where(is_commitment).order_by(PlanItem.sequence):
        if item.parent_id is not None:
            found.setdefault(item.parent_id, []).append(item)
    return found


def milestones(measure: PlanItem) -> list[Milestone]:
    """Return the milestones of a measure and of its commitments, first quarter first: one query."""
    items = (PlanItem.id == measure.id) | (PlanItem.parent == measure.id)
    query = Milestone.select(Milestone, PlanItem).join(PlanItem).where(items)
    return list(query.order_by(Milestone.quarter, PlanItem.sequence, Milestone.id))


def indicators(measure: PlanItem) -> list[Indicator]:
    """Return the indicators that filings on a measure are asked for."""
    asked = (Indicator.measure == measure.id) & ~Indicator.retired
    return list(Indicator.select().where(asked).order_by(Indicator.position, Indicator.id))


def indicators_among(measure_ids: Iterable[int]) -> dict[int, list[Indicator]]:
    """Return, by a measure's id, what `indicators` finds for it: one query for them all."""
    found: dict[int, list[Indicator]] = {}
    asked = Indicator.measure.in_(sorted(measure_ids)) & ~Indicator.retired
    for indicator in Indicator.select().where(asked).order_by(Indicator.position, Indicator.id):
        found.setdefault(indicator.measure_id, []).append(indicator)
    return found


def ancestors(item: PlanItem) -> tuple[PlanItem, ...]:
    """Return the part and section above an item, outermost first: one query, over the headings before it."""
    before = (PlanItem.plan == item.plan_id) & (PlanItem.sequence < item.sequence)
    headings = PlanItem.kind.in_([ItemKind.PART, ItemKind.SECTION])
    columns = (PlanItem.id, PlanItem.parent, PlanItem.kind, PlanItem.number, PlanItem.title)
    rows = PlanItem.select(*columns).where(before & headings)
    found: dict[int | None, PlanItem] = {heading.id: heading for heading in rows}
    above: list[PlanItem] = []
    parent = found.get(item.parent_id)
    while parent is not None:
        above.insert(0, parent)
        parent = found.get(parent.parent_id)
    return tuple(above)


def assignments(plan: Plan) -> list[Assignment]:
    """Return every assignment of a plan with its department, in the order of measures, lead before support."""
    query = with_department().switch(Assignment).join(PlanItem).where(PlanItem.plan == plan)
    return list(query.order_by(PlanItem.sequence, Assignment.role, Department.position, Department.id))


def with_department() -> ModelSelect[Assignment]:
    """Return a query over assignments with their department and the group that brought it in."""
    return (
        Assignment.select(Assignment, Department, DepartmentGroup)
        .join(Department)
        .switch(Assignment)
        .left_outer_join(DepartmentGroup)
    )


def responsible(measure: PlanItem) -> Responsible:
    """Return who answers for one measure: one query."""
    rows = with_department().where(Assignment.item == measure).order_by(Department.position, Department.id)
    return responsible_of(
        [Duty(measure.id, row.department, row.role, row.group.name if row.group else None) for row in rows]
    )


def responsible_of(duties: Sequence[Duty]) -> Responsible:
    """Return who answers for the measure of these duties."""
    leads = [duty.department for duty in duties if duty.role is AssignmentRole.LEAD]
    supports = [duty for duty in duties if duty.role is AssignmentRole.SUPPORT]
    names = (duty.group or duty.department.short_name for duty in supports)
    return Responsible(
        lead=leads[0] if leads else None,
        supports=tuple(duty.department for duty in supports),
        support_words="、".join(dict.fromkeys(names)),
        groups={duty.department.id: duty.group for duty in supports if duty.group},
    )


def responsibilities(plan: Plan) -> dict[int, Responsible]:
    """Return, by a measure's id, its lead and supporting departments: two queries for the whole plan."""
    tied: dict[int, list[Duty]] = {}
    for duty in duties(plan):
        tied.setdefault(duty.measure_id, []).append(duty)
    return {measure_id: responsible_of(found) for measure_id, found in tied.items()}


def duties(plan: Plan) -> list[Duty]:
    """Return every duty of a plan, in each measure the departments in their official order: two queries."""
    departments = every_department()
    query = Assignment.select(Assignment.item, Assignment.department, Assignment.role, DepartmentGroup.name)
    query = query.join(DepartmentGroup, JOIN.LEFT_OUTER).switch(Assignment).join(Department)
    rows: Any = query.switch(Assignment).join(PlanItem).where(PlanItem.plan == plan)
    rows = rows.order_by(Department.position, Department.id).tuples()
    return [Duty(measure, departments[department], role, group) for measure, department, role, group in rows]
