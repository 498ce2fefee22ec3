"""How much of the departments' words a text repeats: all of them, or the first sentences, as an annex has the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.composition.facts import Facts, Report
from app.composition.rules import Fullness
from app.composition.wording import gist, own_words

# Forty-odd measures of this length, with their problems, stay about the 5,000 characters of an official text.
GIST_LENGTH = 60
FEW = 10


@dataclass(frozen=True)
class Apart:
    """The measures that a chapter of their own speaks of: a concise text tells of them there, and of their next steps.

    which: whether a measure with this report is one of them.
    words: what they are called, before 举措.
    chapter: the heading of that chapter.
    """

    which: Callable[[Report], bool]
    words: str
    chapter: str


def is_concise(facts: Facts) -> bool:
    """Return whether the text is to give the departments' words in short."""
    return facts.fullness is Fullness.CONCISE


def leaves_to_annex(facts: Facts) -> bool:
    """Return whether a text passes over what its annex has; of few measures, as a department has, it tells all."""
    return is_concise(facts) and len(facts.measures) > FEW


def told(words: str, facts: Facts) -> str:
    """Return a department's words as the text repeats them."""
    return gist(words, GIST_LENGTH) if is_concise(facts) else own_words(words)
