"""How a measure is going in the words of its department: its status, and what is expected of the year's end."""

from __future__ import annotations

from app.base.labels import LabelledEnum, LabelTone


class MeasureStatus(LabelledEnum):
    """How the measure itself is going (the department's word)."""

    NOT_STARTED = "not_started", "未启动", LabelTone.QUIET
    ON_TRACK = "on_track", "正常推进", LabelTone.GOOD
    LAGGING = "lagging", "滞后", LabelTone.ATTENTION
    DONE = "done", "已完成", LabelTone.GOOD
    PAUSED = "paused", "暂停", LabelTone.QUIET
    CANCELLED = "cancelled", "取消", LabelTone.QUIET


NEEDS_STATUS_REASON = frozenset({MeasureStatus.PAUSED, MeasureStatus.CANCELLED})


class Forecast(LabelledEnum):
    """What the department expects of the year's end (年底预计)."""

    CAN_FINISH = "can_finish", "能够完成", LabelTone.GOOD
    DIFFICULT = "difficult", "有困难但能完成", LabelTone.WAITING
    CANNOT_FINISH = "cannot_finish", "不能完成", LabelTone.BAD
