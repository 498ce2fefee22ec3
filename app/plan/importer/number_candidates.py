"""Where numbers may count: at the starts of lines and inside them, with an index by way of numbering and ordinal."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import BULLET_RANK, NUMBER_INSIDE, NumberMark, mark_before_digits, marks_of

UNSIGNED_KEYS = frozenset({"bare", "bare_han", "decimal", "enumeration"})

Place = tuple[int, int]  # the line, and the character in it


@dataclass(frozen=True)
class NumberCandidate:
    """A number that may count, at the start of a line or inside one."""

    line: int
    offset: int
    mark: NumberMark
    at_start: bool
    may_be_fraction: bool = False

    @property
    def place(self) -> Place:
        return self.line, self.offset


@dataclass
class CandidateIndex:
    """Where each number of each way of numbering stands."""

    candidates: list[NumberCandidate]
    starts: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))
    fractions: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.candidates:
            places = self.starts if one.at_start else self.inside
            places = self.fractions if one.may_be_fraction else places
            places[one.mark.key, one.mark.ordinal].append(one.place)

    @cached_property
    def top_rank(self) -> int:
        """The rank of the greatest numbers that begin lines."""
        return min((one.mark.rank for one in self.candidates if one.at_start), default=0)

    @cached_property
    def last_start(self) -> Place | None:
        """Where the last number stands that has a sign beside it and begins a line."""
        places = (one.place for one in self.candidates if one.at_start and one.mark.key not in UNSIGNED_KEYS)
        return max(places, default=None)

    def next_start(self, key: str, ordinal: int, after: Place) -> Place | None:
        return _next_place(self.starts.get((key, ordinal), []), after)

    def next_fraction(self, key: str, ordinal: int, after: Place) -> Place | None:
        """Where a number stands that may be a fraction, with the next in turn at the start of a line behind it."""
        place = _next_place(self.fractions.get((key, ordinal), []), after)
        return place if place and self.next_start(key, ordinal + 1, place) else None

    def next_inside(self, key: str, ordinal: int, after: Place) -> Place | None:
        return _next_place(self.inside.get((key, ordinal), []), after)


def _next_place(places: Sequence[Place], after: Place) -> Place | None:
    place = bisect_right(places, after)
    return places[place] if place < len(places) else None


def number_candidates(lines: Sequence[TextLine]) -> Iterator[NumberCandidate]:
    for number, line in enumerate(lines):
        if line.is_row:
            continue
        marks = marks_of(line.text)
        for mark in marks:
            if mark.rank != BULLET_RANK:
                yield NumberCandidate(number, 0, mark, True)
        before_digits = mark_before_digits(line.text)
        if before_digits is not None:
            yield NumberCandidate(number, 0, before_digits, True, may_be_fraction=True)
        for found in NUMBER_INSIDE.finditer(line.text, max((len(mark.printed) for mark in marks), default=1)):
            yield from _inside_candidate(number, line.text, found.start())


def _inside_candidate(number: int, text: str, offset: int) -> Iterator[NumberCandidate]:
    for mark in marks_of(text[offset : offset + 24]):
        if mark.rank != BULLET_RANK and mark.key not in UNSIGNED_KEYS:
            yield NumberCandidate(number, offset, mark, False)
            return
