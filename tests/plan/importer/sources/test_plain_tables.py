"""The cells of tables in plain text: between tabs, between wide gaps, between the bars of Markdown."""

from __future__ import annotations

import csv

import pytest

from app.plan.importer.sources.plain_tables import grid_of_cells, keep_part_rows, split_rows

MOST_CHARACTERS = 131_072  # of a field between quotes
HEAD, ROWS = "序号  工作任务  责任单位", ("1  走访企业  经发办", "2  整治环境  城管办", "3  加装电梯  房管办")
CELLS = [["1", "走访企业", "经发办"], ["2", "整治环境", "城管办"], ["3", "加装电梯", "房管办"]]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\n丙", [["甲", "乙"], ["丙"]]),
        ("甲\t乙\n\n丙\t丁", [["甲", "乙"], [""], ["丙", "丁"]]),
        ('"甲\n乙"\t丙', [["甲\n乙", "丙"]]),
        ('"' + "甲" * MOST_CHARACTERS + '"\t丙', [["甲" * MOST_CHARACTERS, "丙"]]),
        # A quote that was never closed takes no more than a cell may hold: what stands there is kept as it is.
        ('"' + "甲" * (MOST_CHARACTERS + 1) + '"\t丙', [['"' + "甲" * (MOST_CHARACTERS + 1) + '"', "丙"]]),
        ("\n".join((HEAD, *ROWS)), [["序号", "工作任务", "责任单位"], *CELLS]),
        ("\n".join((HEAD.replace("  ", "\u3000"), *ROWS)), [["序号", "工作任务", "责任单位"], *CELLS]),
        (
            "\n".join(("一、营商  环境", HEAD, *ROWS)),
            [["一、营商  环境"], ["序号", "工作任务", "责任单位"], *CELLS],
        ),
        (
            "\n".join((HEAD, "续表  第二页", *ROWS)),
            [["序号", "工作任务", "责任单位"], ["续表  第二页"], *CELLS],
        ),
        ("\n".join((HEAD, "甲  乙  丙", *ROWS)), [["序号", "工作任务", "责任单位"], ["甲  乙  丙"], *CELLS]),
        ("\n".join(ROWS), [[row] for row in ROWS]),  # no header, no table
        ("\n".join(("序号  工作任务", *ROWS)), [["序号  工作任务"], *([row] for row in ROWS)]),
        ("|甲|乙|\n|---|:-:|\n|丙|丁<br>戊|", [["甲", "乙"], ["丙", "丁\n戊"]]),
        ("甲|乙|丙\n--|--|--\n一|二|三", [["甲", "乙", "丙"], ["一", "二", "三"]]),
        ("甲|乙", [["甲|乙"]]),
        ("- 一条", [["- 一条"]]),
        ("| 甲", [["| 甲"]]),
    ],
)
def test_lines_are_parted_into_cells(text: str, cells: list[list[str]]) -> None:
    assert split_rows(text, "\t") == cells


def test_what_another_reader_set_as_the_longest_field_does_not_matter() -> None:
    before = csv.field_size_limit(1)
    try:
        assert split_rows("甲乙丙\t丁", "\t") == [["甲乙丙", "丁"]]
    finally:
        csv.field_size_limit(before)


PART = "一、营商环境"


@pytest.mark.parametrize(
    ("widths", "words", "is_kept"),
    [
        ((3, 1, 3), PART, True),
        ((3, 1, 2), PART, True),
        ((1, 1, 3), PART, False),
        ((3, 1, 1), PART, False),
        ((3, 1), PART, False),
        ((1, 3), PART, False),
        ((3, 1, 3), "营商环境", False),
        ((3, 2, 3), PART, False),
    ],
)
def test_a_numbered_line_between_two_rows_is_one_of_them(
    widths: tuple[int, ...], words: str, is_kept: bool
) -> None:
    place = 0 if widths[0] == 1 and len(widths) == 2 else 1
    rows = [["甲"] * width for width in widths]
    rows[place] = [words, *rows[place][1:]]
    kept = [*rows[:place], [words, *[""] * (widths[0] - 1)], *rows[place + 1 :]]
    assert keep_part_rows(rows) == (kept if is_kept else rows)


def test_a_grid_has_the_cells_that_say_something_at_their_places() -> None:
    grid = grid_of_cells([["甲", " ", "乙\n 丙"], ["", "丁"]])
    found = [
        (cell.row, cell.column, [words for words, _ in cell.lines])
        for row in grid.rows
        for cell in row
        if cell
    ]
    assert found == [(0, 0, ["甲"]), (0, 2, ["乙", "丙"]), (1, 1, ["丁"])]
