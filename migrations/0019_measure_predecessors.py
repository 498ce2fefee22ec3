"""Which measures of the year before a measure goes on from."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("import_draft", "predecessors", JSONField(null=True)))

    class PlanItem(Model):
        class Meta:
            database = db
            table_name = "plan_item"

    class MeasurePredecessor(Model):
        measure = ForeignKeyField(PlanItem, backref="+", on_delete="CASCADE")
        predecessor = ForeignKeyField(PlanItem, backref="+", on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "measure_predecessor"
            indexes = ((("measure", "predecessor"), True),)

    db.create_tables([MeasurePredecessor])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("measure_predecessor"))
    migrator.migrate(migrator.drop_column("import_draft", "predecessors"))
