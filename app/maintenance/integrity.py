"""Whether the database holds together, and which files in the instance's folder nobody knows."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.base.database import SqliteFile, database

# What the system writes into its folder; SQLite's files come with companions while they are in use.
KNOWN_NAMES = re.compile(
    r"(work-plan|queue)\.db(-wal|-shm|-journal)?|secret-key|audit-key|audit-anchors\.log|web\.socket"
    r"|attachments|backups|demo|logs|front|caddy|\..*"
)
MOST_FAULTS = 20


def damaged_pages(queue_file: Path) -> Iterator[str]:
    """Yield what SQLite finds wrong in its files; PostgreSQL checks its pages itself where so configured."""
    if isinstance(database.obj, SqliteFile):
        rows = database.execute_sql(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
        yield from (f"数据库文件：{row[0]}" for row in rows if row[0] != "ok")
    if queue_file.exists():
        with closing(sqlite3.connect(f"file:{queue_file}?mode=ro", uri=True)) as queue:
            rows = queue.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
        yield from (f"任务队列文件：{row[0]}" for row in rows if row[0] != "ok")


def broken_references() -> Iterator[str]:
    """Yield how many rows of a table refer to rows that are not there, by table and column."""
    for table in sorted(database.obj.get_tables()):
        for key in database.obj.get_foreign_keys(table):
            missing = (
                f'SELECT COUNT(*) FROM "{table}" AS child WHERE child."{key.column}" IS NOT NULL AND NOT EXISTS '  # noqa: S608
                f'(SELECT 1 FROM "{key.dest_table}" AS parent WHERE parent."{key.dest_column}" = child."{key.column}")'
            )
            count = database.execute_sql(missing).fetchone()[0]
            if count:
                yield f"{table}.{key.column} 有 {count} 行指向 {key.dest_table} 中不存在的行。"


def unknown_entries(instance: Path) -> Iterator[str]:
    """Yield what lies in the instance's folder and does not belong to the system."""
    for entry in sorted(instance.iterdir()):
        if not KNOWN_NAMES.fullmatch(entry.name):
            yield str(entry)
