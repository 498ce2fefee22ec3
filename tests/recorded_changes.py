"""What operations change in the whole database, one after the other, or how they refuse: kept in changes.json.

A change that is meant: `REWRITE_CHANGES=1 pytest -n0 tests/<feature>/test_changes.py`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.audit.models import EventChain
from app.base.errors import BadInput, DomainError, FieldProblems
from app.maintenance.all_tables import TABLES

# What is drawn by chance, or follows from it.
DRAWN = frozenset(
    {"password_hash", "token_hash", "browser_hash", "name_digest", "previous_hash", "hash", "data"}
)
LONG = 160
Rows = dict[str, dict[str, str]]


def rows_of_tables() -> dict[tuple[str, int], dict[str, str]]:
    return {
        (table._meta.table_name, row["id"]): {
            name: shortened(str(value)) for name, value in row.items() if name not in DRAWN and name != "id"
        }
        for table in TABLES
        if table is not EventChain
        for row in table.select().dicts()
    }


def shortened(value: str) -> str:
    return (
        value if len(value) <= LONG else f"{value[:LONG]}… {hashlib.sha256(value.encode()).hexdigest()[:8]}"
    )


def rows_by_name(first_new: dict[str, int]) -> Rows:
    """The rows, of which those that came since are counted again: how many were there before is no matter."""

    def name_of(table: str, number: int) -> str:
        since = number - first_new[table]
        return f"new {table} {since}" if since > 0 else f"{table} {number}"

    return {name_of(*key): row for key, row in rows_of_tables().items()}


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
    """Steps by name, each with what it changed, or how it was refused and that nothing else changed."""

    path: Path
    steps: dict[str, list[str]] = field(default_factory=dict)
    first_new: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        for table, number in rows_of_tables():
            self.first_new[table] = max(number, self.first_new[table])

    def record(self, name: str, operation: Callable[[], Any]) -> Any:
        before, result, outcome = rows_by_name(self.first_new), None, []
        try:
            result = operation()
        except DomainError as error:
            outcome = [refusal_of(error)]
        assert name not in self.steps
        self.steps[name] = outcome + differences(before, rows_by_name(self.first_new))
        return result

    def compare(self) -> None:
        if os.environ.get("REWRITE_CHANGES"):
            self.path.write_text(
                f"{json.dumps(self.steps, ensure_ascii=False, indent=1)}\n", encoding="utf-8"
            )
        assert self.steps == json.loads(self.path.read_text(encoding="utf-8"))


def changes_beside(test_file: str) -> RecordedChanges:
    return RecordedChanges(Path(test_file).with_name("changes.json"))
