"""A department's former names come with its row, and rows of the organisation name the version that was read."""

import datetime

from peewee import *

VERSIONED = ('department', 'department_group', 'leader', 'issuer')


def up(migrator, db):
    class Department(Model):
        earlier_names = JSONField(null=True)
        class Meta:
            database = db
            table_name = 'department'

    version = Check('version >= 1')
    migrator.migrate(
        migrator.add_column('department', 'earlier_names', JSONField(null=True)),
        *(
            migrator.add_column(table, 'version', IntegerField(default=1, constraints=[version]))
            for table in VERSIONED
        ),
    )
    names = {}
    rows = db.execute_sql(
        'SELECT department_id, name, short_name, replaced_on FROM department_former_name ORDER BY replaced_on, id'
    )
    for department, name, short_name, replaced_on in rows.fetchall():
        former = {'name': name, 'short_name': short_name, 'replaced_on': str(replaced_on)}
        names.setdefault(department, []).append(former)
    for department, former in names.items():
        Department.update(earlier_names=former).where(Department.id == department).execute()
    migrator.migrate(migrator.drop_table('department_former_name'))


def down(migrator, db):
    class Department(Model):
        earlier_names = JSONField(null=True)
        class Meta:
            database = db
            table_name = 'department'

    class DepartmentFormerName(Model):
        department = ForeignKeyField(Department, on_delete='CASCADE')
        name = CharField(max_length=64)
        short_name = CharField(max_length=32)
        replaced_on = DateField()
        class Meta:
            database = db
            table_name = 'department_former_name'

    db.create_tables([DepartmentFormerName])
    for department in Department.select():
        for former in department.earlier_names or ():
            day = datetime.date.fromisoformat(former['replaced_on'])
            DepartmentFormerName.create(department=department.id, **{**former, 'replaced_on': day})
    migrator.migrate(
        migrator.drop_column('department', 'earlier_names'),
        *(migrator.drop_column(table, 'version') for table in VERSIONED),
    )
