"""The ranges of the last numbers that the database did not hold: years, and what is counted from one."""

from peewee import *

CHECKS = (
    ("period", "period_year", "year BETWEEN 2000 AND 2100"),
    ("directive", "directive_number", "number_year BETWEEN 2000 AND 2100 AND number >= 1"),
    ("import_edit", "import_edit_draft_version", "draft_version >= 1"),
    ("document_block", "document_block_ordinal", "ordinal >= 1"),
)


def up(migrator, db):
    for table, name, check in CHECKS:
        if isinstance(db, SqliteDatabase):
            definition = definition_of(db, table)
            define(db, table, f"{definition[: definition.rindex(')')]}{written(name, check)})")
        else:
            db.execute_sql(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} CHECK ({check})')


def down(migrator, db):
    for table, name, check in CHECKS:
        if isinstance(db, SqliteDatabase):
            define(db, table, definition_of(db, table).replace(written(name, check), ""))
        else:
            db.execute_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')


def written(name, check):
    return f', CONSTRAINT "{name}" CHECK ({check})'


def definition_of(db, table):
    return db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()[0]


def define(db, table, definition):
    """Write the table's definition anew: SQLite adds no constraint, and a table built anew beside it would take all
    that refers to it along when the old one is dropped.
    """
    db.execute_sql("PRAGMA writable_schema = ON")
    db.execute_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (definition, table))
    db.execute_sql("PRAGMA writable_schema = RESET")
