"""What is said of the year's end beside what was reported: where the two do not fit each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus

WHOLE_PERCENT = 100


class ForecastMismatch(LabelledEnum):
    """Why a forecast is looked at once more: it is a question, no reproach."""

    RED_CAN_FINISH = "red_can_finish", "亮红灯，仍预计能够完成", LabelTone.ATTENTION
    GREEN_DIFFICULT = "green_difficult", "绿灯，却预计有困难", LabelTone.ATTENTION
    UNCHANGED_PERCENT = "unchanged_percent", "完成率两个季度没有变化", LabelTone.ATTENTION
    MISSED_MILESTONE = "missed_milestone", "节点未完成", LabelTone.ATTENTION


@dataclass(frozen=True)
class ForecastFacts:
    """What a forecast is held against. `computed` is the light that the pace gives, whatever a department made of it;
    `percent_before` what was accepted in the quarter before, if anything was.
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
        """Return whether more is to be expected of it: it is neither done nor stopped."""
        stopped = (MeasureStatus.DONE, MeasureStatus.PAUSED, MeasureStatus.CANCELLED)
        return self.status not in stopped and self.percent < WHOLE_PERCENT


def forecast_mismatches(facts: ForecastFacts) -> tuple[ForecastMismatch, ...]:
    """Return what does not fit, in a fixed order."""
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
