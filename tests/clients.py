"""Browsers without a window: signed-in test clients whose every page passes the HTML gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.base.database import database
from tests.html_gate import check_fragment, check_page
from tests.world import PASSWORD, World

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
TOKEN_VALUE = re.compile(r'(?<=name="csrf_token" value=")[^"]+(?=")')
HTMX = {"HX-Request": "true"}


@lru_cache(2_000)
def hold_to_gate(text: str) -> None:
    """Hold a page or fragment to the gate, once: a refusal or an empty list looks the same to many tests."""
    check_page(text) if text.lstrip().lower().startswith("<!doctype") else check_fragment(text)


class Browser(FlaskClient):
    """Sends what a real form would send (the token included) and holds every answer to the HTML gate."""

    token = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Open a page; `htmx=True` asks for the fragment."""
        if kwargs.pop("htmx", False):
            kwargs["headers"] = {**HTMX, **kwargs.get("headers", {})}
        if kwargs.get("method") == "POST" and isinstance(kwargs.get("data"), dict | None):
            kwargs["data"] = {"csrf_token": self.token, **(kwargs.get("data") or {})}
        response = super().open(*args, **kwargs)
        self.look_at(response)
        return response

    def look_at(self, response: TestResponse) -> None:
        """Hold a page or fragment to the gate, and remember the token that it carries."""
        if response.mimetype != "text/html" or response.status_code in (204, 302, 303):
            return
        text = response.get_data(as_text=True)
        hold_to_gate(TOKEN_VALUE.sub("", text))
        self.remember_token(text)

    def remember_token(self, text: str) -> None:
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token

    def fetch_token(self, path: str) -> None:
        """Take the token from a page that the tests of that page hold to the gate."""
        self.remember_token(FlaskClient.open(self, path).get_data(as_text=True))


def browser(app: Flask) -> Browser:
    """Return a browser that nobody has signed in with."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


def log_in(app: Flask, world: World, who: str) -> Browser:
    """Return a browser signed in as `who`, a key of `world.users` ("filer", "office", "head:城管办" …)."""
    client = browser(app)
    client.fetch_token("/login")
    name = world.users[who].username
    answer = client.post("/login", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    # The token belongs to the new session: read it from a page that has a form.
    client.fetch_token("/password")
    return client


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the SQL of every query inside the block."""
    statements: list[str] = []

    def note(event: Any) -> None:
        statements.append(event.sql)

    database.obj.query_hooks.append(note)
    try:
        yield statements
    finally:
        database.obj.query_hooks.remove(note)
