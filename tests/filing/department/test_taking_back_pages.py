"""The button that takes back what was handed in stands where it can work, and says who was faster."""

from __future__ import annotations

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.periods.operations import close_period
from tests.clients import log_in
from tests.filing.pages import address, brought_to, inputs, seen
from tests.world import World


def test_a_filer_takes_back_on_the_page_and_writes_on(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    filer = log_in(app, world, "filer")
    version = inputs(filer.get(address(filing)))["version"]
    answer = filer.post(address(filing, "take-back"), data={"version": version})
    assert (answer.status_code, answer.location) == (303, address(filing))
    assert world.filing(1).state is FilingState.DRAFT
    assert "marks" in inputs(filer.get(address(filing)))


def test_who_comes_too_late_sees_the_filing_as_it_stands(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    sent = {"version": str(filing.version - 1)}
    answer = log_in(app, world, "filer").post(address(filing, "take-back"), data=sent)
    assert answer.status_code == 409
    assert "没有撤回：某部门负责人（部门负责人）已于" in seen(answer)
    assert world.filing(1).state is FilingState.SIGNED_OFF


def test_the_head_takes_back_a_signature_and_nobody_else_is_offered_it(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    for who, offered in (("filer", False), ("office", False), ("head", True)):
        page = seen(log_in(app, world, who).get(address(filing)))
        assert ("撤回审签" in page) is offered, who
    sent = {"version": str(filing.version), "then": "list"}
    answer = log_in(app, world, "head").post(address(filing, "take-back-sign-off"), data=sent)
    assert (answer.status_code, answer.location) == (303, "/filings?period=2026Q3")
    assert world.filing(1).state is FilingState.SUBMITTED


def test_the_list_has_the_button_where_it_can_work(app: Flask, world: World) -> None:
    submitted, signed = brought_to(FilingState.SUBMITTED, world), brought_to(FilingState.SIGNED_OFF, world, 2)
    takes_back, takes_back_signature = address(submitted, "take-back"), address(signed, "take-back-sign-off")
    for who, expected in (("filer", (True, False)), ("head", (False, True))):
        page = log_in(app, world, who).get("/filings").text
        assert (takes_back in page, takes_back_signature in page) == expected, who
    close_period(world.period, by=SAMPLE_LOADER)
    assert "take-back" not in log_in(app, world, "filer").get("/filings?period=2026Q3").text
