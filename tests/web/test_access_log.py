"""The access log: one line for each request, nothing secret in it, and files that do not grow for ever."""

from __future__ import annotations

import os
import re
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.base.clock import ZONE, clock_stopped_at, now
from app.base.settings.settings import Settings
from app.web import access_log
from app.web.access_log import DatedLog
from tests.clients import browser, log_in
from tests.world import PASSWORD, World

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d (?P<address>\S+) (?P<account>\d+|-) (?P<method>[A-Z]+) (?P<path>\S+) "
    r"(?P<status>\d{3}) (?P<bytes>\d+|-) (?P<milliseconds>\d+)"
)
NINE = datetime(2026, 10, 9, 9)


def lines(settings: Settings) -> list[re.Match[str]]:
    """Return the lines of today's log, each as its form is stated."""
    text = (settings.instance / "logs" / f"access-{now().date()}.log").read_text()
    matches = [LINE.fullmatch(line) for line in text.splitlines()]
    found = [match for match in matches if match]
    assert len(found) == len(matches), text
    return found


def test_every_request_leaves_one_line(app: Flask, world: World, settings: Settings) -> None:
    client = log_in(app, world, "filer")
    asked = ("/filings", "/no-such-page", "/static/manifest.json", "/review", "/filings?period=nonsense")
    answers = [client.get(path, buffered=True) for path in asked]
    written = lines(settings)
    account = str(world.users["filer"].account_id)
    assert [line["status"] for line in written] == [str(answer.status_code) for answer in answers]
    assert [line["path"] for line in written] == [path.partition("?")[0] for path in asked]
    assert {line["account"] for line in written if line["path"] != "/static/manifest.json"} == {account}
    assert written[0]["bytes"] == answers[0].headers["Content-Length"]
    assert written[0]["address"] == "127.0.0.1"


def test_a_request_that_crashes_leaves_its_line_too(
    app: Flask, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "access.show_login", lambda: 1 / 0)
    FlaskClient(app).get("/login")
    assert lines(settings)[-1]["status"] == "500"


def test_nothing_that_is_typed_or_lets_anybody_in_is_written(
    app: Flask, world: World, settings: Settings
) -> None:
    client = browser(app)
    client.get("/login?next=/secret-query")
    client.post("/login", data={"username": world.users["filer"].username, "password": PASSWORD})
    client.get("/filings", headers={"Referer": "http://localhost/secret-referer"})
    text = "\n".join(line[0] for line in lines(settings))
    secrets = [cookie.value for cookie in client._cookies.values()]
    assert secrets
    for secret in (PASSWORD, client.token, "secret", world.users["filer"].username, *secrets):
        assert secret not in text


def test_a_hostile_path_cannot_write_lines_of_its_own(app: Flask, world: World, settings: Settings) -> None:
    FlaskClient(app).get("/x%0a2026-10-09T09:00:00 10.0.0.1 1 GET / 200 1 1%20%1b%ff街道" + "y" * 9000)
    (line,) = lines(settings)
    assert line["path"].startswith("/x%0A2026-10-09T09%3A00%3A00%2010.0.0.1")
    assert len(line[0]) < 400


def test_the_log_can_be_read_only_by_its_owner(app: Flask, world: World, settings: Settings) -> None:
    FlaskClient(app).get("/login")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (settings.instance / "logs").iterdir()]
    assert modes == [0o600]
    assert stat.S_IMODE((settings.instance / "logs").stat().st_mode) == 0o700


def test_each_day_has_its_file_and_old_ones_go(tmp_path: Path) -> None:
    log = DatedLog(tmp_path / "logs", keep=timedelta(days=2))
    for day in range(4):
        moment = NINE + timedelta(days=day)
        log.write_line(f"day {day}", moment)
        os.utime(
            tmp_path / "logs" / f"access-{moment.date()}.log",
            times=(moment.replace(tzinfo=ZONE).timestamp(),) * 2,
        )
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert names == ["access-2026-10-10.log", "access-2026-10-11.log", "access-2026-10-12.log"]
    assert (tmp_path / "logs" / names[2]).read_text() == "day 3\n"


def test_a_file_that_another_process_deleted_meanwhile_costs_no_line(tmp_path: Path) -> None:
    (tmp_path / "access-2026-10-01.log").symlink_to(tmp_path / "gone")
    DatedLog(tmp_path, keep=timedelta(days=2)).write_line("the first of its day", NINE)
    assert (tmp_path / "access-2026-10-09.log").read_text() == "the first of its day\n"


def test_a_flood_fills_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "FILE_BYTES", 100)
    monkeypatch.setattr(access_log, "TOTAL_BYTES", 500)
    logs = [DatedLog(tmp_path, keep=timedelta(days=2)) for _ in range(2)]
    for number in range(400):
        logs[number % 2].write_line(f"line {number}", NINE)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert sum(sizes) < 700
    assert "line 399" in "".join(path.read_text() for path in tmp_path.iterdir())


def test_where_nothing_can_be_written_the_page_is_answered(
    app: Flask, world: World, settings: Settings
) -> None:
    (settings.instance / "logs").write_text("a file in the place of the folder")
    assert FlaskClient(app).get("/login").status_code == 200


def test_the_time_is_that_of_the_sub_district(app: Flask, world: World, settings: Settings) -> None:
    with clock_stopped_at(NINE):
        FlaskClient(app).get("/login")
    assert (
        (settings.instance / "logs" / "access-2026-10-09.log").read_text().startswith("2026-10-09T09:00:00 ")
    )
