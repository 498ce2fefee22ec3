"""The schema is moved with a backup before, never down to nothing, and never by a program that is too old for it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import Event
from app.audit.rules import SEALED, keyless_seal
from app.base.database import database, migration_runner
from app.base.settings.settings import ROOT, Settings
from app.maintenance import queries
from app.maintenance.rules import BackupCause
from tests.databases import on_both
from tests.maintenance.installations import elsewhere, run
from tests.world import World

LAST = max(path.stem for path in (Path(__file__).parents[2] / "migrations").glob("[0-9]*.py"))
FUTURE = "9999_from_the_future"


def come_from_the_future() -> None:
    database.execute_sql(
        f"INSERT INTO schema_migration (name, applied) VALUES ('{FUTURE}', '2030-01-01 00:00:00')"
    )


def backups(settings: Settings) -> list[Path]:
    return (
        sorted((settings.instance / "backups").glob("*")) if (settings.instance / "backups").exists() else []
    )


@on_both
def test_an_upgrade_takes_a_backup_of_what_is_there(app: Flask, world: World, settings: Settings) -> None:
    migration_runner().down("0025_backup_records")
    upgraded = run(app, "db", "upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    (path,) = backups(settings)
    assert f"升级前的备份：{path}\n" in upgraded.stdout
    taken = queries.last_backup()
    assert taken is not None
    assert (taken.path, taken.cause, taken.is_verified) == (str(path), BackupCause.BEFORE_UPGRADE, True)
    event = Event.select().where(Event.action == "upgrade_database").get()
    assert event.detail["backup"] == str(path)
    assert event.detail["migrations"][-1] == LAST
    assert run(app, "db", "upgrade").stdout == "数据库已是最新结构。\n"
    assert backups(settings) == [path]

    with elsewhere(settings, settings.instance / "other") as other:
        restored = run(other, "backup", "restore", path)
        assert restored.exit_code == 0, restored.output
        assert f"已升级：{'、'.join(event.detail['migrations'])}" in restored.stdout
        assert run(other, "audit", "verify").exit_code == 0
        assert run(other, "db", "status").exit_code == 0


def test_a_log_from_before_there_was_a_key_is_whole(app: Flask, settings: Settings, tmp_path: Path) -> None:
    with elsewhere(settings, tmp_path / "older") as older:
        migration_runner().up("0016_renewals")
        previous = ""
        for number in range(3):
            values = dict.fromkeys(SEALED, "") | {
                "at": datetime(2026, 1, 1, 8, number),
                "account_id": None,
                "object_id": None,
                "detail": {},
                "previous_hash": previous,
            }
            previous = keyless_seal(values)
            columns = {"hash": previous, **values, "detail": "{}"}
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            database.execute_sql(f"INSERT INTO event ({names}) VALUES ({marks})", tuple(columns.values()))
        database.execute_sql("UPDATE event_chain SET last_hash = ?", (previous,))
        upgraded = run(older, "db", "upgrade")
        assert upgraded.exit_code == 0, upgraded.output
        taken = queries.last_backup()
        assert taken is not None
        assert taken.is_verified, taken.problem
        verified = run(older, "audit", "verify")
        assert (verified.exit_code, "前 3 条" in verified.output) == (0, True)
    with elsewhere(settings, tmp_path / "newer") as newer:
        restored = run(newer, "backup", "restore", taken.path)
        assert restored.exit_code == 0, restored.output
        assert run(newer, "audit", "verify").exit_code == 0


def test_a_new_database_needs_no_backup(app: Flask, settings: Settings) -> None:
    with elsewhere(settings, settings.instance / "other") as other:
        assert "没有数据库" in run(other, "db", "status").stdout
        assert LAST in run(other, "db", "upgrade").stdout
        assert not backups(other.config["SETTINGS"])


def test_an_upgrade_that_fails_on_the_backup_leaves_the_database_as_it_was(
    app: Flask, world: World, settings: Settings
) -> None:
    migration_runner().down("0016_renewals")
    database.execute_sql("ALTER TABLE document_block ADD COLUMN slot TEXT")
    failed = run(app, "db", "upgrade")
    assert failed.exit_code == 1
    assert "没有升级，数据库没有改动" in failed.stderr
    assert "duplicate column name: slot" in failed.stderr
    assert str(backups(settings)[0]) in failed.stderr
    assert "0016_renewals" not in migration_runner().applied()


@on_both
def test_a_downgrade_asks_and_keeps_a_backup(app: Flask, world: World, settings: Settings) -> None:
    for answer in ("n\n", ""):
        refused = app.test_cli_runner().invoke(args=["db", "downgrade", LAST], input=answer)
        assert (refused.exit_code, refused.stderr.strip()[-12:]) == (1, "撤销的，请加 --yes。"[-12:])
        assert "Aborted" not in refused.output
    assert backups(settings) == []
    assert LAST in migration_runner().applied()

    done = app.test_cli_runner().invoke(args=["db", "downgrade", LAST], input="y\n")
    assert done.exit_code == 0, done.output
    (path,) = backups(settings)
    assert f"撤销前的备份：{path}" in done.stdout
    assert LAST not in migration_runner().applied()
    status = run(app, "db", "status")
    assert status.exit_code == 1
    assert f"{LAST}  尚未执行" in status.stdout
    assert "请先运行 flask db upgrade。" in status.stdout
    assert run(app, "db", "upgrade").exit_code == 0
    assert Event.select().where(Event.action == "downgrade_database").get().detail["backup"] == str(path)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("0001_log", "会删除全部数据，不予办理"),
        ("0016_renewals", "再也不能核验，不予办理"),
        ("0002", "没有执行过名为“0002”"),
        (FUTURE, "0016_renewals"),
    ],
)
def test_a_target_that_leaves_nothing_or_is_unknown_is_refused(
    app: Flask, world: World, settings: Settings, target: str, words: str
) -> None:
    refused = run(app, "db", "downgrade", target, "--yes")
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert migration_runner().applied().keys() >= {"0001_log", LAST}
    assert backups(settings) == []


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "verify"),
        ("user", "list"),
        ("db", "upgrade"),
        ("db", "downgrade", LAST, "--yes"),
        ("backup", "create"),
        ("backup", "daily"),
        ("plan", "import", "plan.txt"),
    ],
)
def test_no_command_works_on_a_database_that_is_newer(
    app: Flask, world: World, settings: Settings, command: tuple[str, ...], tmp_path: Path
) -> None:
    come_from_the_future()
    (tmp_path / "plan.txt").write_text("青山镇2026年工作计划\n")
    refused = run(app, *(str(tmp_path / part) if part.endswith(".txt") else part for part in command))
    assert refused.exit_code == 1
    assert FUTURE in refused.stderr
    assert LAST in refused.stderr
    assert not backups(settings)


@pytest.mark.parametrize(("process", "schema"), [("web", "newer"), ("worker", "newer"), ("web", "older")])
def test_neither_web_nor_worker_starts_on_a_schema_that_is_not_theirs(
    app: Flask, world: World, settings: Settings, process: str, schema: str
) -> None:
    if schema == "newer":
        come_from_the_future()
    else:
        migration_runner().down(LAST)
    database.obj.close_all()
    environment = os.environ | {"INSTANCE_DIR": str(settings.instance), "DATABASE_URL": settings.database_url}
    started = subprocess.run(
        [str(Path(sys.executable).parent / "gunicorn"), "--preload", "--bind=127.0.0.1:0", "wsgi:app"]
        if process == "web"
        else [str(Path(sys.executable).parent / "huey_consumer"), "app.wiring.worker.huey"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode != 0
    assert "Traceback" not in started.stderr
    assert (FUTURE if schema == "newer" else "flask db upgrade") in started.stderr
    assert LAST in started.stderr


def test_the_status_of_a_newer_database_says_so(app: Flask, world: World) -> None:
    come_from_the_future()
    status = run(app, "db", "status")
    assert status.exit_code == 1
    assert f"{FUTURE}  2030-01-01 00:00:00  本程序不认识" in status.stdout
    assert "比本程序新" in status.stdout
