"""The schema: up from nothing equals the models, every step can be taken back, and no step that has landed changes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask
from peewee import AutoField, BigIntegerField, IntegerField, IntegrityError, PostgresqlDatabase
from playhouse.schema_diff import diff_models

from app.base.database import BaseTable, database, known_migrations, migration_runner
from app.maintenance.all_tables import TABLES
from tests.databases import on_both
from tests.world import World

# What an installation has run is never edited: a change is a new migration, whose line is added here.
LANDED = Path(__file__).parent / "landed_migrations.txt"
# What PostgreSQL does without, the models do not name.
SQLITE_INDEX = "document_block_text"
POSTGRES_TABLE = """
SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
FROM pg_attribute a WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.conrelid = ?::regclass
"""


@on_both
def test_the_migrations_lead_to_the_models(app: Flask) -> None:
    difference = diff_models(database.obj, list(TABLES))
    is_postgres = isinstance(database.obj, PostgresqlDatabase)
    assert [found.name for found in difference.drop_indexes] == ([] if is_postgres else [SQLITE_INDEX])
    without_index = difference._replace(drop_indexes=[])
    assert not without_index, str(without_index)


@on_both
def test_columns_types_and_checks_are_those_of_the_models(app: Flask) -> None:
    migrated = {table: table_definition(table) for table in TABLES}
    migration_runner().down(next(iter(known_migrations())))
    database.obj.create_tables(TABLES)
    assert migrated == {table: table_definition(table) for table in TABLES}


def table_definition(table: type[BaseTable]) -> list[str]:
    """Return the columns and constraints of a table, sorted: a migration adds its columns behind the others."""
    name = table._meta.table_name
    if isinstance(database.obj, PostgresqlDatabase):
        rows = database.execute_sql(POSTGRES_TABLE.replace("?", "%s"), (name, name)).fetchall()
        return sorted(row[0] for row in rows)
    (sql,) = database.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    parts = (part.strip() for part in re.split(r",\s*(?=\"|CONSTRAINT|FOREIGN)", inside))
    return sorted(line for part in parts for line in key_apart(part))


def key_apart(part: str) -> list[str]:
    """Return a column and the foreign key that stands beside it where SQLite added it to a table.

    There NOT NULL stands behind the check.
    """
    part = re.sub(r"(CHECK \(.*\)) NOT NULL$", r"NOT NULL \1", part)
    column, references, target = part.partition(" REFERENCES ")
    if not references or part.startswith("FOREIGN"):
        return [part]
    return [column, f"FOREIGN KEY ({column.split()[0]}) REFERENCES {target}"]


@on_both
def test_every_migration_can_be_taken_back(app: Flask) -> None:
    names = list(known_migrations())
    assert migration_runner().down(names[0]) == names[::-1]
    assert set(database.obj.get_tables()) == {"schema_migration"}
    assert migration_runner().up() == names


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_in_some_migration(app: Flask, table: type) -> None:
    assert table.table_exists()


def test_no_migration_that_has_landed_was_edited() -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}"
        for name, path in known_migrations().items()
    ]
    assert LANDED.read_text(encoding="utf-8").splitlines() == lines


BROKEN = {
    "filing_percent": "UPDATE filing SET percent = -1",
    "filing_submitted": "UPDATE filing SET state = 'submitted', submitted_at = NULL",
    "filing_accepted": "UPDATE filing SET state = 'accepted', submitted_at = updated_at",
    "period_number": "UPDATE period SET number = 5",
    "period_year": "UPDATE period SET year = 26",
    "period_days": "UPDATE period SET leader_due = '2000-01-01'",
    "milestone_quarter": "INSERT INTO milestone (item_id, quarter, text) SELECT MIN(id), 5, '年中完成' FROM plan_item",
    "plan_year": "UPDATE plan SET year = 26",
    "grant_days": "UPDATE \"grant\" SET valid_until = '2000-01-01'",
    "event_chain_counts": "UPDATE event_chain SET count = -1",
    "version": "UPDATE filing SET version = 0",
    "directive_number": "INSERT INTO directive (version, kind, state, number, is_confidential, author, entered_by,"
    " text, feedback, created_at, is_handwritten)"
    " SELECT 1, 'noted', 'noted', 0, is_sample, '', '', '', 'once', '2026-01-01', is_sample FROM account",
}

# The ids of rows that no foreign key holds, as what they name may be gone: no range is one of theirs.
KEPT_IDS = {
    "directive_carry_over.former_main",
    "event.account_id",
    "event.object_id",
    "render_job.fault",
}


def test_every_number_has_a_range(app: Flask) -> None:
    unbounded = {
        f"{table._meta.table_name}.{field.column_name}"
        for table in TABLES
        for field in table._meta.sorted_fields
        if isinstance(field, IntegerField | BigIntegerField)
        and not isinstance(field, AutoField)
        and not re.search(rf"CHECK \(.*\b{field.column_name}\b", "\n".join(table_definition(table)))
    }
    assert unbounded == KEPT_IDS


@on_both
@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_no_operation_writes(app: Flask, world: World, name: str) -> None:
    with pytest.raises(IntegrityError, match=name), database.atomic():
        database.execute_sql(BROKEN[name])
