"""A filing lives any life that people may try to give it; a model of four lines says what must come of it."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.access.policy import Action
from app.audit.queries import history, verify
from app.db import database
from app.errors import DomainError, IllegalTransition, NotAllowed, StaleVersion
from app.filing import operations, queries
from app.filing.models import Filing
from tests.filing.test_rules import LIFE_CYCLE, grid
from tests.world import World, full_content

TABLE = grid(LIFE_CYCLE)
WHO = ["filer", "head", "office", "leader", "auditor", "filer:城管办", "head:城管办"]
CONTENT = full_content()


class Undone(Exception):
    """Ends a transaction without keeping anything of it."""


def deed(action: str, filing: Filing, world: World, who: str, version: int) -> None:
    """Do the action through its operation."""
    by, reason = world.users[who], "请补充数字。"
    match Action(action):
        case Action.WRITE_FILING:
            operations.save(filing, CONTENT, by=by, version=version)
        case Action.SUBMIT:
            operations.save_and_submit(filing, CONTENT, by=by, version=version)
        case Action.SIGN_OFF:
            operations.sign_off(filing, by=by, version=version)
        case Action.ACCEPT:
            operations.accept(filing, by=by, version=version)
        case Action.RETURN:
            operations.return_within(filing, by=by, version=version, reason=reason)
        case Action.SEND_BACK:
            operations.send_back(filing, by=by, version=version, reason=reason)
        case Action.REOPEN:
            operations.reopen(filing, by=by, version=version, reason=reason)


class Life(RuleBasedStateMachine):
    """Tries everything on one filing; all of it is rolled back at the end."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.whole_life = database.atomic()
        self.whole_life.__enter__()
        self.state, self.version, self.events = "draft", 1, 0

    @rule(action=st.sampled_from(list(TABLE)), who=st.sampled_from(WHO), stale=st.booleans())
    def somebody_tries(self, action: str, who: str, stale: bool) -> None:
        before, version = self.state, self.version - stale
        refusal = None
        try:
            deed(action, self.world.filing(1), self.world, who, version)
        except DomainError as error:
            refusal = type(error)
        assert refusal is self.expected_refusal(action, who, stale)
        if refusal is None:
            steps = 2 if action == "submit" else 1
            self.state, self.version = TABLE[action][before], self.version + steps
            self.events += steps

    def expected_refusal(self, action: str, who: str, stale: bool) -> type[DomainError] | None:
        if who not in TABLE[action]["by"].split(","):
            return NotAllowed
        if TABLE[action][self.state] == "-":
            return IllegalTransition
        return StaleVersion if stale else None

    @invariant()
    def the_base_is_as_the_model_says(self) -> None:
        stored = self.world.filing(1)
        assert (stored.state, stored.version) == (self.state, self.version)
        assert (stored.accepted_at is not None) == (self.state == "accepted")
        assert bool(stored.returned_reason) == (self.state == "returned")

    @invariant()
    def every_step_is_on_record(self) -> None:
        events = history(self.world.filing(1))
        handed_over = [event for event in events if event.action != Action.WRITE_FILING]
        assert len(events) == self.events
        assert len(queries.revisions(self.world.filing(1))) == len(handed_over)

    def teardown(self) -> None:
        assert verify() is None
        self.whole_life.__exit__(Undone, Undone(), None)


def test_no_life_breaks_the_rules(world: World) -> None:
    limits = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(lambda: Life(world), settings=limits)
