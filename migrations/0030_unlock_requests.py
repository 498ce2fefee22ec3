"""A department asks in the system for a closed quarter to be unlocked for it."""
from peewee import *


def up(migrator, db):
    class Period(Model):
        class Meta:
            database = db
            table_name = 'period'

    class Department(Model):
        class Meta:
            database = db
            table_name = 'department'

    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class UnlockRequest(Model):
        period = ForeignKeyField(Period, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        addressee = ForeignKeyField(Account, on_delete='RESTRICT')
        until = DateField()
        reason = TextField()
        state = CharField(max_length=32, default='open')
        person = CharField(max_length=64)
        seat = CharField(max_length=64)
        created_at = DateTimeField()
        decided_at = DateTimeField(null=True)
        decided_by = CharField(max_length=64, default='')
        answer = TextField(default='')

        class Meta:
            database = db
            table_name = 'unlock_request'
            constraints = [Check("(state = 'open') = (decided_at IS NULL)", 'unlock_request_decided')]

    UnlockRequest.add_index(
        UnlockRequest.period,
        UnlockRequest.department,
        unique=True,
        where=UnlockRequest.decided_at.is_null(),
        name='unlock_request_open',
    )
    db.create_tables([UnlockRequest])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('unlock_request'))
