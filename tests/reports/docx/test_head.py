"""The printed DOCX by a ruler: red heads, signatures, what page 1 shows (7.2, 7.3, 10.1, 10.3)."""

from collections.abc import Mapping

import pytest

from reports.model import Direction, Heading, LetterMasthead, Masthead, MinutesMasthead, Paragraph
from tests.reports import samples
from tests.reports.docx.samples import DOCUMENTS
from tests.reports.ink import (
    Extent,
    Sheet,
    page_texts,
    sheets,
)

CHARACTER = 5.556
HEADED = [
    name for name, document in DOCUMENTS.items() if isinstance(document.masthead, Masthead | MinutesMasthead)
]
NUMBERED = [name for name in HEADED if DOCUMENTS[name].masthead.number]
UPWARD = [
    name
    for name in HEADED
    if isinstance(head := DOCUMENTS[name].masthead, Masthead) and head.direction is Direction.UPWARD
]
LETTERS = [name for name, document in DOCUMENTS.items() if isinstance(document.masthead, LetterMasthead)]


def first_page(pdf: bytes) -> Sheet:
    return sheets(pdf, 1)[0]


def body_lines(sheet: Sheet) -> list[Extent]:
    """The lines of a letter's page above its number or its lower red line."""
    return sheet.without_red.part(left=25, top=30, right=187, bottom=267).lines()


def red_line(sheet: Sheet) -> Extent:
    return sheet.red_only.rules(150)[0]


@pytest.mark.parametrize("name", HEADED)
def test_mark_is_red_centred_and_35_mm_below_the_type_areas_top(
    printed: Mapping[str, bytes], name: str
) -> None:
    sheet = first_page(printed[name])
    extent = sheet.red_only.part(bottom=red_line(sheet).top - 5).extent()
    assert extent.top == pytest.approx(37 + 35, abs=1)
    assert extent.middle[0] == pytest.approx(28 + 78, abs=1)
    assert extent.left >= 27.5
    assert extent.right <= 184.5


@pytest.mark.parametrize("name", NUMBERED)
def test_red_line_lies_4_mm_below_the_number(printed: Mapping[str, bytes], name: str) -> None:
    sheet = first_page(printed[name])
    line = red_line(sheet)
    number = sheet.part(left=28, top=95, right=184, bottom=line.top - 0.3).lines()[-1]
    assert line.top - number.bottom == pytest.approx(4, abs=0.5)
    assert (line.left, line.right) == pytest.approx((28, 184), abs=0.3)


@pytest.mark.parametrize("name", UPWARD)
def test_number_and_signatories_leave_one_character_free(printed: Mapping[str, bytes], name: str) -> None:
    sheet = first_page(printed[name])
    extent = sheet.part(top=95, bottom=red_line(sheet).top - 0.3).extent()
    assert extent.left == pytest.approx(28 + CHARACTER, abs=0.7)
    if DOCUMENTS[name].masthead.signatories:
        assert extent.right == pytest.approx(184 - CHARACTER, abs=0.7)


@pytest.mark.parametrize("name", HEADED)
def test_title_stands_two_lines_below_the_red_line(printed: Mapping[str, bytes], name: str) -> None:
    sheet = first_page(printed[name])
    line = red_line(sheet)
    title = sheet.part(top=line.bottom + 0.5, bottom=line.bottom + 50).lines()[0]
    assert title.top - line.bottom == pytest.approx(2 * 10.447 + (10.447 - 7.76) / 2, abs=1.2)
    assert title.middle[0] == pytest.approx(28 + 78, abs=1)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letters_mark_and_double_lines_keep_their_distances(
    printed: Mapping[str, bytes], name: str
) -> None:
    sheet = first_page(printed[name])
    thick, thin, lower_thin, lower_thick = sheet.red_only.rules(160)
    mark = sheet.red_only.part(bottom=thick.top - 1).extent()
    assert mark.top == pytest.approx(30, abs=1)
    assert thick.top - mark.bottom == pytest.approx(4, abs=0.5)
    assert lower_thick.bottom == pytest.approx(297 - 20, abs=0.5)
    assert thick.bottom - thick.top > thin.bottom - thin.top
    assert lower_thick.bottom - lower_thick.top > lower_thin.bottom - lower_thin.top
    for line in (thick, thin, lower_thin, lower_thick):
        assert (line.left, line.right) == pytest.approx((20, 190), abs=0.5)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letters_first_page_is_filled_down_to_the_lower_red_line(
    printed: Mapping[str, bytes], name: str
) -> None:
    """By as many lines as the PDF's, and no line of the next pages leaves the type area."""
    own, word = (body_lines(first_page(pdf)) for pdf in (samples.pdf(DOCUMENTS[name]), printed[name]))
    lower_line = first_page(printed[name]).red_only.rules(160)[2].top
    assert len(word) == len(own)
    assert 262 < word[-1].bottom < lower_line - 7 / 8 * CHARACTER
    for sheet in sheets(printed[name])[1:]:
        assert body_lines(sheet)[-1].bottom < 262.3


@pytest.mark.parametrize("name", HEADED + LETTERS)
def test_page_1_shows_the_body(printed: Mapping[str, bytes], name: str) -> None:
    first = next(block for block in DOCUMENTS[name].body if isinstance(block, Heading | Paragraph))
    assert first.text[:8] in page_texts(printed[name])[0].replace("\n", "").replace(" ", "")


def test_a_date_begins_two_characters_behind_its_issuer(printed: Mapping[str, bytes]) -> None:
    issuer, day = first_page(printed["upward"]).part(top=200, bottom=263).lines()
    assert 184 - issuer.right == pytest.approx(2 * CHARACTER, abs=0.7)
    assert day.left - issuer.left == pytest.approx(2 * CHARACTER, abs=0.7)


def test_a_sealed_issuer_stands_centred_above_the_date(printed: Mapping[str, bytes]) -> None:
    issuer, day = first_page(printed["sealed"]).part(top=200, bottom=263).lines()
    assert issuer.middle[0] == pytest.approx(day.middle[0], abs=1)
