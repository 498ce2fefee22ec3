"""进度滞后和存在风险: which measures are behind or in doubt, for pages and documents alike. Pure."""

from __future__ import annotations

from typing import Protocol

from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter

LIGHTS_AT_RISK = (Light.YELLOW, Light.RED)
STATUSES_AT_RISK = (MeasureStatus.LAGGING, MeasureStatus.PAUSED, MeasureStatus.CANCELLED)


class MeasureReport(Protocol):
    """What was accepted of a measure in a quarter.

    percent: of the yearly target.
    red_points: how many percentage points behind 序时进度 turn a light red.
    """

    @property
    def quarter(self) -> Quarter: ...
    @property
    def percent(self) -> int: ...
    @property
    def status(self) -> MeasureStatus: ...
    @property
    def light(self) -> Light: ...
    @property
    def forecast(self) -> Forecast: ...
    @property
    def red_points(self) -> int: ...


def is_at_risk(report: MeasureReport) -> bool:
    """Return whether a measure is behind or in doubt, whether its department says so or not."""
    return is_marked(report) or is_far_behind(report)


def is_marked(report: MeasureReport) -> bool:
    """Return whether a measure is behind or in doubt by its light, its status or what its department expects."""
    return report.light in LIGHTS_AT_RISK or report.status in STATUSES_AT_RISK or is_hopeless(report)


def is_far_behind(report: MeasureReport) -> bool:
    """Return whether its light would be red by its pace, had nobody moved it."""
    return report.quarter.elapsed_percent - report.percent >= report.red_points


def is_hopeless(report: MeasureReport) -> bool:
    """Return whether a department expects to miss the year's target, as long as there is something to expect."""
    return report.forecast is Forecast.CANNOT_FINISH and not report.quarter.ends_the_year
