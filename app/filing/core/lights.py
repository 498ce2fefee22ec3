"""The light (亮灯) of a measure, and how many points behind the elapsed share of the year (序时进度)
change it. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.base.labels import LabelledEnum, LabelTone
from app.base.settings.settings import Settings
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus


class Light(LabelledEnum):
    """The light of a measure (亮灯). Pages always show the word beside the colour."""

    GREEN = "green", "绿灯", LabelTone.GOOD
    YELLOW = "yellow", "黄灯", LabelTone.WAITING
    RED = "red", "红灯", LabelTone.BAD
    GREY = "grey", "灰灯", LabelTone.QUIET


@dataclass(frozen=True)
class LightThresholds:
    """From how many percentage points behind 序时进度 a light is yellow, and red."""

    yellow: int
    red: int


# Those of an installation that sets none.
USUAL_THRESHOLDS = LightThresholds(yellow=Settings.light_yellow, red=Settings.light_red)


def thresholds_of(settings: Settings) -> LightThresholds:
    """Return the thresholds set by LIGHT_YELLOW and LIGHT_RED."""
    return LightThresholds(yellow=settings.light_yellow, red=settings.light_red)


def light_for(
    percent: int | None,
    status: MeasureStatus | None,
    *,
    elapsed: int,
    thresholds: LightThresholds,
) -> Light:
    """Return the light of a measure.

    percent: completion in per cent of the yearly target, None if unknown. elapsed: the share of the year that has
    passed, in per cent (序时进度).
    """
    if percent is None or status in NEEDS_STATUS_REASON:
        return Light.GREY
    behind = elapsed - percent
    if status is MeasureStatus.DONE or behind < thresholds.yellow:
        return Light.GREEN
    return Light.RED if behind >= thresholds.red else Light.YELLOW


def adjustment_words(computed: Light) -> str:
    """Return the note beside an adjusted light: which light the pace would have given."""
    return f"部门调整，按{'状态' if computed is Light.GREY else '序时'}为{computed.label}"
