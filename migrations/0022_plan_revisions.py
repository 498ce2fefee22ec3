"""Who answers for a measure, and its wording, change from a day on; what was published stays."""
from peewee import *


def up(migrator, db):
    class Plan(Model):
        class Meta:
            database = db
            table_name = 'plan'

    class PlanItem(Model):
        class Meta:
            database = db
            table_name = 'plan_item'

    class Leader(Model):
        class Meta:
            database = db
            table_name = 'leader'

    class PlanRevision(Model):
        plan = ForeignKeyField(Plan, on_delete='CASCADE')
        effective_on = DateField()
        reason = TextField()
        paper = CharField(max_length=255)
        made_by = CharField(max_length=64)
        made_at = DateTimeField()

        class Meta:
            database = db
            table_name = 'plan_revision'

    class ItemChange(Model):
        revision = ForeignKeyField(PlanRevision, on_delete='CASCADE')
        item = ForeignKeyField(PlanItem, on_delete='CASCADE')
        aspect = CharField(max_length=32)
        words = TextField()
        leader = ForeignKeyField(Leader, null=True, on_delete='RESTRICT')

        class Meta:
            database = db
            table_name = 'item_change'
            indexes = ((('revision', 'item', 'aspect'), True),)

    db.create_tables([PlanRevision, ItemChange])
    migrator.migrate(
        migrator.add_column('assignment', 'in_force_from', DateField(null=True)),
        migrator.add_column('assignment', 'in_force_until', DateField(null=True)),
        migrator.drop_index('assignment', 'assignment_item_id_department_id'),
        migrator.add_index('assignment', ('item_id', 'role', 'department_id', 'in_force_from'), True),
    )


def down(migrator, db):
    """Only those who answer to the end are left: no two may stand for one department."""
    db.execute_sql('DELETE FROM assignment WHERE in_force_until IS NOT NULL')
    migrator.migrate(
        migrator.drop_index('assignment', 'assignment_item_id_role_department_id_in_force_from'),
        migrator.add_index('assignment', ('item_id', 'department_id'), True),
        migrator.drop_column('assignment', 'in_force_until'),
        migrator.drop_column('assignment', 'in_force_from'),
    )
    migrator.migrate(migrator.drop_table('item_change'), migrator.drop_table('plan_revision'))
