"""What a plan makes of the unfinished measures and the open directives of the year before (结转)."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("import_draft", "carry_overs", JSONField(null=True)))

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class PlanItem(Model):
        class Meta:
            database = db
            table_name = "plan_item"

    class Directive(Model):
        class Meta:
            database = db
            table_name = "directive"

    class MeasureCarryOver(Model):
        plan = ForeignKeyField(Plan, backref="+", on_delete="CASCADE")
        measure = ForeignKeyField(PlanItem, backref="+", unique=True, on_delete="CASCADE")
        successor = ForeignKeyField(PlanItem, backref="+", null=True, on_delete="CASCADE")
        reason = TextField()
        made_by = CharField(max_length=64)
        made_at = DateTimeField()

        class Meta:
            database = db
            table_name = "measure_carry_over"
            constraints = [Check("successor_id IS NOT NULL OR reason <> ''", "measure_carry_over_reason")]

    class DirectiveCarryOver(Model):
        directive = ForeignKeyField(Directive, backref="+", on_delete="CASCADE")
        carry_over = ForeignKeyField(MeasureCarryOver, backref="+", on_delete="CASCADE")
        former_addressees = JSONField()

        class Meta:
            database = db
            table_name = "directive_carry_over"
            indexes = ((("directive", "carry_over"), True),)

    db.create_tables([MeasureCarryOver, DirectiveCarryOver])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("directive_carry_over"))
    migrator.migrate(migrator.drop_table("measure_carry_over"))
    migrator.migrate(migrator.drop_column("import_draft", "carry_overs"))
