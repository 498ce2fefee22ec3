"""How much of the departments' own words a text repeats: all, or only the first sentences (the annex has the rest)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.phrases import gist_of, own_words
from app.composition.rules import TextFullness

# Characters for the departments' words in a text of 5,000; the most and the least that each of them gets.
ROOM_FOR_GISTS = 2200
GIST_LENGTH = 60
SHORTEST_GIST = 36
FEW = 10


@dataclass(frozen=True)
class SeparateChapter:
    """The measures that a chapter of their own covers; a concise text mentions them and their next steps only there.

    which: returns whether the measure with this report belongs there.
    words: what the text calls these measures; followed by 举措.
    chapter: the heading of that chapter.
    state: what the text says about them; preceded by 举措.
    """

    which: Callable[[AcceptedReport], bool]
    words: str
    chapter: str
    state: str


def is_concise(facts: DocumentFacts) -> bool:
    """Return whether the text gives the departments' words in shortened form."""
    return facts.fullness is TextFullness.CONCISE


def leaves_to_annex(facts: DocumentFacts) -> bool:
    """Return whether the text leaves details to the annex: concise, and of more measures than a few."""
    return is_concise(facts) and len(facts.measures) > FEW


def abridged_words(words: str, facts: DocumentFacts) -> str:
    """Return a department's words as the text repeats them: a gist in a concise text, otherwise all."""
    return gist_of(words, gist_length(facts)) if is_concise(facts) else own_words(words)


def abridged_results(words: str, facts: DocumentFacts) -> str:
    """Return a department's results as the text repeats them: a gist in a concise text, otherwise all."""
    return gist_of(words, gist_length(facts), of_results=True) if is_concise(facts) else own_words(words)


def gist_length(facts: DocumentFacts) -> int:
    """Return how many characters each text gets: the more texts, the fewer.

    A measure behind 序时进度 counts twice, as the text repeats both its results and its problems.
    """
    behind = sum(report.percent < facts.scope.pace.percent for _, report in facts.reported)
    texts = len(facts.reported) + behind
    return max(SHORTEST_GIST, min(GIST_LENGTH, ROOM_FOR_GISTS // max(1, texts)))
