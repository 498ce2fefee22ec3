"""Milestones and indicators are in force from a day until another, and an indicator's target changes from a day on."""
from peewee import *


def up(migrator, db):
    class PlanRevision(Model):
        class Meta:
            database = db
            table_name = 'plan_revision'

    class Indicator(Model):
        class Meta:
            database = db
            table_name = 'indicator'

    class IndicatorChange(Model):
        revision = ForeignKeyField(PlanRevision, on_delete='CASCADE')
        indicator = ForeignKeyField(Indicator, on_delete='CASCADE')
        yearly_target = CharField(max_length=32)

        class Meta:
            database = db
            table_name = 'indicator_change'
            indexes = ((('revision', 'indicator'), True),)

    migrator.migrate(
        migrator.add_column('milestone', 'in_force_from', DateField(null=True)),
        migrator.add_column('milestone', 'in_force_until', DateField(null=True)),
        migrator.add_column('indicator', 'in_force_from', DateField(null=True)),
        migrator.add_column('indicator', 'in_force_until', DateField(null=True)),
    )
    db.create_tables([IndicatorChange])


def down(migrator, db):
    """Only what is in force to the end is left, with the targets from its beginning."""
    db.execute_sql('DELETE FROM milestone WHERE in_force_until IS NOT NULL')
    db.execute_sql('UPDATE indicator SET retired = TRUE WHERE in_force_until IS NOT NULL')
    migrator.migrate(
        migrator.drop_table('indicator_change'),
        migrator.drop_column('indicator', 'in_force_until'),
        migrator.drop_column('indicator', 'in_force_from'),
        migrator.drop_column('milestone', 'in_force_until'),
        migrator.drop_column('milestone', 'in_force_from'),
    )
