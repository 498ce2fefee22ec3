"""A hand-over passes on everything, or what was chosen."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('hand_over', 'items', JSONField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('hand_over', 'items'))
