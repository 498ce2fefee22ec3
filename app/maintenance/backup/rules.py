"""What a backup is called, what it says of itself, which ones are kept, and when the next is due: pure."""

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

# What only databases of the time before the first version have applied.
TRIAL_MIGRATION = "0001_log"

# After a failure the daily backup is tried again, but not all the time: it may fill the disk each time.
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
    """How far the event log goes: how many events, and the hash of the last one."""

    count: int
    hash: str


@dataclass(frozen=True)
class BackupManifest:
    """What a backup says of itself.

    Attributes:
        migrations: every migration that its rows have been through.
        tables: the number of rows of every table.
        missing: attachments that its rows name and that the store no longer had intact, by hash, with a name.
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
    """Return what a backup of that moment is called; the second one of a second has a number."""
    return f"work-plan-{moment.strftime(NAME_MOMENT)}{f'-{number}' if number > 1 else ''}{BACKUP_SUFFIX}"


def names_to_prune(names: Iterable[str], *, keep: int) -> list[str]:
    """Return the names of backups beyond the newest ones; never that of anything else."""
    backups = sorted((name for name in names if BACKUP_NAME.fullmatch(name)), key=backup_age, reverse=True)
    return backups[keep:]


def backup_age(name: str) -> tuple[str, int]:
    found = BACKUP_NAME.fullmatch(name)
    assert found is not None  # noqa: S101  only such names are sorted
    return found[1], int((found[2] or "-1")[1:])


def is_daily_due(
    moment: datetime, daily_at: time, *, taken_at: datetime | None, failed_at: datetime | None
) -> bool:
    """Return whether the daily backup is to be taken now.

    taken_at: when the last daily one was taken and found good.
    failed_at: when the last one failed.
    """
    scheduled = datetime.combine(moment.date(), daily_at)
    if scheduled > moment:
        scheduled -= timedelta(days=1)
    if taken_at is not None and taken_at >= scheduled:
        return False
    return failed_at is None or moment - failed_at >= RETRY_AFTER
