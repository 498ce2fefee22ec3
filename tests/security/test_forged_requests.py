"""CSRF: no unsafe route does anything without the token of the very log-in that it is sent with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clients import HTMX, TOKEN, log_in
from tests.security.walk import signed_in
from tests.web.access_table import ROUTES, SIGNS, Route
from tests.web.subjects import one_of_everything, path_to
from tests.world import World

SAFE = {"GET", "HEAD", "OPTIONS"}
UNSAFE = [route for route in ROUTES if route.method not in SAFE]


def dump(app: Flask) -> str:
    """Return everything that the database holds."""
    path = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return text


def forgeries(client: FlaskClient, path: str, foreign: str, *, all_of_them: bool) -> Iterator[TestResponse]:
    """Send what an attacker can: no token, a made-up one, that of another log-in; as field and as header."""
    yield client.post(path)
    if not all_of_them:
        return
    yield client.post(path, json={"csrf_token": foreign})
    for token in ("forged", foreign):
        yield client.post(path, data={"csrf_token": token})
        yield client.post(path, headers={"X-CSRFToken": token, **HTMX})
        yield client.post(path, query_string={"csrf_token": token})


def somebody_let_in(route: Route) -> str:
    """Return a sign of the table that gets into a route; of one that lets in a deputy alone, any."""
    return next((sign for sign in SIGNS if sign in route.signs), next(iter(SIGNS)))


def test_every_unsafe_method_of_the_map_is_tried(app: Flask) -> None:
    unsafe = {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - SAFE
    }
    assert unsafe == {(route.method, route.rule) for route in UNSAFE}


def test_nothing_is_done_without_the_token_of_this_log_in(app: Flask, world: World) -> None:
    subjects = one_of_everything(app, world)
    clients = {sign: signed_in(app, world, sign) for sign in {somebody_let_in(route) for route in UNSAFE}}
    foreign = log_in(app, world, "filer").token
    before = dump(app)
    for number, route in enumerate(UNSAFE):
        client, is_sampled = (
            clients[somebody_let_in(route)],
            number % 20 == 0,
        )  # one check stands before every view
        for answer in forgeries(client, path_to(route, subjects), foreign, all_of_them=is_sampled):
            assert answer.status_code == 400, route
            assert "请刷新页面" in answer.text
            assert "HX-Trigger" not in answer.headers
    assert dump(app) == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_safe_method_does_what_an_unsafe_one_does(app: Flask, world: World, method: str) -> None:
    subjects, client = one_of_everything(app, world), signed_in(app, world, "O")
    before = dump(app)
    readable = {route.rule for route in ROUTES if route.method == "GET"}
    for route in UNSAFE:
        if route.rule not in readable or method == "OPTIONS":
            client.open(path_to(route, subjects), method=method)
    assert dump(app) == before


def test_the_right_token_is_taken_as_field_and_as_header(app: Flask, world: World) -> None:
    client = signed_in(app, world, "F")
    token = TOKEN.search(client.get("/password").text)
    assert token
    assert client.post("/notices/read", data={"csrf_token": token[1]}).status_code == 303
    assert client.post("/notices/read", headers={"X-CSRFToken": token[1]}).status_code == 303


def test_a_page_gets_the_new_token_only_from_the_account_that_opened_it(app: Flask, world: World) -> None:
    client = signed_in(app, world, "F")
    own, other = world.users["filer"].account_id, world.users["office"].account_id
    stale = {"X-CSRFToken": "of the log-in before", **HTMX}
    refused = client.post("/notices/read", headers={**stale, "X-Account": str(other)})
    assert (refused.status_code, "HX-Trigger" in refused.headers) == (400, False)
    handed = client.post("/notices/read", headers={**stale, "X-Account": str(own)})
    assert handed.status_code == 400
    assert "请再按一次按钮" in handed.text
    token = json.loads(handed.headers["HX-Trigger"])["token"]
    assert client.post("/notices/read", headers={"X-CSRFToken": token}).status_code == 303
