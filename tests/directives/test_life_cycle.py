"""The life of a directive, as the full product of step, standing, role and tie, and its due date in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest

from app.authority.actor import Actor, HeldGrant
from app.authority.permits import DepartmentTie, LeaderTie
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.errors import IllegalTransition
from app.directives.core.life_cycle import (
    TRANSITIONS,
    AddresseeRole,
    DirectiveKind,
    DirectiveStanding,
    DirectiveState,
    due_date_in_words,
    first_state,
    is_answer_nearly_due,
    is_answer_overdue,
    next_directive_state,
    state_after_reply,
)
from app.periods.calendar import WorkCalendar

FRIDAY = date(2026, 10, 30)
STANDINGS = {
    "open": DirectiveStanding(DirectiveState.OPEN),
    "answered": DirectiveStanding(DirectiveState.OPEN, is_answered=True),
    "pending": DirectiveStanding(DirectiveState.OPEN, is_extension_asked=True),
    "replied": DirectiveStanding(DirectiveState.REPLIED, is_answered=True),
    "proposed": DirectiveStanding(DirectiveState.REPLIED, is_answered=True, is_closing_proposed=True),
    "closed": DirectiveStanding(DirectiveState.CLOSED, is_answered=True),
    "entered": DirectiveStanding(DirectiveState.OPEN, is_unconfirmed=True),
    "withdrawn": DirectiveStanding(DirectiveState.WITHDRAWN),
    "noted": DirectiveStanding(DirectiveState.NOTED),
}
# By whom: author, successor in his seat, another leader; the office for a leader's and for its own; head and filer of
# 主办 and of 协办; `filers`: of both, unless it is confidential.
TABLE = """
                      open      answered pending   replied  proposed closed entered   by
withdraw_directive    withdrawn -        withdrawn -        -        -      withdrawn author,own
supplement_directive  open      open     open      replied  replied  -      open      author,own
receive_directive     open      open     open      -        -        -      open      main,support,filers
reply_directive       open      open     open      -        -        -      open      main,support,filers
request_extension     open      open     -         -        -        -      open      main
grant_extension       -         -        open      -        -        -      -         author,successor,own
refuse_extension      -         -        open      -        -        -      -         author,successor,own
send_back_directive   -         -        -         open     open     -      -         author,successor,own
propose_closing       -         -        -         replied  -        -      -         office,own
close_directive       -         -        -         closed   closed   -      -         author,successor,office,own
reopen_directive      -         -        -         -        -        open   -         author,successor,own
remind_addressees     open      open     open      -        -        -      open      author,successor,office,own
confirm_directive     -         -        -         -        -        -      open      author
"""
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
EXPECTED = {name: dict(zip(HEAD, cells, strict=True)) for name, *cells in ROWS}
MAIN, SUPPORT, STRANGER = 1, 2, 3
AUTHOR, SUCCESSOR, OTHER = 11, 12, 13


@dataclass(frozen=True)
class Subject:
    """A directive of AUTHOR's, or of the office's own, on which SUCCESSOR sits where AUTHOR sat."""

    is_of_office: bool = False
    is_confidential: bool = False

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        return frozenset({MAIN} if tie is DepartmentTie.LEAD else {MAIN, SUPPORT})

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]:
        if self.is_of_office:
            return frozenset()
        return frozenset({AUTHOR} if tie is LeaderTie.AUTHOR else {AUTHOR, SUCCESSOR})


def actor(role: Role, *, department: int | None = None, leader: int | None = None) -> Actor:
    return Actor(1, "某人", role.label, grants=(HeldGrant(role, department, leader),))


def ties_of(row: str, subject: Subject) -> dict[Actor, bool]:
    """Return everybody who could act, with whether the table lets him."""
    by = set(row.split(","))
    is_leaders = not subject.is_of_office
    may_filers = "filers" in by and not subject.is_confidential
    found = {
        actor(Role.LEADER, leader=AUTHOR): "author" in by and is_leaders,
        actor(Role.LEADER, leader=SUCCESSOR): "successor" in by and is_leaders,
        actor(Role.LEADER, leader=OTHER): False,
        actor(Role.OFFICE): "office" in by or ("own" in by and subject.is_of_office),
        actor(Role.HEAD, department=MAIN): "main" in by,
        actor(Role.HEAD, department=SUPPORT): "support" in by,
        actor(Role.FILER, department=MAIN): may_filers,
        actor(Role.FILER, department=SUPPORT): may_filers,
        actor(Role.HEAD, department=STRANGER): False,
        actor(Role.FILER, department=STRANGER): False,
    }
    administrators = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
    return found | {actor(role): False for role in administrators}


def test_the_table_names_every_step() -> None:
    assert {Action(name) for name in EXPECTED} == set(TRANSITIONS)


@pytest.mark.parametrize(("name", "standing"), [*product(EXPECTED, STANDINGS)])
def test_every_step_leads_where_the_table_says(name: str, standing: str) -> None:
    expected = EXPECTED[name].get(standing, "-")
    if expected != "-":
        assert next_directive_state(Action(name), STANDINGS[standing]) is DirectiveState(expected)
        return
    with pytest.raises(IllegalTransition, match="。"):
        next_directive_state(Action(name), STANDINGS[standing])


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize(("is_of_office", "is_confidential"), [*product((False, True), repeat=2)])
def test_every_role_and_tie_may_what_the_table_says(
    name: str, is_of_office: bool, is_confidential: bool
) -> None:
    subject = Subject(is_of_office, is_confidential)
    for one, may in ties_of(EXPECTED[name]["by"], subject).items():
        assert is_allowed(one, Action(name), subject) is may, one.grants


@pytest.mark.parametrize("is_confidential", [False, True])
def test_a_confidential_one_is_read_by_its_seat_the_addressed_heads_and_the_office(
    is_confidential: bool,
) -> None:
    subject = Subject(is_confidential=is_confidential)
    always = [
        actor(Role.LEADER, leader=AUTHOR),
        actor(Role.LEADER, leader=SUCCESSOR),
        actor(Role.OFFICE),
        actor(Role.HEAD, department=MAIN),
        actor(Role.HEAD, department=SUPPORT),
    ]
    shared = [actor(Role.LEADER, leader=OTHER), actor(Role.FILER, department=MAIN)]
    never = [actor(Role.HEAD, department=STRANGER), actor(Role.AUDITOR), actor(Role.SYSTEM_ADMIN)]
    for people, may in ((always, True), (shared, not is_confidential), (never, False)):
        assert [is_allowed(one, Action.READ_DIRECTIVE, subject) for one in people] == [may] * len(people)


@pytest.mark.parametrize(("role", "is_final"), [*product(AddresseeRole, (True, False))])
def test_only_the_final_answer_of_the_main_department_answers_for_all(
    role: AddresseeRole, is_final: bool
) -> None:
    is_end = is_final and role is AddresseeRole.MAIN
    state = DirectiveState.REPLIED if is_end else DirectiveState.OPEN
    assert state_after_reply(STANDINGS["pending"], role=role, is_final=is_final) is state
    with pytest.raises(IllegalTransition, match="已销号"):
        state_after_reply(STANDINGS["closed"], role=role, is_final=is_final)


def test_what_is_merely_noted_is_at_its_end_and_is_not_closed() -> None:
    assert {kind: first_state(kind) for kind in DirectiveKind} == {
        DirectiveKind.INSTRUCTION: DirectiveState.OPEN,
        DirectiveKind.NOTED: DirectiveState.NOTED,
        DirectiveKind.SUPERVISION: DirectiveState.OPEN,
    }


@pytest.mark.parametrize(
    ("state", "day", "nearly", "overdue"),
    [
        (DirectiveState.OPEN, date(2026, 10, 26), False, False),
        (DirectiveState.OPEN, date(2026, 10, 27), True, False),
        (DirectiveState.OPEN, FRIDAY, True, False),
        (DirectiveState.OPEN, date(2026, 10, 31), False, True),
        (DirectiveState.REPLIED, date(2026, 10, 29), False, False),
        (DirectiveState.REPLIED, date(2026, 10, 31), False, False),
        (DirectiveState.CLOSED, date(2026, 10, 31), False, False),
    ],
)
def test_nearly_due_is_three_working_days_before_and_overdue_what_is_still_owed_after_the_day(
    state: DirectiveState, day: date, nearly: bool, overdue: bool
) -> None:
    assert is_answer_nearly_due(state, FRIDAY, day) is nearly
    assert is_answer_overdue(state, FRIDAY, day) is overdue
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
