"""Departments, their groups, the organs that issue documents, and leaders."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        name = CharField(unique=True, max_length=64)
        short_name = CharField(unique=True, max_length=32)
        kind = CharField(max_length=32)
        position = IntegerField()
        needs_sign_off = BooleanField()
        active = BooleanField()

        class Meta:
            database = db
            table_name = "department"
            constraints = [
                Check("position >= 0", "department_position"),
            ]

    db.create_tables([Department])

    class DepartmentGroup(Model):
        name = CharField(unique=True, max_length=64)

        class Meta:
            database = db
            table_name = "department_group"

    db.create_tables([DepartmentGroup])

    class DepartmentGroupMember(Model):
        group = ForeignKeyField(DepartmentGroup, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "department_group_member"
            indexes = ((("group", "department"), True),)

    db.create_tables([DepartmentGroupMember])

    class Issuer(Model):
        name = CharField(unique=True, max_length=64)
        word = CharField(max_length=32)
        position = IntegerField()

        class Meta:
            database = db
            table_name = "issuer"
            constraints = [
                Check("position >= 0", "issuer_position"),
            ]

    db.create_tables([Issuer])

    class Leader(Model):
        name = CharField(unique=True, max_length=32)
        post = CharField(max_length=64)
        position = IntegerField()
        active = BooleanField()

        class Meta:
            database = db
            table_name = "leader"
            constraints = [
                Check("position >= 0", "leader_position"),
            ]

    db.create_tables([Leader])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("leader"))
    migrator.migrate(migrator.drop_table("issuer"))
    migrator.migrate(migrator.drop_table("department_group_member"))
    migrator.migrate(migrator.drop_table("department_group"))
    migrator.migrate(migrator.drop_table("department"))
