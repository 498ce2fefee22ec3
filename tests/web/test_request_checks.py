"""What is looked at before a body is read: the host, the scheme, the log-in, and the page that a form came from."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.access.models import LoginSession
from app.access.request_checks import PUBLIC_FORM_TOO_LARGE
from app.audit.models import Event
from app.base.clock import now
from app.base.settings.settings import Settings
from deploy.front import caddy_environment
from tests.clients import (
    TOKEN,
    Browser,
    browser,
    log_in,
)
from tests.world import World

PLACES = (
    "/filings/1",
    "/filings/1/attachments",
    "/periods/open",
    "/documents/new/quarterly",
    "/no-such-page",
)
MUCH = 50_000_000


class Unreadable(io.RawIOBase):
    """A body that nobody may ask for: reading it would wait for its sender."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise AssertionError("the body was read")


def send_body(client: FlaskClient, path: str, length: int | None) -> tuple[int, str]:
    """Send a body that must not be read, of a stated length or, for None, in chunks."""
    environ: dict[str, object] = {
        "wsgi.input": Unreadable(),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": "" if length is None else str(length),
    }
    if length is None:
        environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    answer = FlaskClient.open(client, path, method="POST", environ_overrides=environ)
    return answer.status_code, answer.text


@pytest.mark.parametrize("length", [1, 1000, MUCH, None])
@pytest.mark.parametrize("path", PLACES)
def test_who_has_not_logged_in_is_answered_before_the_body_is_read(
    app: Flask, world: World, path: str, length: int | None
) -> None:
    status, text = send_body(FlaskClient(app), path, length)
    assert (status, "请重新登录" in text) == (401, True)


@pytest.mark.parametrize("length", [20_000, MUCH, None])
def test_a_log_in_form_too_large_for_one_is_not_read(app: Flask, world: World, length: int | None) -> None:
    status, text = send_body(FlaskClient(app), "/login", length)
    assert (status, PUBLIC_FORM_TOO_LARGE in text) == (413, True)


@pytest.mark.parametrize("length", [MUCH, None])
def test_a_log_in_that_has_run_out_allows_no_more_than_a_form(
    app: Flask, world: World, length: int | None
) -> None:
    client = log_in(app, world, "filer")
    LoginSession.update(ended_at=now()).execute()
    assert send_body(client, "/filings/1/attachments", length)[0] == 401


@pytest.mark.parametrize("path", ["/plan/new", "/filings/1", "/no-such-page"])
def test_what_is_refused_of_a_logged_in_sender_is_read_to_its_end(
    app: Flask, world: World, path: str
) -> None:
    """The web process closes a connection that holds more, and the front, still writing, gets no answer."""
    client = log_in(app, world, "office")
    body = io.BytesIO(bytes(MUCH))
    environ = {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_LENGTH": str(MUCH)}
    answer = FlaskClient.open(client, path, method="POST", environ_overrides=environ)
    assert (answer.status_code in (404, 413), body.tell()) == (True, MUCH)


def test_no_page_takes_more_than_the_front_lets_through(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    taken = {
        name: view.most_bytes(settings)  # type: ignore[attr-defined]  # a mark that only these have
        for name, view in app.view_functions.items()
        if hasattr(view, "most_bytes")
    }
    assert taken == {
        "attachments.upload_contributed": settings.largest_upload,
        "attachments.upload_files": settings.largest_upload,
        "handwritten.submit_handwritten": settings.largest_upload,
        "lint.check_from_form": settings.text_file_bytes,
        "lint.download_fixed": settings.text_file_bytes,
        "lint.download_revised": settings.text_file_bytes,
        "plan_preview.start_from_form": settings.text_file_bytes,
        "workbook.receive_upload": settings.workbook_bytes,
    }
    assert max(taken.values()) <= int(caddy_environment(settings, "")["UPLOAD_SIZE"])


OWN = ("http://localhost", "http://LOCALHOST", "http://127.0.0.1")
FOREIGN = (
    "https://evil.example",
    "http://localhost:8001",
    "http://localhost.evil.example",
    "http://127.0.0.1:8000",
    "null",
    "http://[",
    "//localhost",
    "ftp://localhost",
)


def own_form(client: Browser) -> dict[str, str]:
    token = TOKEN.search(client.get("/password").text)
    assert token
    return {"csrf_token": token[1]}


@pytest.mark.parametrize(
    "headers",
    [
        *({"Origin": origin} for origin in FOREIGN),
        *({"Referer": f"{origin}/login"} for origin in FOREIGN[:4]),
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_valid_token_from_a_foreign_page_does_nothing_and_is_written_down(
    app: Flask, world: World, headers: dict[str, str]
) -> None:
    client = log_in(app, world, "filer")
    form = own_form(client)
    answer = client.post("/notices/read", data=form, headers=headers)
    assert (answer.status_code, "不是从本系统的页面发出的" in answer.text) == (403, True)
    assert Event.select().where(Event.action == "refused").count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        *({"Origin": origin, "Sec-Fetch-Site": "same-origin"} for origin in OWN),
        {"Referer": "http://localhost/notices?page=2"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_our_own_page_is_taken(app: Flask, world: World, headers: dict[str, str]) -> None:
    client = log_in(app, world, "filer")
    assert client.post("/notices/read", data=own_form(client), headers=headers).status_code == 303


def test_a_log_in_cannot_be_asked_for_from_a_foreign_page(app: Flask, world: World) -> None:
    client = browser(app)
    client.get("/login")
    sent = {"username": "nobody", "password": "wrong"}
    answer = client.post("/login", data=sent, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not Event.select().where(Event.action == "log_in_refused").exists()


@pytest.fixture
def fronted(settings: Settings, world: World) -> FlaskClient:
    """The system behind a proxy that ends TLS."""
    behind = replace(
        settings, plain_http=False, trusted_proxies=1, trusted_hosts=("plan.example", "localhost")
    )
    return FlaskClient(create_app(behind))


def test_behind_tls_a_page_without_it_is_foreign(fronted: FlaskClient) -> None:
    for origin, status in (
        ("http://localhost", 403),
        ("https://localhost", 400),
        ("https://plan.example", 400),
    ):
        answer = fronted.post("/login", headers={"Origin": origin, "X-Forwarded-Proto": "https"})
        assert answer.status_code == status, origin


def test_plain_http_is_sent_on_to_https_behind_the_front(fronted: FlaskClient) -> None:
    plain = {"X-Forwarded-Proto": "http"}
    answer = fronted.get("/filings?period=2026Q3", headers=plain, base_url="http://plan.example")
    assert (answer.status_code, answer.location) == (308, "https://plan.example/filings?period=2026Q3")
    assert fronted.post("/login", headers=plain).status_code == 403
    assert fronted.get("/healthz", headers=plain).status_code != 308
    assert fronted.get("/login", headers={"X-Forwarded-Proto": "https"}).status_code == 200
    assert fronted.get("/login").status_code == 200


def test_a_wrong_host_is_reported_to_the_visitor_and_named_in_the_log(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = FlaskClient(app).get("/login", headers={"Host": "plan.example:8000"})
    assert answer.status_code == 400
    assert "本系统不应答这个网址" in answer.text
    assert "TRUSTED_HOSTS" not in answer.text
    (line,) = [record.getMessage() for record in caplog.records]
    assert "'plan.example:8000'" in line
    assert "请把它加入 TRUSTED_HOSTS" in line


def test_a_hostile_host_name_cannot_write_lines_of_its_own(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        FlaskClient(app).get("/", environ_overrides={"HTTP_HOST": "x\nfalse line\x1b[2J" + "y" * 9000})
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.isprintable()
    assert len(line) < 300
