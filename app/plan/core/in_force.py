"""Reading items as of a day: as published, changed by all revisions until then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from app.base.statements import prepared
from app.org.models import Leader
from app.plan.core.models import (
    Assignment,
    Indicator,
    IndicatorChange,
    ItemChange,
    Milestone,
    PlanItem,
    PlanRevision,
    is_within,
)
from app.plan.core.rules import ItemAspect

# The columns of an item that a change of an aspect stands for.
CHANGED_COLUMNS = {ItemAspect.TITLE: "title", ItemAspect.TEXT: "text", ItemAspect.TARGET: "yearly_target"}
READ_ASPECTS = frozenset({*CHANGED_COLUMNS, ItemAspect.LEADER, ItemAspect.ENDING})


class ItemOnDay(NamedTuple):
    """An item as loaded, with the day as of which it is to be read."""

    item: PlanItem
    on: date


def in_force_on(on: date, table: type[Assignment | PlanItem | Milestone] = Assignment) -> Any:
    """Return the condition that an assignment, or a row of another table, is in force on a day."""
    begun = table.in_force_from.is_null() | (table.in_force_from <= on)
    return begun & (table.in_force_until.is_null() | (table.in_force_until > on))


def measure_in_force_on(on: date) -> Any:
    """Return the condition that a measure has begun by a day and has not ended."""
    ended = ItemChange.select(ItemChange.item).join(PlanRevision)
    by_then = (ItemChange.aspect == ItemAspect.ENDING) & (PlanRevision.effective_on <= on)
    return in_force_on(on, PlanItem) & PlanItem.id.not_in(ended.where(by_then))


def title_on(day: date) -> Any:
    """Return the title of an item on a day, as an SQL term."""
    is_title = (ItemChange.item == PlanItem.id) & (ItemChange.aspect == ItemAspect.TITLE)
    changes = ItemChange.select(ItemChange.words).join(PlanRevision)
    by_then = changes.where(is_title & (PlanRevision.effective_on <= day))
    newest = by_then.order_by(PlanRevision.effective_on.desc(), PlanRevision.id.desc()).limit(1)
    return fn.COALESCE(newest, PlanItem.title).alias("title")


def in_force_until_after(on: date) -> Any:
    """Return the condition that an assignment is in force on a day or later."""
    return Assignment.in_force_until.is_null() | (Assignment.in_force_until > on)


def read_on_days(wanted: Iterable[ItemOnDay]) -> None:
    """Change loaded items to what was in force on their days: one query, or none without items."""
    pairs = list(wanted)
    if not pairs:
        return
    changes: dict[int, list[ItemChange]] = {}
    for change in changes_of_items({pair.item.id for pair in pairs}, READ_ASPECTS):
        changes.setdefault(change.item_id, []).append(change)
    for item, on in pairs:
        for change in changes.get(item.id, ()):
            if change.revision.effective_on <= on:
                apply_item_change(item, change)


def read_on_day(items: Iterable[PlanItem], on: date) -> None:
    """Change loaded items to what was in force on a day: one query."""
    read_on_days(ItemOnDay(item, on) for item in items)


def changes_of_items(item_ids: Collection[int], aspects: Collection[ItemAspect]) -> list[ItemChange]:
    """Return the changes of some aspects of items with revision and leader, first day first."""
    return changes_in_order(sorted(item_ids), frozenset(aspects))


@prepared
def changes_in_order(item_ids: Sequence[int], aspects: frozenset[ItemAspect]) -> ModelSelect[ItemChange]:
    query = (
        ItemChange.select(ItemChange, PlanRevision, Leader)
        .join(PlanRevision)
        .switch(ItemChange)
        .join(Leader, JOIN.LEFT_OUTER)
        .where(ItemChange.item.in_(item_ids) & ItemChange.aspect.in_(sorted(aspects)))
    )
    return query.order_by(PlanRevision.effective_on, PlanRevision.id, ItemChange.id)


@prepared
def changes_in_plan(plan_id: int, aspects: frozenset[ItemAspect], day: date) -> ModelSelect[ItemChange]:
    """Return the changes of some aspects of a plan's items until a day, first day first."""
    query = ItemChange.select().join(PlanRevision)
    own = (PlanRevision.plan == plan_id) & (PlanRevision.effective_on <= day)
    ordered = query.order_by(PlanRevision.effective_on, PlanRevision.id, ItemChange.id)
    return ordered.where(own & ItemChange.aspect.in_(sorted(aspects)))


def apply_item_change(item: PlanItem, change: ItemChange) -> None:
    if change.aspect is ItemAspect.LEADER:
        item.leader = change.leader if change.leader_id else None
    elif change.aspect is ItemAspect.ENDING:
        item.ended_on, item.ending_words = change.revision.effective_on, change.words
    else:
        setattr(item, CHANGED_COLUMNS[change.aspect], change.words)


@prepared
def indicators_with_changes(measure_ids: Sequence[int]) -> Any:
    """Return each indicator once for each change of its target, with the change and its revision; once
    without changes.
    """
    return (
        Indicator.select(Indicator, IndicatorChange, PlanRevision)
        .join(IndicatorChange, JOIN.LEFT_OUTER, attr="change")
        .join(PlanRevision, JOIN.LEFT_OUTER)
        .where(Indicator.measure.in_(measure_ids) & ~Indicator.retired)
        .order_by(Indicator.position, Indicator.id, PlanRevision.effective_on, PlanRevision.id)
    )


class IndicatorsThroughYear:
    """The indicators of some measures, to be read as of any day: one query for all."""

    def __init__(self, measure_ids: Iterable[int]) -> None:
        self.rows: dict[int, dict[int, Indicator]] = {}
        self.changes: dict[int, list[IndicatorChange]] = {}
        for row in indicators_with_changes(sorted(measure_ids)):
            self.rows.setdefault(row.measure_id, {})[row.id] = row
            if row.change:
                self.changes.setdefault(row.id, []).append(row.change)

    def indicators_on(self, measure_id: int, on: date) -> list[Indicator]:
        """Return the indicators of a measure that are asked for on a day, with their targets on that day."""
        return [
            self.read_indicator(row, on)
            for row in self.rows.get(measure_id, {}).values()
            if is_within(row.in_force_from, row.in_force_until, on)
        ]

    def read_indicator(self, row: Indicator, on: date) -> Indicator:
        changed = [
            one.yearly_target for one in self.changes.get(row.id, ()) if one.revision.effective_on <= on
        ]
        return Indicator(**{**row.__data__, "yearly_target": changed[-1]}) if changed else row
