"""Changes since last quarter, and the order of measures that need attention: pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, auto

from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.filing.core.measure_risk import MeasureReport, is_at_risk
from app.filing.core.measure_status import Forecast

# What can be held against each other; a grey light says nothing of how far a measure is.
LIGHT_RANKS: Mapping[Light, int] = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
FORECAST_RANKS: Mapping[Forecast, int] = {
    Forecast.CAN_FINISH: 0,
    Forecast.DIFFICULT: 1,
    Forecast.CANNOT_FINISH: 2,
}
CONCERN_ORDER = (
    "先列红灯或者预计不能完成的，再列逾期未报的，再列黄灯或者有困难的，再列比上季度变差的，最后列其他的；"
    "同一类中差距大的在前，差距相同的按计划次序。"
)


class HomeScope(LabelledEnum):
    """The measures that home pages, overview and links between measures are about."""

    ALL = "all", "全部"
    MINE = "mine", "我分管"
    FOLLOWED = "followed", "我关注"


class StandingChange(LabelledEnum):
    """How light and forecast changed since last quarter; worse in one of them means worse."""

    WORSE = "worse", "比上季度变差", LabelTone.ATTENTION
    BETTER = "better", "比上季度变好", LabelTone.GOOD
    SAME = "same", "与上季度持平", LabelTone.QUIET


class ConcernRank(IntEnum):
    """The order of measures that need attention. It ranks measures, never departments."""

    RED_OR_HOPELESS = auto()
    OVERDUE = auto()
    YELLOW_OR_DIFFICULT = auto()
    WORSE = auto()
    OTHER = auto()


def change_between(before: MeasureReport | None, now: MeasureReport | None) -> StandingChange | None:
    """Return the change between two quarters; None if one of them was not accepted."""
    if before is None or now is None:
        return None
    steps = [FORECAST_RANKS[now.forecast] - FORECAST_RANKS[before.forecast]]
    if before.light in LIGHT_RANKS and now.light in LIGHT_RANKS:
        steps.append(LIGHT_RANKS[now.light] - LIGHT_RANKS[before.light])
    if max(steps) > 0:
        return StandingChange.WORSE
    return StandingChange.BETTER if min(steps) < 0 else StandingChange.SAME


def needs_attention(report: MeasureReport | None, standing: FilingStanding) -> bool:
    """Return whether a measure is on the list: behind or at risk as in the documents, or overdue."""
    return standing is FilingStanding.OVERDUE if report is None else is_at_risk(report)


def concern_rank(
    report: MeasureReport | None, standing: FilingStanding, change: StandingChange | None
) -> ConcernRank:
    if report is None:
        return ConcernRank.OVERDUE if standing is FilingStanding.OVERDUE else ConcernRank.OTHER
    if report.light is Light.RED or report.forecast is Forecast.CANNOT_FINISH:
        return ConcernRank.RED_OR_HOPELESS
    if report.light is Light.YELLOW or report.forecast is Forecast.DIFFICULT:
        return ConcernRank.YELLOW_OR_DIFFICULT
    return ConcernRank.WORSE if change is StandingChange.WORSE else ConcernRank.OTHER


def gap_in_words(gap: float) -> str:
    """Return how far behind 序时进度 a number of points is; negative means ahead."""
    return f"{'落后' if gap > 0 else '超前'}{abs(gap):g}个百分点" if gap else "持平"
