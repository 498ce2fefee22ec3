"""Everything moves from SQLite to PostgreSQL and back, is compared, and works on there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import Event
from app.base.database import database
from app.base.settings.settings import Settings
from app.maintenance.database.sqlite_file import open_rows
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.org.models import Department
from tests.databases import PostgresServer
from tests.maintenance.backup.test_backup import attach_files, content
from tests.maintenance.installations import elsewhere, run
from tests.world import World


@pytest.fixture
def empty_postgres(postgres: PostgresServer) -> Iterator[str]:
    postgres.run('CREATE DATABASE "copied"')
    yield postgres.url("copied")
    postgres.run('DROP DATABASE "copied" WITH (FORCE)')


def add_hard_values(world: World) -> None:
    """Store what the two databases keep in different ways, and leave a gap behind the highest number."""
    for moment in (
        datetime(2026, 1, 1),
        datetime(2026, 1, 1, 0, 0, 0, 1),
        datetime(2026, 12, 31, 23, 59, 59, 999999),
    ):
        Notice.create(
            account=world.users["filer"].account_id,
            kind=NoticeKind.TO_SIGN,
            sentence="制表\t反斜杠\\换行\n引号'\"\\N空",
            path="/",
            topic="",
            created_at=moment,
        )
    Department.create(name="空", short_name="空", kind="office", position=99).delete_instance()


def test_everything_moves_to_postgres_and_back_and_works_on(
    app: Flask, reported: World, settings: Settings, empty_postgres: str, tmp_path: Path
) -> None:
    attach_files(reported, settings, "一", measure=2)
    add_hard_values(reported)
    source = content(settings.database_url)
    events = Event.select().count()
    copied = run(app, "db", "copy", "--to", empty_postgres)
    assert copied.exit_code == 0, copied.output
    assert "逐表核对一致" in copied.stdout
    assert "secret" not in copied.output
    assert content(settings.database_url) == source
    assert content(empty_postgres) == source
    assert Event.select().count() == events

    with elsewhere(settings, settings.instance, empty_postgres) as moved:
        assert run(moved, "audit", "verify").exit_code == 0
        assert run(moved, "attachments", "verify").exit_code == 0
        assert run(moved, "db", "status").exit_code == 0
        assert Event.select().where(Event.action == "copy_database").count() == 1
        highest = max(row.id for row in Department.select())
        assert Department.create(name="新", short_name="新", kind="office", position=98).id == highest + 1
        back = f"sqlite:///{tmp_path / 'back' / 'work-plan.db'}"
        (tmp_path / "back").mkdir()
        assert run(moved, "db", "copy", "--to", back).exit_code == 0
        assert content(back) == content(empty_postgres)
    with elsewhere(settings, settings.instance, back) as returned:
        assert run(returned, "audit", "verify").exit_code == 0
        assert [path.name for path in (tmp_path / "back").iterdir() if path.suffix != ".db-wal"]


def test_a_target_that_holds_something_is_left_alone(
    app: Flask, world: World, settings: Settings, empty_postgres: str, tmp_path: Path
) -> None:
    assert run(app, "db", "copy", "--to", empty_postgres).exit_code == 0
    before = content(empty_postgres)
    for target in (empty_postgres, settings.database_url):
        refused = run(app, "db", "copy", "--to", target)
        assert refused.exit_code == 1
        assert refused.stderr.strip().endswith("。")
    assert content(empty_postgres) == before


@pytest.mark.parametrize(
    "target",
    ["postgresql://nobody@127.0.0.1:1/none", "mysql://x/y", "work-plan.db", "sqlite:////nowhere/at/all/x.db"],
)
def test_a_target_that_cannot_be_reached_is_reported(app: Flask, world: World, target: str) -> None:
    refused = run(app, "db", "copy", "--to", target)
    assert refused.exit_code in (1, 2)
    assert refused.stderr.strip().endswith("。")
    assert "Traceback" not in refused.output


def test_what_postgres_cannot_store_leaves_it_empty(
    app: Flask, world: World, settings: Settings, empty_postgres: str
) -> None:
    database.execute_sql("UPDATE filing SET progress = 'a' || char(0) || 'b'")
    refused = run(app, "db", "copy", "--to", empty_postgres)
    assert refused.exit_code == 1
    assert "收不下" in refused.stderr
    with open_rows(empty_postgres) as rows:
        assert rows.table_names() == []


def test_a_write_while_it_is_copied_is_noticed(
    app: Flask, world: World, settings: Settings, empty_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.maintenance import database_copy

    take_snapshot = database_copy.take_snapshot

    def and_write(url: str, target: Path) -> None:
        take_snapshot(url, target)
        database.execute_sql("UPDATE filing SET progress = '后来写的'")

    monkeypatch.setattr(database_copy, "take_snapshot", and_write)
    refused = run(app, "db", "copy", "--to", empty_postgres)
    assert refused.exit_code == 1
    assert "复制期间有人写入" in refused.stderr
    with open_rows(empty_postgres) as rows:
        assert rows.table_names() == []
