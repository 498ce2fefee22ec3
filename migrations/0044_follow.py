"""Who follows which measure, directive or department."""
from peewee import *

KINDS = ('measure_id', 'directive_id', 'department_id')
ONE_KIND = ' + '.join(f'(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)' for name in KINDS)


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Account(Base):
        class Meta:
            table_name = 'account'

    class PlanItem(Base):
        class Meta:
            table_name = 'plan_item'

    class Directive(Base):
        class Meta:
            table_name = 'directive'

    class Department(Base):
        class Meta:
            table_name = 'department'

    class Follow(Base):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        measure = ForeignKeyField(PlanItem, null=True, on_delete='CASCADE')
        directive = ForeignKeyField(Directive, null=True, on_delete='CASCADE')
        department = ForeignKeyField(Department, null=True, on_delete='CASCADE')
        noticed_at = DateTimeField()

        class Meta:
            table_name = 'follow'
            constraints = [Check(f'{ONE_KIND} = 1', 'follow_kind')]
            indexes = (
                (('account', 'measure'), True),
                (('account', 'directive'), True),
                (('account', 'department'), True),
            )

    db.create_tables([Follow])


def down(migrator, db):
    """What was followed is no longer known."""
    migrator.migrate(migrator.drop_table('follow'))
