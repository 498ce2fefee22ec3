"""Looking over a quarter before it is handed in: what is missing, what contradicts the past, and all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.filing.attachments.models import Attachment
from app.filing.core import operations
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import MeasureStatus
from app.periods.models import Period
from app.periods.operations import close_period
from app.periods.rules import Quarter
from app.plan.core.models import Indicator
from app.uploads.rules import FileKind
from tests.clients import count_queries, log_in
from tests.filing.pages import (
    address,
    brought_to,
    inputs,
    seen,
    typed,
)
from tests.world import THRESHOLDS, World, full_content, open_at_once


def ticked(world: World, *measures: int) -> dict[str, list[str]]:
    """Return what the page sends when these measures stand ticked."""
    filings = [world.filing(measure) for measure in measures]
    return {"read": [f"{filing.id}:{filing.version}" for filing in filings]}


def after_an_accepted_quarter(world: World) -> None:
    """Accept the first filing at 76 per cent as done, and open the next quarter."""
    filing = brought_to(FilingState.ACCEPTED, world)
    type(filing).update(status=MeasureStatus.DONE).execute()
    world.period = open_at_once(world.plan, Quarter(2026, 4))


def write(world: World, measure: int, content: FilingContent, *, filled: bool = False) -> None:
    filing = world.filing(measure)
    operations.save_filing(
        filing, content, by=world.users["filer"], version=filing.version, filled=filled, thresholds=THRESHOLDS
    )


def test_every_problem_stands_first_and_leads_to_its_field(app: Flask, world: World) -> None:
    write(world, 1, replace(full_content(), status=None))
    page = log_in(app, world, "filer").get("/filings/check")
    text, source = seen(page), page.get_data(as_text=True)
    assert (
        text.index("2 项还不能提交") < text.index("第 1 项：请选择举措状态。") < text.index("已走访企业32家")
    )
    assert f'href="/filings/{world.filing(1).id}#status-0"' in source
    assert f'href="/filings/{world.filing(2).id}#progress"' in source
    assert "read" not in inputs(page)
    assert "提交勾选的各项" not in text


def test_what_its_writer_marked_as_filled_stands_ticked(app: Flask, world: World) -> None:
    write(world, 1, full_content(), filled=True)
    write(world, 2, full_content())
    page = log_in(app, world, "filer").get("/filings/check")
    assert inputs(page)["read"] == f"{world.filing(2).id}:2"  # the hidden one of “all” comes last
    boxes = page.get_data(as_text=True).split('type="checkbox"')[1:]
    assert [" checked>" in box.split("<label")[0] for box in boxes] == [True, False]


def test_all_that_is_ready_can_be_ticked_at_once(app: Flask, world: World) -> None:
    write(world, 1, full_content())
    write(world, 2, replace(full_content(), status=None))
    page = log_in(app, world, "filer").get("/filings/check?tick=all")
    assert "全选可以提交的 1 项" in seen(page)
    boxes = page.get_data(as_text=True).split('type="checkbox"')[1:]
    assert [" checked>" in box.split("<label")[0] for box in boxes] == [True]
    assert f'href="/filings/{world.filing(2).id}#status-0">请选择举措状态。' in page.get_data(as_text=True)


def test_numbers_files_and_the_reason_of_a_return_stand_there(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.RETURNED, world)
    indicator = Indicator.create(
        measure=world.measures[0], name="走访企业", unit="家", yearly_target=Decimal(40), position=1
    )
    content = replace(full_content(), indicators={indicator.id: Decimal(32)})
    write(world, 1, content)
    Attachment.create(
        filing=filing, name="走访名单.pdf", kind=FileKind.PDF, size=5, sha256="0" * 64, uploaded_by="某人"
    )
    text = seen(log_in(app, world, "filer").get("/filings/check"))
    for words in ("请补充数字。", "走访企业32 家", "佐证材料走访名单.pdf", "年底预计能够完成"):
        assert words in text


def test_the_ticked_ones_are_handed_in_and_the_others_stay(app: Flask, world: World) -> None:
    for measure in (1, 2):
        write(world, measure, full_content())
    browser = log_in(app, world, "filer")
    answer = browser.post("/filings/submit-all", data=ticked(world, 2))
    assert (answer.status_code, answer.location) == (303, "/filings?period=2026Q3")
    assert "已提交 1 份，接下来由部门负责人审签。还有 1 项未提交。" in seen(browser.get(answer.location))
    assert [world.filing(measure).state for measure in (1, 2)] == [FilingState.DRAFT, FilingState.SUBMITTED]


def test_all_or_none_with_the_obstacle_named(app: Flask, world: World) -> None:
    write(world, 1, full_content())
    write(world, 2, replace(full_content(), forecast=None))
    answer = log_in(app, world, "filer").post("/filings/submit-all", data=ticked(world, 1, 2))
    assert answer.status_code == 409
    assert "一份也没有提交。经发办“打通转化链条”：请选择年底预计。" in seen(answer)
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.DRAFT}


def test_what_moved_since_it_was_ticked_stops_them_all(app: Flask, world: World) -> None:
    for measure in (1, 2):
        write(world, measure, full_content())
    read = ticked(world, 1, 2)
    write(world, 2, full_content("又改了一句。"))
    answer = log_in(app, world, "filer").post("/filings/submit-all", data=read)
    assert answer.status_code == 409
    assert "“打通转化链条”：这份填报在您勾选之后有了变化。" in seen(answer)
    assert world.filing(1).state is FilingState.DRAFT


def test_a_form_of_two_quarters_is_answered_as_it_was_done(app: Flask, world: World) -> None:
    write(world, 2, full_content())
    read = ticked(world, 2)["read"]
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    write(world, 1, full_content())
    browser = log_in(app, world, "filer")
    answer = browser.post("/filings/submit-all", data={"read": read + ticked(world, 1)["read"]})
    assert (answer.status_code, world.filing(1).state) == (303, FilingState.SUBMITTED)


def test_nothing_ticked_is_reported(app: Flask, world: World) -> None:
    answer = log_in(app, world, "filer").post("/filings/submit-all", data={})
    assert answer.status_code == 422
    assert "没有勾选任何一项，什么也没有提交。" in seen(answer)


def test_strangers_hand_in_nothing(app: Flask, world: World) -> None:
    write(world, 1, full_content())
    answer = log_in(app, world, "filer:城管办").post("/filings/submit-all", data=ticked(world, 1))
    assert answer.status_code == 403
    assert world.filing(1).state is FilingState.DRAFT


def test_a_closed_or_finished_quarter_has_nothing_to_hand_in(app: Flask, world: World) -> None:
    for measure in (1, 2):
        brought_to(FilingState.SUBMITTED, world, measure)
    browser = log_in(app, world, "filer")
    assert "本部门已全部提交。" in seen(browser.get("/filings/check"))
    close_period(world.period, by=SAMPLE_LOADER)
    assert "填报已关闭。" in seen(browser.get("/filings/check?period=2026Q3"))


def test_a_contradiction_to_the_last_quarter_is_shown_and_confirmed_by_submitting(
    app: Flask, world: World
) -> None:
    after_an_accepted_quarter(world)
    write(world, 1, replace(full_content(), percent=70))
    browser = log_in(app, world, "filer")
    text = seen(browser.get("/filings/check?period=2026Q4"))
    assert "第 1 项完成率：比2026年第三季度采用的 76% 低。" in text
    assert "第 1 项举措状态：2026年第三季度采用的是“已完成”，现在不是。" in text
    assert browser.post("/filings/submit-all", data=ticked(world, 1)).status_code == 303
    assert world.filing(1).state is FilingState.SUBMITTED


def test_a_contradiction_that_was_not_shown_yet_is_asked_about_once(app: Flask, world: World) -> None:
    after_an_accepted_quarter(world)
    filing, browser = world.filing(1), log_in(app, world, "filer")
    sent = typed(filing, percent="70", status="done")
    asked = browser.post(address(filing, "submit"), data={**sent, "percent": "100", "status": "on_track"})
    assert asked.status_code == 422
    assert "还没有提交，请先核对" in seen(asked)
    assert inputs(asked)["shown"] == "status"
    assert world.filing(1).state is FilingState.DRAFT
    assert world.filing(1).percent == 100  # the words are saved all the same
    again = {**sent, "percent": "100", "status": "on_track", "shown": "status"}
    assert browser.post(address(filing, "submit"), data=again).status_code == 303
    assert world.filing(1).state is FilingState.SUBMITTED


def test_the_mark_is_kept_counted_and_taken_away_with_a_return(app: Flask, world: World) -> None:
    filing, browser = world.filing(1), log_in(app, world, "filer")
    browser.post(address(filing), data=typed(filing, filled="y"))
    assert world.filing(1).filled
    assert "filled" in inputs(browser.get(address(filing)))
    text = seen(browser.get("/filings"))
    assert "1/2 填完" in text
    assert "绿灯 76% 已填完 草稿" in text
    browser.post(address(filing), data=typed(world.filing(1)))
    assert not world.filing(1).filled
    write(world, 1, full_content(), filled=True)
    filing = world.filing(1)
    operations.submit_filing(filing, by=world.users["filer"], version=filing.version)
    assert "1/2 填完" in seen(browser.get("/filings"))
    operations.return_filing(filing, by=world.users["head"], version=filing.version, reason="请补数字。")
    assert not world.filing(1).filled
    assert "0/2 填完" in seen(browser.get("/filings"))


def test_an_import_leaves_the_mark_as_it_stands(app: Flask, world: World) -> None:
    write(world, 1, full_content(), filled=True)
    filing = world.filing(1)
    operations.save_filing(
        filing, full_content("改了。"), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    assert world.filing(1).filled


def test_the_list_leads_to_the_check_as_long_as_there_is_something_to_submit(
    app: Flask, world: World
) -> None:
    browser = log_in(app, world, "filer")
    assert 'href="/filings/check?period=2026Q3"' in browser.get("/filings").get_data(as_text=True)
    for measure in (1, 2):
        brought_to(FilingState.SUBMITTED, world, measure)
    assert "/filings/check" not in browser.get("/filings").get_data(as_text=True)


def test_the_number_of_queries_does_not_grow_with_the_quarter(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    brought_to(FilingState.SUBMITTED, world, measure=2)
    browser.get("/filings/check")
    with count_queries() as few:
        browser.get("/filings/check")
    world.filing(2).delete_instance(recursive=True)
    after_an_accepted_quarter(world)
    for measure in (1, 2):
        write(world, measure, full_content())
    with count_queries() as many:
        browser.get("/filings/check")
    assert len(many) == len(few)


def test_who_leads_no_measure_is_late_with_nothing(app: Flask, world: World) -> None:
    late = today() - timedelta(days=7)
    Period.update(opens_on=late, department_due=late, office_due=today(), leader_due=today()).execute()
    page = seen(log_in(app, world, "filer:一居").get("/filings/check"))
    assert "本部门没有牵头填报的举措。" in page
    assert "已逾期" not in page
