"""Adding, splitting, merging and ending measures in the course of the year, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from app.periods.operations import close_period
from app.plan.assignments.revising import (
    MEASURE_TEXT_LENGTH,
    MEASURE_TITLE_LENGTH,
    REVISION_REASON_LENGTH,
    RevisionTerms,
    SupportingDepartment,
    WantedMeasure,
)
from app.plan.core.models import PAPER_LENGTH, PlanItem
from app.plan.measure_changes.adding import NewMeasure, add_measure
from app.plan.measure_changes.ending import end_measure
from app.plan.measure_changes.splitting import split_measure
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)
OCTOBER = RevisionTerms(date(2026, 10, 1), "区里新增任务。", "街委〔2026〕12号")
LATER = replace(OCTOBER, effective_on=date(2026, 11, 2))


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__, MOMENT)
    add(found, world)
    split(found, world)
    end(found, world)
    found.compare()


def wanted(world: World, title: str, **changes: Any) -> WantedMeasure:
    supports = (SupportingDepartment(world.departments["一居"], None),)
    full = WantedMeasure(
        PlanItem(position=1),
        title=title,
        text="制定方案。落实责任；定期检查。",
        yearly_target="保障2次",
        lead=world.departments["城管办"],
        supports=supports,
        leader=world.leader,
    )
    return replace(full, **changes)


def add(found: RecordedChanges, world: World) -> None:
    heading, by = world.measures[0].parent, world.users["office"]

    def adding(
        one: WantedMeasure, terms: RevisionTerms = OCTOBER, after: PlanItem = heading, **given: Any
    ) -> Callable[[], PlanItem]:
        new = NewMeasure(one, heading, after, **given.pop("place", {}))
        return partial(add_measure, world.plan, new, terms, **{"by": by} | given)

    plain = wanted(world, "办好进博会保障")
    nobody = wanted(world, "推进数字办公", lead=None, supports=None, leader=None, yearly_target=None)
    steps = {
        "add one": adding(plain),
        "add one of that name": adding(plain),
        "add one behind the first": adding(nobody, after=world.measures[0], place={"number": "1-1"}),
        "add without a day": adding(wanted(world, "新"), replace(OCTOBER, effective_on=None)),
        "add without a reason": adding(wanted(world, " "), replace(OCTOBER, reason=" ")),
        "add too much": adding(
            wanted(world, "长" * (MEASURE_TITLE_LENGTH + 1), text="长" * (MEASURE_TEXT_LENGTH + 1)),
            replace(OCTOBER, reason="长" * (REVISION_REASON_LENGTH + 1), paper="长" * (PAPER_LENGTH + 1)),
        ),
        "add next year": adding(wanted(world, "新"), replace(OCTOBER, effective_on=date(2027, 1, 1))),
        "add as filer": adding(wanted(world, "新"), by=world.users["filer"]),
    }
    for name, step in steps.items():
        found.record(name, step)


def split(found: RecordedChanges, world: World) -> None:
    def splitting(
        number: int, *titles: str, terms: RevisionTerms = OCTOBER, by: str = "office"
    ) -> Callable[[], tuple[int, ...]]:
        def run() -> tuple[int, ...]:
            measure = PlanItem.get_by_id(world.measures[number - 1].id)
            pieces = [wanted(world, title) for title in titles]
            written = split_measure(measure, pieces, terms, by=world.users[by])
            return tuple(one.position for one in written)

        return run

    found.record("split as filer", splitting(3, "甲项", "乙项", by="filer"))
    found.record("split into one", splitting(3, "甲项"))
    found.record("split into two of a name", splitting(3, "甲项", "甲项"))
    found.record("split", splitting(3, "推进旧区改造", "做好善后工作", "乙项"))
    found.record("split again", splitting(3, "丙项", "丁项", terms=LATER))
    PlanItem.update(in_force_from=OCTOBER.effective_on).where(PlanItem.id == world.measures[3].id).execute()
    found.record("split on the day on which it begins", splitting(4, "丙项", "丁项"))
    found.record(
        "split a day later",
        splitting(4, "丙项", "丁项", terms=replace(LATER, effective_on=date(2026, 10, 2))),
    )


def end(found: RecordedChanges, world: World) -> None:
    first, second, ended = world.measures[:3]
    added, goes_on = (PlanItem.get(title=title) for title in ("办好进博会保障", "推进数字办公"))

    def ending(
        measure: PlanItem, day: date = date(2026, 10, 1), into: PlanItem | None = None, reason: str = "取消。"
    ) -> Callable[[], object]:
        terms, by = RevisionTerms(day, reason), world.users["office"]
        return lambda: end_measure(PlanItem.get_by_id(measure.id), terms, merged_into=into, by=by)

    found.record("end within a quarter", ending(second, date(2026, 10, 2)))
    found.record("end without a reason", ending(second, reason=" "))
    found.record("end from the last quarter on", ending(added))
    found.record("merge into one that has ended", ending(second, into=ended))
    close_period(world.period, by=world.users["office"])
    for month in (4, 7):
        found.record(f"end from month {month} on", ending(second, date(2026, month, 1)))
    found.record("end", ending(second))
    found.record("end again", ending(second))
    found.record("merge", ending(first, into=goes_on))
