"""Accounts, what they may do, their log-ins, and failures of logging in."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class Leader(Model):
        class Meta:
            database = db
            table_name = "leader"

    class Account(Model):
        username = CharField(unique=True, max_length=32)
        seat = CharField(max_length=64)
        person = CharField(max_length=32)
        email = CharField(max_length=254)
        password_hash = CharField()
        password_set_at = DateTimeField()
        password_chosen_at = DateTimeField(null=True)
        must_change_password = BooleanField()
        disabled_at = DateTimeField(null=True)
        created_at = DateTimeField()
        is_sample = BooleanField()

        class Meta:
            database = db
            table_name = "account"

    db.create_tables([Account])

    class UsedPassword(Model):
        account = ForeignKeyField(Account, on_delete="CASCADE")
        password_hash = CharField()
        set_at = DateTimeField()

        class Meta:
            database = db
            table_name = "used_password"

    db.create_tables([UsedPassword])

    class Grant(Model):
        account = ForeignKeyField(Account, on_delete="CASCADE")
        role = CharField(max_length=32)
        department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
        valid_from = DateField()
        valid_until = DateField(null=True)

        class Meta:
            database = db
            table_name = "grant"
            constraints = [
                Check("valid_until IS NULL OR valid_until >= valid_from", "grant_days"),
                Check("department_id IS NULL OR leader_id IS NULL", "grant_of_one"),
            ]

    db.create_tables([Grant])

    class LoginSession(Model):
        account = ForeignKeyField(Account, on_delete="CASCADE")
        token_hash = CharField(unique=True, max_length=64)
        address = CharField(max_length=64)
        browser_hash = CharField(max_length=64)
        started_at = DateTimeField()
        seen_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "login_session"

    db.create_tables([LoginSession])

    class LoginFailure(Model):
        name_digest = CharField(max_length=64)
        address = CharField(max_length=64)
        browser_hash = CharField(max_length=64)
        failures = IntegerField()
        refused = IntegerField()
        failed_at = DateTimeField(null=True)
        last_at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "login_failure"
            constraints = [
                Check("failures >= 0 AND refused >= 0", "login_failure_counts"),
            ]
            indexes = ((("name_digest", "address", "browser_hash"), True), (("address", "last_at"), False))

    db.create_tables([LoginFailure])

    class AddressLock(Model):
        address = CharField(unique=True, max_length=64)
        until = DateTimeField()

        class Meta:
            database = db
            table_name = "address_lock"

    db.create_tables([AddressLock])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("address_lock"))
    migrator.migrate(migrator.drop_table("login_failure"))
    migrator.migrate(migrator.drop_table("login_session"))
    migrator.migrate(migrator.drop_table("grant"))
    migrator.migrate(migrator.drop_table("used_password"))
    migrator.migrate(migrator.drop_table("account"))
