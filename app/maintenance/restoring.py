"""Making an installation of a backup: where there is no database yet, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile

from app.audit.anchoring import anchor_restored_backup
from app.audit.operations import record, seal_old_events
from app.audit.rules import Actor
from app.base.database import migrations
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.base.settings.settings import SECRET_KEY_FILE
from app.maintenance import archive
from app.maintenance.archive import ArchiveReader, Damaged
from app.maintenance.installation import Installation
from app.maintenance.log_files import extract_log_files, restore_log_files, used_log_files
from app.maintenance.rules import Manifest
from app.maintenance.snapshots import (
    SCRATCH_PREFIX,
    filled_database,
    replace_file,
    require_empty,
)
from app.maintenance.vault import Vault
from app.maintenance.verifying import (
    LOG_FILES,
    VerifiedBackup,
    extract_rows,
    vault_of,
    verify_backup,
)

ALREADY_THERE = "这个安装的数据库"
NOT_RESTORED = "恢复没有办成（{reason}），什么也没有留下。请核对磁盘空间和权限，再重新恢复。"
DAMAGED = "“{name}”不完整，没有恢复，什么也没有改动。请换一份备份。"


@dataclass(frozen=True)
class RestoredBackup:
    """What was restored: from what, which migrations followed, and which settings were others then."""

    manifest: Manifest
    upgraded: list[str]
    other_settings: dict[str, str]
    log_findings: tuple[str, ...]


def restore_backup(installation: Installation, path: Path, *, by: Actor) -> RestoredBackup:
    """Restore a backup into an installation without a database.

    Raises BadInput for a file that is no backup or is damaged, and where there is a database; nothing is changed then.
    The database comes last: until it is there, nothing has been restored and the same can be done again.
    """
    require_empty(installation.database_url, ALREADY_THERE)
    try:
        verified = verify_backup(installation, path)
        if verified.faults:
            raise BadInput(DAMAGED.format(name=path.name), verified.faults)
        return restore_sound(installation, path, verified, by=by)
    except OSError as error:
        raise BadInput(NOT_RESTORED.format(reason=error.strerror or error)) from None
    except Damaged:
        raise BadInput(DAMAGED.format(name=path.name)) from None


def restore_sound(
    installation: Installation, path: Path, verified: VerifiedBackup, *, by: Actor
) -> RestoredBackup:
    """Restore a backup that was found whole. Raises BadInput, OSError, and Damaged where it has changed since."""
    instance = installation.settings.instance
    with ArchiveReader(path) as reader, ScratchFolder(SCRATCH_PREFIX, instance) as scratch:
        vault, log = vault_of(reader, installation.passphrase), scratch / LOG_FILES
        extract_log_files(reader, vault, instance, log)
        with (
            used_log_files(log),
            restored_attachments(installation, reader),
            filled_database(installation.database_url, extract_rows(reader, scratch)),
        ):
            upgraded = migrations().up()
            seal_old_events()
            anchor_restored_backup(path.name)
            write_down(reader, by=by)
            other = other_settings(installation, reader)
            restore_keys(vault, instance)
            restore_log_files(log, instance)
    return RestoredBackup(verified.manifest, upgraded, other, verified.log_findings)


@contextmanager
def restored_attachments(installation: Installation, reader: ArchiveReader) -> Iterator[None]:
    """Put every attached file into the store; where the block fails, take out those that were not there before."""
    added: list[str] = []
    try:
        for sha256 in reader.names(archive.ATTACHMENTS):
            if reader.manifest.members[f"{archive.ATTACHMENTS}{sha256}"].sha256 != sha256:
                continue  # it was damaged when the backup was taken
            if not installation.store.holds(sha256):
                added.append(sha256)
                restore_attachment(installation, reader, sha256)
        yield
    except BaseException:
        for sha256 in added:
            if installation.store.holds(sha256):
                installation.store.drop(sha256)
        raise


def restore_attachment(installation: Installation, reader: ArchiveReader, sha256: str) -> None:
    """Put one attached file into the store, once its hash is known to be right. Raises Damaged, OSError."""
    with TemporaryFile(dir=installation.settings.instance) as file:
        reader.copy(f"{archive.ATTACHMENTS}{sha256}", file)
        installation.store.put(file, sha256)


def restore_keys(vault: Vault, instance: Path) -> None:
    """Put the keys where they belong; what the installation made for itself before has signed nothing yet."""
    for name, key in vault.files.items():
        if name == SECRET_KEY_FILE:
            replace_file(instance / name, f"{key}\n".encode())


def write_down(reader: ArchiveReader, *, by: Actor) -> None:
    """Record what was restored."""
    manifest = reader.manifest
    record(
        "restore_backup",
        by=by,
        summary=f"由备份 {reader.path.name} 恢复，备份时间 {manifest.created_at}",
        detail={
            "backup": reader.path.name,
            "created_at": manifest.created_at,
            "schema": manifest.schema,
            "log": asdict(manifest.log),
        },
    )


def other_settings(installation: Installation, reader: ArchiveReader) -> dict[str, str]:
    """Return the settings that were others when the backup was taken, secrets aside."""
    then = json.loads(reader.read(archive.SETTINGS))
    now_ = installation.setting_texts()
    machine = ("INSTANCE_DIR", "DATABASE_URL", "BACKUP_PASSPHRASE")
    return {
        name: text
        for name, text in then.items()
        if name not in machine and name in now_ and text != now_[name]
    }
