"""The status of a measure and its forecast for the end of the year, as the department states them."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.labels import LabelledEnum, LabelTone


class MeasureStatus(LabelledEnum):
    """The status of a measure, as the department states it."""

    NOT_STARTED = "not_started", "未启动", LabelTone.QUIET
    ON_TRACK = "on_track", "正常推进", LabelTone.GOOD
    LAGGING = "lagging", "滞后", LabelTone.ATTENTION
    DONE = "done", "已完成", LabelTone.GOOD
    PAUSED = "paused", "暂停", LabelTone.QUIET
    CANCELLED = "cancelled", "取消", LabelTone.QUIET


NEEDS_STATUS_REASON = frozenset({MeasureStatus.PAUSED, MeasureStatus.CANCELLED})


class Forecast(LabelledEnum):
    """Whether the department expects to reach the yearly target (年底预计)."""

    CAN_FINISH = "can_finish", "能够完成", LabelTone.GOOD
    DIFFICULT = "difficult", "有困难但能完成", LabelTone.WAITING
    CANNOT_FINISH = "cannot_finish", "不能完成", LabelTone.BAD


# By what a department, and the office after it, chooses among the three.
FORECAST_CRITERIA: Mapping[Forecast, str] = {
    Forecast.CAN_FINISH: "按现有进度和已经安排的措施，年底能达到年度目标，不需要另外协调",
    Forecast.DIFFICULT: "有困难要解决，按下一步计划在写明的时间解决以后，年底仍能达到年度目标",
    Forecast.CANNOT_FINISH: "采取了能采取的措施，年底仍达不到年度目标",
}


def criteria_sentence() -> str:
    """Return the sentence that explains the three forecasts."""
    return "；".join(f"{one.label}：{words}" for one, words in FORECAST_CRITERIA.items()) + "。"
