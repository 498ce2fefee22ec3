"""Who sees to a draft now, and what was passed on from one account to another."""
from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    migrator.migrate(
        migrator.add_column(
            'document', 'owner_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='RESTRICT')
        )
    )
    # Until now the log alone knew which account had a document made.
    db.execute_sql(
        "UPDATE document SET owner_id = (SELECT MIN(account.id) FROM event JOIN account ON account.id = event.account_id "
        "WHERE event.object_kind = 'Document' AND event.object_id = document.id "
        "AND event.action IN ('build_document', 'correct_document'))"
    )

    class HandOver(Model):
        giver = ForeignKeyField(Account, on_delete='RESTRICT')
        receiver = ForeignKeyField(Account, on_delete='RESTRICT')
        day = DateField()
        ordered_by = CharField(max_length=64)
        ordered_at = DateTimeField()
        done_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'hand_over'
            constraints = [Check('giver_id <> receiver_id', 'hand_over_to_another')]

    db.create_tables([HandOver])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table('hand_over'),
        migrator.drop_index('document', 'document_owner_id'),
        migrator.drop_column('document', 'owner_id'),
    )
