"""A department's quarter in a real browser: by keyboard alone, with words taken over, and handed in together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.base.clock import now
from app.filing.contributions.models import ContributionUse
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.filing.review.filing_creation import prepare_filings
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from tests.browser.conftest import Served, wait_until_nothing_is_kept
from tests.browser.steps import Steps
from tests.filing.pages import brought_to, contributed
from tests.world import THRESHOLDS, World, full_content, open_at_once

pytestmark = pytest.mark.browser

NINE = 9
MOST_ACTIONS, MOST_SCREENS = 23, 14  # half of what it took before
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
FAR = 60  # times of the Tab key


def test_nine_measures_by_keyboard_alone(site: Served, capsys: pytest.CaptureFixture[str]) -> None:
    nine = nine_filings(site.world)
    with site.signed_in("filer") as page:
        page.goto("/")
        steps = Steps(page)
        tab_to(page, re.compile(r"^1\. "))
        steps.activate("Enter")
        page.wait_for_url(f"**/filings/{nine[0].id}")
        tab_to(page, "跳到填报")
        steps.activate("Enter")
        for number, filing in enumerate(nine, 1):
            page.wait_for_url(re.compile(rf"/filings/{filing.id}(#.*)?$"))
            file_by_keyboard(page, number, steps)
        page.wait_for_url("**/filings?period=*")
        expect(page.get_by_text(f"{NINE}/{NINE} 已提交")).to_be_visible()
    steps.print_counted(f"{NINE} measures by keyboard", capsys)
    assert steps.actions <= MOST_ACTIONS
    assert steps.screens <= MOST_SCREENS
    for number, filing in enumerate(nine, 1):
        stored = Filing.get_by_id(filing.id)
        assert stored.state is FilingState.SUBMITTED
        assert (stored.progress, stored.problems) == (words(number), f"第{number}项没有大的问题。")
        assert (stored.percent, stored.status) == (70 + number, MeasureStatus.ON_TRACK)


def file_by_keyboard(page: Page, number: int, steps: Steps) -> None:
    """Fill one filing from its first field, which has the focus, to its submission; saving leaves the page alone."""
    expect(page.locator("#progress")).to_be_focused()
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.keyboard.type(words(number))
    tab_to(page, "problems")
    page.keyboard.type(f"第{number}项没有大的问题。")
    tab_to(page, "确认：正常推进、能够完成")
    steps.activate("Enter")
    expect(page.locator("#percent")).to_be_focused()
    page.keyboard.type(str(70 + number))
    assert page.evaluate("document.documentElement.dataset.same") == "yes"
    steps.activate("Control+Enter")


def test_a_button_that_has_the_focus_is_not_pressed_by_saving(site: Served) -> None:
    filing = site.world.filing(1)
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{filing.id}")
        fill_all_but_the_mark(page)
        page.get_by_label("本项已填完").focus()
        page.keyboard.press("Space")
        tab_to(page, "提交")
        expect(page.locator("#filing-saved")).to_contain_text("已保存")
        page.wait_for_timeout(3500)  # longer than the delay of a save
        wait_until_nothing_is_kept(page)
    stored = site.world.filing(1)
    assert stored.filled
    assert stored.state is FilingState.DRAFT


def test_words_are_taken_over_from_last_quarter_and_from_others(site: Served) -> None:
    world = site.world
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    contributed(world, 1, "城管办", "协调用地1处。")
    with site.signed_in("filer") as page:
        page.goto(f"/filings/{world.filing(1).id}")
        page.get_by_role("button", name="沿用2026年第三季度的进展情况并修改").click()
        expect(page.locator("#progress")).to_be_focused()
        page.get_by_role("button", name="沿用2026年第三季度的进展情况并修改").click()  # a second time
        expect(page.locator("#toasts")).to_contain_text("没有再添一次")
        expect(page.locator("#progress")).to_have_value("已走访企业32家，形成线索12条。")
        page.get_by_role("button", name="采纳城管办的配合情况").press("Enter")
        expect(page.locator("#toasts")).to_contain_text("已把城管办的配合情况添到“进展情况”末尾。")
        expect(page.locator("#progress")).to_have_value("已走访企业32家，形成线索12条。\n协调用地1处。")
        page.keyboard.press("Control+z")
        expect(page.locator("#progress")).to_have_value("已走访企业32家，形成线索12条。")
        page.keyboard.press("Tab")
        wait_until_nothing_is_kept(page)
    assert world.filing(1).progress == "已走访企业32家，形成线索12条。"
    assert [use.contribution_id for use in ContributionUse.select()] == [world.contribution(1, "城管办").id]


def test_a_problem_leads_to_its_field_and_all_are_handed_in_together(site: Served) -> None:
    world = site.world
    for measure in (1, 2):
        filing = world.filing(measure)
        operations.save_filing(
            filing,
            full_content(),
            by=world.users["filer"],
            version=1,
            filled=measure == 1,
            thresholds=THRESHOLDS,
        )
    Filing.update(forecast=None).where(Filing.id == world.filing(2).id).execute()
    with site.signed_in("filer") as page:
        page.goto("/")
        page.get_by_role("link", name="核对并提交").click()
        expect(page.get_by_label("提交第 1 项")).to_be_checked()
        page.get_by_role("link", name="第 2 项：请选择年底预计。").click()
        expect(page.get_by_label("能够完成", exact=True)).to_be_focused()
        page.keyboard.press("Space")
        wait_until_nothing_is_kept(page)
        page.goto("/filings/check")
        page.get_by_role("button", name="全部提交（2 项）").click()
        expect(page.get_by_text("已提交 2 份，接下来由部门负责人审签。")).to_be_visible()
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.SUBMITTED}


def words(number: int) -> str:
    return f"第{number}项：走访企业{number}家，形成线索{number + 1}条。"


def fill_all_but_the_mark(page: Page) -> None:
    page.locator("#progress").fill("走访企业57家。")
    page.get_by_label("完成率").fill("76")
    page.get_by_label("正常推进").check()
    page.get_by_label("能够完成", exact=True).check()


def tab_to(page: Page, wanted: str | re.Pattern[str]) -> None:
    """Press Tab until the element with that id, or that text, has the focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here == wanted if isinstance(wanted, str) else wanted.search(here):
            return
    raise AssertionError(f"the Tab key does not lead to {wanted}")


def nine_filings(world: World) -> list[Filing]:
    """Give 经发办 nine measures to lead; return its filings in the plan's order."""
    last = PlanItem.select().order_by(PlanItem.sequence.desc()).get()
    for number in range(1, NINE - 1):
        measure = PlanItem.create(
            plan=world.plan,
            parent=world.measures[0].parent_id,
            kind=ItemKind.MEASURE,
            number=str(number),
            position=len(world.measures) + number,
            sequence=last.sequence + number,
            title=f"举措{number}",
        )
        Assignment.create(item=measure, department=world.departments["经发办"], role=AssignmentRole.LEAD)
    prepare_filings(world.period)
    own = Filing.department == world.departments["经发办"]
    accepted = {
        "state": FilingState.ACCEPTED,
        "progress": "已推进。",
        "percent": 60,
        "submitted_at": now(),
        "accepted_at": now(),
    }
    answers = {"status": MeasureStatus.ON_TRACK, "forecast": Forecast.CAN_FINISH}
    Filing.update(**accepted, **answers).where(own).execute()
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    nine = Filing.select().join(PlanItem).where(own & (Filing.period == world.period))
    return list(nine.order_by(PlanItem.sequence))
