"""The event log is sealed with a key; REPLACE is refused; the database has a name of its own."""
import secrets

from peewee import *

# Where a row's id is left to SQLite, NEW.id is -1 before the insertion.
SQLITE_REFUSALS = [
    "CREATE TRIGGER event_no_replace BEFORE INSERT ON event "
    "WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR hash = NEW.hash) "
    "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END",
    "CREATE TRIGGER event_no_insert_between AFTER INSERT ON event "
    "WHEN NEW.id < 1 OR NEW.id < (SELECT MAX(id) FROM event) "
    "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END",
]
POSTGRES_REFUSALS = [
    "CREATE FUNCTION refuse_event_between() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NEW.id <= COALESCE((SELECT MAX(id) FROM event), 0) THEN "
    "RAISE EXCEPTION 'the event log is append-only'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER event_no_insert_between BEFORE INSERT ON event "
    "FOR EACH ROW EXECUTE FUNCTION refuse_event_between()",
]


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("event_chain", "database_id", CharField(max_length=32, default="")),
        migrator.add_column("event_chain", "count", IntegerField(default=0)),
        migrator.add_column("event_chain", "keyless", IntegerField(null=True)),
        migrator.add_column("event_chain", "seal", CharField(max_length=64, default="")),
        migrator.add_column("event_chain", "key_check", CharField(max_length=16, default="")),
        migrator.add_column("event_chain", "anchors", IntegerField(default=0)),
    )
    database_id = secrets.token_hex(16)
    db.execute_sql(f"UPDATE event_chain SET database_id = '{database_id}', count = (SELECT COUNT(*) FROM event)")
    # What was written before stays as it is: the next event commits to it with the key.
    db.execute_sql("UPDATE event_chain SET keyless = 0 WHERE count = 0")
    for statement in POSTGRES_REFUSALS if isinstance(db, PostgresqlDatabase) else SQLITE_REFUSALS:
        db.execute_sql(statement)


def down(migrator, db):
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql("DROP TRIGGER event_no_insert_between ON event")
        db.execute_sql("DROP FUNCTION refuse_event_between")
    else:
        db.execute_sql("DROP TRIGGER event_no_replace")
        db.execute_sql("DROP TRIGGER event_no_insert_between")
    for column in ("anchors", "key_check", "seal", "keyless", "count", "database_id"):
        migrator.migrate(migrator.drop_column("event_chain", column))
