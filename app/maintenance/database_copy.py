"""Copying everything into another database, for example from SQLite to PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import Database, PostgresqlDatabase

from app.audit.operations import record_event
from app.audit.verification import verify_log
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.maintenance.database.rows import (
    DatabaseRows,
    PostgresRows,
    SqliteRows,
    TableDigest,
    open_read_only,
)
from app.maintenance.database.sqlite_file import (
    SCRATCH_PREFIX,
    fill_database,
    is_sqlite,
    open_rows,
    require_empty,
    take_snapshot,
)
from app.maintenance.installation import Installation
from app.maintenance.schema import require_current_schema

TARGET_PLACE = "目标数据库"
SAME_DATABASE = "--to 写的就是现在用的数据库，不必复制。"
CHANGED = "复制期间有人写入，复制的内容不全，目标数据库没有保留。请先停下网页和后台（make serve 或 systemd），再复制。"
DIFFERENT_TABLES = "复制后逐表核对，下列各表不一致，目标数据库没有保留：{tables}。"
BROKEN_LOG = "复制后核验操作记录不通过，目标数据库没有保留：{reason}"


@dataclass(frozen=True)
class CopiedDatabase:
    """The number and hash of the rows of every copied table."""

    tables: dict[str, TableDigest]

    @property
    def row_count(self) -> int:
        return sum(table.count for table in self.tables.values())


def copy_database(installation: Installation, target_url: str, *, by: Actor) -> CopiedDatabase:
    """Copy every row into an empty database and compare both; the source is only read.

    Raises NotAllowed, BadInput; the target stays empty then.
    """
    require(by, Action.COPY_DATABASE)
    source_url = installation.database_url
    if target_url == source_url:
        raise BadInput(SAME_DATABASE)
    require_current_schema()
    require_empty(target_url, TARGET_PLACE)
    with ScratchFolder(SCRATCH_PREFIX, installation.settings.instance) as scratch:
        snapshot = scratch / "rows"
        take_snapshot(source_url, snapshot)
        with fill_database(target_url, snapshot, installation.settings.instance) as opened:
            copied = rows_of_database(opened)
            tables = copied.table_names()
            found = copied.digest_tables(tables)
            with open_rows(source_url) as source, open_read_only(snapshot) as file:
                require_equal_digests(
                    SqliteRows(file).digest_tables(tables), source.digest_tables(tables), CHANGED
                )
                require_equal_digests(found, source.digest_tables(tables), DIFFERENT_TABLES)
            if not (report := verify_log()).is_intact:
                raise BadInput(BROKEN_LOG.format(reason=report.findings[0].sentence))
            kind = "SQLite" if is_sqlite(source_url) else "PostgreSQL"
            detail = {table: {"rows": one.count, "sha256": one.sha256} for table, one in found.items()}
            record_event(
                Action.COPY_DATABASE, by=by, summary=f"由 {kind} 复制而来，逐表核对一致", detail=detail
            )
    return CopiedDatabase(found)


def rows_of_database(opened: Database) -> DatabaseRows:
    if isinstance(opened, PostgresqlDatabase):
        return PostgresRows(opened.connection())
    return SqliteRows(opened.connection())


def require_equal_digests(one: dict[str, TableDigest], other: dict[str, TableDigest], sentence: str) -> None:
    """Raise BadInput that names the tables that differ, if any."""
    if different := [table for table in one if one[table] != other[table]]:
        raise BadInput(sentence.format(tables="、".join(different)))
