"""What speaks for a word in the place of what was typed: each fact alone, beside one in which none holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from reports.lint.language import typing_errors as language
from reports.lint.language.typing_errors import Confusion, KnownTexts, TypingError
from reports.lint.language.word_model import WordModel, lengths_by_first
from tests.reports.lint.small_language import small_model


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

    def is_in_laws(self, text: str) -> bool:
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
    error = TypingError(start, start + len(typed), word, confusion, 0.0)
    model = cast(WordModel, Facts(**facts))
    return language._weight_of_word(error, text, model, KnownTexts(known))


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
        ({"laws": ("落时乙",)}, -language.KNOWN_WITH_AFTER),
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
        ("罗时", "落实", Confusion.SAME_SOUND, -language.BOTH_DIFFER),
        ("罗时", "落实", Confusion.NEAR_SOUND, -6.5 - language.BOTH_DIFFER),
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
        ("现定于月底", "现定", "限定", ("定于",), -language.BESIDE_FUNCTION_WORD - language.REST_IS_WORD),
        ("显定于月底", "显定", "限定", ("定于",), -language.REST_IS_WORD),
        # What differs ends another word.
        ("氨排放", "氨排", "安排", ("排放",), -language.REST_IS_WORD),
        ("委完成", "委完成", "未完成", ("完成",), -language.REST_IS_WORD),
        ("安徘放", "安徘", "安排", ("徘放",), 0),
        # What two slips made is a word, or none.
        ("式记情况", "式记情况", "实际情况", ("式记",), language.BOTH_DIFFER - language.SEVERAL_DIFFER),
        ("式记情况", "式记情况", "实际情况", (), 0),
    ],
)
def test_what_was_typed_may_be_of_other_words(
    text: str, typed: str, word: str, numbers: tuple[str, ...], expected: float
) -> None:
    assert added(text, typed, word, numbers=numbers) == pytest.approx(expected)


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
    assert language._is_of_a_frame(text, error) is is_of_one


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
    assert language._times_elsewhere(typed, word, counts) == times


def test_a_word_does_not_stand_for_itself() -> None:
    assert "落时" not in small_model().numbers
    assert [*language._words_meant("落时", small_model())] == ["落实"]
    assert [*language._words_meant("落实", small_model())] == []


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


@pytest.mark.parametrize(
    ("typed", "meant", "differ"),
    [
        ("门前三保", "门前三包", False),
        ("一企一册", "一企一策", False),
        ("门前三保", "门前山保", True),
        ("门前山保", "门前三保", True),
        ("颐年", "一年", True),
        ("前三保", "前三包", True),
        ("门前三三保", "门前三保", True),
        ("落时", "落实", False),
    ],
)
def test_only_in_sayings_are_numbers_no_words_of_their_own(typed: str, meant: str, differ: bool) -> None:
    assert language._differ_in_numerals(typed, meant) is differ


def test_an_error_anywhere_in_a_long_word_is_found() -> None:
    model = small_model()
    word = min(one for one in model.official if len(one) == len(set(one)) == 5)
    for at, one in enumerate(word):
        if at < len(word) - 1:
            swapped = word[:at] + word[at + 1] + one + word[at + 2 :]
            assert language._words_meant(swapped, model)[word] is Confusion.SWAPPED
            doubled = word[:at] + one + word[at:]
            assert language._words_meant(doubled, model)[word] is Confusion.DOUBLED
        for other in model.similar.get(one, ()):
            similar = word[:at] + other + word[at + 1 :]
            assert language._words_meant(similar, model)[word] is Confusion.SIMILAR_SHAPE
    assert word not in language._words_meant(word, model)


def test_known_texts_are_known_by_pieces_of_two_to_six_characters() -> None:
    known = KnownTexts(["甲乙丙丁戊己庚，辛壬"])
    pieces = ("甲", "甲乙", "己庚", "甲乙丙丁戊己", "甲乙丙丁戊己庚", "庚辛", "辛壬")
    assert [piece for piece in pieces if piece in known] == ["甲乙", "己庚", "甲乙丙丁戊己", "辛壬"]


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
