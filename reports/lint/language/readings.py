"""How a run of hanzi is most likely read as words, and what that costs with another word in some place."""

from __future__ import annotations

from functools import cached_property

from reports.lint.language.word_model import UNSEEN_COST, WordModel

# A word of a reading: where it begins and ends, and its number; None for a character that the model does not have.
Arc = tuple[int, int, int | None]
# A word that ends or begins somewhere, and what the characters on its side of there cost; None at the ends of a run.
Reached = list[tuple[int | None, float]]


class RunReadings:
    """The readings of a run of hanzi. Costs are of the cheapest reading."""

    def __init__(self, model: WordModel, text: str) -> None:
        self.text = text
        self._model = model
        length = len(text)
        # First without regard to neighbours, which is quick and tells where nothing can be wrong.
        self._before = [0.0] + [float("inf")] * length
        self._after = [float("inf")] * length + [0.0]
        self._arcs_from = [self._arcs_at(start) for start in range(length)]
        self._add_costs()

    def _arcs_at(self, start: int) -> list[Arc]:
        text, numbers = self.text, self._model.numbers
        first = text[start]
        arcs: list[Arc] = [(start, start + 1, numbers.get(first))]
        for size in self._model.lengths.get(first, ()):
            end = start + size
            if end > len(text):
                break
            number = numbers.get(text[start:end])
            if number is not None:
                arcs.append((start, end, number))
        return arcs

    def _add_costs(self) -> None:
        before, after, costs = self._before, self._after, self._model.costs
        priced = [
            (start, end, UNSEEN_COST if number is None else costs[number])
            for arcs in self._arcs_from
            for start, end, number in arcs
        ]
        for start, end, cost in priced:
            if before[start] + cost < before[end]:
                before[end] = before[start] + cost
        for start, end, cost in reversed(priced):
            if after[end] + cost < after[start]:
                after[start] = after[end] + cost

    def span_cost(self, start: int, end: int) -> float:
        """What these characters cost, neighbours aside."""
        return self._before[-1] - self._before[start] - self._after[end]

    def _cost_after(self, before: int | None, word: int | None) -> float:
        if word is None:
            return UNSEEN_COST
        return self._model.costs[word] if before is None else self._model.cost_after(before, word)

    @cached_property
    def _reached(self) -> list[Reached]:
        """For each place the words that end there, with what all up to there costs."""
        reached: list[Reached] = [[] for _ in range(len(self.text) + 1)]
        reached[0].append((None, 0.0))
        for start, arcs in enumerate(self._arcs_from):
            here = reached[start]
            for _, end, word in arcs:
                cost = min(cost + self._cost_after(before, word) for before, cost in here)
                reached[end].append((word, cost))
        return reached

    @cached_property
    def _remaining(self) -> list[Reached]:
        """For each place the words that begin there, with what all after them costs."""
        remaining: list[Reached] = [[] for _ in range(len(self.text) + 1)]
        for start in range(len(self.text) - 1, -1, -1):
            for _, end, word in self._arcs_from[start]:
                remaining[start].append((word, self._cost_from(word, end, remaining)))
        return remaining

    def _cost_from(self, word: int | None, place: int, remaining: list[Reached]) -> float:
        """What all from a place on costs after a word."""
        return min((self._cost_after(word, after) + cost for after, cost in remaining[place]), default=0.0)

    def gain_of(self, start: int, end: int, word: int) -> tuple[float, float]:
        """Return what the run costs less with this word in the place of these characters, and how much of that is
        owed to its having been seen beside one of its neighbours.
        """
        base = min(cost for _, cost in self._reached[-1])
        cost_of_word = self._model.costs[word]
        left, before = min((cost + self._cost_after(one, word), one) for one, cost in self._reached[start])
        right, after = min(
            ((self._cost_after(word, one) + cost, one) for one, cost in self._remaining[end]),
            default=(0.0, None),
        )
        owed = max(
            cost_of_word - self._cost_after(before, word),
            0.0 if after is None else self._model.costs[after] - self._cost_after(word, after),
            0.0,
        )
        return base - left - right, owed
