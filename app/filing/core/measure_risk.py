"""Measures that are behind schedule or at risk (进度滞后和存在风险), and forecasts that contradict the report. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter

LIGHTS_AT_RISK = (Light.YELLOW, Light.RED)
STATUSES_AT_RISK = (MeasureStatus.LAGGING, MeasureStatus.PAUSED, MeasureStatus.CANCELLED)
WHOLE_PERCENT = 100


class MeasureReport(Protocol):
    """What was accepted on a measure in a quarter.

    percent: of the yearly target. red_points: how many percentage points behind 序时进度 make a light red.
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
    """Return whether a measure is behind schedule or at risk, even if its department does not say so."""
    return is_marked(report) or is_far_behind(report)


def is_marked(report: MeasureReport) -> bool:
    """Return whether light, status or forecast mark a measure as behind schedule or at risk."""
    return report.light in LIGHTS_AT_RISK or report.status in STATUSES_AT_RISK or is_hopeless(report)


def is_far_behind(report: MeasureReport) -> bool:
    """Return whether the light would be red without the department's adjustment."""
    return report.quarter.elapsed_percent - report.percent >= report.red_points


def is_hopeless(report: MeasureReport) -> bool:
    """Return whether the department expects to miss the yearly target of a measure that still goes on."""
    is_over = report.quarter.ends_the_year or report.status is MeasureStatus.CANCELLED
    return report.forecast is Forecast.CANNOT_FINISH and not is_over


class ForecastMismatch(LabelledEnum):
    """Why a forecast should be checked again: a question to the department, not a criticism."""

    RED_CAN_FINISH = "red_can_finish", "亮红灯，仍预计能够完成", LabelTone.ATTENTION
    GREEN_DIFFICULT = "green_difficult", "绿灯，却预计有困难", LabelTone.ATTENTION
    UNCHANGED_PERCENT = "unchanged_percent", "完成率两个季度没有变化", LabelTone.ATTENTION
    MISSED_MILESTONE = "missed_milestone", "节点未完成", LabelTone.ATTENTION


@dataclass(frozen=True)
class ForecastFacts:
    """What a forecast is compared with. `computed` is the light before adjustment; `percent_before` was accepted in the
    quarter before, if anything was.
    """

    forecast: Forecast
    light: Light
    computed: Light
    status: MeasureStatus
    percent: int
    percent_before: int | None = None
    has_missed_milestone: bool = False

    @property
    def is_moving(self) -> bool:
        """Return whether work on the measure goes on: it is neither done nor stopped."""
        stopped = (MeasureStatus.DONE, MeasureStatus.PAUSED, MeasureStatus.CANCELLED)
        return self.status not in stopped and self.percent < WHOLE_PERCENT


def forecast_mismatches(facts: ForecastFacts) -> tuple[ForecastMismatch, ...]:
    """Return the contradictions in a fixed order."""
    is_red = Light.RED in (facts.light, facts.computed)
    found = {
        ForecastMismatch.RED_CAN_FINISH: is_red and facts.forecast is Forecast.CAN_FINISH,
        ForecastMismatch.GREEN_DIFFICULT: facts.light is Light.GREEN
        and not is_red
        and facts.forecast is not Forecast.CAN_FINISH,
        ForecastMismatch.UNCHANGED_PERCENT: facts.is_moving and facts.percent == facts.percent_before,
        ForecastMismatch.MISSED_MILESTONE: facts.has_missed_milestone,
    }
    return tuple(mismatch for mismatch, holds in found.items() if holds)
