"""Every route × every role × own and foreign department, against the table written by hand."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.access.guards import PUBLIC
from app.audit.models import Event
from tests.clients import Browser, browser, log_in
from tests.web.access_table import (
    NOBODY,
    ROUTES,
    SIGNS,
    Route,
)
from tests.web.subjects import one_of_everything, path_to
from tests.world import World

# A stranger's notice or upload is not even admitted to exist (404); the subjects of this test all exist.
CLOSED = (401, 403, 404)


@pytest.fixture
def subjects(app: Flask, world: World) -> dict[str, int | str]:
    return one_of_everything(app, world)


def let_in(response: TestResponse) -> bool:
    """Return whether the route let one in, whatever then became of an empty form."""
    is_sent_to_login = response.status_code == 303 and response.location.startswith("/login?next=")
    return response.status_code not in CLOSED and not is_sent_to_login


def ask(client: Browser, route: Route, subjects: dict[str, int | str]) -> TestResponse:
    return client.open(path_to(route, subjects), method=route.method, buffered=True)


def order(route: Route) -> tuple[bool, bool, str]:
    """Ask before doing, and leave last."""
    return route.rule == "/logout", route.method == "POST", route.rule


def test_no_route_is_missing_from_the_table_and_none_is_there_too_many(app: Flask) -> None:
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(route.method, route.rule) for route in ROUTES}


def test_every_view_carries_a_mark(app: Flask) -> None:
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "entry")]
    assert unmarked == ["static"]
    public = [name for name, view in app.view_functions.items() if getattr(view, "entry", "") == PUBLIC]
    assert public == [
        "access.show_login",
        "access.submit_login",
        "access.show_login_state",
        "health.show_health",
    ]


@pytest.mark.parametrize("sign", SIGNS)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(
    app: Flask, world: World, subjects: dict[str, int | str], sign: str
) -> None:
    """Whatever is refused, of whatever route, is one row of the log."""
    client = log_in(app, world, SIGNS[sign])
    answers = {route: ask(client, route, subjects) for route in sorted(ROUTES, key=order)}
    got_in = {route for route, answer in answers.items() if let_in(answer)}
    expected = {route for route in ROUTES if sign in route.signs}
    assert {(r.method, r.rule) for r in got_in} == {(r.method, r.rule) for r in expected}
    refused = [answer for answer in answers.values() if answer.status_code == 403]
    assert Event.select().where(Event.action == "refused").count() == len(refused)


def test_who_is_not_signed_in_is_sent_to_the_login(
    app: Flask, world: World, subjects: dict[str, int | str]
) -> None:
    client = browser(app)
    client.get("/login")
    got_in = {route for route in ROUTES if let_in(ask(client, route, subjects))}
    assert got_in == {route for route in ROUTES if NOBODY in route.signs}
