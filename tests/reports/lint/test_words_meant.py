"""Which words characters may stand for."""

from __future__ import annotations

import pytest

from reports.lint.language import words_meant as language
from reports.lint.language.words_meant import Confusion, words_meant
from tests.reports.lint.small_language import small_model


def test_a_word_does_not_stand_for_itself() -> None:
    assert "落时" not in small_model().numbers
    assert [*words_meant("落时", small_model())] == ["落实"]
    assert [*words_meant("落实", small_model())] == []


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
    word = min(one for one in model.official if len(set(one) - language.NUMERALS) == len(one) == 5)
    for at, one in enumerate(word):
        if at < len(word) - 1:
            swapped = word[:at] + word[at + 1] + one + word[at + 2 :]
            assert words_meant(swapped, model)[word] is Confusion.SWAPPED
            doubled = word[:at] + one + word[at:]
            assert words_meant(doubled, model)[word] is Confusion.DOUBLED
        for other in model.similar.get(one, ()):
            similar = word[:at] + other + word[at + 1 :]
            assert words_meant(similar, model)[word] is Confusion.SIMILAR_SHAPE
    assert word not in words_meant(word, model)
