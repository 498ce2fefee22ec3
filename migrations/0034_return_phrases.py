"""The reasons that the office uses often when it gives filings back."""
from peewee import *


def up(migrator, db):
    class ReturnPhrase(Model):
        kind = CharField(max_length=32)
        text = CharField(max_length=200)

        class Meta:
            database = db
            table_name = 'return_phrase'
            indexes = ((('kind', 'text'), True),)

    db.create_tables([ReturnPhrase])


def down(migrator, db):
    """What was sent with them stays."""
    migrator.migrate(migrator.drop_table('return_phrase'))
