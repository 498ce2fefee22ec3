"""What keeps a filing from being saved, and what from being submitted."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from app.filing.core.content import (
    FIELD_LABELS,
    LONG_TEXTS,
    NOTE_CEILING,
    TEXT_CEILING,
    FilingContent,
    Tick,
    content_from_json,
    lacking_answers,
    percent_problems,
    problems_of_parts,
    saving_problems,
)
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter
from tests.world import full_content

QUARTER = Quarter(2026, 3)
LONGEST = "街" * TEXT_CEILING


def test_an_empty_draft_can_be_saved() -> None:
    assert saving_problems(FilingContent()) == {}


def test_an_empty_draft_lacks_what_a_report_needs() -> None:
    assert lacking_answers(FilingContent(), QUARTER).keys() == {
        "progress",
        "percent",
        "status",
        "forecast",
    }


def test_a_full_one_can_be_submitted() -> None:
    assert lacking_answers(full_content(), QUARTER) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"progress": LONGEST},
        {"percent": 0},
        {"percent": 200},
        {"light": Light.RED, "light_reason": "资金未到位。"},
        {"ticks": {7: Tick(True, "注" * NOTE_CEILING)}},
        {"status": MeasureStatus.PAUSED, "status_reason": "等待上级文件。"},
        {"status": MeasureStatus.DONE, "percent": 100},
        {"status": MeasureStatus.NOT_STARTED, "percent": 0},
        {"problems": "", "next_steps": ""},
    ],
)
def test_at_the_edge_it_still_passes(change: dict[str, Any]) -> None:
    assert lacking_answers(replace(full_content(), **change), QUARTER) == {}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"progress": LONGEST + "道"}, "progress", "进展情况共 100001 字，请控制在 100000 字以内。"),
        ({"problems": LONGEST + "道"}, "problems", "存在问题共 100001 字"),
        ({"next_steps": LONGEST + "道"}, "next_steps", "下一步计划共 100001 字"),
        ({"status_reason": "等批复😀"}, "status_reason", "原因里的“😀”（U+1F600）公文印不出来"),
        ({"percent": -1}, "percent", "0 至 200 之间"),
        ({"percent": 1_000_001}, "percent", "0 至 200 之间"),
        ({"light": Light.RED, "light_reason": " "}, "light_reason", "须说明理由"),
        ({"light_reason": "资金未到位。"}, "light", "请同时选择调整为哪种亮灯"),
        ({"ticks": {7: Tick(True, "注" * (NOTE_CEILING + 1))}}, "note_7", "说明共 256 字"),
    ],
)
def test_a_wrong_value_is_refused_on_saving_and_on_submitting(
    change: dict[str, Any], field: str, sentence: str
) -> None:
    for problems in (saving_problems, lambda content: lacking_answers(content, QUARTER)):
        found = problems(replace(full_content(), **change))
        assert found.keys() == {field}
        assert sentence in found[field]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"progress": " \n"}, "progress", "请填写2026年第三季度的进展情况"),
        ({"percent": None}, "percent", "请填写完成率"),
        ({"percent": 201}, "percent", "0 至 200 之间"),
        ({"percent": 199_980}, "percent", "0 至 200 之间"),
        ({"status": None}, "status", "请选择举措状态"),
        (
            {"forecast": Forecast.DIFFICULT, "problems": " "},
            "problems",
            "年底预计“有困难但能完成”，请写明存在问题",
        ),
        ({"forecast": Forecast.CANNOT_FINISH, "next_steps": ""}, "next_steps", "请写明下一步计划"),
        (
            {"forecast": Forecast.DIFFICULT, "next_steps": "加强走访，逐步推进，每周调度。"},
            "next_steps",
            "请在下一步计划里写明时间",
        ),
        ({"status": MeasureStatus.PAUSED}, "status_reason", "“暂停”须说明原因"),
        ({"status": MeasureStatus.CANCELLED, "status_reason": " "}, "status_reason", "“取消”须说明原因"),
        ({"status": MeasureStatus.DONE, "percent": 99}, "percent", "不到 100%"),
        ({"status": MeasureStatus.NOT_STARTED, "percent": 1}, "percent", "大于 0"),
        ({"forecast": None}, "forecast", "请选择年底预计"),
    ],
)
def test_what_can_be_saved_but_not_submitted(change: dict[str, Any], field: str, sentence: str) -> None:
    content = replace(full_content(), **change)
    assert saving_problems(content) == {}
    found = lacking_answers(content, QUARTER)
    assert found.keys() == {field}
    assert sentence in found[field]


def test_a_doubtful_forecast_is_handed_in_with_a_time() -> None:
    times = "10月底前、12月15日、四季度、下一季度、年底前、年内、明年、两周内、10个工作日、上旬、２月、12.15、春节前"
    for when in times.split("、"):
        doubtful = replace(full_content(), forecast=Forecast.DIFFICULT, next_steps=f"{when}完成验收。")
        assert lacking_answers(doubtful, QUARTER) == {}, when


def test_every_field_of_a_filing_has_a_label_and_is_kept() -> None:
    names = {one.name for one in fields(FilingContent)} - {"ticks", "indicators", "bases", "milestones"}
    assert FIELD_LABELS.keys() == names
    texts: dict[str, Any] = {name: label for name, label in LONG_TEXTS.items()}
    content = FilingContent(
        **texts,
        percent=30,
        status=MeasureStatus.PAUSED,
        status_reason="待批复",
        forecast=Forecast.DIFFICULT,
        light=Light.RED,
        light_reason="受阻",
        ticks={7: Tick(done=True, note="已办")},
        indicators={9: Decimal("1.5")},
        bases={9: Decimal(2)},
    )
    assert content_from_json(json.loads(json.dumps(content.as_json()))) == content


def test_a_text_kept_before_there_was_a_field_leaves_it_empty() -> None:
    older = FilingContent(progress="已推进。", next_steps="继续。").as_json()
    del older["next_steps"], older["bases"]
    assert content_from_json(older) == FilingContent(progress="已推进。")


@pytest.mark.parametrize(("base", "is_taken"), [("-1", False), ("0", False), ("0.01", True)])
def test_the_denominator_of_a_ratio_is_above_nothing(base: str, is_taken: bool) -> None:
    problems = problems_of_parts(FilingContent(bases={7: Decimal(base), 8: None}))
    assert list(problems) == ([] if is_taken else ["base_7"])


@pytest.mark.parametrize(
    ("value", "base", "lacking"),
    [
        (None, None, set()),
        (Decimal(3), Decimal(4), set()),
        (Decimal(3), None, {"base_7"}),
        (None, Decimal(4), {"indicator_7"}),
    ],
)
def test_a_ratio_needs_both_sides_or_neither(
    value: Decimal | None, base: Decimal | None, lacking: set[str]
) -> None:
    content = replace(full_content(), indicators={7: value}, bases={7: base})
    assert lacking_answers(content, QUARTER).keys() == lacking


@pytest.mark.parametrize(
    ("percent", "is_kept", "is_handed_in"),
    [
        (-1, False, False),
        (0, True, True),
        (200, True, True),
        (201, True, False),
        (1_000_000, True, False),
        (1_000_001, False, False),
    ],
)
def test_a_draft_may_hold_a_percent_that_cannot_be_handed_in(
    percent: int, is_kept: bool, is_handed_in: bool
) -> None:
    content = replace(full_content(), percent=percent)
    assert ("percent" not in saving_problems(content)) is is_kept
    assert ("percent" not in percent_problems(content)) is is_handed_in
