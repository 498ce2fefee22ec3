"""Which rows of all tables an operation changes or deletes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.audit.models import EventChain
from app.base.database import BaseTable
from app.maintenance.all_tables import TABLES

Rows = dict[type[BaseTable], set[int]]


def all_rows() -> dict[tuple[type[BaseTable], int], tuple[Any, ...]]:
    return {(table, row[0]): row for table in TABLES for row in table.select().tuples()}


def changed_rows(operation: Callable[[], object]) -> Rows:
    """Return the rows that an operation changed or deleted, but for the end of the log, which it always moves."""
    before = all_rows()
    operation()
    after = all_rows()
    changed: Rows = {}
    for (table, number), row in before.items():
        if after.get((table, number)) != row and table is not EventChain:
            changed.setdefault(table, set()).add(number)
    return changed


def ids(*rows: BaseTable) -> set[int]:
    return {row.id for row in rows}
