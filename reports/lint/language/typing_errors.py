"""Where characters were probably mistyped: a word that looks or sounds like them makes the text far more likely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from reports.lint.language.known_texts import HANZI_RUN, KnownTexts
from reports.lint.language.readings import RunReadings
from reports.lint.language.word_model import LONGEST_CANDIDATE, WordModel
from reports.lint.language.word_weights import AUXILIARIES, ReplacedWord, weight_of
from reports.lint.language.words_meant import Confusion, words_meant

# What a figure goes before: 12处里弄 has no 处里.
MEASURES = frozenset("个项家户名位人处件台条批场类起套栋幢辆间座份篇所对支根次部只张组期")

# What one word costs more than another, in natural logarithms of probability.
LARGEST_GAIN = 12.0
LEAST_SPAN_COST = 11.0
LEAST_QUICK_GAIN = 2.0
LEAST_GAIN = 5.0
SEEN_WITH_NEIGHBOUR = 0.75
LARGEST_OWED = 5.0
REPEATED = 4.0  # for each other place of the text that has the same characters
THRESHOLD = 26.5


@dataclass(frozen=True, slots=True)
class TypingError:
    """Characters of a text, and the word that is probably meant; `weight` says how far it is beyond doubt."""

    start: int
    end: int
    word: str
    confusion: Confusion
    weight: float


NOTHING_KNOWN = KnownTexts()
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
        weight = error.weight - REPEATED * _times_elsewhere(run[0], error, times)
        if _is_one_of_a_list(run, error) or _is_beside_figure(run, error) or _is_of_a_pattern(run[0], error):
            continue
        if weight >= 0 and not any(one.start < error.end and error.start < one.end for one in found):
            found.append(replace(error, weight=weight))
    found.sort(key=lambda one: one.start)
    return [replace(one, start=run.start() + one.start, end=run.start() + one.end) for one in found]


def _times_elsewhere(text: str, error: TypingError, times: Mapping[str, int]) -> int:
    """How often else a document has the pairs of characters in which what was typed differs from a word."""
    pairs = ["".join(pair) for pair in pairwise(text[error.start : error.end])]
    meant = [*map("".join, pairwise(error.word))]
    differing = [pair for pair, other in zip(pairs, meant, strict=False) if pair != other]
    return min(times.get(pair, 1) for pair in (differing if len(pairs) == len(meant) else pairs)) - 1


def _is_one_of_a_list(run: re.Match[str], error: TypingError) -> bool:
    """Whether the next words of a list, or those before, end the same way: 人熟、地熟."""
    text, start, end = run.string, run.start() + error.start, run.start() + error.end
    size, last = end - start, text[end - 1]
    return (text[end : end + 1] == "、" and text[end + size : end + size + 1] == last) or (
        text[start - 1 : start] == "、" and text[max(0, start - 2) : start - 1] == last
    )


def _is_of_a_pattern(text: str, error: TypingError) -> bool:
    """Whether the place that differs is of a pattern that repeats a character: 懒政怠政, 治山治岸, 一畦一策."""
    start, end, word = error.start, error.end, error.word
    if len(word) != end - start:
        return False
    place = next(at for at, one in enumerate(word, start) if text[at] != one)
    return text[start:end:2] == "一一" or any(
        text[first] == text[first + 2] and not start <= first < first + 2 < end
        for first in range(max(0, place - 3), min(place + 2, len(text) - 2))
    )


def _is_beside_figure(run: re.Match[str], error: TypingError) -> bool:
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
        for word, confusion in words_meant(text[start:end], model).items():
            number = model.numbers[word]
            if cost - model.costs[number] < LEAST_QUICK_GAIN:
                continue
            weight = weight_of(ReplacedWord(text, start, end, word, confusion), model, known) - THRESHOLD
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
