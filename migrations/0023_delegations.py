"""Who acts for whom, from a day to a day, and in which log-in he does."""
from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Delegation(Model):
        principal = ForeignKeyField(Account, on_delete='CASCADE')
        deputy = ForeignKeyField(Account, backref='deputy_for', on_delete='CASCADE')
        valid_from = DateField()
        valid_until = DateField()
        ended_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'delegation'
            constraints = [
                Check('valid_until >= valid_from', 'delegation_days'),
                Check('principal_id <> deputy_id', 'delegation_to_another'),
            ]

    db.create_tables([Delegation])
    migrator.migrate(
        migrator.add_column(
            'login_session', 'delegation_id',
            ForeignKeyField(Delegation, field=Delegation.id, null=True, on_delete='SET NULL'),
        )
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index('login_session', 'login_session_delegation_id'),
        migrator.drop_column('login_session', 'delegation_id'),
        migrator.drop_table('delegation'),
    )
