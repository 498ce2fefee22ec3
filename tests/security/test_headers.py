"""Headers and cookies of every answer; errors that say nothing of the inside; hosts that are not ours."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.base.settings.settings import ROOT, Settings
from tests.clients import HTMX, TOKEN
from tests.security.walk import Subjects, signed_in
from tests.web.subjects import one_of_everything
from tests.world import PASSWORD, World

FOREIGN_HOSTS = ("evil.example", "localhost.evil.example", "localhost:80@evil.example", "evil<b>")
INSIDE = ("Traceback", str(ROOT), "site-packages", ".py", "Error:", "werkzeug", "peewee", "SELECT ")


@pytest.fixture
def subjects(app: Flask, world: World) -> Subjects:
    return one_of_everything(app, world)


def directives_of(policy: str) -> dict[str, str]:
    """Return the sources that a Content-Security-Policy names, by what they are for."""
    return {name: sources for name, _, sources in (part.strip().partition(" ") for part in policy.split(";"))}


def check_headers(answer: TestResponse) -> None:
    """Hold an answer to what all must carry; test_stored_payloads holds every page to it."""
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "*" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    is_sandboxed = "sandbox" in directives_of(policy)
    assert is_sandboxed or directives_of(policy)["frame-ancestors"] == "'self'"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    if answer.mimetype == "text/html":
        sources = directives_of(policy)
        assert (sources["default-src"], sources["script-src"]) == ("'none'", "'self'")
        assert (sources["object-src"], sources["base-uri"]) == ("'none'", "'none'")


@pytest.mark.parametrize(
    "path",
    [
        "/filings/excel/form.xlsx",
        "/filings/excel/quarter.xlsx",
        "/attachments/1",
        "/documents/1/download/pdf",
    ],
)
def test_a_download_is_saved_and_not_shown(app: Flask, world: World, subjects: Subjects, path: str) -> None:
    sign = "F" if path.endswith("form.xlsx") else "O"
    answer = signed_in(app, world, sign).get(path, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.mimetype != "text/html"
    check_headers(answer)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no-such-page", 404),
        ("GET", "/static/no-such-file.js", 404),
        ("GET", "/filings/9999", 404),
        ("DELETE", "/filings", 405),
        ("TRACE", "/", 405),
        ("GET", "/review", 403),
        ("POST", "/notices/read", 400),
        ("GET", "/filings?period=nonsense", 422),
    ],
)
def test_an_error_is_hardened_and_says_nothing_of_the_inside(
    app: Flask, world: World, method: str, path: str, status: int
) -> None:
    client = signed_in(app, world, "F")
    for headers in ({}, HTMX):
        answer = client.open(path, method=method, headers=headers)
        assert answer.status_code == status
        check_error(answer)


def check_error(answer: TestResponse) -> None:
    check_headers(answer)
    assert [word for word in INSIDE if word in answer.text] == []
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_too_large_and_what_crashes_say_nothing_of_the_inside(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(app, world, "F")
    token = TOKEN.search(client.get("/password").text)
    assert token
    sent = {"csrf_token": token[1], "progress": "x" * (app.config["SETTINGS"].form_bytes + 1)}
    too_large = client.post(f"/filings/{world.filing(1).id}", data=sent)
    assert too_large.status_code == 413
    check_error(too_large)
    monkeypatch.setitem(app.view_functions, "filing.task_list", lambda: 1 / 0)
    crashed = client.get("/filings")
    assert crashed.status_code == 500
    check_error(crashed)


@pytest.mark.parametrize("who", ["-", "F"])
def test_a_host_that_is_not_ours_is_refused_without_an_echo(app: Flask, world: World, who: str) -> None:
    client = FlaskClient(app) if who == "-" else signed_in(app, world, who)
    paths = ("/", "/login", "/filings", "/static/manifest.json", "/no-such-page")
    for path, host in product(paths, FOREIGN_HOSTS):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400, (path, host)
        assert "evil" not in answer.text + str(answer.headers)
        check_error(answer)


@pytest.mark.parametrize("path", ["/login", "/filings"])
def test_no_header_of_a_proxy_moves_our_links(app: Flask, world: World, path: str) -> None:
    forwarded = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/evil",
    }
    answer = FlaskClient(app).get(path, headers=forwarded)
    assert answer.status_code in (200, 303)
    assert "evil" not in answer.text + str(answer.headers)


def test_static_files_are_hardened_too(app: Flask) -> None:
    answer = FlaskClient(app).get("/static/manifest.json", buffered=True)
    assert answer.status_code == 200
    check_headers(answer)


def test_behind_tls_the_cookies_stay_there(settings: Settings, world: World) -> None:
    app = create_app(replace(settings, plain_http=False))
    client = FlaskClient(app)
    token = TOKEN.search(client.get("/login", base_url="https://localhost").text)
    assert token
    sent = {"username": world.users["filer"].username, "password": PASSWORD, "csrf_token": token[1]}
    headers = {"Referer": "https://localhost/login"}
    answer = client.post("/login", data=sent, base_url="https://localhost", headers=headers)
    assert answer.status_code == 303
    cookies = [line.split("; ") for line in answer.headers.getlist("Set-Cookie")]
    assert [name.split("=")[0] for name, *_ in cookies] == ["__Host-browser", "__Host-session"]
    for _, *marks in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(marks)
        assert not [mark for mark in marks if mark.startswith("Domain")]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_without_tls_the_cookie_is_as_closed_as_can_be(app: Flask, world: World) -> None:
    answer = FlaskClient(app).get("/login")
    marks = set(answer.headers["Set-Cookie"].split("; ")[1:])
    assert {"HttpOnly", "SameSite=Lax"} <= marks
    assert "Strict-Transport-Security" not in answer.headers
