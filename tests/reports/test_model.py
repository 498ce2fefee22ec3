"""What the model refuses, and how headings are numbered."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.model import (
    Chart,
    ChartRow,
    Column,
    Direction,
    DocumentError,
    DocumentNumber,
    Heading,
    Masthead,
    Paragraph,
    Table,
)
from reports.numbering import chinese_number, number_blocks
from tests.reports import samples

NUMBER = DocumentNumber("华街", 2026)
REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Masthead((" ",), NUMBER), "缺少发文机关标志"),
    (lambda: Masthead(("街道",), NUMBER, Direction.DOWNWARD, ("王玥",)), "只有上行文才标注签发人"),
    (lambda: Heading(5, "过深"), "“过深”的层级是5"),
    (lambda: Table((), ()), "表格没有列"),
    (lambda: Table((Column("甲"), Column("乙")), (("一", "二"), ("一",))), "第2行有1格，应为2格"),
    (lambda: Chart("图", (), ()), "图“图”没有数据"),
    (lambda: Chart("图", ("甲",), (ChartRow("一", (1, 2)),)), "“一”有2个数，应为1个"),
    (lambda: Chart("图", ("甲",), (ChartRow("一", (-1,)),)), "“一”有负数"),
    (lambda: Column("甲", 0), "“甲”一列的宽度是0，请改为大于零的数"),
    (lambda: Column("甲", float("nan")), "“甲”一列的宽度是nan，请改为大于零的数"),
    (lambda: replace(samples.UPWARD, title=" "), "缺少标题"),
    (lambda: replace(samples.UPWARD, title="国" * 121), "标题有121字，超过120字，请缩短标题"),
    (lambda: replace(samples.UPWARD, body=()), "没有正文"),
]


@pytest.mark.parametrize(("build", "sentence"), REFUSED)
def test_an_impossible_document_is_refused_in_a_clear_sentence(
    build: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(DocumentError, match=sentence):
        build()


def test_number_of_a_draft_stays_blank() -> None:
    assert str(NUMBER) == "华街〔2026〕　号"
    assert str(DocumentNumber("华街", 2026, 12)) == "华街〔2026〕12号"


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (45, "四十五"), (99, "九十九")]
)
def test_numbers_up_to_99_are_written_in_chinese(number: int, written: str) -> None:
    assert chinese_number(number) == written


@pytest.mark.parametrize("number", [0, 100])
def test_numbers_beyond_two_digits_are_refused(number: int) -> None:
    with pytest.raises(DocumentError, match=f"1至99，不能是{number}"):
        chinese_number(number)


def test_headings_count_within_their_higher_heading_and_keep_given_numbers() -> None:
    blocks = (
        Heading(1, "甲"),
        Heading(2, "乙"),
        Paragraph("文", head=Heading(3, "丙")),
        Paragraph("文"),
        Paragraph("文", head=Heading(3, "丁")),
        Heading(4, "戊"),
        Heading(2, "己"),
        Heading(3, "庚"),
        Heading(1, "辛", number=7),
        Heading(2, "壬"),
        Heading(1, "癸"),
    )
    labels = [label for label, _ in number_blocks(blocks)]
    assert labels == ["一、", "（一）", "1.", "", "2.", "（1）", "（二）", "1.", "七、", "（一）", "八、"]
