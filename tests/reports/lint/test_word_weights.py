"""What speaks for a word in the place of what was typed: each fact alone, beside one in which none holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from reports.lint.language import word_weights as language
from reports.lint.language.known_texts import KnownTexts
from reports.lint.language.word_model import WordModel, lengths_by_first
from reports.lint.language.word_weights import ReplacedWord
from reports.lint.language.words_meant import Confusion


@dataclass(eq=False)
class Facts:
    """What a model would know of the words of one case."""

    laws: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    law_weights: dict[str, float] = field(default_factory=dict)
    confused: dict[str, str] = field(default_factory=dict)
    similar: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    cost: float = 0.0
    numbers: tuple[str, ...] = ()

    def is_in_word(self, text: str, place: int) -> bool:
        return any(text.find(word) <= place < text.find(word) + len(word) for word in self.words)

    def cost_of(self, word: str) -> float:
        return self.cost

    def is_surely_in_laws(self, text: str) -> bool:
        return text in self.laws


def weight(
    text: str,
    typed: str,
    word: str,
    confusion: Confusion = Confusion.SAME_SOUND,
    known: tuple[str, ...] = (),
    **facts: Any,
) -> float:
    start = text.index(typed)
    one = ReplacedWord(text, start, start + len(typed), word, confusion)
    return language.weight_of(one, cast(WordModel, Facts(**facts)), KnownTexts(known))


def added(
    text: str, typed: str, word: str, confusion: Confusion = Confusion.SAME_SOUND, **facts: Any
) -> float:
    without = weight(text, typed, word, confusion)
    return round(weight(text, typed, word, confusion, **facts) - without, 6)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"official": ("落实",)}, language.OFFICIAL_WORD),
        ({"official": ("落时",)}, 0),
        ({"law_weights": {"落实": 3.0}}, 3 * language.WEIGHT_OF_LAWS),
        ({"law_weights": {"落实": 9.0}}, language.LARGEST_LAW_WEIGHT * language.WEIGHT_OF_LAWS),
        ({"confused": {"时": "实"}}, language.OFTEN_CONFUSED + language.NAME_OR_TERM),
        ({"confused": {"落": "实"}}, 0),
        ({"confused": {"时": "实"}, "known": ("落时",)}, -language.KNOWN_AS_IT_IS),
        ({"laws": ("甲落实",)}, language.FITS_BEFORE),
        ({"laws": ("落实乙",)}, language.FITS_AFTER),
        ({"known": ("落实乙",)}, language.FITS_AFTER),
        ({"laws": ("落时",)}, -language.KNOWN_AS_IT_IS),
        ({"laws": ("甲落时",)}, -language.KNOWN_WITH_BEFORE),
        ({"laws": ("时乙丁",)}, -language.KNOWN_BEYOND),
        ({"laws": ("丙甲落",)}, 0),  # what is not in doubt speaks for nothing
        ({"laws": ("落实", "时乙", "甲落")}, 0),
        ({"candidates": ("落时",)}, 0),  # a pair that is the word itself differs in no part
    ],
)
def test_each_fact_weighs_for_the_word_or_against_it(facts: dict[str, Any], expected: float) -> None:
    assert added("丙甲落时乙丁", "落时", "落实", **facts) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"laws": ("丙甲使",)}, -language.KNOWN_BEYOND),
        ({"laws": ("实乙丁",)}, 0),
    ],
)
def test_what_stands_before_speaks_against_another_first_character(
    facts: dict[str, Any], expected: float
) -> None:
    assert added("丙甲使实乙丁", "使实", "落实", **facts) == pytest.approx(expected)


def test_a_single_character_before_is_all_that_stands_there() -> None:
    assert added("甲使实乙", "使实", "落实", laws=("甲使",)) == -language.KNOWN_BEYOND
    assert added("甲使实乙", "使实", "落实", laws=("甲落实",)) == language.FITS_BEFORE


@pytest.mark.parametrize("typed", ["落时", "使实"])
def test_at_the_ends_of_a_run_there_are_no_neighbours(typed: str) -> None:
    assert added(typed, typed, "落实", laws=("落实", "使", "时")) == 0


@pytest.mark.parametrize(("length", "counted"), [(2, 2), (3, 3), (4, 4), (5, 4)])
def test_a_longer_word_is_surer_up_to_four_characters(length: int, counted: int) -> None:
    typed = "甲乙丙丁戊"[:length]
    meant = typed[:-1] + "己"
    alone = language.NAME_OR_TERM * (length == 2)
    assert weight(typed, typed, meant) == pytest.approx(counted * language.WEIGHT_OF_LENGTH - alone)


@pytest.mark.parametrize(
    ("typed", "word", "confusion", "expected"),
    [
        ("罗时", "落实", Confusion.SAME_SOUND, -language.SEVERAL_DIFFER),
        ("罗时", "落实", Confusion.NEAR_SOUND, -6.5 - language.SEVERAL_DIFFER),
        ("应附", "应付", Confusion.SAME_SOUND, -language.BESIDE_FUNCTION_WORD),
        ("落时", "落实", Confusion.NEAR_SOUND, -6.5),
        ("实落", "落实", Confusion.SWAPPED, -2.0),
        ("落室", "落实", Confusion.SIMILAR_SHAPE, -2.5),
    ],
)
def test_how_the_characters_differ_speaks_against_the_word(
    typed: str, word: str, confusion: Confusion, expected: float
) -> None:
    pair = 2 * language.WEIGHT_OF_LENGTH - language.NAME_OR_TERM
    assert weight(typed, typed, word, confusion) == pytest.approx(pair + expected)


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [(("教室",), -language.DIFFERS_IN_WORD), (("小学",), 0), (("学教",), 0), ((), 0)],
)
def test_what_differs_may_be_a_word_as_it_stands(candidates: tuple[str, ...], expected: float) -> None:
    assert added("小学教室", "小学教室", "小学教师", candidates=candidates) == pytest.approx(expected)
    for_three = expected if "教室" in candidates else 0
    assert added("教室里", "教室里", "教师里", candidates=candidates) == pytest.approx(for_three)
    assert added("教室小学", "教室小学", "教师小学", candidates=candidates) == pytest.approx(expected)
    assert added("教室", "教室", "教师", candidates=candidates) == 0


@pytest.mark.parametrize(
    ("text", "typed", "word", "numbers", "expected"),
    [
        # A preposition stands behind a noun, an auxiliary before a verb that may be longer.
        ("污水经泵站", "污水经", "污水井", ("污水",), -language.BESIDE_FUNCTION_WORD),
        ("污水经泵站", "污水经", "污水井", (), 0),
        ("显定于月底", "显定", "限定", ("定于",), -language.REST_IS_WORD),
        # What differs ends another word.
        ("氨排放", "氨排", "安排", ("排放",), -language.REST_IS_WORD),
        ("委完成", "委完成", "未完成", ("完成",), -language.REST_IS_WORD),
        ("安徘放", "安徘", "安排", ("徘放",), 0),
    ],
)
def test_what_was_typed_may_be_of_other_words(
    text: str, typed: str, word: str, numbers: tuple[str, ...], expected: float
) -> None:
    assert added(text, typed, word, numbers=numbers) == pytest.approx(expected)


def test_what_is_often_confused_is_a_verb_only_if_another_word_goes_on() -> None:
    led = ("现定于月底", "现定", "限定")
    facts = {"confused": {"现": "限"}}
    alone = weight(*led, **facts)
    assert alone == pytest.approx(weight(*led) + language.OFTEN_CONFUSED + language.NAME_OR_TERM + 12.0)
    against = language.BESIDE_FUNCTION_WORD + language.REST_IS_WORD
    assert weight(*led, **facts, numbers=("定于",)) == pytest.approx(alone - against)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("吕梁山", "山水"), -language.OF_TWO_WORDS),
        (("梁山", "山水间"), -language.OF_TWO_WORDS),
        (("梁山",), 0),
        (("山水",), 0),
        (("吕梁", "水间"), 0),
    ],
)
def test_a_character_may_end_one_word_and_begin_the_next(numbers: tuple[str, ...], expected: float) -> None:
    doubled = ("在吕梁山山水间", "梁山山", "梁山", Confusion.DOUBLED)
    assert added(*doubled, numbers=numbers) == pytest.approx(expected)


def test_how_long_words_are_that_begin_with_a_character() -> None:
    assert lengths_by_first(["落", "落实工作", "落实", "全"]) == {"落": (2, 4)}


@pytest.mark.parametrize(
    ("facts", "confusion", "expected"),
    [
        ({}, Confusion.SIMILAR_SHAPE, language.STRAY),
        ({"cost": language.RARE - 0.1}, Confusion.SIMILAR_SHAPE, language.STRAY),
        # What sounds the same is often a name, unless it is seldom written at all.
        ({}, Confusion.SAME_SOUND, 0.0),
        ({"similar": {"时": "间"}}, Confusion.SIMILAR_SHAPE, 0.0),
        ({"words": ("时甲",)}, Confusion.SIMILAR_SHAPE, 0.0),
        ({"words": ("落时",)}, Confusion.SIMILAR_SHAPE, 0.0),
        ({"words": ("甲乙",)}, Confusion.SIMILAR_SHAPE, language.STRAY),
    ],
)
def test_a_character_that_belongs_to_nothing_looks_like_the_one_that_is_meant(
    facts: dict[str, Any], confusion: Confusion, expected: float
) -> None:
    assert added("落时甲乙", "落时", "落实", confusion, **{"similar": {"时": "实"}, **facts}) == expected


@pytest.mark.parametrize("confusion", [Confusion.SIMILAR_SHAPE, Confusion.SAME_SOUND])
def test_a_character_that_is_seldom_written_is_of_no_name(confusion: Confusion) -> None:
    expected = language.STRAY_AND_RARE + language.NAME_OR_TERM
    facts = {"similar": {"时": "实"}, "cost": language.RARE}
    assert added("落时甲乙", "落时", "落实", confusion, **facts) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "laws", "expected"),
    [
        ("落时社区", (), -language.NAME_OF_PLACE),
        ("落时公园", (), -language.NAME_OF_PLACE),
        ("落时社会", (), 0),
        ("落时社区", ("落实社",), language.FITS_AFTER),
    ],
)
def test_what_stands_before_a_place_may_be_its_name(
    text: str, laws: tuple[str, ...], expected: float
) -> None:
    pair = 2 * language.WEIGHT_OF_LENGTH - language.NAME_OR_TERM
    assert weight(text, "落时", "落实", laws=laws) == pytest.approx(pair + expected)


def test_what_statutes_have_beside_a_character_is_no_slip() -> None:
    facts = {"similar": {"时": "实"}, "laws": ("时甲",)}
    assert added("落时甲", "落时", "落实", Confusion.SIMILAR_SHAPE, **facts) == -language.KNOWN_BEYOND


def test_only_one_character_is_taken_for_one_that_looks_like_it() -> None:
    facts = {"similar": {"洛": "落", "时": "实"}}
    assert added("洛时", "洛时", "落实", Confusion.SIMILAR_SHAPE, **facts) == 0.0
