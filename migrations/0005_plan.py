"""The plan's tree, its assignments and targets, and its quarters."""
from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = 'department'

    class DepartmentGroup(Model):
        class Meta:
            database = db
            table_name = 'department_group'

    class Leader(Model):
        class Meta:
            database = db
            table_name = 'leader'

    class Plan(Model):
        title = CharField()
        year = IntegerField(unique=True)
        issuer = CharField()
        document_number = CharField(null=True, max_length=64)
        issued_on = DateField(null=True)
        lead_in = TextField(default='')
        source_text = TextField()
        source_sha256 = CharField(unique=True, max_length=64)
        import_warnings = JSONField(default=list)
        imported_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'plan'
    db.create_tables([Plan])

    class PlanItem(Model):
        plan = ForeignKeyField(Plan, on_delete='CASCADE')
        parent = ForeignKeyField('self', null=True, on_delete='CASCADE')
        kind = CharField(max_length=32)
        number = CharField(max_length=16)
        position = IntegerField()
        sequence = IntegerField()
        title = CharField(max_length=512)
        text = TextField(default='')
        yearly_target = TextField(default='')
        leader = ForeignKeyField(Leader, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'plan_item'
            indexes = ((('plan', 'sequence'), True), (('plan', 'kind', 'position'), True))
    db.create_tables([PlanItem])

    class Assignment(Model):
        item = ForeignKeyField(PlanItem, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        role = CharField(max_length=32)
        group = ForeignKeyField(DepartmentGroup, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'assignment'
            indexes = ((('item', 'department'), True),)
    db.create_tables([Assignment])

    class CalendarException(Model):
        day = DateField(unique=True)
        is_working_day = BooleanField()
        note = CharField(default='')
        class Meta:
            database = db
            table_name = 'calendar_exception'
    db.create_tables([CalendarException])

    class Indicator(Model):
        measure = ForeignKeyField(PlanItem, on_delete='CASCADE')
        name = CharField(max_length=64)
        unit = CharField(max_length=16)
        yearly_target = CharField(max_length=32)
        position = IntegerField()
        retired = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'indicator'
            indexes = ((('measure', 'name'), True),)
    db.create_tables([Indicator])

    class Milestone(Model):
        item = ForeignKeyField(PlanItem, on_delete='CASCADE')
        quarter = IntegerField()
        text = CharField()
        target = CharField(null=True, max_length=32)
        class Meta:
            database = db
            table_name = 'milestone'
    db.create_tables([Milestone])

    class Period(Model):
        plan = ForeignKeyField(Plan, on_delete='CASCADE')
        year = IntegerField()
        number = IntegerField()
        opens_on = DateField()
        department_due = DateField()
        office_due = DateField()
        leader_due = DateField()
        grace_days = IntegerField(default=0)
        closed_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'period'
            indexes = ((('plan', 'number'), True), (('year', 'number'), True))
    db.create_tables([Period])

    class Unlock(Model):
        period = ForeignKeyField(Period, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        until = DateTimeField()
        reason = TextField()
        person = CharField(max_length=64)
        created_at = DateTimeField()
        locked_again_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'unlock'
            indexes = ((('period', 'department'), False),)
    db.create_tables([Unlock])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('unlock'))
    migrator.migrate(migrator.drop_table('period'))
    migrator.migrate(migrator.drop_table('milestone'))
    migrator.migrate(migrator.drop_table('indicator'))
    migrator.migrate(migrator.drop_table('calendar_exception'))
    migrator.migrate(migrator.drop_table('assignment'))
    migrator.migrate(migrator.drop_table('plan_item'))
    migrator.migrate(migrator.drop_table('plan'))
