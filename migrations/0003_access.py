"""Accounts, grants, log-ins, and the forms that were sent."""
from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = 'department'

    class Leader(Model):
        class Meta:
            database = db
            table_name = 'leader'

    class Account(Model):
        username = CharField(unique=True, max_length=32)
        seat = CharField(max_length=64)
        person = CharField(max_length=32)
        email = CharField(max_length=254, default='')
        password_hash = CharField()
        password_set_at = DateTimeField()
        must_change_password = BooleanField(default=True)
        failures = IntegerField(default=0)
        locked_until = DateTimeField(null=True)
        disabled_at = DateTimeField(null=True)
        created_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'account'
    db.create_tables([Account])

    class Grant(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        role = CharField(max_length=32)
        department = ForeignKeyField(Department, null=True, on_delete='RESTRICT')
        leader = ForeignKeyField(Leader, null=True, on_delete='RESTRICT')
        valid_from = DateField()
        valid_until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'grant'
    db.create_tables([Grant])

    class LoginSession(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        token_hash = CharField(unique=True, max_length=64)
        address = CharField(max_length=64, default='')
        started_at = DateTimeField()
        seen_at = DateTimeField()
        ended_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'login_session'
    db.create_tables([LoginSession])

    class SentForm(Model):
        digest = CharField(unique=True, max_length=64)
        place = TextField()
        at = DateTimeField(index=True)
        class Meta:
            database = db
            table_name = 'sent_form'
    db.create_tables([SentForm])

    class UsedPassword(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        password_hash = CharField()
        set_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'used_password'
    db.create_tables([UsedPassword])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('used_password'))
    migrator.migrate(migrator.drop_table('sent_form'))
    migrator.migrate(migrator.drop_table('login_session'))
    migrator.migrate(migrator.drop_table('grant'))
    migrator.migrate(migrator.drop_table('account'))
