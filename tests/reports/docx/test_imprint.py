"""The imprint of the printed DOCX: on the foot of the last page, an even one (7.4, 7.5)."""

import re
from collections.abc import Mapping

import pytest

from reports.model import LetterMasthead
from tests.reports.docx.samples import BEHIND_BLANK_PAGE, DOCUMENTS
from tests.reports.ink import (
    Sheet,
    page_sizes,
    page_texts,
    sheets,
)

ON_EVEN_PAGE = [
    name
    for name, document in DOCUMENTS.items()
    if document.imprint and not isinstance(document.masthead, LetterMasthead)
]
FOLIO = re.compile(r"—(\d+)—")


def last_sheet(pdf: bytes) -> Sheet:
    return sheets(pdf, len(page_sizes(pdf)))[0]


@pytest.mark.parametrize("name", ON_EVEN_PAGE)
def test_its_last_line_lies_on_the_bottom_of_the_type_area(printed: Mapping[str, bytes], name: str) -> None:
    rules = last_sheet(printed[name]).rules(150)
    assert rules[-1].bottom == pytest.approx(262, abs=0.5)
    assert (rules[-1].left, rules[-1].right) == pytest.approx((28, 184), abs=0.3)


@pytest.mark.parametrize("name", [name for name in ON_EVEN_PAGE if name not in BEHIND_BLANK_PAGE])
def test_its_page_is_the_last_and_an_even_one(printed: Mapping[str, bytes], name: str) -> None:
    *earlier, last = ("".join(text.split()) for text in page_texts(printed[name]))
    assert "日印发" in last
    assert int(FOLIO.findall(last)[-1]) % 2 == 0
    assert not any("日印发" in text for text in earlier)


@pytest.mark.parametrize("name", BEHIND_BLANK_PAGE)
def test_behind_a_blank_page_it_has_no_number(printed: Mapping[str, bytes], name: str) -> None:
    """LibreOffice prints no blank page, whose place is between the two last ones."""
    *earlier, last = ("".join(text.split()) for text in page_texts(printed[name]))
    assert [FOLIO.findall(text) for text in earlier] == [
        [f"{number}"] for number in range(1, len(earlier) + 1)
    ]
    assert not any("日印发" in text for text in earlier)
    assert "日印发" in last
    assert not FOLIO.findall(last)


def test_a_text_ending_on_an_even_page_shares_it(printed: Mapping[str, bytes]) -> None:
    first, second = page_texts(printed["two_pages"])
    assert "国" in first
    assert "国" in second
    assert "印发" in second


def test_its_outer_lines_are_thicker_than_the_inner_one(printed: Mapping[str, bytes]) -> None:
    first, middle, last = last_sheet(printed["upward"]).rules(150)
    thickness = [rule.bottom - rule.top for rule in (first, middle, last)]
    assert thickness == pytest.approx([0.35, 0.25, 0.35], abs=0.13)


def test_copies_wrap_below_the_first_name(printed: Mapping[str, bytes]) -> None:
    sheet = last_sheet(printed["issuing"])
    top, middle, bottom = sheet.rules(150)
    first, *others = sheet.part(top=top.bottom + 0.3, bottom=middle.top - 0.3).lines()
    assert first.left == pytest.approx(28 + 4.94, abs=0.8)
    assert [line.left - first.left for line in others] == pytest.approx([3 * 4.94] * len(others), abs=0.8)
    issued = sheet.part(top=middle.bottom + 0.3, bottom=bottom.top - 0.3).extent()
    assert issued.right == pytest.approx(184 - 4.94, abs=0.8)


def test_a_letters_imprint_names_only_who_gets_a_copy_without_a_rule(printed: Mapping[str, bytes]) -> None:
    last = page_texts(printed["letter"])[-1]
    assert "抄送：区委办公室。" in last
    assert "日印发" not in "".join(last.split())
    sheet = last_sheet(printed["letter"])
    assert sheet.rules(150) == []
    assert sheet.part(bottom=263.5).extent().bottom == pytest.approx(261, abs=1)
