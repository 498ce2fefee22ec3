"""What the office made of the list of words that the check looks for."""
from peewee import *


def up(migrator, db):
    class OfficeWord(Model):
        version = IntegerField(default=1, constraints=[Check('version >= 1')])
        word = CharField(max_length=20, unique=True, constraints=[Check("word <> ''")])
        level = CharField(max_length=32, null=True)
        not_after = CharField(max_length=300)
        before = CharField(max_length=300)
        not_before = CharField(max_length=300)
        replacement = CharField(max_length=20)
        reason = CharField(max_length=100)
        source = CharField(max_length=100)

        class Meta:
            database = db
            table_name = 'office_word'

    db.create_tables([OfficeWord])


def down(migrator, db):
    """The defaults hold again; the log still has the office's words."""
    migrator.migrate(migrator.drop_table('office_word'))
