"""Which measures are behind or in doubt."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.filing.core.lights import Light
from app.filing.core.measure_risk import is_at_risk, is_marked
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter

THIRD = Quarter(2026, 3)


@dataclass(frozen=True)
class Report:
    quarter: Quarter = THIRD
    percent: int = 75
    status: MeasureStatus = MeasureStatus.ON_TRACK
    light: Light = Light.GREEN
    forecast: Forecast = Forecast.CAN_FINISH
    red_points: int = 15


@pytest.mark.parametrize(
    ("report", "marked"),
    [
        (Report(), False),
        (Report(light=Light.YELLOW), True),
        (Report(light=Light.RED), True),
        (Report(light=Light.GREY), False),
        (Report(status=MeasureStatus.LAGGING), True),
        (Report(status=MeasureStatus.PAUSED), True),
        (Report(status=MeasureStatus.CANCELLED), True),
        (Report(status=MeasureStatus.DONE), False),
        (Report(forecast=Forecast.CANNOT_FINISH), True),
        (Report(forecast=Forecast.DIFFICULT), False),
        (Report(Quarter(2026, 4), forecast=Forecast.CANNOT_FINISH), False),
    ],
)
def test_a_measure_is_marked_by_light_status_or_forecast(report: Report, marked: bool) -> None:
    assert is_marked(report) is marked


@pytest.mark.parametrize(("percent", "at_risk"), [(61, False), (60, True), (59, True)])
def test_who_is_far_behind_is_at_risk_under_any_light(percent: int, at_risk: bool) -> None:
    report = Report(percent=percent)
    assert (is_at_risk(report), is_marked(report)) == (at_risk, False)
