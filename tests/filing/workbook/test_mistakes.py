"""The same mistake is listed once with all its rows or columns; two that differ stand apart."""

from __future__ import annotations

import pytest

from app.filing.workbook.mistakes import CellMistake, gather_mistakes

NO_NUMBER, TOO_LONG = "不是数字。", "太长。"


@pytest.mark.parametrize(
    ("mistakes", "listed"),
    [
        ([(3, "C", NO_NUMBER, ""), (5, "C", NO_NUMBER, "")], [("3、5", "C", NO_NUMBER)]),
        ([(3, "C", NO_NUMBER, ""), (4, "C", TOO_LONG, "")], [("3", "C", NO_NUMBER), ("4", "C", TOO_LONG)]),
        ([(3, "C", NO_NUMBER, ""), (3, "D", NO_NUMBER, "")], [("3", "C", NO_NUMBER), ("3", "D", NO_NUMBER)]),
        (
            [(3, "C", "一", "整行不对。"), (3, "D", "二", "整行不对。")],
            [("3", "C至 D，共 2 列", "整行不对。")],
        ),
        ([(3, "C", "一", "整行不对。")], [("3", "C", "一")]),
        (
            [(3, "C", "一", "整行不对。"), (3, "D", "二", "整行不对。"), (4, "C", "一", "整行不对。")],
            [("3", "C至 D，共 2 列", "整行不对。"), ("4", "C", "一")],
        ),
    ],
)
def test_what_is_the_same_is_listed_once(
    mistakes: list[tuple[int, str, str, str]], listed: list[tuple[str, str, str]]
) -> None:
    found = gather_mistakes([CellMistake("填报", *one) for one in mistakes])
    assert [(one.rows, one.columns, one.sentence) for one in found] == listed
