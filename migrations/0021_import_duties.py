"""Who is to answer for the measures of a plan that is not stored yet."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("import_draft", "duties", JSONField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("import_draft", "duties"))
