"""The numbering levels, and what only looks like a number."""

from __future__ import annotations

import pytest

from app.plan.importer.numbering import BULLET_RANK, mark_of, number_candidates, value_of
from tests.plan.importer.texts import lines_of


@pytest.mark.parametrize(
    ("text", "number", "ordinal"),
    [
        ("第一部分 工作思路", "第一部分", 1),
        ("第二章　保障", "第二章", 2),
        ("一、优化营商环境", "一", 1),
        ("十二、加强领导", "十二", 12),
        ("（三）紧贴服务", "（三）", 3),
        ("(二)扶持", "(二)", 2),
        ("〈二〉扶持", "〈二〉", 2),
        ("1.推进", "1", 1),
        ("12、推进", "12", 12),
        ("（4）推进", "（4）", 4),
        ("5）推进", "5）", 5),
        ("③推进", "③", 3),
        ("㉑推进", "㉑", 21),
        ("㊿推进", "㊿", 50),
        ("⑴推进", "⑴", 1),
        ("⒇、推进", "⒇", 20),
        ("⒈推进", "⒈", 1),
        ("第四条　组织培训", "第四条", 4),
    ],
)
def test_a_number_at_the_start_of_a_line_is_read(text: str, number: str, ordinal: int) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.number, mark.ordinal) == (number, ordinal)


def test_levels_go_deeper_in_the_order_of_the_standard() -> None:
    marks = [mark_of(text) for text in ("第一部分", "一、甲", "（一）甲", "1.甲", "⑴甲", "①甲", "——甲")]
    ranks = [mark.rank for mark in marks if mark]
    assert len(ranks) == 7
    assert ranks == sorted(ranks)
    assert ranks[-1] == BULLET_RANK


def test_a_number_is_looked_for_among_the_first_64_characters() -> None:
    assert [bool(mark_of(f"{' ' * spaces}一、推进")) for spaces in (62, 63)] == [True, False]


@pytest.mark.parametrize(
    "text", ["1.5万亩高标准农田", "2026年工作", "一是加强", "12345热线", "一体推进", "-5度"]
)
def test_what_is_no_number_of_a_heading(text: str) -> None:
    assert mark_of(text) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("七", 7),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三十二", 32),
        ("一百零三", 103),
        ("二〇二六", 2026),
        ("8", 8),
        ("l", 1),
        ("甲", 0),
    ],
)
def test_a_numeral_has_its_value(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


def test_a_number_counts_behind_one_character_of_its_line() -> None:
    assert [one.offset for one in number_candidates(lines_of("、1.推进改革"), {})] == [1]
