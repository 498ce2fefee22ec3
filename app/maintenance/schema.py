"""The schema of the database: its state, and migrating it after a backup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from peewee import OperationalError, PeeweeException
from playhouse.migrations import Migration

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import SqliteFile, database, migration_runner
from app.base.errors import BadInput
from app.base.files.disk_space import is_out_of_space
from app.maintenance.backup.operations import TakenBackup, record_backup, take_backup
from app.maintenance.backup.rules import TRIAL_MIGRATION, BackupCause
from app.maintenance.database.sqlite_file import UNREACHABLE
from app.maintenance.installation import Installation

NEWER_DATABASE = (
    "数据库结构是 {schema}，比本程序新：本程序只认识到 {known}。请换用升级数据库时的那个程序或更新的程序；"
    "确实要退回的，用那时的程序运行 flask db downgrade，或者恢复升级前的备份。"
)
NO_SCHEMA = "还没有数据库，请先运行 flask db upgrade。"
OLDER_DATABASE = "数据库结构是 {schema}，比本程序旧：本程序需要 {known}。请先运行 flask db upgrade。"
UNKNOWN_TARGET = "没有执行过名为“{target}”的升级。可以撤销的有：{known}。"
DATA_WOULD_GO = (
    "撤销 {target} 会删除整张表的数据，不予办理：到 {first} 为止是最初的数据库结构。可以撤销的有：{known}。"
)
# The last migration of the first version. Migrations up to this one create the tables and cannot be undone.
FIRST_SCHEMA = "0012_maintenance"
TRIAL_DATABASE = (
    "这个数据库是正式版以前的试用版建立的（结构 {schema}），本程序不能升级它。"
    "请换一个 INSTANCE_DIR（或 DATABASE_URL）重新安装；旧数据请用当时的程序查看。"
)
NOT_WHOLE = "升级前的备份核对不通过，没有升级，数据库没有改动。备份在 {path}。"
MIGRATION_FAILED = "{step}没有办成：{reason}。数据库现在的结构见 flask db status；之前的备份在 {path}。"


@dataclass(frozen=True)
class SchemaStatus:
    """All migrations known to the program or to the database, in their order."""

    migrations: list[Migration]

    @property
    def applied_names(self) -> list[str]:
        """Return the names of the applied migrations."""
        return [one.name for one in self.migrations if one.applied]

    @property
    def unknown_migrations(self) -> list[str]:
        """Return the applied migrations that this program does not know."""
        return [one.name for one in self.migrations if one.path is None]

    @property
    def pending_migrations(self) -> list[str]:
        return [one.name for one in self.migrations if not one.applied]

    @property
    def newest_known(self) -> str:
        return max(one.name for one in self.migrations if one.path is not None)

    @property
    def unknown_sentence(self) -> str:
        """Return the sentence for a database that this program does not know; empty if it knows it."""
        if not self.unknown_migrations:
            return ""
        sentence = TRIAL_DATABASE if TRIAL_MIGRATION in self.unknown_migrations else NEWER_DATABASE
        return sentence.format(schema=max(self.unknown_migrations), known=self.newest_known)

    @property
    def schema_problem(self) -> str:
        """Return why this program cannot work with the database; empty if it can."""
        if self.unknown_migrations:
            return self.unknown_sentence
        if not self.applied_names:
            return NO_SCHEMA
        return (
            OLDER_DATABASE.format(schema=max(self.applied_names), known=self.newest_known)
            if self.pending_migrations
            else ""
        )


def schema_status() -> SchemaStatus:
    """Return the schema's state in the open database, without creating a file. Raises OperationalError."""
    runner = migration_runner()
    if isinstance(database.obj, SqliteFile) and not Path(database.obj.database).exists():
        return SchemaStatus(runner.migrations())
    return SchemaStatus(runner.status())


def require_known_schema() -> None:
    """Raise BadInput if the database is newer than this program, or older than the first version."""
    if sentence := schema_status().unknown_sentence:
        raise BadInput(sentence)


def require_current_schema() -> None:
    """Raise BadInput if the database does not match this program, has no tables, or cannot be reached."""
    try:
        sentence = schema_status().schema_problem
    except OperationalError as error:
        if is_out_of_space(error):
            raise
        raise BadInput(UNREACHABLE.format(reason=str(error).splitlines()[0])) from None
    if sentence:
        raise BadInput(sentence)


def upgrade_database(installation: Installation, *, by: Actor) -> tuple[list[str], TakenBackup | None]:
    """Migrate the database to the newest schema; return the applied migrations, and the backup taken before.

    The backup is None for a new database, or if nothing was to be done. Raises NotAllowed, and BadInput; the database
    is unchanged then, unless a migration failed half-way.
    """
    require(by, Action.MIGRATE_DATABASE)
    status = schema_status()
    if sentence := status.unknown_sentence:
        raise BadInput(sentence)
    if not status.pending_migrations:
        return [], None
    if not status.applied_names:
        return migration_runner().up(), None
    taken = take_backup(installation, installation.backup_folder)
    if taken.verified.faults:
        raise BadInput(NOT_WHOLE.format(path=taken.path), taken.verified.faults)
    applied = run_migrations(taken.path, status.pending_migrations[-1])
    with database.atomic():
        record_backup(taken, cause=BackupCause.BEFORE_UPGRADE, by=by)
        detail = {"migrations": applied, "backup": str(taken.path)}
        record_event(EventKind.UPGRADE_DATABASE, by=by, summary=f"数据库升级到 {applied[-1]}", detail=detail)
    return applied, taken


def run_migrations(backup: Path, target: str) -> list[str]:
    """Apply all migrations up to one. Raises BadInput that names the backup."""
    try:
        applied: list[str] = migration_runner().up(target)
    except PeeweeException as error:
        raise BadInput(MIGRATION_FAILED.format(step="升级", reason=error, path=backup)) from None
    return applied


def plan_downgrade(target: str) -> list[str]:
    """Return the migrations to undo, newest first, down to and including `target`.

    Raises BadInput if the target was not applied, if the database is newer, or if whole tables would be lost.
    """
    status = schema_status()
    if sentence := status.unknown_sentence:
        raise BadInput(sentence)
    applied = status.applied_names
    known = "、".join(name for name in applied if name > FIRST_SCHEMA) or "没有"
    if target not in applied:
        raise BadInput(UNKNOWN_TARGET.format(target=target, known=known))
    if target <= FIRST_SCHEMA:
        raise BadInput(DATA_WOULD_GO.format(target=target, first=FIRST_SCHEMA, known=known))
    return applied[: applied.index(target) - 1 : -1]


def downgrade_database(installation: Installation, target: str, *, by: Actor) -> TakenBackup:
    """Undo all migrations back through `target`; return the backup taken before. Raises NotAllowed, BadInput."""
    require(by, Action.MIGRATE_DATABASE)
    planned = plan_downgrade(target)
    taken = take_backup(installation, installation.backup_folder)
    if taken.verified.faults:
        raise BadInput(NOT_WHOLE.replace("升级", "撤销").format(path=taken.path), taken.verified.faults)
    detail = {"migrations": planned, "backup": str(taken.path)}
    # Recorded before, because an older schema may not have a place for the event.
    record_event(
        EventKind.DOWNGRADE_DATABASE, by=by, summary=f"撤销数据库升级 {target} 及以后各项", detail=detail
    )
    try:
        migration_runner().down(target)
    except PeeweeException as error:
        raise BadInput(MIGRATION_FAILED.format(step="撤销", reason=error, path=taken.path)) from None
    return taken
