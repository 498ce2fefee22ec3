"""What the office proposes to change about the organisation."""
from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class OrganisationProposal(Model):
        kind = CharField(max_length=32)
        content = JSONField()
        about = CharField(max_length=64)
        reason = TextField()
        state = CharField(max_length=32, index=True)
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        person = CharField(max_length=64)
        proposed_at = DateTimeField()
        decided_by = CharField(max_length=64)
        decided_at = DateTimeField(null=True)
        answer = TextField()
        class Meta:
            database = db
            table_name = 'organisation_proposal'
            constraints = [
                Check("(state = 'proposed') = (decided_at IS NULL)", 'organisation_proposal_decided'),
            ]

    db.create_tables([OrganisationProposal])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('organisation_proposal'))
