"""Taking last quarter over (沿用) and confirming what follows from figures, without a script."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import content_reading
from app.filing.core.content import Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators
from app.plan.core.models import Indicator
from tests.clients import log_in
from tests.filing.pages import address, as_read, brought_to, inputs, seen
from tests.plan.tables import indicators
from tests.world import World, full_content, open_at_once

LAST = "已走访企业32家，形成线索12条。"


def next_quarter(world: World) -> None:
    """Let everything of the third quarter be accepted, and the fourth begin."""
    brought_to(FilingState.ACCEPTED, world, content=full_content(LAST))
    world.period = open_at_once(world.plan, Quarter(2026, 4))


def test_last_quarters_text_stands_beside_its_field_and_is_taken_over_once(app: Flask, world: World) -> None:
    next_quarter(world)
    browser, at = log_in(app, world, "filer"), address(world.filing(1))
    page = browser.get(at)
    assert LAST in seen(page)
    assert world.filing(1).is_untouched
    for _ in range(2):
        sent = {
            **as_read(browser.get(at)),
            "progress": world.filing(1).progress or "四季度走访40家。",
            "take": "progress",
        }
        assert browser.post(at, data=sent).status_code == 303
        assert world.filing(1).progress == f"四季度走访40家。\n{LAST}"


def test_one_button_confirms_percent_status_and_forecast(app: Flask, world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,60"), by=SAMPLE_LOADER)
    next_quarter(world)
    key = f"indicator_{Indicator.get().id}"
    browser, at = log_in(app, world, "filer"), address(world.filing(1))
    offered = seen(browser.get(at))
    assert "确认：正常推进、能够完成" in offered
    browser.post(at, data={**inputs(browser.get(at)), key: "45"})
    assert world.filing(1).status is None
    assert "按量化指标：走访企业 75%，得 75%" in seen(browser.get(at))
    browser.post(at, data={**inputs(browser.get(at)), "take": "confirmed"})
    filing = world.filing(1)
    assert (filing.percent, filing.status, filing.forecast) == (
        75,
        MeasureStatus.ON_TRACK,
        Forecast.CAN_FINISH,
    )
    assert content_reading.content_of_filing(filing).indicators == {Indicator.get().id: Decimal(45)}
    assert "确认：" not in seen(browser.get(at))


def test_what_cannot_be_read_gives_way_to_what_is_taken_over(app: Flask, world: World) -> None:
    next_quarter(world)
    browser, at = log_in(app, world, "filer"), address(world.filing(1))
    assert (
        browser.post(at, data={**as_read(browser.get(at)), "percent": "七成", "take": "percent"}).status_code
        == 303
    )
    assert world.filing(1).percent == full_content().percent


def test_a_task_that_was_accepted_as_done_stays_done_until_its_writer_says_otherwise(
    app: Flask, world: World
) -> None:
    first, second = content_reading.commitments_for(world.filing(1))[:2]
    content = replace(full_content(LAST), ticks={first.id: Tick(True, "九月办结"), second.id: Tick(False)})
    brought_to(FilingState.ACCEPTED, world, content=content)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    browser, at = log_in(app, world, "filer"), address(world.filing(1))
    page = inputs(browser.get(at))
    assert f"done_{first.id}" in page
    assert f"done_{second.id}" not in page
    browser.post(at, data={**page, "progress": "四季度走访40家。"})
    assert content_reading.content_of_filing(world.filing(1)).ticks == {
        first.id: Tick(True),
        second.id: Tick(False),
    }
    page = inputs(browser.get(at))
    del page[f"done_{first.id}"]
    browser.post(at, data=page)
    assert content_reading.content_of_filing(world.filing(1)).ticks[first.id] == Tick(False)
