"""The home of a leader, read as far as the first screen shows it, and the way to an instruction."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.base.clock import today
from app.directives.core.models import Directive
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from tests.browser.conftest import Served
from tests.directives.writing import replied_directive, written_directive
from tests.filing.pages import brought_to
from tests.overview.growth import grow, set_due
from tests.world import full_content

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (820, 1180))
# The text of everything that lies whole within the window.
TEXT_IN_VIEW = """() => [...document.querySelectorAll("main p, main li, main h2, main .tile")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}).map(one => one.textContent.replace(/\\s+/g, "")).join("\\n")"""

CUT_TITLES = """() => [...document.querySelectorAll(".measure-cell-name")].filter(
  one => one.scrollWidth > one.clientWidth + 1).length"""


def text_in_view(page: Page, width: int, height: int) -> str:
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/?scope=all")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return str(page.evaluate(TEXT_IN_VIEW))


def test_the_first_screen_says_what_is_wrong_and_what_became_of_ones_own_words(site: Served) -> None:
    world = site.world
    late = replace(full_content(percent=40), forecast=Forecast.CANNOT_FINISH)
    brought_to(FilingState.ACCEPTED, world, 1, content=late)
    milder = replace(full_content(percent=45), light=Light.YELLOW, light_reason="合同已签。")
    brought_to(FilingState.ACCEPTED, world, 2, content=milder)
    set_due(world, days_ago=30)
    replied_directive(world)
    written_directive(world, "城管办", measure=3)
    with site.signed_in("leader") as page:
        for size in SIZES:
            shown = text_in_view(page, *size)
            assert "4项中已采用2项：红灯1、黄灯1（其中1项由部门调整）；预计年底不能完成1" in shown, size
            assert "逾期未报2项（1个部门）；我的批示：待销号1、在办1、逾期0。" in shown, size
            for measure in (1, 3, 4):
                assert f"{measure}.{world.measures[measure - 1].title}" in shown, (size, measure)
            assert "看回复：第1项，" in shown, size
            assert "我的批示2待销号1，逾期0；比上季末多2件" in shown, size


def test_six_measures_of_concern_stand_in_the_first_screen(site: Served) -> None:
    world = site.world
    grow(world)
    for _ in range(8):  # of which the first stand by name
        replied_directive(world)
    set_due(world, days_ago=30)
    Directive.update(text="请会同房管、消防等部门逐户上门，一户一策拿出办法。").execute()
    with site.signed_in("leader") as page:
        for size in SIZES:
            shown = text_in_view(page, *size)
            assert shown.count("写批示") >= 6, size
            assert (shown.count("看回复："), "另有4件已回复" in shown) == (4, True), size
        for number in range(4):  # of each kind that waits fewer stand by name, the more kinds there are
            values = {"extension_to": today()} if number % 2 else {"is_handwritten": True}
            Directive.update(**values).where(Directive.id == written_directive(world).id).execute()
        for size in SIZES:
            shown = text_in_view(page, *size)
            assert shown.count("写批示") >= 6, size
            for words in ("看回复：", "申请延期至", "核对录入的手写批示："):
                assert shown.count(words) == 1, (size, words)
            for words in ("另有7件已回复", "另有1件申请延期", "另有1件手写批示待核对"):
                assert words in shown, (size, words)
        page.goto("/directives")
        narrowest = min(one.bounding_box()["width"] for one in page.locator(".cell-addressees").all())  # type: ignore[index]
        assert narrowest >= 120  # on a tablet: not a character a line
    with site.signed_in("office") as page:
        for size in SIZES:
            text_in_view(page, *size)
            page.locator("#orphaned-work").wait_for()  # what nobody works on comes after the page
            assert page.evaluate(TEXT_IN_VIEW).count("写批示") >= 6, size


def test_an_instruction_on_any_measure_takes_three_clicks_after_the_log_in(site: Served) -> None:
    world = site.world
    with site.signed_in("leader") as page:
        page.goto("/")
        page.get_by_role("link", name="总览", exact=True).click()
        page.get_by_role("link", name=re.compile(f"写批示.*{world.measures[3].title}")).click()
        page.get_by_label("内容", exact=True).fill("请按期办结。")
        page.get_by_role("button", name="发出").click()
        expect(page.get_by_text("批示已发出").first).to_be_visible()
    assert [one.text for one in Directive.select()] == ["请按期办结。"]


def test_no_title_on_the_map_is_cut(site: Served) -> None:
    title = "推进高质量发展示范区建设和重点领域改革攻坚任务落地见效以及配套服务保障提升工程"
    measure = site.world.measures[0]
    measure.title = title
    measure.save()
    with site.signed_in("leader") as page:
        for width in (320, 820, 1024, 1280, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            page.goto("/overview")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            cut = page.evaluate(CUT_TITLES)
            assert cut == 0, width
