"""How much of the departments' words a document repeats. Those made before repeat all of them."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('document', 'fullness', CharField(max_length=32, default='full')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('document', 'fullness'))
