"""The form of a letter (信函, 10.1)."""

from dataclasses import replace

import pytest

from reports.model import LetterMasthead, OfficialDocument, Paragraph
from tests.reports import samples
from tests.reports.every_form import (
    ALL_MARKINGS,
    LETTER,
    NUMBER,
    OFFICE,
)
from tests.reports.ink import (
    Extent,
    Sheet,
    page_texts,
    sheets,
)

LINE = 10.447
CHARACTER_GAP = 7 / 8 * 5.57
LONG_NAME = "上海市长宁区人民政府华阳路街道办事处"
SQUARES = (Paragraph("国" * 28 * 60),)


def first_page(document: OfficialDocument) -> Sheet:
    return sheets(samples.pdf(document), 1)[0]


def red_lines(sheet: Sheet) -> list[Extent]:
    """The four strokes of the two double lines."""
    return sheet.red_only.rules(160)


def text_between_lines(sheet: Sheet) -> list[Extent]:
    strokes = red_lines(sheet)
    return sheet.without_red.part(top=strokes[1].bottom, bottom=strokes[2].top).lines()


@pytest.mark.parametrize("issuer", [OFFICE, LONG_NAME, "民政局"])
def test_mark_is_30_mm_below_the_papers_edge_and_4_mm_above_the_line(issuer: str) -> None:
    sheet = first_page(replace(LETTER, masthead=LetterMasthead(issuer, NUMBER)))
    first_stroke = red_lines(sheet)[0]
    mark = sheet.red_only.part(bottom=first_stroke.top - 0.5).extent()
    assert mark.top == pytest.approx(30, abs=1)
    assert first_stroke.top - mark.bottom == pytest.approx(4, abs=0.5)
    assert mark.middle[0] == pytest.approx(28 + 78, abs=1)
    assert mark.left >= 27.5
    assert mark.right <= 184.5


def test_double_lines_are_170_mm_wide_thick_outside_and_20_mm_from_the_foot() -> None:
    strokes = red_lines(first_page(LETTER))
    assert len(strokes) == 4
    for stroke in strokes:
        assert (stroke.left, stroke.right) == pytest.approx((20, 190), abs=0.3)
    thick, thin, lower_thin, lower_thick = (stroke.bottom - stroke.top for stroke in strokes)
    assert thick > 2 * thin
    assert lower_thick > 2 * lower_thin
    assert 297 - strokes[-1].bottom == pytest.approx(20, abs=0.3)


def test_number_and_markings_stand_at_the_two_sides_below_the_line() -> None:
    sheet = first_page(replace(LETTER, masthead=LetterMasthead(OFFICE, NUMBER, ALL_MARKINGS)))
    top = red_lines(sheet)[1].bottom
    number = sheet.without_red.part(left=110, top=top, bottom=top + 14).extent()
    markings = sheet.without_red.part(right=60, top=top, bottom=top + 36).lines()
    assert number.right == pytest.approx(184, abs=0.7)
    assert number.top - top == pytest.approx(CHARACTER_GAP, abs=0.7)
    assert [line.left for line in markings] == pytest.approx([28] * 3, abs=0.8)
    assert markings[0].middle[1] == pytest.approx(number.middle[1], abs=0.7)


@pytest.mark.parametrize("markings", [LetterMasthead(OFFICE, NUMBER).marking, ALL_MARKINGS])
def test_title_stands_two_lines_below_the_last_element_above(markings: object) -> None:
    sheet = first_page(replace(LETTER, masthead=LetterMasthead(OFFICE, NUMBER, markings)))
    rows = max(1, len(markings.lines))
    lines = text_between_lines(sheet)
    assert lines[rows].middle[1] - lines[rows - 1].middle[1] == pytest.approx(3 * LINE, abs=1)


def test_last_line_of_page_1_keeps_the_same_distance_from_the_lower_line() -> None:
    sheet = first_page(replace(LETTER, body=SQUARES))
    lines = text_between_lines(sheet)
    strokes = red_lines(sheet)
    assert strokes[2].top - lines[-1].bottom == pytest.approx(CHARACTER_GAP, abs=0.7)
    assert lines[0].top - strokes[1].bottom == pytest.approx(CHARACTER_GAP, abs=0.7)


def test_page_1_carries_no_number_and_page_2_does() -> None:
    texts = page_texts(samples.pdf(replace(LETTER, body=SQUARES)))
    assert "— 1 —" not in texts[0]
    assert texts[1].rstrip().endswith("— 2 —")


@pytest.mark.parametrize("lines", [1, 12, 15, 30, 38, 60])
def test_imprint_is_nothing_but_the_copies_on_the_foot_of_the_last_page(lines: int) -> None:
    document = replace(LETTER, body=(Paragraph("国" * (28 * lines - 2)),))
    text = page_texts(samples.pdf(document))[-1]
    assert "抄送：区委办公室，区人大常委会办公室。" in text
    assert "印发" not in text
    last = sheets(samples.pdf(document))[-1].without_red
    assert not last.rules(155)
    assert last.part(top=240, bottom=264).lines()[-1].bottom == pytest.approx(260, abs=1.5)


def test_a_letter_without_copies_has_no_imprint() -> None:
    document = replace(LETTER, imprint=replace(LETTER.imprint, copies_to=()))
    assert len(page_texts(samples.pdf(document))) == 1
