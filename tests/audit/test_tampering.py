"""The whole instance in the hands of an insider: whatever was done to the log is found, and named."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.audit import verification
from app.audit.anchor_file import AnchorOrigin
from app.audit.anchoring import anchor_log, anchor_restored_backup
from app.audit.proof_files import log_files
from app.audit.queries import read_head
from app.audit.rules import LogProblem, LogSeal, canonical_event
from app.audit.verification import LogReport, check_since_anchor, verify_log
from app.base.database import database, key_folder
from app.base.settings.settings import Settings
from tests.audit.insider import (
    OWN_KEY,
    Insider,
    event_count,
    problem_kinds,
    sealed_with,
    write_events,
)
from tests.databases import on_both


def database_id() -> str:
    head = read_head()
    assert head is not None
    return head.database_id


def reset_end(insider: Insider) -> None:
    insider.run("UPDATE event_chain SET count = 0, last_hash = '', seal = '', key_check = '', anchors = 0")


def empty_and_reset(insider: Insider) -> None:
    insider.run_unhindered("DELETE FROM event")
    reset_end(insider)


def cut_and_sign(insider: Insider) -> None:
    insider.cut_tail(3)
    insider.sign_end(log_files().seal_key)


def reseal_with_other_key(insider: Insider) -> None:
    insider.reseal(sealed_with(OWN_KEY, database_id()), EDIT)
    insider.sign_end(OWN_KEY)
    insider.run(f"UPDATE event_chain SET key_check = '{LogSeal(OWN_KEY, database_id()).key_check}'")


def reseal_with_stolen_key(insider: Insider) -> None:
    insider.reseal(sealed_with(log_files().seal_key, database_id()), EDIT)
    insider.sign_end(log_files().seal_key)


def seal_without_key(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_event(values).encode()).hexdigest()


def rename_database(insider: Insider) -> None:
    insider.run(f"UPDATE event_chain SET database_id = '{'0' * 32}'")


EDIT = "UPDATE event SET reason = '齐金' WHERE id = 2"
TAMPERINGS: dict[str, tuple[Callable[[Insider], None], set[LogProblem]]] = {
    "a text edited": (lambda it: it.run_unhindered(EDIT), {LogProblem.CHANGED}),
    "a moment edited": (
        lambda it: it.run_unhindered("UPDATE event SET at = '2020-01-01 00:00:00' WHERE id = 3"),
        {LogProblem.CHANGED},
    ),
    "the last row edited": (
        lambda it: it.run_unhindered(
            "UPDATE event SET person = '別人' WHERE id = (SELECT MAX(id) FROM event)"
        ),
        {LogProblem.CHANGED},
    ),
    "a row deleted": (
        lambda it: it.run_unhindered("DELETE FROM event WHERE id = 3"),
        {LogProblem.REMOVED, LogProblem.TAIL_MISSING},
    ),
    "the tail deleted": (
        lambda it: it.run_unhindered("DELETE FROM event WHERE id > (SELECT MAX(id) - 1 FROM event)"),
        {LogProblem.TAIL_MISSING},
    ),
    "the tail deleted and the end moved": (lambda it: it.cut_tail(1), {LogProblem.HEAD_CHANGED}),
    "an anchored tail deleted and the end moved": (
        lambda it: it.cut_tail(3),
        {LogProblem.HEAD_CHANGED, LogProblem.TAIL_MISSING},
    ),
    "all deleted": (lambda it: it.run_unhindered("DELETE FROM event"), {LogProblem.EMPTIED}),
    "all deleted and begun again": (empty_and_reset, {LogProblem.EMPTIED}),
    "sealed again without a key": (
        lambda it: it.reseal(seal_without_key, EDIT),
        {LogProblem.RESEALED, LogProblem.HEAD_CHANGED},
    ),
    "sealed again with another key": (reseal_with_other_key, {LogProblem.OTHER_KEY}),
    "sealed again with the stolen key": (reseal_with_stolen_key, {LogProblem.CONTRADICTED}),
    "the tail deleted and the end signed with the stolen key": (cut_and_sign, {LogProblem.OLDER_COPY}),
    "the database renamed to shake off its anchors": (rename_database, {LogProblem.OTHER_KEY}),
    "the end of the chain deleted": (lambda it: it.run("DELETE FROM event_chain"), {LogProblem.HEAD_CHANGED}),
    "the mark of the key edited": (
        lambda it: it.run("UPDATE event_chain SET key_check = 'x'"),
        {LogProblem.HEAD_CHANGED},
    ),
}


def assert_named(report: LogReport, problems: set[LogProblem]) -> None:
    assert problem_kinds(report) == problems, [finding.sentence for finding in report.findings]
    assert all(finding.sentence.endswith("。") for finding in report.findings)


@on_both
def test_an_untouched_log_is_intact_and_the_rows_after_the_anchor_are_counted(log: Insider) -> None:
    report = verify_log()
    assert report.is_intact
    assert (report.events, report.unanchored) == (event_count(), 2)


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_what_was_done_to_the_rows_is_named(log: Insider, tampering: str) -> None:
    tamper, problems = TAMPERINGS[tampering]
    tamper(log)
    assert_named(verify_log(), problems)


@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    "tampering",
    [
        "a text edited",
        "an anchored tail deleted and the end moved",
        "all deleted and begun again",
        "sealed again without a key",
        "sealed again with the stolen key",
    ],
)
def test_what_was_done_to_the_rows_is_named_on_postgres(log: Insider, tampering: str) -> None:
    test_what_was_done_to_the_rows_is_named(log, tampering)


@pytest.mark.parametrize("tampering", ["a text edited", "all deleted", "sealed again with the stolen key"])
def test_the_command_says_which_and_ends_with_1(log: Insider, app: Flask, tampering: str) -> None:
    run = app.test_cli_runner().invoke
    intact = run(args=["audit", "verify"])
    assert (intact.exit_code, "其后写入 2 条" in intact.stdout) == (0, True)
    tamper, _ = TAMPERINGS[tampering]
    tamper(log)
    broken = run(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert all(finding.sentence in broken.stderr for finding in verify_log().findings)


def test_an_older_copy_of_the_database_is_named(log: Insider, settings: Settings) -> None:
    file, kept = settings.instance / "work-plan.db", settings.instance / "kept"
    log.run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, kept)
    write_events(2)
    anchor_log(AnchorOrigin.WORKER)
    database.close()
    database.obj.close_all()
    for trace in settings.instance.glob("work-plan.db-*"):
        trace.unlink()
    shutil.copy(kept, file)
    assert_named(verify_log(), {LogProblem.OLDER_COPY})
    assert {finding.problem for finding in check_since_anchor().findings} == {LogProblem.OLDER_COPY}
    write_events(5)
    assert_named(verify_log(), {LogProblem.CONTRADICTED})


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: [], LogProblem.ANCHORS_MISSING),
        (lambda lines: lines[:-1], LogProblem.ANCHORS_MISSING),
        (lambda lines: [*lines[:-1], lines[-1][:-9]], LogProblem.ANCHORS_MISSING),
        (
            lambda lines: [lines[0].replace('"events": ', '"events": 1'), *lines[1:]],
            LogProblem.ANCHORS_CHANGED,
        ),
        (lambda lines: ["{}\n", *lines[1:]], LogProblem.ANCHORS_CHANGED),
        (lambda lines: [lines[0], lines[0], *lines[1:]], LogProblem.ANCHORS_CHANGED),
    ],
)
def test_what_was_done_to_the_anchors_is_named(
    log: Insider, change: Callable[[list[str]], list[str]], problem: LogProblem
) -> None:
    log_files().anchors_path.write_text("".join(change(lines_of(log_files().anchors_path))))
    assert_named(verify_log(), {problem})
    log_files().anchors_path.unlink()
    assert_named(verify_log(), {LogProblem.ANCHORS_MISSING})


def test_a_lost_key_is_named(log: Insider) -> None:
    keys = key_folder()
    (keys.path / "audit-key").write_text("0" * 64)
    keys.known.clear()  # the next process reads it again
    write_events(2)
    report = verify_log()
    assert LogProblem.OTHER_KEY in problem_kinds(report)
    assert "audit-key" in report.findings[0].sentence


@pytest.mark.parametrize("few_events", [0, 2000])
@pytest.mark.parametrize(
    "tampering",
    [
        "all deleted",
        "the tail deleted",
        "sealed again with the stolen key",
        "an anchored tail deleted and the end moved",
    ],
)
def test_a_broken_log_is_not_anchored_over_and_the_pages_go_on(
    log: Insider,
    app: Flask,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tampering: str,
    few_events: int,
) -> None:
    monkeypatch.setattr(verification, "FEW_EVENTS", few_events)
    before = lines_of(log_files().anchors_path)
    TAMPERINGS[tampering][0](log)
    assert anchor_log(AnchorOrigin.START) is None
    assert lines_of(log_files().anchors_path) == before
    assert "flask audit verify" in caplog.text
    assert app.test_client().get("/login").status_code == 200


def test_a_restored_backup_is_named_and_the_log_goes_on_from_it(log: Insider, settings: Settings) -> None:
    file, kept = settings.instance / "work-plan.db", settings.instance / "kept"
    log.run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, kept)
    write_events(4)
    anchor_log(AnchorOrigin.WORKER)
    database.close()
    database.obj.close_all()
    for trace in settings.instance.glob("work-plan.db-*"):
        trace.unlink()
    shutil.copy(kept, file)
    anchor_restored_backup("work-plan-20261129.backup")
    report = verify_log()
    assert report.is_intact, report.findings
    assert "work-plan-20261129.backup" in "".join(report.notes)
    write_events(9)
    assert anchor_log(AnchorOrigin.WORKER) is not None
    assert verify_log().is_intact
    log.reseal(sealed_with(log_files().seal_key, database_id()), EDIT)
    log.sign_end(log_files().seal_key)
    assert_named(verify_log(), {LogProblem.CONTRADICTED})
