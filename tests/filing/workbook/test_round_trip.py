"""What goes out comes back the same, whatever people write."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.base.tables.sheet_writing import TOO_MUCH_FOR_CELL
from app.filing.core.content import FilingContent, Tick
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.workbook.carried import (
    carried_content,
    complete_content,
    digest_of_content,
)
from app.filing.workbook.layout import FORM
from app.filing.workbook.reading import read_form
from reports.characters import FACELESS_SIGNS
from reports.excel_sheet import CELL_LENGTH
from tests.filing.workbook.forms import (
    FIRST,
    INDICATORS_OF_ROW,
    MILESTONES_OF_ROW,
    QUARTER,
    TASKS_OF_ROW,
    form,
    form_row,
)

OPENINGS = (
    "",
    "=",
    "+",
    "-",
    "@",
    "'",
    '"',
    "\t",
    "\n",
    " ",
    "=cmd|' /C calc'!A0",
    "#N/A",
    "TRUE",
    "0.76",
    "﻿",
)


def printable(length: int) -> st.SearchStrategy[str]:
    return st.text(max_size=length).map(lambda text: FACELESS_SIGNS.sub("", text))


texts = st.builds(str.__add__, st.sampled_from(OPENINGS), printable(60))
notes = printable(255)
denominators = st.decimals("0.0001", 99_999, places=4)
numbers = st.decimals(-99_999_999_999, 99_999_999_999, places=4)


@st.composite
def contents(draw: st.DrawFn) -> FilingContent:
    light = draw(st.none() | st.sampled_from(Light))
    return FilingContent(
        progress=draw(texts),
        problems=draw(texts),
        next_steps=draw(texts),
        percent=draw(st.none() | st.integers(0, 200)),
        status=draw(st.none() | st.sampled_from(MeasureStatus)),
        status_reason=draw(texts),
        forecast=draw(st.none() | st.sampled_from(Forecast)),
        light=light,
        light_reason=f"因{draw(texts)}" if light else "",
        ticks={key: Tick(draw(st.booleans()), draw(notes)) for key in TASKS_OF_ROW},
        indicators={key: draw(st.none() | numbers) for key in INDICATORS_OF_ROW},
        bases={key: draw(st.none() | denominators) for key in INDICATORS_OF_ROW},
        milestones={key: draw(st.booleans()) for key in MILESTONES_OF_ROW},
    )


@given(contents())
@settings(max_examples=25)
def test_what_is_written_is_read_again(content: FilingContent) -> None:
    (reported,) = read_form(form(form_row(content)), QUARTER).filings
    assert reported.content == carried_content(content, TASKS_OF_ROW, INDICATORS_OF_ROW, MILESTONES_OF_ROW)
    assert digest_of_content(reported.content) == reported.key.digest


@given(contents())
def test_carrying_twice_is_carrying_once(content: FilingContent) -> None:
    parts = TASKS_OF_ROW, INDICATORS_OF_ROW, MILESTONES_OF_ROW
    once = carried_content(content, *parts)
    assert carried_content(once, *parts) == once


@pytest.mark.parametrize("opening", "=+-@")
def test_no_text_becomes_a_formula(opening: str) -> None:
    data = form(form_row(FilingContent(progress=f"{opening}SUM(A1:A9)")))
    cell = load_workbook(io.BytesIO(data))[FORM.name][f"{FORM.letter_of('progress')}{FIRST}"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value == f"{opening}SUM(A1:A9)"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    content = FilingContent(progress="甲\x00\x07乙\x0b\ud800丙\ufffe丁\r\n戊\r己𠮷")
    (reported,) = read_form(form(form_row(content)), QUARTER).filings
    assert reported.content.progress == "甲乙\n丙丁\n戊\n己𠮷"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("字" * CELL_LENGTH, True),
        ("字" * (CELL_LENGTH + 1), False),
        ("𠮷" * (CELL_LENGTH // 2), True),
        ("𠮷" * (CELL_LENGTH // 2 + 1), False),
        ("字" * 100_000, False),
        ("编码 _x000D_ 原样", False),
        ("编码 x005F_ 原样", False),
        ("编码 _x_ 原样", True),
    ],
)
def test_a_text_that_a_cell_cannot_hold_stays_as_it_is_in_the_system(text: str, fits: bool) -> None:
    present = FilingContent(progress=text, problems="不变")
    (reported,) = read_form(form(form_row(present)), QUARTER).filings
    assert reported.content.progress == (text if fits else TOO_MUCH_FOR_CELL)
    assert complete_content(reported.content, present).progress == text


def test_its_cell_cannot_be_filled_in() -> None:
    data = form(form_row(FilingContent(progress="字" * 100_000)))
    sheet = load_workbook(io.BytesIO(data))[FORM.name]
    locked = {
        name: sheet[f"{FORM.letter_of(name)}{FIRST}"].protection.locked for name in ("progress", "problems")
    }
    assert locked == {"progress": True, "problems": False}


def test_a_note_that_a_cell_cannot_hold_and_a_task_that_the_form_lacks_stay() -> None:
    present = FilingContent(ticks={101: Tick(False, "_x000D_"), 103: Tick(True, "早已办结")})
    ticked = FilingContent(ticks={101: Tick(True, TOO_MUCH_FOR_CELL), 102: Tick(True, "新办结")})
    assert complete_content(ticked, present).ticks == {
        101: Tick(True, "_x000D_"),
        102: Tick(True, "新办结"),
        103: Tick(True, "早已办结"),
    }
