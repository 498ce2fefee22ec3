"""The rules of backups: their names, their manifest, which are kept and when the next one is due. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from app.base.labels import LabelledEnum

BACKUP_FORMAT = "work-plan-backup"
FORMAT_VERSION = 1
BACKUP_SUFFIX = ".backup"
BACKUP_NAME = re.compile(r"work-plan-(\d{8}-\d{6})(-\d+)?\.backup")
NAME_MOMENT = "%Y%m%d-%H%M%S"

# Only databases from before the first version have applied this migration.
TRIAL_MIGRATION = "0001_log"

# A failed daily backup is not repeated at once, because each attempt may fill the disk.
RETRY_AFTER = timedelta(hours=1)


class BackupCause(LabelledEnum):
    COMMAND = "command", "命令"
    DAILY = "daily", "每日备份"
    BEFORE_UPGRADE = "before_upgrade", "升级数据库之前"


@dataclass(frozen=True)
class BackupMember:
    size: int
    sha256: str


@dataclass(frozen=True)
class LogHead:
    """The extent of the event log: the number of events and the hash of the last one."""

    count: int
    hash: str


@dataclass(frozen=True)
class BackupManifest:
    """The description of a backup, stored inside it.

    Attributes:
        migrations: all migrations applied to its rows.
        tables: the number of rows of every table.
        missing: attachments in its rows that the store no longer held intact, names by hash.
        has_encrypted_keys: whether its keys can only be read with the passphrase.
    """

    created_at: str
    application: str
    database: str
    migrations: list[str]
    tables: dict[str, int]
    log: LogHead
    has_encrypted_keys: bool
    missing: dict[str, str] = field(default_factory=dict)
    members: dict[str, BackupMember] = field(default_factory=dict)
    format: str = BACKUP_FORMAT
    version: int = FORMAT_VERSION

    @property
    def newest_migration(self) -> str:
        return max(self.migrations)


def backup_name(moment: datetime, number: int = 1) -> str:
    """Return the name of a backup taken at that moment; further ones in the same second are numbered."""
    return f"work-plan-{moment.strftime(NAME_MOMENT)}{f'-{number}' if number > 1 else ''}{BACKUP_SUFFIX}"


def names_to_prune(names: Iterable[str], *, keep: int) -> list[str]:
    """Return the names of all but the newest backups; other files are never included."""
    backups = sorted((name for name in names if BACKUP_NAME.fullmatch(name)), key=backup_age, reverse=True)
    return backups[keep:]


def backup_age(name: str) -> tuple[str, int]:
    found = BACKUP_NAME.fullmatch(name)
    assert found is not None  # noqa: S101  only such names are sorted
    return found[1], int((found[2] or "-1")[1:])


def is_daily_due(
    moment: datetime, daily_at: time, *, taken_at: datetime | None, failed_at: datetime | None
) -> bool:
    """Return whether the daily backup should be taken now.

    taken_at: when the last complete daily backup was taken; None if never.
    failed_at: when the last one failed; None if never.
    """
    scheduled = datetime.combine(moment.date(), daily_at)
    if scheduled > moment:
        scheduled -= timedelta(days=1)
    if taken_at is not None and taken_at >= scheduled:
        return False
    return failed_at is None or moment - failed_at >= RETRY_AFTER
