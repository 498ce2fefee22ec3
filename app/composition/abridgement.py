"""How much of the departments' words a text repeats: all of them, or the first sentences, as an annex has the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.phrases import gist_of, own_words
from app.composition.rules import TextFullness

# How many characters a text of 5,000 has for the departments' words; how much of each is given at most, at least.
ROOM_FOR_GISTS = 2200
GIST_LENGTH = 60
SHORTEST_GIST = 36
FEW = 10


@dataclass(frozen=True)
class SeparateChapter:
    """The measures that a chapter of their own speaks of: a concise text tells of them there, and of their next steps.

    which: whether a measure with this report is one of them.
    words: what they are called, before 举措.
    chapter: the heading of that chapter.
    state: what is said of them, after 举措.
    """

    which: Callable[[AcceptedReport], bool]
    words: str
    chapter: str
    state: str


def is_concise(facts: DocumentFacts) -> bool:
    """Return whether the text is to give the departments' words in short."""
    return facts.fullness is TextFullness.CONCISE


def leaves_to_annex(facts: DocumentFacts) -> bool:
    """Return whether a text passes over what its annex has; of few measures, as a department has, it tells all."""
    return is_concise(facts) and len(facts.measures) > FEW


def abridged_words(words: str, facts: DocumentFacts) -> str:
    """Return a department's words as the text repeats them."""
    return gist_of(words, gist_length(facts)) if is_concise(facts) else own_words(words)


def abridged_results(words: str, facts: DocumentFacts) -> str:
    """Return what a department did as the text repeats it."""
    return gist_of(words, gist_length(facts), of_results=True) if is_concise(facts) else own_words(words)


def gist_length(facts: DocumentFacts) -> int:
    """Return how much is given of each text: the more there are, the less; of what is behind there are two."""
    behind = sum(report.percent < facts.scope.pace.percent for _, report in facts.reported)
    texts = len(facts.reported) + behind
    return max(SHORTEST_GIST, min(GIST_LENGTH, ROOM_FOR_GISTS // max(1, texts)))
