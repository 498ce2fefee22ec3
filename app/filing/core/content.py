"""The content of a filing as a plain value, and what must be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.base.labels import LabelledEnum
from app.base.text import text_problem
from app.filing.core.lights import Light, LightThresholds, light_for
from app.filing.core.measure_status import NEEDS_STATUS_REASON, Forecast, MeasureStatus
from app.periods.rules import Quarter
from app.plan.core.cumulation import FiledNumber
from app.plan.core.numbers import plain_number

TEXT_CEILING = 100_000
NOTE_CEILING = 255
# 退回、请补充、重新打开的理由。
RETURN_REASON_LENGTH = 200
PERCENT_CEILING = 200
# What a draft may hold; how much can be handed in, PERCENT_CEILING says.
STORED_PERCENT_CEILING = 1_000_000
NOTHING_FILED = FiledNumber(None)
# A time by which something is to be done, as people write it: 10月底、12月15日、四季度、年底前、两周内、12.15.
TIME_WORDS = re.compile(
    r"[\d一二三四五六七八九十](?:月|日|季|天|周|个月|个工作日|个星期)|[两本下](?:天|周|个?月|季|一季|个工作日|个星期)"
    r"|[月季年](?:底|末|初|中|内|前)|[上中下]旬|[明次]年|元旦|春节|国庆|\d[./-]\d"
)

# The fields of a filing with the labels under which form, workbook, page and comparison show them, in their order.
LONG_TEXTS: Mapping[str, str] = {
    "progress": "进展情况",
    "problems": "存在问题",
    "next_steps": "下一步计划",
}
# What stands below the progress.
FURTHER_TEXTS = {name: label for name, label in LONG_TEXTS.items() if name != "progress"}
FIELD_LABELS: Mapping[str, str] = {
    **LONG_TEXTS,
    "percent": "完成率",
    "status": "举措状态",
    "status_reason": "原因",
    "forecast": "年底预计",
    "light": "调整亮灯",
    "light_reason": "调整理由",
}
CHOICES: Mapping[str, type[LabelledEnum]] = {"status": MeasureStatus, "forecast": Forecast, "light": Light}


@dataclass(frozen=True)
class Tick:
    """Whether a commitment is done, with a note."""

    done: bool
    note: str = ""


@dataclass(frozen=True)
class FilingContent:
    """The content of a filing. `percent` is the completion in per cent of the yearly target.

    `light` replaces the computed light and needs a `light_reason`. The mappings go by the id of a commitment (`ticks`),
    an indicator (`indicators`, `bases`) or a milestone (`milestones`); an id that is missing leaves the stored value
    unchanged, an indicator's None clears it. `bases` are the denominators of ratios, whose numerators are in
    `indicators`.
    """

    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    percent: int | None = None
    status: MeasureStatus | None = None
    status_reason: str = ""
    forecast: Forecast | None = None
    light: Light | None = None
    light_reason: str = ""
    ticks: Mapping[int, Tick] = field(default_factory=dict)
    indicators: Mapping[int, Decimal | None] = field(default_factory=dict)
    bases: Mapping[int, Decimal | None] = field(default_factory=dict)
    milestones: Mapping[int, bool] = field(default_factory=dict)

    def computed_light(self, quarter: Quarter, thresholds: LightThresholds) -> Light:
        """Return the light that follows from percent and status."""
        elapsed = quarter.elapsed_percent
        return light_for(self.percent, self.status, elapsed=elapsed, thresholds=thresholds)

    def filed_number(self, indicator_id: int) -> FiledNumber:
        """Return what is filed on an indicator; its number is None if nothing is."""
        return FiledNumber(self.indicators.get(indicator_id), self.bases.get(indicator_id))

    def as_json(self) -> dict[str, Any]:
        """Return the content for storage in a revision; "milestones" is left out if there are none."""
        milestones = {str(key): reached for key, reached in self.milestones.items()}
        return {name: getattr(self, name) for name in FIELD_LABELS} | {
            "ticks": {str(key): {"done": tick.done, "note": tick.note} for key, tick in self.ticks.items()},
            "indicators": plain_numbers(self.indicators),
            "bases": plain_numbers(self.bases),
            **({"milestones": milestones} if milestones else {}),
        }


def plain_numbers(numbers: Mapping[int, Decimal | None]) -> dict[str, str]:
    return {str(key): plain_number(value) for key, value in numbers.items() if value is not None}


def content_from_json(values: Mapping[str, Any]) -> FilingContent:
    """Return the content stored by `FilingContent.as_json`; fields newer than the revision keep their defaults."""
    kept = {name: values[name] for name in FIELD_LABELS if name in values}
    chosen = {name: members(kept[name]) for name, members in CHOICES.items() if kept.get(name)}
    return FilingContent(
        **kept | chosen,
        ticks={int(key): Tick(**tick) for key, tick in values["ticks"].items()},
        indicators=numbers_from_json(values["indicators"]),
        bases=numbers_from_json(values.get("bases", {})),
        milestones={int(key): reached for key, reached in values.get("milestones", {}).items()},
    )


def numbers_from_json(numbers: Mapping[str, str]) -> dict[int, Decimal | None]:
    return {int(key): Decimal(value) for key, value in numbers.items()}


def saving_problems(content: FilingContent) -> dict[str, str]:
    """Return, by field, everything that prevents a draft from being saved."""
    problems = {}
    for name in (*LONG_TEXTS, "status_reason", "light_reason"):
        if problem := text_problem(getattr(content, name), FIELD_LABELS[name], TEXT_CEILING):
            problems[name] = problem
    if content.percent is not None and not 0 <= content.percent <= STORED_PERCENT_CEILING:
        problems["percent"] = percent_problem(content.percent)
    if content.light is not None and not content.light_reason.strip():
        problems["light_reason"] = "调整亮灯须说明理由。"
    if content.light is None and content.light_reason.strip():
        problems["light"] = "写了调整理由，请同时选择调整为哪种亮灯；不调整请删去理由。"
    return problems | problems_of_parts(content)


def percent_problem(percent: int) -> str:
    return f"完成率 {percent}% 超出范围，请填 0 至 {PERCENT_CEILING} 之间的整数。"


def problems_of_parts(content: FilingContent) -> dict[str, str]:
    """Return, by field, what is wrong with the notes on commitments and the denominators of indicators."""
    problems = {}
    for commitment_id, tick in content.ticks.items():
        if problem := text_problem(tick.note, "说明", NOTE_CEILING):
            problems[f"note_{commitment_id}"] = problem
    for indicator_id, base in content.bases.items():
        if base is not None and base <= 0:
            problems[f"base_{indicator_id}"] = "分母须大于 0。本季度没有发生的，分子、分母都空着。"
    return problems


def incomplete_ratios(content: FilingContent) -> dict[str, str]:
    """Return, by field, the missing side of each half-filled ratio."""
    problems = {}
    for indicator_id, base in content.bases.items():
        value = content.indicators.get(indicator_id)
        if base is None and value is not None:
            problems[f"base_{indicator_id}"] = "填了分子，请再填分母。"
        if value is None and base is not None:
            problems[f"indicator_{indicator_id}"] = "填了分母，请再填分子；一件也没有的填 0。"
    return problems


def lacking_answers(content: FilingContent, quarter: Quarter) -> dict[str, str]:
    """Return, by field, what has to be filled in before the filing can be submitted."""
    problems = incomplete_ratios(content) | saving_problems(content)
    if not content.progress.strip():
        problems["progress"] = f"请填写{quarter.words}的进展情况。"
    if content.status is None:
        problems["status"] = "请选择举措状态。"
    elif content.status in NEEDS_STATUS_REASON and not content.status_reason.strip():
        problems["status_reason"] = f"举措“{content.status.label}”须说明原因。"
    return problems | percent_problems(content) | forecast_problems(content)


def percent_problems(content: FilingContent) -> dict[str, str]:
    """Return what is wrong with the percent of a filing that is to be submitted."""
    percent = content.percent
    if percent is None:
        return {"percent": "请填写完成率（占年度目标的百分比）。"}
    if not 0 <= percent <= PERCENT_CEILING:
        return {"percent": percent_problem(percent)}
    if content.status is MeasureStatus.DONE and percent < 100:
        return {"percent": "状态是“已完成”，完成率却不到 100%，请核对其中一项。"}
    if content.status is MeasureStatus.NOT_STARTED and percent:
        return {"percent": "状态是“未启动”，完成率却大于 0，请核对其中一项。"}
    return {}


def forecast_problems(content: FilingContent) -> dict[str, str]:
    """Return what is missing beside the forecast: one in doubt needs its problems and a next step with a date."""
    if content.forecast is None:
        return {"forecast": "请选择年底预计。"}
    if content.forecast is Forecast.CAN_FINISH:
        return {}
    problems = {
        name: f"年底预计“{content.forecast.label}”，请写明{label}。"
        for name, label in FURTHER_TEXTS.items()
        if not getattr(content, name).strip()
    }
    if "next_steps" not in problems and not TIME_WORDS.search(content.next_steps):
        problems["next_steps"] = (
            f"年底预计“{content.forecast.label}”，请在下一步计划里写明时间，如“11月底前完成验收”。"
        )
    return problems
