"""Who sees and writes whose filings, through the pages."""

from __future__ import annotations

import pytest
from flask import Flask

from app.filing.core.life_cycle import FilingState
from tests.clients import log_in
from tests.filing.pages import (
    address,
    brought_to,
    inputs,
    typed,
)
from tests.world import World


@pytest.mark.parametrize(
    "who", ["filer:城管办", "head:城管办", "office", "leader", "system_admin", "auditor"]
)
def test_only_the_own_department_writes(app: Flask, world: World, who: str) -> None:
    filing, browser = world.filing(1), log_in(app, world, who)
    for action in ("", "submit"):
        answer = browser.post(address(filing, action), data=typed(filing))
        assert answer.status_code == 403
    assert world.filing(1).is_blank


@pytest.mark.parametrize(
    ("who", "draft", "accepted"),
    [
        ("filer", 200, 200),
        ("head", 200, 200),
        ("filer:城管办", 403, 200),
        ("head:一居", 403, 200),
        ("office", 200, 200),
        ("leader", 403, 200),
        ("system_admin", 403, 403),
        ("security_admin", 403, 403),
        ("auditor", 403, 403),
    ],
)
def test_an_accepted_filing_is_open_to_all_departments(
    app: Flask, world: World, who: str, draft: int, accepted: int
) -> None:
    browser, filing = log_in(app, world, who), world.filing(2)
    assert browser.get(address(filing)).status_code == draft
    brought_to(FilingState.ACCEPTED, world, measure=2)
    assert browser.get(address(filing)).status_code == accepted


@pytest.mark.parametrize("who", ["office", "leader", "filer:城管办"])
def test_a_reader_gets_no_form(app: Flask, world: World, who: str) -> None:
    page = log_in(app, world, who).get(address(brought_to(FilingState.ACCEPTED, world)))
    assert inputs(page).keys() == {"csrf_token"}


def test_an_unknown_filing_is_not_found(app: Flask, world: World) -> None:
    assert log_in(app, world, "filer").get("/filings/99999").status_code == 404


def test_only_the_office_is_led_from_a_filing_to_its_review(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    for who, led in (("office", True), ("leader", False), ("filer", False)):
        page = log_in(app, world, who).get(f"/filings/{filing.id}").text
        assert (f'href="/review/{filing.id}"' in page) is led
