"""Reading a plan as a tree of parts, sections, measures and commitments: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import ModelSelect

from app.base.clock import today
from app.base.statements import prepared
from app.org.queries import all_leaders
from app.plan.core.in_force import READ_ASPECTS, changes_in_plan, in_force_on, read_on_day, title_on
from app.plan.core.models import Plan, PlanItem
from app.plan.core.rules import ItemAspect, ItemKind

OTHER_MEASURES = "其他举措"  # that stand in no part
TEXTLESS_COLUMNS = (
    PlanItem.id,
    PlanItem.parent,
    PlanItem.kind,
    PlanItem.number,
    PlanItem.position,
    PlanItem.title,
    PlanItem.leader,
    PlanItem.in_force_from,
    PlanItem.in_force_until,
)


@dataclass(frozen=True)
class PlanNode:
    """An item of the tree with its children in order."""

    item: PlanItem
    children: tuple[PlanNode, ...] = ()

    def nodes_of_kind(self, kind: ItemKind) -> Iterator[PlanNode]:
        if self.item.kind is kind:
            yield self
        for child in self.children:
            yield from child.nodes_of_kind(kind)


def tree_of_plan(plan: Plan, *, on: date | None = None, through_year: bool = False) -> tuple[PlanNode, ...]:
    """Return the tree of a plan (its parts, with everything below them) as it holds on a day; today without one."""
    return build_tree(items_in_order(plan.id), on=on, through_year=through_year)


@prepared
def items_in_order(plan_id: int) -> ModelSelect[PlanItem]:
    return PlanItem.select().where(PlanItem.plan == plan_id).order_by(PlanItem.sequence)


def tree_of_measures(plan: Plan, *, on: date | None = None) -> tuple[PlanNode, ...]:
    """Return the tree of a plan down to its measures, without any texts, as it holds on a day; today without one.

    What is not reported on (不填报) is left out.
    """
    return build_tree(reported_items(plan.id), on=on)


@prepared
def reported_items(plan_id: int) -> ModelSelect[PlanItem]:
    above_commitments = (PlanItem.plan == plan_id) & (PlanItem.kind != ItemKind.COMMITMENT)
    return items_without_texts().where(above_commitments & PlanItem.reporting).order_by(PlanItem.sequence)


class ListedMeasure(NamedTuple):
    id: int
    title: str
    leader_id: int | None


def reported_measures(plan: Plan) -> list[ListedMeasure]:
    """Return the measures of a plan that are reported on, in its order, as they hold today: two queries."""
    day = today()
    changes = changes_in_plan(plan.id, READ_ASPECTS, day)
    ended = {one.item_id for one in changes if one.aspect is ItemAspect.ENDING}
    titles = {one.item_id: one.words for one in changes if one.aspect is ItemAspect.TITLE}
    leaders = {one.item_id: one.leader_id for one in changes if one.aspect is ItemAspect.LEADER}
    return [
        ListedMeasure(one.id, titles.get(one.id, one.title), leaders.get(one.id, one.leader_id))
        for one in measures_reported_on(plan.id, day)
        if one.id not in ended
    ]


@prepared
def measures_reported_on(plan_id: int, day: date) -> Any:
    """Return the measures that are reported on as they were published, also those that a revision ended."""
    is_measure = (PlanItem.plan == plan_id) & (PlanItem.kind == ItemKind.MEASURE)
    columns = (PlanItem.id, PlanItem.title, PlanItem.leader.alias("leader_id"))
    query = PlanItem.select(*columns).where(is_measure & PlanItem.reporting & in_force_on(day, PlanItem))
    return query.order_by(PlanItem.sequence).objects(ListedMeasure)


def tree_of_headings(plan: Plan, *, on: date) -> tuple[PlanNode, ...]:
    """Return the tree of a plan's parts and sections alone, of which reports are made, as it holds on a day."""
    return build_tree(headings_of_plan(plan, on=on), on=on)


@prepared
def headings_in_order(plan_ids: Sequence[int], day: date) -> ModelSelect[PlanItem]:
    """Return the parts and sections of plans of which reports are made, as they are called on a day, in the plans'
    order.
    """
    kinds = PlanItem.kind.in_([ItemKind.PART, ItemKind.SECTION])
    asked_for = PlanItem.plan.in_(plan_ids) & kinds & PlanItem.reporting
    others = (column for column in TEXTLESS_COLUMNS if column is not PlanItem.title)
    return PlanItem.select(*others, title_on(day)).where(asked_for).order_by(PlanItem.sequence)


def headings_of_plan(plan: Plan, *, on: date | None = None) -> list[PlanItem]:
    """Return the parts and sections of a plan of which reports are made, in its order, as they are called on a day;
    today without one: one query.
    """
    return list(headings_in_order([plan.id], on or today()))


def items_without_texts() -> ModelSelect[PlanItem]:
    """Return a query over items without their long texts."""
    return PlanItem.select(*TEXTLESS_COLUMNS)


def build_tree(
    fetched: Iterable[PlanItem], *, on: date | None = None, through_year: bool = False
) -> tuple[PlanNode, ...]:
    """Return the tree that items in their order make, each with its leader in charge: two queries, one where none has.

    Measures that have ended by then, or not begun, are left out unless the tree is that of the whole year.
    """
    items, children = list(fetched), dict[int | None, list[PlanItem]]()
    day, leaders = on or today(), all_leaders() if any(item.leader_id for item in items) else {}
    for item in items:
        if item.leader_id is not None:
            item.leader = leaders[item.leader_id]
        children.setdefault(item.parent_id, []).append(item)
    read_on_day(items, day)

    def is_shown(item: PlanItem) -> bool:
        return item.is_in_force(day) or (through_year and item.kind is not ItemKind.COMMITMENT)

    def nodes(parent_id: int | None) -> tuple[PlanNode, ...]:
        return tuple(PlanNode(item, nodes(item.id)) for item in children.get(parent_id, ()) if is_shown(item))

    return nodes(None)


def reported_tree(nodes: tuple[PlanNode, ...]) -> tuple[PlanNode, ...]:
    """Return a tree without what is not reported on (不填报)."""
    return tuple(PlanNode(node.item, reported_tree(node.children)) for node in nodes if node.item.reporting)


def narrow_tree(nodes: tuple[PlanNode, ...], measure_ids: set[int]) -> tuple[PlanNode, ...]:
    """Return a tree with only these measures, and of what stands above them only what leads to one."""
    kept = []
    for node in nodes:
        if node.item.kind is ItemKind.MEASURE:
            kept += [node] if node.item.id in measure_ids else []
        elif below := narrow_tree(node.children, measure_ids):
            kept.append(PlanNode(node.item, below))
    return tuple(kept)
