"""Under which number the person in a seat is asked."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('account', 'phone', CharField(max_length=32, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('account', 'phone'))
