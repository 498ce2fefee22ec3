"""What a run of hanzi costs, against every way in which it can be read, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest

from reports.lint.language.readings import RunReadings
from reports.lint.language.word_model import UNSEEN_COST
from tests.reports.lint.small_language import small_model

MODEL = small_model()
# Words that were seen together and apart, words in the place of others, and a character that no model has.
RUNS = ("全面落实工作", "全面落时工作部署", "落实工作甲全面", "甲落实", "工作全面落实", "实落工作", "的")
Reading = tuple[int | None, ...]


def ways_to_read(text: str) -> Iterator[Reading]:
    if not text:
        yield ()
    for end in range(1, len(text) + 1):
        word = MODEL.numbers.get(text[:end])
        if word is not None or end == 1:
            yield from ((word, *rest) for rest in ways_to_read(text[end:]))


def step(before: int | None, word: int | None) -> float:
    if word is None:
        return UNSEEN_COST
    return MODEL.costs[word] if before is None else MODEL.cost_after(before, word)


def cost_of(reading: Sequence[int | None]) -> float:
    return sum(step(before, word) for before, word in pairwise((None, *reading)))


def owed_to_neighbours(reading: Reading, place: int) -> float:
    """How much cheaper a word and the one behind it are than where nobody stands before them."""
    pairs = list(pairwise((None, *reading)))[place : place + 2]
    return max(0.0, *(MODEL.costs[word] - step(before, word) for before, word in pairs if word is not None))


@pytest.mark.parametrize("text", RUNS)
def test_another_word_gains_what_the_cheapest_reading_with_it_costs_less(text: str) -> None:
    readings, cheapest = RunReadings(MODEL, text), min(map(cost_of, ways_to_read(text)))
    for start, end in combinations(range(len(text) + 1), 2):
        for word in map(MODEL.numbers.get, ("落实", "工作", "时")):
            assert word is not None
            with_word = [
                (cost_of((*left, word, *right)), owed_to_neighbours((*left, word, *right), len(left)))
                for left in ways_to_read(text[:start])
                for right in ways_to_read(text[end:])
            ]
            gain, owed = readings.gain_of(start, end, word)
            assert gain == pytest.approx(cheapest - min(with_word)[0])
            least = [one for cost, one in with_word if cost == pytest.approx(min(with_word)[0])]
            assert pytest.approx(owed) in least


@pytest.mark.parametrize("text", RUNS)
def test_characters_cost_what_the_cheapest_reading_has_beyond_those_around_them(text: str) -> None:
    def alone(part: str) -> float:
        return min(sum(step(None, word) for word in reading) for reading in ways_to_read(part))

    readings = RunReadings(MODEL, text)
    for start, end in combinations(range(len(text) + 1), 2):
        cost = readings.span_cost(start, end)
        assert cost == pytest.approx(alone(text) - alone(text[:start]) - alone(text[end:]))
