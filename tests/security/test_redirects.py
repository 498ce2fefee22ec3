"""No address that somebody is sent with leads anywhere but into this system."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from flask import Flask

from tests.clients import browser
from tests.security.walk import signed_in
from tests.world import PASSWORD, World

OURS = "https://plan.example.gov.cn"
HOME = f"{OURS}/login"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/\t\\evil.example",
    " //evil.example",
    "\t//evil.example",
    "/\x0b/evil.example",
    "/%2f/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/filings/..//evil.example",
    "//[evil",
    "/[evil",
    "//evil.example:99999999/",
    "//user:password@evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/\u2044\u2044evil.example",
    "/\uff0fevil.example",
    "/x\r\nSet-Cookie: a=b",
)


def test_nobody_is_led_away_at_the_log_in(app: Flask, world: World) -> None:
    data = {"username": world.users["filer"].username, "password": PASSWORD}
    for target in ELSEWHERE:
        client = browser(app)
        client.get("/login", query_string={"next": target})
        answer = client.post("/login", query_string={"next": target}, data=data)
        assert answer.status_code == 303, target
        assert where(answer.headers["Location"]) == OURS, target
        assert [line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")] == [
            "browser",
            "session",
        ]


def where(location: str) -> str:
    """Return the origin to which a browser goes: it drops white space and takes backslashes for slashes."""
    plain = location.strip().translate({9: None, 10: None, 13: None, ord("\\"): "/"})
    return "/".join(urljoin(HOME, plain).split("/")[:3])


@pytest.mark.parametrize("path", ["/filings?period=2026Q3", "/review?by=department&tick=", "/measures/1"])
def test_who_had_to_log_in_comes_back_to_where_he_was(app: Flask, world: World, path: str) -> None:
    client = browser(app)
    door = client.get(path).headers["Location"]
    client.get(door)
    data = {"username": world.users["office"].username, "password": PASSWORD}
    assert client.post(door, data=data).headers["Location"] == path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../wsgi.py",
        "/static/..%2f..%2fwsgi.py",
        "/static/%2e%2e/%2e%2e/app/base/settings/settings.py",
        "/static//etc/passwd",
        "/static/..\\..\\wsgi.py",
        "/filings/excel/..%2f..%2fdocuments",
        "/\\evil.example",
    ],
)
def test_no_path_leads_out_of_its_folder_or_of_the_site(app: Flask, world: World, path: str) -> None:
    answer = signed_in(app, world, "F").get(path)
    assert answer.status_code in (308, 400, 404)
    assert where(answer.headers.get("Location", "/")) in (OURS, "http://localhost")
    assert "root:" not in answer.text
    assert "create_app" not in answer.text
