"""A revision brings measures and tasks in from a day on, and may come with a new text of the plan."""
from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column('plan_item', 'in_force_from', DateField(null=True)),
        migrator.add_column('plan_item', 'in_force_until', DateField(null=True)),
        migrator.add_column('plan_revision', 'source_text', TextField(null=True)),
        migrator.add_column('plan_revision', 'blocks', JSONField(null=True)),
    )


def down(migrator, db):
    """What a revision brought in stays, as if it had been published so."""
    migrator.migrate(
        migrator.drop_column('plan_revision', 'blocks'),
        migrator.drop_column('plan_revision', 'source_text'),
        migrator.drop_column('plan_item', 'in_force_until'),
        migrator.drop_column('plan_item', 'in_force_from'),
    )
