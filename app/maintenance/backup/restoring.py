"""Restoring an installation from a backup: only if it has no database yet, and all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile

from app.audit.anchoring import anchor_restored_backup
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import migration_runner
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.base.settings.settings import SECRET_KEY_FILE
from app.maintenance.backup import archive
from app.maintenance.backup.archive import ArchiveReader, DamagedMember
from app.maintenance.backup.keys import BackupKeys
from app.maintenance.backup.proof_members import extract_log_files, restore_log_files
from app.maintenance.backup.rules import BackupManifest
from app.maintenance.backup.verification import (
    LOG_FOLDER,
    VerifiedBackup,
    extract_rows,
    keys_of_backup,
    verify_backup,
)
from app.maintenance.database.sqlite_file import SCRATCH_PREFIX, fill_database, replace_file, require_empty
from app.maintenance.installation import Installation

OWN_DATABASE = "这个安装的数据库"
NOT_RESTORED = "恢复没有办成（{reason}），什么也没有留下。请核对磁盘空间和权限，再重新恢复。"
DAMAGED = "“{name}”不完整，没有恢复，什么也没有改动。请换一份备份。"


@dataclass(frozen=True)
class RestoredBackup:
    """A restored backup: its manifest, the migrations applied to it, and the settings that differ from it."""

    manifest: BackupManifest
    upgraded: list[str]
    changed_settings: dict[str, str]
    log_findings: tuple[str, ...]


def restore_backup(installation: Installation, path: Path, *, by: Actor) -> RestoredBackup:
    """Restore a backup into an installation without a database.

    Raises NotAllowed, and BadInput if the file is no backup or damaged, or if there is a database; nothing is changed
    then. The database is put in place last: until then nothing counts as restored, and it can be repeated.
    """
    require(by, Action.RESTORE_BACKUP)
    require_empty(installation.database_url, OWN_DATABASE)
    try:
        verified = verify_backup(installation, path)
        if verified.faults:
            raise BadInput(DAMAGED.format(name=path.name), verified.faults)
        return restore_whole_backup(installation, path, verified, by=by)
    except OSError as error:
        raise BadInput(NOT_RESTORED.format(reason=error.strerror or error)) from None
    except DamagedMember:
        raise BadInput(DAMAGED.format(name=path.name)) from None


def restore_whole_backup(
    installation: Installation, path: Path, verified: VerifiedBackup, *, by: Actor
) -> RestoredBackup:
    """Restore a backup that was found complete. Raises BadInput, OSError, and DamagedMember if it changed since."""
    instance = installation.settings.instance
    with ArchiveReader(path) as reader, ScratchFolder(SCRATCH_PREFIX, instance) as scratch:
        keys, log = keys_of_backup(reader, installation.backup_passphrase), scratch / LOG_FOLDER
        extract_log_files(reader, keys, instance, log)
        with (
            restore_attachments(installation, reader),
            fill_database(installation.database_url, extract_rows(reader, scratch), log),
        ):
            upgraded = migration_runner().up()
            anchor_restored_backup(path.name)
            record_restore(reader, by=by)
            changed = changed_settings(installation, reader)
            restore_keys(keys, instance)
            restore_log_files(log, instance)
    return RestoredBackup(verified.manifest, upgraded, changed, verified.log_findings)


@contextmanager
def restore_attachments(installation: Installation, reader: ArchiveReader) -> Iterator[None]:
    """Put all attached files into the store; if the block fails, remove those that were added."""
    added: list[str] = []
    try:
        for sha256 in reader.names_below(archive.ATTACHMENTS):
            if reader.manifest.members[f"{archive.ATTACHMENTS}{sha256}"].sha256 != sha256:
                continue  # damaged before the backup was taken
            if not installation.store.holds_file(sha256):
                added.append(sha256)
                restore_attachment(installation, reader, sha256)
        yield
    except BaseException:
        for sha256 in added:
            if installation.store.holds_file(sha256):
                installation.store.delete_file(sha256)
        raise


def restore_attachment(installation: Installation, reader: ArchiveReader, sha256: str) -> None:
    """Put one attached file into the store after checking its hash. Raises DamagedMember, OSError."""
    with TemporaryFile(dir=installation.settings.instance) as file:
        reader.copy_member(f"{archive.ATTACHMENTS}{sha256}", file)
        installation.store.put_file(file, sha256)


def restore_keys(keys: BackupKeys, instance: Path) -> None:
    """Replace the installation's own secret key, which has signed nothing yet."""
    for name, key in keys.files.items():
        if name == SECRET_KEY_FILE:
            replace_file(instance / name, f"{key}\n".encode())


def record_restore(reader: ArchiveReader, *, by: Actor) -> None:
    manifest = reader.manifest
    record_event(
        Action.RESTORE_BACKUP,
        by=by,
        summary=f"由备份 {reader.path.name} 恢复，备份时间 {manifest.created_at}",
        detail={
            "backup": reader.path.name,
            "created_at": manifest.created_at,
            "schema": manifest.newest_migration,
            "log": asdict(manifest.log),
        },
    )


def changed_settings(installation: Installation, reader: ArchiveReader) -> dict[str, str]:
    """Return the settings that differed when the backup was taken, without secrets."""
    then = json.loads(reader.read_member(archive.SETTINGS))
    current = installation.setting_texts()
    machine = ("INSTANCE_DIR", "DATABASE_URL", "BACKUP_PASSPHRASE")
    return {
        name: text
        for name, text in then.items()
        if name not in machine and name in current and text != current[name]
    }
