"""The rows of a database, read and written in the form in which SQLite stores them, whatever the database."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection, sql

from app.base.errors import BadInput

MIGRATION_TABLE = "schema_migration"
BATCH_ROWS = 1_000
Row = tuple[Any, ...]

OTHER_COLUMNS = "表“{table}”的列与本程序的结构不同，不能搬运。请先运行 flask db status 核对结构。"


@dataclass(frozen=True)
class TableDigest:
    """The number of rows of a table, and one hash of all of them."""

    count: int
    sha256: str


@dataclass(frozen=True)
class TableColumn:
    """A column and its declared type in lower case."""

    name: str
    kind: str


class DatabaseRows(ABC):
    @abstractmethod
    def table_names(self) -> list[str]:
        """Return the names of all tables."""

    @abstractmethod
    def table_columns(self, table: str) -> list[TableColumn]:
        """Return the columns of a table, in their order."""

    @abstractmethod
    def read_rows(self, table: str, columns: list[TableColumn]) -> Iterator[Row]:
        """Yield every row, oldest first, without loading all of them."""

    def digest_table(self, table: str) -> TableDigest:
        """Return the number and hash of the rows of a table."""
        columns = sorted(self.table_columns(table), key=lambda column: column.name)
        hashed, count = hashlib.sha256(), 0
        for row in self.read_rows(table, columns):
            hashed.update(repr(tuple(map(comparable_value, row))).encode())
            count += 1
        return TableDigest(count, hashed.hexdigest())

    def digest_tables(self, tables: Iterable[str]) -> dict[str, TableDigest]:
        return {table: self.digest_table(table) for table in tables}


class SqliteRows(DatabaseRows):
    """The rows of an SQLite file that nobody writes to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def table_names(self) -> list[str]:
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [name for (name,) in found if not name.startswith("sqlite_")]

    def table_columns(self, table: str) -> list[TableColumn]:
        found = self.connection.execute("SELECT name, lower(type) FROM pragma_table_info(?)", [table])
        return [TableColumn(*row) for row in found]

    def read_rows(self, table: str, columns: list[TableColumn]) -> Iterator[Row]:
        names = ", ".join(quote_name(column.name) for column in columns)
        readers = [sqlite_reader(column.kind) for column in columns]
        query = f"SELECT {names} FROM {quote_name(table)} ORDER BY id"  # noqa: S608  names come from the schema
        for row in self.connection.execute(query):
            yield tuple(reader(value) for reader, value in zip(readers, row, strict=True))

    def write_rows(self, table: str, columns: list[TableColumn], rows: Iterable[Row]) -> None:
        """Replace the rows of a table; foreign keys are checked after all tables are written."""
        self.connection.execute(f"DELETE FROM {quote_name(table)}")  # noqa: S608
        names = ", ".join(quote_name(column.name) for column in columns)
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"INSERT INTO {quote_name(table)} ({names}) VALUES ({marks})", rows)  # noqa: S608

    def tables_with_broken_keys(self) -> list[str]:
        return sorted({row[0] for row in self.connection.execute("PRAGMA foreign_key_check")})

    def integrity_problem(self) -> str:
        """Return what SQLite finds wrong with the file; empty if nothing."""
        try:
            (result,) = self.connection.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
        return "" if result == "ok" else str(result)


class PostgresRows(DatabaseRows):
    """The rows visible to one transaction of PostgreSQL."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection

    def table_names(self) -> list[str]:
        found = self.connection.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
        )
        return [name for (name,) in found]

    def table_columns(self, table: str) -> list[TableColumn]:
        found = self.connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return [TableColumn(*row) for row in found]

    def read_rows(self, table: str, columns: list[TableColumn]) -> Iterator[Row]:
        # As text, because the driver would return a JSON null as None, like a missing value.
        names = [
            sql.SQL("{}::text").format(sql.Identifier(column.name))
            if "json" in column.kind
            else sql.Identifier(column.name)
            for column in columns
        ]
        query = sql.SQL("SELECT {} FROM {} ORDER BY id").format(
            sql.SQL(", ").join(names), sql.Identifier(table)
        )
        readers = [postgres_reader(column.kind) for column in columns]
        with self.connection.cursor(name="rows") as cursor:
            cursor.itersize = BATCH_ROWS
            cursor.execute(query)
            for row in cursor:
                yield tuple(reader(value) for reader, value in zip(readers, row, strict=True))

    def write_rows(self, table: str, columns: list[TableColumn], rows: Iterable[Row]) -> None:
        """Replace the rows of a table and set its sequence after the highest id."""
        name = sql.Identifier(table)
        if self.connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(name)).fetchone():
            self.connection.execute(sql.SQL("DELETE FROM {}").format(name))
        names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(name, names)
        with self.connection.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
        self.connection.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM {}"
            ).format(sql.Literal(table), name)
        )

    def drop_foreign_keys(self) -> list[sql.Composed]:
        """Drop all foreign keys; return the statements that recreate them and thereby check every row."""
        found = self.connection.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        ).fetchall()
        for table, name, _ in found:
            statement = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            self.connection.execute(statement.format(sql.SQL(table), sql.Identifier(name)))
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        return [
            add.format(sql.SQL(table), sql.Identifier(name), sql.SQL(definition))
            for table, name, definition in found
        ]


def copy_rows(source: DatabaseRows, target: SqliteRows | PostgresRows) -> None:
    """Fill every table of `target` from that of `source`. Raises BadInput if their columns differ."""
    known = set(source.table_names())
    for table in target.table_names():
        columns = target.table_columns(table)
        by_name = {column.name: column for column in source.table_columns(table)} if table in known else {}
        if by_name.keys() != {column.name for column in columns}:
            raise BadInput(OTHER_COLUMNS.format(table=table))
        target.write_rows(
            table, columns, source.read_rows(table, [by_name[column.name] for column in columns])
        )


def quote_name(name: str) -> str:
    """Return a name quoted for a statement."""
    return f'"{name}"'


def sqlite_reader(kind: str) -> Callable[[Any], Any]:
    """Return the function that normalises a stored value of SQLite, which has several forms for one moment."""
    if kind in ("date", "datetime"):
        return lambda value: None if value is None else usual_moment(value)
    return unchanged_value


def postgres_reader(kind: str) -> Callable[[Any], Any]:
    """Return the function that converts a value of PostgreSQL into the form in which SQLite stores it."""
    if "json" in kind:
        return lambda value: None if value is None else sorted_json(value)
    if kind == "boolean":
        return lambda value: None if value is None else int(value)
    if kind.startswith("timestamp"):
        return lambda value: None if value is None else value.isoformat(" ")
    if kind == "date":
        return lambda value: None if value is None else value.isoformat()
    return unchanged_value


def unchanged_value(value: Any) -> Any:
    """Return a value that both databases store alike."""
    return value


def sorted_json(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)


def comparable_value(value: Any) -> Any:
    """Return a value with JSON normalised: the databases store it with different spacing and order."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    with suppress(ValueError, RecursionError):
        return sorted_json(value)
    return value


def usual_moment(text: str) -> str:
    """Return a moment or date as peewee writes it; other text unchanged."""
    with suppress(ValueError):
        if len(text) <= len("2026-12-31"):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text).isoformat(" ")
    return text


def open_read_only(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))
