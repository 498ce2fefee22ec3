"""Which leaders answer for the whole plan, not only for the measures in their own charge (负责范围)."""
from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('leader', 'in_overall_charge', BooleanField(default=False)))


def down(migrator, db):
    """Who answers for the whole plan has to be ticked again."""
    migrator.migrate(migrator.drop_column('leader', 'in_overall_charge'))
