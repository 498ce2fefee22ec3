"""The database: one handle, one base class for tables, one way to write."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from blinker import signal
from flask import Flask
from peewee import (
    SCOPE_VALUES,
    AutoField,
    Check,
    Context,
    Database,
    DatabaseProxy,
    Field,
    IntegerField,
    Model,
    ModelSelect,
    OperationalError,
    PostgresqlDatabase,
)
from playhouse.fields import EnumField
from playhouse.migrations import Runner
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase

from app.base.errors import StaleVersion
from app.base.files.filesystem import refuse_network
from app.base.files.key_files import KeyFolder
from app.base.settings.settings import ROOT
from app.base.statement_limit import INSTRUCTIONS_BETWEEN_LOOKS, StatementClock

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")

database = DatabaseProxy()

SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1}
# For how many seconds anybody waits for a lock.
LOCK_WAIT = 10
# How long a page that only reads waits to note something that may as well be noted the next time.
BRIEF_WAIT_MILLISECONDS = 50
# More than a process has threads; one that finds none free waits so many seconds for one.
POOL = {"max_connections": 20, "timeout": 10}
# Python keeps 128 compiled statements of a connection; the pages together run more than that.
COMPILED_STATEMENTS = 1_000
# How long a process that ends waits for others before it leaves the write-ahead log to them.
FOLDING_MILLISECONDS = 1_000

# How long a statement may run while somebody waits for the page.
PAGE_STATEMENT_SECONDS = 5
# Sent inside the transaction of the one who had to wait for the write lock for so long or longer, with the `seconds`.
NOTABLE_WAIT_SECONDS = 0.1
lock_waited = signal("lock-waited")

MIGRATIONS = ROOT / "migrations"

# The number of PostgreSQL's advisory lock that writers wait for.
WRITERS_LOCK = 1


class BaseTable(Model):
    id = AutoField()

    class Meta:
        database = database
        legacy_table_names = False


class VersionedTable(BaseTable):
    """A row that several people may edit: a save names the version that was read."""

    version = IntegerField(default=1, constraints=[Check("version >= 1")])
    _dirty: set[str]  # peewee's own record of changed fields

    def save_as_next(self, *, read_at: int) -> None:
        """Save all changed fields if the row is still at version `read_at`, and raise the version by one.

        Raises StaleVersion with the row as it is stored now if somebody else was faster.
        """
        model = type(self)
        changed = {field.name: self.__data__[field.name] for field in self.dirty_fields}
        changed["version"] = read_at + 1
        query = model.update(**changed).where((model.id == self.id) & (model.version == read_at))
        if query.execute() == 0:
            raise StaleVersion(model.get_by_id(self.id))
        self.version = read_at + 1
        self.mark_unchanged()

    def mark_unchanged(self) -> None:
        """Mark all fields as unchanged, so that the next save writes only later changes."""
        self._dirty.clear()


class ChoiceField(EnumField):
    """A text column whose values are the members of a `LabelledEnum`."""

    def __init__(self, choices_from: type[Any], **options: Any) -> None:
        super().__init__(choices_from, max_length=32, **options)

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: object) -> Any: ...

        def __set__(self, instance: object, value: Any) -> None: ...


class StatementContext(Context):
    """Writes a statement as peewee does, but a whole column at once, which is most of the cost of a statement."""

    def sql(self, obj: Any) -> Any:
        write = getattr(type(obj), "__sql__", None)
        if write is None:
            return super().sql(obj)
        if write is not Field.__sql__ or self.scope == SCOPE_VALUES:
            return write(obj, self)
        table = obj.model._meta.table
        if table._alias:
            return super().sql(obj)
        return self.literal(f'"{self.alias_manager[table]}"."{obj.column_name}"')


class SqliteFile(PooledSqliteDatabase):
    """SQLite in a file. Connections stay open between requests, because on a full disk no new one could be opened."""

    context_class = StatementContext
    keys: KeyFolder | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clock = StatementClock()

    def limit_statements(self, seconds: float | None) -> None:
        """Interrupt this thread's statements that run longer than this, from now on; None ends the limit."""
        self.clock.seconds = seconds

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run a statement; reading its rows later counts as running it."""
        self.clock.start_statement()
        return super().execute_sql(sql, params)

    def _add_conn_hooks(self, conn: Any) -> None:
        super()._add_conn_hooks(conn)
        conn.set_progress_handler(self.clock.has_run_out, INSTRUCTIONS_BETWEEN_LOOKS)

    def rollback(self) -> None:
        """Roll a transaction back, unless SQLite has done so itself, as on a full disk."""
        if self.connection().in_transaction:
            super().rollback()

    @contextmanager
    def brief_wait(self) -> Iterator[None]:
        """Let this thread wait only briefly for the write lock."""
        usual = self.pragma("busy_timeout")
        self.pragma("busy_timeout", BRIEF_WAIT_MILLISECONDS)
        try:
            yield
        finally:
            self.pragma("busy_timeout", usual)

    def fold_log(self) -> None:
        """Move the write-ahead log into the database file as far as possible while others read or write."""
        if not self.is_opened:
            return
        with suppress(OperationalError):  # the last process that ends gets its turn
            self.connect(reuse_if_open=True)
            self.execute_sql(f"PRAGMA busy_timeout = {FOLDING_MILLISECONDS}")
            self.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def is_opened(self) -> bool:
        """Return whether this process holds any connection, in use or idle."""
        return bool(self._connections or self._in_use)


class PostgresServer(PooledPostgresqlDatabase):
    context_class = StatementContext
    keys: KeyFolder | None = None

    def limit_statements(self, seconds: float | None) -> None:
        """Cut off whatever statement of this thread's connection runs for longer, from now on; None ends that."""
        connection = self.connection()
        if getattr(connection, "statement_seconds", None) != seconds:
            self.execute_sql(f"SET statement_timeout = {int((seconds or 0) * 1000)}")
            connection.statement_seconds = seconds

    def brief_wait(self) -> AbstractContextManager[None]:
        """Change nothing: outside an operation nobody waits here for another's."""
        return nullcontext()


@atexit.register
def close_database() -> None:
    """Close the connections of this process; an SQLite file is then complete without its write-ahead log.

    Web processes, worker and commands all end here, unless they are killed. Connections that another thread is using
    stay open: closing them would crash the process.
    """
    opened = database.obj
    if isinstance(opened, SqliteFile):
        opened.fold_log()
    if hasattr(opened, "close_idle"):
        if not opened.is_closed():
            opened.close()
        opened.close_idle()


def open_database(url: str, folder: Path | None = None, lock_wait: int = LOCK_WAIT) -> Database:
    """Open the database at `url` (``sqlite:///path`` or ``postgresql://…``) and return it.

    folder: of the keys that seal the event log; without one nothing can be recorded. lock_wait: waiting longer than
    this many seconds for a lock raises OperationalError.
    """
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        refuse_network(path.parent)
        pragmas = SQLITE_PRAGMAS | {"busy_timeout": lock_wait * 1000}
        opened: SqliteFile | PostgresServer = SqliteFile(
            str(path),
            pragmas=pragmas,
            lock_type="IMMEDIATE",
            check_same_thread=False,
            cached_statements=COMPILED_STATEMENTS,
            **POOL,
        )
    else:
        opened = PostgresServer(url, options=f"-c lock_timeout={lock_wait * 1000}", **POOL)
    opened.keys = KeyFolder(folder) if folder else None
    database.initialize(opened)
    return opened


def key_folder() -> KeyFolder:
    """Return the folder of the open database's keys."""
    keys: KeyFolder | None = database.obj.keys
    if keys is None:
        raise RuntimeError("the keys of a database were asked for that was opened without their folder")
    return keys


def named_rows(query: ModelSelect[Any], kind: Callable[..., Row]) -> list[Row]:
    """Return the rows of a query as `kind`, each column in the field of its name, in any order."""
    return [kind(**row) for row in query.dicts()]


def transaction(operation: Callable[P, R]) -> Callable[P, R]:
    """Run an operation completely or not at all, and one after the other on either database.

    SQLite takes its write lock at the beginning; on PostgreSQL the operation waits for its turn. Only one could write
    the event log anyway; waiting before anything is read means that no operation acts on data that another is about to
    change, and that there are no deadlocks.
    """

    @wraps(operation)
    def run_in_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        begun = monotonic()
        with database.atomic():
            wait_for_turn()
            report_wait(monotonic() - begun)
            return operation(*args, **kwargs)

    return run_in_transaction


def wait_for_turn() -> None:
    """Wait on PostgreSQL until no other operation is running; a nested one has its turn already."""
    if isinstance(database.obj, PostgresqlDatabase) and database.transaction_depth() == 1:
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))


def report_wait(seconds: float) -> None:
    """Report a wait for the write lock to those who count the long ones."""
    if seconds >= NOTABLE_WAIT_SECONDS:
        lock_waited.send(None, seconds=seconds)


def known_migrations() -> dict[str, Path]:
    """Return the migrations of this program by name, in order."""
    return {path.stem: path for path in sorted(MIGRATIONS.glob("[0-9]*.py"))}


def migration_runner() -> Runner:
    """Return the runner of the migrations, bound to the open database."""
    return Runner(database.obj, str(MIGRATIONS))


def init_app(app: Flask) -> None:
    """Open the database of the settings, and give every request a connection."""
    settings = app.config["SETTINGS"]
    opened: Any = open_database(settings.database_url, settings.instance, settings.lock_wait)

    @app.before_request
    def open_connection() -> None:
        opened.connect(reuse_if_open=True)
        opened.limit_statements(PAGE_STATEMENT_SECONDS)

    @app.teardown_request
    def release_connection(_error: BaseException | None) -> None:
        if isinstance(opened, SqliteFile):
            opened.limit_statements(None)
        if not opened.is_closed() and opened.transaction_depth() == 0:
            opened.close()
