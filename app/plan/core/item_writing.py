"""Inserting items into the tree of a stored plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import fn

from app.plan.core.in_force import changes_of_items
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import commitments_of_measure
from app.plan.core.rules import ItemAspect, ItemKind

OUT_OF_THE_WAY = 1_000_000  # more than any plan has items: sequences are unique at every moment of a shift


def insert_item(
    kind: ItemKind, parent: PlanItem | None, *, after: int, plan: Plan, **values: Any
) -> PlanItem:
    """Insert an item right behind the place `after` in a plan's sequence, with the next number of its kind."""
    make_room(plan, after)
    same_kind = (PlanItem.plan == plan) & (PlanItem.kind == kind)
    last = PlanItem.select(fn.MAX(PlanItem.position)).where(same_kind).scalar() or 0
    return PlanItem.create(
        plan=plan, parent=parent, kind=kind, position=last + 1, sequence=after + 1, **values
    )


def make_room(plan: Plan, after: int) -> None:
    """Move everything behind a place in a plan's sequence by one."""
    mine = PlanItem.plan == plan
    moved = PlanItem.sequence + OUT_OF_THE_WAY
    PlanItem.update(sequence=moved).where(mine & (PlanItem.sequence > after)).execute()
    back = PlanItem.sequence - OUT_OF_THE_WAY + 1
    PlanItem.update(sequence=back).where(mine & (PlanItem.sequence > OUT_OF_THE_WAY)).execute()


def end_of_subtree(item: PlanItem) -> int:
    """Return the last place in the plan's sequence that belongs to an item or anything below it: one query."""
    columns = PlanItem.id, PlanItem.parent, PlanItem.sequence
    below, last = {item.id}, 0
    for row in PlanItem.select(*columns).where(PlanItem.plan == item.plan_id).order_by(PlanItem.sequence):
        if row.id in below or row.parent_id in below:
            below.add(row.id)
            last = row.sequence
    return last


def write_commitments(measure: PlanItem, texts: Sequence[str], since: date | None) -> None:
    """Set the commitments of a measure from a day on, until the day of its next text change.

    Commitments that it had already stay the same items, so that their filed ticks remain theirs.
    """
    standing = commitments_of_measure(measure, on=since or date.min)
    later = next_text_change(measure, since or date.min)
    kept: dict[str, list[PlanItem]] = {}
    for row in standing:
        kept.setdefault(row.text, []).append(row)
    place: PlanItem = measure
    for number, text in enumerate(texts, 1):
        if kept.get(text):
            place = kept[text].pop(0)
            continue
        place = insert_item(
            ItemKind.COMMITMENT, measure, after=sequence_of(place), plan=measure.plan, number=str(number),
            title="", text=text, in_force_from=since, in_force_until=later,
        )  # fmt: skip
    for row in (row for rows in kept.values() for row in rows):
        end_commitment(row, since or date.min, later)


def end_commitment(row: PlanItem, since: date, later: date | None) -> None:
    """End a commitment; if a later text contains it, it is in force again from then on."""
    if later is not None and (row.in_force_until is None or row.in_force_until > later):
        insert_item(
            ItemKind.COMMITMENT, row.parent, after=sequence_of(row), plan=row.plan, number=row.number,
            title="", text=row.text, in_force_from=later, in_force_until=row.in_force_until,
        )  # fmt: skip
    PlanItem.update(in_force_until=since).where(PlanItem.id == row.id).execute()


def next_text_change(measure: PlanItem, since: date) -> date | None:
    """Return the first day after another on which the text of a measure changes."""
    days = (change.revision.effective_on for change in changes_of_items({measure.id}, (ItemAspect.TEXT,)))
    return min((day for day in days if day > since), default=None)


def sequence_of(item: PlanItem) -> int:
    """Return the present place of an item, which moves when others are inserted."""
    place: int = PlanItem.select(PlanItem.sequence).where(PlanItem.id == item.id).scalar()
    return place
