"""A supporting department in a real browser: how few actions it takes to say what it did, or that there was nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.plan.core.models import PlanItem
from app.plan.core.rules import ItemKind
from tests.browser.conftest import Served
from tests.browser.steps import Steps
from tests.world import World

pytestmark = pytest.mark.browser

TWELVE = 12
MOST_FOR_ONE, MOST_FOR_NOTHING = 2, 3


def twelve_contributions(world: World) -> None:
    section, neighbourhood = world.measures[0].parent_id, world.departments["一居"]
    for number in range(1, TWELVE):
        measure = PlanItem.create(
            plan=world.plan,
            parent=section,
            kind=ItemKind.MEASURE,
            number=str(number),
            position=100 + number,
            sequence=1000 + number,
            title=f"示例举措{number}",
        )
        Contribution.create(
            period=world.period,
            measure=measure,
            department=neighbourhood,
            lead=world.departments["经发办"],
        )


def test_twelve_contributions_with_nothing_to_report_and_one_with_a_sentence(
    site: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    twelve_contributions(site.world)
    with site.signed_in("filer:一居") as page:
        page.goto("/")
        expect(page.locator("#work-left")).to_contain_text(f"配合 {TWELVE} 项待报")
        one = Steps(page)
        page.get_by_label("第 1 项 夯实招商基础的配合情况", exact=True).first.fill("陪同走访企业5家。")
        one.click(page.get_by_role("button", name="报送第 1 项 夯实招商基础的配合情况"))
        expect(page.locator("#toasts")).to_contain_text("已报送第 1 项的配合情况。")
        assert site.world.contribution(1, "一居").state is ContributionState.WRITTEN
        expect(page.locator("#work-left")).to_contain_text(f"配合 {TWELVE - 1} 项待报")
        nothing = Steps(page)
        nothing.click(page.get_by_role("button", name=f"没写的 {TWELVE - 1} 项本季都无需配合"))
        nothing.click(page.locator("#confirm").get_by_role("button", name="全部无需配合"))
        expect(page.get_by_text(f"已报送 1 项，本季无需配合 {TWELVE - 1} 项")).to_be_visible()
    one.print_counted("one contribution", capsys)
    nothing.print_counted(f"{TWELVE - 1} contributions with nothing to report", capsys)
    assert one.actions <= MOST_FOR_ONE and nothing.actions <= MOST_FOR_NOTHING
    assert not Contribution.select().where(
        (Contribution.department == site.world.departments["一居"])
        & (Contribution.state == ContributionState.OWED)
    )


def test_what_is_typed_is_kept_before_it_is_handed_in(site: Served) -> None:
    with site.signed_in("filer:一居") as page:
        page.goto("/contributions")
        page.locator("textarea").fill("写到一半")
        expect(page.locator("[data-saved]")).to_contain_text("已保存")
        page.locator("textarea").fill("写到一半，又写了些")
        page.get_by_role("button", name="报送第 1 项").click()
        expect(page.locator("#toasts")).to_contain_text("已报送")
    one = site.world.contribution(1, "一居")
    assert (one.text, one.state) == ("写到一半，又写了些", ContributionState.WRITTEN)


def test_what_is_typed_without_a_connection_is_kept_and_offered_again(site: Served) -> None:
    box = "第 1 项 夯实招商基础的配合情况"
    with site.signed_in("filer:一居") as page:
        page.goto("/contributions")
        page.context.set_offline(True)
        page.get_by_label(box, exact=True).first.fill("断网时写的。")
        page.get_by_label(box, exact=True).first.blur()
        assert len(kept_contributions(page)) == 1
        page.context.set_offline(False)
        expect(page.locator("[data-saved]")).to_contain_text("已保存")
        assert kept_contributions(page) == []
        page.route("**/contributions/*", lambda route: route.abort())
        page.get_by_label(box, exact=True).first.fill("断网时写的，又写了些。")
        page.get_by_label(box, exact=True).first.blur()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/filings")
        page.unroute("**/contributions/*")
        expect(page.get_by_text("还没有报送。")).to_be_visible()
        expect(page.get_by_label(box, exact=True).first).to_have_value("断网时写的，又写了些。")
        expect(page.locator("[data-saved]")).to_contain_text("已保存")
        assert kept_contributions(page) == []
    assert site.world.contribution(1, "一居").text == "断网时写的，又写了些。"


def kept_contributions(page: Page) -> list[str]:
    kept: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('contribution:'))"
    )
    return kept
