"""A state machine over the whole life of a directive with two addressees: whatever is tried in whatever order, one
number, one 主办, no final answer lost, and what is closed has a word and a name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.authority.policy import Action
from app.base.clock import today
from app.base.database import database
from app.base.errors import DomainError
from app.directives.core.life_cycle import AddresseeRole, DirectiveState
from app.directives.core.models import Directive
from app.directives.replies.operations import reply_to_directive
from app.directives.steps import operations as steps
from tests.directives.writing import reload_directive, written_directive
from tests.world import World

MAIN, SUPPORT = "经发办", "城管办"
SEATS = st.sampled_from(["leader", "office", "head", "head:城管办", "filer"])


class DirectiveLife(RuleBasedStateMachine):
    """One directive; every run begins with a new one and is taken back. `world` is set before."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.attempt = database.atomic()
        self.begun = self.attempt.__enter__()
        due = today() + timedelta(days=20)
        self.directive: Directive = written_directive(self.world, MAIN, SUPPORT, due_on=due)
        self.first_due, self.is_final = self.directive.due_on, False

    def teardown(self) -> None:
        self.begun.rollback()
        self.attempt.__exit__(None, None, None)

    def attempt_step(self, step: Callable[..., object], *words: object, seat: str, **values: object) -> bool:
        version = self.directive.version
        try:
            with database.atomic():
                step(self.directive, *words, by=self.world.users[seat], version=version, **values)
        except DomainError:
            return False
        finally:
            self.directive = reload_directive(self.directive)
        assert self.directive.version > version
        return True

    @rule(seat=SEATS, name=st.sampled_from([MAIN, SUPPORT]), is_final=st.booleans())
    def reply(self, seat: str, name: str, is_final: bool) -> None:
        department = self.world.departments[name]
        was_open = self.directive.is_open
        is_done = self.attempt_step(
            reply_to_directive, "已办。", seat=seat, department=department, is_final=is_final
        )
        assert not is_done or was_open
        if is_done and name == MAIN and is_final:
            assert self.directive.state is DirectiveState.REPLIED

    @rule(seat=SEATS)
    def withdraw(self, seat: str) -> None:
        if self.attempt_step(steps.withdraw_directive, "写错。", seat=seat):
            assert seat == "leader"
            assert not self.directive.replies

    @rule(seat=SEATS, days=st.integers(-30, 60))
    def request_extension(self, seat: str, days: int) -> None:
        wanted = today() + timedelta(days=days)
        words = {"reason": "等资料。", "progress": "在办。"}
        if self.attempt_step(steps.request_extension, wanted, seat=seat, **words):
            assert seat == "head"

    @rule(seat=SEATS, is_granted=st.booleans())
    def decide_extension(self, seat: str, is_granted: bool) -> None:
        asked = self.directive.extension_to
        if is_granted and self.attempt_step(steps.grant_extension, seat=seat):
            assert (seat, self.directive.due_on) == ("leader", asked)
        elif not is_granted and self.attempt_step(steps.refuse_extension, "抓紧。", seat=seat):
            assert seat == "leader"

    @rule(seat=SEATS, is_closed=st.booleans())
    def send_back_or_reopen(self, seat: str, is_closed: bool) -> None:
        step = steps.reopen_directive if is_closed else steps.send_back_directive
        if self.attempt_step(step, "再办。", seat=seat, day=today() + timedelta(days=30)):
            assert self.directive.is_open
            assert self.world.departments[MAIN].id in self.directive.unanswered_ids

    @rule(seat=SEATS, is_stated=st.booleans())
    def close(self, seat: str, is_stated: bool) -> None:
        stated = steps.StatedWord("电话", today()) if is_stated else None
        was = self.directive.state
        if self.attempt_step(steps.close_directive, seat=seat, word="同意。", stated=stated):
            assert was is DirectiveState.REPLIED
            assert seat == "leader" or (seat == "office" and is_stated)

    @rule(seat=SEATS)
    def propose(self, seat: str) -> None:
        self.attempt_step(steps.propose_closing, "可销号。", seat=seat)

    @rule(seat=SEATS)
    def supplement(self, seat: str) -> None:
        self.attempt_step(steps.supplement_directive, "再补一句。", seat=seat)

    @invariant()
    def exactly_one_answers_for_all(self) -> None:
        roles = [one.role for one in self.directive.addressees]
        assert roles.count(AddresseeRole.MAIN) == 1
        assert len(roles) == 2

    @invariant()
    def what_is_closed_has_a_name_and_a_word(self) -> None:
        closing = self.directive.closing
        assert (closing is not None) is self.directive.is_closed
        assert closing is None or (closing.person and closing.text)

    @invariant()
    def an_extension_waits_only_while_it_is_open(self) -> None:
        assert self.directive.extension_to is None or self.directive.is_open
        assert (self.directive.first_due_on or self.directive.due_on) == self.first_due

    @invariant()
    def nothing_that_was_written_is_lost(self) -> None:
        assert self.directive.text
        withdrawals = [one for one in self.directive.steps if one.action is Action.WITHDRAW_DIRECTIVE]
        assert bool(withdrawals) is (self.directive.state is DirectiveState.WITHDRAWN)


@pytest.mark.usefixtures("in_app")
def test_no_order_of_steps_breaks_it(world: World) -> None:
    DirectiveLife.world = world
    run_state_machine_as_test(
        DirectiveLife,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
