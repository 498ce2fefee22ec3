"""Failures of logging in, counted by name and address; locked addresses; which browser a log-in is of."""
from peewee import *


def up(migrator, db):
    class LoginFailure(Model):
        name_digest = CharField(max_length=64)
        address = CharField(max_length=64)
        browser_hash = CharField(max_length=64, default='')
        failures = IntegerField(default=0, constraints=[Check('failures >= 0')])
        refused = IntegerField(default=0, constraints=[Check('refused >= 0')])
        failed_at = DateTimeField(null=True)
        last_at = DateTimeField(index=True)
        class Meta:
            database = db
            table_name = 'login_failure'
            indexes = ((('name_digest', 'address', 'browser_hash'), True), (('address', 'last_at'), False))
    db.create_tables([LoginFailure])

    class AddressLock(Model):
        address = CharField(unique=True, max_length=64)
        until = DateTimeField()
        class Meta:
            database = db
            table_name = 'address_lock'
    db.create_tables([AddressLock])

    migrator.migrate(migrator.add_column('login_session', 'browser_hash', CharField(max_length=64, default='')))
    migrator.migrate(migrator.drop_column('account', 'failures'))
    migrator.migrate(migrator.drop_column('account', 'locked_until'))


def down(migrator, db):
    migrator.migrate(migrator.add_column('account', 'locked_until', DateTimeField(null=True)))
    migrator.migrate(migrator.add_column('account', 'failures', IntegerField(default=0)))
    migrator.migrate(migrator.drop_column('login_session', 'browser_hash'))
    migrator.migrate(migrator.drop_table('address_lock'))
    migrator.migrate(migrator.drop_table('login_failure'))
