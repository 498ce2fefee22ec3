"""When a password was made up by its owner rather than given."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('account', 'password_chosen_at', DateTimeField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('account', 'password_chosen_at'))
