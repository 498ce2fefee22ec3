"""Where characters were probably mistyped: a word that looks or sounds like them makes the text far more likely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache
from itertools import pairwise

from reports.lint.language.readings import RunReadings
from reports.lint.language.word_model import GAP, LONGEST_CANDIDATE, WORD_SIZES, WordModel

HANZI_RUN = re.compile("[一-鿿]{2,100}")
# Numbers make words of their own: 一企一策, 六链五群.
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两第")
LEAST_WITH_NUMERALS = 4
# What a figure goes before: 12处里弄 has no 处里.
MEASURES = frozenset("个项家户名位人处件台条批场类起套栋幢辆间座份篇所对支根次部只张组期")
# What a noun goes before, and what is no end of a word: 污水经泵站提升.
PREPOSITIONS = frozenset("经由从对向把将被让使按据在以与和同给")
# What places are called, their own names before it: 颐年社区.
PLACE = re.compile("社区|[小园]区|公园|花园|居民区|居委会|新村|街道|[路村里苑镇乡桥]")

# What one word costs more than another, in natural logarithms of probability. What follows was fitted to planted errors
# in work reports of governments, by logistic regression: how much each fact weighs in comparison with that.
LARGEST_GAIN = 12.0
LEAST_SPAN_COST = 11.0
LEAST_QUICK_GAIN = 2.0
LEAST_GAIN = 5.0
WEIGHT_OF_LENGTH = 4.4
SHORTEST, LONGEST_COUNTED = 2, 4
WEIGHT_OF_LAWS = 1.35
LARGEST_LAW_WEIGHT = 5.0
OFFICIAL_WORD = 3.0
FITS_BEFORE, FITS_AFTER = 4.7, 5.8
SEEN_WITH_NEIGHBOUR = 0.75
LARGEST_OWED = 5.0
KNOWN_AS_IT_IS, KNOWN_WITH_BEFORE, KNOWN_WITH_AFTER = 6.0, 3.3, 8.3
SEVERAL_DIFFER, BOTH_DIFFER = 6.3, 16.0
BEYOND = 2
KNOWN_BEYOND = 5.0
NAME_OF_PLACE = 6.0
NAME_OR_TERM = 1.8  # two characters that nobody often confuses: 绿肥, 防指
REST_IS_WORD = 4.0  # 国家卫健委完成监测: 委 ends a name, 完成 is a word
OF_TWO_WORDS = 16.0
STRAY, STRAY_AND_RARE, RARE = 4.0, 8.0, 11.5
# 共制发, 应附: what goes before any verb makes pairs that nobody has counted.
AUXILIARIES, BESIDE_FUNCTION_WORD = frozenset("共应可将已均须各全拟未再也还并需皆曾仍亦方即若如凡现待"), 12.0
LEAST_WITH_ENDS = 5
DIFFERS_IN_WORD = 5.0
OFTEN_CONFUSED = 6.0
LEAST_OF_PHRASE, LEFT_OUT_WITHIN = 6, 12.5
REPEATED = 4.0  # for each other place of the text that has the same characters
THRESHOLD = 26.5


class Confusion(Enum):
    """How the characters differ from the word that is meant."""

    SAME_SOUND = "同音"
    NEAR_SOUND = "近音"
    SIMILAR_SHAPE = "形近"
    SWAPPED = "颠倒"
    DOUBLED = "多字"
    LEFT_OUT = "漏字"
    WRONG = "错字"


WEIGHT_AGAINST = {
    Confusion.SAME_SOUND: 0.0,
    Confusion.NEAR_SOUND: 6.5,
    Confusion.SIMILAR_SHAPE: 2.5,
    Confusion.SWAPPED: 2.0,
    Confusion.DOUBLED: 0.0,
    Confusion.LEFT_OUT: 11.5,
}


BY_SOUND = (Confusion.SAME_SOUND, Confusion.NEAR_SOUND)


@dataclass(frozen=True, slots=True)
class TypingError:
    """Characters of a text, and the word that is probably meant; `weight` says how far it is beyond doubt."""

    start: int
    end: int
    word: str
    confusion: Confusion
    weight: float


@dataclass(frozen=True)
class KnownTexts:
    """Texts that are right, such as the plan that a report is about: what they have is not a typing error."""

    texts: tuple[str, ...] = ()

    @cached_property
    def _sequences(self) -> frozenset[str]:
        return frozenset(
            run[at : at + length]
            for text in self.texts
            for run in HANZI_RUN.findall(text)
            for length in range(2, LONGEST_CANDIDATE + 2)
            for at in range(len(run))
        )

    def __contains__(self, sequence: str) -> bool:
        return sequence in self._sequences


@lru_cache(maxsize=2)
def known_texts(texts: tuple[str, ...]) -> KnownTexts:
    """Return known texts, read once for many checks."""
    return KnownTexts(texts)


NOTHING_KNOWN = KnownTexts()


def pair_counts(text: str) -> Mapping[str, int]:
    """How often a text has each pair of characters."""
    return Counter(map("".join, pairwise(text)))


NO_COUNTS: Mapping[str, int] = Counter()


def find_typing_errors(
    text: str, model: WordModel, known: KnownTexts = NOTHING_KNOWN, times: Mapping[str, int] = NO_COUNTS
) -> list[TypingError]:
    """Return the typing errors of a text, in order.

    times: the pair counts of the text that this is a part of: what it has several times is a word of its own.
    """
    return [error for run in HANZI_RUN.finditer(text) for error in _surest_errors(run, model, known, times)]


def _surest_errors(
    run: re.Match[str], model: WordModel, known: KnownTexts, times: Mapping[str, int]
) -> list[TypingError]:
    """The errors of a run of hanzi, of several at one place the surest, by their places in the text."""
    found: list[TypingError] = []
    for error in sorted(_errors_of_run(run[0], model, known), key=lambda one: -one.weight):
        weight = error.weight - REPEATED * _times_elsewhere(
            run[0][error.start : error.end], error.word, times
        )
        if _is_one_of_a_list(run, error) or _is_measure(run, error) or _is_of_a_frame(run[0], error):
            continue
        if weight >= 0 and not any(one.start < error.end and error.start < one.end for one in found):
            found.append(replace(error, weight=weight))
    found.sort(key=lambda one: one.start)
    return [replace(one, start=run.start() + one.start, end=run.start() + one.end) for one in found]


def _times_elsewhere(typed: str, word: str, times: Mapping[str, int]) -> int:
    """How often else a text has the pairs of characters in which what was typed differs from a word."""
    pairs = ["".join(pair) for pair in pairwise(typed)]
    meant = [*map("".join, pairwise(word))] if len(word) == len(typed) else [""] * len(pairs)
    return min(times.get(pair, 1) for pair, other in zip(pairs, meant, strict=True) if pair != other) - 1


def _is_one_of_a_list(run: re.Match[str], error: TypingError) -> bool:
    """Whether the next words of a list, or those before, end the same way: 人熟、地熟."""
    text, start, end = run.string, run.start() + error.start, run.start() + error.end
    size, last = end - start, text[end - 1]
    return (text[end : end + 1] == "、" and text[end + size : end + size + 1] == last) or (
        text[start - 1 : start] == "、" and text[max(0, start - 2) : start - 1] == last
    )


def _is_of_a_frame(text: str, error: TypingError) -> bool:
    """Whether the place that differs is of a pattern that repeats a character: 懒政怠政, 治山治岸, 一畦一策."""
    start, end, word = error.start, error.end, error.word
    if len(word) != end - start:
        return False
    place = next(at for at, one in enumerate(word, start) if text[at] != one)
    return text[start:end:2] == "一一" or any(
        text[first] == text[first + 2] and not start <= first < first + 2 < end
        for first in range(max(0, place - 3), min(place + 2, len(text) - 2))
    )


def _is_measure(run: re.Match[str], error: TypingError) -> bool:
    """Whether what was typed begins with a measure word behind its figure, or is a verb before one: 已下3场雪."""
    text, start, end = run.string, run.start() + error.start, run.start() + error.end
    is_verb = text[start] in AUXILIARIES and text[end : end + 1].isdigit()
    return is_verb or (error.start == 0 and text[start - 1 : start].isdigit() and text[start] in MEASURES)


@lru_cache(maxsize=1 << 13)
def _errors_of_run(text: str, model: WordModel, known: KnownTexts) -> tuple[TypingError, ...]:
    """Return the errors of a run. A draft is checked again after each change, and nearly all of it is as it was."""
    return tuple(_likely_errors(text, model, known))


def _likely_errors(text: str, model: WordModel, known: KnownTexts) -> Iterator[TypingError]:
    readings = RunReadings(model, text)
    for start, end in _unlikely_spans(readings):
        cost = readings.span_cost(start, end)
        for word, confusion in _words_meant(text[start:end], model).items():
            number = model.numbers[word]
            if cost - model.costs[number] < LEAST_QUICK_GAIN or _differ_in_numerals(text[start:end], word):
                continue
            weight = (
                _weight_of_word(TypingError(start, end, word, confusion, 0.0), text, model, known) - THRESHOLD
            )
            if weight + LARGEST_GAIN + SEEN_WITH_NEIGHBOUR * LARGEST_OWED < 0:
                continue
            gain, owed = readings.gain_of(start, end, number)
            weight += min(gain, LARGEST_GAIN) + SEEN_WITH_NEIGHBOUR * min(owed, LARGEST_OWED)
            if weight >= 0 and gain >= LEAST_GAIN:
                yield TypingError(start, end, word, confusion, weight)


def _unlikely_spans(readings: RunReadings) -> Iterator[tuple[int, int]]:
    """Yield where a few characters together make no likely words."""
    text = readings.text
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + LONGEST_CANDIDATE + 1) + 1):
            if readings.span_cost(start, end) >= LEAST_SPAN_COST:
                yield start, end


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


@lru_cache(maxsize=1 << 13)
def _words_meant(text: str, model: WordModel) -> dict[str, Confusion]:
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
    return found


def _words_written_like(text: str, model: WordModel) -> Iterator[tuple[str, Confusion]]:
    similar, candidates = model.similar, model.candidates
    last = len(text) - 1
    for at, one in enumerate(text):
        left, right = text[:at], text[at + 1 :]
        for other in similar.get(one, ()) if left + GAP + right in model.with_gap else ():
            word = left + other + right
            if word in candidates:
                yield word, Confusion.SIMILAR_SHAPE
        if at == last:
            return
        if right[0] == one:
            if left + right in candidates:
                yield left + right, Confusion.DOUBLED
        else:
            word = left + right[0] + one + right[1:]
            if word in candidates:
                yield word, Confusion.SWAPPED


def _is_of_two_words(text: str, error: TypingError, model: WordModel) -> bool:
    """Whether of a character that stands twice the first ends a word, or is a preposition, and the second begins one:
    吕梁山山水, 从从业人员.
    """
    second = 1 + next(at for at in range(error.start, error.end) if text[at] == text[at + 1])
    is_end = text[second] in PREPOSITIONS or any(
        text[second - size : second] in model.numbers for size in WORD_SIZES
    )
    begins = any(
        text[second:end] in model.numbers for end in range(second + 2, min(second + 4, len(text)) + 1)
    )
    return is_end and (begins or model.is_in_laws(text[second : second + 2]))


def _differs_in_word(typed: str, meant: str, model: WordModel) -> bool:
    """Whether what differs is a word as it stands: 小学教室 for 小学教师."""
    return any(
        typed[at : at + 2] != meant[at : at + 2] and typed[at : at + 2] in model.candidates
        for at in range(len(typed))
    )


def _is_word_where_it_differs(typed: str, meant: str, model: WordModel) -> bool:
    """Whether the characters that differ are a part of a long word, and a word as they stand."""
    differing = [at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    return len(typed) > SHORTEST and typed[differing[0] : differing[-1] + 1] in model.numbers


def _weight_of_stray(error: TypingError, text: str, model: WordModel) -> float:
    """What speaks for a word that looks like what was typed if the character that differs makes no word with what
    stands beside it and no statute has it there; a rare one is a slip even where it sounds the same.
    """
    differing = [at for at, one in enumerate(error.word, error.start) if text[at] != one]
    place, meant = differing[0], error.word[differing[0] - error.start]
    one, around = text[place], (text[max(0, place - 1) : place + 1], text[place : place + 2])
    if len(differing) > 1 or meant not in model.similar.get(one, ()):
        return 0.0
    if model.is_in_word(text, place) or any(map(model.is_in_laws, around)):
        return 0.0
    if model.cost_of(one) >= RARE:
        return STRAY_AND_RARE
    return STRAY if error.confusion is Confusion.SIMILAR_SHAPE else 0.0


def _are_often_confused(typed: str, meant: str, model: WordModel) -> bool:
    """Whether a text differs from what is meant in one character that writers often take for the other."""
    differing = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    is_confused = all(other in model.confused.get(one, ()) for one, other in differing)
    return len(typed) == len(meant) and len(differing) == 1 and is_confused


def _is_beside_function_word(error: TypingError, text: str, model: WordModel) -> bool:
    """Whether an auxiliary may stand before its verb, or a preposition behind a noun: 应附, 应按照, 现定于, 污水经."""
    typed, behind = text[error.start : error.end], text[error.start + 1 : error.end]
    if typed[-1] in PREPOSITIONS and typed[-1] != error.word[-1]:
        return len(typed) > SHORTEST and typed[:-1] in model.numbers
    if typed[0] not in AUXILIARIES:
        return False
    if error.confusion is Confusion.LEFT_OUT:
        return behind in model.numbers
    is_before_word = behind + text[error.end : error.end + 1] in model.numbers and error.end < len(text)
    return len(typed) == SHORTEST and (typed[0] == error.word[0] or is_before_word)


def _weight_of_word(error: TypingError, text: str, model: WordModel, known: KnownTexts) -> float:
    """How much speaks for a word, and against it, apart from what it costs."""
    word, typed = error.word, text[error.start : error.end]
    weight = WEIGHT_OF_LENGTH * min(len(word), LONGEST_COUNTED) - WEIGHT_AGAINST[error.confusion]
    weight += WEIGHT_OF_LAWS * min(model.law_weights.get(word, 0.0), LARGEST_LAW_WEIGHT)
    weight += OFFICIAL_WORD if word in model.official else 0.0
    if error.confusion in BY_SOUND and sum(one != other for one, other in zip(typed, word, strict=True)) > 1:
        weight -= SEVERAL_DIFFER if _is_word_where_it_differs(typed, word, model) else BOTH_DIFFER
    if _is_beside_function_word(error, text, model):
        weight -= BESIDE_FUNCTION_WORD
    stray = _weight_of_stray(error, text, model) if len(typed) == len(word) else 0.0
    weight += stray
    if typed not in known and _are_often_confused(typed, word, model):
        weight += OFTEN_CONFUSED
    elif len(typed) == SHORTEST and stray < STRAY_AND_RARE:
        # 已下3场雪, 各计一次: an auxiliary with its verb, where the word that is meant has none.
        is_led = typed[0] in AUXILIARIES and typed[0] not in word
        weight -= BESIDE_FUNCTION_WORD if is_led else NAME_OR_TERM
    if len(typed) > 2 and _differs_in_word(typed, word, model):
        weight -= DIFFERS_IN_WORD
    # Little but what was meant begins and ends as a long one does: 生命产安全.
    if error.confusion is Confusion.LEFT_OUT and len(word) >= LEAST_OF_PHRASE:
        weight += LEFT_OUT_WITHIN * (typed[0] == word[0] and typed[-2:] == word[-2:])
    if error.confusion is Confusion.DOUBLED and _is_of_two_words(text, error, model):
        weight -= OF_TWO_WORDS
    return weight + _weight_of_neighbours(error, text, model, known)


def _weight_of_neighbours(error: TypingError, text: str, model: WordModel, known: KnownTexts) -> float:
    """How much speaks for a word because statutes, or known texts, have it beside its neighbours, and against it
    because they have what was typed.
    """
    word, typed, start, end = error.word, text[error.start : error.end], error.start, error.end
    # Nothing stands between the last character and the first.
    before, after = text[start - 1 : start], text[end : end + 1]

    def is_known(sequence: str) -> bool:
        return model.is_in_laws(sequence) or sequence in known

    facts = (
        (FITS_BEFORE, before and is_known(before + word)),
        (FITS_AFTER, after and is_known(word + after)),
        # What is cut off at an end is known wherever the word is.
        (-KNOWN_AS_IT_IS, typed not in word and is_known(typed)),
        (-KNOWN_WITH_BEFORE, before and not word.startswith(typed) and is_known(before + typed)),
        (-KNOWN_WITH_AFTER, after and not word.endswith(typed) and is_known(typed + after)),
        (
            -KNOWN_BEYOND,
            before and typed[0] != word[0] and is_known(text[max(0, start - BEYOND) : start + 1]),
        ),
        (-KNOWN_BEYOND, after and typed[-1] != word[-1] and is_known(text[end - 1 : end + BEYOND])),
        (
            -REST_IS_WORD,
            typed[0] != word[0]
            and any(
                text[start + 1 : stop] in model.numbers
                for stop in range(max(end, start + 3), min(end + 2, len(text)) + 1)
            ),
        ),
        (-NAME_OF_PLACE, PLACE.match(text, end) and not is_known(word + after)),
    )
    return sum(weight for weight, holds in facts if holds)
