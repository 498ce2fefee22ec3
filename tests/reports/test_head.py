"""The red head and the title (7.2.4-7, 7.3.1)."""

from dataclasses import replace

import pytest

from reports.model import Direction, DocumentNumber, Masthead, OfficialDocument
from tests.reports import samples
from tests.reports.ink import (
    Extent,
    Sheet,
    page_texts,
    sheets,
)

LONG_ISSUER = "上海市长宁区人民政府华阳路街道办事处"
SIGNED_BY_THREE = Masthead(
    ("华阳路街道办事处",), DocumentNumber("华街", 2026, 2), Direction.UPWARD, ("王玥", "李喆", "张堃")
)


def first_page(document: OfficialDocument) -> Sheet:
    return sheets(samples.pdf(document), 1)[0]


def red_line(sheet: Sheet) -> Extent:
    return sheet.red_only.rules(150)[0]


@pytest.mark.parametrize("issuer", ["华阳路街道办事处", LONG_ISSUER, "一"])
def test_mark_is_red_centred_and_35_mm_below_the_type_areas_top(issuer: str) -> None:
    masthead = Masthead((issuer,), DocumentNumber("华街", 2026, 3))
    sheet = first_page(replace(samples.DOWNWARD, masthead=masthead))
    extent = sheet.red_only.part(bottom=95).extent()
    assert extent.top == pytest.approx(37 + 35, abs=1)
    assert extent.middle[0] == pytest.approx(28 + 78, abs=1)
    assert extent.left >= 27.5
    assert extent.right <= 184.5


@pytest.mark.parametrize("masthead", [samples.UPWARD.masthead, samples.DOWNWARD.masthead, SIGNED_BY_THREE])
def test_red_line_lies_4_mm_below_the_number(masthead: Masthead) -> None:
    sheet = first_page(replace(samples.UPWARD, masthead=masthead))
    line = red_line(sheet)
    number = sheet.part(left=28, top=95, right=184, bottom=line.top - 0.3).lines()[-1]
    assert line.top - number.bottom == pytest.approx(4, abs=0.5)
    assert (line.left, line.right) == pytest.approx((28, 184), abs=0.3)


def test_number_stands_two_lines_below_the_mark() -> None:
    sheet = first_page(samples.DOWNWARD)
    mark = sheet.red_only.part(bottom=95).extent()
    number = sheet.part(top=mark.bottom + 1, bottom=red_line(sheet).top - 0.3).lines()[0]
    assert number.top - mark.bottom == pytest.approx(3 * 10.447 - 5.57, abs=1)


def test_downward_number_is_centred() -> None:
    sheet = first_page(samples.DOWNWARD)
    number = sheet.part(top=95, bottom=red_line(sheet).top - 0.3).extent()
    assert number.middle[0] == pytest.approx(28 + 78, abs=1)


def test_upward_number_is_left_and_signatory_right_with_one_character_free() -> None:
    sheet = first_page(samples.UPWARD)
    line = sheet.part(top=95, bottom=red_line(sheet).top - 0.3)
    assert len(line.lines()) == 1
    assert line.extent().left == pytest.approx(28 + 5.57, abs=0.7)
    assert line.extent().right == pytest.approx(184 - 5.57, abs=0.7)


def test_two_signatories_stand_on_a_line_and_the_number_on_the_last() -> None:
    sheet = first_page(replace(samples.UPWARD, masthead=SIGNED_BY_THREE))
    head = sheet.part(top=95, bottom=red_line(sheet).top - 0.3)
    assert len(head.lines()) == 2
    left = sheet.part(left=28, top=95, right=90, bottom=red_line(sheet).top - 0.3)
    assert left.extent().bottom == pytest.approx(head.extent().bottom, abs=0.6)


def test_title_stands_two_lines_below_the_red_line_centred() -> None:
    sheet = first_page(samples.UPWARD)
    line = red_line(sheet)
    title = sheet.part(top=line.bottom + 0.5, bottom=line.bottom + 50).lines()[0]
    assert title.top - line.bottom == pytest.approx(2 * 10.447 + (10.447 - 7.76) / 2, abs=1.2)
    assert title.middle[0] == pytest.approx(28 + 78, abs=1)


def test_page_1_shows_the_body() -> None:
    signed_by_eight = replace(SIGNED_BY_THREE, signatories=("王玥",) * 8)
    document = replace(samples.PROSE, masthead=signed_by_eight, title="关于工作计划推进情况的报告" * 5)
    assert samples.PROGRESS[:8] in page_texts(samples.pdf(document))[0]


def test_a_draft_leaves_room_for_number_signatory_and_date() -> None:
    text = page_texts(samples.pdf(samples.DRAFT))[0]
    assert "华街〔2026〕 号" in text.replace("　", " ")
    assert "签发人：" in text


def test_a_paper_without_red_head_begins_with_its_title() -> None:
    sheet = first_page(replace(samples.UPWARD, masthead=None))
    assert sheet.red_only.is_blank
    assert sheet.part(bottom=262).extent().top == pytest.approx(37 + 10.447, abs=2)
