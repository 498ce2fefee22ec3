"""The page: size, type area, grid and page numbers (GB/T 9704-2012, 5.1, 5.2, 7.5)."""

import pytest

from reports.model import OfficialDocument, Paragraph
from tests.reports import samples
from tests.reports.ink import (
    Sheet,
    page_sizes,
    sheets,
    text_lines,
)


def body(sheet: Sheet) -> Sheet:
    return sheet.part(left=20, top=30, right=195, bottom=263.5)


def folio(sheet: Sheet) -> Sheet:
    return sheet.part(left=20, top=264, right=200, bottom=290)


@pytest.fixture(scope="module")
def full_page() -> Sheet:
    return sheets(samples.pdf(samples.SQUARES), 2)[0]


def test_pages_are_a4() -> None:
    for width, height in page_sizes(samples.pdf(samples.PROSE)):
        assert width == pytest.approx(210, abs=0.5)
        assert height == pytest.approx(297, abs=0.5)


def test_ink_fills_the_type_area(full_page: Sheet) -> None:
    extent = body(full_page).extent()
    assert extent.top == pytest.approx(37, abs=1)
    assert extent.left == pytest.approx(28, abs=1)
    assert extent.bottom == pytest.approx(262, abs=1)


def test_a_full_page_has_22_lines_of_28_characters(full_page: Sheet) -> None:
    lines = body(full_page).lines()
    assert len(lines) == 22
    for line in lines:
        assert full_page.part(left=20, top=line.top, right=195, bottom=line.bottom).characters() == 28


def test_mixed_text_fills_the_page_to_its_right_edge() -> None:
    lines = body(sheets(samples.pdf(samples.PROSE), 2)[0]).lines()
    assert len(lines) == 22
    assert max(line.right for line in lines) == pytest.approx(184, abs=0.5)


@pytest.mark.parametrize("document", [samples.SQUARES, samples.PROSE])
def test_each_full_line_ends_at_the_right_edge(document: OfficialDocument) -> None:
    lines = [line for line in text_lines(samples.pdf(document)) if line.page == 2 and line.right > 180]
    ends = [line.right for line in lines if "一" <= line.words[-1] <= "龥"]
    assert len(ends) >= 10
    assert ends == pytest.approx([184] * len(ends), abs=0.2)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_page_number_stands_outside_below_the_type_area(number: int) -> None:
    page = sheets(samples.pdf(samples.PROSE), number)[0]
    extent = folio(page).extent()
    dash = page.part(left=extent.left, top=264, right=extent.left + 4, bottom=290)
    assert dash.extent().middle[1] == pytest.approx(262 + 7, abs=1)
    gap = 184 - extent.right if number % 2 else extent.left - 28
    assert gap == pytest.approx(4.94, abs=0.5)


def test_rare_characters_and_run_in_heads_leave_the_grid_alone() -> None:
    rare = samples.replace(
        samples.SQUARES, body=(Paragraph(f"国{samples.RARE_NAMES}国" * 150), *samples.parts(1))
    )
    plain, mixed = (body(sheets(samples.pdf(document), 2)[0]).lines() for document in (samples.SQUARES, rare))
    assert [line.bottom for line in mixed] == pytest.approx([line.bottom for line in plain], abs=0.9)
