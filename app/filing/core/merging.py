"""Merging simultaneous edits of one filing field by field: pure.

A save sends with each field a mark: a digest of the value that the page had read. It shows which fields the writer
changed and which somebody else changed meanwhile. A field changed by one side takes that side's value. A field that
both changed differently is a conflict: the stored value stays until a person has seen both.
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
    """The fields of a page or sheet as sent, each with the mark of the value it was read with.

    A field without a mark was not on the page when it was read. `not_taken` are fields that cannot be stored.
    """

    values: FieldValues
    marks: FieldMarks
    not_taken: Collection[str] = ()


@dataclass(frozen=True)
class WrittenFiling:
    """A filing as its page sent it.

    `marks` belong to the values that the page had read; pages of an older release send none and name only the version.
    `own` are the versions that this page saved since `version`. `unreadable` are fields whose input is no value of
    their kind.
    """

    content: FilingContent
    filled: bool
    version: int
    marks: FieldMarks | None = None
    own: frozenset[int] = frozenset()
    unreadable: frozenset[str] = frozenset()

    def marks_over(self, stored: FieldValues, version: int) -> FieldMarks:
        """Return the marks sent; without any, those of the stored values if the version is still the same, else marks
        that match nothing.
        """
        if self.marks is not None:
            return self.marks
        return marks_of(stored) if self.version == version else dict.fromkeys(stored, "")


@dataclass(frozen=True)
class MergedFields:
    """The values to store. `conflicts` are fields that both sides changed, `brought` those that only others changed.

    `marks` are what the page holds from now on: of the stored values, but for fields that are still open, of those it
    had read.
    """

    values: dict[str, Any]
    conflicts: frozenset[str] = frozenset()
    brought: frozenset[str] = frozenset()
    marks: dict[str, str] = field(default_factory=dict)


def merge_fields(written: WrittenFields, stored: FieldValues) -> MergedFields:
    """Return the values to store when `written` is saved over `stored`."""
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
    """Return the names together with the fields that must change with them."""
    return {tied for name in names for tied in TIED_FIELDS.get(name, (name,))}


def fields_of_content(content: FilingContent, *, filled: bool = False) -> dict[str, Any]:
    """Return the fields of a filing by the names they have in its form."""
    fields: dict[str, Any] = {name: getattr(content, name) for name in FIELD_LABELS}
    for key, tick in content.ticks.items():
        fields |= {f"done_{key}": tick.done, f"note_{key}": tick.note}
    fields |= {f"indicator_{key}": value for key, value in content.indicators.items()}
    fields |= {f"base_{key}": value for key, value in content.bases.items()}
    fields |= {f"reached_{key}": reached for key, reached in content.milestones.items()}
    return fields | {FILLED: filled}


def complete_fields(stored: FieldValues, names: Iterable[str]) -> dict[str, Any]:
    """Return the stored fields, with blank values for named parts that are not stored yet."""
    parts = (name for name in names if name not in FIELD_LABELS and name != FILLED)
    return {name: BLANK_PARTS[name.partition("_")[0]] for name in parts} | dict(stored)


def content_of_fields(fields: FieldValues, asked: Container[str]) -> FilingContent:
    """Return the content with these fields; indicators and milestones only if they are in `asked`."""
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
    """Return the text as its field can hold it: without line breaks in a one-line field."""
    is_text = isinstance(value, str) and name not in LONG_TEXTS
    return plain_text(value).replace("\n", "") if is_text else value


def mark_of(value: Any) -> str:
    """Return the mark of a value: a digest in hexadecimal digits."""
    if isinstance(value, Decimal):
        value = plain_number(value)
    plain = json.dumps(plain_text(value) if isinstance(value, str) else value, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_DIGITS]


def values_as_sent(value: Any) -> list[str]:
    """Return a field's value as a browser sends it: an empty list for what is not chosen or ticked."""
    if isinstance(value, bool):
        return ["y"] if value else []
    if value is None:
        return []
    return [plain_number(value) if isinstance(value, Decimal) else str(value)]


def read_marks(text: str) -> FieldMarks | None:
    """Return the marks that a page sent, or None if they cannot be read."""
    try:
        marks = json.loads(text)
    except ValueError:
        return None
    is_plain = isinstance(marks, dict) and all(isinstance(mark, str) for mark in marks.values())
    return marks if is_plain else None


def loses_words(before: FilingContent, after: FilingContent) -> bool:
    """Return whether a save removes or changes words, other than by inserting text at one place."""
    notes = [(tick.note, after.ticks.get(key, Tick(done=False)).note) for key, tick in before.ticks.items()]
    named = (*LONG_TEXTS, "status_reason", "light_reason")
    texts = [(getattr(before, name), getattr(after, name)) for name in named]
    return any(not is_grown_from(old, new) for old, new in (*texts, *notes))


def is_grown_from(old: str, new: str) -> bool:
    """Return whether a text is the old one, or the old one with an insertion at one place."""
    ends = min(len(old), len(new))
    head = next((place for place in range(ends) if old[place] != new[place]), ends)
    rest, tail = old[head:], new[head:]
    return tail.endswith(rest)
