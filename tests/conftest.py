"""Real parts for every test: a migrated database of its own, and the application over it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from functools import cache, partial
from math import inf
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from huey import MemoryHuey
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from werkzeug.routing import Rule

import app as application
from app import create_app
from app.access.login import attempts
from app.access.passwords import hashes as password_hashes
from app.base import database as db
from app.base.clock import clock_stopped_at
from app.base.database import database, open_database
from app.base.settings.settings import Settings
from app.printing.on_demand import DemandPrinter
from app.printing.render_pool import RenderPool
from app.wiring.queue import TaskQueue, TaskSerializer, open_queue
from reports.lint.rules.wording import typing_errors
from tests.databases import Databases, PostgresServer, SqliteFiles, memory_folder
from tests.speeds import mark_speeds
from tests.world import PLAN_DAY, World

# The same browser by its names; without what draws a window, a page takes a third of the processor's time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

BUILD_PAGES = application.build_pages


def pytest_configure() -> None:
    """Let what tests write lie in memory where there is room: nothing of it need outlive them."""
    if folder := memory_folder():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
    # How long an example takes hangs on what else the machine does.
    hypothesis_settings.register_profile("untimed", deadline=None)
    hypothesis_settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_speeds(items)


def pytest_collection_finish() -> None:
    """Look no more for garbage in what was imported: a tenth of all the time went into that."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash with the cheapest argon2id; tests/access/passwords/test_hashes.py looks at the real parameters."""
    with pytest.MonkeyPatch.context() as patched:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patched.setattr(password_hashes, "HASHER", cheap)
        patched.setattr(attempts, "NOBODYS_HASH", cheap.hash("nobody's"))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_language() -> Iterator[None]:
    """Look for no typing errors but where a test does: what the others find does not hang on what was installed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typing_errors, "find_word_model", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_notable_waits() -> Iterator[None]:
    """Keep no wait for the write lock but where a test looks at it: how long one takes hangs on what else the machine
    does, and a row more is a change that nobody made.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(db, "NOTABLE_WAIT_SECONDS", inf)
        yield


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, one for all tests: Playwright runs only once in a process."""
    program = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert program, "没有找到 Chromium：请先运行 make setup-tests"
    arguments = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Databases:
    """SQLite, or what `tests.databases.on_both` asks for."""
    found: Databases = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def database_url(databases: Databases, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own for a test, as far as the fixtures that it asks for."""
    asked = (name for name in ("reported", "world") if name in request.fixturenames)
    with databases.fresh(next(asked, "empty"), tmp_path) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(
        instance=tmp_path,
        database_url=database_url,
        secret_key="key of the tests",
        site_name="示例街道",
        plain_http=True,
    )


@pytest.fixture(scope="session", autouse=True)
def pages_built_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Build routes and templates once: every application begins with a copy, which is its own to change."""

    def copy_pages() -> Flask:
        return copy_containers(built(tmp_path_factory.getbasetemp()))

    with pytest.MonkeyPatch.context() as patched:
        built = cache(partial(build_with_templates, application.build_pages))
        patched.setattr(application, "build_pages", copy_pages)
        yield


def build_with_templates(build_pages: Callable[[], Flask], folder: Path) -> Flask:
    """Build the pages; what Jinja compiles, the other processes of a run take from a folder of all."""
    templates = folder.parent / "templates" if "PYTEST_XDIST_WORKER" in os.environ else folder / "templates"
    templates.mkdir(exist_ok=True)
    pages = build_pages()
    pages.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(templates))
    pages.url_map.add = refuse_route
    return pages


def refuse_route(rule: Rule) -> None:
    raise AssertionError(f"{rule} would be a route of every test: ask for own_pages")


@pytest.fixture
def own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the application of a test that adds a route share none with other tests."""
    monkeypatch.setattr(application, "build_pages", BUILD_PAGES)


def copy_containers(pages: Flask) -> Flask:
    """Copy an application that answered nothing yet with its dictionaries and lists."""
    app = copy(pages)
    vars(app).update({name: copied(value) for name, value in vars(pages).items()})
    return app


def copied(value: Any) -> Any:
    """Copy dictionaries and lists and those within them, and nothing else."""
    if isinstance(value, list):
        return [*map(copied, value)]
    if not isinstance(value, dict):
        return value
    own = copy(value)  # of its kind: Flask's have defaults
    own.update({key: copied(one) for key, one in value.items()})
    return own


@pytest.fixture(scope="session")
def demand_printer() -> Iterator[DemandPrinter]:
    """What prints while somebody waits: its process, which takes seconds to start, starts with the first print."""
    printer = DemandPrinter(RenderPool())
    yield printer
    printer.pool.close_pool()


@pytest.fixture
def app(settings: Settings, demand_printer: DemandPrinter) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    app.extensions["demand_printer"] = demand_printer
    opened: Any = database.obj
    yield app
    close_database()
    opened.close_all()  # a test may have made another application, whose database is the open one
    if "queue" in app.extensions:
        app.extensions["queue"].huey.storage.close()


@pytest.fixture
def opened_database(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """The application's, where a test asks for one; operations alone need no application, which takes 40 ms to make."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app")
        yield
        return
    open_database(settings.database_url, settings.instance, settings.lock_wait)
    yield
    close_database()


def close_database() -> None:
    if not database.is_closed():
        database.close()
    if hasattr(database.obj, "close_all"):
        database.obj.close_all()


@pytest.fixture
def world(opened_database: None, databases: Databases) -> World:
    """A small sub-district with a plan, an open quarter and somebody in every role."""
    return deepcopy(databases.world)


@pytest.fixture
def in_plan_year(world: World) -> Iterator[None]:
    """Let the clock stand on a working day of the year of the world's plan: by one that is over nobody has duties."""
    with clock_stopped_at(PLAN_DAY):
        yield


@pytest.fixture
def reported(world: World, queue: TaskQueue) -> World:
    """The world with a queue, and measures 1 and 3 accepted, 2 returned and 4 blank."""
    return world


@pytest.fixture
def queue(app: Flask) -> TaskQueue:
    """The application's queue; nothing runs until a test lets it."""
    queue = open_queue(app, MemoryHuey(results=False, serializer=TaskSerializer()))
    app.extensions["queue"] = queue
    return queue


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """Operations that announce a job find their application, as in a request or a command."""
    with app.app_context():
        yield
