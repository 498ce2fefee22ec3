"""Directives go through a life cycle of their own: numbers, 主办 and 协办, receipt, more time, steps on record."""
from peewee import *


def tables(db):
    class Base(Model):
        class Meta:
            database = db

    class Leader(Base):
        class Meta:
            table_name = 'leader'

    class Department(Base):
        class Meta:
            table_name = 'department'

    class Directive(Base):
        class Meta:
            table_name = 'directive'

    class DirectiveStep(Base):
        directive = ForeignKeyField(Directive, on_delete='CASCADE')
        action = CharField(max_length=32)
        person = CharField(max_length=64)
        department = ForeignKeyField(Department, null=True, on_delete='RESTRICT')
        text = TextField()
        further = TextField()
        day = DateField(null=True)
        at = DateTimeField()

        class Meta:
            table_name = 'directive_step'

    return Leader, DirectiveStep


def up(migrator, db):
    leader, step = tables(db)
    db.create_tables([step])
    migrator.migrate(
        migrator.add_column('directive', 'number_year', IntegerField(null=True)),
        migrator.add_column('directive', 'number', IntegerField(null=True)),
        migrator.add_column('directive', 'is_confidential', BooleanField(default=False)),
        migrator.add_column(
            'directive', 'written_for_id',
            ForeignKeyField(leader, field=leader.id, null=True, on_delete='RESTRICT'),
        ),
        migrator.add_column('directive', 'first_due_on', DateField(null=True)),
        migrator.add_column('directive', 'feedback', CharField(max_length=32, default='once')),
        migrator.add_column(
            'directive', 'extension_to',
            DateField(null=True, constraints=[Check("extension_to IS NULL OR state = 'open'")]),
        ),
        migrator.add_column(
            'directive', 'closing_proposed_at',
            DateTimeField(
                null=True, constraints=[Check("closing_proposed_at IS NULL OR state = 'replied'")]
            ),
        ),
        migrator.add_column('directive_addressee', 'role', CharField(max_length=32, default='support')),
        migrator.add_column('directive_addressee', 'is_added', BooleanField(default=False)),
        migrator.add_column('directive_addressee', 'received_at', DateTimeField(null=True)),
        migrator.add_column('directive_addressee', 'received_by', CharField(max_length=64, default='')),
        migrator.add_column('directive_addressee', 'answered_at', DateTimeField(null=True)),
        migrator.add_column('directive_reply', 'is_final', BooleanField(default=True)),
        migrator.add_column('reply_draft', 'is_final', BooleanField(default=True)),
        migrator.add_column('directive_carry_over', 'former_main', IntegerField(null=True)),
    )
    state_what_was_known(db)
    number_directives(db)
    migrator.migrate(migrator.add_index('directive', ('is_confidential', 'number_year', 'number'), unique=True))


def state_what_was_known(db):
    """Whoever led the measure is 主办, else the first that was addressed; what 主办 answered is replied to."""
    for statement in (
        'UPDATE directive SET written_for_id = leader_id',
        "UPDATE directive SET state = 'noted', closed_at = NULL, due_on = NULL WHERE kind = 'noted'",
        'UPDATE directive_addressee SET answered_at = (SELECT MAX(r.at) FROM directive_reply AS r'
        ' WHERE r.directive_id = directive_addressee.directive_id'
        ' AND r.department_id = directive_addressee.department_id)',
        "UPDATE directive_addressee SET role = 'main' WHERE EXISTS (SELECT 1 FROM assignment AS a"
        ' JOIN directive AS d ON a.item_id = d.measure_id WHERE d.id = directive_addressee.directive_id'
        " AND a.department_id = directive_addressee.department_id AND a.role = 'lead')",
        "UPDATE directive_addressee SET role = 'support' WHERE role = 'main' AND EXISTS (SELECT 1"
        ' FROM directive_addressee AS o WHERE o.directive_id = directive_addressee.directive_id'
        " AND o.role = 'main' AND o.id < directive_addressee.id)",
        "UPDATE directive_addressee SET role = 'main' WHERE id IN (SELECT MIN(id) FROM directive_addressee"
        " GROUP BY directive_id HAVING SUM(CASE WHEN role = 'main' THEN 1 ELSE 0 END) = 0)",
        "UPDATE directive SET state = 'replied' WHERE state = 'open' AND EXISTS (SELECT 1"
        ' FROM directive_addressee AS a WHERE a.directive_id = directive.id'
        " AND a.role = 'main' AND a.answered_at IS NOT NULL)",
        'INSERT INTO directive_step (directive_id, action, person, text, further, at)'
        " SELECT d.id, 'close_directive', e.person, '', '', d.closed_at FROM event AS e"
        " JOIN directive AS d ON d.id = e.object_id WHERE e.object_kind = 'Directive'"
        " AND e.action = 'close_directive' AND d.state = 'closed'",
    ):
        db.execute_sql(statement)


def number_directives(db):
    numbers = {}
    place = db.param
    rows = db.execute_sql('SELECT id, created_at FROM directive ORDER BY created_at, id').fetchall()
    for row, created_at in rows:
        year = int(str(created_at)[:4])
        numbers[year] = numbers.get(year, 0) + 1
        db.execute_sql(
            f'UPDATE directive SET number_year = {place}, number = {place} WHERE id = {place}',
            (year, numbers[year], row),
        )


def down(migrator, db):
    """Steps, numbers, and who is 主办 are lost; what was withdrawn or only noted is closed."""
    db.execute_sql(
        "UPDATE directive SET state = 'closed', closed_at = created_at, extension_to = NULL,"
        " closing_proposed_at = NULL WHERE state IN ('withdrawn', 'noted')"
    )
    columns = {
        'directive_carry_over': ('former_main',),
        'reply_draft': ('is_final',),
        'directive_reply': ('is_final',),
        'directive_addressee': ('answered_at', 'received_by', 'received_at', 'is_added', 'role'),
        'directive': (
            'closing_proposed_at', 'extension_to', 'feedback', 'first_due_on', 'is_confidential', 'number',
            'number_year',
        ),
    }
    migrator.migrate(
        migrator.drop_index('directive', 'directive_is_confidential_number_year_number'),
        migrator.drop_index('directive', 'directive_written_for_id'),
        migrator.drop_column('directive', 'written_for_id'),
        *(migrator.drop_column(table, name) for table, names in columns.items() for name in names),
        migrator.drop_table('directive_step'),
    )
