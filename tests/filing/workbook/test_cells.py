"""Reading one cell as people fill it in."""

from __future__ import annotations

import pytest

from app.base.tables.spreadsheets import Cell
from app.filing.core.rules import Status
from app.filing.workbook import cells


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(None), None),
        (Cell("  "), None),
        (Cell(76), 76),
        (Cell(76.0), 76),
        (Cell(0), 0),
        (Cell(0.76, is_percent=True), 76),
        (Cell(0.29, is_percent=True), 29),
        (Cell(1, is_percent=True), 100),
        (Cell(1.05, is_percent=True), 105),
        (Cell("76"), 76),
        (Cell(" 76 % "), 76),
        (Cell("７６％"), 76),
        (Cell("76.0"), 76),
        (Cell(-5), -5),
    ],
)
def test_a_percent_is_read_as_people_write_it(cell: Cell, expected: int | None) -> None:
    assert cells.percent(cell) == expected


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (Cell(0.76), "如果是 76%，请填 76"),
        (Cell("0.76"), "如果是 76%，请填 76"),
        (Cell(76.5), "“76.5”不是整数"),
        (Cell(0.765, is_percent=True), "“76.5%”不是整数"),
        (Cell("七成"), "“七成”不是数字"),
        (Cell("%"), "不是数字"),
        (Cell("nan"), "不是数字"),
        (Cell("Infinity"), "不是数字"),
        (Cell(True), "不是数字"),
        (Cell("=A1", "f"), "公式"),
        (Cell("#DIV/0!", "e"), "公式出错"),
        (Cell("2026-07-06 00:00:00", "d"), "日期"),
    ],
)
def test_what_is_no_percent_is_refused_with_what_to_do(cell: Cell, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        cells.percent(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(None), ""),
        (Cell(32), "32"),
        (Cell(32.0), "32"),
        (Cell(0.1), "0.1"),
        (Cell(1e20), "100000000000000000000"),
        (Cell(0.76, is_percent=True), "76%"),
        (Cell(True), "是"),
        (Cell("=不是公式"), "=不是公式"),
        (Cell("甲_x000D_\n乙_x000d_丙"), "甲\n乙\n丙"),
    ],
)
def test_a_text_is_what_the_cell_shows(cell: Cell, expected: str) -> None:
    assert cells.text(cell) == expected


def test_a_choice_goes_by_its_label() -> None:
    assert cells.choice(Cell(" 滞后 "), Status) is Status.LAGGING
    assert cells.choice(Cell(None), Status) is None
    with pytest.raises(ValueError, match="“推进中”不在可选之列。请从下拉列表中选择：未启动、正常推进"):
        cells.choice(Cell("推进中"), Status)


@pytest.mark.parametrize(("value", "expected"), [("是", True), ("否", False), (None, False), (True, True)])
def test_a_tick_is_yes_or_no(value: object, expected: bool) -> None:
    assert cells.is_done(Cell(value)) is expected
    with pytest.raises(ValueError, match="请填“是”或“否”"):
        cells.is_done(Cell("办完了"))
