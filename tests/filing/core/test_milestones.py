"""Milestones: ticked in a filing, carried on, what the percent follows from, and what became of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import content_reading, operations, queries
from app.filing.core.content import FilingContent, content_from_json
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.milestone_standing import (
    MilestoneOutcome,
    filings_missing_milestones,
    has_number_to_meet,
    outcome_of_milestone,
    standings_of_milestones,
)
from app.filing.core.milestone_ticks import milestones_among, milestones_for
from app.filing.core.models import Filing
from app.filing.core.short_answers import answer_in_words, changed_answers
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core.models import Milestone, PlanItem
from app.plan.core.rules import ItemKind
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import address, brought_to, inputs, seen
from tests.plan.tables import indicators, milestones
from tests.world import THRESHOLDS, World, full_content, open_at_once

ROWS = ("1,,2,建立名单,", "1,,3,走访企业,60", "1,,3,签约一批,", "1,,4,全部办结,")


@pytest.fixture
def planned(world: World, tmp_path: Path) -> list[Milestone]:
    """Four milestones of measure 1: one due before the quarter, two in it, one at the year's end."""
    set_milestones(world.plan, milestones(tmp_path, *ROWS), by=SAMPLE_LOADER)
    return list(Milestone.select().order_by(Milestone.quarter, Milestone.id))


def tick(world: World, reached: dict[Milestone, bool]) -> Filing:
    filing = world.filing(1)
    content = full_content()
    content = FilingContent(**(vars(content) | {"milestones": {one.id: on for one, on in reached.items()}}))
    operations.save_filing(
        filing, content, by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    return filing


@on_both
def test_a_tick_is_kept_and_what_was_accepted_stands_in_the_next_quarter(
    world: World, planned: list[Milestone]
) -> None:
    before, now, other, last = planned
    assert milestones_for(world.filing(1)) == [now, other, before]
    tick(world, {before: True, now: True, other: False})
    kept = content_reading.content_of_filing(world.filing(1))
    assert kept.milestones == {before.id: True, now.id: True, other.id: False}
    assert content_from_json(kept.as_json()) == kept
    operations.save_filing(
        world.filing(1),
        full_content(),
        by=world.users["filer"],
        version=world.filing(1).version,
        thresholds=THRESHOLDS,
    )
    assert content_reading.content_of_filing(world.filing(1)).milestones == kept.milestones
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    assert content_reading.content_of_filing(world.filing(1)).milestones == {before.id: True, now.id: True}
    assert milestones_for(world.filing(1)) == [last, before, now, other]


@pytest.mark.parametrize(
    ("target", "ticked", "number", "outcome"),
    [
        (None, True, None, MilestoneOutcome.REACHED),
        (None, False, None, MilestoneOutcome.MISSED),
        (None, None, 60, MilestoneOutcome.UNKNOWN),
        (60, None, 60, MilestoneOutcome.REACHED),
        (60, False, 59, MilestoneOutcome.MISSED),
        (60, None, 59, MilestoneOutcome.MISSED),
        (60, True, 59, MilestoneOutcome.REACHED),
        (60, None, None, MilestoneOutcome.UNKNOWN),
    ],
)
def test_a_milestone_is_reached_by_tick_or_number(
    target: int | None, ticked: bool | None, number: int | None, outcome: MilestoneOutcome
) -> None:
    milestone = Milestone(quarter=3, text="节点", target=None if target is None else Decimal(target))
    given = None if number is None else Decimal(number)
    assert outcome_of_milestone(milestone, ticked=ticked, number=given) is outcome


@on_both
def test_what_became_of_milestones_is_read_for_many_filings_at_once(
    world: World, planned: list[Milestone], tmp_path: Path
) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,80"), by=SAMPLE_LOADER)
    before, now, other, _ = planned

    def outcomes() -> dict[int, MilestoneOutcome]:
        filings = queries.filings_among([world.filing(1).id, world.filing(2).id])
        with count_queries() as asked:
            found = standings_of_milestones(filings)
        assert len(asked) == 5
        assert found[world.filing(2).id] == ()
        return {one.milestone.id: one.outcome for one in found[world.filing(1).id]}

    unknown = MilestoneOutcome.UNKNOWN
    assert outcomes() == {before.id: unknown, now.id: unknown, other.id: unknown}
    accepted = {world.filing(number).id: world.measures[number - 1].id for number in (1, 2)}
    tick(world, {before: True, now: True, other: True})
    assert filings_missing_milestones(world.period, accepted) == frozenset()
    tick(world, {before: True, now: False, other: False})
    assert outcomes() == {before.id: MilestoneOutcome.REACHED, now.id: unknown, other.id: unknown}
    (indicator,) = content_reading.indicators_for(world.filing(1))
    content = FilingContent(**(vars(full_content()) | {"indicators": {indicator.id: Decimal(61)}}))
    filing = world.filing(1)
    operations.save_and_submit(
        filing, content, by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    assert outcomes() == {
        before.id: MilestoneOutcome.REACHED,
        now.id: MilestoneOutcome.REACHED,
        other.id: MilestoneOutcome.MISSED,
    }
    assert filings_missing_milestones(world.period, accepted) == {world.filing(1).id}


@pytest.mark.parametrize(
    ("target", "ticked", "decides"),
    [(None, {}, False), (60, {1: True}, False), (60, {1: False}, True), (60, {}, True)],
)
def test_a_number_decides_of_what_is_not_reached_and_has_a_target(
    target: int | None, ticked: dict[int, bool], decides: bool
) -> None:
    assert has_number_to_meet([Milestone(id=1, quarter=3, text="节点", target=target)], ticked) is decides


def test_the_page_asks_for_the_milestones_and_offers_the_percent(
    app: Flask, world: World, planned: list[Milestone]
) -> None:
    before, now, other, last = planned
    filer, filing = log_in(app, world, "filer"), world.filing(1)
    page = filer.get(address(filing))
    assert "本季度节点，已完成的打勾 第三季度：走访企业（目标值 60） 第三季度：签约一批" in seen(page)
    assert f"reached_{last.id}" not in page.text
    form = inputs(page) | {
        f"reached_{before.id}": "y",
        f"reached_{now.id}": "y",
        "progress": "走访了六十家企业。",
    }
    form.pop(f"reached_{other.id}", None)
    assert filer.post(address(filing), data=form).status_code == 303
    text = seen(filer.get(address(filing)))
    assert "按节点：全年 4 个节点已完成 2 个，得 50%" in text
    assert "以前各季度的节点，已完成 1/1" in text
    brought_to(FilingState.SUBMITTED, world)
    assert "待审签 节点未完成 1 个" in seen(log_in(app, world, "office").get("/review"))
    text = seen(log_in(app, world, "head").get(address(filing)))
    assert "走访企业 （目标值 60） 已完成 签约一批 未完成" in text


def test_a_milestone_that_nobody_was_asked_about_before_is_no_change_until_it_is_reached() -> None:
    measure = PlanItem(kind=ItemKind.MEASURE)
    milestone = Milestone(id=7, item=measure, quarter=4, text="签约")

    def changes(reached: bool) -> list[tuple[str, str]]:
        now = FilingContent(milestones={7: reached})
        found = changed_answers(FilingContent(), now, commitments=(), indicators=(), milestones=[milestone])
        return [(one.before, one.now) for one in found]

    assert changes(False) == []
    assert changes(True) == [("未完成", "已完成")]


def test_answers_are_read_as_people_write_them() -> None:
    answers = (Light.RED, 76, Decimal("1200.5"), "", None)
    assert [answer_in_words(one) for one in answers] == ["红灯", "76%", "1,200.5", "", ""]


class LookedAtPart:
    """An accepted part of a filing on a measure, which counts how often somebody asks whose it is."""

    indicator_id = milestone_id = quarter = 1
    filing_id, reached, value, base = 0, True, Decimal(1), None

    def __init__(self, measure_id: int) -> None:
        self.whose = SimpleNamespace(
            measure_id=measure_id, is_accepted=True, period=SimpleNamespace(number=1)
        )
        self.looks = 0

    @property
    def filing(self) -> SimpleNamespace:
        self.looks += 1
        return self.whose

    @property
    def measure_id(self) -> int:
        return int(self.filing.measure_id)


@pytest.mark.parametrize(
    ("read", "query"),
    [
        (content_reading.accepted_before_among, "app.filing.core.content_reading.accepted_values"),
        (milestones_among, "app.filing.core.milestone_ticks.own_and_accepted_milestones"),
    ],
)
def test_more_measures_let_no_part_be_looked_at_more_often(
    read: Any, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gone through for each filing, the parts of a quarter took time by the square of its measures."""
    parts = [LookedAtPart(number) for number in range(30)]
    monkeypatch.setattr(query, lambda *_: parts)
    third = SimpleNamespace(number=3)
    found = read([SimpleNamespace(id=number, measure_id=number, period=third) for number in range(30)])
    assert all(found[number] for number in range(30))
    assert max(part.looks for part in parts) <= 4
