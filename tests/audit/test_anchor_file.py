"""Anchors: who writes them, where to, and what becomes of them when something breaks."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.audit import queries, verification
from app.audit.anchor_file import AnchorFile, AnchorOrigin
from app.audit.anchoring import anchor_log, anchor_restored_backup, check_at_start
from app.audit.models import Event, EventChain
from app.audit.operations import record_event
from app.audit.proof_files import log_files
from app.audit.queries import read_head, verify_chain
from app.audit.rules import ChainScan, LogSeal
from app.audit.verification import check_since_anchor, verify_log
from app.authority.actor import SAMPLE_LOADER
from app.base.database import database
from app.base.settings.settings import ROOT, Settings
from tests.audit.insider import Insider
from tests.world import World


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_commands_never_anchor(app: Flask, world: World) -> None:
    for command in ("audit verify", "user list", "db upgrade"):
        assert app.test_cli_runner().invoke(args=command.split()).exit_code == 0
    assert not log_files().anchors_path.exists()


def anchors_and_folder() -> tuple[Path, Path]:
    return log_files().anchors_path, log_files().anchors_path.parent


def test_an_anchor_is_for_its_owner_alone_and_says_how_far_the_log_had_come(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_files()
    locks: list[int] = []
    on_disk: list[os.stat_result] = []
    monkeypatch.setattr(fcntl, "flock", lambda _file, kind: locks.append(kind))
    monkeypatch.setattr(os, "fsync", lambda handle: on_disk.append(os.fstat(handle)))
    anchor = anchor_log(AnchorOrigin.START)
    assert [one.st_ino for one in on_disk] == [path.stat().st_ino for path in anchors_and_folder()]
    assert locks == [fcntl.LOCK_EX]
    assert on_disk[0].st_size == log_files().anchors_path.stat().st_size
    head = read_head()
    assert anchor is not None
    assert head is not None
    assert (anchor.events, anchor.hash, head.anchors) == (head.count, head.last_hash, 1)
    assert log_files().anchors_path.stat().st_mode & 0o777 == 0o600


def test_the_worker_anchors_as_soon_as_it_starts(world: World, settings: Settings) -> None:
    environment = os.environ | {"INSTANCE_DIR": str(settings.instance), "DATABASE_URL": settings.database_url}
    worker = subprocess.Popen(
        ["huey_consumer", "app.wiring.worker.huey", "--quiet"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while not EventChain.get().anchors and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    report = verify_log()
    assert report.is_intact
    assert report.last_anchor
    assert (report.last_anchor.origin, report.unanchored) == (AnchorOrigin.START, 0)


@pytest.mark.parametrize("name", ["read_head", "event_rows"])
def test_what_is_written_during_a_verification_contradicts_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    anchor_log(AnchorOrigin.START)
    unwatched, busy = getattr(verification, name), []

    def watched(*args: int, **options: int) -> object:
        found = unwatched(*args, **options)
        if not busy:
            busy.append(True)
            record_event("accept", by=SAMPLE_LOADER)
            anchor_log(AnchorOrigin.WORKER)
            record_event("accept", by=SAMPLE_LOADER)
            busy.clear()
        return found

    monkeypatch.setattr(verification, name, watched)
    for few_events in (0, 2000):
        monkeypatch.setattr(verification, "FEW_EVENTS", few_events)
        assert check_since_anchor().findings == ()
        assert verify_log().is_intact


def test_a_half_line_that_a_crash_left_is_taken_away(world: World) -> None:
    anchor_log(AnchorOrigin.START)
    whole = log_files().anchors_path.read_bytes()
    log_files().anchors_path.write_bytes(whole + b'{"number": 2, "at": "20')
    assert verify_log().is_intact
    anchor_log(AnchorOrigin.WORKER)
    assert verify_log().is_intact
    assert log_files().anchors_path.read_bytes().startswith(whole)
    assert log_files().anchors_path.read_bytes().count(b"\n") == 2


def test_anchors_of_another_database_are_distinguished_from_tampering(world: World) -> None:
    head = read_head()
    assert head is not None
    AnchorFile(log_files().anchors_path, log_files().seal_key).append_anchor(
        replace(head, database_id="f" * 32, count=9999), AnchorOrigin.WORKER
    )
    report = verify_log()
    assert report.is_intact
    assert "1 行属于别的数据库" in "".join(report.notes)
    assert anchor_log(AnchorOrigin.START) is not None
    assert verify_log().is_intact


def test_an_anchor_goes_to_syslog(app: Flask, settings: Settings, world: World) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(5)
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        app.config["SETTINGS"] = replace(settings, syslog_address=address)
        anchor = anchor_log(AnchorOrigin.WORKER)
        sent = listener.recv(10_000)
    assert anchor is not None
    assert b"work-plan-audit: " + anchor.json_line.encode() in sent


def test_a_backup_without_the_end_of_its_chain_is_not_anchored(world: World, settings: Settings) -> None:
    Insider(settings.database_url).run_unhindered("DELETE FROM event_chain")
    with pytest.raises(ValueError, match="no end of a chain"):
        anchor_restored_backup("backup")
    assert not log_files().anchors_path.exists()


def test_a_syslog_that_is_away_costs_nothing(
    app: Flask, settings: Settings, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["SETTINGS"] = replace(settings, syslog_address=str(settings.instance / "no-socket"))
    assert anchor_log(AnchorOrigin.WORKER) is not None
    assert "SYSLOG_ADDRESS" in caplog.text
    assert verify_log().is_intact


def test_a_server_says_at_its_start_that_the_log_is_broken(
    app: Flask, world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    check_at_start(app)
    assert not caplog.records
    Insider(settings.database_url).run_unhindered("DELETE FROM event")
    check_at_start(app)
    assert "操作记录被清空" in caplog.text


def test_the_check_at_a_start_looks_only_at_what_came_after_the_last_anchor(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "FEW_EVENTS", 0)
    anchor_log(AnchorOrigin.START)
    rows = []
    monkeypatch.setattr(ChainScan, "scan_row", lambda _scan, row: rows.append(row["id"]))
    record_event("accept", by=SAMPLE_LOADER)
    check_since_anchor()
    assert rows == [Event.select().order_by(Event.id.desc()).get().id]


def test_a_verification_keeps_no_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ROWS_AT_ONCE", 50)
    peaks = []
    for number in (300, 1200):
        fill(number)
        tracemalloc.start()
        assert verify_chain() is None
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def fill(number: int) -> None:
    """Write many sealed events at once."""
    head = read_head()
    assert head is not None
    seal, rows, previous = LogSeal(log_files().seal_key, head.database_id), [], head.last_hash
    model = Event.select().order_by(Event.id.desc()).dicts().get()
    for _ in range(number):
        row = model | {"previous_hash": previous}
        previous = seal.of_event(row)
        rows.append({name: value for name, value in row.items() if name != "id"} | {"hash": previous})
    count = head.count + number
    with database.atomic():
        for start in range(0, number, 500):
            Event.insert_many(rows[start : start + 500]).execute()
        EventChain.update(count=count, last_hash=previous, seal=seal.of_head(count, previous)).execute()
