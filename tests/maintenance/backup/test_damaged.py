"""A file that is no backup, or not whole, is refused before anything is touched; what fails half-way leaves nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask

from app.base.settings.settings import Settings
from tests.databases import PostgresServer, on_both
from tests.maintenance.backup.test_backup import attach_files
from tests.maintenance.installations import elsewhere, run
from tests.world import World


@pytest.fixture
def backup(app: Flask, world: World, settings: Settings, tmp_path: Path) -> Path:
    attach_files(world, settings, "一", "二")
    (settings.instance / "secret-key").write_text("ab" * 32)
    return Path(run(app, "backup", "create", tmp_path / "target").stdout.strip())


@pytest.fixture
def bare(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    with elsewhere(settings, tmp_path / "other") as app:
        yield app


def everything(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def assert_refused(app: Flask, file: Path, *words: str) -> Result:
    """Check that neither verifying nor restoring takes a file, and that neither leaves anything."""
    instance = app.config["SETTINGS"].instance
    before = everything(instance)
    for command in ("verify", "restore"):
        refused = run(app, "backup", command, file)
        assert refused.exit_code == 1, refused.output
        assert refused.exception is None or isinstance(refused.exception, SystemExit)
        for word in words:
            assert word in refused.stderr
        assert everything(instance) == before
    return refused


def test_every_member_that_is_not_as_it_was_is_named(bare: Flask, backup: Path, tmp_path: Path) -> None:
    with ZipFile(backup) as archive:
        places = {info.filename: (info.header_offset, info.compress_size) for info in archive.infolist()}
    assert len([name for name in places if name.startswith("attachments/")]) == 2
    assert {"rows.sqlite", "keys.json", "settings.json", "manifest.json"} <= places.keys()
    whole = backup.read_bytes()
    for name, (offset, size) in places.items():
        if name == "manifest.json":
            continue
        changed = bytearray(whole)
        changed[offset + 30 + len(name) + 20 + size // 2] ^= 0x40
        file = tmp_path / "changed.backup"
        file.write_bytes(changed)
        assert_refused(bare, file, f"“{name}”缺失或已损坏", "changed.backup")


@pytest.mark.parametrize("place", [0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999])
def test_one_flipped_bit_anywhere_is_found(bare: Flask, backup: Path, place: float) -> None:
    changed = bytearray(backup.read_bytes())
    changed[int(len(changed) * place)] ^= 1
    backup.write_bytes(changed)
    assert_refused(bare, backup, backup.name)


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data[: len(data) // 2], lambda data: data + b"x"]
)
def test_a_file_that_was_cut_or_grew_is_refused(
    bare: Flask, backup: Path, change: Callable[[bytes], bytes]
) -> None:
    backup.write_bytes(change(backup.read_bytes()))
    assert_refused(bare, backup, backup.name)


def test_a_member_that_was_put_in_is_named(bare: Flask, backup: Path) -> None:
    with ZipFile(backup, "a") as archive:
        archive.writestr("../../etc/passwd", "root")
    assert_refused(bare, backup, "“../../etc/passwd”不在清单里")


@pytest.mark.parametrize("kind", ["text", "empty", "zip", "database", "other"])
def test_a_file_that_is_not_ours_is_refused(bare: Flask, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "strange.backup"
    match kind:
        case "zip" | "other":
            with ZipFile(file, "w") as archive:
                archive.writestr("manifest.json" if kind == "other" else "a.txt", '{"format": "another"}')
        case "database":
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("CREATE TABLE event (id INTEGER)")
        case _:
            file.write_text("这不是备份" if kind == "text" else "")
    assert_refused(bare, file, "“strange.backup”不是本系统的备份文件")


def rewritten(backup: Path, change: Callable[[dict[str, object]], None]) -> Path:
    """Return a backup whose manifest says something else."""
    target = backup.with_name("rewritten.backup")
    with ZipFile(backup) as old, ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "manifest.json":
                values = json.loads(data)
                change(values)
                data = json.dumps(values).encode()
            new.writestr(info, data)
    return target


def test_a_backup_of_a_newer_program_is_refused_with_both_versions(bare: Flask, backup: Path) -> None:
    newer = rewritten(backup, lambda values: values.update(migrations=["9999_later"], application="9.0"))
    assert_refused(bare, newer, "9999_later", "9.0")
    newer = rewritten(backup, lambda values: values.update(version=2, application="9.0"))
    assert_refused(bare, newer, "不低于 9.0")


@on_both
def test_a_database_that_holds_something_is_never_filled(
    app: Flask, backup: Path, settings: Settings
) -> None:
    before = everything(settings.instance)
    refused = run(app, "backup", "restore", backup)
    assert refused.exit_code == 1
    assert "已有数据" in refused.stderr
    assert everything(settings.instance) == before


def test_a_restore_that_fails_late_leaves_nothing_and_can_be_done_again(bare: Flask, backup: Path) -> None:
    instance = bare.config["SETTINGS"].instance
    (instance / "secret-key").mkdir()  # in the way of the key, which comes after everything else
    failed = run(bare, "backup", "restore", backup)
    assert failed.exit_code == 1
    assert "恢复没有办成" in failed.stderr
    assert not [path for path in instance.rglob("*") if path.is_file()]
    (instance / "secret-key").rmdir()
    assert run(bare, "backup", "restore", backup).exit_code == 0


def test_a_log_that_a_lost_database_left_is_not_taken_for_that_of_the_restored_one(
    bare: Flask, backup: Path, settings: Settings
) -> None:
    instance = bare.config["SETTINGS"].instance
    (instance / "work-plan.db-wal").write_bytes(b"left" * 1000)
    assert run(bare, "backup", "restore", backup).exit_code == 0
    (kept,) = instance.glob("work-plan.db-wal.before-restore-*")
    assert kept.read_bytes() == b"left" * 1000
    assert run(bare, "audit", "verify").exit_code == 0
    assert [path.name for path in instance.glob("*.db")] == ["work-plan.db"]


def test_an_empty_postgres_is_filled_and_one_that_holds_something_is_not(
    app: Flask, backup: Path, settings: Settings, postgres: PostgresServer, tmp_path: Path
) -> None:
    postgres.run('CREATE DATABASE "restored"')
    try:
        with elsewhere(settings, tmp_path / "other", postgres.url("restored")) as other:
            assert run(other, "backup", "restore", backup).exit_code == 0
            assert run(other, "audit", "verify").exit_code == 0
            again = run(other, "backup", "restore", backup)
            assert (again.exit_code, "已有数据" in again.stderr) == (1, True)
    finally:
        postgres.run('DROP DATABASE "restored" WITH (FORCE)')
