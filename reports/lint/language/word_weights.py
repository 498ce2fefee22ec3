"""How much speaks for a word in the place of what was typed, and against it, apart from what it costs.

The weights were fitted to planted errors in work reports of governments, by logistic regression: how much each fact
weighs in comparison with a natural logarithm of probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from reports.lint.language.known_texts import KnownTexts
from reports.lint.language.word_model import WORD_SIZES, WordModel
from reports.lint.language.words_meant import Confusion

# 共制发, 应附, 所嘱, 之问: what goes before any verb or noun makes pairs that nobody has counted.
AUXILIARIES = frozenset("之所共应可将已均须各全拟未再也还并需皆曾仍亦方即若如凡现待")
# What a noun goes before, and what is no end of a word: 污水经泵站提升.
PREPOSITIONS = frozenset("经由从对向把将被让使按据在以与和同给")
# What places are called, their own names before it: 颐年社区.
PLACE = re.compile("社区|[小园]区|公园|花园|居民区|居委会|新村|街道|[路村里苑镇乡桥]")

SHORTEST, LONGEST_COUNTED = 2, 4
WEIGHT_OF_LENGTH = 4.4
WEIGHT_OF_LAWS, LARGEST_LAW_WEIGHT = 1.35, 5.0
OFFICIAL_WORD = 3.0
WEIGHT_AGAINST = {
    Confusion.SAME_SOUND: 0.0,
    Confusion.NEAR_SOUND: 6.5,
    Confusion.SIMILAR_SHAPE: 2.5,
    Confusion.SWAPPED: 2.0,
    Confusion.DOUBLED: 0.0,
    Confusion.LEFT_OUT: 11.5,
}
BY_SOUND = (Confusion.SAME_SOUND, Confusion.NEAR_SOUND)
SEVERAL_DIFFER = 16.0
OFTEN_CONFUSED = 6.0
NAME_OR_TERM = 1.8  # two characters that nobody often confuses: 绿肥, 防指
STRAY, STRAY_AND_RARE, RARE = 4.0, 8.0, 11.5
DIFFERS_IN_WORD = 5.0  # 小学教室 for 小学教师
REST_IS_WORD = 4.0  # 国家卫健委完成监测: 委 ends a name, 完成 is a word
BESIDE_FUNCTION_WORD = 12.0
OF_TWO_WORDS = 16.0
LEAST_OF_PHRASE, LEFT_OUT_WITHIN = 6, 12.5
FITS_BEFORE, FITS_AFTER = 4.7, 5.8
KNOWN_AS_IT_IS, KNOWN_WITH_BEFORE = 6.0, 3.3
BEYOND, KNOWN_BEYOND = 2, 5.0
NAME_OF_PLACE = 6.0


class ReplacedWord:
    """A word in the place of what was typed."""

    def __init__(self, text: str, start: int, end: int, word: str, confusion: Confusion) -> None:
        self.text, self.start, self.end = text, start, end
        self.word, self.confusion = word, confusion
        self.typed = text[start:end]
        # Nothing stands between the last character and the first.
        self.before, self.after = text[start - 1 : start], text[end : end + 1]

    @cached_property
    def differing(self) -> list[int]:
        """The places of the text that differ from a word of the same length."""
        pairs = zip(self.typed, self.word, strict=False) if len(self.typed) == len(self.word) else ()
        return [at for at, (one, other) in enumerate(pairs, self.start) if one != other]


def weight_of(one: ReplacedWord, model: WordModel, known: KnownTexts) -> float:
    weight = WEIGHT_OF_LENGTH * min(len(one.word), LONGEST_COUNTED) - WEIGHT_AGAINST[one.confusion]
    weight += WEIGHT_OF_LAWS * min(model.law_weights.get(one.word, 0.0), LARGEST_LAW_WEIGHT)
    facts = (*_facts_of_form(one, model, known), *_facts_of_neighbours(one, model, known))
    return weight + sum(fact for fact, holds in facts if holds)


def _facts_of_form(one: ReplacedWord, model: WordModel, known: KnownTexts) -> Iterator[tuple[float, object]]:
    word, typed = one.word, one.typed
    stray = _weight_of_stray(one, model)
    is_confused = typed not in known and _is_often_confused(one, model)
    is_slip = is_confused or stray == STRAY_AND_RARE
    yield stray, stray
    yield OFTEN_CONFUSED, is_confused
    yield -NAME_OR_TERM, len(typed) == SHORTEST and not is_slip
    yield OFFICIAL_WORD, word in model.official
    yield -BESIDE_FUNCTION_WORD, _is_beside_function_word(one, is_slip, model)
    yield -DIFFERS_IN_WORD, len(typed) > SHORTEST and _differs_in_word(one, model)
    yield -SEVERAL_DIFFER, one.confusion in BY_SOUND and len(one.differing) > 1
    if one.confusion is Confusion.LEFT_OUT and len(word) >= LEAST_OF_PHRASE:
        # Little but what was meant begins and ends as a long one does: 生命产安全.
        yield LEFT_OUT_WITHIN, typed[0] == word[0] and typed[-2:] == word[-2:]
    if one.confusion is Confusion.DOUBLED:
        yield -OF_TWO_WORDS, _is_of_two_words(one, model)


def _facts_of_neighbours(
    one: ReplacedWord, model: WordModel, known: KnownTexts
) -> Iterator[tuple[float, object]]:
    """What statutes, or known texts, have of the word beside its neighbours, and of what was typed."""
    word, typed, before, after = one.word, one.typed, one.before, one.after

    def is_known(sequence: str) -> bool:
        return model.is_surely_in_laws(sequence) or sequence in known

    fits_after = after and is_known(word + after)
    yield FITS_BEFORE, before and is_known(before + word)
    yield FITS_AFTER, fits_after
    # What is cut off at an end is known wherever the word is.
    yield -KNOWN_AS_IT_IS, typed not in word and is_known(typed)
    yield -KNOWN_WITH_BEFORE, before and not word.startswith(typed) and is_known(before + typed)
    if typed[0] != word[0]:
        yield -KNOWN_BEYOND, before and is_known(one.text[max(0, one.start - BEYOND) : one.start + 1])
        yield -REST_IS_WORD, _begins_word(one.text, one.start + 1, one.end, model)
    if typed[-1] != word[-1]:
        yield -KNOWN_BEYOND, after and is_known(one.text[one.end - 1 : one.end + BEYOND])
    yield -NAME_OF_PLACE, not fits_after and PLACE.match(one.text, one.end)


def _begins_word(text: str, start: int, end: int, model: WordModel) -> bool:
    """Whether a word of two characters and more begins somewhere, and ends in one place or up to two behind it."""
    stops = range(max(end, start + SHORTEST), min(end + 2, len(text)) + 1)
    return any(text[start:stop] in model.numbers for stop in stops)


def _weight_of_stray(one: ReplacedWord, model: WordModel) -> float:
    """What speaks for a word that looks like what was typed if the character that differs makes no word with what
    stands beside it and no statute has it there; a rare one is a slip even where it sounds the same.
    """
    if len(one.differing) != 1:
        return 0.0
    text, place = one.text, one.differing[0]
    typed, meant = text[place], one.word[place - one.start]
    around = (text[max(0, place - 1) : place + 1], text[place : place + 2])
    is_alike = meant in model.similar.get(typed, ())
    if not is_alike or model.is_in_word(text, place) or any(map(model.is_surely_in_laws, around)):
        return 0.0
    if model.cost_of(typed) >= RARE:
        return STRAY_AND_RARE
    return STRAY if one.confusion is Confusion.SIMILAR_SHAPE else 0.0


def _is_often_confused(one: ReplacedWord, model: WordModel) -> bool:
    """Whether a text differs from what is meant in one character that writers often take for the other."""
    return len(one.differing) == 1 and any(
        one.word[place - one.start] in model.confused.get(one.text[place], ()) for place in one.differing
    )


def _is_beside_function_word(one: ReplacedWord, is_slip: bool, model: WordModel) -> bool:
    """Whether an auxiliary may stand before its verb, or a preposition behind a noun: 应附, 应按照, 现定于, 污水经."""
    word, typed = one.word, one.typed
    if typed[-1] in PREPOSITIONS and typed[-1] != word[-1]:
        return len(typed) > SHORTEST and typed[:-1] in model.numbers
    if typed[0] not in AUXILIARIES:
        return False
    if one.confusion is Confusion.LEFT_OUT:
        return typed[1:] in model.numbers
    # 已下3场雪: the word that is meant has none.
    is_led = typed[0] == word[0] or (not is_slip and typed[0] not in word)
    return len(typed) == SHORTEST and (is_led or _begins_word(one.text, one.start + 1, one.end, model))


def _differs_in_word(one: ReplacedWord, model: WordModel) -> bool:
    """Whether what differs is a word as it stands."""
    pairs = ((one.typed[at : at + 2], one.word[at : at + 2]) for at in range(len(one.typed)))
    return any(typed != meant and typed in model.candidates for typed, meant in pairs)


def _is_of_two_words(one: ReplacedWord, model: WordModel) -> bool:
    """Whether of a character that stands twice the first ends a word, or is a preposition, and the second begins one:
    吕梁山山水, 从从业人员.
    """
    text = one.text
    second = 1 + next(at for at in range(one.start, one.end) if text[at] == text[at + 1])
    ended = (text[max(0, second - size) : second] for size in WORD_SIZES)
    is_end = text[second] in PREPOSITIONS or any(len(word) > 1 and word in model.numbers for word in ended)
    is_begin = _begins_word(text, second, second + 2, model) or model.is_surely_in_laws(
        text[second : second + 2]
    )
    return is_end and is_begin
