"""A real Chromium before the stage."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.static.script_pages import build_stage


@pytest.fixture
def posts() -> list[str]:
    return []


@pytest.fixture
def address(posts: list[str]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, build_stage(posts), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The stage's page; at the end nothing may have been refused by the Content-Security-Policy."""
    refused: list[str] = []
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(address)
    yield page
    context.close()
    assert refused == []
