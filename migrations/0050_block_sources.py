"""Paragraphs of drafts no longer say filing:12 of themselves: a column of their row says what they were made of."""
from peewee import *

PARTS = ('content', 'composed', 'overtaken_by')


def up(migrator, db):
    """What was issued stays as it was sealed."""
    rewrite_blocks(db, lambda plain, row: plain.pop('source', None))


def down(migrator, db):
    def add_source(plain, row):
        if plain.get('kind') == 'Paragraph':
            plain['source'] = f'filing:{row.filing_id}' if row.filing_id else ''

    rewrite_blocks(db, add_source)


def rewrite_blocks(db, rewrite):
    """Change each block that is stored, in drafts and in the steps that can be taken back."""

    class Block(Model):
        content, composed, overtaken_by = JSONField(), JSONField(null=True), JSONField(null=True)
        filing_id = IntegerField(null=True)

        class Meta:
            database = db
            table_name = 'document_block'

    class DraftEdit(Model):
        block = ForeignKeyField(Block)
        before, after = JSONField(), JSONField()

        class Meta:
            database = db
            table_name = 'draft_edit'

    for row in Block.select():
        rewrite_parts({part: getattr(row, part) for part in PARTS}, row, rewrite)
        row.save(only=PARTS)
    for edit in DraftEdit.select(DraftEdit, Block).join(Block):
        for state in (edit.before, edit.after):
            rewrite_parts(state, edit.block, rewrite)
        edit.save(only=('before', 'after'))


def rewrite_parts(parts, row, rewrite):
    for part in PARTS:
        if parts.get(part):
            rewrite(parts[part], row)
