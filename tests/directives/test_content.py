"""What cannot be written as a directive, field by field, and what is entered as handwriting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.base.clock import clock_stopped_at
from app.base.text import REASON_LENGTH
from app.directives.core.content import (
    DIRECTIVE_LENGTH,
    MOST_SUPPORTS,
    DirectiveContent,
    DirectiveTarget,
    TargetDocument,
    reason_problem,
    writing_problems,
)
from app.directives.core.life_cycle import DirectiveKind
from app.directives.handwritten.operations import (
    NO_LEADER,
    NO_SCAN,
    examined_handwriting,
    handwriting_problems,
)
from app.org.models import Department, Leader
from app.uploads.inspection import SentFile
from app.uploads.rules import FileQuota
from tests.uploads.files import pdf, upload

TODAY = date(2026, 9, 14)
MAIN, SUPPORT = (
    Department(id=number, name=f"{name}办公室", short_name=name)
    for number, name in ((1, "甲办"), (2, "乙办"))
)
ENDED = Department(id=3, name="丙办公室", short_name="丙办", ended_on=TODAY)
MANY = tuple(
    Department(id=number, name=f"{number}居", short_name=f"{number}居")
    for number in range(10, 11 + MOST_SUPPORTS)
)
SOUND_CONTENT = DirectiveContent(
    DirectiveKind.INSTRUCTION, "请抓紧办理。", MAIN, (SUPPORT,), due_on=date(2026, 9, 30)
)
OUT_OF_YEARS = "办理期限应在2026年1月1日至2027年12月31日之间，请核对年份和月份。"
MISTAKES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {}),
    ({"text": " "}, {"text": "请写明批示内容。"}),
    ({"text": "长" * DIRECTIVE_LENGTH}, {}),
    (
        {"text": "长" * (DIRECTIVE_LENGTH + 1)},
        {"text": f"内容共 {DIRECTIVE_LENGTH + 1} 字，请控制在 {DIRECTIVE_LENGTH} 字以内。"},
    ),
    ({"main": None}, {"main": "请选择一个主办部门。"}),
    ({"main": ENDED}, {"main": "丙办已经撤销，请另选部门。"}),
    ({"supports": ()}, {}),
    ({"supports": (SUPPORT, MAIN)}, {"supports": "甲办已是主办，不必再选为协办。"}),
    ({"supports": (SUPPORT, ENDED)}, {"supports": "丙办已经撤销，请另选部门。"}),
    ({"supports": MANY[1:]}, {}),
    ({"supports": MANY}, {"supports": f"协办部门最多 {MOST_SUPPORTS} 个，请精简。"}),
    ({"main": None, "supports": MANY[:1]}, {"main": "请选择一个主办部门。"}),
    ({"due_on": None}, {}),
    ({"due_on": TODAY}, {}),
    ({"due_on": TODAY - timedelta(days=1)}, {"due_on": "办理期限不能早于今天，请重新选择。"}),
    ({"due_on": date(2027, 12, 31)}, {}),
    ({"due_on": date(2028, 1, 1)}, {"due_on": OUT_OF_YEARS}),
    ({"kind": DirectiveKind.NOTED}, {"due_on": "阅知不用办理，不定期限。请去掉期限，或者改选批示、督办。"}),
    ({"kind": DirectiveKind.NOTED, "due_on": None}, {}),
    ({"text": "", "main": None}, {"text": "请写明批示内容。", "main": "请选择一个主办部门。"}),
]


@clock_stopped_at(datetime(2026, 9, 14, 9))
@pytest.mark.parametrize(("changes", "problems"), MISTAKES)
def test_every_mistake_is_named_at_its_field(changes: dict[str, Any], problems: dict[str, str]) -> None:
    found = writing_problems(replace(SOUND_CONTENT, **changes), today=TODAY, plan_year=2026)
    assert {field: sentence for field, sentence in found.items() if sentence} == problems


def test_before_a_plans_year_begins_its_measures_have_days_of_this_year() -> None:
    problems = writing_problems(SOUND_CONTENT, today=TODAY, plan_year=2027)
    assert problems["due_on"] == ""


def test_addressees_begin_with_the_main_department() -> None:
    assert SOUND_CONTENT.addressees == (MAIN, SUPPORT)
    assert replace(SOUND_CONTENT, main=None).addressees == (SUPPORT,)


def test_what_is_about_neither_measure_nor_document_is_about_a_department() -> None:
    document = DirectiveTarget(document=TargetDocument(7, "某通报"))
    assert document.subjects(MAIN) == [{"document_id": 7, "document_title": "某通报"}]
    assert DirectiveTarget().subjects(MAIN) == [{"department": MAIN}]
    assert (DirectiveTarget().plan_year, DirectiveTarget().titles) == (None, "")


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("写错。", ""),
        (" ", "请写明理由。"),
        (f" {'长' * REASON_LENGTH} ", ""),
        ("长" * (REASON_LENGTH + 1), f"理由共 {REASON_LENGTH + 1} 字，请控制在 {REASON_LENGTH} 字以内。"),
    ],
)
def test_a_step_wants_a_reason_of_its_length(reason: str, problem: str) -> None:
    assert reason_problem(reason, "理由", "请写明理由。") == problem


QUOTA = FileQuota(file_bytes=2_000, files=2, total_bytes=3_000)
SCAN = upload(pdf(), "批示.pdf")
LEADER = Leader(id=1, name="周示例", post="副主任")
HANDWRITING: list[tuple[Leader | None, tuple[date | None, list[SentFile]], dict[str, str]]] = [
    (LEADER, (TODAY, [SCAN]), {}),
    (LEADER, (TODAY - timedelta(days=366), [SCAN]), {}),
    (
        LEADER,
        (TODAY - timedelta(days=367), [SCAN]),
        {"written_on": "领导写批示的日期太早了，请核对年份。"},
    ),
    (
        LEADER,
        (TODAY + timedelta(days=1), [SCAN]),
        {"written_on": "领导写批示的日期不能晚于今天。"},
    ),
    (
        None,
        (None, []),
        {"leader": NO_LEADER, "written_on": "请填写领导写批示的日期。", "scans": NO_SCAN},
    ),
    (
        LEADER,
        (TODAY, [SCAN, upload(b"", "空.pdf")]),
        {"scans": "“空.pdf”：这是空文件，里面没有内容。请核对后重新选择。"},
    ),
    (
        LEADER,
        (TODAY, [SCAN, upload(pdf("一"), "二.pdf"), upload(pdf("二"), "三.pdf")]),
        {"scans": "最多 2 个文件，加上这次就有 3 个。请少选几个，或先移除不用的。"},
    ),
]


@clock_stopped_at(datetime(2026, 9, 14, 9))
@pytest.mark.parametrize(("leader", "written", "problems"), HANDWRITING)
def test_handwriting_wants_its_leader_its_day_and_its_scan(
    leader: Leader | None, written: tuple[date | None, list[SentFile]], problems: dict[str, str]
) -> None:
    handwriting = examined_handwriting(*written, QUOTA)
    found = handwriting_problems(replace(SOUND_CONTENT, leader=leader), handwriting)
    assert {field: sentence for field, sentence in found.items() if sentence} == problems
