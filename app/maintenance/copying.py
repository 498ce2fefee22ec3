"""Moving everything into another database, such as from a file of SQLite to PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import Database, PostgresqlDatabase

from app.audit.operations import record
from app.audit.rules import Actor
from app.audit.verification import verify_log
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.maintenance.installation import Installation
from app.maintenance.rows import (
    PostgresRows,
    Rows,
    SqliteRows,
    TableDigest,
    read_only,
)
from app.maintenance.schema import require_current_schema
from app.maintenance.snapshots import (
    SCRATCH_PREFIX,
    filled_database,
    is_sqlite,
    opened_rows,
    require_empty,
    take_snapshot,
)

TARGET = "目标数据库"
SAME = "--to 写的就是现在用的数据库，不必复制。"
CHANGED = "复制期间有人写入，复制的内容不全，目标数据库没有保留。请先停下网页和后台（make serve 或 systemd），再复制。"
DIFFERENT = "复制后逐表核对，下列各表不一致，目标数据库没有保留：{tables}。"
BROKEN_LOG = "复制后核验操作记录不通过，目标数据库没有保留：{reason}"


@dataclass(frozen=True)
class CopiedDatabase:
    """What was copied: number and hash of the rows of every table."""

    tables: dict[str, TableDigest]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(table.count for table in self.tables.values())


def copy_database(installation: Installation, target_url: str, *, by: Actor) -> CopiedDatabase:
    """Copy every row into an empty database and compare both; the one that is copied is only read.

    Raises BadInput; the target then holds nothing.
    """
    source_url = installation.database_url
    if target_url == source_url:
        raise BadInput(SAME)
    require_current_schema()
    require_empty(target_url, TARGET)
    with ScratchFolder(SCRATCH_PREFIX, installation.settings.instance) as scratch:
        snapshot = scratch / "rows"
        take_snapshot(source_url, snapshot)
        with filled_database(target_url, snapshot) as opened:
            copied = rows_of(opened)
            tables = copied.tables()
            found = copied.digests(tables)
            with opened_rows(source_url) as source, read_only(snapshot) as file:
                require_equal(SqliteRows(file).digests(tables), source.digests(tables), CHANGED)
                require_equal(found, source.digests(tables), DIFFERENT)
            if not (report := verify_log()).is_intact:
                raise BadInput(BROKEN_LOG.format(reason=report.findings[0].sentence))
            kind = "SQLite" if is_sqlite(source_url) else "PostgreSQL"
            detail = {table: {"rows": one.count, "sha256": one.sha256} for table, one in found.items()}
            record("copy_database", by=by, summary=f"由 {kind} 复制而来，逐表核对一致", detail=detail)
    return CopiedDatabase(found)


def rows_of(opened: Database) -> Rows:
    """Return the rows of a database that is open."""
    if isinstance(opened, PostgresqlDatabase):
        return PostgresRows(opened.connection())
    return SqliteRows(opened.connection())


def require_equal(one: dict[str, TableDigest], other: dict[str, TableDigest], sentence: str) -> None:
    """Raise BadInput, naming them, where tables differ."""
    if different := [table for table in one if one[table] != other[table]]:
        raise BadInput(sentence.format(tables="、".join(different)))
