"""Error pages: also where the form that was refused cannot be read, and with the headers that their status asks for."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.clients import HTMX, log_in
from tests.world import World


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/no-such-page", {}, 404),
        ("/notices", {}, 405),
        ("/notices/read", {"Origin": "https://evil.example"}, 403),
        ("/notices/read", {}, 413),
    ],
)
def test_a_body_too_large_to_read_is_answered_like_any_other(
    app: Flask, world: World, path: str, headers: dict[str, str], status: int
) -> None:
    client = log_in(app, world, "filer")
    much = {"text": "x" * (app.config["SETTINGS"].form_bytes + 1)}
    answer = client.post(path, data=much, headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_method_comes_with_those_that_are_taken(
    app: Flask, world: World, headers: dict[str, str]
) -> None:
    answer = log_in(app, world, "filer").delete("/filings", headers=headers)
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS"}
    assert answer.headers.getlist("Content-Type") == ["text/html; charset=utf-8"]


def test_a_range_beyond_a_file_comes_with_its_length(app: Flask, world: World) -> None:
    answer = log_in(app, world, "filer").get("/static/manifest.json", headers={"Range": "bytes=9999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"].startswith("bytes */")
