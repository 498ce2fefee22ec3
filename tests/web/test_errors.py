"""Error pages: also where the form that was refused cannot be read."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.clients import log_in
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
