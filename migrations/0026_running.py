"""Which accounts are samples; when the worker was last alive; how long writers had to wait for one another."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('account', 'is_sample', BooleanField(default=False)))

    class Heartbeat(Model):
        name = CharField(max_length=32, unique=True)
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'heartbeat'

    class LockWait(Model):
        day = DateField(unique=True)
        milliseconds = IntegerField()
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'lock_wait'
    db.create_tables([Heartbeat, LockWait])
    mark_sample_accounts(db)


def mark_sample_accounts(db):
    """Until now only the log told them apart: the system itself had added them, nobody on the command line."""
    class Account(Model):
        is_sample = BooleanField()
        class Meta:
            database = db
            table_name = 'account'

    class Event(Model):
        account_id = IntegerField(null=True)
        action = CharField()
        object_id = IntegerField(null=True)
        seat = CharField()
        class Meta:
            database = db
            table_name = 'event'

    by_system = (Event.action == 'add_account') & Event.account_id.is_null() & (Event.seat == '系统')
    Account.update(is_sample=True).where(Account.id.in_(Event.select(Event.object_id).where(by_system))).execute()


def down(migrator, db):
    migrator.migrate(migrator.drop_table('lock_wait'))
    migrator.migrate(migrator.drop_table('heartbeat'))
    migrator.migrate(migrator.drop_column('account', 'is_sample'))
