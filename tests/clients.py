"""Browsers without a window: signed-in test clients whose every page passes the HTML gate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, session
from flask.testing import FlaskClient
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from app.access.login.delays import LoginOrigin
from app.access.login.manager import load_signed_in
from app.access.login.operations import open_session
from app.access.models import Account
from app.access.views import with_browser_cookie
from app.base.database import database
from tests.html_gate import check_fragment, check_page
from tests.world import World

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HTMX = {"HX-Request": "true"}
WORDS = re.compile(r">\s*[^<\s][^<]*<")
VALUE = re.compile(r"""="[^"]+"|='[^']+'""")
# The elements and attributes of what was held to the gate.
HELD: set[str] = set()


def hold_to_gate(text: str) -> None:
    """Hold a page or fragment to the gate, once for all that differ in words and numbers alone."""
    outline = VALUE.sub('="x"', WORDS.sub(">x<", text))
    if outline not in HELD:
        check_page(text) if text.lstrip().lower().startswith("<!doctype") else check_fragment(text)
        HELD.add(outline)


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
        hold_to_gate(text)
        if found := TOKEN.search(text):
            self.token = found[1]

    def keep_cookies(self, answer: Response) -> None:
        for cookie in answer.headers.getlist("Set-Cookie"):
            for name, value in parse_cookie(cookie.partition(";")[0]).items():
                self.set_cookie(name, value)


def browser(app: Flask) -> Browser:
    """Return a browser that nobody has signed in with."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


def log_in(app: Flask, world: World, who: str) -> Browser:
    """Return a browser signed in as `who`, a key of `world.users` ("filer", "office", "head:城管办" …).

    It is given what the log-in's form gives (tests/access/login), in a tenth of the time.
    """
    client, settings = browser(app), app.config["SETTINGS"]
    with app.test_request_context():
        account = Account.get(Account.username == world.users[who].username)
        opened = open_session(account, origin=LoginOrigin("127.0.0.1", ""), settings=settings)
        login_user(load_signed_in(opened.token, settings))
        client.token = generate_csrf()
        answer = with_browser_cookie(app.make_response(""), opened.browser)
        app.session_interface.save_session(app, session, answer)
    client.keep_cookies(answer)
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
