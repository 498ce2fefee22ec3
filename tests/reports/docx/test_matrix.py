"""Every kind, and every form filled with texts of every sort, printed from Word's file, by a ruler (5.2)."""

from collections.abc import Iterator, Mapping

import pytest

from tests.reports.docx.kinds import KINDS
from tests.reports.docx.samples import MATRIX
from tests.reports.ink import Sheet, page_texts, sheets

HIGHEST_INK = 40.2  # Word's margins are those of its box, not of the ink
FULL_PAGES = {22 * 28: (22, 28), 23 * 29: (23, 29)}
FULL = [name for name in MATRIX if name.endswith("full pages")]
# LibreOffice 25.2 puts space between hanzi and figures, which the styles switch off for Word: a title's line is then
# up to 1 mm wider on either side, and a date that ends at the right edge stands out by as much.
FIGURE_SPARE = 1.3


def printed_sheets(pdf: bytes) -> Iterator[tuple[int, Sheet]]:
    """The pages with their numbers, without red ink and without what stands below the type area."""
    for number, sheet in enumerate(sheets(pdf), start=1):
        turned = sheet.width > sheet.height
        yield number, sheet.part(left=34.3) if turned else sheet.without_red.part(bottom=263.5)


@pytest.mark.parametrize("name", [*MATRIX, *KINDS])
def test_all_ink_lies_in_the_type_area(printed: Mapping[str, bytes], name: str) -> None:
    for number, sheet in printed_sheets(printed[name]):
        extent = sheet.extent()
        turned = sheet.width > sheet.height
        spare = 0.6 if turned else FIGURE_SPARE
        left, top, right, bottom = (35, 28, 260, 184) if turned else (28, 37, 184, 262)
        assert extent.left >= left - spare
        assert extent.right <= right + spare
        assert extent.top >= top - 1.1 or number == 1
        if number > 1 or "letter" not in name:
            assert extent.bottom <= bottom + 0.5


@pytest.mark.parametrize("name", [name for name in MATRIX if name.endswith("headings")])
def test_page_1_shows_the_text_below_its_headings(printed: Mapping[str, bytes], name: str) -> None:
    assert "落实“1+11+17+X”招商机制" in "".join(page_texts(printed[name])[0].split())


@pytest.mark.parametrize("name", FULL)
def test_a_full_page_has_22_lines_of_28_characters_from_the_top(
    printed: Mapping[str, bytes], name: str
) -> None:
    """国 leaves more of its square free than other characters do: its ink begins lowest.

    Where they are set closer for the signature's sake (7.3.5.5), there are 23 lines of 29.
    """
    counts = [text.count("国") for text in page_texts(printed[name])]
    page, count = next(
        (page, counts[number - 1])
        for number, page in printed_sheets(printed[name])
        if counts[number - 1] in FULL_PAGES
    )
    lines = page.lines()
    assert 36 <= lines[0].top <= HIGHEST_INK
    most_lines, most_characters = FULL_PAGES[count]
    assert len(lines) == most_lines
    for line in lines:
        assert page.part(top=line.top, bottom=line.bottom).characters() == most_characters
