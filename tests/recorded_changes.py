"""What operations change in the whole database, one after the other, or how they refuse: kept in changes.json.

A change that is meant: `REWRITE_CHANGES=1 pytest -n0 tests/<feature>/test_changes.py`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.audit.models import EventChain
from app.base.clock import clock_stopped_at
from app.base.database import BaseTable, database
from app.base.errors import BadInput, DomainError, FieldProblems
from app.maintenance.all_tables import TABLES

# What is drawn by chance, or follows from it.
DRAWN = frozenset(
    {"password_hash", "token_hash", "browser_hash", "name_digest", "previous_hash", "hash", "data"}
)
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
# A workbook holds the moment at which it was written, and is packed as tightly as that allows.
FORM_SIZE = re.compile(r"('quarter': '\w+', 'sha256': '<digest>', 'bytes': )\d+")
# A whole plan, and a whole document: every word of theirs would change what is kept here.
WHOLE_TEXTS = frozenset({("document", "facts"), ("document", "content")})
LONG = 160
Rows = dict[str, dict[str, str]]


def rows_of_tables() -> dict[tuple[str, int], dict[str, str]]:
    return {
        (table._meta.table_name, row["id"]): {
            name: shortened(str(value))
            for name, value in row.items()
            if name not in DRAWN and name != "id" and (table._meta.table_name, name) not in WHOLE_TEXTS
        }
        for table in TABLES
        if table is not EventChain
        for row in table.raw(statement_of(table)).dicts()
    }


@cache
def statement_of(table: type[BaseTable]) -> str:
    """Return what reads a table: written once, as peewee takes longer for that than SQLite to read the rows."""
    return str(table.select().sql()[0])


def shortened(value: str) -> str:
    value = FORM_SIZE.sub(r"\1<size>", DIGEST.sub("<digest>", value))
    return (
        value if len(value) <= LONG else f"{value[:LONG]}… {hashlib.sha256(value.encode()).hexdigest()[:8]}"
    )


def rows_by_name(first_new: dict[str, int]) -> Rows:
    return {name_of_row(*key, first_new): row for key, row in rows_of_tables().items()}


def name_of_row(table: str, number: int, first_new: dict[str, int]) -> str:
    """Name a row; those that came since are counted again: how many were there before is no matter."""
    since = number - first_new[table]
    return f"new {table} {since}" if since > 0 else f"{table} {number}"


def differences(before: Rows, after: Rows) -> list[str]:
    lines = [f"- {name}" for name in before if name not in after]
    for name, row in after.items():
        former = before.get(name, {})
        changed = ", ".join(f"{key}={value}" for key, value in row.items() if former.get(key) != value)
        if changed:
            lines.append(f"{'~' if name in before else '+'} {name}: {changed}")
    return lines


def refusal_of(error: DomainError) -> str:
    places = (
        error.fields
        if isinstance(error, FieldProblems)
        else error.problems
        if isinstance(error, BadInput)
        else ()
    )
    return f"{type(error).__name__}: {error.sentence} {places or ''}".strip()


@dataclass
class RecordedChanges:
    """Steps by name, each with what it changed, or how it was refused and that nothing else changed.

    begin: from then on each step comes a minute after the one before, so that a time written once more shows.
    """

    path: Path
    begin: datetime | None = None
    steps: dict[str, list[str]] = field(default_factory=dict)
    first_new: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    read: tuple[int, Rows] = (-1, {})

    def __post_init__(self) -> None:
        for table, number in rows_of_tables():
            self.first_new[table] = max(number, self.first_new[table])

    def record(self, name: str, operation: Callable[[], Any]) -> Any:
        before, result, outcome = self.rows_now(), None, []
        stopped = (
            clock_stopped_at(self.begin + timedelta(minutes=len(self.steps))) if self.begin else nullcontext()
        )
        try:
            with stopped:
                result = operation()
        except DomainError as error:
            outcome = [refusal_of(error)]
        assert name not in self.steps
        self.steps[name] = outcome + self.result_in_words(result) + differences(before, self.rows_now())
        return result

    def result_in_words(self, result: object) -> list[str]:
        """Say what an operation returns, where that is a row or can be read."""
        if isinstance(result, BaseTable):
            table = result._meta.table_name
            return [f"= {name_of_row(table, result.id, self.first_new)}"]
        return [f"= {shortened(str(result))}"] if isinstance(result, str | int | tuple) else []

    def rows_now(self) -> Rows:
        """Read the rows again only where SQLite has written any since: a step begins where the last one ended."""
        written = database.connection().total_changes
        if written != self.read[0]:
            self.read = (written, rows_by_name(self.first_new))
        return self.read[1]

    def compare(self) -> None:
        if os.environ.get("REWRITE_CHANGES"):
            self.path.write_text(
                f"{json.dumps(self.steps, ensure_ascii=False, indent=1)}\n", encoding="utf-8"
            )
        assert self.steps == json.loads(self.path.read_text(encoding="utf-8"))


def changes_beside(test_file: str, begin: datetime | None = None) -> RecordedChanges:
    return RecordedChanges(Path(test_file).with_name("changes.json"), begin)
