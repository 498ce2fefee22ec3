"""A backup is one file with everything in it, and what is restored from it is equal: rows, keys, log, attachments."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask

from app.audit.anchor_file import AnchorOrigin
from app.audit.anchoring import anchor_log
from app.audit.models import Event
from app.base.clock import clock_stopped_at
from app.base.database import database
from app.base.settings.settings import Settings
from app.filing.attachments.operations import add_attachments, remove_attachment
from app.maintenance.backup import queries
from app.maintenance.backup.rules import BACKUP_NAME
from app.maintenance.database.rows import TableDigest
from app.maintenance.database.sqlite_file import open_rows
from app.uploads.rules import FileQuota
from tests.databases import PostgresServer, on_both
from tests.maintenance.installations import elsewhere, installation_of, run
from tests.uploads.files import pdf, upload
from tests.world import World

PASSPHRASE = "一句够长的备份口令"
QUOTA = FileQuota(1024**2, 10, 10 * 1024**2)


def attach_files(world: World, settings: Settings, *texts: str, measure: int = 1) -> list[Path]:
    """Attach files to the filing on a measure; return where they lie."""
    store = installation_of(settings).store
    uploads = [upload(pdf(text), f"{text}.pdf") for text in texts]
    attached = add_attachments(
        world.filing(measure), uploads, by=world.users["filer"], quota=QUOTA, store=store
    )
    return [Path(store.place_of_file(one.sha256)) for one in attached.kept]


def content(url: str) -> dict[str, TableDigest]:
    """Return every table's rows but those that the taking of a backup and restoring write."""
    with open_rows(url) as rows:
        tables = set(rows.table_names()) - {"event", "event_chain", "backup_record"}
        return rows.digest_tables(table for table in tables if not table.startswith("huey"))


def last_event(action: str) -> Event:
    return Event.select().where(Event.action == action).order_by(Event.id.desc()).get()


@on_both
def test_what_is_restored_from_a_backup_is_equal(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    (settings.instance / "secret-key").write_text("ab" * 32)
    files = attach_files(world, settings, "一", "二", "三")
    remove_attachment(world.filing(1).attachments[2], by=world.users["filer"])
    before, events = content(settings.database_url), Event.select().count()

    made = run(app, "backup", "create", tmp_path / "target")
    assert made.exit_code == 0, made.output
    (path,) = (tmp_path / "target").iterdir()
    assert made.stdout == f"{path}\n"
    assert BACKUP_NAME.fullmatch(path.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "BACKUP_PASSPHRASE" in made.stderr
    taken = queries.last_backup()
    assert taken is not None
    assert (taken.path, taken.is_verified, taken.problem) == (str(path), True, "")
    assert last_event("create_backup").detail["events"] == events

    checked = run(app, "backup", "verify", path)
    assert checked.exit_code == 0, checked.output
    assert f"操作记录 {events} 条，附件 3 个" in checked.stdout

    with elsewhere(settings, tmp_path / "other") as other:
        restored = run(other, "backup", "restore", path)
        assert restored.exit_code == 0, restored.output
        assert content(other.config["SETTINGS"].database_url) == before
        assert last_event("restore_backup").detail["backup"] == path.name
        assert Event.select().count() == events + 1
        verified = run(other, "audit", "verify")
        assert (verified.exit_code, f"恢复自备份 {path.name}" in verified.output) == (0, True)
        assert run(other, "attachments", "verify").exit_code == 0
    assert (tmp_path / "other" / "secret-key").read_text().strip() == "ab" * 32
    for file in files:
        copy = tmp_path / "other" / file.relative_to(tmp_path)
        assert copy.read_bytes() == file.read_bytes()
    assert not [file for file in (tmp_path / "other").rglob("*") if ".work-plan-" in file.name]


@on_both
def test_an_older_backup_takes_the_place_of_a_lost_database_and_says_so(
    app: Flask, world: World, settings: Settings, postgres: PostgresServer, tmp_path: Path
) -> None:
    """What was anchored since then stays in the file, and the anchor of the backup explains it."""

    def anchor() -> None:
        with app.app_context():
            assert anchor_log(AnchorOrigin.WORKER)

    anchor()
    path = Path(run(app, "backup", "create", tmp_path / "target").stdout.strip())
    attach_files(world, settings, "后来")
    anchor()
    lost = tmp_path / "lost"
    lost.mkdir()
    database.obj.close_all()
    for file in tmp_path.glob("work-plan.db*"):
        file.rename(lost / file.name)
    postgres.run('CREATE DATABASE "again"')
    try:
        url = settings.database_url if settings.database_url.startswith("sqlite") else postgres.url("again")
        with elsewhere(settings, settings.instance, url) as again:
            assert run(again, "backup", "restore", path).exit_code == 0
            verified = run(again, "audit", "verify")
            assert (verified.exit_code, f"恢复自备份 {path.name}" in verified.output) == (0, True)
            with again.app_context():
                assert anchor_log(AnchorOrigin.WORKER)
            assert run(again, "audit", "verify").exit_code == 0
    finally:
        postgres.run('DROP DATABASE "again" WITH (FORCE)')


def test_keys_are_encrypted_where_there_is_a_passphrase(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    (settings.instance / "secret-key").write_text("ab" * 32)
    app.config["SETTINGS"] = replace(
        settings, backup_passphrase=PASSPHRASE, smtp_url="smtp://plan:s3cret@mail:25"
    )
    made = run(app, "backup", "create", tmp_path / "target")
    assert (made.exit_code, made.stderr) == (0, "")
    path = Path(made.stdout.strip())
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"ab" * 32 in data or b"s3cret" in data for data in members.values())
    assert "keys.json" not in members
    assert set(json.loads(members["keys.encrypted.json"])) == {"salt", "token"}
    assert json.loads(members["settings.json"])["SITE_NAME"] == settings.site_name

    for wrong in (replace(settings, backup_passphrase="falsches Kennwort"), settings):
        for command in ("verify", "restore"):
            with elsewhere(wrong, tmp_path / "other") as other:
                refused = run(other, "backup", command, path)
            assert refused.exit_code == 1
            assert "BACKUP_PASSPHRASE" in refused.stderr
        assert not list((tmp_path / "other").iterdir())
    with elsewhere(replace(settings, backup_passphrase=PASSPHRASE), tmp_path / "other") as other:
        assert run(other, "backup", "restore", path).exit_code == 0
    assert (tmp_path / "other" / "secret-key").read_text().strip() == "ab" * 32


def test_a_lost_or_damaged_attachment_is_reported_and_does_not_keep_a_backup_from_being_taken(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    lost, damaged, whole = attach_files(world, settings, "丢失", "损坏", "完好")
    lost.unlink()
    damaged.write_bytes(b"%PDF-")
    made = run(app, "backup", "create", tmp_path / "target")
    assert made.exit_code == 0, made.output
    for name in ("丢失", "损坏"):
        assert f"附件“{name}.pdf”在存储里缺失或已损坏" in made.stderr
    assert "完好.pdf" not in made.stderr
    path = Path(made.stdout.strip())
    assert "附件“丢失.pdf”已缺失或损坏" in run(app, "backup", "verify", path).stderr
    with elsewhere(settings, tmp_path / "other") as other:
        assert run(other, "backup", "restore", path).exit_code == 0
    stored = [file.name for file in (tmp_path / "other" / "attachments").rglob("*") if file.is_file()]
    assert stored == [whole.name]


def test_two_backups_of_one_second_do_not_replace_each_other(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    with clock_stopped_at(datetime(2026, 11, 29, 10, 30)):
        names = [
            Path(run(app, "backup", "create", tmp_path / "target").stdout.strip()).name for _ in range(3)
        ]
    assert names == [f"work-plan-20261129-103000{number}.backup" for number in ("", "-2", "-3")]
    assert sorted(path.name for path in (tmp_path / "target").iterdir()) == sorted(names)


def test_what_a_killed_backup_left_is_taken_away_by_the_next(
    app: Flask, world: World, settings: Settings, tmp_path: Path
) -> None:
    left = tmp_path / "target" / ".work-plan-killed"
    left.mkdir(parents=True)
    (left / "rows").write_bytes(b"half")
    os.utime(left, (0, 0))
    path = Path(run(app, "backup", "create", tmp_path / "target").stdout.strip())
    assert list((tmp_path / "target").iterdir()) == [path]


@pytest.mark.parametrize("place", ["file", "no-right"])
def test_a_folder_that_cannot_be_written_is_reported(
    app: Flask, world: World, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" if place == "file" else Path("/proc/none")
    refused = run(app, "backup", "create", folder)
    assert refused.exit_code in (1, 2)
    assert refused.stderr.strip().endswith("。")
    assert queries.last_backup() is None
