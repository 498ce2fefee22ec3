"""`flask check`: one thing is spoilt at a time, and the look through everything finds it and says what to do."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.authority.actor import SYSTEM
from app.base.clock import now
from app.base.database import SqliteFile, database, migration_runner
from app.base.files.private_files import OWNER_ONLY, restrict_modes
from app.base.settings.settings import Settings
from app.drafting.core.models import DocumentFile
from app.filing.attachments.models import Attachment
from app.maintenance.backup.models import BackupRecord
from app.maintenance.backup.rules import BackupCause
from app.maintenance.health.models import Heartbeat
from app.maintenance.health.operations import record_heartbeat
from app.uploads.current_store import current_store
from app.uploads.rules import FileKind
from app.wiring.queue import current_queue
from tests.databases import newest_schema, on_both
from tests.issuing.issued_documents import issued
from tests.maintenance.installations import run
from tests.world import World

WORDS = b"minutes of a meeting"


@dataclass
class Installation:
    """An installation in which everything is in order."""

    app: Flask
    settings: Settings
    world: World

    def check(self) -> Result:
        result = run(self.app, "check")
        assert "Traceback" not in result.output
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result

    @property
    def stored(self) -> str:
        return hashlib.sha256(WORDS).hexdigest()

    def path_of_stored(self) -> Path:
        return Path(current_store().place_of_file(self.stored))


@pytest.fixture
def sound(app: Flask, reported: World, settings: Settings) -> Iterator[Installation]:
    umask = os.umask(OWNER_ONLY)
    with app.app_context():
        attach(reported)
        issued(reported)
        record_heartbeat(by=SYSTEM)
        BackupRecord.create(cause=BackupCause.DAILY, path="/backup", size=1, verified_at=now())
        restrict_modes(settings.private_places)
        yield Installation(app, settings, reported)
        current_queue().huey.storage.close()
    os.umask(umask)


def attach(world: World) -> None:
    """Attach a file to a filing, in the store and in the database."""
    sha256 = hashlib.sha256(WORDS).hexdigest()
    current_store().put_file(io.BytesIO(WORDS), sha256)
    Attachment.create(
        filing=world.filing(1),
        name="会议纪要.pdf",
        kind=FileKind.PDF,
        size=len(WORDS),
        sha256=sha256,
        uploaded_by="张某",
    )


@contextmanager
def unguarded() -> Iterator[None]:
    """Let the database take what its constraints would refuse, as a careless repair does."""
    on, off = ("PRAGMA foreign_keys = 1", "PRAGMA foreign_keys = 0")
    if not isinstance(database.obj, SqliteFile):
        on, off = "SET session_replication_role = origin", "SET session_replication_role = replica"
    database.execute_sql(off)
    yield
    database.execute_sql(on)


@on_both
def test_where_all_is_well_every_line_says_so(sound: Installation) -> None:
    result = sound.check()
    assert result.exit_code == 0, result.output
    assert "✗" not in result.output
    assert result.output.count("✓") == 13
    assert result.output.endswith("全部正常。\n")


@on_both
def test_a_row_that_refers_to_nothing_is_found(sound: Installation) -> None:
    with unguarded():
        database.execute_sql("UPDATE attachment SET filing_id = 9999")
    assert "✗ 引用关系" in (output := sound.check().output)
    assert "attachment.filing_id 有 1 行指向 filing 中不存在的行" in output
    assert "backup restore" in output


@on_both
def test_a_changed_document_is_found(sound: Installation) -> None:
    DocumentFile.update(data=b"other words").execute()
    result = sound.check()
    assert result.exit_code == 1
    assert re.search(r"✗ 已印发的公文：\d 处有问题", result.output)
    assert "文件与印发时登记的校验码不符" in result.output


def remove_attachment(sound: Installation) -> None:
    sound.path_of_stored().unlink()


def change_attachment(sound: Installation) -> None:
    sound.path_of_stored().write_bytes(b"other words")


def add_to_store(sound: Installation) -> None:
    current_store().put_file(io.BytesIO(b"x"), hashlib.sha256(b"x").hexdigest())


def add_to_instance(sound: Installation) -> None:
    (sound.settings.instance / "work-plan-copy.db").touch(0o600)


def open_to_others(sound: Installation) -> None:
    (sound.settings.instance / "audit-key").chmod(0o644)


def spoil_queue(sound: Installation) -> None:
    (sound.settings.instance / "queue.db").write_bytes(os.urandom(10_000))


def forget_worker(sound: Installation) -> None:
    Heartbeat.delete().execute()


def forget_backups(sound: Installation) -> None:
    BackupRecord.delete().execute()


def fail_backup(sound: Installation) -> None:
    BackupRecord.update(problem="有 1 个文件与清单不符。").execute()


def go_back(sound: Installation) -> None:
    migration_runner().down(newest_schema())


def drop_log_trigger(sound: Installation) -> None:
    (name,) = database.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event' LIMIT 1"
    ).fetchone()
    database.execute_sql(f"DROP TRIGGER {name}")


@pytest.mark.parametrize(
    ("spoil", "label", "words"),
    [
        (remove_attachment, "佐证材料", "不在存储里"),
        (change_attachment, "佐证材料", "内容与上传时不同"),
        (add_to_store, "不认识的文件", "佐证材料中的"),
        (add_to_instance, "不认识的文件", "work-plan-copy.db"),
        (open_to_others, "文件权限", "audit-key"),
        (spoil_queue, "数据库文件", "没有查完"),
        (forget_worker, "后台任务", "从未运行"),
        (forget_backups, "备份", "flask backup create"),
        (fail_backup, "备份", "与清单不符"),
        (go_back, "数据库结构", "flask db upgrade"),
        (drop_log_trigger, "操作记录", "触发器不见了"),
    ],
)
def test_what_is_spoilt_is_named_with_what_to_do(
    sound: Installation, spoil: Callable[[Installation], None], label: str, words: str
) -> None:
    spoil(sound)
    result = sound.check()
    assert result.exit_code == 1
    spoilt = [line for line in result.output.splitlines() if line.startswith("✗")]
    assert len(spoilt) == 1 and spoilt[0].startswith(f"✗ {label}"), result.output
    assert words in result.output
    assert "→ " in result.output


def test_a_damaged_database_file_ends_in_words(sound: Installation) -> None:
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    database.obj.close_all()
    file = sound.settings.instance / "work-plan.db"
    content = bytearray(file.read_bytes())
    for start in range(8 * 4096, len(content), 4096):
        content[start : start + 512] = os.urandom(512)
    file.write_bytes(content)
    result = sound.check()
    assert result.exit_code == 1
    assert "✗ 数据库文件" in result.output
    assert "backup restore" in result.output
