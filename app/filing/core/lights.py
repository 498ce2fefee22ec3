"""亮灯: which light a measure has, and how far behind 序时进度 it turns. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.labels import LabelledEnum, LabelTone
from app.base.settings.settings import Settings
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus


class Light(LabelledEnum):
    """亮灯: the word always stands beside the colour."""

    GREEN = "green", "绿灯", LabelTone.GOOD
    YELLOW = "yellow", "黄灯", LabelTone.WAITING
    RED = "red", "红灯", LabelTone.BAD
    GREY = "grey", "灰灯", LabelTone.QUIET


@dataclass(frozen=True)
class LightThresholds:
    """How many percentage points (百分点) behind 序时进度 turn the light yellow, and red."""

    yellow: int
    red: int


# Those of an installation that sets none.
USUAL_THRESHOLDS = LightThresholds(yellow=Settings.light_yellow, red=Settings.light_red)


def thresholds_of(settings: Settings) -> LightThresholds:
    """Return as many points as this installation says (LIGHT_YELLOW, LIGHT_RED)."""
    return LightThresholds(yellow=settings.light_yellow, red=settings.light_red)


def light_for(
    percent: int | None,
    status: MeasureStatus | None,
    *,
    elapsed: int,
    thresholds: LightThresholds,
) -> Light:
    """Return the light of a measure.

    Args:
        percent: completion in per cent of the yearly target, or None where nothing is known.
        status: the department's word on the measure.
        elapsed: share of the year gone by, in per cent (序时进度).
        thresholds: percentage points behind that turn the light.
    """
    if percent is None or status in NEEDS_STATUS_REASON:
        return Light.GREY
    behind = elapsed - percent
    if status is MeasureStatus.DONE or behind < thresholds.yellow:
        return Light.GREEN
    return Light.RED if behind >= thresholds.red else Light.YELLOW


def adjustment_words(computed: Light) -> str:
    """Return, to stand after a light that a department chose itself, which one its pace would have given."""
    return f"部门调整，按{'状态' if computed is Light.GREY else '序时'}为{computed.label}"
