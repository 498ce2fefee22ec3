"""Numbers beyond any row and characters that are no text: refused on either database, never a crash."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.clients import TOKEN, log_in
from tests.databases import on_both
from tests.filing.pages import address, typed
from tests.web.access_table import ROUTES
from tests.web.subjects import one_of_everything, path_to
from tests.world import World

TOO_LARGE = "9" * 25
TOO_LARGE_FOR_A_ROW = str(2**31)
NO_TEXT = "a\x00b"
PAGES = ("/directives", "/notices", "/review", "/plan", "/overview")
NAMES = ("page", "department", "part", "period", "beside", "state")


@pytest.mark.parametrize("number", [TOO_LARGE, TOO_LARGE_FOR_A_ROW])
def test_no_address_with_a_number_beyond_any_row_leads_anywhere(
    app: Flask, world: World, number: str
) -> None:
    office, subjects = log_in(app, world, "office"), one_of_everything(app, world)
    numbered = [route for route in ROUTES if "<int:" in route.rule]
    paths = {(path_to(route, dict.fromkeys(subjects, number)), route.method) for route in numbered}
    answers = {office.open(path, method=method).status_code for path, method in paths}
    assert answers <= {404, 405}


@on_both
def test_no_query_ends_in_a_crash(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    for path, name, value in product(PAGES, NAMES, (TOO_LARGE, NO_TEXT)):
        assert office.get(path, query_string={name: value}, htmx=True).status_code < 500, (path, name, value)


@on_both
@pytest.mark.parametrize("changed", [{"version": TOO_LARGE}, {"note": NO_TEXT}, {"progress": NO_TEXT}])
def test_no_save_ends_in_a_crash(app: Flask, world: World, changed: dict[str, str]) -> None:
    filing = world.filing(1)
    answer = log_in(app, world, "filer").post(address(filing), data=typed(filing, **changed))
    assert answer.status_code < 500


@on_both
def test_neither_a_name_nor_an_address_with_no_text_in_it_ends_in_a_crash(app: Flask, world: World) -> None:
    door = FlaskClient(app)
    token = TOKEN.search(door.get("/login").text)[1]
    sent = {"username": NO_TEXT, "password": NO_TEXT, "csrf_token": token}
    assert door.post("/login", data=sent).status_code in (400, 401)
    assert log_in(app, world, "filer").get("/filings/excel/a%00b").status_code == 400


@on_both
def test_a_form_that_lacks_a_field_is_no_crash(app: Flask, world: World) -> None:
    sent = {"first": "2027-01-04", "last": "2027-01-05", "arrangement": "off"}
    assert log_in(app, world, "office").post("/periods/calendar", data=sent).status_code == 303
