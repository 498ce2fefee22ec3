"""Comparing a plan with last year's: which measures continue, what changed, what is new or dropped.

Pairs are proposed by similarity, ignoring numbers and layout, and confirmed by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, Protocol, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

LEAST_LIKENESS = 55  # of 100; the same title with a different text scores 60
WEIGHT_OF_TITLE = 0.6
COMPARED_LENGTH = 400  # characters of a measure's text that are compared
SHORTEST_KEPT_RUN = (
    3  # with fewer kept characters beside it, a number counts as another one, not a changed one
)
WORDS_BEFORE_NUMBER = 8
WORDS_AFTER_NUMBER = 4

NUMBER_KINDS = ("0", "0%")  # the kinds into which numbers are sorted for comparison

_NUMBER = r"\d+(?:[.,]\d+)*[%％]?"
_TOKEN = re.compile(rf"{_NUMBER}|.", re.DOTALL)
_IS_NUMBER = re.compile(_NUMBER)
_NO_WORDS = re.compile(r"[\s*#，。、；：！？“”‘’（）()《》,.;:—-]+")
_CLAUSE_END = re.compile(r"[\s，。、；：！？（）()\d]")
_YEAR = re.compile(r"(?:19|20)\d\d")


class MeasureWording(Protocol):
    """A measure of either year, stored or in a draft."""

    @property
    def title(self) -> str: ...

    @property
    def text(self) -> str: ...


B = TypeVar("B", bound=MeasureWording)
A = TypeVar("A", bound=MeasureWording)


class MeasureChange(Enum):
    """Whether a continued measure changed."""

    SAME = "same"
    CHANGED = "changed"


class NumberChange(NamedTuple):
    """A changed number with the words around it: 走访200家 and 走访240家."""

    before: str
    after: str


@dataclass(frozen=True)
class MeasurePair(Generic[B, A]):
    """A measure of last year and the one that continues it; `likeness` is of 100."""

    before: B
    after: A
    likeness: float
    change: MeasureChange
    numbers: tuple[NumberChange, ...] = ()


@dataclass(frozen=True)
class YearComparison(Generic[B, A]):
    """Pairs and new measures in the order of this year's plan, dropped ones in the order of last year's."""

    pairs: tuple[MeasurePair[B, A], ...]
    added: tuple[A, ...]
    dropped: tuple[B, ...]


def match_measures(last_year: Sequence[B], this_year: Sequence[A]) -> YearComparison[B, A]:
    """Pair the measures of two years, each at most once, the most similar first."""
    before_of: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for likely in _likely_pairs(last_year, this_year):
        if likely.after not in before_of and likely.before not in taken:
            before_of[likely.after] = (likely.before, likely.likeness)
            taken.add(likely.before)
    pairs = (
        compare_pair(last_year[before], this_year[after], likeness)
        for after, (before, likeness) in sorted(before_of.items())
    )
    return YearComparison(
        pairs=tuple(pairs),
        added=tuple(measure for place, measure in enumerate(this_year) if place not in before_of),
        dropped=tuple(measure for place, measure in enumerate(last_year) if place not in taken),
    )


def is_same_wording(before: str, after: str) -> bool:
    """Return whether two texts have the same words, ignoring punctuation and layout."""
    return bare_wording(before) == bare_wording(after)


def bare_wording(words: str) -> str:
    """Return a text without punctuation and layout."""
    return _NO_WORDS.sub("", words)


def changed_numbers(before: str, after: str) -> tuple[NumberChange, ...]:
    """Return the numbers that changed while the words around them stayed; years are ignored."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    return tuple(
        NumberChange(_around(old, old_place), _around(new, new_place))
        for old_place, new_place in _kept_places(old, new)
        if old[old_place] != new[new_place] and not _are_years(old, new, old_place, new_place)
    )


class _LikelyPair(NamedTuple):
    """Two measures by their places in the plans."""

    likeness: float
    after: int
    before: int


def _likely_pairs(last_year: Sequence[B], this_year: Sequence[A]) -> list[_LikelyPair]:
    """Return all pairs that are similar enough, the most similar first, then in the order of the plans."""
    old, new = [_bare(measure) for measure in last_year], [_bare(measure) for measure in this_year]
    pairs = (
        _LikelyPair(_likeness(one, other), after, before)
        for after, other in enumerate(new)
        for before, one in enumerate(old)
    )
    likely = (pair for pair in pairs if pair.likeness >= LEAST_LIKENESS)
    return sorted(likely, key=lambda pair: (-pair.likeness, pair.after, pair.before))


class _BareMeasure(NamedTuple):
    """A measure without numbers, punctuation and layout."""

    title: str
    text: str


def _bare(measure: MeasureWording) -> _BareMeasure:
    return _BareMeasure(_bare_words(measure.title), _bare_words(measure.text)[:COMPARED_LENGTH])


def _bare_words(words: str) -> str:
    return _IS_NUMBER.sub("0", bare_wording(words))


def _likeness(one: _BareMeasure, other: _BareMeasure) -> float:
    """Return how similar two measures are, of 100; below `LEAST_LIKENESS` the texts may be skipped to save time."""
    title = WEIGHT_OF_TITLE * fuzz.ratio(one.title, other.title)
    least = (LEAST_LIKENESS - title) / (1 - WEIGHT_OF_TITLE)
    if least > 100:
        return title
    return title + (1 - WEIGHT_OF_TITLE) * fuzz.ratio(one.text, other.text, score_cutoff=max(least - 1, 0))


def compare_pair(before: B, after: A, likeness: float = 100) -> MeasurePair[B, A]:
    """Return what changed between two measures; `likeness` is not needed if a person paired them."""
    old, new = f"{before.title}。{before.text}", f"{after.title}。{after.text}"
    if is_same_wording(old, new):
        return MeasurePair(before, after, likeness, MeasureChange.SAME)
    return MeasurePair(before, after, likeness, MeasureChange.CHANGED, changed_numbers(old, new))


def _kept_places(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of numbers that are at the same place in both texts, whatever their values."""
    old_kinds, new_kinds = ([_kind(token) for token in tokens] for tokens in (old, new))
    for step in Levenshtein.opcodes(old_kinds, new_kinds):
        if step.tag == "equal" and step.src_end - step.src_start >= SHORTEST_KEPT_RUN:
            moved = step.dest_start - step.src_start
            places = range(step.src_start, step.src_end)
            yield from ((place, place + moved) for place in places if old_kinds[place] in NUMBER_KINDS)


def _kind(token: str) -> str:
    """Return the kind of a token: all numbers are one kind, percentages another, other tokens themselves."""
    if not _IS_NUMBER.fullmatch(token):
        return token
    return NUMBER_KINDS[token[-1] in "%％"]


def _are_years(old: list[str], new: list[str], old_place: int, new_place: int) -> bool:
    return all(
        bool(_YEAR.fullmatch(tokens[place])) and tokens[place + 1 : place + 2] == ["年"]
        for tokens, place in ((old, old_place), (new, new_place))
    )


def _around(tokens: list[str], place: int) -> str:
    """Return a number with the words of its clause before it, and its unit."""
    start, end = place, place + 1
    while start > max(place - WORDS_BEFORE_NUMBER, 0) and not _CLAUSE_END.match(tokens[start - 1]):
        start -= 1
    while end < min(place + 1 + WORDS_AFTER_NUMBER, len(tokens)) and not _CLAUSE_END.match(tokens[end]):
        end += 1
    return "".join(tokens[start:end])
