"""What a workbook shows: which sheets, which merged cells, and how Excel writes a value."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from app.base.tables.sheet_parsing import PlainCell
from app.plan.importer.sources.table_grid import COLUMNS
from app.plan.importer.sources.workbook_sheets import (
    MOST_MERGED,
    Area,
    column_number,
    merged_areas,
    shown_day,
    shown_text,
    workbook_contents,
)


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        (("甲",), []),
        (("甲", None), []),
        (("甲", "乙"), ["工作簿里 2 张工作表都读了，按先后排列；不要的请删去后重新选择。"]),
        (("甲", None, "丙", "丁"), ["工作簿里 3 张工作表都读了，按先后排列；不要的请删去后重新选择。"]),
    ],
)
def test_sheets_with_words_are_read_and_counted(words: tuple[str | None, ...], notes: list[str]) -> None:
    book, file = Workbook(), io.BytesIO()
    for number, word in enumerate(words):
        sheet = book.active if number == 0 else book.create_sheet(f"表{number}")
        sheet["A1"] = word
    book.save(file)
    contents = workbook_contents(file)
    assert len(contents.items) == sum(word is not None for word in words)
    assert [*contents.notes] == notes


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (("走访\r\n企业_x000D_", "s", False), "走访\n企业"),
        ((12, "n", False), "12"),
        ((12.0, "n", False), "12"),
        ((0.1 + 0.2, "n", False), "0.3"),
        ((0.0125, "n", True), "1.25%"),
        ((1, "n", True), "100%"),
        ((True, "b", False), "True"),
        (("=A1+B1", "f", False), ""),
        (("#REF!", "e", False), ""),
        (("2026-03-05T00:00:00", "d", False), "2026年3月5日"),
        (("三月", "d", False), "三月"),
    ],
)
def test_a_value_reads_as_excel_shows_it(cell: PlainCell, text: str) -> None:
    assert shown_text(cell) == text


def test_a_day_that_is_none_stays_as_it_was_written() -> None:
    assert [shown_day(text) for text in ("2026-12-31", "2026-13-01", "")] == [
        "2026年12月31日",
        "2026-13-01",
        "",
    ]


@pytest.mark.parametrize(
    ("letters", "number"),
    [("A", 1), ("B", 2), ("Z", 26), ("AA", 27), ("AZ", 52), ("BA", 53), ("ZZ", 702), ("AAA", 703)],
)
def test_columns_are_counted_by_letters(letters: str, number: int) -> None:
    assert column_number(letters.encode()) == number


@pytest.mark.parametrize(
    ("reference", "areas"),
    [
        ("A1:B2", [(0, 0, 2, 2)]),
        ("C2:C4", [(1, 2, 3, 1)]),
        ("A1:A1", [(0, 0, 1, 1)]),
        ("A2:B9", [(1, 0, 4, 2)]),  # of five rows
        ("A5:B9", [(4, 0, 1, 2)]),
        ("A6:B9", []),
        ("B2:A1", []),
        ("A1:XFD1", [(0, 0, 1, COLUMNS)]),
    ],
)
def test_merged_cells_lie_within_rows_and_columns(reference: str, areas: list[Area]) -> None:
    document = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'.encode()
    assert [*merged_areas(document, 5)] == areas
    assert [*merged_areas(document.replace(b"<merge", b"<x:merge"), 5)] == areas


def test_no_more_merged_cells_are_read_than_anybody_merges() -> None:
    document = b'<mergeCell ref="A1:B1"/>' * (MOST_MERGED + 1)
    assert sum(1 for _ in merged_areas(document, 1)) == MOST_MERGED
