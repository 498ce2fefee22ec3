"""What the last edits of a draft did to its blocks, so that they can be taken back and done again."""
from peewee import *


def up(migrator, db):
    class DocumentBlock(Model):
        class Meta:
            database = db
            table_name = 'document_block'

    class DraftEdit(Model):
        block = ForeignKeyField(DocumentBlock, on_delete='CASCADE')
        step = IntegerField()
        before = JSONField()
        after = JSONField()
        is_undone = BooleanField(default=False)

        class Meta:
            database = db
            table_name = 'draft_edit'
            constraints = [Check('step >= 1', 'draft_edit_step')]
            indexes = ((('block', 'step'), True),)

    db.create_tables([DraftEdit])


def down(migrator, db):
    """The last edits can be taken back no more; what stands in the drafts, and the log, are left."""
    migrator.migrate(migrator.drop_table('draft_edit'))
