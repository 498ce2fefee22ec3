"""Changing milestones and indicators from a day on; earlier quarters keep what was in force then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.base.errors import BadInput
from app.plan.assignments.indicator_table import PlannedIndicator
from app.plan.assignments.milestone_table import PlannedMilestone
from app.plan.assignments.revising import BEGINNING, AspectChange, WantedMeasure
from app.plan.core import queries
from app.plan.core.in_force import changes_of_items
from app.plan.core.models import (
    Indicator,
    IndicatorChange,
    Milestone,
    PlanItem,
    PlanRevision,
    is_within,
)
from app.plan.core.numbers import with_unit
from app.plan.core.rules import ItemAspect

QUARTER_WORDS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}


def milestones_change(measure: PlanItem, planned: Iterable[PlannedMilestone], on: date) -> AspectChange:
    """Return a measure's milestones in words, as in force on a day and as wanted."""
    before = words_of_milestones(queries.milestones_of_measure(measure, on=on))
    ordered = sorted(planned, key=lambda one: (one.quarter, one.item.sequence))
    after = "\n".join(planned_words(one) for one in ordered)
    return AspectChange(WantedMeasure(measure), ItemAspect.MILESTONES, before, after)


def words_of_milestones(rows: Iterable[Milestone]) -> str:
    return "\n".join(milestone_words(one.quarter, one.labelled_text, one.target_words) for one in rows)


def planned_words(planned: PlannedMilestone) -> str:
    plain = Milestone(item=planned.item, quarter=planned.quarter, text=planned.text, target=planned.target)
    return milestone_words(plain.quarter, plain.labelled_text, plain.target_words)


def milestone_words(quarter: int, text: str, target: str) -> str:
    return f"{QUARTER_WORDS[quarter]}：{text}{f'（{target}）' if target else ''}"


def indicators_change(measure: PlanItem, planned: Iterable[PlannedIndicator], on: date) -> AspectChange:
    """Return a measure's indicators in words, as in force on a day and as wanted."""
    before = words_of_indicators(queries.indicators_of_measure(measure, on=on))
    after = "\n".join(f"{one.name}：{with_unit(one.yearly_target, one.unit)}" for one in planned)
    return AspectChange(WantedMeasure(measure), ItemAspect.INDICATORS, before, after)


def words_of_indicators(rows: Iterable[Indicator]) -> str:
    return "\n".join(f"{one.name}：{one.target_words}" for one in rows)


def write_milestones(measure: PlanItem, planned: Iterable[PlannedMilestone], since: date | None) -> None:
    """Set a measure's milestones from a day on, until the next day for which others are set."""
    on = since or BEGINNING
    of_measure = PlanItem.select(PlanItem.id).where(
        (PlanItem.id == measure.id) | (PlanItem.parent == measure.id)
    )
    rows = list(Milestone.select().where(Milestone.item.in_(of_measure)).order_by(Milestone.id))
    later = next_day(measure, ItemAspect.MILESTONES, rows, on)
    kept: dict[tuple[object, ...], list[Milestone]] = {}
    for row in rows:
        if is_within(row.in_force_from, row.in_force_until, on):
            kept.setdefault((row.item_id, row.quarter, row.text, row.target), []).append(row)
    for one in planned:
        if same := kept.get((one.item.id, one.quarter, one.text, one.target)):
            same.pop()
            continue
        Milestone.create(
            item=one.item, quarter=one.quarter, text=one.text, target=one.target,
            in_force_from=since, in_force_until=later,
        )  # fmt: skip
    for row in (row for rows in kept.values() for row in rows):
        end_milestone(row, since, later)


def end_milestone(row: Milestone, since: date | None, later: date | None) -> None:
    """End a milestone; if it is also set for a later day, it is in force again from then on."""
    if later is not None and (row.in_force_until is None or row.in_force_until > later):
        Milestone.create(
            item=row.item_id, quarter=row.quarter, text=row.text, target=row.target,
            in_force_from=later, in_force_until=row.in_force_until,
        )  # fmt: skip
    if row.in_force_from == since:
        row.delete_instance()
    else:
        row.in_force_until = since
        row.save()


def next_day(
    measure: PlanItem, aspect: ItemAspect, rows: Sequence[Milestone | Indicator], on: date
) -> date | None:
    """Return the first day after another for which something is set."""
    days = {day for row in rows for day in (row.in_force_from, row.in_force_until) if day}
    days |= {change.revision.effective_on for change in changes_of_items({measure.id}, (aspect,))}
    return min((day for day in days if day > on), default=None)


def write_indicators(
    measure: PlanItem, planned: Sequence[PlannedIndicator], revision: PlanRevision | None
) -> None:
    """Set a measure's indicators from the day of a revision on, or from the beginning without one.

    Named indicators keep their filed numbers; those not named are no longer asked for.
    """
    since = revision.effective_on if revision else None
    known = {row.name: row for row in Indicator.select().where(Indicator.measure == measure)}
    standing = {name: row for name, row in known.items() if not row.retired}
    if since is not None:
        standing = {one.name: one for one in queries.indicators_of_measure(measure, on=since)}
    for name in standing.keys() - {one.name for one in planned}:
        left_out = {"retired": True} if since is None else {"in_force_until": since}
        Indicator.update(left_out).where(Indicator.id == standing[name].id).execute()
    for position, one in enumerate(planned, 1):
        row = known.get(one.name) or Indicator(measure=measure, name=one.name, retired=True)
        if revision is not None and one.name in standing:
            if standing[one.name].yearly_target != one.yearly_target:
                IndicatorChange.create(revision=revision, indicator=row, yearly_target=one.yearly_target)
        else:
            row.unit, row.yearly_target = one.unit, one.yearly_target
            row.in_force_from, row.retired = since, False
        row.position = position
        row.cumulation_rule = one.cumulation_rule or row.cumulation_rule
        row.save()


def indicator_obstacles(
    measure: PlanItem, planned: Iterable[PlannedIndicator], since: date
) -> tuple[str, ...]:
    """Return what about indicators cannot be set from a day on, each with what to do."""
    standing = {one.name: one for one in queries.indicators_of_measure(measure, on=since)}
    others = Indicator.select().where((Indicator.measure == measure) & ~Indicator.retired)
    elsewhen = {row.name: row for row in others if row.name not in standing}
    found = []
    for one in planned:
        if one.name in standing and standing[one.name].unit != one.unit:
            found.append(
                f"“{one.name}”的单位不能年中改动，以前所填的数会对不上。请另立一项指标，换一个名称。"
            )
        if one.name in elsewhen:
            found.append(f"“{one.name}”在别的日期已经设过或者停用。请换一个名称，或者改填那一天。")
    return tuple(found)


def raise_obstacles(obstacles: tuple[str, ...]) -> None:
    if obstacles:
        raise BadInput("有的指标不能从这一天起这样改。", obstacles)
