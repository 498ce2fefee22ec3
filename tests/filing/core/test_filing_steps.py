"""The time line: each step with the text that was kept with it, of one filing and of a whole measure."""

from __future__ import annotations

from flask import Flask

from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.periods.rules import Quarter
from tests.clients import count_queries, log_in
from tests.filing.pages import FULL, brought_to, revisions_of, seen
from tests.world import THRESHOLDS, World, full_content, open_at_once

PROGRESS = FULL["progress"]


def handed_in_twice(world: World) -> list[str]:
    """Hand a filing in, give it back, hand it in with other words; return the addresses of its kept texts."""
    filing, filer = brought_to(FilingState.RETURNED, world), world.users["filer"]
    changed = full_content("已走访企业35家，形成线索12条。", percent=90)
    operations.save_and_submit(filing, changed, by=filer, version=filing.version, thresholds=THRESHOLDS)
    return [f"/filings/{filing.id}/kept/{kept.version}" for kept in revisions_of(filing)[::-1]]


def test_every_step_leads_to_the_text_of_that_time_and_what_had_changed(app: Flask, world: World) -> None:
    first, returned, second = handed_in_twice(world)
    filer = log_in(app, world, "filer")
    page = filer.get(f"/filings/{world.filing(1).id}").get_data(as_text=True)
    assert all(f'hx-get="{address}"' in page for address in (first, returned, second))
    assert (
        f"完成率 76% 举措状态 正常推进 年底预计 能够完成 任务 1 未办结 任务 2 未办结 进展情况 {PROGRESS}"
        in seen(filer.get(first))
    )
    assert "提交时相同。" in seen(filer.get(returned, htmx=True))
    changed = filer.get(second, htmx=True)
    assert "<ins>35</ins>家" in changed.get_data(as_text=True)
    assert "完成率 76% 90%" in seen(changed)


def test_a_version_at_which_nothing_was_kept_leads_nowhere(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    assert log_in(app, world, "filer").get(f"/filings/{filing.id}/kept/2").status_code == 404
    assert log_in(app, world, "filer").get(f"/filings/{filing.id}/kept/99").status_code == 404


def test_a_measure_shows_every_step_of_every_filing_on_it(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.let_lead(1, "城管办")
    brought_to(FilingState.SUBMITTED, world, 1, "城管办")
    text = seen(log_in(app, world, "office").get(f"/measures/{world.measures[0].id}/steps"))
    words = (
        "城管办2026年第三季度填报：提交",
        "经发办2026年第三季度填报：采用",
        "经发办2026年第三季度填报：审签",
    )
    places = [text.index(step) for step in words]
    assert places == sorted(places)


def test_where_a_filing_is_written_the_steps_of_its_quarter_stand_first(app: Flask, world: World) -> None:
    brought_to(FilingState.SUBMITTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    brought_to(FilingState.SUBMITTED, world)
    filer, steps = log_in(app, world, "filer"), f"/measures/{world.measures[0].id}/steps"
    third, fourth = (f"经发办2026年第{quarter}季度填报：提交" for quarter in "三四")
    for address, order in ((steps, [fourth, third]), (f"{steps}?period=2026Q3", [third, fourth])):
        text = seen(filer.get(address))
        assert sorted(order, key=text.index) == order, address
    assert "请写成 2026Q3 的样子" in seen(filer.get(f"{steps}?period=7"))


def test_of_a_measure_one_sees_the_steps_that_one_may_see(app: Flask, world: World) -> None:
    address = f"/measures/{world.measures[0].id}/steps"
    brought_to(FilingState.SUBMITTED, world)
    stranger = log_in(app, world, "filer:一居")
    assert "还没有办理记录" in seen(stranger.get(address))
    filing = world.filing(1)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    operations.accept_filing(filing, by=world.users["office"], version=filing.version)
    assert "经发办2026年第三季度填报：采用" in seen(stranger.get(address, htmx=True))


def test_more_steps_take_no_more_queries(app: Flask, world: World) -> None:
    address, office = f"/measures/{world.measures[0].id}/steps", log_in(app, world, "office")
    office.get(address)
    with count_queries() as few:
        office.get(address)
    brought_to(FilingState.ACCEPTED, world)
    world.let_lead(1, "城管办")
    filing, filer = world.filing(1, "城管办"), world.users["filer:城管办"]
    for version in (1, 2, 3):
        operations.save_filing(filing, full_content(), by=filer, version=version, thresholds=THRESHOLDS)
    with count_queries() as many:
        office.get(address)
    assert len(many) == len(few)
