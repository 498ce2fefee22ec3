"""Column widths by what the columns hold, and rows kept in one piece."""

import pytest

from reports.model import Column, DocumentError, Table
from reports.table_columns import PADDING_EMS, column_widths, stands_whole, table_width

LONG = Table(
    (Column("序号"), Column("举措"), Column("进展情况"), Column("完成率")),
    tuple((str(number), "夯实招商项目蓄水池", "乙" * 200, "75.5%") for number in range(1, 46)),
)
SHORT, LENGTHY = "目标三十字" * 6, "进展情况写得很长" * 20
UNEVEN = Table(
    tuple(Column(head) for head in ("年度目标", "进展情况", "存在问题")),
    tuple((SHORT, LENGTHY if number == 0 else SHORT, "无") for number in range(12)),
)


@pytest.mark.parametrize("turned", [False, True])
def test_widths_fill_the_table_and_follow_the_texts(turned: bool) -> None:
    number, measure, progress, rate = column_widths(LONG, turned)
    assert sum((number, measure, progress, rate)) == pytest.approx(table_width(turned))
    assert progress > measure > number
    assert number >= 2
    assert measure >= 4
    assert rate >= 3


def test_given_widths_are_shares() -> None:
    table = Table((Column("甲", 1), Column("乙", 3)), (("一", "乙" * 99),))
    narrow, wide = column_widths(table, landscape=False)
    assert wide == pytest.approx(3 * narrow)


def test_a_table_of_short_cells_still_fills_its_width() -> None:
    table = Table((Column("甲"), Column("乙")), (("一", "二"),))
    assert sum(column_widths(table, landscape=False)) == pytest.approx(table_width(False))


@pytest.mark.parametrize(("turned", "most"), [(False, 15), (True, 25)])
def test_many_columns_share_what_there_is_and_too_many_are_refused(turned: bool, most: int) -> None:
    heads = tuple(Column("很长的表头名称") for _ in range(most))
    widths = column_widths(Table(heads, ()), turned)
    assert sum(widths) == pytest.approx(table_width(turned))
    assert min(widths) > 2
    with pytest.raises(DocumentError, match=f"表格有40列，.*最多排得下{most}列；请减少列数"):
        column_widths(Table(heads[:1] * 40, ()), turned)


@pytest.mark.parametrize(("length", "whole"), [(100, True), (400, False)])
def test_only_a_long_row_may_break(length: int, whole: bool) -> None:
    assert stands_whole(("1", "乙" * length), [3.0, 20.0]) is whole


def test_room_goes_to_the_columns_that_make_rows_tall() -> None:
    target, progress, problems = column_widths(UNEVEN, landscape=True)
    assert target > 2 * problems
    assert progress > target


def test_a_column_is_wider_than_its_characters_alone_would_have_it() -> None:
    rows = tuple(("国" * 9, "国" * 24, "国" * 300, "国" * 24 if number % 2 else "无") for number in range(12))
    heads = tuple(map(Column, ("举措", "年度目标", "进展情况", "存在问题")))
    assert (
        column_widths(Table(heads, rows), landscape=True)[-1] > 6
    )  # at 4 ems marks and words would take it longer


def test_columns_hold_whole_characters_and_the_widest_has_what_is_over() -> None:
    target, progress, problems = (width - PADDING_EMS for width in column_widths(UNEVEN, landscape=True))
    assert (target, problems) == pytest.approx((round(target), round(problems)), abs=0.001)
    assert sum((target, progress, problems)) == pytest.approx(table_width(True) - 3 * PADDING_EMS)
