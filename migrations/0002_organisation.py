"""Departments, their groups, and leaders."""
from peewee import *

def up(migrator, db):
    class Department(Model):
        name = CharField(unique=True, max_length=64)
        short_name = CharField(unique=True, max_length=32)
        kind = CharField(max_length=32)
        position = IntegerField(default=0)
        needs_sign_off = BooleanField(default=True)
        active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'department'
    db.create_tables([Department])

    class DepartmentGroup(Model):
        name = CharField(unique=True, max_length=64)
        class Meta:
            database = db
            table_name = 'department_group'
    db.create_tables([DepartmentGroup])

    class DepartmentGroupMember(Model):
        group = ForeignKeyField(DepartmentGroup, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'department_group_member'
            indexes = ((('group', 'department'), True),)
    db.create_tables([DepartmentGroupMember])

    class Leader(Model):
        name = CharField(unique=True, max_length=32)
        post = CharField(max_length=64)
        position = IntegerField(default=0)
        active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'leader'
    db.create_tables([Leader])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('leader'))
    migrator.migrate(migrator.drop_table('department_group_member'))
    migrator.migrate(migrator.drop_table('department_group'))
    migrator.migrate(migrator.drop_table('department'))
