"""The append-only event log: triggers refuse every change of a written event, and REPLACE."""

import secrets

from peewee import *


REFUSE = "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
SQLITE_REFUSALS = [
    f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event {REFUSE}",
    f"CREATE TRIGGER event_no_delete BEFORE DELETE ON event {REFUSE}",
    # Where a row's id is left to SQLite, NEW.id is -1 before the insertion.
    "CREATE TRIGGER event_no_replace BEFORE INSERT ON event "
    f"WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR hash = NEW.hash) {REFUSE}",
    "CREATE TRIGGER event_no_insert_between AFTER INSERT ON event "
    f"WHEN NEW.id < 1 OR NEW.id < (SELECT MAX(id) FROM event) {REFUSE}",
]
POSTGRES_REFUSALS = [
    "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$",
    "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()",
    "CREATE FUNCTION refuse_event_between() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NEW.id <= COALESCE((SELECT MAX(id) FROM event), 0) THEN "
    "RAISE EXCEPTION 'the event log is append-only'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER event_no_insert_between BEFORE INSERT ON event "
    "FOR EACH ROW EXECUTE FUNCTION refuse_event_between()",
]


def up(migrator, db):
    class Event(Model):
        at = DateTimeField()
        account_id = IntegerField(index=True, null=True)
        person = CharField(max_length=64)
        seat = CharField(max_length=64)
        address = CharField(max_length=64)
        action = CharField(max_length=64)
        object_kind = CharField(max_length=32)
        object_id = IntegerField(null=True)
        summary = CharField()
        reason = TextField()
        detail = JSONField()
        previous_hash = CharField(max_length=64)
        hash = CharField(unique=True, max_length=64)

        class Meta:
            database = db
            table_name = "event"
            indexes = ((("object_kind", "object_id"), False),)

    db.create_tables([Event])

    class EventChain(Model):
        last_hash = CharField(max_length=64)
        database_id = CharField(max_length=32)
        count = IntegerField()
        seal = CharField(max_length=64)
        key_check = CharField(max_length=16)
        anchors = IntegerField()

        class Meta:
            database = db
            table_name = "event_chain"
            constraints = [
                Check("count >= 0 AND anchors >= 0", "event_chain_counts"),
            ]

    db.create_tables([EventChain])

    EventChain.create(
        database_id=secrets.token_hex(16), count=0, last_hash="", seal="", key_check="", anchors=0
    )
    for statement in POSTGRES_REFUSALS if isinstance(db, PostgresqlDatabase) else SQLITE_REFUSALS:
        db.execute_sql(statement)


def down(migrator, db):
    migrator.migrate(migrator.drop_table("event_chain"))
    migrator.migrate(migrator.drop_table("event"))
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql("DROP FUNCTION refuse_event_change")
        db.execute_sql("DROP FUNCTION refuse_event_between")
