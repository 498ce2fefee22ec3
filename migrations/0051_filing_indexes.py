"""A quarter's filings are counted from an index alone; their state has none of its own.

By an index of the state SQLite read the accepted filings of every year instead of those on a plan's measures.
"""
from peewee import *

BY_DEPARTMENT = ('period_id', 'department_id')
COUNTED = (*BY_DEPARTMENT, 'state', 'return_kind')


def up(migrator, db):
    migrator.migrate(
        migrator.drop_index('filing', 'filing_state'),
        migrator.drop_index('filing', 'filing_period_id_department_id'),
        migrator.add_index('filing', COUNTED),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index('filing', 'filing_period_id_department_id_state_return_kind'),
        migrator.add_index('filing', BY_DEPARTMENT),
        migrator.add_index('filing', ('state',)),
    )
