"""Revising a stored plan by a draft for the same year: first the difference, then the confirmation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.errors import BadInput, raise_field_problems
from app.base.text import quoted_title
from app.plan.assignments.operations import assign_measures, create_revision, wanted_of_measures
from app.plan.assignments.revising import (
    AspectChange,
    RevisionTerms,
    WantedMeasure,
    changes_wanted,
    digest_of_changes,
    wording_problems,
)
from app.plan.core.models import NUMBER_LENGTH, ItemChange, PlanItem, PlanRevision
from app.plan.core.queries import measures_of_plan
from app.plan.core.rules import ItemAspect
from app.plan.core.signals import assignments_changed
from app.plan.importer import PlanDraft, plan_from_blocks
from app.plan.importer.measure_matching import NumberChange, changed_numbers, is_same_wording
from app.plan.importer.plan_draft import MeasureDraft, PartDraft
from app.plan.measure_changes.adding import NewMeasure, new_day_problems, write_measures
from app.plan.measure_changes.ending import has_ending, obstacles_to_ending, write_ending
from app.plan.preview.duty_grid import DutyGrid, DutyRow, RowOrigin, table_rows
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import draft_at
from app.plan.preview.revised_headings import HeadingWriter, Holder, RevisedHeadings
from app.plan.preview.rules import obstacles_in

NOT_COMPARED = "还没有保存与现行计划的对照。请在第 2 步逐项核对后保存，再办理修订。"
NOTHING_ALIKE = (
    "没有一项举措与现行计划对应，不像是它的修订。请在第 2 步填写各项延续现行计划的第几项；"
    "另一份计划请核对年度，一年只有一份工作计划。"
)
NOT_REVISED = "修订没有办成。请先办理下面各项。"
NOTHING_CHANGED = "新文本与生效日有效的计划没有不同，不用修订。"


@dataclass(frozen=True)
class MeasureInPlace:
    """A measure of the new text with the heading above it and the measure before it."""

    measure: MeasureDraft
    part: PartDraft
    holder: Holder
    before: MeasureDraft | None


class PlanDifference:
    """What a draft changes in the stored plan on a day: a fixed number of queries."""

    def __init__(self, draft: ImportDraft, terms: RevisionTerms) -> None:
        if draft.revised_plan is None:
            raise BadInput("这一年还没有工作计划，请直接入库。")
        self.draft, self.terms, self.plan = draft, terms, draft.revised_plan
        self.duty_problems: tuple[str, ...] = ()
        self.new_plan: PlanDraft = plan_from_blocks(draft.source_text, draft.block_row, draft.frame_fields)
        self.places = list(places_of_measures(self.new_plan))
        self.standing = measures_of_plan(self.plan, on=self.day)

    @cached_property
    def before(self) -> dict[int, PlanItem]:
        """Return the stored measure that each measure of the new text continues, by position."""
        known = {measure.id: measure for measure in self.standing}
        chosen = (self.draft.predecessors or {"chosen": {}})["chosen"]
        return {int(start): known[measure_id] for start, measure_id in chosen.items() if measure_id in known}

    @cached_property
    def headings(self) -> RevisedHeadings:
        return RevisedHeadings(self.plan, self.new_plan, self.before, self.day)

    @property
    def heading_changes(self) -> tuple[AspectChange, ...]:
        return self.headings.changes

    @cached_property
    def added(self) -> list[MeasureInPlace]:
        return [place for place in self.places if place.measure.start not in self.before]

    @cached_property
    def dropped(self) -> list[PlanItem]:
        kept = {measure.id for measure in self.before.values()}
        return [measure for measure in self.standing if measure.id not in kept]

    @cached_property
    def duties(self) -> dict[int, WantedMeasure]:
        """Return the assignments of measures by position; empty if they are wrong."""
        try:
            return self.read_duties()
        except BadInput as refusal:
            self.duty_problems = refusal.problems
            return {}

    def read_duties(self) -> dict[int, WantedMeasure]:
        """Return the assignments of measures. Raises BadInput."""
        grid = DutyGrid(self.draft, self.new_plan)
        rows = grid.rows_to_store
        blank = [PlanItem(id=-row.number, position=row.number, title=row.title) for row in rows]
        by_row = wanted_of_measures(blank, table_rows(rows, grid.measures), "分工")
        return {row.start: narrowed_duty(row, one) for row, one in zip(rows, by_row, strict=True)}

    @cached_property
    def wanted(self) -> list[WantedMeasure]:
        """Return the wanted values of continued measures, in the order of the new text."""
        return [
            self.wanted_of(place.measure, self.before[place.measure.start])
            for place in self.places
            if place.measure.start in self.before
        ]

    def wanted_of(self, measure: MeasureDraft, before: PlanItem) -> WantedMeasure:
        duty = self.duties.get(measure.start, WantedMeasure(before))
        return replace(
            duty,
            measure=before,
            title=None if is_same_wording(before.title, measure.title) else measure.title,
            text=None if is_same_wording(before.text, measure.text) else measure.text,
            commitments=tuple(one.text for one in measure.commitments),
            yearly_target=measure.target or None,
        )

    @cached_property
    def changes(self) -> tuple[AspectChange, ...]:
        return changes_wanted(self.plan, self.wanted, self.dated_terms)

    @property
    def day(self) -> date:
        return self.terms.effective_on or today()

    @property
    def dated_terms(self) -> RevisionTerms:
        return replace(self.terms, effective_on=self.day)

    def lead_words(self, measure: MeasureDraft) -> str:
        duty = self.duties.get(measure.start)
        return duty.lead.short_name if duty and duty.lead else "修订以后再分工"

    @property
    def changes_leads(self) -> bool:
        return any(change.aspect is ItemAspect.LEAD and change.before for change in self.changes)

    @property
    def same_count(self) -> int:
        """Return how many measures do not change at all."""
        return len(self.before) - len({change.measure.id for change in self.changes})

    @property
    def counts(self) -> list[tuple[str, int]]:
        changed = len(self.before) - self.same_count
        return [
            ("不变", self.same_count),
            ("有改动", changed),
            ("新增", len(self.added)),
            ("结束", len(self.dropped)),
        ]

    @property
    def digest(self) -> str:
        """Return a digest of the difference, so that exactly what was shown is stored."""
        plain = [
            digest_of_changes([*self.heading_changes, *self.changes], self.terms.effective_on),
            [one.measure.start for one in self.added],
        ]
        words = json.dumps([*plain, [one.id for one in self.dropped]])
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def field_problems(self) -> dict[str, str]:
        """Return, by field, what is wrong with day, reason and paper."""
        return new_day_problems(self.plan, self.terms)

    @cached_property
    def obstacles(self) -> tuple[str, ...]:
        """Return everything else that prevents it, each with what to do."""
        first = [*obstacles_in(self.new_plan)]
        if self.draft.predecessors is None:
            return (*first, NOT_COMPARED)
        if not self.before:
            return (*first, NOTHING_ALIKE)
        if not (self.heading_changes or self.changes or self.added or self.dropped):
            first.append(NOTHING_CHANGED)
        duties = (f"分工{sentence}" for sentence in self.duty_problems)
        return (*first, *self.wording_obstacles(), *duties, *self.ending_obstacles())

    def wording_obstacles(self) -> Iterator[str]:
        for change in self.changes:
            for sentence in filter(None, wording_problems([change]).values()):
                yield f"第 {change.measure.position} 项：{sentence}"

    def ending_obstacles(self) -> Iterator[str]:
        """Yield what prevents measures from ending, once the day is known."""
        for measure in self.dropped if self.terms.effective_on else ():
            whose = f"第 {measure.position} 项{quoted_title(measure.title)}不能结束："
            if has_ending(measure):
                yield f"{whose}已定下以后结束的日期。请在第 2 步对应到新文本的一项，或者改填那一天以后的生效日期。"
            yield from (f"{whose}{sentence}" for sentence in obstacles_to_ending(measure, self.day))


def narrowed_duty(row: DutyRow, wanted: WantedMeasure) -> WantedMeasure:
    """Return what a row of the grid says explicitly; values only printed in the text may be incomplete."""
    if row.origin is RowOrigin.KEPT:
        return wanted
    return replace(wanted, supports=wanted.supports or None, sets_leader=bool(row.leader))


def places_of_measures(plan: PlanDraft) -> Iterator[MeasureInPlace]:
    """Yield the measures of a plan in order, each with the heading above it."""
    for part in plan.parts:
        holders: tuple[Holder, ...] = (*part.sections, part)
        for holder in holders:
            before = None
            for measure in holder.measures:
                yield MeasureInPlace(measure, part, holder, before)
                before = measure


def numbers_of_change(change: AspectChange) -> tuple[NumberChange, ...]:
    """Return the numbers that changed in a wording: 走访200家 and 走访240家."""
    return changed_numbers(change.before, change.after)


@transaction
def revise_plan(draft: ImportDraft, terms: RevisionTerms, *, by: Actor, version: int) -> PlanRevision:
    """Revise the stored plan by a draft from a day on, and delete the draft.

    Raises NotAllowed, FieldProblems, BadInput with everything that prevents it, StaleVersion.
    """
    require(by, Action.IMPORT_PLAN)
    current = draft_at(draft, version)
    difference = PlanDifference(current, terms)
    raise_field_problems(difference.field_problems)
    if difference.obstacles:
        raise BadInput(NOT_REVISED, difference.obstacles)
    plan = difference.plan
    revision = create_revision(plan, terms, by=by)
    revision.source_text, revision.blocks = current.source_text.text, current.blocks
    revision.save()
    assign_measures(plan, difference.wanted, terms, source="修订", by=by, revision=revision)
    for change in difference.heading_changes:
        ItemChange.create(revision=revision, item=change.measure, aspect=change.aspect, words=change.after)
    write_added(difference, revision)
    for measure in difference.dropped:
        write_ending(measure, revision, "结束")
    summary = "，".join(f"{words} {count} 项" for words, count in difference.counts)
    record_event(EventKind.REVISE_PLAN, plan, by=by, summary=summary, reason=terms.reason)
    assignments_changed.send(plan, by=by)
    current.delete_instance()
    return revision


def write_added(difference: PlanDifference, revision: PlanRevision) -> None:
    """Insert the new measures under their headings, each behind the one before it in the new text."""
    headings = HeadingWriter(difference.headings, revision.effective_on)
    written = dict(difference.before)
    for place in difference.added:
        measure, heading = place.measure, headings.heading_of(place.part, place.holder)
        before = written.get(place.before.start) if place.before else None
        wanted = difference.duties.get(measure.start, WantedMeasure(PlanItem()))
        wanted = replace(
            wanted,
            title=measure.title,
            text=measure.text,
            commitments=tuple(one.text for one in measure.commitments),
            yearly_target=measure.target,
        )
        new = NewMeasure(
            wanted,
            heading,
            before if before and before.parent_id == heading.id else heading,
            measure.number[:NUMBER_LENGTH],
            "\n".join(head.heading for head in measure.path),
        )
        (written[measure.start],) = write_measures(revision, [new])
