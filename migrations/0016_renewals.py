"""What each block of a draft is in its composition, what took the place of words that were edited, and since when."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('document_block', 'slot', TextField(default='')))
    migrator.migrate(migrator.add_column('document_block', 'overtaken_by', JSONField(null=True)))
    migrator.migrate(migrator.add_column('document', 'gathered_at', DateTimeField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('document', 'gathered_at'))
    migrator.migrate(migrator.drop_column('document_block', 'overtaken_by'))
    migrator.migrate(migrator.drop_column('document_block', 'slot'))
