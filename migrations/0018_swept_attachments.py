"""When the file of a removed attachment was deleted from the store: until then it takes room there."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('attachment', 'swept_at', DateTimeField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('attachment', 'swept_at'))
