"""Directives, whom they are addressed to, and replies."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class Filing(Model):
        class Meta:
            database = db
            table_name = "filing"

    class Leader(Model):
        class Meta:
            database = db
            table_name = "leader"

    class PlanItem(Model):
        class Meta:
            database = db
            table_name = "plan_item"

    class Directive(Model):
        version = IntegerField(constraints=[Check("version >= 1")])
        kind = CharField(max_length=32)
        state = CharField(index=True, max_length=32)
        leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
        author = CharField(max_length=64)
        entered_by = CharField(max_length=64)
        measure = ForeignKeyField(PlanItem, null=True, on_delete="RESTRICT")
        filing = ForeignKeyField(Filing, null=True, on_delete="SET NULL")
        text = TextField()
        due_on = DateField(null=True)
        created_at = DateTimeField()
        closed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "directive"
            constraints = [
                Check("(state = 'closed') = (closed_at IS NOT NULL)", "directive_closed"),
            ]

    db.create_tables([Directive])

    class DirectiveAddressee(Model):
        directive = ForeignKeyField(Directive, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "directive_addressee"
            indexes = ((("directive", "department"), True),)

    db.create_tables([DirectiveAddressee])

    class DirectiveReply(Model):
        directive = ForeignKeyField(Directive, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")
        text = TextField()
        person = CharField(max_length=64)
        at = DateTimeField()

        class Meta:
            database = db
            table_name = "directive_reply"

    db.create_tables([DirectiveReply])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("directive_reply"))
    migrator.migrate(migrator.drop_table("directive_addressee"))
    migrator.migrate(migrator.drop_table("directive"))
