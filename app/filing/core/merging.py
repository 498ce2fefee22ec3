"""Merging what several people write into one filing at the same time, field by field: pure.

Who writes says with each save how every field stood when it was read: a mark, which tells texts apart without carrying
them. What was not touched since stays as it is stored; what only one touched is theirs; only what both touched, and not
in the same way, is a conflict, and there what is stored stays until a person has seen both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.base.text import plain_text
from app.filing.core.content import FIELD_LABELS, LONG_TEXTS, FilingContent, Tick
from app.plan.core.numbers import plain_number

# The fields of a filing by the names that they have in its form: progress, done_7, note_7, indicator_9, base_9,
# reached_3, filled.
FieldValues = Mapping[str, Any]
FieldMarks = Mapping[str, str]

FILLED = "filled"
MARK_DIGITS = 12
# What makes sense only together is touched together.
TIED_FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset({"light", "light_reason"}) for name in ("light", "light_reason")
}
# What stands in a field that nobody wrote in.
BLANK_PARTS: Mapping[str, Any] = {
    "done": False,
    "note": "",
    "indicator": None,
    "base": None,
    "reached": False,
}


@dataclass(frozen=True)
class WrittenFields:
    """What somebody wrote: every field of the page or the sheet as it stands there, and its mark when it was read.

    A field without a mark was not there to be read. `not_taken` are those that cannot be stored as they are written.
    """

    values: FieldValues
    marks: FieldMarks
    not_taken: Collection[str] = ()


@dataclass(frozen=True)
class WrittenFiling:
    """A filing as its page sent it: `marks` are those of the fields when they were read; a page of an older program has
    none, and names only the version. `own` are the versions that the page saved itself since it was read at `version`;
    `unreadable` fields hold something that is no value at all.
    """

    content: FilingContent
    filled: bool
    version: int
    marks: FieldMarks | None = None
    own: frozenset[int] = frozenset()
    unreadable: frozenset[str] = frozenset()

    def marks_over(self, stored: FieldValues, version: int) -> FieldMarks:
        """Return the marks; without any, those of what is stored if it was read at this version, else unlike all."""
        if self.marks is not None:
            return self.marks
        return marks_of(stored) if self.version == version else dict.fromkeys(stored, "")


@dataclass(frozen=True)
class MergedFields:
    """What is to be stored. `conflicts` are fields that both touched; `brought` those that only others touched.

    `marks` are those of the page from now on: of what is stored now, and of what it had read where that is still open.
    """

    values: dict[str, Any]
    conflicts: frozenset[str] = frozenset()
    brought: frozenset[str] = frozenset()
    marks: dict[str, str] = field(default_factory=dict)


def merge_fields(written: WrittenFields, stored: FieldValues) -> MergedFields:
    """Return what is to be stored of what was written over what is stored now."""
    mine, theirs = written.values, marks_of(stored)
    left_out = with_tied(written.not_taken)
    own = marks_of({name: mine[name] for name in mine if name in stored})
    touched = with_tied(name for name in own if own[name] != written.marks.get(name, own[name])) - left_out
    moved = with_tied(name for name in own if theirs[name] != written.marks.get(name, theirs[name]))
    differing = with_tied(name for name in own if own[name] != theirs[name])
    conflicts = touched & moved & differing
    taken = touched - conflicts
    values = {name: mine[name] if name in taken else value for name, value in stored.items()}
    still_open = conflicts | left_out
    return MergedFields(
        values=values,
        conflicts=frozenset(conflicts & own.keys()),
        brought=frozenset((moved & differing & own.keys()) - touched - left_out),
        marks={
            name: written.marks.get(name, mark) if name in still_open else mark for name, mark in own.items()
        },
    )


def with_tied(names: Iterable[str]) -> set[str]:
    """Return the names with those that are touched together with one of them."""
    return {tied for name in names for tied in TIED_FIELDS.get(name, (name,))}


def fields_of_content(content: FilingContent, *, filled: bool = False) -> dict[str, Any]:
    """Return the fields of a filing by the names that they have in its form."""
    fields: dict[str, Any] = {name: getattr(content, name) for name in FIELD_LABELS}
    for key, tick in content.ticks.items():
        fields |= {f"done_{key}": tick.done, f"note_{key}": tick.note}
    fields |= {f"indicator_{key}": value for key, value in content.indicators.items()}
    fields |= {f"base_{key}": value for key, value in content.bases.items()}
    fields |= {f"reached_{key}": reached for key, reached in content.milestones.items()}
    return fields | {FILLED: filled}


def complete_fields(stored: FieldValues, names: Iterable[str]) -> dict[str, Any]:
    """Return the stored fields with those parts of these names on which nothing is stored."""
    parts = (name for name in names if name not in FIELD_LABELS and name != FILLED)
    return {name: BLANK_PARTS[name.partition("_")[0]] for name in parts} | dict(stored)


def content_of_fields(fields: FieldValues, asked: Container[str]) -> FilingContent:
    """Return the content of which these are the fields; of indicators and milestones, only those that are asked for."""
    parts: dict[str, dict[int, Any]] = {kind: {} for kind in BLANK_PARTS}
    for name, value in fields.items():
        kind, _, key = name.partition("_")
        if kind in parts and (kind in ("done", "note") or name in asked):
            parts[kind][int(key)] = value
    return FilingContent(
        **{name: fields[name] for name in FIELD_LABELS},
        ticks={key: Tick(bool(done), parts["note"].get(key, "")) for key, done in parts["done"].items()},
        indicators=parts["indicator"],
        bases=parts["base"],
        milestones={key: bool(reached) for key, reached in parts["reached"].items()},
    )


def marks_of(fields: FieldValues) -> dict[str, str]:
    return {name: mark_of(on_its_lines(name, value)) for name, value in fields.items()}


def on_its_lines(name: str, value: Any) -> Any:
    """Return a text without what its field on a page cannot hold: a line of its own has no further lines."""
    is_text = isinstance(value, str) and name not in LONG_TEXTS
    return plain_text(value).replace("\n", "") if is_text else value


def mark_of(value: Any) -> str:
    """Return the mark of a field: hexadecimal digits that differ where what is written differs."""
    if isinstance(value, Decimal):
        value = plain_number(value)
    plain = json.dumps(plain_text(value) if isinstance(value, str) else value, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_DIGITS]


def values_as_sent(value: Any) -> list[str]:
    """Return a field's value as a browser sends it: nothing for what is not chosen or ticked."""
    if isinstance(value, bool):
        return ["y"] if value else []
    if value is None:
        return []
    return [plain_number(value) if isinstance(value, Decimal) else str(value)]


def read_marks(text: str) -> FieldMarks | None:
    """Return the marks that a page sent back; None where it sent none that can be read."""
    try:
        marks = json.loads(text)
    except ValueError:
        return None
    is_plain = isinstance(marks, dict) and all(isinstance(mark, str) for mark in marks.values())
    return marks if is_plain else None


def loses_words(before: FilingContent, after: FilingContent) -> bool:
    """Return whether a text of `before` does not stand whole in `after`, but for one place where more was put in."""
    notes = [(tick.note, after.ticks.get(key, Tick(done=False)).note) for key, tick in before.ticks.items()]
    named = (*LONG_TEXTS, "status_reason", "light_reason")
    texts = [(getattr(before, name), getattr(after, name)) for name in named]
    return any(not is_grown_from(old, new) for old, new in (*texts, *notes))


def is_grown_from(old: str, new: str) -> bool:
    """Return whether a text is an older one with something put in at one place, or nothing."""
    ends = min(len(old), len(new))
    head = next((place for place in range(ends) if old[place] != new[place]), ends)
    rest, tail = old[head:], new[head:]
    return tail.endswith(rest)
