"""Why a block of a draft says figures that its facts do not have."""
from peewee import *


def up(migrator, db):
    class DocumentBlock(Model):
        class Meta:
            database = db
            table_name = 'document_block'

    class FigureReason(Model):
        block = ForeignKeyField(DocumentBlock, on_delete='CASCADE')
        written = JSONField()
        known = JSONField()
        reason = TextField()
        given_at = DateTimeField()
        given_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = 'figure_reason'

    db.create_tables([FigureReason])


def down(migrator, db):
    """Why figures were changed is known from the log alone."""
    migrator.migrate(migrator.drop_table('figure_reason'))
