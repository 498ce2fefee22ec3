"""The plan's tree, its assignments and targets."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class DepartmentGroup(Model):
        class Meta:
            database = db
            table_name = "department_group"

    class Leader(Model):
        class Meta:
            database = db
            table_name = "leader"

    class Plan(Model):
        title = CharField()
        year = IntegerField(unique=True)
        issuer = CharField()
        document_number = CharField(null=True, max_length=64)
        issued_on = DateField(null=True)
        lead_in = TextField()
        source_text = TextField()
        source_sha256 = CharField(unique=True, max_length=64)
        import_warnings = JSONField()
        imported_at = DateTimeField()

        class Meta:
            database = db
            table_name = "plan"
            constraints = [
                Check("year BETWEEN 2000 AND 2100", "plan_year"),
            ]

    db.create_tables([Plan])

    class PlanItem(Model):
        plan = ForeignKeyField(Plan, on_delete="CASCADE")
        parent = ForeignKeyField("self", null=True, on_delete="CASCADE")
        kind = CharField(max_length=32)
        number = CharField(max_length=16)
        position = IntegerField()
        sequence = IntegerField()
        title = CharField(max_length=512)
        text = TextField()
        yearly_target = TextField()
        leader = ForeignKeyField(Leader, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "plan_item"
            constraints = [
                Check("position >= 0 AND sequence >= 0", "plan_item_place"),
            ]
            indexes = ((("plan", "sequence"), True), (("plan", "kind", "position"), True))

    db.create_tables([PlanItem])

    class Assignment(Model):
        item = ForeignKeyField(PlanItem, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")
        role = CharField(max_length=32)
        group = ForeignKeyField(DepartmentGroup, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "assignment"
            indexes = ((("item", "department"), True),)

    db.create_tables([Assignment])

    class Milestone(Model):
        item = ForeignKeyField(PlanItem, on_delete="CASCADE")
        quarter = IntegerField()
        text = CharField()
        target = CharField(null=True, max_length=32)

        class Meta:
            database = db
            table_name = "milestone"
            constraints = [
                Check("quarter BETWEEN 1 AND 4", "milestone_quarter"),
            ]

    db.create_tables([Milestone])

    class Indicator(Model):
        measure = ForeignKeyField(PlanItem, on_delete="CASCADE")
        name = CharField(max_length=64)
        unit = CharField(max_length=16)
        yearly_target = CharField(max_length=32)
        position = IntegerField()
        retired = BooleanField()

        class Meta:
            database = db
            table_name = "indicator"
            constraints = [
                Check("position >= 0", "indicator_position"),
            ]
            indexes = ((("measure", "name"), True),)

    db.create_tables([Indicator])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("indicator"))
    migrator.migrate(migrator.drop_table("milestone"))
    migrator.migrate(migrator.drop_table("assignment"))
    migrator.migrate(migrator.drop_table("plan_item"))
    migrator.migrate(migrator.drop_table("plan"))
