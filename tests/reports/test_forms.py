"""What a ruler says on every page of every form with every text (5.1, 5.2, 7.2.4, 7.3.3, 7.4.1, 7.5)."""

from dataclasses import dataclass
from itertools import product

import pytest

from reports.model import OfficialDocument
from tests.reports import samples
from tests.reports.forms import FORMS, TEXTS, Form
from tests.reports.ink import Extent, Sheet, page_sizes, page_texts, sheets

LETTER_FOOT = 297 - 20 - 4.87


@dataclass(frozen=True)
class Printed:
    """A document on paper."""

    form: Form
    document: OfficialDocument
    pages: list[Sheet]
    sizes: list[tuple[float, float]]
    texts: list[str]

    @property
    def first_number(self) -> int:
        """A letter's first page carries no number (10.1)."""
        return 2 if self.form.is_letter else 1

    @property
    def last_number(self) -> int:
        """The last page that carries one: not a blank page nor the imprint's behind it (7.5)."""
        has_blank_page = len(self.texts) > 2 and not self.texts[-2].strip()
        return len(self.texts) - 2 if has_blank_page else len(self.texts)


@pytest.fixture(scope="module", params=product(FORMS, TEXTS), ids="/".join)
def printed(request: pytest.FixtureRequest) -> Printed:
    form, text = request.param
    document = FORMS[form].filled(TEXTS[text])
    pdf = samples.pdf(document)
    first, *others = sheets(pdf)
    return Printed(FORMS[form], document, [first, *others], page_sizes(pdf), page_texts(pdf))


def is_upright(sheet: Sheet) -> bool:
    return sheet.height > sheet.width


def type_area(sheet: Sheet) -> Sheet:
    """A page without its page number and its red head."""
    return sheet.part(top=34, bottom=263.5) if is_upright(sheet) else sheet.part(left=33.5)


def folio(sheet: Sheet) -> Sheet:
    return sheet.part(top=264.5, bottom=275) if is_upright(sheet) else sheet.part(right=33.5)


def sides(extent: Extent) -> tuple[float, ...]:
    return extent.left, extent.top, -extent.right, -extent.bottom


def test_pages_are_a4(printed: Printed) -> None:
    for size in printed.sizes:
        assert sorted(size) == pytest.approx([210, 297], abs=0.5)


def test_all_ink_lies_in_the_type_area(printed: Printed) -> None:
    for number, sheet in enumerate(printed.pages, start=1):
        area = type_area(sheet.without_red if number == 1 else sheet)
        limits = (28, 37, -184, -262) if is_upright(sheet) else (35, 28, -260, -184)
        if area.is_blank:
            assert not printed.texts[number - 1].strip()
        else:
            assert all(side >= limit - 1 for side, limit in zip(sides(area.extent()), limits, strict=True))


def test_page_numbers_stand_outside_below_the_type_area(printed: Printed) -> None:
    for number, sheet in enumerate(printed.pages, start=1):
        if not printed.first_number <= number <= printed.last_number:
            assert not printed.texts[number - 1].rstrip().endswith("—")
            continue
        extent = folio(sheet).extent()
        distance = extent.middle[1] - 262 if is_upright(sheet) else 35 - extent.middle[0]
        first, last = (extent.left, extent.right) if is_upright(sheet) else (extent.top, extent.bottom)
        assert distance == pytest.approx(7, abs=1)
        assert (184 - last if number % 2 else first - 28) == pytest.approx(4.94, abs=0.5)


def test_the_mark_is_red_and_begins_where_it_must(printed: Printed) -> None:
    red = printed.pages[0].red_only.part(bottom=200)
    if printed.form.mark_top is None:
        assert red.is_blank
    else:
        assert red.extent().top == pytest.approx(printed.form.mark_top, abs=1)
        assert (printed.pages[0].pixels == (255, 0, 0)).all(axis=2).any()


def test_page_1_shows_the_body(printed: Printed) -> None:
    first = printed.document.body[0]
    opening = "来文单位" if printed.form.mark_top is None else first.text[:8]
    assert opening in printed.texts[0]


def test_the_imprint_ends_on_the_bottom_of_the_last_type_area(printed: Printed) -> None:
    if printed.document.imprint is None or printed.form.is_letter:
        assert "9日印发" not in printed.texts[-1]
    else:
        last = printed.pages[-1].rules(150)[-1]
        assert last.bottom == pytest.approx(262, abs=0.5)
        assert (last.left, last.right) == pytest.approx((28, 184), abs=0.3)


def test_a_full_page_has_22_lines(printed: Printed) -> None:
    """Page 2 of a text that goes on to page 3, wherever a page holds nothing but text."""
    is_full = len(printed.document.body) > 3 and printed.form.mark_top is not None
    lines = type_area(printed.pages[1 if is_full else 0]).lines()
    assert len(lines) == 22 if is_full else 1 < len(lines) <= 22
