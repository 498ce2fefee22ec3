"""The whole system in its own processes, and a real Chromium before it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import APIRequestContext, Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from app.base.clock import clock_stopped_at
from app.base.settings.settings import ROOT, Settings
from tests.clients import TOKEN
from tests.concurrency.service import free_port
from tests.world import PASSWORD, World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WAIT_SECONDS = 30
LATER_MS = 20_000  # a save after the delay, on a machine that is busy
MAKING_MS = 60_000  # a document, there

expect.set_options(timeout=LATER_MS)


@dataclass(frozen=True)
class Served:
    """Where the system answers, who lives in it, and a browser to come in with."""

    address: str
    world: World
    chromium: Browser

    @contextmanager
    def signed_in(self, who: str, **device: Any) -> Iterator[Page]:
        """Open an empty window as `who`, a key of `world.users`, on a device as Playwright describes it; the
        Content-Security-Policy may refuse nothing.

        The log-in goes past the window, to which it would be two pages more: tests/browser/test_new_login.py types it.
        """
        refused: list[str] = []
        usual = {"base_url": self.address, "locale": "zh-CN", "accept_downloads": True}
        with self.chromium.new_context(**usual, **device) as context:
            send_log_in(context.request, self.world.users[who].username)
            page = context.new_page()
            page.on(
                "console",
                lambda message: refused.append(message.text) if "Content Security" in message.text else None,
            )
            yield page
        assert refused == []


def send_log_in(requests: APIRequestContext, username: str) -> None:
    """Log in as a browser's form would, and leave its cookies with the browser that these requests belong to."""
    token = TOKEN.search(requests.get("/login").text())
    assert token
    form: dict[str, str | float | bool] = {"csrf_token": token[1], "username": username, "password": PASSWORD}
    answer = requests.post("/login", form=form, max_redirects=0)
    assert answer.status == 303, answer.text()


@dataclass
class WebServer:
    """gunicorn before a world's database, on a port of its own: it can be stopped and started again."""

    environment: dict[str, str]
    port: int

    @classmethod
    def of(cls, settings: Settings) -> WebServer:
        """Return the server of some settings, not started yet."""
        own = {
            "INSTANCE_DIR": str(settings.instance),
            "DATABASE_URL": settings.database_url,
            "PLAIN_HTTP": "1",
            "SESSIONS_PER_ACCOUNT": "50",  # a test opens more windows as one person than anybody has
        }
        return cls(os.environ | own, free_port())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def started(self) -> Iterator[None]:
        bind = f"--bind=127.0.0.1:{self.port}"
        # A window on a slow line holds a thread while it is answered, and a test opens fifteen of them.
        with running(self.environment, "gunicorn", "wsgi:app", bind, "--threads=16"):
            wait_for(f"{self.address}/login")
            yield


@pytest.fixture
def web_server(world: World, settings: Settings) -> WebServer:
    return WebServer.of(settings)


@pytest.fixture
def served(world: World, web_server: WebServer, chromium: Browser) -> Iterator[Served]:
    """Serve the world with gunicorn and a worker, as `make run` does."""
    worker = "huey_consumer", "app.wiring.worker.huey", "--delay=0.1", "--max-delay=0.2"
    with web_server.started(), running(web_server.environment, *worker):
        yield Served(web_server.address, world, chromium)


class PatientHandler(WSGIRequestHandler):
    """Answers a request; a connection that a browser opened in advance, and asks nothing over, ends in time."""

    timeout = WAIT_SECONDS


@pytest.fixture
def site(app: Flask, world: World, chromium: Browser) -> Iterator[Served]:
    """Serve the world's pages from this process: up at once, for journeys that need no worker."""
    with serving(app, world, chromium) as served:
        yield served


@contextmanager
def serving(app: Flask, world: World, chromium: Browser, at: datetime | None = None) -> Iterator[Served]:
    """Serve the pages from this process, with the clock standing at a moment where one is given."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with clock_stopped_at(at) if at else nullcontext():
            return app(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True, request_handler=PatientHandler)
    server.daemon_threads = (
        False  # its end waits for theirs: none may be at a request when its database is closed
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", world, chromium)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(environment: dict[str, str], program: str, *arguments: str) -> Iterator[None]:
    command = [str(Path(sys.executable).parent / program), *arguments]
    log = Path(environment["INSTANCE_DIR"]) / f"{program}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            process.wait(WAIT_SECONDS)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def wait_until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until something has come about on the server; the page goes on meanwhile."""
    deadline = time.monotonic() + LATER_MS / 1000
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def wait_until_nothing_is_kept(page: Page) -> None:
    """Wait until all that was typed is on the server: “已保存” alone may tell of an earlier save."""
    kept = "Object.keys(localStorage).some((key) => key.startsWith('filing:'))"
    wait_until(page, lambda: not page.evaluate(kept))
