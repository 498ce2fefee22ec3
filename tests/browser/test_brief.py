"""一页纸 on paper: one sheet of A4 with its last line on it, however much or little there is."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page
from pytest import approx

from tests.browser.conftest import Served
from tests.overview.growth import fill_up

pytestmark = pytest.mark.browser

A4 = (595, 842)  # in points
# The parts of the sheet that end below where the next one, or the sheet itself, begins or ends.
COVERED = """() => {
  const sheet = document.querySelector(".brief-sheet"), parts = [...sheet.children];
  const bottoms = parts.map(one => one.getBoundingClientRect().bottom);
  const tops = parts.map(one => one.getBoundingClientRect().top);
  const end = sheet.getBoundingClientRect().bottom;
  return parts.filter((one, place) =>
    bottoms[place] > end + 1 || place + 1 < parts.length && bottoms[place] > tops[place + 1] + 1
    || one.matches("p, h2, h3") && one.scrollWidth > one.clientWidth + 1
  ).map(one => one.className);
}"""


def printed_pages(page: Page, period: str) -> list[tuple[int, int, str]]:
    """Return width, height and text of each page of the paper."""
    page.emulate_media(media="print")
    page.goto(f"/brief?period={period}")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=False, format="A4")) as pdf:
        return [(*map(round, one.get_size()), one.get_textpage().get_text_range()) for one in pdf]


@pytest.mark.parametrize("is_full", [False, True])
def test_it_is_one_page_of_a4_and_nothing_is_cut_off(site: Served, is_full: bool) -> None:
    if is_full:
        fill_up(site.world)
    with site.signed_in("leader") as page:
        for period in ("2026Q3", "2026Q1") if is_full else ("2026Q3",):
            pages = printed_pages(page, period)
            assert [size[:2] for size in pages] == [approx(A4, abs=2)]
            assert "打印稿，不作为公文" in pages[0][2].replace("\n", "")
            page.set_viewport_size({"width": 680, "height": 1000})  # 180 mm
            assert page.evaluate(COVERED) == []
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
