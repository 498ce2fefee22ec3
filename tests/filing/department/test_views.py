"""The page of one filing: what it shows to whom, and what becomes of what is typed."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import content_reading, operations
from app.filing.core.content import Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.periods.operations import close_period
from app.periods.rules import Quarter
from app.plan.core.queries import commitments_of_measure
from tests.clients import count_queries, log_in
from tests.filing.pages import (
    FULL,
    address,
    brought_to,
    contributed,
    inputs,
    seen,
    typed,
)
from tests.world import THRESHOLDS, World, full_content, open_at_once


def test_the_plans_wording_stands_beside_the_form(app: Flask, world: World) -> None:
    page = log_in(app, world, "filer").get(address(world.filing(1)))
    text = seen(page)
    assert "1. 夯实招商基础" in text
    assert "落实招商机制，拓展线索来源。走访重点企业。" in text
    assert "周示例（副主任）" in text
    assert "经济发展办公室" in text
    assert "城管办、一居" in text
    assert inputs(page)["version"] == "1"


def test_what_was_accepted_last_quarter_can_be_read_again(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    text = seen(log_in(app, world, "filer").get(address(world.filing(1))))
    assert "2026年第三季度：76%" in text
    assert "已走访企业32家" in text


def test_saving_keeps_everything_and_says_when(app: Flask, world: World) -> None:
    filing = world.filing(1)
    first, second = commitments_of_measure(filing.measure)[:2]
    sent = typed(filing, percent=" ７６％ ", progress="第一行\r\n第二行")
    sent |= {f"done_{first.id}": "y", f"note_{second.id}": "十月完成"}
    answer = log_in(app, world, "filer").post(address(filing), data=sent)
    assert (answer.status_code, answer.location) == (303, address(filing))
    content = content_reading.content_of_filing(world.filing(1))
    assert content.progress == "第一行\n第二行"
    assert content.percent == 76
    assert content.ticks[first.id] == Tick(True)
    assert content.ticks[second.id] == Tick(False, "十月完成")
    assert world.filing(1).state is FilingState.DRAFT


def test_saving_under_htmx_changes_only_the_note_the_version_and_the_light(app: Flask, world: World) -> None:
    filing = world.filing(1)
    headers = {"HX-Target": "filing-saved"}
    answer = log_in(app, world, "filer").post(
        address(filing), data=typed(filing, percent="40"), htmx=True, headers=headers
    )
    assert answer.status_code == 200
    assert inputs(answer).keys() == {"version", "marks"}
    assert "红灯" in seen(answer)
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["message"].startswith("已保存 ")


def test_an_override_of_the_light_is_kept_with_its_reason(app: Flask, world: World) -> None:
    filing = world.filing(1)
    sent = typed(filing, light="yellow", light_reason="资金尚未到位。")
    log_in(app, world, "filer").post(address(filing), data=sent)
    stored = world.filing(1)
    assert (stored.light, stored.light_reason) == (Light.YELLOW, "资金尚未到位。")


def test_submitting_saves_first_and_goes_on_to_the_next(app: Flask, world: World) -> None:
    filing, following = world.filing(1), world.filing(2)
    browser = log_in(app, world, "filer")
    answer = browser.post(address(filing, "submit"), data=typed(filing))
    assert (answer.status_code, answer.location) == (303, f"{address(following)}#progress")
    assert world.filing(1).state is FilingState.SUBMITTED
    assert world.filing(1).progress == FULL["progress"]
    assert "第 1 项已提交，现在是“待审签”。下面是第 2 项。" in seen(browser.get(answer.location))
    last = browser.post(address(following, "submit"), data=typed(following))
    assert last.location == "/filings?period=2026Q3"


def test_a_unit_without_sign_off_hands_in_to_the_office_at_once(app: Flask, world: World) -> None:
    world.let_lead(4, "一居")
    filing = world.filing(4, "一居")
    log_in(app, world, "filer:一居").post(address(filing, "submit"), data=typed(filing))
    assert world.filing(4, "一居").state is FilingState.SIGNED_OFF


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_missing_is_named_at_its_field_and_nothing_typed_is_lost(
    app: Flask, world: World, htmx: bool
) -> None:
    filing = world.filing(1)
    sent = typed(filing, percent="", status="", problems="写了一半")
    answer = log_in(app, world, "filer").post(address(filing, "submit"), data=sent, htmx=htmx)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#filing-form"
    text, held = seen(answer), inputs(answer)
    assert "完成率：请填写完成率" in text
    assert "举措状态：请选择举措状态。" in text
    assert 'href="#status-0"' in answer.get_data(as_text=True)
    assert (held["progress"], held["problems"], held["version"]) == (FULL["progress"], "写了一半", "2")
    stored = world.filing(1)
    assert (stored.state, stored.problems) == (FilingState.DRAFT, "写了一半")
    assert "”没有保存" not in text  # what lacks something is saved all the same


def test_a_number_that_is_none_stands_there_as_it_was_typed(app: Flask, world: World) -> None:
    filing = world.filing(1)
    answer = log_in(app, world, "filer").post(address(filing), data=typed(filing, percent="七成"))
    assert answer.status_code == 422
    assert inputs(answer)["percent"] == "七成"
    assert "“七成”不是整数，请填写整数，如 76。" in seen(answer)


def test_a_stale_save_shows_both_texts_and_the_next_save_keeps_the_merged_one(
    app: Flask, world: World
) -> None:
    mine, theirs = world.filing(1), world.filing(1)
    operations.save_filing(
        theirs,
        full_content("先到的文字。", percent=50),
        by=world.users["head"],
        version=1,
        thresholds=THRESHOLDS,
    )
    browser = log_in(app, world, "filer")
    answer = browser.post(address(mine), data=typed(mine, progress="后到的文字。"))
    assert answer.status_code == 409
    text, held = seen(answer), inputs(answer)
    assert (held["progress"], held["percent"], held["version"]) == ("后到的文字。", "76", "2")
    assert "先到的文字。" in text
    assert "50%" in text
    assert text.count("已保存的内容") == 2
    assert world.filing(1).progress == "先到的文字。"
    merged = browser.post(address(mine), data=typed(mine, version=held["version"], progress="合并的文字。"))
    assert merged.status_code == 303
    assert world.filing(1).progress == "合并的文字。"


def test_what_was_typed_survives_a_filing_that_was_handed_in_meanwhile(app: Flask, world: World) -> None:
    filing = world.filing(1)
    brought_to(FilingState.SUBMITTED, world)
    answer = log_in(app, world, "filer").post(address(filing), data=typed(filing, progress="还没存的文字。"))
    assert answer.status_code == 409
    assert inputs(answer)["progress"] == "还没存的文字。"
    assert "现在是“待审签”，不能保存" in seen(answer)
    assert ">保存</button>" not in answer.get_data(as_text=True)


def test_a_page_that_was_not_sent_whole_is_refused(app: Flask, world: World) -> None:
    answer = log_in(app, world, "filer").post(address(world.filing(1)), data=FULL)
    assert answer.status_code == 422
    assert "请刷新页面后重试" in seen(answer)


def test_a_text_of_100000_hanzi_is_saved_in_every_field(app: Flask, world: World) -> None:
    filing, longest = world.filing(1), "街" * 100_000
    sent = typed(filing, progress=longest, problems=longest, next_steps=longest)
    assert log_in(app, world, "filer").post(address(filing), data=sent).status_code == 303
    stored = world.filing(1)
    assert stored.progress == stored.problems == stored.next_steps == longest


def test_a_form_beyond_all_measure_is_refused_in_words(app: Flask, world: World) -> None:
    filing = world.filing(1)
    answer = log_in(app, world, "filer").post(address(filing), data=typed(filing, progress="街" * 450_000))
    assert answer.status_code == 413
    assert "提交的内容太大" in seen(answer)
    assert world.filing(1).is_blank


@pytest.mark.parametrize("state", [FilingState.SUBMITTED, FilingState.SIGNED_OFF, FilingState.ACCEPTED])
def test_what_was_handed_in_is_read_not_written(app: Flask, world: World, state: FilingState) -> None:
    page = log_in(app, world, "filer").get(address(brought_to(state, world)))
    assert "progress" not in inputs(page)
    assert FULL["progress"] in seen(page)


def test_a_closed_quarter_is_read_not_written(app: Flask, world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    assert "progress" not in inputs(log_in(app, world, "filer").get(address(world.filing(1))))


def test_the_history_shows_each_step_and_the_text_of_that_time(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.RETURNED, world)
    for version in (filing.version, filing.version + 1):
        filer = world.users["filer"]
        operations.save_filing(
            world.filing(1), full_content("改过的文字。"), by=filer, version=version, thresholds=THRESHOLDS
        )
    browser, steps_page = log_in(app, world, "filer"), f"/measures/{filing.measure_id}/steps?period=2026Q3"
    assert f'<a href="{steps_page}">看每一步</a>' in browser.get(address(filing)).text
    steps = seen(browser.get(steps_page, htmx=True))
    order = [steps.index(words) for words in ("保存 2 次", "退回 ", "提交 ")]
    assert order == sorted(order)
    assert "请补充数字。" in steps


def test_the_number_of_queries_does_not_grow_with_contributions_and_history(app: Flask, world: World) -> None:
    browser, filing = log_in(app, world, "filer"), world.filing(1)
    browser.get(address(filing))
    with count_queries() as few:
        browser.get(address(filing))
    brought_to(FilingState.RETURNED, world)
    for department in ("城管办", "一居"):
        contributed(world, 1, department)
    with count_queries() as many:
        browser.get(address(filing))
    assert len(many) == len(few)


def test_nothing_written_yet_has_no_light_and_its_own_words(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    own = seen(browser.get(address(world.filing(1))))
    assert "未填写 经发办" in own
    assert "10月13日截止（含当日）" in own
    assert "亮灯：未定" in own.replace(" ", "")
    assert "灰灯" not in own.partition("调整亮灯")[0]
    assert "未报 经发办" in seen(log_in(app, world, "office").get(address(world.filing(1))))
    sent = {**inputs(browser.get(address(world.filing(1)))), "progress": "已走访。"}
    headers = {"X-Autosave": "true", "HX-Target": "filing-saved"}
    saved = browser.post(address(world.filing(1)), data=sent, htmx=True, headers=headers)
    assert "草稿" in seen(saved)
