"""What time a document covers: codes, words, quarters, what may end where."""

from __future__ import annotations

from datetime import date

import pytest

from app.base.errors import BadInput
from app.composition.scope import (
    DocumentScope,
    ScopeSpan,
    read_scope,
    scope_of,
)
from app.periods.rules import QUARTERS, Quarter

CODES = ("2026Q1", "2026Q2", "2026Q3", "2026Q4", "2026H1", "2026Q1-3", "2026")


@pytest.mark.parametrize("code", CODES)
def test_what_is_read_is_written_again(code: str) -> None:
    assert read_scope(code).code == code
    assert read_scope(f" {code.lower()} ") == read_scope(code)


@pytest.mark.parametrize(
    ("code", "words", "short", "quarters", "elapsed", "last_day"),
    [
        ("2026Q3", "2026年第三季度", "第三季度", (3,), 75, date(2026, 9, 30)),
        ("2026H1", "2026年上半年", "上半年", (1, 2), 50, date(2026, 6, 30)),
        ("2026Q1-3", "2026年前三季度", "前三季度", (1, 2, 3), 75, date(2026, 9, 30)),
        ("2026", "2026年", "全年", (1, 2, 3, 4), 100, date(2026, 12, 31)),
    ],
)
def test_it_is_called_and_reckoned_as_people_do(
    code: str, words: str, short: str, quarters: tuple[int, ...], elapsed: int, last_day: date
) -> None:
    scope = read_scope(code)
    assert (scope.words, scope.short_words) == (words, short)
    assert scope.quarters == tuple(Quarter(2026, number) for number in quarters)
    assert (scope.elapsed_percent, scope.last_day) == (elapsed, last_day)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "26Q3",
        "2026Q5",
        "2026Q0",
        "2026H2",
        "2026Q1-2",
        "2026-Q3",
        "0000",
        "三季度",
        "２０２６Q3",
        "2026Q3x",
    ],
)
def test_what_is_no_code_is_answered_with_how_to_write_one(code: str) -> None:
    with pytest.raises(BadInput, match="季度写 2026Q3，上半年写 2026H1，前三季度写 2026Q1-3，全年写 2026。"):
        read_scope(code)


@pytest.mark.parametrize("number", QUARTERS)
def test_any_quarter_stands_for_itself(number: int) -> None:
    assert scope_of(Quarter(2026, number), ScopeSpan.QUARTER) == DocumentScope(Quarter(2026, number))


@pytest.mark.parametrize(
    ("span", "last"), [(ScopeSpan.HALF_YEAR, 2), (ScopeSpan.THREE_QUARTERS, 3), (ScopeSpan.YEAR, 4)]
)
def test_a_longer_span_ends_with_one_quarter_alone(span: ScopeSpan, last: int) -> None:
    assert scope_of(Quarter(2026, last), span) == DocumentScope(Quarter(2026, last), span)
    for number in set(QUARTERS) - {last}:
        with pytest.raises(BadInput, match=f"{span.label}到第.季度为止，请选择2026年第.季度。"):
            scope_of(Quarter(2026, number), span)
