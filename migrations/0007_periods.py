"""Quarters, unlocks, and the exceptions of the working calendar."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Period(Model):
        plan = ForeignKeyField(Plan, on_delete="CASCADE")
        year = IntegerField()
        number = IntegerField()
        opens_on = DateField()
        department_due = DateField()
        office_due = DateField()
        leader_due = DateField()
        grace_days = IntegerField()
        closed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "period"
            constraints = [
                Check("number BETWEEN 1 AND 4", "period_number"),
                Check(
                    "opens_on <= department_due AND department_due <= office_due AND office_due <= leader_due",
                    "period_days",
                ),
                Check("grace_days >= 0", "period_grace"),
            ]
            indexes = ((("plan", "number"), True), (("year", "number"), True))

    db.create_tables([Period])

    class Unlock(Model):
        period = ForeignKeyField(Period, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")
        until = DateTimeField()
        reason = TextField()
        person = CharField(max_length=64)
        created_at = DateTimeField()
        locked_again_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "unlock"
            indexes = ((("period", "department"), False),)

    db.create_tables([Unlock])

    class CalendarException(Model):
        day = DateField(unique=True)
        is_working_day = BooleanField()
        note = CharField()

        class Meta:
            database = db
            table_name = "calendar_exception"

    db.create_tables([CalendarException])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("calendar_exception"))
    migrator.migrate(migrator.drop_table("unlock"))
    migrator.migrate(migrator.drop_table("period"))
