"""The gates of GB/T 9704-2012: what a ruler says about any official document on paper, of whatever form and kind."""

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest

from reports.block_places import FEW_CHARACTERS
from reports.form_words import written_date
from reports.model import Block, Chart, Heading, LetterMasthead, OfficialDocument, Paragraph, Sheet, Table
from reports.pdf import render_pdf_with_places
from reports.pdf_variants import PdfVariant
from reports.text_fitting import LineSetting
from tests.reports import ink
from tests.reports.ink import Extent, TextLine

ALL_LOOKED_AT = 12  # pages; of a longer document the ends are looked at, and every so many pages between them
EVERY = 20
LETTER_FOOT = 297 - 20 - 4.87
INDENT_MM = 2 * 5.556
SAME_EDGE_MM = 0.1  # labels of a chart begin near the left edge, too
FOLIO = re.compile(r"— \d+ —")
WIDE = re.compile("[\u4e00-\u9fff，。、；：（）《》]+")


@dataclass(frozen=True)
class Printed:
    """A document on paper: the ink of the pages that are looked at, and the words of all."""

    document: OfficialDocument
    pages: dict[int, ink.Sheet]
    sizes: list[tuple[float, float]]
    texts: list[str]
    lines: list[TextLine]  # without page numbers, and what stands above the red line
    setting: LineSetting

    @property
    def is_letter(self) -> bool:
        return isinstance(self.document.masthead, LetterMasthead)

    @property
    def numbered(self) -> range:
        """The pages with a number: not a letter's first (10.1), a blank page, nor the imprint's behind one (7.5)."""
        has_blank_page = len(self.texts) > 2 and not self.texts[-2].strip()
        return range(2 if self.is_letter else 1, len(self.texts) + (-1 if has_blank_page else 1))

    @property
    def full_lines(self) -> list[TextLine]:
        """Lines of the body that go on in the following one."""
        return [line for line, following in pairwise(self.lines) if is_continued(line, following)]

    @property
    def running_on(self) -> set[int]:
        """The pages on whose foot a paragraph is broken."""
        return {
            line.page
            for line, following in pairwise(self.lines)
            if is_continued(line, following) and line.page < following.page
        }


def is_continued(line: TextLine, following: TextLine) -> bool:
    """Whether a line of the body goes on in the following one."""
    is_annex = following.words.startswith("附件")
    return is_body(line) and abs(following.left - 28) < SAME_EDGE_MM and not is_annex


def is_body(line: TextLine) -> bool:
    """Whether a line begins at the left edge or with an indent, as text outside of tables does."""
    return min(abs(line.left - 28), abs(line.left - 28 - INDENT_MM)) < SAME_EDGE_MM


def printed(document: OfficialDocument) -> Printed:
    """Print a document."""
    made = render_pdf_with_places(document)
    pdf = made.files[PdfVariant.PLAIN]
    sizes, lines = ink.page_sizes(pdf), ink.text_lines(pdf)
    texts = [""] * len(sizes)
    for line in lines:
        texts[line.page - 1] += f"{line.words}\n"
    count = len(sizes)
    numbers = [
        n for n in range(1, count + 1) if count <= ALL_LOOKED_AT or n < 4 or n % EVERY == 0 or n > count - 3
    ]
    pages = dict(zip(numbers, ink.sheets(pdf, *numbers), strict=True))
    outside = (
        {*getattr(document.masthead, "issuers", ()), *document.masthead.marking.lines}
        if document.masthead
        else ()
    )
    inside = [line for line in lines if not (FOLIO.fullmatch(line.words) or line.words in outside)]
    return Printed(document, pages, sizes, texts, inside, made.layout.setting)


def is_upright(sheet: ink.Sheet) -> bool:
    return sheet.height > sheet.width


def type_area(sheet: ink.Sheet) -> ink.Sheet:
    """A page without the strip in which its number stands."""
    return sheet.part(bottom=264.5) if is_upright(sheet) else sheet.part(left=33.5)


def folio(sheet: ink.Sheet) -> ink.Sheet:
    return sheet.part(top=264.5, bottom=275) if is_upright(sheet) else sheet.part(right=33.5)


def pages_are_a4(printed: Printed) -> None:
    for size in printed.sizes:
        assert sorted(size) == pytest.approx([210, 297], abs=0.5)


def ink_lies_in_the_type_area(printed: Printed) -> None:
    for number, sheet in printed.pages.items():
        area = type_area(sheet) if number in printed.numbered else sheet
        area = area.without_red if number == 1 else area
        foot = LETTER_FOOT if number == 1 and printed.is_letter else 262
        limits = (28, 37, -184, -foot) if is_upright(sheet) else (35, 28, -260, -184)
        if area.is_blank:
            assert not printed.texts[number - 1].strip()
        else:
            assert all(side >= limit - 1 for side, limit in zip(sides(area.extent()), limits, strict=True)), (
                number
            )


def sides(extent: Extent) -> tuple[float, ...]:
    return extent.left, extent.top, -extent.right, -extent.bottom


def page_numbers_stand_outside_below_the_type_area(printed: Printed) -> None:
    for number, text in enumerate(printed.texts, start=1):
        assert (f"— {number} —" in text) == (number in printed.numbered)
    for number in printed.pages.keys() & set(printed.numbered):
        sheet = printed.pages[number]
        extent = folio(sheet).extent()
        distance = extent.middle[1] - 262 if is_upright(sheet) else 35 - extent.middle[0]
        first, last = (extent.left, extent.right) if is_upright(sheet) else (extent.top, extent.bottom)
        assert distance == pytest.approx(7, abs=1)
        assert (184 - last if number % 2 else first - 28) == pytest.approx(4.94, abs=0.5)


def the_mark_is_red_and_begins_where_it_must(printed: Printed) -> None:
    if printed.document.masthead is None:
        assert printed.pages[1].red_only.is_blank
    else:
        head = printed.pages[1].part(bottom=80)
        assert head.red_only.extent().top == pytest.approx(30 if printed.is_letter else 37 + 35, abs=1)
        assert (head.pixels.T == (255, 0, 0)).all(axis=2).any()


def page_1_shows_the_body(printed: Printed) -> None:
    assert opening(printed.document.body[0]) in "".join(printed.texts[0].split())


def opening(block: Block) -> str:
    """The first words of a block."""
    match block:
        case Heading() | Paragraph():
            words = block.head.text if isinstance(block, Paragraph) and block.head else block.text
            return "".join(words.split())[:8]
        case Sheet():
            return block.rows[0].fields[0].label
        case Table() | Chart():
            return block.caption or block.columns[0].title


def the_imprint_ends_on_the_bottom_of_the_last_type_area(printed: Printed) -> None:
    imprint = printed.document.imprint
    if imprint is None or printed.is_letter:
        assert "日印发" not in "".join(printed.texts[-1].split())
    else:
        last = printed.pages[len(printed.texts)].rules(150)[-1]
        assert last.bottom == pytest.approx(262, abs=0.5)
        assert (last.left, last.right) == pytest.approx((28, 184), abs=0.3)


def full_pages_have_22_lines(printed: Printed) -> None:
    """Pages on whose foot a paragraph is broken, and which hold nothing but text; 23 of a text that is set closer.

    The page before the signature gives it two lines to stay with.
    """
    signature = printed.document.signature
    day = written_date(signature.signed_on) if signature else "no day"
    for number in printed.running_on & printed.pages.keys() - {1}:
        area = type_area(printed.pages[number])
        if not area.rules(60) and f"\n{day}\n" not in printed.texts[number]:
            assert len(area.lines()) in {22, printed.setting.lines}, number


def full_lines_end_at_the_right_edge(printed: Printed) -> None:
    for line in printed.full_lines:
        assert line.right == pytest.approx(184, abs=0.5), line


def full_lines_of_hanzi_have_28_characters(printed: Printed) -> None:
    """Or a few less, where a mark may not begin the next line, or a paragraph would end in a line of one character; 29
    of a text that is set closer.
    """
    for line, following in pairwise(printed.lines):
        if is_continued(line, following) and WIDE.fullmatch(line.words):
            least = 26 if len(following.words) <= FEW_CHARACTERS else 27
            assert len(line.words) + (2 if line.left > 30 else 0) in (
                *range(least, 29),
                printed.setting.characters,
            ), line


GATES = (
    pages_are_a4,
    ink_lies_in_the_type_area,
    page_numbers_stand_outside_below_the_type_area,
    the_mark_is_red_and_begins_where_it_must,
    page_1_shows_the_body,
    the_imprint_ends_on_the_bottom_of_the_last_type_area,
    full_pages_have_22_lines,
    full_lines_end_at_the_right_edge,
    full_lines_of_hanzi_have_28_characters,
)
