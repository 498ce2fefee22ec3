"""Each indicator says how its quarters make a year; of a ratio, filings carry numerator and denominator."""
from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column('indicator', 'cumulation_rule', CharField(max_length=32, default='latest')),
        migrator.add_column('indicator_value', 'base', CharField(max_length=32, null=True)),
        migrator.drop_not_null('indicator_value', 'value'),
    )


def down(migrator, db):
    """A numerator that nobody has written yet is not a value."""
    db.execute_sql('DELETE FROM indicator_value WHERE value IS NULL')
    migrator.migrate(
        migrator.add_not_null('indicator_value', 'value'),
        migrator.drop_column('indicator_value', 'base'),
        migrator.drop_column('indicator', 'cumulation_rule'),
    )
