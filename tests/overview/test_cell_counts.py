"""How many measures of a quarter stand how, with what an address asks for them by."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.overview.cell_counts import (
    CountOfTotal,
    count_changes,
    count_forecasts,
    count_lights,
    count_standings,
    count_statuses,
    statuses_among,
)
from app.overview.rules import StandingChange


def cell(
    light: Light | None = None,
    forecast: Forecast | None = None,
    change: StandingChange | None = None,
    status: MeasureStatus | None = None,
    *,
    is_adjusted: bool = False,
) -> Any:
    return SimpleNamespace(
        light=light, forecast=forecast, change=change, status=status, is_adjusted=is_adjusted
    )


CELLS = [
    cell(Light.GREEN, Forecast.CAN_FINISH, StandingChange.SAME, MeasureStatus.ON_TRACK),
    cell(Light.GREEN, Forecast.CAN_FINISH, StandingChange.BETTER, MeasureStatus.DONE, is_adjusted=True),
    cell(Light.RED, Forecast.CANNOT_FINISH, StandingChange.WORSE, MeasureStatus.LAGGING),
    cell(),
]


def counted(counts: tuple[CountOfTotal, ...]) -> dict[str, int]:
    assert {one.total for one in counts} == {len(CELLS)}
    return {one.key or one.label: one.number for one in counts if one.number}


def test_each_measure_is_counted_once_by_each_of_its_sides() -> None:
    assert counted(count_lights(CELLS)) == {"green": 2, "red": 1, "none": 1}
    assert counted(count_forecasts(CELLS)) == {"can": 2, "cannot": 1}
    assert counted(count_changes(CELLS)) == {"same": 1, "better": 1, "worse": 1}
    statuses = statuses_among(CELLS)
    assert set(statuses) == {MeasureStatus.ON_TRACK, MeasureStatus.DONE, MeasureStatus.LAGGING}
    assert [*statuses] == [one for one in MeasureStatus if one in statuses]
    by_label = {one.label: 1 for one in statuses} | {"未采用": 1}
    assert counted(count_statuses(CELLS, statuses)) == by_label


def test_lights_that_departments_chose_are_counted_with_their_own() -> None:
    assert {one.light: one.adjusted for one in count_lights(CELLS) if one.adjusted} == {Light.GREEN: 1}


@pytest.mark.parametrize(
    ("standings", "found"),
    [
        ([], {FilingStanding.ACCEPTED: 0}),
        ([FilingStanding.OVERDUE] * 2, {FilingStanding.OVERDUE: 2, FilingStanding.ACCEPTED: 0}),
        (
            [FilingStanding.ACCEPTED, FilingStanding.OVERDUE],
            {FilingStanding.OVERDUE: 1, FilingStanding.ACCEPTED: 1},
        ),
    ],
)
def test_standings_that_nobody_has_are_left_out_but_accepted(
    standings: list[FilingStanding], found: dict[FilingStanding, int]
) -> None:
    counts = count_standings(standings)
    assert {FilingStanding(one.key): one.number for one in counts} == found
    assert {one.total for one in counts} == {len(standings)}


@pytest.mark.parametrize(
    ("number", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 67), (3, 3, 100)]
)
def test_a_share_is_a_whole_number_of_per_cent(number: int, total: int, percent: int) -> None:
    assert CountOfTotal("绿灯", number, total).share_percent == percent
