"""Reading plans: whole trees in one query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.org.models import Department, Leader
from app.plan.models import Assignment, Plan, PlanItem
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
    """Who answers for a measure."""

    lead: Department | None
    supports: tuple[Department, ...] = ()


def current_plan() -> Plan | None:
    """Return the newest plan."""
    return Plan.select().order_by(Plan.year.desc()).first()


def plan_of_year(year: int) -> Plan | None:
    """Return the plan of a year."""
    return Plan.get_or_none(Plan.year == year)


def outline(plan: Plan) -> tuple[Node, ...]:
    """Return the tree of a plan (its parts, with everything below them): one query."""
    items = PlanItem.select(PlanItem, Leader).left_outer_join(Leader).where(PlanItem.plan == plan)
    children: dict[int | None, list[PlanItem]] = {}
    for item in items.order_by(PlanItem.sequence):
        children.setdefault(item.parent_id, []).append(item)

    def nodes(parent_id: int | None) -> tuple[Node, ...]:
        return tuple(Node(item, nodes(item.id)) for item in children.get(parent_id, ()))

    return nodes(None)


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


def ancestors(item: PlanItem) -> tuple[PlanItem, ...]:
    """Return the part and section above an item, outermost first."""
    above: list[PlanItem] = []
    parent = item.parent
    while parent is not None:
        above.insert(0, parent)
        parent = parent.parent
    return tuple(above)


def assignments(plan: Plan) -> list[Assignment]:
    """Return every assignment of a plan with its department, in the order of measures, lead before support."""
    return list(
        Assignment.select(Assignment, Department)
        .join(Department)
        .switch(Assignment)
        .join(PlanItem)
        .where(PlanItem.plan == plan)
        .order_by(PlanItem.sequence, Assignment.role, Department.position, Department.id)
    )


def responsibilities(plan: Plan) -> dict[int, Responsible]:
    """Return, by a measure's id, its lead and supporting departments: one query for the whole plan."""
    tied: dict[int, list[Assignment]] = {}
    for assignment in assignments(plan):
        tied.setdefault(assignment.item_id, []).append(assignment)
    return {
        item_id: Responsible(
            lead=next((row.department for row in rows if row.role is AssignmentRole.LEAD), None),
            supports=tuple(row.department for row in rows if row.role is AssignmentRole.SUPPORT),
        )
        for item_id, rows in tied.items()
    }
