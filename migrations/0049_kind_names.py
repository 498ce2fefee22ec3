"""Kinds of document are called as people call them: 填报通知, 呈批单."""
from peewee import *

NEW_NAMES = {'opening': 'filing_notice', 'reading': 'reading_sheet'}


def rename_kinds(db, names):
    class Document(Model):
        kind = CharField(max_length=32)

        class Meta:
            database = db
            table_name = 'document'

    for old, new in names.items():
        Document.update(kind=new).where(Document.kind == old).execute()


def up(migrator, db):
    rename_kinds(db, NEW_NAMES)


def down(migrator, db):
    rename_kinds(db, {new: old for old, new in NEW_NAMES.items()})
