"""Departments end or merge from a day on and keep their former names; leaders are in office from a day to a day."""
from datetime import date

from peewee import *


def up(migrator, db):
    class Department(Model):
        active, ended_on = BooleanField(), DateField(null=True)
        class Meta:
            database = db
            table_name = 'department'

    class Leader(Model):
        active, serves_until = BooleanField(), DateField(null=True)
        class Meta:
            database = db
            table_name = 'leader'

    merged = Check('merged_into_id IS NULL OR ended_on IS NOT NULL')
    served = Check('serves_until IS NULL OR serves_from IS NULL OR serves_until >= serves_from')
    migrator.migrate(
        migrator.add_column('department', 'ended_on', DateField(null=True)),
        migrator.add_column(
            'department', 'merged_into_id',
            ForeignKeyField(Department, field=Department.id, null=True, on_delete='RESTRICT', constraints=[merged]),
        ),
        migrator.add_column('leader', 'serves_from', DateField(null=True)),
        migrator.add_column('leader', 'serves_until', DateField(null=True, constraints=[served])),
        migrator.add_column('leader', 'is_acting', BooleanField(default=False)),
    )
    Department.update(ended_on=date.today()).where(~Department.active).execute()
    Leader.update(serves_until=date.today()).where(~Leader.active).execute()
    migrator.migrate(
        migrator.drop_column('department', 'active'),
        migrator.drop_column('leader', 'active'),
    )

    class DepartmentFormerName(Model):
        department = ForeignKeyField(Department, on_delete='CASCADE')
        name = CharField(max_length=64)
        short_name = CharField(max_length=32)
        replaced_on = DateField()
        class Meta:
            database = db
            table_name = 'department_former_name'

    db.create_tables([DepartmentFormerName])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table('department_former_name'),
        migrator.add_column('department', 'active', BooleanField(default=True)),
        migrator.add_column('leader', 'active', BooleanField(default=True)),
    )
    db.execute_sql('UPDATE department SET active = FALSE WHERE ended_on IS NOT NULL')
    db.execute_sql('UPDATE leader SET active = FALSE WHERE serves_until IS NOT NULL')
    migrator.migrate(
        migrator.drop_index('department', 'department_merged_into_id'),
        migrator.drop_column('department', 'merged_into_id'),
        migrator.drop_column('department', 'ended_on'),
        migrator.drop_column('leader', 'is_acting'),
        migrator.drop_column('leader', 'serves_until'),
        migrator.drop_column('leader', 'serves_from'),
    )
