"""Who may read, write, answer and close directives through the pages."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from app.directives.core.models import Directive
from app.filing.core.life_cycle import FilingState
from tests.clients import count_queries, log_in
from tests.directives.writing import WORDS, replied_directive, written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow
from tests.world import World

ADMINISTRATORS = ("system_admin", "security_admin", "auditor")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("filer", 200),
        ("head", 200),
        ("filer:城管办", 403),
        ("office", 200),
        ("leader", 200),
        *((who, 403) for who in ADMINISTRATORS),
    ],
)
def test_a_directive_is_read_by_its_addressees_the_office_and_leaders(
    app: Flask, world: World, who: str, status: int
) -> None:
    directive = written_directive(world)
    assert log_in(app, world, who).get(f"/directives/{directive.key}").status_code == status


@pytest.mark.parametrize(
    ("who", "is_shown"), [("filer", True), ("filer:城管办", False), ("office", True), ("leader", True)]
)
@pytest.mark.parametrize("place", ["on-measure", "for-filing"])
def test_the_fragments_show_only_what_one_may_read(
    app: Flask, world: World, who: str, is_shown: bool, place: str
) -> None:
    written_directive(world)
    subject = world.measures[0].id
    if place == "for-filing":
        subject = brought_to(FilingState.ACCEPTED, world).id  # which every department may read
    for htmx in (False, True):
        answer = log_in(app, world, who).get(f"/directives/{place}/{subject}", htmx=htmx)
        assert answer.status_code == 200
        assert (WORDS in seen(answer)) is is_shown


@pytest.mark.parametrize(("who", "is_offered"), [("filer", True), ("office", False), ("leader", False)])
def test_only_the_addressee_is_offered_the_reply_form(
    app: Flask, world: World, who: str, is_offered: bool
) -> None:
    written_directive(world)
    shown = seen(log_in(app, world, who).get(f"/directives/for-filing/{world.filing(1).id}", htmx=True))
    assert ("提交负责人审签" in shown) is is_offered


def test_what_is_closed_stays_on_the_filing_of_its_quarter_to_be_read(app: Flask, world: World) -> None:
    directive, filer = replied_directive(world), log_in(app, world, "filer")
    address = f"/directives/for-filing/{world.filing(1).id}"
    assert WORDS in seen(filer.get(address, htmx=True))
    data = {"version": str(directive.version)}
    log_in(app, world, "leader").post(f"/directives/{directive.key}/close", data=data)
    first = datetime.combine(world.period.quarter.first_day, time.min)
    last = datetime.combine(world.period.leader_due, time.max)
    for day in (first, last):
        Directive.update(closed_at=day).execute()
        shown = seen(filer.get(address, htmx=True))
        assert shown.startswith("领导批示 本季度已销号的批示（1）")
        assert WORDS in shown
    for day in (first - timedelta(seconds=1), last + timedelta(seconds=1)):
        Directive.update(closed_at=day).execute()
        assert seen(filer.get(address, htmx=True)) == ""


@pytest.mark.parametrize("who", ["filer", "head", *ADMINISTRATORS])
def test_others_neither_write_nor_close(app: Flask, world: World, who: str) -> None:
    directive, browser = replied_directive(world), log_in(app, world, who)
    measure = world.measures[0].id
    assert browser.get(f"/measures/{measure}/directives/new").status_code == 403
    sent = {"kind": "instruction", "text": "好", "main": "1"}
    assert browser.post(f"/measures/{measure}/directives", data=sent).status_code == 403
    closing = {"version": str(directive.version)}
    assert browser.post(f"/directives/{directive.key}/close", data=closing).status_code == 403
    assert Directive.select().count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/directives/9",
        "/directives/2026-9",
        "/directives/2026-0" + "9" * 5000,
        "/directives/on-measure/9999",
        "/measures/9999/directives/new",
    ],
)
def test_what_there_is_not_is_not_found(app: Flask, world: World, address: str) -> None:
    assert log_in(app, world, "leader").get(address).status_code == 404


@pytest.mark.parametrize("who", ["filer", "office", "leader"])
@pytest.mark.parametrize("place", ["", "/on-measure/{measure}", "/for-filing/{filing}"])
def test_more_directives_take_no_more_queries(app: Flask, world: World, who: str, place: str) -> None:
    written_directive(world)
    brought_to(FilingState.SUBMITTED, world)
    browser = log_in(app, world, who)
    address = "/directives" + place.format(measure=world.measures[0].id, filing=world.filing(1).id)
    browser.get(address)  # what is opened for the first time is received
    with count_queries() as few:
        browser.get(address)
    grow(world)
    replied_directive(world, "经发办", "城管办")
    browser.get(address)
    with count_queries() as many:
        browser.get(address)
    assert len(many) == len(few)
