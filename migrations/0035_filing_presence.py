"""Who has the page of a filing open, for a minute."""
from peewee import *


def up(migrator, db):
    class Filing(Model):
        class Meta:
            database = db
            table_name = 'filing'

    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class FilingPresence(Model):
        filing = ForeignKeyField(Filing, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='CASCADE')
        person = CharField(max_length=64)
        seat = CharField(max_length=64)
        seen_at = DateTimeField(index=True)
        wrote_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = 'filing_presence'
            constraints = [Check('wrote_at <= seen_at', 'filing_presence_wrote')]
            indexes = ((('filing', 'account'), True),)

    db.create_tables([FilingPresence])


def down(migrator, db):
    """Nothing is lost: what stands there counts for a minute."""
    migrator.migrate(migrator.drop_table('filing_presence'))
