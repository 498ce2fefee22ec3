"""Snapshots: a whole database as one SQLite file, and filling a database from such a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from peewee import Database, SqliteDatabase
from playhouse.migrations import Runner
from playhouse.pool import PooledDatabase
from psycopg import IsolationLevel

from app.base.clock import now
from app.base.database import SqliteFile, database, known_migrations, open_database
from app.base.errors import BadInput
from app.base.files.scratch import ScratchFolder
from app.maintenance.database.rows import (
    MIGRATION_TABLE,
    DatabaseRows,
    PostgresRows,
    SqliteRows,
    copy_rows,
    open_read_only,
)

SQLITE = "sqlite:///"
SCRATCH_PREFIX = ".work-plan-"
WAIT_SECONDS = 10
LOG_ENDINGS = ("-wal", "-shm", "-journal")

NO_DATABASE = "还没有数据库，没有可以备份或复制的内容。请先运行 flask db upgrade。"
UNREACHABLE = "连不上数据库：{reason}。请核对 DATABASE_URL，并确认数据库已启动。"
NOT_EMPTY = "{place}里已有数据，什么也没有改动。请指定一个空的数据库。"
BROKEN_FILE = "数据库文件有损坏，不能读出：{reason}。请从最近一份核对无误的备份恢复。"
BROKEN_KEYS = "下列各表中有记录指向不存在的记录：{tables}。"
NOT_STORABLE = "数据库收不下其中的内容：{reason}。什么也没有改动。"


def is_sqlite(url: str) -> bool:
    return url.startswith(SQLITE)


def database_file(url: str) -> Path:
    return Path(url.removeprefix(SQLITE))


@contextmanager
def open_rows(url: str) -> Iterator[DatabaseRows]:
    """Open a database for reading all of it in one consistent state. Raises BadInput."""
    if is_sqlite(url):
        if not database_file(url).is_file():
            raise BadInput(NO_DATABASE)
        with closing(sqlite3.connect(database_file(url), timeout=WAIT_SECONDS)) as file:
            file.isolation_level = None
            file.execute("BEGIN")
            yield SqliteRows(file)
        return
    with connect_postgres(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield PostgresRows(connection)


@contextmanager
def connect_postgres(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect to PostgreSQL. Raises BadInput."""
    try:
        connection = psycopg.connect(url)
    except psycopg.Error as error:
        raise BadInput(UNREACHABLE.format(reason=str(error).splitlines()[0])) from None
    with connection:
        yield connection


def applied_migrations(rows: DatabaseRows) -> list[str]:
    if MIGRATION_TABLE not in rows.table_names():
        return []
    columns = [column for column in rows.table_columns(MIGRATION_TABLE) if column.name == "name"]
    return [name for (name,) in rows.read_rows(MIGRATION_TABLE, columns)]


def take_snapshot(url: str, target: Path) -> None:
    """Write all rows of a database, in one consistent state, into a new SQLite file. Raises BadInput, OSError.

    It does not block readers or writers.
    """
    with open_rows(url) as source:
        applied = applied_migrations(source)
        if not applied:
            raise BadInput(NO_DATABASE)
        if isinstance(source, SqliteRows):
            source.connection.execute("ROLLBACK")
            vacuum_into(source.connection, target)
        else:
            build_schema(target, applied)
            with closing(sqlite3.connect(target)) as file:
                copy_rows(source, SqliteRows(file))
                file.commit()
    target.chmod(0o600)


def vacuum_into(source: sqlite3.Connection, target: Path) -> None:
    """Write a file's rows into another in one reading transaction. Raises BadInput, and OSError if the disk is full."""
    try:
        source.execute("VACUUM INTO ?", [str(target)])
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise OSError(str(error)) from None
        raise BadInput(BROKEN_FILE.format(reason=error)) from None


def build_schema(target: Path, applied: Iterable[str]) -> None:
    """Create an SQLite file with the tables that these migrations produce."""
    file = SqliteDatabase(str(target))
    with ScratchFolder(SCRATCH_PREFIX) as folder, file.connection_context():
        partial_runner(file, applied, folder).up()


def partial_runner(opened: Database, applied: Iterable[str], folder: Path) -> Runner:
    """Return a runner that knows only these migrations; `folder` must be empty and receives them."""
    for name in applied:
        shutil.copy(known_migrations()[name], folder)
    return Runner(opened, str(folder))


def require_empty(url: str, place: str) -> None:
    """Raise BadInput unless a database can be filled: the file does not exist, or there are no tables."""
    if is_sqlite(url) and not database_file(url).is_file():
        return
    with open_rows(url) as rows:
        tables = rows.table_names()
    if MIGRATION_TABLE in tables or (is_sqlite(url) and tables):
        raise BadInput(NOT_EMPTY.format(place=place))


@contextmanager
def fill_database(url: str, snapshot: Path, keys: Path) -> Iterator[Database]:
    """Fill an empty database from a snapshot; inside the block, all models use it.

    keys: the folder with the files that prove its log.
    The database only appears when the block ends, and not at all if it fails. Raises BadInput.
    """
    previous = database.obj
    filling = (
        fill_file(database_file(url), snapshot, keys) if is_sqlite(url) else fill_server(url, snapshot, keys)
    )
    try:
        with filling as opened:
            yield opened
    finally:
        database.initialize(previous)


@contextmanager
def fill_file(path: Path, snapshot: Path, keys: Path) -> Iterator[Database]:
    """Fill an SQLite file under a temporary name, then move it into place."""
    with ScratchFolder(SCRATCH_PREFIX, path.parent) as folder:
        temporary = folder / "rows"
        shutil.copyfile(snapshot, temporary)
        temporary.chmod(0o600)
        opened = open_database(f"{SQLITE}{temporary}", keys)
        assert isinstance(opened, SqliteFile)  # noqa: S101  for the type checker
        try:
            yield opened
            opened.fold_log()
        finally:
            opened.close_all()
        set_aside_logs(path)
        sync_to_disk(temporary)
        temporary.replace(path)
        sync_to_disk(path.parent)


def set_aside_logs(path: Path) -> None:
    """Rename logs left by a lost database: SQLite would apply them to the new file."""
    for ending in LOG_ENDINGS:
        set_aside_file(path.with_name(path.name + ending))


def set_aside_file(path: Path) -> None:
    """Rename a file from before a backup was restored, if it exists."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}.before-restore-{now():%Y%m%d-%H%M%S}"))


def replace_file(path: Path, data: bytes) -> None:
    """Write a small file completely or not at all, replacing an existing one. Raises OSError."""
    with ScratchFolder(SCRATCH_PREFIX, path.parent) as folder:
        temporary = folder / path.name
        temporary.write_bytes(data)
        temporary.chmod(0o600)
        sync_to_disk(temporary)
        temporary.replace(path)
    sync_to_disk(path.parent)


def sync_to_disk(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def fill_server(url: str, snapshot: Path, keys: Path) -> Iterator[Database]:
    """Fill a PostgreSQL database in one transaction, which ends with the block."""
    opened = open_database(url, keys)
    try:
        with opened.atomic():
            load_rows(opened, snapshot)
            yield opened
    except psycopg.Error as error:
        raise BadInput(NOT_STORABLE.format(reason=str(error).splitlines()[0])) from None
    finally:
        close_connections(opened)


def close_connections(opened: Database) -> None:
    """Close every connection to one of our databases, which are all pooled."""
    cast(PooledDatabase, opened).close_all()


def load_rows(opened: Database, snapshot: Path) -> None:
    """Create the tables of a snapshot in PostgreSQL and fill them. Raises BadInput, psycopg.Error."""
    target = PostgresRows(opened.connection())
    with open_read_only(snapshot) as file, ScratchFolder(SCRATCH_PREFIX) as folder:
        source = SqliteRows(file)
        applied = applied_migrations(source)
        partial_runner(opened, applied, folder).up()
        foreign_keys = target.drop_foreign_keys()
        copy_rows(source, target)
        for statement in foreign_keys:
            target.connection.execute(statement)
