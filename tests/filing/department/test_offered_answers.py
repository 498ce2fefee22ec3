"""What a filing's page offers to be taken over, and the percent that follows from figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filing.core.content import FilingContent, Tick
from app.filing.core.indicator_progress import IndicatorProgress
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.submission_checks import AcceptedContent
from app.filing.department.offered_answers import (
    DerivedPercent,
    joined_text,
    offered_answers,
    percent_of_milestones,
)
from app.periods.rules import Quarter
from app.plan.core.cumulation import FiledNumber
from app.plan.core.models import Indicator, Milestone
from app.plan.core.rules import CumulationRule

NOTHING = FilingContent()
LAST = FilingContent(
    progress="上半年走访30家。",
    percent=52,
    status=MeasureStatus.ON_TRACK,
    forecast=Forecast.CAN_FINISH,
    indicators={1: Decimal(6), 2: Decimal(5)},
)
SECOND = Quarter(2026, 2)


def indicator(number: int, target: int = 12, **changes: Any) -> Indicator:
    return Indicator(
        id=number,
        name=f"指标{number}",
        **{
            "unit": "个",
            "yearly_target": Decimal(target),
            "cumulation_rule": CumulationRule.LATEST,
            **changes,
        },
    )


def derived(
    content: FilingContent, *indicators: Indicator, last: FilingContent | None = None
) -> DerivedPercent | None:
    accepted = AcceptedContent(last, SECOND) if last else None
    rows = [IndicatorProgress(one, FiledNumber(None)) for one in indicators]
    return offered_answers(content, accepted, rows).derived


def test_a_percent_is_the_mean_share_of_the_yearly_targets() -> None:
    filed = replace(NOTHING, indicators={1: Decimal(9), 2: Decimal(12)})
    assert derived(filed, indicator(1), indicator(2, 24)) == DerivedPercent(
        63, "按量化指标：指标1 75%、指标2 50%，取平均"
    )


def test_one_number_needs_no_mean_and_none_below_nothing_counts() -> None:
    whole, below = (replace(NOTHING, indicators={1: Decimal(number)}) for number in (12, -3))
    assert derived(whole, indicator(1)) == DerivedPercent(100, "按量化指标：指标1 100%")
    assert derived(below, indicator(1)) == DerivedPercent(0, "按量化指标：指标1 -25%")


def test_more_than_the_target_counts_for_no_other() -> None:
    filed = replace(NOTHING, indicators={1: Decimal(24), 2: Decimal(0)})
    result = derived(filed, indicator(1), indicator(2))
    assert result is not None
    assert result.percent == 50
    assert result.explanation.endswith("，超过 100% 的按 100% 计")


@pytest.mark.parametrize("filed", [{}, {1: Decimal(9)}, {2: Decimal(9)}])
def test_no_percent_follows_while_a_number_is_missing(filed: dict[int, Decimal | None]) -> None:
    assert derived(replace(NOTHING, indicators=filed), indicator(1), indicator(2)) is None


def test_a_rate_says_nothing_of_how_far_a_measure_is() -> None:
    filed = replace(NOTHING, indicators={1: Decimal(95), 2: Decimal(3)}, bases={2: Decimal(4)})
    rates = indicator(1, 95, unit="%"), indicator(2, 95, unit="%", cumulation_rule=CumulationRule.RATIO)
    assert derived(filed, *rates) is None


def test_ticks_give_a_percent_that_is_not_below_what_was_accepted() -> None:
    ticked = replace(NOTHING, ticks={1: Tick(True), 2: Tick(True), 3: Tick(False)})
    words = "按任务办结情况：3 项任务已办结 2 项"
    assert derived(ticked) == DerivedPercent(67, words)
    assert derived(ticked, last=LAST) == DerivedPercent(67, words)
    assert derived(ticked, last=replace(LAST, percent=70)) is None
    assert derived(replace(NOTHING, ticks={1: Tick(False)})) is None
    quarter = replace(NOTHING, ticks={number: Tick(number == 1) for number in range(1, 5)})
    assert derived(quarter) == DerivedPercent(25, "按任务办结情况：4 项任务已办结 1 项")
    assert derived(quarter, last=replace(LAST, percent=25)) == derived(quarter)
    assert derived(quarter, last=replace(LAST, percent=26)) is None


@given(st.lists(st.integers(-5, 500), min_size=1, max_size=6))
def test_a_derived_percent_can_always_be_handed_in(numbers: list[int]) -> None:
    filed = replace(NOTHING, indicators={key: Decimal(number) for key, number in enumerate(numbers)})
    result = derived(filed, *(indicator(key) for key in range(len(numbers))))
    assert result is not None
    assert 0 <= result.percent <= 100


def test_one_button_confirms_what_is_empty_and_known() -> None:
    rows = [IndicatorProgress(indicator(1), FiledNumber(None))]
    filed = replace(NOTHING, indicators={1: Decimal(9)})
    offers = offered_answers(filed, AcceptedContent(LAST, SECOND), rows)
    assert offers.confirmed_words == "完成率 75%、正常推进、能够完成"
    assert offers.values_to_take(["confirmed"]) == {
        "percent": 75,
        "status": MeasureStatus.ON_TRACK,
        "forecast": Forecast.CAN_FINISH,
    }
    written = replace(filed, percent=80, status=MeasureStatus.LAGGING)
    offers = offered_answers(written, AcceptedContent(LAST, SECOND), rows)
    assert offers.values_to_take(["confirmed"]) == {"forecast": Forecast.CAN_FINISH}
    assert offers.is_percent_other
    assert offers.values_to_take(["derived"]) == {"percent": 75}


@pytest.mark.parametrize(
    ("status", "percent", "is_offered"),
    [
        (MeasureStatus.DONE, 60, False),
        (MeasureStatus.DONE, 100, True),
        (MeasureStatus.DONE, None, True),
        (MeasureStatus.NOT_STARTED, 60, False),
        (MeasureStatus.NOT_STARTED, 0, True),
    ],
)
def test_a_status_that_contradicts_the_percent_is_not_offered(
    status: MeasureStatus, percent: int | None, is_offered: bool
) -> None:
    last = AcceptedContent(replace(LAST, status=status), SECOND)
    offers = offered_answers(replace(NOTHING, percent=percent), last, [])
    assert ("status" in offers.confirmed_values) is is_offered


def test_a_pause_goes_on_with_its_reason() -> None:
    paused = replace(LAST, status=MeasureStatus.PAUSED, status_reason="等待选址。")
    taken = offered_answers(NOTHING, AcceptedContent(paused, SECOND), []).confirmed_values
    assert taken["status_reason"] == "等待选址。"


def test_a_running_total_can_be_carried_on_but_never_a_sum() -> None:
    rows = [
        IndicatorProgress(indicator(1), FiledNumber(None)),
        IndicatorProgress(indicator(2, cumulation_rule=CumulationRule.SUM), FiledNumber(None)),
    ]
    offers = offered_answers(NOTHING, AcceptedContent(LAST, SECOND), rows)
    assert offers.values_to_take(["indicator_1", "indicator_2"]) == {"indicator_1": Decimal(6)}


@given(st.text(max_size=6), st.text(max_size=6))
def test_taking_a_text_over_twice_never_doubles_it(written: str, offered: str) -> None:
    once = joined_text(written, offered)
    assert joined_text(once, offered) == once
    assert once.startswith(written)
    assert offered in once


@pytest.mark.parametrize(
    ("written", "offered", "joined"),
    [("", "乙", "乙"), ("甲", "乙", "甲\n乙"), ("甲\n", "乙", "甲\n乙"), ("甲乙", "乙", "甲乙")],
)
def test_a_text_taken_over_stands_on_a_line_of_its_own(written: str, offered: str, joined: str) -> None:
    assert joined_text(written, offered) == joined


@pytest.mark.parametrize(
    ("written", "follows", "is_other"),
    [(70, 75, True), (75, 75, False), (None, 75, False), (70, None, False)],
)
def test_another_percent_is_one_that_is_written_beside_one_that_follows(
    written: int | None, follows: int | None, is_other: bool
) -> None:
    filed = replace(NOTHING, percent=written, ticks={n: Tick(n < 4) for n in range(1, 5)} if follows else {})
    offers = offered_answers(filed, None, [])
    assert (offers.derived.percent if offers.derived else None) == follows
    assert offers.is_percent_other is is_other


def test_the_last_answer_is_offered_as_people_read_it() -> None:
    offers = offered_answers(NOTHING, AcceptedContent(LAST, SECOND), [])
    assert offers.texts == {"progress": "上半年走访30家。"}
    assert [offers.words_of_last(name) for name in ("status", "percent")] == ["正常推进", "52%"]


def test_a_reason_is_not_offered_without_its_status() -> None:
    done = replace(LAST, status=MeasureStatus.DONE, status_reason="已经验收。")
    offers = offered_answers(replace(NOTHING, percent=60), AcceptedContent(done, SECOND), [])
    assert not {"status", "status_reason"} & offers.confirmed_values.keys()


@pytest.mark.parametrize(
    ("reached", "quarters", "before", "percent"),
    [
        ((), (1, 2, 3, 4), 0, None),
        ((1, 2, 3), (1, 2, 3, 4), 0, 75),
        ((1,), (1, 2, 4), 30, 33),
        ((1,), (1, 2, 4), 33, 33),
        ((1,), (1, 2, 4), 40, None),
        ((1,), (1, 2, 3), 0, None),
    ],
)
def test_the_percent_follows_from_the_milestones_of_the_whole_year(
    reached: tuple[int, ...], quarters: tuple[int, ...], before: int, percent: int | None
) -> None:
    year = [Milestone(id=quarter, quarter=quarter, text="节点") for quarter in quarters]
    content = FilingContent(milestones=dict.fromkeys(reached, True))
    derived = percent_of_milestones(content, year, before)
    assert (derived and derived.percent) == percent
    if derived:
        assert derived.explanation == f"按节点：全年 {len(year)} 个节点已完成 {len(reached)} 个"
