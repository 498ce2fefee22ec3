"""The append-only event log: triggers refuse every change of a written event."""
from peewee import *



SQLITE_REFUSAL = [
    f"CREATE TRIGGER event_no_{verb} BEFORE {verb} ON event "
    "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
    for verb in ("update", "delete")
]
POSTGRES_REFUSAL = [
    "CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$",
    "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()",
]


def up(migrator, db):
    class Event(Model):
        at = DateTimeField()
        account_id = IntegerField(index=True, null=True)
        person = CharField(max_length=64)
        seat = CharField(max_length=64)
        address = CharField(max_length=64, default='')
        action = CharField(max_length=64)
        object_kind = CharField(max_length=32)
        object_id = IntegerField(null=True)
        summary = CharField(default='')
        reason = TextField(default='')
        detail = JSONField(default=dict)
        previous_hash = CharField(max_length=64)
        hash = CharField(unique=True, max_length=64)
        class Meta:
            database = db
            table_name = 'event'
            indexes = ((('object_kind', 'object_id'), False),)
    db.create_tables([Event])

    class EventChain(Model):
        last_hash = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'event_chain'
    db.create_tables([EventChain])

    db.execute_sql("INSERT INTO event_chain (last_hash) VALUES ('')")
    for statement in POSTGRES_REFUSAL if isinstance(db, PostgresqlDatabase) else SQLITE_REFUSAL:
        db.execute_sql(statement)


def down(migrator, db):
    migrator.migrate(migrator.drop_table('event_chain'))
    migrator.migrate(migrator.drop_table('event'))
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql("DROP FUNCTION refuse_event_change")
