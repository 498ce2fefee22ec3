"""The fields of a sheet, typed as one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import FieldProblems
from app.drafting.editing.block_words import words_of
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.sheet_words import filled_sheet, sheet_words
from reports.model import Sheet, SheetField, SheetRow

SHEET = Sheet(
    (
        SheetRow((SheetField("呈送领导", "周示例"), SheetField("日　期", "2026年10月9日"))),
        SheetRow((SheetField("拟办意见"),), lines=6),
    )
)
WORDS = "【呈送领导】周示例\n【日期】2026年10月9日\n【拟办意见】"


def test_each_field_stands_below_its_label() -> None:
    assert sheet_words(SHEET) == words_of(SHEET) == WORDS


def test_what_is_typed_goes_into_its_field_and_the_sheet_stays_as_it_is() -> None:
    typed = BlockWording(f"{WORDS}请周主任阅示。\n另附全表。").apply_to(SHEET)
    assert isinstance(typed, Sheet)
    assert typed.rows[1] == SheetRow((SheetField("拟办意见", "请周主任阅示。\n另附全表。"),), lines=6)
    assert typed.rows[0] == SHEET.rows[0]


@pytest.mark.parametrize(
    "typed",
    [
        "请阅示。",
        WORDS.replace("【日期】", ""),
        WORDS + "【拟办意见】再写一次",
        "前言" + WORDS,
        "【拟办意见】【呈送领导】【日期】",
    ],
)
def test_a_label_that_is_missing_doubled_or_moved_is_asked_for(typed: str) -> None:
    with pytest.raises(FieldProblems) as refusal:
        filled_sheet(SHEET, typed)
    assert "【呈送领导】【日期】【拟办意见】" in refusal.value.fields["text"]


@given(st.lists(st.text(alphabet="请阅示。：\n[]（）", max_size=30), min_size=3, max_size=3))
def test_whatever_stands_in_the_fields_comes_back(texts: list[str]) -> None:
    first, second, third = (text.strip() for text in texts)
    typed = f"【呈送领导】{first}\n【日期】{second}\n【拟办意见】{third}"
    fields = [field.text for row in filled_sheet(SHEET, typed).rows for field in row.fields]
    assert fields == [first, second, third]
