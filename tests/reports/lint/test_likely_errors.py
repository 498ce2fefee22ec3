"""When a word is likely enough to be meant: what the text costs, what the word would gain, what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from reports.lint.language import typing_errors as language
from reports.lint.language.known_texts import KnownTexts
from reports.lint.language.typing_errors import TypingError
from reports.lint.language.word_model import LONGEST_CANDIDATE
from reports.lint.language.words_meant import Confusion

RUN = "甲乙丙丁戊己庚辛壬癸"


@dataclass
class Readings:
    """What is known of a run: what every span costs, what the word would gain in its place, and what it is owed."""

    text: str
    cost: float
    gain: float = 0.0
    owed: float = 0.0

    def span_cost(self, start: int, end: int) -> float:
        return self.cost

    def gain_of(self, start: int, end: int, number: int) -> tuple[float, float]:
        return self.gain, self.owed


@dataclass(frozen=True)
class Model:
    """A model of one word."""

    numbers: dict[str, int]
    costs: tuple[float, ...]


def likely_weight(
    monkeypatch: pytest.MonkeyPatch,
    cost: float = 20.0,
    word_cost: float = 10.0,
    facts: float = language.THRESHOLD,
    gain: float = 12.0,
    owed: float = 0.0,
    typed: str = "落时",
) -> float | None:
    """Return how far 落实 is beyond doubt where something was typed; None where it is not."""
    model = cast(Any, Model({"落实": 0}, (word_cost,)))
    monkeypatch.setattr(language, "RunReadings", lambda _model, text: Readings(text, cost, gain, owed))
    monkeypatch.setattr(language, "words_meant", lambda _text, _model: {"落实": Confusion.SAME_SOUND})
    monkeypatch.setattr(language, "weight_of", lambda *_: facts)
    found = [*language._likely_errors(typed, model, KnownTexts())]
    assert [(one.start, one.end, one.word) for one in found] == [(0, len(typed), "落实")][: len(found)]
    return found[0].weight if found else None


LEAST = language.THRESHOLD - language.LARGEST_GAIN - language.SEEN_WITH_NEIGHBOUR * language.LARGEST_OWED


@pytest.mark.parametrize(
    ("case", "weight"),
    [
        ({}, 12.0),
        # A text that is likely as it stands is not looked at.
        ({"cost": language.LEAST_SPAN_COST, "word_cost": 1.0}, 12.0),
        ({"cost": language.LEAST_SPAN_COST - 0.1, "word_cost": 1.0}, None),
        # Nor a word that is hardly likelier.
        ({"word_cost": 20.0 - language.LEAST_QUICK_GAIN}, 12.0),
        ({"word_cost": 20.1 - language.LEAST_QUICK_GAIN}, None),
        # What it gains in its place counts up to a limit, and so does what it is owed.
        ({"gain": 7.0}, 7.0),
        ({"gain": 40.0}, language.LARGEST_GAIN),
        ({"owed": 4.0}, 12.0 + 4.0 * language.SEEN_WITH_NEIGHBOUR),
        ({"owed": 40.0}, 12.0 + language.LARGEST_OWED * language.SEEN_WITH_NEIGHBOUR),
        # However much speaks for a word, it must gain something.
        ({"facts": 90.0, "gain": language.LEAST_GAIN}, 90.0 - language.THRESHOLD + language.LEAST_GAIN),
        ({"facts": 90.0, "gain": language.LEAST_GAIN - 0.1}, None),
        # All together must reach the threshold.
        ({"facts": language.THRESHOLD - 8.0, "gain": 8.0}, 0.0),
        ({"facts": language.THRESHOLD - 8.5, "gain": 8.0}, None),
        ({"facts": LEAST, "gain": 40.0, "owed": 40.0}, 0.0),
        ({"facts": LEAST - 0.5, "gain": 40.0, "owed": 40.0}, None),
    ],
)
def test_a_word_is_likely_enough(
    monkeypatch: pytest.MonkeyPatch, case: dict[str, Any], weight: float | None
) -> None:
    assert likely_weight(monkeypatch, **case) == weight


@pytest.mark.parametrize("length", range(1, len(RUN) + 1))
def test_a_few_characters_together_are_looked_at(length: int) -> None:
    spans = [*language._unlikely_spans(cast(Any, Readings(RUN[:length], 99.0)))]
    longest = LONGEST_CANDIDATE + 1  # one more than a word has, where one is doubled
    assert spans == [
        (start, end) for start in range(length) for end in range(length + 1) if 2 <= end - start <= longest
    ]


@pytest.mark.parametrize(
    ("text", "typed", "is_of_one"),
    [
        ("懒政怠政", "政怠", True),
        ("治山治岸", "治岸", True),
        ("一畦一策", "一畦一策", True),
        ("转岗转业培训", "转业培训", True),
        ("群防群制", "群防群制", False),
        ("懒政怠慢", "政怠", False),
    ],
)
def test_a_pattern_repeats_a_character(text: str, typed: str, is_of_one: bool) -> None:
    word = {"政怠": "政治", "治岸": "治安", "一畦一策": "一企一策", "转业培训": "专业培训"}.get(
        typed, "群防群治"
    )
    start = text.index(typed)
    error = TypingError(start, start + len(typed), word, Confusion.SAME_SOUND, 1.0)
    assert language._is_of_a_pattern(text, error) is is_of_one


@pytest.mark.parametrize(
    ("typed", "word", "counts", "times"),
    [
        ("环境卫星", "环境卫生", {"卫星": 3}, 2),
        ("环境卫星", "环境卫生", {"环境": 3}, 0),
        ("落实实", "落实", {"落实": 2, "实实": 2}, 1),
        ("落实实", "落实", {"落实": 2}, 0),
    ],
)
def test_what_differs_may_stand_elsewhere(typed: str, word: str, counts: dict[str, int], times: int) -> None:
    error = TypingError(0, len(typed), word, Confusion.SAME_SOUND, 1.0)
    assert language._times_elsewhere(typed, error, counts) == times


def test_known_texts_are_known_by_pieces_of_two_to_six_characters() -> None:
    known = KnownTexts(["甲乙丙丁戊己庚，辛壬"])
    pieces = ("甲", "甲乙", "己庚", "甲乙丙丁戊己", "甲乙丙丁戊己庚", "庚辛", "辛壬")
    assert [piece for piece in pieces if piece in known] == ["甲乙", "己庚", "甲乙丙丁戊己", "辛壬"]
