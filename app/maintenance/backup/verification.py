"""Verifying a backup: its members, and a database rebuilt from it as restoring would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peewee import PeeweeException

from app.audit.verification import verify_log
from app.base.database import known_migrations, migration_runner
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.maintenance.backup import archive
from app.maintenance.backup.archive import ArchiveReader, DamagedMember
from app.maintenance.backup.keys import BackupKeys, read_backup_keys
from app.maintenance.backup.proof_members import extract_log_files
from app.maintenance.backup.rules import TRIAL_MIGRATION, BackupManifest
from app.maintenance.backup.writing import attached_files, count_rows, read_log_head
from app.maintenance.database.rows import SqliteRows, open_read_only
from app.maintenance.database.sqlite_file import BROKEN_KEYS, SCRATCH_PREFIX, SQLITE, fill_database
from app.maintenance.installation import Installation

NEWER_ROWS = (
    "“{name}”的数据库结构是 {schema}，由更新的程序（{application}）生成；本程序只认识到 {known}。"
    "请换用不低于 {application} 的程序。"
)
TRIAL_ROWS = "“{name}”是正式版以前的试用版生成的，本程序不能恢复它。旧数据请用当时的程序查看。"
NOT_UPGRADED = "备份里的数据库不能升级到本程序的结构：{reason}"
# The subfolder of a scratch folder for the key and anchors of a backup.
LOG_FOLDER = "log"
BROKEN_ROWS = "备份里的数据库有损坏：{problem}"


def require_known_migrations(reader: ArchiveReader) -> None:
    """Raise BadInput for a backup with migrations that this program does not know."""
    manifest, known = reader.manifest, known_migrations().keys()
    if TRIAL_MIGRATION in manifest.migrations:
        raise BadInput(TRIAL_ROWS.format(name=reader.path.name))
    if unknown := set(manifest.migrations) - known:
        words = {"schema": max(unknown), "application": manifest.application, "known": max(known)}
        raise BadInput(NEWER_ROWS.format(name=reader.path.name, **words))


def keys_of_backup(reader: ArchiveReader, passphrase: str) -> BackupKeys:
    """Return the keys of a backup. Raises BadInput without the right passphrase, and DamagedMember."""
    is_encrypted = reader.manifest.has_encrypted_keys
    name = archive.ENCRYPTED_KEYS if is_encrypted else archive.KEYS
    if name not in reader.manifest.members:
        raise DamagedMember(name)
    try:
        return read_backup_keys(reader.read_member(name), is_encrypted=is_encrypted, passphrase=passphrase)
    except (ValueError, TypeError):
        raise DamagedMember(name) from None


@dataclass(frozen=True)
class VerifiedBackup:
    """The manifest of a backup and what is wrong with it.

    Attributes:
        faults: why it cannot be restored.
        log_findings: what is wrong with its event log, and already was when the backup was taken.
    """

    manifest: BackupManifest
    faults: tuple[str, ...] = ()
    log_findings: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[str, ...]:
        return (*self.faults, *self.log_findings)


def verify_backup(installation: Installation, path: Path) -> VerifiedBackup:
    """Return what is wrong with a backup.

    Raises BadInput for a file that is no backup, comes from a newer program, or needs its passphrase.
    """
    instance = installation.settings.instance
    with ArchiveReader(path) as reader:
        require_known_migrations(reader)
        manifest = reader.manifest
        if faults := tuple(reader.find_faults()):
            return VerifiedBackup(manifest, faults)
        keys = keys_of_backup(reader, installation.backup_passphrase)
        with ScratchFolder(SCRATCH_PREFIX, instance) as scratch:
            rows = extract_rows(reader, scratch)
            if faults := tuple(faults_of_rows(rows, manifest)):
                return VerifiedBackup(manifest, faults)
            extract_log_files(reader, keys, instance, scratch / LOG_FOLDER)
            return rehearse_restore(rows, scratch, manifest)


def extract_rows(reader: ArchiveReader, folder: Path) -> Path:
    """Write the rows of a backup into a folder; return the file. Raises DamagedMember, OSError."""
    path = folder / "snapshot"
    with path.open("xb") as file:
        reader.copy_member(archive.ROWS, file)
    path.chmod(0o600)
    return path


def faults_of_rows(path: Path, manifest: BackupManifest) -> Iterator[str]:
    """Yield what is wrong with the rows of a backup before any upgrade."""
    with open_read_only(path) as file:
        rows = SqliteRows(file)
        if problem := rows.integrity_problem():
            yield BROKEN_ROWS.format(problem=problem)
            return
        if tables := rows.tables_with_broken_keys():
            yield BROKEN_KEYS.format(tables="、".join(tables))
        counted = count_rows(rows)
        for table in sorted(counted.keys() | manifest.tables.keys()):
            if counted.get(table) != manifest.tables.get(table):
                yield f"表 {table} 有 {counted.get(table, 0)} 行，清单写的是 {manifest.tables.get(table, 0)} 行。"
        if read_log_head(rows) != manifest.log:
            yield "操作记录的条数或末条校验值与清单不符。"
        yield from faults_of_attachments(rows, manifest)


def faults_of_attachments(rows: SqliteRows, manifest: BackupManifest) -> Iterator[str]:
    for sha256, (name, is_needed) in attached_files(rows).items():
        member = manifest.members.get(f"{archive.ATTACHMENTS}{sha256}")
        is_whole = member is not None and member.sha256 == sha256
        if is_needed and not is_whole and sha256 not in manifest.missing:
            yield f"附件“{name}”不在备份里（{sha256}）。"


def rehearse_restore(rows: Path, scratch: Path, manifest: BackupManifest) -> VerifiedBackup:
    """Return what is wrong with a database that is built from the rows and upgraded as in restoring."""
    restored = f"{SQLITE}{scratch / 'restored'}"
    try:
        with fill_database(restored, rows, scratch / LOG_FOLDER):
            migration_runner().up()
            findings = verify_log().findings
    except PeeweeException as error:
        return VerifiedBackup(manifest, (NOT_UPGRADED.format(reason=error),))
    return VerifiedBackup(manifest, log_findings=tuple(f"操作记录：{one.sentence}" for one in findings))
