"""The printed DOCX by a ruler: page, grid, margins and page numbers (GB/T 9704-2012, 5, 7.5, 8)."""

from collections.abc import Mapping

import pytest

from tests.reports.docx.samples import DOCUMENTS
from tests.reports.ink import (
    Sheet,
    page_sizes,
    page_texts,
    sheets,
    text_lines,
)
from tests.reports.samples import CHART

HIGHEST_INK = 40.2  # Word's margins are those of its box, not of the ink
TURNED = ("report", "annexes")


def body(sheet: Sheet) -> Sheet:
    return sheet.part(left=20, top=30, right=195, bottom=263.5)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_are_a4(printed: Mapping[str, bytes], name: str) -> None:
    for size in page_sizes(printed[name]):
        assert sorted(size) == pytest.approx([210, 297], abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters(printed: Mapping[str, bytes]) -> None:
    page = sheets(printed["squares"], 2)[0]
    lines = body(page).lines()
    assert len(lines) == 22
    for line in lines:
        assert page.part(left=20, top=line.top, right=195, bottom=line.bottom).characters() == 28


def test_mixed_text_fills_the_type_area(printed: Mapping[str, bytes]) -> None:
    page = body(sheets(printed["prose"], 2)[0])
    assert len(page.lines()) == 22
    extent = page.extent()
    assert 36 <= extent.top <= HIGHEST_INK
    assert extent.left == pytest.approx(28, abs=1)
    assert extent.right == pytest.approx(184, abs=0.5)
    assert extent.bottom <= 262


@pytest.mark.parametrize("name", ["squares", "prose"])
def test_each_full_line_ends_at_the_right_edge(printed: Mapping[str, bytes], name: str) -> None:
    lines = [line for line in text_lines(printed[name]) if line.page == 2 and line.right > 180]
    ends = [line.right for line in lines if "一" <= line.words[-1] <= "龥"]
    assert len(ends) >= 10
    assert ends == pytest.approx([184] * len(ends), abs=0.5)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_page_number_stands_outside_below_the_type_area(printed: Mapping[str, bytes], number: int) -> None:
    page = sheets(printed["prose"], number)[0]
    extent = page.part(left=20, top=264, right=200, bottom=290).extent()
    dash = page.part(left=extent.left, top=264, right=extent.left + 4, bottom=290)
    assert dash.extent().middle[1] == pytest.approx(262 + 7, abs=1)
    gap = 184 - extent.right if number % 2 else extent.left - 28
    assert gap == pytest.approx(4.94, abs=0.5)


@pytest.mark.parametrize("name", TURNED)
def test_a_landscape_page_has_its_number_at_the_foot_of_the_sheet(
    printed: Mapping[str, bytes], name: str
) -> None:
    sizes = page_sizes(printed[name])
    turned = [number for number, (width, height) in enumerate(sizes, start=1) if width > height]
    assert len(turned) >= 2
    for number, sheet in zip(turned, sheets(printed[name], *turned), strict=True):
        folio = sheet.part(right=34).extent()
        assert folio.middle[0] == pytest.approx(35 - 7, abs=1)
        gap = 184 - folio.bottom if number % 2 else folio.top - 28
        assert gap == pytest.approx(4.94, abs=0.5)
        table = sheet.part(left=34).extent()
        assert (table.left, table.right) == pytest.approx((35, 260), abs=0.6)
        assert table.bottom <= 184.2


@pytest.mark.parametrize("name", TURNED)
def test_a_tables_head_is_repeated_on_each_page(printed: Mapping[str, bytes], name: str) -> None:
    sizes = page_sizes(printed[name])
    pages = [
        text for text, (width, height) in zip(page_texts(printed[name]), sizes, strict=True) if width > height
    ]
    with_rows = [text for text in pages if "夯实“蓄水池”" in text.replace("\n", "")]
    assert len(with_rows) >= 2
    assert all("存在问题" in text for text in with_rows)


def test_a_chart_begins_at_the_left_edge(printed: Mapping[str, bytes]) -> None:
    caption = next(line for line in text_lines(printed["report"]) if line.words == CHART.caption)
    page, foot = sheets(printed["report"], caption.page)[0], 297 - caption.foot
    assert page.part(top=foot + 1, bottom=foot + 6).extent().left == pytest.approx(28, abs=0.3)


def test_a_table_keeps_off_the_text_above_it(printed: Mapping[str, bytes]) -> None:
    page = sheets(printed["table_below_text"], 1)[0]
    rule = page.without_red.rules(150)[0]
    text = page.part(top=rule.top - 20, bottom=rule.top - 0.5).extent()
    assert rule.top - text.bottom == pytest.approx(2.4, abs=0.7)
