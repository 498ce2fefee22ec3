"""Every mistake in a form is told with its sheet, row and column; nothing of such a form is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from app.base.errors import BadInput
from app.filing.core.content import FilingContent, Tick
from app.filing.core.lights import Light
from app.filing.core.measure_status import MeasureStatus
from app.filing.workbook.layout import FORM, INDICATORS, MILESTONES, TASKS
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.reading import read_form
from app.periods.rules import Quarter
from tests.filing.workbook.forms import (
    FIRST,
    QUARTER,
    SECOND,
    Formula,
    Share,
    edited,
    filled,
    form,
    form_row,
)

Edit = Callable[[Workbook], object]


def mistakes(data: bytes) -> list[tuple[str, int, str]]:
    with pytest.raises(UnusableForm) as refusal:
        read_form(data, QUARTER)
    assert len(refusal.value.problems) == len(refusal.value.mistakes)
    return [(mistake.sheet, mistake.row, mistake.column) for mistake in refusal.value.mistakes]


def test_what_was_filled_in_is_read() -> None:
    answers = {
        (FIRST, "progress"): "已走访企业32家。\n形成线索12条。",
        (FIRST, "percent"): Share(0.76),
        (FIRST, "status"): "滞后",
        (FIRST, "light"): "红灯",
        (FIRST, "light_reason"): "场地未落实",
    }
    data = filled(form(form_row(), form_row(filing_id=2)), answers)
    data = filled(data, {(FIRST, "done"): "是", (FIRST, "note"): "九月办结"}, TASKS)
    data = filled(data, {(FIRST, "value"): 97.5, (FIRST, "base"): "100"}, INDICATORS)
    data = filled(data, {(FIRST, "reached"): "是", (SECOND, "reached"): None}, MILESTONES)
    first, second = read_form(data, QUARTER).filings
    assert first.content == FilingContent(
        progress="已走访企业32家。\n形成线索12条。",
        percent=76,
        status=MeasureStatus.LAGGING,
        light=Light.RED,
        light_reason="场地未落实",
        ticks={101: Tick(True, "九月办结"), 102: Tick(False)},
        indicators={201: Decimal("97.5")},
        bases={201: Decimal(100)},
        milestones={301: True, 302: False},
    )
    assert second.content == FilingContent(
        ticks={101: Tick(False), 102: Tick(False)},
        indicators={201: None},
        bases={201: None},
        milestones={301: False, 302: False},
    )
    assert (first.row, second.row) == (FIRST, SECOND)
    assert first.part_rows == {
        (TASKS, 101): 4,
        (TASKS, 102): 5,
        (INDICATORS, 201): 4,
        (MILESTONES, 301): 4,
        (MILESTONES, 302): 5,
    }


def test_a_form_without_milestones_says_nothing_of_them() -> None:
    (reported,) = read_form(form(replace(form_row(), milestones={})), QUARTER).filings
    assert reported.content.milestones == {}


def test_an_answer_that_is_no_tick_has_its_place() -> None:
    data = filled(form(), {(SECOND, "reached"): "基本完成"}, MILESTONES)
    assert mistakes(data) == [("节点", SECOND, "F 列（已完成）")]


@pytest.mark.parametrize(
    ("typed", "number"),
    [(1200, "1200"), (97.5, "97.5"), ("1,200.5", "1200.5"), ("１２", "12"), (Share(0.955), "95.5"), (0, "0")],
)
def test_a_number_is_read_as_people_type_it(typed: object, number: str) -> None:
    (reported,) = read_form(filled(form(), {(FIRST, "value"): typed}, INDICATORS), QUARTER).filings
    assert reported.content.indicators == {201: Decimal(number)}


@pytest.mark.parametrize("typed", ["12家", "约12", "1e400", True, 1e300, 0.123456, Formula("=1+1")])
def test_what_is_no_number_has_its_place(typed: object) -> None:
    data = filled(form(), {(FIRST, "value"): typed}, INDICATORS)
    assert mistakes(data) == [("指标", FIRST, "H 列（数值）")]


def test_every_mistake_has_its_place_and_all_are_named_at_once() -> None:
    answers = {
        (FIRST, "percent"): "七成",
        (FIRST, "status"): "推进中",
        (FIRST, "progress"): Formula("=1+1"),
        (SECOND, "percent"): -1,
        (SECOND, "light"): "红灯",
    }
    data = filled(form(form_row(), form_row(filing_id=2)), answers)
    data = filled(data, {(FIRST, "done"): "办完了", (SECOND, "note"): "长" * 256}, TASKS)
    assert mistakes(data) == [
        ("填报", 4, "I 列（进展情况）"),
        ("填报", 4, "L 列（完成率）"),
        ("填报", 4, "M 列（举措状态）"),
        ("填报", 5, "L 列（完成率）"),
        ("填报", 5, "Q 列（调整理由）"),
        ("任务", 4, "F 列（已办结）"),
        ("任务", 5, "G 列（说明）"),
    ]


def test_a_cell_that_cannot_be_read_is_not_blamed_twice() -> None:
    data = filled(form(), {(FIRST, "light"): "紫灯", (FIRST, "light_reason"): "场地未落实"})
    assert mistakes(data) == [("填报", 4, "P 列（调整亮灯）")]


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (lambda book: book["填报"].move_range("J3:J9", cols=20), [("填报", 3, "J 列")]),
        (lambda book: book["填报"].__setitem__("J3", "问题"), [("填报", 3, "J 列")]),
        (lambda book: book["任务"].delete_cols(6), [("任务", 3, "F 列"), ("任务", 3, "G 列")]),
        (lambda book: book["任务"].delete_rows(1, 9), [("任务", 3, f"{letter} 列") for letter in "ABCDEFG"]),
    ],
)
def test_moved_renamed_and_deleted_columns_are_named(edit: Edit, found: list[tuple[str, int, str]]) -> None:
    assert mistakes(edited(form(), edit)) == found


def test_an_inserted_column_is_refused() -> None:
    moved = edited(form(), lambda book: book["填报"].insert_cols(9))
    assert mistakes(moved)[0] == ("填报", 3, "I 列")


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda book: book.remove(book["任务"]), "没有找到工作表“任务”"),
        (lambda book: setattr(book["填报"], "title", "我的填报"), "没有找到工作表“填报”"),
        (lambda book: [sheet.delete_rows(4, 9) for sheet in book], "没有一行可以导入"),
    ],
)
def test_what_is_no_form_is_refused_as_a_whole(edit: Edit, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_form(edited(form(), edit), QUARTER)


def test_a_form_of_another_quarter_is_refused_by_its_name() -> None:
    other = form(form_row(quarter=Quarter(2026, 2)))
    with pytest.raises(BadInput, match="这是2026年第二季度的填报表，不是2026年第三季度的"):
        read_form(other, QUARTER)


def test_rows_without_a_key_and_rows_twice_are_refused() -> None:
    data = form(form_row(), form_row(filing_id=2), form_row(filing_id=3))
    key = str(form_row().key)
    spoilt = filled(data, {(4, "key"): "涂改", (5, "key"): key, (6, "key"): key, (9, "progress"): "新增的行"})
    spoilt = filled(spoilt, {(6, "key"): "2-101", (7, "key"): None, (7, "note"): "无主"}, TASKS)
    places = mistakes(spoilt)
    assert ("填报", 4, "A 列（编号）") in places
    assert ("填报", 6, "A 列（编号）") in places
    assert ("填报", 9, "A 列（编号）") in places
    assert ("任务", 7, "A 列（编号）") in places


def test_rows_and_blank_rows_can_be_sorted_without_harm() -> None:
    data = edited(
        form(form_row(FilingContent(progress="甲")), form_row(filing_id=2)),
        lambda book: book[FORM.name].move_range("A4:Q4", rows=5),
    )
    assert [(row.row, row.key.filing_id) for row in read_form(data, QUARTER).filings] == [(5, 2), (9, 1)]


def test_the_same_mistake_in_many_cells_is_listed_once() -> None:
    rows = [form_row(filing_id=number) for number in range(1, 46)]
    spoilt = filled(
        form(*rows), {(row, "percent"): "七成" for row in (4, 6, 7, 8, 48)} | {(5, "percent"): -1}
    )
    with pytest.raises(UnusableForm, match="有 6 处需要改正") as refusal:
        read_form(spoilt, QUARTER)
    listed = [(one.rows, one.columns, one.sentence[:5]) for one in refusal.value.listed]
    assert listed == [
        ("4、6 至 8、48", "L 列（完成率）", "“七成”不"),
        ("5", "L 列（完成率）", "完成率 -"),
    ]


def test_columns_that_moved_are_listed_once() -> None:
    with pytest.raises(UnusableForm) as refusal:
        read_form(edited(form(), lambda book: book["填报"].insert_cols(9)), QUARTER)
    (listed,) = refusal.value.listed
    assert (listed.rows, listed.columns) == ("3", "I 列至 Q 列，共 9 列")
    assert "这些列的表头与下载时不同" in listed.sentence
