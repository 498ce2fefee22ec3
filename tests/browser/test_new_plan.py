"""A clerk brings a plan of 45 measures in within ten minutes: how many steps that takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from app.base.settings.settings import ROOT
from app.plan.core.models import Assignment
from app.plan.core.queries import measures_of_plan, plan_of_year
from app.plan.core.rules import AssignmentRole
from app.plan.preview.models import ImportDraft
from tests.browser.conftest import Served
from tests.plan.preview.import_drafts import read_draft

# Ten minutes are fifteen seconds a step for somebody who has never seen the pages; 37 and 7 when this was written.
MOST_STEPS, MOST_SCREENS = 40, 8


class CountedWalk:
    """What a person does on a page: every click, every key that does something, every field, every screen."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0
        self.screens: list[str] = []
        page.on(
            "framenavigated", lambda frame: self.screens.append(frame.url) if not frame.parent_frame else None
        )

    def click(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def type_key(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.steps += 1
        self.page.keyboard.insert_text(words)


def sample_with_faults(folder: Path) -> Path:
    """Write the sample plan with a head without its stop and a section without its number, before a year unknown."""
    text = (ROOT / "plans" / "2026-work-plan.txt").read_text(encoding="utf-8").replace("2026", "2028")
    for printed, fault in (
        ("**筑牢治理根基。**", "筑牢治理根基，"),
        ("（三）紧贴服务保障，提升区域发展竞争力", "紧贴服务保障，提升区域发展竞争力"),
    ):
        assert printed in text
        text = text.replace(printed, fault)
    path = folder / "2028年工作计划.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clerk_brings_a_plan_in_within_ten_minutes(
    site: Served, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = sample_with_faults(tmp_path)
    with site.signed_in("office") as page:
        page.goto("/")
        walk = CountedWalk(page)
        walk.click(page.get_by_role("link", name="工作计划", exact=True))
        walk.click(page.get_by_role("link", name="导入工作计划"))
        walk.steps += 2  # the dialog of the file, and the file in it
        page.get_by_label("计划文件").set_input_files(path)
        walk.click(page.get_by_role("button", name="读取并核对"))
        expect(page.locator("#outline-title")).to_be_visible()
        correct_the_faults(walk)
        expect(page.locator("#outline-title")).to_have_text("5 个部分，15 个专项，45 项举措")
        for step in ("下一步", "下一步"):
            walk.click(page.get_by_role("link", name=step).first)
        assign_everything(walk)
        walk.click(page.get_by_role("button", name="保存分工，下一步"))
        walk.click(page.get_by_role("button", name="入库"))
        page.wait_for_url("**/plan?year=2028")
    plan = plan_of_year(2028)
    assert plan is not None
    leads = Assignment.select().where(
        Assignment.item.in_(measures_of_plan(plan)) & (Assignment.role == AssignmentRole.LEAD)
    )
    assert leads.count() == 45
    record_property("steps and screens", (walk.steps, len(walk.screens)))
    assert walk.steps <= MOST_STEPS
    assert len(walk.screens) <= MOST_SCREENS


def correct_the_faults(walk: CountedWalk) -> None:
    """Go to each question, correct what it is about, and tick it off."""
    page = walk.page
    walk.click(page.get_by_role("link", name="紧扣“上海硅巷”").first)
    click_before(walk, "持续优化营商环境。", "h", "切成小标题")
    click_before(walk, "紧贴服务保障", "2", "改为第 2 级")
    walk.click(page.get_by_role("button", name="已核对").first)
    walk.click(page.get_by_role("link", name="突出加强党的政治建设").first)
    click_before(walk, "筑牢治理根基，", "h", "切成小标题")
    click_before(walk, "筑牢治理根基，", "x", "切开", behind=True)
    walk.click(page.get_by_role("button", name="已核对").first)


WORDS_AT = """([words, behind]) => {
  for (const node of document.querySelectorAll(".preview-words")) {
    const text = node.firstChild;
    const at = text.data.indexOf(words);
    if (at < 0) continue;
    node.scrollIntoView({ block: "center" });
    const range = document.createRange();
    const place = at + (behind ? words.length : 0);
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    const box = range.getBoundingClientRect();
    return [box.left + 1, box.top + box.height / 2];
  }
}"""


def click_before(walk: CountedWalk, words: str, key: str, outcome: str, *, behind: bool = False) -> None:
    """Click into the text right before some words, or behind them, and press a key that works there."""
    x, y = walk.page.evaluate(WORDS_AT, [words, behind])
    walk.steps += 1
    walk.page.mouse.click(x, y)
    walk.type_key(key)
    expect(walk.page.locator("#preview-bar [role=status]")).to_contain_text(outcome)
    expect(walk.page.locator("#preview-text :focus")).to_have_count(1)


def assign_everything(walk: CountedWalk) -> None:
    """Write a lead at each of the 15 sections, which goes for the measures below."""
    page = walk.page
    walk.click(page.locator("[name^=lead-all]").first)
    for place in range(page.locator("[name^=lead-all]").count()):
        page.locator("[name^=lead-all]").nth(place).focus()
        walk.write(("经发办", "城管办")[place % 2])


def test_a_column_of_a_table_is_pasted_into_the_grid(site: Served) -> None:
    draft = read_draft(site.world)
    with site.signed_in("office") as page:
        page.goto(f"/plan/new/{draft.id}/duties")
        page.evaluate(
            """(words) => {
              const field = document.querySelector("tbody tr:not(.table-group) .preview-duty");
              const data = new DataTransfer();
              data.setData("text/plain", words);
              const values = { clipboardData: data, bubbles: true, cancelable: true };
              field.dispatchEvent(new ClipboardEvent("paste", values));
            }""",
            "牵头部门\t配合部门\r\n经发办\t城管办、一居\r\n城管办\t\r\n城管办\t一居\r\n",
        )
        expect(page.locator("#duties-pasted")).to_have_text("已填入 3 项，保存后生效。")
        page.get_by_role("button", name="保存分工，下一步").click()
        page.wait_for_url("**/confirm")
    rows = ImportDraft.get_by_id(draft.id).duties["rows"].values()
    assert [(row["lead"], row["supports"]) for row in rows][:4] == [
        ("经发办", "城管办、一居"), ("城管办", ""), ("城管办", "一居"), ("", ""),
    ]  # fmt: skip


def test_two_in_one_draft_do_not_overwrite_each_other(site: Served) -> None:
    draft = read_draft(site.world)
    with site.signed_in("office") as first, site.signed_in("office") as second:
        for page in (first, second):
            page.goto(f"/plan/new/{draft.id}")
        choose(first, "二、建设美丽家园")
        first.keyboard.press("t")
        expect(first.locator("#preview-bar [role=status]")).to_contain_text("改为填报或不填报")
        choose(second, "2. 打通转化链条")
        second.keyboard.press("j")
        bar = second.locator("#preview-bar")
        expect(bar.get_by_role("alert")).to_contain_text("刚刚改动过这份导入稿，您的这一步没有办成")
        expect(bar.get_by_role("alert")).to_contain_text("“二、建设美丽家园”改为填报或不填报")
        expect(second.locator("#outline-title")).to_contain_text("3 项举措")
        choose(second, "2. 打通转化链条")
        second.keyboard.press("j")
        expect(bar.get_by_role("status")).to_contain_text("并入上一段")
    assert ImportDraft.get_by_id(draft.id).version == 3


def choose(page: Page, words: str) -> None:
    page.locator(".preview-line", has_text=words).locator(".preview-role").focus()
