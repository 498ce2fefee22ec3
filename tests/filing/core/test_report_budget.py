"""How long a report should stay: a limit that an installation sets, as it sets when lights turn."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from app import create_app
from app.base.settings.settings import Settings
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.report_budget import report_budget_of
from tests.clients import log_in
from tests.databases import on_both
from tests.filing.pages import address, brought_to, seen, typed
from tests.world import World

HINT = "本项建议不超过 1,250 字；本季报告已有 {} / 5,000 字"


def test_the_environment_sets_them(tmp_path: object) -> None:
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
        sent = typed(world.filing(1), percent="71")
        assert browser.post(at, data=sent).status_code == 303
        light[one] = world.filing(1).light
        assert ("3,000 字" in seen(browser.get(at))) is (one is strict)
    assert light == {strict: Light.RED, app: Light.GREEN}


@on_both
def test_the_report_holds_what_is_accepted_and_what_the_department_writes(app: Flask, world: World) -> None:
    accepted = brought_to(FilingState.ACCEPTED, world, 3, "城管办")
    brought_to(FilingState.DRAFT, world, 4, "城管办")
    brought_to(FilingState.DRAFT, world, 1, "城管办")
    own = brought_to(FilingState.DRAFT, world, 1)
    page = log_in(app, world, "filer").get(address(world.filing(2)))
    assert HINT.format(len(accepted.progress) + len(own.progress)) in seen(page)


def test_a_contribution_is_no_part_of_the_report(app: Flask, world: World) -> None:
    page = log_in(app, world, "filer:城管办").get(address(world.filing(1, "城管办")))
    assert "本季报告" not in seen(page)
    assert report_budget_of(world.filing(1, "城管办"), 5_000) is None
