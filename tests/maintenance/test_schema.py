"""The schema is moved with a backup before, never down to nothing, and never by a program that is too old for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import Event
from app.base.database import MIGRATIONS, database, migration_runner
from app.base.settings.settings import ROOT, Settings
from app.maintenance.backup import queries
from app.maintenance.backup.rules import BackupCause
from app.maintenance.schema import FIRST_SCHEMA
from tests.databases import newest_schema, on_both
from tests.maintenance.installations import elsewhere, run
from tests.world import World

LAST = newest_schema()
NEXT = "9000_next_version"
NEXT_STEP = """
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("filing", "remark", TextField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("filing", "remark"))
"""
FUTURE = "9999_from_the_future"


@pytest.fixture
def next_version(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make of the program its next version, which has one migration more than the database."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"{NEXT}.py").write_text(NEXT_STEP)
    monkeypatch.setattr("app.base.database.MIGRATIONS", folder)


def come_from_the_future() -> None:
    database.execute_sql(
        f"INSERT INTO schema_migration (name, applied) VALUES ('{FUTURE}', '2030-01-01 00:00:00')"
    )


def backups(settings: Settings) -> list[Path]:
    return (
        sorted((settings.instance / "backups").glob("*")) if (settings.instance / "backups").exists() else []
    )


@on_both
def test_an_upgrade_takes_a_backup_of_what_is_there(
    app: Flask, next_version: None, settings: Settings
) -> None:
    upgraded = run(app, "db", "upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    (path,) = backups(settings)
    assert f"升级前的备份：{path}\n" in upgraded.stdout
    taken = queries.last_backup()
    assert taken is not None
    assert (taken.path, taken.cause, taken.is_verified) == (str(path), BackupCause.BEFORE_UPGRADE, True)
    event = Event.select().where(Event.action == "upgrade_database").get()
    assert event.detail["backup"] == str(path)
    assert event.detail["migrations"] == [NEXT]
    assert run(app, "db", "upgrade").stdout == "数据库已是最新结构。\n"
    assert backups(settings) == [path]

    with elsewhere(settings, settings.instance / "other") as other:
        restored = run(other, "backup", "restore", path)
        assert restored.exit_code == 0, restored.output
        assert f"已升级：{NEXT}" in restored.stdout
        assert run(other, "audit", "verify").exit_code == 0
        assert run(other, "db", "status").exit_code == 0


def test_a_new_database_needs_no_backup(app: Flask, settings: Settings) -> None:
    with elsewhere(settings, settings.instance / "other") as other:
        assert "没有数据库" in run(other, "db", "status").stdout
        assert LAST in run(other, "db", "upgrade").stdout
        assert not backups(other.config["SETTINGS"])


def test_an_upgrade_that_fails_on_the_backup_leaves_the_database_as_it_was(
    app: Flask, next_version: None, settings: Settings
) -> None:
    database.execute_sql("ALTER TABLE filing ADD COLUMN remark TEXT")
    failed = run(app, "db", "upgrade")
    assert failed.exit_code == 1
    assert "没有升级，数据库没有改动" in failed.stderr
    assert "duplicate column name: remark" in failed.stderr
    assert str(backups(settings)[0]) in failed.stderr
    assert NEXT not in migration_runner().applied()


@on_both
def test_a_downgrade_asks_and_keeps_a_backup(app: Flask, next_version: None, settings: Settings) -> None:
    assert run(app, "db", "upgrade").exit_code == 0
    (before,) = backups(settings)
    for answer in ("n\n", ""):
        refused = app.test_cli_runner().invoke(args=["db", "downgrade", NEXT], input=answer)
        assert (refused.exit_code, refused.stderr.strip()[-12:]) == (1, "撤销的，请加 --yes。"[-12:])
        assert "Aborted" not in refused.output
    assert backups(settings) == [before]
    assert NEXT in migration_runner().applied()

    done = app.test_cli_runner().invoke(args=["db", "downgrade", NEXT], input="y\n")
    assert done.exit_code == 0, done.output
    (path,) = set(backups(settings)) - {before}
    assert f"撤销前的备份：{path}" in done.stdout
    assert NEXT not in migration_runner().applied()
    status = run(app, "db", "status")
    assert status.exit_code == 1
    assert f"{NEXT}  尚未执行" in status.stdout
    assert "请先运行 flask db upgrade。" in status.stdout
    assert run(app, "db", "upgrade").exit_code == 0
    assert Event.select().where(Event.action == "downgrade_database").get().detail["backup"] == str(path)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("0001_base", "不予办理"),
        (FIRST_SCHEMA, "会删除整张表的数据，不予办理"),
        ("0002", "没有执行过名为“0002”"),
        (FUTURE, "没有执行过名为"),
    ],
)
def test_a_target_that_leaves_nothing_or_is_unknown_is_refused(
    app: Flask, world: World, settings: Settings, target: str, words: str
) -> None:
    refused = run(app, "db", "downgrade", target, "--yes")
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert migration_runner().applied().keys() >= {"0001_base", LAST}
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


def test_a_database_from_before_the_first_version_is_not_taken_for_a_newer_one(
    app: Flask, world: World, settings: Settings
) -> None:
    database.execute_sql("UPDATE schema_migration SET name = '0001_log' WHERE name = '0001_base'")
    for command in (("db", "upgrade"), ("user", "list"), ("db", "status")):
        refused = run(app, *command)
        assert refused.exit_code == 1
        assert "试用版" in refused.output and "INSTANCE_DIR" in refused.output
        assert "比本程序新" not in refused.output
    assert not backups(settings)


def test_the_status_of_a_newer_database_says_so(app: Flask, world: World) -> None:
    come_from_the_future()
    status = run(app, "db", "status")
    assert status.exit_code == 1
    assert f"{FUTURE}  2030-01-01 00:00:00  本程序不认识" in status.stdout
    assert "比本程序新" in status.stdout
