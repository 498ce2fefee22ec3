"""What every feature stands on: forms already taken, and how often something was done lately."""

from peewee import *


def up(migrator, db):
    class SentForm(Model):
        digest = CharField(unique=True, max_length=64)
        place = TextField()
        at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "sent_form"

    db.create_tables([SentForm])

    class RateBucket(Model):
        key = CharField(unique=True, max_length=64)
        empty_at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "rate_bucket"

    db.create_tables([RateBucket])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rate_bucket"))
    migrator.migrate(migrator.drop_table("sent_form"))
