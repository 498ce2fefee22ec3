"""A filing lives any life that people may try to give it; a small model says what must come of it.

The quarter is closed at some time, unlocked for the department, locked again or left to run out by the clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.audit.queries import events_of_subject, verify_chain
from app.authority.actor import SAMPLE_LOADER, Actor
from app.authority.policy import Action
from app.base.clock import clock_stopped_at
from app.base.database import database
from app.base.errors import (
    DomainError,
    IllegalTransition,
    NotAllowed,
    StaleVersion,
)
from app.filing.core import operations, queries
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.models import Filing
from app.filing.department import sign_off_corrections, taking_back
from app.filing.suggestions import operations as suggestions
from app.filing.suggestions.models import WordingSuggestion
from app.periods import operations as periods
from app.periods.models import Period, Unlock
from tests.filing.core.test_life_cycle import LIFE_CYCLE, grid
from tests.filing.pages import revisions_of
from tests.world import THRESHOLDS, World, full_content

TABLE = grid(LIFE_CYCLE)
WHO = ["filer", "head", "office", "leader", "auditor", "filer:城管办", "head:城管办"]
CONTENT = full_content()
REASON = "请补充数字。"
HOUR = timedelta(hours=1)
GIVING_BACK = {
    Action.RETURN_FILING: operations.return_filing,
    Action.REOPEN_FILING: operations.reopen_filing,
}
GOING_ON = {
    Action.SIGN_OFF_FILING: operations.sign_off_filing,
    Action.ACCEPT_FILING: operations.accept_filing,
    Action.TAKE_BACK_FILING: taking_back.take_back_filing,
    Action.TAKE_BACK_SIGN_OFF: taking_back.take_back_sign_off,
}


class Undone(Exception):
    """Ends a transaction without keeping anything of it."""


def run_action(action: str, filing: Filing, world: World, who: str, version: int, kind: ReturnKind) -> None:
    """Do the action through its operation."""
    by = world.users[who]
    match Action(action):
        case Action.WRITE_FILING:
            operations.save_filing(filing, CONTENT, by=by, version=version, thresholds=THRESHOLDS)
        case Action.SUBMIT_FILING:
            operations.save_and_submit(filing, CONTENT, by=by, version=version, thresholds=THRESHOLDS)
        case Action.SEND_BACK_FILING:
            operations.send_back_filing(filing, by=by, version=version, reason=REASON, kind=kind)
        case Action.CORRECT_FILING:
            texts = {"progress": f"改第 {version} 版。", "problems": "", "next_steps": ""}
            sign_off_corrections.sign_off_corrected(filing, texts, by=by, version=version)
        case Action.SUGGEST_WORDING:
            texts = {"progress": f"建议改第 {version} 版。"}
            suggestions.suggest_wording(filing, texts, by=by, version=version)
        case Action.ANSWER_SUGGESTION:
            with database.atomic():
                agree_to_any_words(filing, version, by)
        case Action.RETURN_FILING | Action.REOPEN_FILING as step:
            GIVING_BACK[step](filing, by=by, version=version, reason=REASON)
        case step:
            GOING_ON[step](filing, by=by, version=version)


def agree_to_any_words(filing: Filing, version: int, by: Actor) -> None:
    """Agree to other words for the progress, as if the filing had been read at a version."""
    words = {"field": "progress", "before": filing.progress, "after": "照改。"}
    suggestion = WordingSuggestion.create(filing=filing, suggested_by="某人", **words)
    filing.version = version
    suggestion.filing = filing
    suggestions.agree_to_suggestion(suggestion, by=by, thresholds=THRESHOLDS)


class Life(RuleBasedStateMachine):
    """Tries everything on one filing and its quarter; all of it is rolled back at the end."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.whole_life = database.atomic()
        self.whole_life.__enter__()
        self.state, self.version, self.events = "draft", 1, 0
        self.kind: ReturnKind | None = None
        self.last_kind: ReturnKind | None = None
        self.now = datetime(2026, 10, 9, 9, 0)
        self.is_closed = False
        self.until: datetime | None = None

    @rule(
        action=st.sampled_from(list(TABLE)),
        who=st.sampled_from(WHO),
        stale=st.booleans(),
        kind=st.sampled_from(ReturnKind),
    )
    def somebody_tries(self, action: str, who: str, stale: bool, kind: ReturnKind) -> None:
        before, version = self.state, self.version - stale
        refusal = None
        try:
            with clock_stopped_at(self.now):
                run_action(action, self.world.filing(1), self.world, who, version, kind)
        except DomainError as error:
            refusal = type(error)
        assert refusal is self.expected_refusal(action, who, stale)
        if refusal is None:
            steps = 2 if action in ("submit", "correct") else 1
            self.state, self.version = self.state_after(action, before), self.version + steps
            self.events += steps
            self.kind = self.kind_after(action, kind)

    @rule(choice=st.integers(0, 9), kind=st.sampled_from(ReturnKind))
    def somebody_who_may_goes_on(self, choice: int, kind: ReturnKind) -> None:
        """Chance alone would hardly ever lead a filing as far as the office."""
        moves = [
            (action, who)
            for action, row in TABLE.items()
            for who in row["by"].split(",")
            if row[self.state] != "-" and action != "write_filing"
        ]
        action, who = moves[choice % len(moves)]
        self.somebody_tries(action, who, False, kind)

    @rule(hours=st.sampled_from([1, 3]))
    def time_goes_by(self, hours: int) -> None:
        self.now += hours * HOUR

    @precondition(lambda self: not self.is_closed)
    @rule()
    def the_quarter_is_closed(self) -> None:
        periods.close_period(self.period, by=SAMPLE_LOADER)
        self.is_closed = True

    @rule(
        who=st.sampled_from(["office", "office", "head", "leader"]),
        short=st.sampled_from(["经发办", "经发办", "城管办"]),
    )
    def somebody_unlocks_a_department(self, who: str, short: str) -> None:
        until, refusal = self.now + 2 * HOUR, None
        try:
            with clock_stopped_at(self.now):
                department, by = self.world.departments[short], self.world.users[who]
                periods.unlock_department(self.period, department, until=until, reason=REASON, by=by)
        except DomainError as error:
            refusal = type(error)
        assert (refusal is None) == (who == "office" and self.is_closed)
        if refusal is None and short == "经发办":
            self.until = until

    @precondition(lambda self: self.until is not None)
    @rule()
    def the_office_locks_it_again(self) -> None:
        given = Unlock.select().where(Unlock.department == self.world.departments["经发办"])
        with clock_stopped_at(self.now):
            if self.is_locked:  # it has run out
                return
            periods.lock_department_again(
                given.order_by(Unlock.id.desc()).get(), by=self.world.users["office"]
            )
        self.until = None

    @property
    def period(self) -> Period:
        return Period.get_by_id(self.world.period.id)

    @property
    def is_locked(self) -> bool:
        return self.is_closed and (self.until is None or self.until <= self.now)

    def expected_refusal(self, action: str, who: str, stale: bool) -> type[DomainError] | None:
        if who not in TABLE[action]["by"].split(","):
            return NotAllowed
        if self.is_locked or TABLE[action][self.state] == "-":
            return IllegalTransition
        return StaleVersion if stale else None

    def state_after(self, action: str, before: str) -> str:
        """Return where a step leads: what came back once comes back when it is taken back."""
        if action == "take_back" and self.last_kind is not None:
            return "returned"
        if action == "correct":
            return "signed_off"  # what is corrected is signed with it
        return TABLE[action][before]

    def kind_after(self, action: str, kind: ReturnKind) -> ReturnKind | None:
        if self.state != "returned":
            return None
        kept = {"send_back": kind, "write_filing": self.kind, "take_back": self.last_kind}
        self.last_kind = kept.get(action, ReturnKind.CORRECT)
        return self.last_kind

    @invariant()
    def the_base_is_as_the_model_says(self) -> None:
        stored = self.world.filing(1)
        assert (stored.state, stored.version) == (self.state, self.version)
        assert (stored.accepted_at is not None) == (self.state == "accepted")
        assert bool(stored.returned_reason) == (self.state == "returned")
        assert self.kind in (None, stored.return_kind)

    @invariant()
    def every_step_is_on_record(self) -> None:
        filing = self.world.filing(1)
        events, kept = events_of_subject(filing), revisions_of(filing)
        assert len(events) == self.events
        assert len(kept) == sum(event.action != Action.WRITE_FILING for event in events)
        assert all((text.return_kind is None) == (text.state != "returned") for text in kept)
        if self.kind is not None:
            assert kept[0].return_kind is self.kind

    @invariant()
    def the_lock_is_as_the_model_says(self) -> None:
        with clock_stopped_at(self.now):
            assert queries.is_filing_locked(self.world.filing(1)) is self.is_locked

    def teardown(self) -> None:
        assert verify_chain() is None
        self.whole_life.__exit__(Undone, Undone(), None)


def test_no_life_breaks_the_rules(world: World) -> None:
    limits = settings(
        max_examples=25,
        stateful_step_count=20,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(lambda: Life(world), settings=limits)
