"""Where a forecast does not fit what was reported: the full product of what decides it."""

from __future__ import annotations

from itertools import product

import pytest

from app.filing.core.lights import Light
from app.filing.core.measure_risk import ForecastFacts, ForecastMismatch, forecast_mismatches
from app.filing.core.measure_status import FORECAST_CRITERIA, Forecast, MeasureStatus, criteria_sentence


def test_light_and_forecast_as_a_full_product() -> None:
    """Red with 能够完成, by the light or by the pace, and green with any doubt: these, and no others."""
    for forecast, light, computed in product(Forecast, Light, Light):
        found = set(forecast_mismatches(ForecastFacts(forecast, light, computed, MeasureStatus.ON_TRACK, 70)))
        expected = set()
        if forecast is Forecast.CAN_FINISH and Light.RED in (light, computed):
            expected = {ForecastMismatch.RED_CAN_FINISH}
        if forecast is not Forecast.CAN_FINISH and light is Light.GREEN and computed is not Light.RED:
            expected = {ForecastMismatch.GREEN_DIFFICULT}
        assert found == expected, (forecast, light, computed)


@pytest.mark.parametrize(
    ("status", "percent", "before", "is_marked"),
    [
        (MeasureStatus.ON_TRACK, 70, 70, True),
        (MeasureStatus.LAGGING, 70, 70, True),
        (MeasureStatus.ON_TRACK, 70, 69, False),
        (MeasureStatus.ON_TRACK, 70, None, False),
        (MeasureStatus.ON_TRACK, 99, 99, True),
        (MeasureStatus.ON_TRACK, 100, 100, False),
        (MeasureStatus.DONE, 70, 70, False),
        (MeasureStatus.PAUSED, 70, 70, False),
        (MeasureStatus.CANCELLED, 70, 70, False),
    ],
)
def test_a_percent_that_stood_still(
    status: MeasureStatus, percent: int, before: int | None, is_marked: bool
) -> None:
    facts = ForecastFacts(Forecast.CAN_FINISH, Light.GREEN, Light.GREEN, status, percent, before)
    assert (ForecastMismatch.UNCHANGED_PERCENT in forecast_mismatches(facts)) is is_marked


def test_a_milestone_that_was_missed() -> None:
    facts = ForecastFacts(
        Forecast.CAN_FINISH, Light.GREEN, Light.GREEN, MeasureStatus.ON_TRACK, 80, has_missed_milestone=True
    )
    assert forecast_mismatches(facts) == (ForecastMismatch.MISSED_MILESTONE,)


def test_each_word_has_its_printed_criterion() -> None:
    assert set(FORECAST_CRITERIA) == set(Forecast)
    assert all(f"{one.label}：" in criteria_sentence() for one in Forecast)
