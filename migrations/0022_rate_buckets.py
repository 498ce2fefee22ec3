"""How often something was done lately: counted for all processes in one place."""

from peewee import *


def up(migrator, db):
    class RateBucket(Model):
        key = CharField(max_length=64, unique=True)
        empty_at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "rate_bucket"

    db.create_tables([RateBucket])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rate_bucket"))
