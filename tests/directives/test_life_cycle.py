"""The life of a directive, as a full product, and its due date in words."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.authority.policy import Action
from app.base.errors import IllegalTransition
from app.directives.life_cycle import (
    DirectiveKind,
    DirectiveState,
    due_date_in_words,
    first_state,
    is_answer_overdue,
    next_directive_state,
    state_after_reply,
)
from app.periods.calendar import WorkCalendar

STEPS = {
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.OPEN): DirectiveState.REPLIED,
    (Action.REPLY_TO_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.REPLIED,
    (Action.CLOSE_DIRECTIVE, DirectiveState.REPLIED): DirectiveState.CLOSED,
}
FRIDAY = date(2026, 10, 30)


@pytest.mark.parametrize(
    ("action", "state"), list(product((Action.REPLY_TO_DIRECTIVE, Action.CLOSE_DIRECTIVE), DirectiveState))
)
def test_every_step_is_taken_or_refused_with_a_sentence(action: Action, state: DirectiveState) -> None:
    if (action, state) in STEPS:
        assert next_directive_state(action, state) is STEPS[action, state]
        return
    with pytest.raises(IllegalTransition, match=f"现在是“{state.label}”"):
        next_directive_state(action, state)


def test_a_directive_stays_open_until_the_last_addressee_has_answered() -> None:
    assert state_after_reply(DirectiveState.OPEN, all_answered=False) is DirectiveState.OPEN
    assert state_after_reply(DirectiveState.OPEN, all_answered=True) is DirectiveState.REPLIED
    with pytest.raises(IllegalTransition):
        state_after_reply(DirectiveState.CLOSED, all_answered=False)


def test_only_what_is_merely_noted_asks_for_no_answer() -> None:
    closed_at_once = [kind for kind in DirectiveKind if first_state(kind) is DirectiveState.CLOSED]
    assert closed_at_once == [DirectiveKind.NOTED]


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        (DirectiveState.OPEN, date(2026, 10, 29), False),
        (DirectiveState.OPEN, FRIDAY, False),
        (DirectiveState.OPEN, date(2026, 10, 31), True),
        (DirectiveState.REPLIED, date(2026, 10, 31), False),
        (DirectiveState.CLOSED, date(2026, 10, 31), False),
    ],
)
def test_overdue_is_what_is_still_owed_after_the_day(
    state: DirectiveState, day: date, expected: bool
) -> None:
    assert is_answer_overdue(state, FRIDAY, day) is expected
    assert is_answer_overdue(state, None, day) is False


@pytest.mark.parametrize(
    ("state", "due_on", "day", "words"),
    [
        (DirectiveState.OPEN, FRIDAY, date(2026, 10, 28), "2026年10月30日，还有 2 个工作日"),
        (DirectiveState.OPEN, FRIDAY, FRIDAY, "2026年10月30日，今天截止"),
        (DirectiveState.OPEN, FRIDAY, date(2026, 11, 3), "2026年10月30日，已逾期 2 个工作日"),
        (DirectiveState.REPLIED, FRIDAY, date(2026, 11, 3), "2026年10月30日"),
        (DirectiveState.OPEN, None, FRIDAY, "未定期限"),
    ],
)
def test_how_far_off_the_due_date_is_matters_while_an_answer_is_owed(
    state: DirectiveState, due_on: date | None, day: date, words: str
) -> None:
    assert due_date_in_words(state, due_on, day) == words


def test_working_days_are_those_of_the_office() -> None:
    storm = WorkCalendar({date(2026, 10, 29): False})
    words = due_date_in_words(DirectiveState.OPEN, FRIDAY, date(2026, 10, 28), storm)
    assert words == "2026年10月30日，还有 1 个工作日"
