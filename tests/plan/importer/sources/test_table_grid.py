"""How cells lie in a table, and how a table is read that holds no tasks."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from app.base.errors import BadInput
from app.plan.importer.blocks import SourceLine, SourceText
from app.plan.importer.sources.file_kinds import DAMAGED, refusing_damage
from app.plan.importer.sources.source_file import (
    FileContents,
    TableShare,
    may_be_head,
    source_of_contents,
)
from app.plan.importer.sources.table_blocks import is_title
from app.plan.importer.sources.table_grid import (
    COLUMNS,
    PAGE_LINE,
    PLACES,
    PLAIN,
    OverlargeTable,
    TableCell,
    TableGrid,
    grid_of_rows,
    squeezed_text,
)
from app.plan.importer.sources.task_rows import PlainRow, labelled_lines, numbered_words
from app.plan.importer.sources.task_tables import ColumnRole, TaskTable
from app.plan.importer.sources.workbook_sheets import (
    MOST_MERGED,
    column_number,
    merged_areas,
    shown_text,
)


def cells(
    *words: str, height: int = 1, width: int = 1
) -> list[tuple[int, int, tuple[tuple[str, SourceLine], ...]]]:
    return [(height, width, ((text, PLAIN),)) for text in words]


def laid_out(grid: TableGrid) -> list[list[str]]:
    return [["." if cell is None else cell.text for cell in row] for row in grid.rows]


def test_cells_stand_in_the_first_free_place() -> None:
    tall = cells("甲", height=2)
    assert laid_out(grid_of_rows([tall + cells("乙"), cells("丙", "丁")])) == [
        ["甲", "乙"],
        ["甲", "丙", "丁"],
    ]
    assert laid_out(grid_of_rows([cells("甲", width=2) + cells("乙"), cells("丙")])) == [
        ["甲", "甲", "乙"],
        ["丙"],
    ]
    assert laid_out(grid_of_rows([cells("甲"), [], cells("乙")])) == [["甲"], [], ["乙"]]
    assert laid_out(grid_of_rows([cells("甲"), []])) == [["甲"], []]
    gap = TableGrid()
    gap.place_cell(TableCell(0, 1, lines=(("乙", PLAIN),)))
    assert (laid_out(gap), gap.next_free_column(0), gap.next_free_column(1)) == ([[".", "乙"]], 0, 0)
    gap.place_cell(TableCell(0, 0, width=2, lines=(("甲", PLAIN),)))
    assert laid_out(gap) == [["甲", "乙"]]  # the first in a place stays


@pytest.mark.parametrize(
    ("cell", "is_taken"),
    [
        (TableCell(0, 0, width=COLUMNS), True),
        (TableCell(0, 1, width=COLUMNS), False),
        (TableCell(0, 0, height=PLACES * 5 // COLUMNS), True),
        (TableCell(1, 0, height=PLACES * 5 // COLUMNS), False),
    ],
)
def test_a_table_that_nobody_can_read_is_refused(cell: TableCell, is_taken: bool) -> None:
    assert (COLUMNS, PLACES, MOST_MERGED) == (200, 200_000, 20_000)
    if is_taken:
        TableGrid().place_cell(cell)
    else:
        with pytest.raises(OverlargeTable):
            TableGrid().place_cell(cell)


def test_a_table_that_only_places_text_is_read_cell_by_cell() -> None:
    placing = grid_of_rows([cells("甲"), cells("", "乙"), cells("")])
    assert (placing.is_layout, placing.has_words) == (True, True)
    assert [words for words, line in placing.plain_lines()] == ["甲", "乙"]
    rows = grid_of_rows([cells("标题"), cells("甲\n乙", "丙", ""), cells("")])
    assert not rows.is_layout
    assert [(words, line.is_table_row) for words, line in rows.plain_lines()] == [
        ("标题", True),
        ("甲 乙\t丙", True),
    ]
    assert not grid_of_rows([cells("", " ")]).has_words
    tall = grid_of_rows([cells("甲", height=2) + cells("乙"), cells("丙")])
    assert [words for words, _ in tall.plain_lines()] == ["甲\t乙", "丙"]
    assert squeezed_text("走访\n企业\nA\nB") == "走访企业 A B"


@pytest.mark.parametrize(
    ("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"AZ", 52), (b"BA", 53)]
)
def test_columns_of_a_sheet_are_counted_by_letters(letters: bytes, number: int) -> None:
    assert column_number(letters) == number


@pytest.mark.parametrize(
    ("reference", "areas"),
    [
        (b"A1:B2", [(0, 0, 2, 2)]),
        (b"A1:A1", [(0, 0, 1, 1)]),
        (b"B3:C9", [(2, 1, 3, 2)]),  # as far as there are rows
        (b"A5:A5", [(4, 0, 1, 1)]),
        (b"A6:A7", []),
        (b"GR1:GT1", [(0, 199, 1, 1)]),
        (b"GS1:GT1", []),
    ],
)
def test_merged_cells_reach_as_far_as_rows_and_columns(
    reference: bytes, areas: list[tuple[int, int, int, int]]
) -> None:
    assert list(merged_areas(b'<mergeCell ref="' + reference + b'"/>', 5)) == areas


@pytest.mark.parametrize(
    ("value", "kind", "is_percent", "shown"),
    [
        (0.5, "n", True, "50%"),
        (0.123, "n", False, "0.123"),
        (12.0, "n", False, "12"),
        (True, "b", False, "True"),
        ("甲_x000D_\r乙", "s", False, "甲乙"),
        ("=A1", "f", False, ""),
        ("#N/A", "e", False, ""),
        ("2026-09-30T00:00:00", "d", False, "2026年9月30日"),
        ("九月底", "d", False, "九月底"),
    ],
)
def test_a_value_is_shown_as_the_sheet_shows_it(
    value: object, kind: str, is_percent: bool, shown: str
) -> None:
    assert shown_text((value, kind, is_percent)) == shown  # type: ignore[arg-type]
    assert shown_text(None) == ""


@pytest.mark.parametrize(
    ("words", "is_head"),
    [
        ("一、" + "甲" * 58, True),
        ("一、" + "甲" * 59, False),
        ("一、甲", True),
        ("一、甲。", False),
        ("甲", False),
    ],
)
def test_a_short_numbered_line_may_be_a_head(words: str, is_head: bool) -> None:
    assert may_be_head(PlainRow(words, PLAIN)) is is_head
    assert not may_be_head(PlainRow(words, PAGE_LINE))


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("工作计划", True),
        ("计划表", False),
        ("甲" * 60, True),
        ("甲" * 61, False),
        ("工作计划。", False),
        ("工作计划：", False),
    ],
)
def test_a_title_is_neither_short_nor_long_nor_a_sentence(words: str, is_one: bool) -> None:
    source = SourceText.from_lines([(words, PLAIN)])
    assert is_title(source, source.lines[0]) is is_one


@pytest.mark.parametrize(("outside", "is_refused"), [(1, True), (2, False)])
def test_a_file_that_is_mostly_a_table_without_header_is_refused(outside: int, is_refused: bool) -> None:
    table = grid_of_rows(
        [cells("甲", "乙"), cells("丙"), cells("丁丁", "戊")]
    )  # eight characters with the gaps
    contents = FileContents((("字" * outside, PLAIN), table))
    share = TableShare(contents, {id(table): None})
    assert (share.outside, share.headless, share.tasks) == (outside, 8, 0)
    if is_refused:
        with pytest.raises(BadInput, match="没有可以认出的表头"):
            source_of_contents(contents)
    else:
        assert source_of_contents(contents).text == "字字\n甲\t乙\n丙\n丁丁\t戊"
    rows = grid_of_rows([cells("甲", "乙"), cells("丙丙", "丁丁")])
    assert TableShare(FileContents((rows,)), {id(rows): None}).outside == 8  # two rows are no table


@pytest.mark.parametrize(("outside", "is_task_list"), [(7, True), (8, False)])
def test_beside_chapters_the_tasks_of_a_table_are_most_of_the_text(outside: int, is_task_list: bool) -> None:
    table = grid_of_rows([cells("甲", "乙"), cells("丙"), cells("丁丁", "戊")])
    contents = FileContents((("字" * outside, SourceLine(0, 0, 1)), table))
    assert TableShare(contents, {id(table): Mock()}).is_task_list is is_task_list


@pytest.mark.parametrize(
    ("number", "words", "head"),
    [
        ("", "走访企业", "走访企业"),
        ("3", "走访企业", "3. 走访企业"),
        ("三", "走访企业", "三、走访企业"),
        ("3、", "走访企业", "3、走访企业"),
        ("（3）", "走访企业", "（3）走访企业"),
        ("A 3", "走访企业", "A3 走访企业"),
        ("3.", "3.走访企业", "3.走访企业"),
        ("（三）", "三、走访企业", "三、走访企业"),
        ("4", "3.走访企业", "4. 3.走访企业"),
    ],
)
def test_a_head_has_the_number_beside_it_once(number: str, words: str, head: str) -> None:
    assert numbered_words(number, words) == head


@pytest.mark.parametrize(
    ("label", "text", "role", "lines"),
    [
        ("责任", "经发办\n城管办、", ColumnRole.LEAD, ["牵头单位：经发办、城管办"]),
        ("牵头部门", "经发办", ColumnRole.LEAD, ["牵头部门：经发办"]),
        ("单位", "一居；\n二居", ColumnRole.SUPPORT, ["配合单位：一居；二居"]),
        ("目标", "走访百家\n签约十家", ColumnRole.NUMBER, ["目标：走访百家", "签约十家"]),
        ("", "走访百家\n签约十家", ColumnRole.NUMBER, ["走访百家", "签约十家"]),
    ],
)
def test_what_stands_beside_a_measure_has_its_label(
    label: str, text: str, role: ColumnRole, lines: list[str]
) -> None:
    assert [*labelled_lines(label, text, role)] == [(one, role) for one in lines]


@pytest.mark.parametrize(
    ("raised", "refusal"),
    [(ValueError("x"), DAMAGED), (KeyError("x"), DAMAGED), (BadInput("太大。"), "太大。")],
)
def test_whatever_a_library_stumbles_over_is_a_damaged_file(raised: Exception, refusal: str) -> None:
    def read(_source: object) -> object:
        raise raised

    with pytest.raises(BadInput, match=f"^{refusal}$"):
        refusing_damage(read, b"")
    assert refusing_damage(len, b"ab") == 2


@pytest.mark.parametrize(
    ("rows", "gathers"),
    [
        ([cells("甲", "乙", "己"), cells("丙", "丁", "己")], False),
        ([cells("甲", "乙", "己"), cells("", "丁", "己")], True),
        ([cells("", "乙", "己"), cells("甲", "丁", "己")], False),
        ([cells("甲", height=2) + cells("乙"), cells("丁")], True),
        ([cells("甲", "乙"), cells("", "段"), cells("丙", "丁")], False),  # the head of a part in between
        ([cells("甲", "乙"), cells("", ""), cells("丙", "丁")], False),
    ],
)
def test_a_cell_stands_for_several_rows_where_nothing_is_below(
    rows: list[list[tuple[int, int, tuple[tuple[str, SourceLine], ...]]]], gathers: bool
) -> None:
    table = TaskTable(grid_of_rows(rows), 0, 0, ["", ""], [ColumnRole.NUMBER, ColumnRole.MEASURE])
    assert table.gathers_rows(0) is gathers


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_file_has_a_million_characters_at_most(more: int, is_read: bool) -> None:
    contents = FileContents([("字" * 999_999, PLAIN), ("字" * (1 + more), PLAIN)])
    if is_read:
        assert len(source_of_contents(contents).text) == 1_000_001
    else:
        with pytest.raises(BadInput, match="超过 100 万字"):
            source_of_contents(contents)


def test_what_a_cell_above_covers_is_read_where_it_is_free() -> None:
    grid = TableGrid()
    grid.place_cell(TableCell(0, 0, height=2))
    grid.place_cell(TableCell(1, 0, height=2, lines=(("走访", PLAIN),)))
    assert [[cell.text for cell in grid.cells_beginning_in(row)] for row in range(3)] == [[], [], ["走访"]]
    assert [cell.height for cell in grid.cells_beginning_in(2)] == [1]
