"""The life cycle as the full product of action, state, role and department, against the table in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from app.authority.actor import Actor, HeldGrant
from app.authority.permits import DepartmentTie
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.errors import IllegalTransition
from app.filing.core.life_cycle import (
    FilingStage,
    FilingStanding,
    FilingState,
    ReturnKind,
    TakeBack,
    action_words,
    actions_possible_in,
    can_happen,
    next_filing_state,
    stage_of,
    standing_of,
    state_and_kind,
    steps_of_taking_back,
    take_back_among,
)

OWN, LEAD, OTHER = 1, 2, 3

LIFE_CYCLE = """
               draft      submitted   signed_off  returned   accepted   by
write_filing   draft      -           -           returned   -          filer,head
submit         submitted  -           -           submitted  -          filer,head
sign_off       -          signed_off  -           -          -          head
correct        -          submitted   -          -          -          head
return         -          returned    -           -          -          head
send_back      -          -           returned    -          -          office
accept         -          -           accepted    -          -          office
reopen         -          -           -           -          returned   office
take_back      -          draft       -           -          -          filer,head
take_back_sign_off -      -           submitted   -          -          head
suggest_wording -         -           signed_off  -          -          office
answer_suggestion -       -           signed_off  -          -          filer,head
"""


def grid(text: str) -> dict[str, dict[str, str]]:
    """Return a table in words by row and column."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {name: dict(zip(head, cells, strict=True)) for name, *cells in rows}


@dataclass(frozen=True)
class Subject:
    """A filing of department OWN on a measure that LEAD leads."""

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        return {DepartmentTie.OWNER: frozenset({OWN}), DepartmentTie.LEAD: frozenset({LEAD})}.get(
            tie, frozenset()
        )


def holder(role: Role, department: int) -> Actor:
    departmental = role in (Role.FILER, Role.HEAD)
    return Actor(1, "某人", role.label, grants=(HeldGrant(role, department if departmental else None),))


def outcome(user: Actor, action: Action, state: FilingState) -> str:
    """Return where the action leads this user's filing, or "-" where table or policy refuses."""
    if not is_allowed(user, action, Subject()):
        return "-"
    try:
        return next_filing_state(action, state).value
    except IllegalTransition:
        return "-"


@pytest.mark.parametrize("department", [OWN, LEAD, OTHER])
@pytest.mark.parametrize("role", Role)
def test_the_life_cycle_is_the_table(role: Role, department: int) -> None:
    user = holder(role, department)
    for (action, cells), state in product(grid(LIFE_CYCLE).items(), FilingState):
        mine = role in cells["by"].split(",") and (department == OWN or role is Role.OFFICE)
        expected = cells[state.value] if mine else "-"
        assert outcome(user, Action(action), state) == expected, (action, state)


def test_every_step_stands_in_the_table() -> None:
    table = grid(LIFE_CYCLE)
    for action, state in product(Action, FilingState):
        assert can_happen(action, state) == (table.get(action.value, {}).get(state.value, "-") != "-")


def test_what_came_back_once_is_taken_back_to_that_and_goes_its_way_else() -> None:
    for action, state in product(Action, FilingState):
        if not can_happen(action, state):
            with pytest.raises(IllegalTransition):
                next_filing_state(action, state, came_back=True)
            continue
        plain, once_returned = (next_filing_state(action, state, came_back=came) for came in (False, True))
        is_taken_back = action is Action.TAKE_BACK_FILING
        assert once_returned is (FilingState.RETURNED if is_taken_back else plain)


@pytest.mark.parametrize("needs_sign_off", [True, False])
def test_a_department_takes_back_until_the_next_one_has_decided(needs_sign_off: bool) -> None:
    waiting = {FilingState.SUBMITTED} if needs_sign_off else {FilingState.SUBMITTED, FilingState.SIGNED_OFF}
    for state in FilingState:
        possible = actions_possible_in(state, needs_sign_off=needs_sign_off)
        assert (Action.TAKE_BACK_FILING in possible) == (state in waiting)
        signed = state is FilingState.SIGNED_OFF and needs_sign_off
        assert (Action.TAKE_BACK_SIGN_OFF in possible) == signed


def test_who_can_sign_is_offered_no_taking_back_and_anybody_else_what_can_be_done() -> None:
    sign, take_back = Action.SIGN_OFF_FILING, Action.TAKE_BACK_FILING
    assert take_back_among(frozenset({sign, take_back})) is None
    assert take_back_among(frozenset({take_back})) is TakeBack.FILING
    assert take_back_among(frozenset({Action.TAKE_BACK_SIGN_OFF})) is TakeBack.SIGNATURE
    assert take_back_among(frozenset()) is None


def test_a_refusal_says_where_the_filing_stands_and_what_cannot_be_done() -> None:
    with pytest.raises(IllegalTransition, match="现在是“已采用”，不能提交"):
        next_filing_state(Action.SUBMIT_FILING, FilingState.ACCEPTED)


def test_how_a_filing_reads_to_those_who_wait_for_it() -> None:
    read = {
        (state, kind, overdue): standing_of(state, kind=kind, overdue=overdue)
        for state, kind, overdue in product(FilingState, ReturnKind, (False, True))
    }
    supplement = {key for key, standing in read.items() if standing is FilingStanding.SUPPLEMENT}
    assert supplement == {(FilingState.RETURNED, ReturnKind.SUPPLEMENT, late) for late in (False, True)}
    for (state, kind, overdue), standing in read.items():
        if state is FilingState.DRAFT:
            assert standing is (FilingStanding.OVERDUE if overdue else FilingStanding.UNREPORTED)
        elif (state, kind, overdue) not in supplement:
            assert standing.value == state.value


def test_asking_for_more_is_called_so() -> None:
    words = [action_words(Action.SEND_BACK_FILING, kind) for kind in (None, *ReturnKind)]
    assert [one == ReturnKind.SUPPLEMENT.label for one in words] == [
        kind is ReturnKind.SUPPLEMENT for kind in (None, *ReturnKind)
    ]


def test_what_nobody_signed_is_taken_back_in_two_steps() -> None:
    steps = {
        (state, needs): steps_of_taking_back(state, needs_sign_off=needs)
        for state, needs in product(FilingState, (False, True))
    }
    one, both = (Action.TAKE_BACK_FILING,), (Action.TAKE_BACK_SIGN_OFF, Action.TAKE_BACK_FILING)
    expected = {(FilingState.SUBMITTED, needs): one for needs in (False, True)}
    expected |= {(FilingState.SIGNED_OFF, False): both}
    assert steps == {key: expected.get(key, ()) for key in steps}
    assert [kind.is_signature for kind in (TakeBack.SIGNATURE, TakeBack.FILING)] == [True, False]


@pytest.mark.parametrize("stage", [*FilingState, ReturnKind.CORRECT, ReturnKind.SUPPLEMENT])
def test_a_stage_is_found_by_what_is_stored_of_it(stage: FilingStage) -> None:
    state, kind = state_and_kind(stage)
    assert state is not None
    found = stage_of(state, kind or ReturnKind.CORRECT)
    assert found == (FilingState.RETURNED if stage is ReturnKind.CORRECT else stage)
    assert (kind is None) is (stage not in (FilingState.RETURNED, *ReturnKind))


def test_any_stage_leaves_both_open() -> None:
    assert state_and_kind(None) == (None, None)
