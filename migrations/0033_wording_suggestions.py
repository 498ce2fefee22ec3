"""The office proposes other words for a text of a filing, and the department answers."""
from peewee import *


def up(migrator, db):
    class Filing(Model):
        class Meta:
            database = db
            table_name = 'filing'

    class WordingSuggestion(Model):
        filing = ForeignKeyField(Filing, on_delete='CASCADE')
        field = CharField(max_length=32)
        before = TextField()
        after = TextField()
        note = TextField()
        state = CharField(index=True, max_length=32)
        answer = TextField()
        suggested_at = DateTimeField()
        suggested_by = CharField(max_length=64)
        answered_at = DateTimeField(null=True)
        answered_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = 'wording_suggestion'
            constraints = [
                Check("(answered_at IS NULL) = (answered_by = '')", 'wording_suggestion_answered'),
                Check(
                    "(state IN ('agreed', 'declined')) = (answered_at IS NOT NULL)",
                    'wording_suggestion_state',
                ),
            ]

    db.create_tables([WordingSuggestion])


def down(migrator, db):
    """What was suggested and answered is gone; the words that a department agreed to stay."""
    migrator.migrate(migrator.drop_table('wording_suggestion'))
