"""Directives are about measures, filings, a department's work or a document, one row each, and no longer one measure."""
import re

from peewee import *

REFERENCE = r', FOREIGN KEY \("{}"\) REFERENCES "\w+" \("id"\)( ON DELETE (RESTRICT|SET NULL|CASCADE))?'
KINDS = ('measure_id', 'department_id', 'document_id')
ONE_KIND = ' + '.join(f'(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)' for name in KINDS)


def tables(db):
    class Base(Model):
        class Meta:
            database = db

    class Directive(Base):
        class Meta:
            table_name = 'directive'

    class PlanItem(Base):
        class Meta:
            table_name = 'plan_item'

    class Filing(Base):
        class Meta:
            table_name = 'filing'

    class Department(Base):
        class Meta:
            table_name = 'department'

    class DirectiveSubject(Base):
        directive = ForeignKeyField(Directive, on_delete='CASCADE')
        measure = ForeignKeyField(PlanItem, null=True, on_delete='RESTRICT')
        filing = ForeignKeyField(Filing, null=True, on_delete='SET NULL')
        department = ForeignKeyField(Department, null=True, on_delete='RESTRICT')
        document_id = IntegerField(null=True, index=True)
        document_title = CharField(max_length=255)

        class Meta:
            table_name = 'directive_subject'
            constraints = [
                Check(f'{ONE_KIND} = 1', 'directive_subject_kind'),
                Check('filing_id IS NULL OR measure_id IS NOT NULL', 'directive_subject_filing'),
                Check("document_id IS NULL OR document_title <> ''", 'directive_subject_title'),
            ]
            indexes = ((('directive', 'measure'), True),)

    return PlanItem, Filing, DirectiveSubject


def up(migrator, db):
    subject = tables(db)[2]
    db.create_tables([subject])
    db.execute_sql(
        'INSERT INTO directive_subject (directive_id, measure_id, filing_id, document_title)'
        " SELECT id, measure_id, filing_id, '' FROM directive WHERE measure_id IS NOT NULL"
    )
    migrator.migrate(
        migrator.drop_index('directive', 'directive_measure_id'),
        migrator.drop_index('directive', 'directive_filing_id'),
    )
    if isinstance(db, SqliteDatabase):
        forget_references(db, 'measure_id', 'filing_id')
    migrator.migrate(
        migrator.drop_column('directive', 'measure_id'),
        migrator.drop_column('directive', 'filing_id'),
    )


def forget_references(db, *columns):
    """Take references out of the table's definition, as SQLite's manual has it for constraints: it drops no column that
    one names, and a table built anew beside it would take all that refers to it along when the old one is dropped.
    """
    definition = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'directive'").fetchone()[0]
    for column in columns:
        definition = re.sub(REFERENCE.format(column), '', definition)
    db.execute_sql('PRAGMA writable_schema = ON')
    db.execute_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'directive'", (definition,)
    )
    db.execute_sql('PRAGMA writable_schema = RESET')


def down(migrator, db):
    """Of several measures the first is kept; what was about a department or a document is about nothing."""
    item, filing, _ = tables(db)
    migrator.migrate(
        migrator.add_column(
            'directive', 'measure_id', ForeignKeyField(item, field=item.id, null=True, on_delete='RESTRICT')
        ),
        migrator.add_column(
            'directive', 'filing_id', ForeignKeyField(filing, field=filing.id, null=True, on_delete='SET NULL')
        ),
    )
    first = '(SELECT MIN(id) FROM directive_subject WHERE directive_id = directive.id)'
    for column in ('measure_id', 'filing_id'):
        db.execute_sql(
            f'UPDATE directive SET {column} = (SELECT s.{column} FROM directive_subject AS s WHERE s.id = {first})'
        )
    migrator.migrate(migrator.drop_table('directive_subject'))
