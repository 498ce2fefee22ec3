"""The words that characters may stand for: which sound or look like them, or have them in another order or number."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from reports.lint.language.word_model import GAP, WordModel

# Numbers make words of their own: 一企一策, 六链五群.
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两第")
LEAST_WITH_NUMERALS = 4
LEAST_WITH_ENDS = 5


class Confusion(Enum):
    """How the characters differ from the word that is meant."""

    SAME_SOUND = "同音"
    NEAR_SOUND = "近音"
    SIMILAR_SHAPE = "形近"
    SWAPPED = "颠倒"
    DOUBLED = "多字"
    LEFT_OUT = "漏字"
    WRONG = "错字"


@lru_cache(maxsize=1 << 13)
def words_meant(text: str, model: WordModel) -> dict[str, Confusion]:
    """The words that characters may stand for, themselves aside."""
    found: dict[str, Confusion] = {}
    for word in model.words_sounding_like(text):
        same = model.sounds_same(text, word)
        found[word] = Confusion.SAME_SOUND if same else Confusion.NEAR_SOUND
    # In so many characters one error leaves either the first two or the last two as they are.
    ends = {(len(text), text[:2]), (len(text), text[-2:])}
    if len(text) < LEAST_WITH_ENDS or len(set(text)) < len(text) or not ends.isdisjoint(model.end_pairs):
        for word, confusion in _words_written_like(text, model):
            found.setdefault(word, confusion)
    for word in model.cut.get(text, ()):
        found.setdefault(word, Confusion.LEFT_OUT)
    found.pop(text, None)
    return {word: confusion for word, confusion in found.items() if not _differ_in_numerals(text, word)}


def _words_written_like(text: str, model: WordModel) -> Iterator[tuple[str, Confusion]]:
    for at, one in enumerate(text):
        left, right = text[:at], text[at + 1 :]
        for other in model.similar.get(one, ()) if left + GAP + right in model.with_gap else ():
            yield from _known_word(left + other + right, Confusion.SIMILAR_SHAPE, model)
        if right[:1] == one:
            yield from _known_word(left + right, Confusion.DOUBLED, model)
        elif right:
            yield from _known_word(left + right[0] + one + right[1:], Confusion.SWAPPED, model)


def _known_word(word: str, confusion: Confusion, model: WordModel) -> Iterator[tuple[str, Confusion]]:
    if word in model.candidates:
        yield word, confusion


def _differ_in_numerals(typed: str, word: str) -> bool:
    """Whether numbers stand in either, unless what was typed is as long as a saying and the word has the same: 门前三保
    for 门前三包, but not 颐年 for 一年.
    """
    if NUMERALS.isdisjoint(typed + word):
        return False
    same = len(typed) == len(word) >= LEAST_WITH_NUMERALS
    return not same or any(
        one != other and not NUMERALS.isdisjoint((one, other)) for one, other in zip(typed, word, strict=True)
    )
