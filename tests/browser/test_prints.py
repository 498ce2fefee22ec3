"""Pages of filing on paper, as images of A4: the whole text, within the margins, without what only a screen needs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from app.base.paging import PAGE_LENGTH
from app.filing.core.life_cycle import FilingState
from tests.browser.conftest import Served
from tests.directives.writing import written_directive
from tests.filing.pages import brought_to, contributed
from tests.reports.ink import page_texts, sheets
from tests.world import full_content

pytestmark = pytest.mark.browser

LINES = [f"第{number}条：走访企业，协调解决停车难的问题。" for number in range(1, 41)]
# What only a screen has: the bar, the buttons.
NOT_PRINTED = (
    "退出",
    "跳到正文",
    "修改密码",
    "本项已填完",
    "提交勾选的各项",
    "下载Excel",
    "审签并",
    "暂不办理",
)
MARGIN = 12  # millimetres: the style sheet asks for 15


def test_pages_print_whole_and_without_what_only_a_screen_needs(site: Served) -> None:
    world = site.world
    contributed(world, 1, "城管办", "配合整治两次。")
    draft = brought_to(FilingState.DRAFT, world, content=full_content("\n".join(LINES)))
    check_prints(
        site, ("filer", f"/filings/{draft.id}"), ("filer", "/filings/check"), ("filer", "/filings/sheet")
    )
    handed_in = brought_to(FilingState.SIGNED_OFF, world, content=full_content("\n".join(LINES)))
    check_prints(site, ("office", f"/review/{handed_in.id}"), ("leader", f"/filings/{handed_in.id}"))
    check_prints(site, ("filer", "/"), ("head", "/"), ("office", "/"), ("leader", "/"), lines=())


def check_prints(site: Served, *places: tuple[str, str], lines: Sequence[str] = LINES) -> None:
    for who, address in places:
        with site.signed_in(who) as page:
            check_print(page, address, lines)


def check_print(page: Page, address: str, lines: Sequence[str]) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    printed = page.pdf(format="A4")
    words = "".join("".join(page_texts(printed)).split())
    missing = [line for line in lines if line not in words]
    assert missing == [], address
    assert [one for one in NOT_PRINTED if one in words] == [], address
    printed_sheets = sheets(printed)
    assert printed_sheets
    for sheet in printed_sheets:
        extent = sheet.extent()
        assert extent.left >= MARGIN and extent.right <= sheet.width - MARGIN, address


def test_a_measure_prints_its_time_line_whether_or_not_one_came_to_its_place(site: Served) -> None:
    world = site.world
    brought_to(FilingState.ACCEPTED, world)
    with site.signed_in("leader") as page:
        page.goto(f"/measures/{world.measures[0].id}")
        unread = "".join(page_texts(page.pdf(format="A4")))
        expect(page.locator(".measure-timeline")).to_be_attached()
        words = "".join(page_texts(page.pdf(format="A4")))
    for printed, says in ((unread, "填报、批示、公文和修订的先后见系统。"), (words, "经发办采用")):
        assert "大事记" in printed
        assert says in printed
        assert "看填报、批示" not in printed


def test_the_register_begins_beneath_its_heading(site: Served) -> None:
    directives = [written_directive(site.world) for _ in range(20)]
    with site.signed_in("leader") as page:
        page.goto("/directives/print")
        printed = page.pdf(prefer_css_page_size=True)
    first, *further = page_texts(printed)
    assert "批示登记" in first
    assert directives[-1].number_words in first
    assert len(further) <= 1


def test_a_printed_list_has_no_frame_beside_its_rows_and_says_which_page_it_is(site: Served) -> None:
    for _ in range(PAGE_LENGTH + 1):
        written_directive(site.world)
    with site.signed_in("leader") as page:
        page.goto("/directives")
        printed = page.pdf(format="A4")
    assert "第 1 页，共 2 页" in "".join(page_texts(printed))
    for sheet in sheets(printed):
        edge = sheet.part(left=14.5, right=15.5)
        assert edge.inked.any(axis=1).mean() < 0.15  # rows end in lines, and the counts stand in a box
