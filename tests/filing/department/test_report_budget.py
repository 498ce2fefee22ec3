"""How long a report should stay: a limit that an installation sets, as it sets when lights turn."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from app import create_app
from app.base.settings.settings import Settings
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.lights import Light
from app.filing.core.models import Filing
from app.filing.core.operations import send_back_filing
from app.filing.department.report_budget import report_budget_of
from tests.clients import log_in
from tests.databases import on_both
from tests.filing.pages import address, brought_to, seen, typed
from tests.world import World, full_content

HINT = "进展已有 {} 字，其他举措平均 {} 字"


def test_the_environment_sets_thresholds_and_budget(tmp_path: object) -> None:
    given = {"INSTANCE_DIR": str(tmp_path), "LIGHT_YELLOW": "3", "LIGHT_RED": "9", "REPORT_BUDGET": "4000"}
    settings = Settings.from_environment(given)
    assert (settings.light_yellow, settings.light_red, settings.report_budget) == (3, 9, 4000)


def test_each_application_goes_by_its_own_settings(app: Flask, settings: Settings, world: World) -> None:
    """The one that was made last has set nothing for the others."""
    strict = create_app(replace(settings, light_yellow=1, light_red=4, report_budget=3000))
    strict.testing = True
    at, light = address(world.filing(1)), {}
    for one in (strict, app, strict):
        browser = log_in(one, world, "filer")
        sent = typed(world.filing(1), percent="71", progress="走" * 2000)
        assert browser.post(at, data=sent).status_code == 303
        light[one] = world.filing(1).light
        assert (HINT.format("2,000", 0) in seen(browser.get(at))) is (one is strict)
    assert light == {strict: Light.RED, app: Light.GREEN}


def long_filing(world: World, length: int, state: FilingState = FilingState.DRAFT) -> Filing:
    return brought_to(state, world, 1, content=full_content("走" * length))


@on_both
def test_a_filing_is_held_against_its_share_and_the_others_not_against_the_whole(world: World) -> None:
    for number, department in ((2, "经发办"), (3, "城管办"), (4, "城管办")):
        brought_to(FilingState.DRAFT, world, number, department, full_content("走" * 3000))
    budget = report_budget_of(long_filing(world, 6000), 5_000)
    assert budget is not None
    assert (budget.own, budget.average_of_others, budget.per_measure) == (6000, 3000, 1250)
    assert not budget.is_out_of_proportion
    longer = report_budget_of(long_filing(world, 6001), 5_000)
    assert longer is not None
    assert longer.is_out_of_proportion


def test_without_others_an_even_share_counts(world: World) -> None:
    lengths = (2500, 2501)
    budgets = [report_budget_of(long_filing(world, length), 5_000) for length in lengths]
    assert [budget.is_out_of_proportion for budget in budgets if budget] == [False, True]


def test_the_page_says_so_only_then_and_not_beside_a_request_for_more(app: Flask, world: World) -> None:
    filing = long_filing(world, 3000)
    filer = log_in(app, world, "filer")
    assert HINT.format("3,000", 0) in seen(filer.get(address(filing)))
    office = world.users["office"]
    waiting = brought_to(FilingState.SIGNED_OFF, world, 1, content=full_content("走" * 3000))
    send_back_filing(waiting, by=office, version=waiting.version, reason="请补。", kind=ReturnKind.SUPPLEMENT)
    assert "其他举措平均" not in seen(filer.get(address(filing)))
    assert report_budget_of(world.filing(1), 5_000) is None
