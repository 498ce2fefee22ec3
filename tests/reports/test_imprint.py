"""The imprint on the foot of the last page, and the numbers of the pages around it (7.4, 7.5)."""

from dataclasses import replace

import pytest

from reports.model import Enclosure, Imprint, OfficialDocument, Paragraph
from reports.text_fitting import LineSetting
from tests.reports import gates, samples
from tests.reports.ink import Sheet, page_texts, sheets


def square_lines(count: int) -> OfficialDocument:
    """A document whose text is `count` lines long."""
    return replace(samples.UPWARD, body=(Paragraph("国" * (28 * count - 2)),))


def last_sheets(document: OfficialDocument) -> list[Sheet]:
    return sheets(samples.pdf(document))


def has_folio(sheet: Sheet) -> bool:
    return not sheet.part(top=265, bottom=275).is_blank


@pytest.mark.parametrize(
    "document", [samples.UPWARD, samples.PROSE, samples.REPORT, square_lines(3), square_lines(16)]
)
def test_last_line_lies_on_the_bottom_of_the_type_area_of_the_last_page(document: OfficialDocument) -> None:
    pages = last_sheets(document)
    rules = pages[-1].rules(150)
    assert rules[-1].bottom == pytest.approx(262, abs=0.5)
    assert (rules[-1].left, rules[-1].right) == pytest.approx((28, 184), abs=0.3)
    assert len(pages) % 2 == 0
    assert "印发" in page_texts(samples.pdf(document))[-1]


def test_outer_lines_are_thicker_than_the_inner_one() -> None:
    first, middle, last = last_sheets(samples.UPWARD)[-1].rules(150)
    thickness = [rule.bottom - rule.top for rule in (first, middle, last)]
    assert thickness[0] == pytest.approx(0.35, abs=0.13)
    assert thickness[1] == pytest.approx(0.25, abs=0.13)
    assert thickness[2] == pytest.approx(0.35, abs=0.13)


def test_text_ending_on_an_even_page_shares_it_with_the_imprint() -> None:
    pages = last_sheets(square_lines(12))
    assert len(pages) == 2
    assert has_folio(pages[1])
    assert "国" in page_texts(samples.pdf(square_lines(12)))[1]


def test_text_ending_on_an_odd_page_sends_the_imprint_to_its_numbered_back() -> None:
    pages = last_sheets(square_lines(2))
    assert len(pages) == 2
    assert has_folio(pages[1])
    assert "国" not in page_texts(samples.pdf(square_lines(2)))[1]


def test_without_room_on_an_even_page_a_blank_and_the_imprint_follow_unnumbered() -> None:
    pages = last_sheets(square_lines(25))
    assert len(pages) == 4
    assert has_folio(pages[1])
    assert pages[2].is_blank
    assert not has_folio(pages[3])
    assert not pages[3].is_blank


def test_lines_are_set_closer_where_the_imprint_then_finds_room() -> None:
    printed = gates.printed(square_lines(24))
    assert printed.setting is LineSetting.CLOSER_LINES
    assert len(printed.pages) == 2
    for gate in gates.GATES:
        gate(printed)


def test_a_text_that_is_issued_is_set_closer_where_the_imprint_then_finds_room() -> None:
    issued = Enclosure("2026年工作计划", (Paragraph("国" * (28 * 107 - 2)),))  # to the last line of page 6
    printed = gates.printed(replace(samples.DOWNWARD, enclosure=issued))
    assert printed.setting is LineSetting.CLOSER_LINES
    assert len(printed.pages) == 6
    for gate in gates.GATES:
        gate(printed)


def test_imprint_text_leaves_one_character_free_on_both_sides() -> None:
    sheet = last_sheets(samples.UPWARD)[-1]
    top, middle, bottom = sheet.rules(150)
    copies = sheet.part(top=top.bottom + 0.3, bottom=middle.top - 0.3).extent()
    issued = sheet.part(top=middle.bottom + 0.3, bottom=bottom.top - 0.3).extent()
    assert copies.left == pytest.approx(28 + 4.94, abs=0.8)
    assert issued.left == pytest.approx(28 + 4.94, abs=0.8)
    assert issued.right == pytest.approx(184 - 4.94, abs=0.8)


def test_copies_wrap_below_the_first_name() -> None:
    many = replace(samples.UPWARD, imprint=Imprint("党政办公室", samples.DAY, ("区人大常委会办公室",) * 4))
    sheet = last_sheets(many)[-1]
    top, middle, _ = sheet.rules(150)
    first, second = sheet.part(top=top.bottom + 0.3, bottom=middle.top - 0.3).lines()
    assert second.left - first.left == pytest.approx(3 * 4.94, abs=0.8)
