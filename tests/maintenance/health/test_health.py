"""/healthz: a word for strangers, the details for the system administrator, 503 where the system cannot work."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.authority.actor import SYSTEM
from app.base import database as db
from app.base.clock import clock_stopped_at, now
from app.base.database import database, migration_runner, transaction
from app.base.settings.settings import Settings
from app.maintenance.health.models import Heartbeat, LockWait
from app.maintenance.health.operations import record_heartbeat, record_lock_wait
from app.maintenance.health.running_checks import check_lock_waits, check_worker
from tests.clients import browser, log_in
from tests.concurrency.test_serial_operations import at_once
from tests.databases import newest_schema, on_both
from tests.world import World


@on_both
def test_a_stranger_learns_up_or_down_and_nothing_else(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "up\n")
    assert "Set-Cookie" not in answer.headers
    migration_runner().down(newest_schema())
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "down\n")


@pytest.mark.parametrize(
    "url", ["sqlite:///{folder}/no/such/folder/work-plan.db", "postgresql://127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_reached_is_down(settings: Settings, tmp_path: Path, url: str) -> None:
    broken = create_app(replace(settings, database_url=url.format(folder=tmp_path)))
    answer = broken.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "down\n")


@on_both
def test_only_the_system_administrator_sees_the_details(app: Flask, world: World) -> None:
    for role in ("office", "leader", "security_admin", "auditor"):
        assert log_in(app, world, role).get("/healthz").text == "up\n"
    page = log_in(app, world, "system_admin").get("/healthz").text
    for words in ("数据库结构", "等候写入", "后台任务", "从未运行", "待生成的公文", "磁盘", "GB"):
        assert words in page
    record_heartbeat(by=SYSTEM)
    assert "从未运行" not in log_in(app, world, "system_admin").get("/healthz").text


def test_a_worker_that_fell_silent_is_reported(app: Flask) -> None:
    record_heartbeat(by=SYSTEM)
    record_heartbeat(by=SYSTEM)
    assert Heartbeat.select().count() == 1
    assert check_worker().is_good
    Heartbeat.update(at=now() - timedelta(minutes=6)).execute()
    assert "重新启动后台任务" in check_worker().advice


@on_both
def test_the_longest_wait_for_the_write_lock_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    holds, waits = threading.Event(), threading.Event()

    @transaction
    def hold() -> None:
        holds.set()
        waits.wait(10)
        time.sleep(0.3)

    @transaction
    def follow() -> None:
        pass

    def wait_for_lock() -> None:
        holds.wait(10)
        follow()

    def look_at_clock() -> float:
        moment = time.monotonic()
        if holds.is_set():  # the one who follows has begun to wait
            waits.set()
        return moment

    monkeypatch.setattr(db, "monotonic", look_at_clock)
    monkeypatch.setattr(db, "NOTABLE_WAIT_SECONDS", 0.2)
    assert at_once([hold, wait_for_lock]) == [None, None]
    longest = LockWait.get()
    assert 200 <= longest.milliseconds < 10_000
    assert f"{longest.milliseconds / 1000:.1f} 秒" in check_lock_waits().found
    holds.clear(), waits.clear()
    LockWait.update(milliseconds=60_000).execute()
    assert at_once([hold, wait_for_lock]) == [None, None]
    assert LockWait.get().milliseconds == 60_000


def test_a_day_keeps_its_longest_wait_in_milliseconds(world: World) -> None:
    for seconds, longest in ((1.2345, 1234), (0.9, 1234), (1.5, 1500), (1.5, 1500)):
        record_lock_wait(None, seconds=seconds)
        assert [wait.milliseconds for wait in LockWait.select()] == [longest]
    first = LockWait.get().at
    record_lock_wait(None, seconds=1.5)
    assert LockWait.get().at == first
    with clock_stopped_at(now() + timedelta(days=1)):
        record_lock_wait(None, seconds=0.25)
        assert [wait.milliseconds for wait in LockWait.select().order_by(LockWait.day)] == [1500, 250]


def test_health_is_read_with_a_fixed_number_of_queries_and_no_session(app: Flask) -> None:
    client = browser(app)
    asked: list[str] = []
    execute = database.obj.execute_sql
    database.obj.execute_sql = lambda sql, *rest: (asked.append(sql), execute(sql, *rest))[1]
    assert client.get("/healthz").status_code == 200
    assert not [sql for sql in asked if "login_session" in sql or sql.startswith(("INSERT", "UPDATE"))]
    assert len(asked) <= 3
