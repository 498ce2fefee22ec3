"""Walking through every page as somebody."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clients import HTMX, log_in
from tests.web.access_table import ROUTES, SIGNS, Route
from tests.web.subjects import path_to
from tests.world import World

Subjects = dict[str, int | str]


def signed_in(app: Flask, world: World, sign: str) -> FlaskClient:
    """Return a client signed in as whom a sign of the table stands for; its pages go unexamined."""
    browser = log_in(app, world, SIGNS[sign])
    client = FlaskClient(app)
    client._cookies = browser._cookies
    return client


def pages_for(sign: str) -> list[Route]:
    """Return the routes that a sign may read."""
    return [
        route
        for route in ROUTES
        if route.method == "GET" and sign in route.signs and "static" not in route.rule
    ]


def walk(client: FlaskClient, sign: str, subjects: Subjects) -> Iterator[tuple[str, TestResponse]]:
    """Yield every page that a sign may read, whole and as a fragment."""
    for route in pages_for(sign):
        path = path_to(route, subjects)
        yield path, client.get(path)
        yield path, client.get(path, headers=HTMX)


def undo_in_an_older_version(app: Flask, world: World, subjects: Subjects) -> tuple[str, TestResponse]:
    """Return what the office is answered when it goes on from a draft of a plan that somebody has changed since."""
    browser = log_in(app, world, SIGNS["O"])
    path = f"/plan/new/{subjects['import_draft_id']}/undo"
    return path, FlaskClient.open(
        browser, path, method="POST", data={"version": 0, "csrf_token": browser.token}
    )
