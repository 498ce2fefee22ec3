"""Reading one cell as people fill it in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.base.tables.spreadsheets import SheetCell
from app.filing.core.measure_status import MeasureStatus
from app.filing.workbook import cell_reading


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (SheetCell(None), None),
        (SheetCell("  "), None),
        (SheetCell(76), 76),
        (SheetCell(76.0), 76),
        (SheetCell(0), 0),
        (SheetCell(0.76, is_percent=True), 76),
        (SheetCell(0.29, is_percent=True), 29),
        (SheetCell(1, is_percent=True), 100),
        (SheetCell(1.05, is_percent=True), 105),
        (SheetCell("76"), 76),
        (SheetCell(" 76 % "), 76),
        (SheetCell("７６％"), 76),
        (SheetCell("76.0"), 76),
        (SheetCell(-5), -5),
        (SheetCell("1000000000"), 10**9),
    ],
)
def test_a_percent_is_read_as_people_write_it(cell: SheetCell, expected: int | None) -> None:
    assert cell_reading.cell_percent(cell) == expected


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (SheetCell(0.76), "如果是 76%，请填 76"),
        (SheetCell("0.76"), "如果是 76%，请填 76"),
        (SheetCell(76.5), "“76.5”不是整数。完成率请填整数，如 76。"),
        (SheetCell("0.01"), "如果是 1%，请填 1"),
        (SheetCell("-0.5"), "“-0.5”不是整数。完成率请填整数，如 76。"),
        (SheetCell("1.5"), "“1.5”不是整数。完成率请填整数，如 76。"),
        (SheetCell("1000000001"), "超出范围"),
        (SheetCell("1E999999"), "超出范围"),
        (SheetCell(0.765, is_percent=True), "“76.5%”不是整数"),
        (SheetCell("七成"), "“七成”不是数字"),
        (SheetCell("%"), "不是数字"),
        (SheetCell("nan"), "不是数字"),
        (SheetCell("Infinity"), "不是数字"),
        (SheetCell(True), "不是数字"),
        (SheetCell("=A1", "f"), "公式"),
        (SheetCell("#DIV/0!", "e"), "公式出错"),
        (SheetCell("2026-07-06 00:00:00", "d"), "日期"),
    ],
)
def test_what_is_no_percent_is_refused_with_what_to_do(cell: SheetCell, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        cell_reading.cell_percent(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (SheetCell(None), ""),
        (SheetCell(32), "32"),
        (SheetCell(32.0), "32"),
        (SheetCell(0.1), "0.1"),
        (SheetCell(0.1234564), "0.123456"),
        (SheetCell(0.1234566), "0.123457"),
        (SheetCell(1e20), "100000000000000000000"),
        (SheetCell(0.76, is_percent=True), "76%"),
        (SheetCell(True), "是"),
        (SheetCell("=不是公式"), "=不是公式"),
        (SheetCell("甲_x000D_\n乙_x000d_丙"), "甲\n乙\n丙"),
    ],
)
def test_a_text_is_what_the_cell_shows(cell: SheetCell, expected: str) -> None:
    assert cell_reading.cell_text(cell) == expected


def test_a_choice_goes_by_its_label() -> None:
    assert cell_reading.cell_choice(SheetCell(" 滞后 "), MeasureStatus) is MeasureStatus.LAGGING
    assert cell_reading.cell_choice(SheetCell(None), MeasureStatus) is None
    with pytest.raises(ValueError, match="“推进中”不在可选之列。请从下拉列表中选择：未启动、正常推进"):
        cell_reading.cell_choice(SheetCell("推进中"), MeasureStatus)


@pytest.mark.parametrize(("value", "expected"), [("是", True), ("否", False), (None, False), (True, True)])
def test_a_tick_is_yes_or_no(value: object, expected: bool) -> None:
    assert cell_reading.is_marked_yes(SheetCell(value)) is expected
    with pytest.raises(ValueError, match="请填“是”或“否”"):
        cell_reading.is_marked_yes(SheetCell("办完了"))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (SheetCell(None), None),
        (SheetCell(" "), None),
        (SheetCell(1200), "1200"),
        (SheetCell("1,200.5"), "1200.5"),
        (SheetCell(0.95, is_percent=True), "95"),
        (SheetCell(0.1 + 0.2), "0.3"),
        (SheetCell(0), "0"),
    ],
)
def test_a_number_is_read_without_its_unit(cell: SheetCell, expected: str | None) -> None:
    assert cell_reading.cell_number(cell) == (None if expected is None else Decimal(expected))


def test_a_number_is_no_yes_and_no_words() -> None:
    for value in (True, "若干"):
        with pytest.raises(ValueError, match="数字"):
            cell_reading.cell_number(SheetCell(value))
