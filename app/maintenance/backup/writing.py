"""Writing a backup: everything needed to rebuild the installation, in one file."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import IO

from app.base.clock import now
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.maintenance.backup import archive
from app.maintenance.backup.archive import ArchiveWriter
from app.maintenance.backup.keys import keys_of_installation
from app.maintenance.backup.proof_members import known_anchors
from app.maintenance.backup.rules import BackupManifest, LogHead, backup_name
from app.maintenance.database.rows import SqliteRows, open_read_only
from app.maintenance.database.sqlite_file import (
    SCRATCH_PREFIX,
    applied_migrations,
    database_file,
    is_sqlite,
    take_snapshot,
)
from app.maintenance.installation import Installation, application_version
from app.uploads.rules import size_in_words

NO_SPACE = (
    "磁盘空间不足：“{folder}”需要约 {needed}，只有 {free}。请腾出空间，或换一个文件夹。什么也没有留下。"
)
NO_FOLDER = "文件夹“{folder}”不能写入（{reason}）。请核对路径、权限，以及磁盘是否已挂上。"
PLAIN_KEYS = "注意：没有设置 BACKUP_PASSPHRASE，备份里的密钥没有加密。请把备份放在只有管理员能读的地方。"


@dataclass(frozen=True)
class WrittenBackup:
    """A written backup and the warnings about it."""

    path: Path
    manifest: BackupManifest
    warnings: tuple[str, ...]


def write_backup(installation: Installation, folder: Path) -> WrittenBackup:
    """Write a backup into a folder; if it fails, nothing remains there. Raises BadInput."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ScratchFolder(SCRATCH_PREFIX, folder) as scratch:
            require_disk_space(installation, folder)
            written = scratch / "backup"
            manifest = write_archive(installation, written, scratch / "rows")
            path = move_into_folder(folder, written, datetime.fromisoformat(manifest.created_at))
    except OSError as error:
        raise BadInput(unwritable_sentence(folder, error)) from None
    return WrittenBackup(path, manifest, tuple(warn_of_gaps(manifest)))


def unwritable_sentence(folder: Path, error: OSError) -> str:
    reason = "磁盘已满" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or str(error)
    return NO_FOLDER.format(folder=folder, reason=reason)


def require_disk_space(installation: Installation, folder: Path) -> None:
    """Raise BadInput unless the disk has space for the rows twice: plain and compressed."""
    if not is_sqlite(installation.database_url) or not database_file(installation.database_url).exists():
        return
    needed = 2 * database_file(installation.database_url).stat().st_size
    free = shutil.disk_usage(folder).free
    if free < needed:
        words = {"needed": size_in_words(needed), "free": size_in_words(free)}
        raise BadInput(NO_SPACE.format(folder=folder, **words))


def warn_of_gaps(manifest: BackupManifest) -> Iterator[str]:
    """Yield a warning for everything that the backup lacks."""
    if not manifest.has_encrypted_keys:
        yield PLAIN_KEYS
    for sha256, name in manifest.missing.items():
        yield f"注意：附件“{name}”在存储里缺失或已损坏（{sha256}），备份里也没有完好的一份。"


def write_archive(installation: Installation, target: Path, snapshot: Path) -> BackupManifest:
    """Write everything into one file; `snapshot` is the path for the intermediate rows. Raises BadInput, OSError."""
    created_at = now()
    take_snapshot(installation.database_url, snapshot)
    with open_archive(target) as writer, open_read_only(snapshot) as file:
        rows = SqliteRows(file)
        with snapshot.open("rb") as content:
            writer.add_member(archive.ROWS, content, compress=True)
        add_keys_and_settings(writer, installation, known_anchors(rows, installation.anchors_file))
        missing = add_attachments(writer, installation, attached_files(rows))
        manifest = BackupManifest(
            created_at=created_at.isoformat(" ", "seconds"),
            application=application_version(),
            database="sqlite" if is_sqlite(installation.database_url) else "postgresql",
            migrations=applied_migrations(rows),
            tables=count_rows(rows),
            log=read_log_head(rows),
            has_encrypted_keys=bool(installation.backup_passphrase),
            missing=missing,
        )
        return writer.finish_archive(manifest)


@contextmanager
def open_archive(target: Path) -> Iterator[ArchiveWriter]:
    writer = ArchiveWriter(target)
    try:
        yield writer
    finally:
        writer.close_file()


def add_keys_and_settings(writer: ArchiveWriter, installation: Installation, anchors: bytes) -> None:
    keys = archive.ENCRYPTED_KEYS if installation.backup_passphrase else archive.KEYS
    writer.add_member(
        keys, io.BytesIO(keys_of_installation(installation).stored_bytes(installation.backup_passphrase))
    )
    settings = json.dumps(installation.setting_texts(), ensure_ascii=False, indent=1)
    writer.add_member(archive.SETTINGS, io.BytesIO(settings.encode()))
    if anchors:
        writer.add_member(archive.ANCHORS, io.BytesIO(anchors), compress=True)


def add_attachments(
    writer: ArchiveWriter, installation: Installation, attached: dict[str, tuple[str, bool]]
) -> dict[str, str]:
    """Add every file that the rows name and the store holds; return the missing or damaged ones, names by hash.

    A file swept in the meantime is not missing: its row was already marked as removed.
    """
    missing = {}
    for sha256, (name, is_needed) in attached.items():
        try:
            with installation.store.open_file(sha256) as file:
                is_whole = add_attachment(writer, sha256, file)
        except FileNotFoundError:
            is_whole = not is_needed
        if not is_whole:
            missing[sha256] = name
    return missing


def add_attachment(writer: ArchiveWriter, sha256: str, file: IO[bytes]) -> bool:
    """Add a file as it is in the store; return whether it is what was uploaded."""
    return writer.add_member(f"{archive.ATTACHMENTS}{sha256}", file).sha256 == sha256


def attached_files(rows: SqliteRows) -> dict[str, tuple[str, bool]]:
    """Return all attached files by hash: a name, and whether the file must exist."""
    if "attachment" not in rows.table_names():
        return {}
    found = rows.connection.execute(
        "SELECT sha256, max(name), max(removed_at IS NULL) FROM attachment GROUP BY sha256 ORDER BY sha256"
    )
    return {sha256: (name, bool(is_needed)) for sha256, name, is_needed in found}


def count_rows(rows: SqliteRows) -> dict[str, int]:
    counts = {}
    for table in rows.table_names():
        (counts[table],) = rows.connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
    return counts


def read_log_head(rows: SqliteRows) -> LogHead:
    (count,) = rows.connection.execute("SELECT count(*) FROM event").fetchone()
    newest = rows.connection.execute("SELECT hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return LogHead(count, newest[0] if newest else "")


def move_into_folder(folder: Path, written: Path, moment: datetime) -> Path:
    """Move a written backup into a folder under its name; safe if another one is taken in the same second."""
    number = 1
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)
        while (path := folder / backup_name(moment, number)).exists():
            number += 1
        written.rename(path)
        os.fsync(handle)
    finally:
        os.close(handle)
    return path
