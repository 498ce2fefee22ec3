"""What needs attention, in which order, and what changed since last quarter: pure rules."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import cast

import pytest

from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.filing.core.measure_risk import is_at_risk
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.overview.home_summary import ConcernRow, first_clause
from app.overview.measure_cells import MeasureCell, QuarterMark, QuarterReport
from app.overview.rules import (
    ConcernRank,
    StandingChange,
    change_between,
    concern_rank,
    gap_in_words,
    needs_attention,
)
from app.periods.rules import Quarter
from app.plan.core.models import PlanItem

ACCEPTED, OVERDUE = FilingStanding.ACCEPTED, FilingStanding.OVERDUE


def report(
    light: Light = Light.GREEN,
    forecast: Forecast = Forecast.CAN_FINISH,
    percent: int = 75,
    status: MeasureStatus = MeasureStatus.ON_TRACK,
) -> QuarterReport:
    return QuarterReport(
        filing=1,
        quarter=Quarter(2026, 3),
        percent=percent,
        status=status,
        light=light,
        computed=Light.GREEN,
        forecast=forecast,
        red_points=15,
        is_late=False,
        is_light_adjusted=False,
    )


def test_a_gap_is_given_in_points() -> None:
    cell = cast(MeasureCell, SimpleNamespace(report=report(percent=45)))
    assert ConcernRow(cell, "", 0).gap == "落后30个百分点"
    assert [*map(gap_in_words, (0.5, 0, -0.5))] == ["落后0.5个百分点", "持平", "超前0.5个百分点"]


def cell_of(standing: FilingStanding, now: QuarterReport | None, *earlier: QuarterMark) -> MeasureCell:
    mark = QuarterMark(Quarter(2026, 3), standing, now)
    return MeasureCell(measure=PlanItem(sequence=7), mark=mark, earlier=earlier)


def test_measures_of_one_rank_come_by_gap_and_place() -> None:
    assert cell_of(OVERDUE, None).concern_key == (ConcernRank.OVERDUE, 0, 7)
    assert cell_of(ACCEPTED, report(Light.RED, percent=45)).concern_key == (
        ConcernRank.RED_OR_HOPELESS,
        -30,
        7,
    )


def test_what_was_made_good_late_is_shown_yellow_and_a_change_needs_two_reports() -> None:
    def mark(light: Light, is_late: bool) -> QuarterMark:
        return QuarterMark(Quarter(2026, 2), ACCEPTED, report(light)._replace(is_late=is_late))

    late = [
        mark(light, is_late).shown_light for light in (Light.GREEN, Light.RED) for is_late in (False, True)
    ]
    assert late == [Light.GREEN, Light.YELLOW, Light.RED, Light.RED]
    before = mark(Light.YELLOW, is_late=False)
    first = before._replace(quarter=Quarter(2026, 1))
    assert cell_of(ACCEPTED, report(Light.RED), first, before).change_words == "亮灯由黄灯变为红灯"
    assert [cell_of(ACCEPTED, report()).change_words, cell_of(OVERDUE, None, before).change_words] == ["", ""]


def test_only_a_light_that_the_department_moved_is_called_adjusted() -> None:
    """What was computed may have changed with the thresholds."""
    shown = (
        report(light)._replace(is_light_adjusted=is_moved)
        for light in (Light.GREEN, Light.YELLOW)
        for is_moved in (False, True)
    )
    assert [one.adjusted_words for one in shown] == ["", "", "", "部门调整，按序时为绿灯"]


def test_a_cell_notes_what_is_expected_where_not_all_will_be_done() -> None:
    cells = [cell_of(ACCEPTED, report(forecast=one)) for one in (Forecast.CAN_FINISH, Forecast.DIFFICULT)]
    assert [one.notes for one in (*cells, cell_of(OVERDUE, None))] == [
        [],
        ["预计有困难但能完成", "请核对：绿灯，却预计有困难"],
        [],
    ]


def test_the_list_is_the_documents_rule_and_what_is_overdue() -> None:
    for light, forecast, percent, status in product(Light, Forecast, (50, 75), MeasureStatus):
        one = report(light, forecast, percent, status)
        assert needs_attention(one, ACCEPTED) == is_at_risk(one)
    assert [one for one in FilingStanding if needs_attention(None, one)] == [OVERDUE]


@pytest.mark.parametrize(
    ("light", "forecast", "change", "rank"),
    [
        (Light.RED, Forecast.CAN_FINISH, None, ConcernRank.RED_OR_HOPELESS),
        (Light.GREEN, Forecast.CANNOT_FINISH, None, ConcernRank.RED_OR_HOPELESS),
        (Light.YELLOW, Forecast.CAN_FINISH, StandingChange.WORSE, ConcernRank.YELLOW_OR_DIFFICULT),
        (Light.GREY, Forecast.DIFFICULT, None, ConcernRank.YELLOW_OR_DIFFICULT),
        (Light.GREY, Forecast.CAN_FINISH, StandingChange.WORSE, ConcernRank.WORSE),
        (Light.GREEN, Forecast.CAN_FINISH, StandingChange.BETTER, ConcernRank.OTHER),
    ],
)
def test_a_concern_is_ranked_by_light_forecast_and_change(
    light: Light, forecast: Forecast, change: StandingChange | None, rank: ConcernRank
) -> None:
    assert concern_rank(report(light, forecast), ACCEPTED, change) is rank


def test_what_is_overdue_comes_after_red_and_before_yellow() -> None:
    assert concern_rank(None, OVERDUE, None) is ConcernRank.OVERDUE
    assert ConcernRank.RED_OR_HOPELESS < ConcernRank.OVERDUE < ConcernRank.YELLOW_OR_DIFFICULT


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (None, report(), None),
        (report(), None, None),
        (report(), report(), StandingChange.SAME),
        (report(forecast=Forecast.DIFFICULT), report(forecast=Forecast.DIFFICULT), StandingChange.SAME),
        (report(), report(Light.YELLOW), StandingChange.WORSE),
        (report(Light.RED), report(Light.YELLOW), StandingChange.BETTER),
        (report(Light.RED), report(Light.GREEN, Forecast.DIFFICULT), StandingChange.WORSE),
        (report(Light.RED), report(Light.GREY), StandingChange.SAME),
    ],
)
def test_what_got_worse_in_light_or_forecast_got_worse(
    before: QuarterReport | None, now: QuarterReport | None, change: StandingChange | None
) -> None:
    assert change_between(before, now) is change


@pytest.mark.parametrize(
    ("problems", "clause"),
    [
        ("设备到货延迟，影响工期。", "设备到货延迟"),
        ("无。", ""),
        ("", ""),
        ("。场地没有落实\n其他", "场地没有落实"),
        ("长" * 60, "长" * 38 + "……"),
    ],
)
def test_the_first_clause_of_what_is_in_the_way(problems: str, clause: str) -> None:
    assert first_clause(problems) == clause
