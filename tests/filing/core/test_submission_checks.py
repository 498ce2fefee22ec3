"""What is asked about beside its field, and what of figures cannot be handed in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.filing.core.content import FilingContent
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.submission_checks import (
    AcceptedContent,
    impossible_figures,
    questions_about,
    submitting_problems,
)
from app.periods.rules import Quarter
from app.plan.core.models import Indicator
from app.plan.core.rules import CumulationRule
from tests.world import full_content

BEFORE = Quarter(2026, 2)


def indicator(rule: CumulationRule = CumulationRule.LATEST, unit: str = "批次") -> Indicator:
    return Indicator(id=9, name="走访", unit=unit, yearly_target=Decimal(10), cumulation_rule=rule)


def filed(number: str | None, **answers: Any) -> FilingContent:
    values = {9: Decimal(number) if number else None}
    return replace(full_content(), indicators=values, **answers)


@pytest.mark.parametrize(
    ("now", "then", "fields"),
    [
        ({"percent": 80}, {"percent": 80}, set()),
        ({"percent": 79}, {"percent": 80}, {"percent"}),
        ({"percent": None}, {"percent": 80}, set()),
        ({"percent": 0}, {"percent": None}, set()),
        ({"status": MeasureStatus.ON_TRACK}, {"status": MeasureStatus.DONE}, {"status"}),
        ({"status": MeasureStatus.DONE}, {"status": MeasureStatus.DONE}, set()),
        ({"status": None}, {"status": MeasureStatus.DONE}, set()),
        ({"status": MeasureStatus.LAGGING}, {"status": MeasureStatus.ON_TRACK}, set()),
        (
            {"status": MeasureStatus.LAGGING, "percent": 60},
            {"status": MeasureStatus.DONE, "percent": 100},
            {"status", "percent"},
        ),
    ],
)
def test_what_does_not_go_with_what_was_accepted_before(
    now: dict[str, Any], then: dict[str, Any], fields: set[str]
) -> None:
    present, earlier = replace(full_content(), **now), replace(full_content(), **then)
    found = questions_about(present, AcceptedContent(earlier, Quarter(2026, 2)), ())
    assert found.keys() == fields
    assert all("2026年第二季度采用的" in sentence for sentence in found.values())


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (replace(full_content(), progress="x"), "progress", "只有 1 个字"),
        (
            replace(full_content(), status=MeasureStatus.LAGGING, problems=" "),
            "problems",
            "填了“滞后”，却没有写存在问题",
        ),
        (filed(None, percent=100), "percent", "采用的是 70%），量化指标“走访”却没有填"),
        (filed("-2"), "indicator_9", "-2 批次是负数。2026年第二季度采用的是 8 批次。"),
        (filed("19998"), "indicator_9", "这个数是年度目标的 199,980%。2026年第二季度采用的是 8 批次。"),
        (filed("7"), "indicator_9", "年初以来的累计数比以前的低。2026年第二季度采用的是 8 批次。"),
    ],
)
def test_what_is_absurd_is_asked_about_with_the_figure_of_last_quarter(
    content: FilingContent, field: str, words: str
) -> None:
    accepted = AcceptedContent(filed("8", percent=70), BEFORE)
    found = questions_about(content, accepted, [indicator()])
    assert found.keys() == {field}
    assert words in found[field]
    assert found[field].endswith("确实如此可以照常提交，否则请改正。")


def test_at_the_edge_nothing_is_asked() -> None:
    accepted = AcceptedContent(filed("8", percent=70), BEFORE)
    for content in (
        filed("20", percent=100),
        filed("8", percent=70),
        replace(full_content(), progress="走访企业57家。"),
        replace(full_content(), status=MeasureStatus.LAGGING),
        replace(full_content(), status=MeasureStatus.LAGGING, forecast=Forecast.DIFFICULT, problems=""),
        FilingContent(),
    ):
        assert questions_about(content, accepted, [indicator()]) == {}
    assert questions_about(filed("7"), accepted, [indicator(CumulationRule.SUM)]) == {}
    assert questions_about(filed("7"), None, [indicator()]) == {}


@pytest.mark.parametrize(
    ("rule", "unit", "number", "is_refused"),
    [
        (CumulationRule.LATEST, "批次", "-2", True),
        (CumulationRule.HIGHEST, "批次", "-2", True),
        (CumulationRule.SUM, "批次", "-2", False),  # taken off what was filed before
        (CumulationRule.LATEST, "%", "-2", False),  # what fell
        (CumulationRule.LATEST, "批次", "-0.5", True),
        (CumulationRule.LATEST, "批次", "0", False),
        (CumulationRule.LATEST, "批次", None, False),
    ],
)
def test_a_count_below_nothing_is_not_handed_in(
    rule: CumulationRule, unit: str, number: str | None, is_refused: bool
) -> None:
    asked = [indicator(rule, unit)]
    assert list(impossible_figures(filed(number), asked)) == (["indicator_9"] if is_refused else [])
    assert list(submitting_problems(filed(number), BEFORE, asked)) == (["indicator_9"] if is_refused else [])


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("-2", None, "-2 批次是负数。确"),  # there is no number of the last quarter to name
        ("-0.5", None, "-0.5 批次是负数。"),
        ("0", None, ""),
        ("0", "0.5", "年初以来的累计数比以前的低。"),
        ("0.5", "0.5", ""),
    ],
)
def test_a_number_is_asked_about_below_nothing_and_below_what_it_was(
    now: str, before: str | None, words: str
) -> None:
    found = questions_about(filed(now), AcceptedContent(filed(before), BEFORE), [indicator()])
    assert found.get("indicator_9", "").startswith(words)
    assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("percent", "accepted", "words"),
    [
        (99, 70, ""),
        (100, 70, "完成率 100%（2026年第二季度采用的是 70%），量化指标“走访”却没有填"),
        (100, None, "完成率 100%，量化指标“走访”却没有填"),
    ],
)
def test_all_is_done_only_where_the_numbers_say_so(percent: int, accepted: int | None, words: str) -> None:
    before = AcceptedContent(filed("8", percent=accepted), BEFORE)
    asked = [indicator(), Indicator(id=10, name="座谈", unit="次", cumulation_rule=CumulationRule.SUM)]
    found = questions_about(filed(None, percent=percent), before, asked)
    assert found.get("percent", "").startswith(words)
    assert bool(found) is bool(words)
