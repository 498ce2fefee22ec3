"""Texts that no page was made for, in Word's file: nothing is lost, the grid is kept, or a clear sentence."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from reports.docx import render_docx
from reports.model import Annex, DocumentError
from tests.reports.docx.samples import EXTREMES, LONG, PLAIN, columns
from tests.reports.ink import page_texts, sheets
from tests.reports.samples import pdf


def test_a_paragraph_of_30000_characters_fills_page_after_page(printed: Mapping[str, bytes]) -> None:
    texts = page_texts(printed["long paragraph"])
    assert "国" * 20 in texts[0]
    assert "".join(texts).count("国") == len(LONG)
    page = sheets(printed["long paragraph"], 30)[0].part(bottom=263.5)
    assert len(page.lines()) == 22


def test_a_cell_of_30000_characters_runs_on_below_the_repeated_head(printed: Mapping[str, bytes]) -> None:
    texts = page_texts(printed["long cell"])
    assert "".join(texts).count("国") == len(LONG)
    of_cell = [text for text in texts if "国" in text]
    assert len(of_cell) >= 15
    assert all("进展情况" in text for text in of_cell)
    for sheet in sheets(printed["long cell"], 3, 10):
        extent = sheet.part(bottom=263.5).extent()
        assert (extent.left, extent.right) == pytest.approx((28, 184), abs=0.6)
        assert 36 <= extent.top < extent.bottom <= 262.3


@pytest.mark.parametrize("name", ["brimming sheet", "brimming sheet with a note"])
def test_a_sheet_that_is_reckoned_to_fit_stands_on_one_page(printed: Mapping[str, bytes], name: str) -> None:
    assert len(page_texts(printed[name])) == len(page_texts(pdf(EXTREMES[name]))) == 1


def test_as_many_columns_as_can_be_read_stay_in_the_type_area(printed: Mapping[str, bytes]) -> None:
    table = sheets(printed["many columns"], 2)[0].part(left=34.3)
    assert (table.extent().left, table.extent().right) == pytest.approx((35, 260), abs=0.7)
    text = "".join(page_texts(printed["many columns"])[1].split())
    assert text.count("75.5%") == 3 * 25


@pytest.mark.parametrize(("turned", "page", "most"), [(False, "竖排", 15), (True, "横排", 25)])
def test_40_columns_are_refused_in_a_clear_sentence(turned: bool, page: str, most: int) -> None:
    document = replace(PLAIN, annexes=(Annex("指标", (columns(40),), landscape=turned),))
    with pytest.raises(DocumentError, match=f"表格有40列，{page}的页面上最多排得下{most}列；请减少列数"):
        render_docx(document)
