"""Matching the headings of a stored plan with those of the text that revises it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter

from peewee import fn

from app.plan.assignments.revising import AspectChange, WantedMeasure
from app.plan.core.item_writing import end_of_subtree, insert_item
from app.plan.core.models import NUMBER_LENGTH, Plan, PlanItem
from app.plan.core.rules import ItemAspect, ItemKind
from app.plan.core.tree import PlanNode, headings_of_plan, tree_of_plan
from app.plan.importer import PlanDraft
from app.plan.importer.measure_matching import bare_wording, is_same_wording
from app.plan.importer.plan_draft import MeasureDraft, PartDraft, SectionDraft

Holder = PartDraft | SectionDraft


@dataclass(frozen=True)
class RevisedHeadings:
    """`before` is the stored measure that each measure of the new text continues, by position."""

    plan: Plan
    new_plan: PlanDraft
    before: Mapping[int, PlanItem]
    day: date

    @cached_property
    def standing(self) -> list[PlanItem]:
        """Return the headings of the stored plan."""
        return headings_of_plan(self.plan, on=self.day)

    def heading_beside(self, holder: Holder) -> PlanItem | None:
        """Return the heading under which most of the measures directly below a new heading are now."""
        return self.heading_of_most(holder.measures, {one.id: one for one in self.standing})

    def part_beside(self, part: PartDraft) -> PlanItem | None:
        """Return the part under which most of the measures of a new part are now."""
        by_id = {one.id: one for one in self.standing}
        above = {one.id: by_id[one.parent_id or one.id] for one in self.standing}
        return self.heading_of_most(part.all_measures(), above)

    def heading_of_most(
        self, measures: Iterable[MeasureDraft], headings: Mapping[int, PlanItem]
    ) -> PlanItem | None:
        standing = filter(None, (self.before.get(measure.start) for measure in measures))
        above = (headings.get(one.parent_id or 0) for one in standing)
        counted = Counter(one.id for one in above if one)
        if not counted:
            return None
        ((heading_id, _),) = counted.most_common(1)
        return next(one for one in self.standing if one.id == heading_id)

    @cached_property
    def continued_headings(self) -> list[tuple[PlanItem, Holder]]:
        """Return the stored headings, each with the only heading of the new text that continues its measures."""
        pairs: dict[int, list[tuple[PlanItem, Holder]]] = {}
        for holder in filter(attrgetter("heading"), holders_of_plan(self.new_plan)):
            is_part = isinstance(holder, PartDraft)
            beside = (
                self.part_beside(holder) if isinstance(holder, PartDraft) else self.heading_beside(holder)
            )
            if beside and (beside.kind is ItemKind.PART) is is_part:
                pairs.setdefault(beside.id, []).append((beside, holder))
        return [pair for pair, *others in pairs.values() if not others]

    @cached_property
    def changes(self) -> tuple[AspectChange, ...]:
        """Return the headings whose title or introduction changes.

        A heading counts as renamed only if neither plan has both titles.
        """
        standing, new = (
            {bare_wording(one.title) for one in headings}
            for headings in (self.standing, holders_of_plan(self.new_plan))
        )
        parts = tree_of_plan(self.plan, on=self.day)
        texts = {node.item.id: node.item.text for node in chain(*map(headings_in, parts))}
        found = []
        for item, holder in self.continued_headings:
            wanted, text = WantedMeasure(item), texts.get(item.id, "")
            if (standing & new).isdisjoint({bare_wording(item.title), bare_wording(holder.title)}):
                found.append(AspectChange(wanted, ItemAspect.TITLE, item.title, holder.title))
            if not is_same_wording(text, holder.text):
                found.append(AspectChange(wanted, ItemAspect.TEXT, text, holder.text))
        return tuple(found)


def holders_of_plan(plan: PlanDraft) -> Iterator[Holder]:
    for part in plan.parts:
        yield part
        yield from part.sections


def headings_in(part: PlanNode) -> Iterator[PlanNode]:
    yield part
    yield from part.nodes_of_kind(ItemKind.SECTION)


@dataclass
class HeadingWriter:
    """Finds the heading of the stored plan for a new measure, and writes one if there is none."""

    headings: RevisedHeadings
    since: date
    found: dict[int, PlanItem] = field(default_factory=dict)  # by where a heading of the new text begins

    def heading_of(self, part: PartDraft, holder: Holder) -> PlanItem:
        """Return the heading for a measure: that of its neighbours, or the one with the same title."""
        if beside := self.headings.heading_beside(holder):
            return beside
        if isinstance(holder, PartDraft):
            return self.named_heading(holder, None)
        return self.named_heading(holder, self.headings.part_beside(part) or self.named_heading(part, None))

    def named_heading(self, holder: Holder, above: PlanItem | None) -> PlanItem:
        key = holder.start if holder.heading else -holder.start
        if key not in self.found:
            same = (
                one
                for one in self.headings.standing
                if one.parent_id == (above.id if above else None) and is_same_wording(one.title, holder.title)
            )
            self.found[key] = next(same, None) or self.insert_heading(holder, above)
        return self.found[key]

    def insert_heading(self, holder: Holder, above: PlanItem | None) -> PlanItem:
        plan = self.headings.plan
        last = end_of_subtree(above) if above else last_sequence(plan)
        return insert_item(
            ItemKind.SECTION if above else ItemKind.PART,
            above,
            after=last,
            plan=plan,
            number=holder.number[:NUMBER_LENGTH],
            title=holder.title,
            text=holder.text,
            in_force_from=self.since,
        )


def last_sequence(plan: Plan) -> int:
    return PlanItem.select(fn.MAX(PlanItem.sequence)).where(PlanItem.plan == plan).scalar() or 0
