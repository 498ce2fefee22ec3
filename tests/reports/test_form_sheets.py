"""Sheets to read and to write in, such as a 呈批单."""

from dataclasses import replace
from itertools import pairwise

import pytest

from reports.form_sheets import sheet_grid
from reports.model import OfficialDocument, Sheet, SheetField, SheetRow
from tests.reports import samples
from tests.reports.every_form import FORMS, SHEET
from tests.reports.ink import page_texts, sheets

LINE = 10.447
READING_SHEET = FORMS["reading-sheet"].document


def holding(*rows: SheetRow) -> OfficialDocument:
    return replace(READING_SHEET, body=(Sheet(rows),))


def heights(document: OfficialDocument) -> list[float]:
    """The distances between the rules of a sheet on page 1."""
    rules = sheets(samples.pdf(document), 1)[0].rules(150)
    return [below.middle[1] - above.middle[1] for above, below in pairwise(rules)]


def test_a_sheet_is_as_wide_as_the_type_area() -> None:
    rules = sheets(samples.pdf(holding(*SHEET.rows)), 1)[0].rules(150)
    assert len(rules) == 5
    for rule in rules:
        assert (rule.left, rule.right) == pytest.approx((28, 184), abs=0.3)


def test_rows_are_at_least_as_high_as_their_lines() -> None:
    first, second, text, room = heights(holding(*SHEET.rows))
    assert (first, second) == pytest.approx((LINE, LINE), abs=0.4)
    assert text > 3 * LINE
    assert room == pytest.approx(6 * LINE, abs=0.4)


def test_fields_of_a_row_are_equally_wide_and_labels_of_all_rows_too() -> None:
    grid = sheet_grid(SHEET)
    edges = [0.0]
    for width in grid.widths:
        edges.append(edges[-1] + width)
    assert edges[-1] == pytest.approx(156)
    for row in grid.rows:
        spans = [span for place in row.fields for span in (place.label_span, place.text_span)]
        starts = [sum(spans[:index]) for index in range(len(spans) + 1)]
        cells = [edges[end] - edges[start] for start, end in pairwise(starts)]
        assert starts[-1] == len(grid.widths)
        assert cells[0::2] == pytest.approx([edges[1]] * len(row.fields), abs=0.02)
        assert cells[1::2] == pytest.approx([cells[1]] * len(row.fields), abs=0.02)


def test_a_field_longer_than_a_page_runs_on_and_loses_nothing() -> None:
    document = holding(
        SheetRow((SheetField("内容摘要", "甲" + "乙" * 2400 + "丙"),)),
        SheetRow((SheetField("批示"),), lines=4),
    )
    texts = page_texts(samples.pdf(document))
    assert len(texts) >= 3
    assert sum(text.count("乙") for text in texts) == 2400
    assert "批示" in texts[-1]


def test_a_short_row_stays_on_one_page() -> None:
    rows = [SheetRow((SheetField("意见", "甲" + "乙" * 120 + "丙"),), lines=5) for _ in range(6)]
    for text in page_texts(samples.pdf(holding(*rows))):
        assert text.count("甲") == text.count("丙") == text.count("意见")


def test_more_lines_than_a_page_holds_become_the_page() -> None:
    texts = page_texts(
        samples.pdf(holding(SheetRow((SheetField("批示"),), lines=99), SheetRow((SheetField("备注"),))))
    )
    assert "批示" in texts[0]
    assert len(texts) <= 2


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_labels_never_take_more_than_half_of_their_fields(count: int) -> None:
    row = SheetRow(tuple(SheetField("很长很长的栏目名称", "内容") for _ in range(count)))
    grid = sheet_grid(Sheet((row,)))
    assert len(grid.widths) == 2 * count
    assert grid.widths[0] <= grid.widths[1] + 0.02
