"""Where the blocks of a draft are printed, and which of them keeps it from being printed."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('document_file', 'places', JSONField(null=True)))
    migrator.migrate(migrator.add_column('render_job', 'fault', IntegerField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('render_job', 'fault'))
    migrator.migrate(migrator.drop_column('document_file', 'places'))
