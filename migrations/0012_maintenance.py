"""Backups taken, when the worker was last alive, and how long writers had to wait."""

from peewee import *


def up(migrator, db):
    class Heartbeat(Model):
        name = CharField(unique=True, max_length=32)
        at = DateTimeField()

        class Meta:
            database = db
            table_name = "heartbeat"

    db.create_tables([Heartbeat])

    class LockWait(Model):
        day = DateField(unique=True)
        milliseconds = IntegerField()
        at = DateTimeField()

        class Meta:
            database = db
            table_name = "lock_wait"
            constraints = [
                Check("milliseconds >= 0", "lock_wait_milliseconds"),
            ]

    db.create_tables([LockWait])

    class BackupRecord(Model):
        taken_at = DateTimeField(index=True)
        cause = CharField(max_length=32)
        path = TextField()
        size = BigIntegerField()
        verified_at = DateTimeField(null=True)
        problem = TextField()

        class Meta:
            database = db
            table_name = "backup_record"
            constraints = [
                Check("size >= 0", "backup_record_size"),
            ]

    db.create_tables([BackupRecord])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("backup_record"))
    migrator.migrate(migrator.drop_table("lock_wait"))
    migrator.migrate(migrator.drop_table("heartbeat"))
