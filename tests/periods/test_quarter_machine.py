"""Opening, undoing, filing, closing, unlocking, opening again and moving days, in any order: what may be saved when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.base.clock import clock_stopped_at
from app.base.errors import BadInput, FieldProblems, IllegalTransition
from app.filing.contributions.models import Contribution
from app.filing.core import operations as filings
from app.filing.core.models import Filing
from app.filing.department.own_quarters import quarters_to_do
from app.periods import operations
from app.periods.due_dates import usual_due_dates
from app.periods.models import Period
from app.periods.queries import current_period, is_period_overdue
from app.periods.rules import Quarter
from tests.world import THRESHOLDS, World, full_content

FIRST, LAST = date(2026, 9, 1), date(2027, 3, 1)
NUMBERS = (1, 2, 4)
QUARTERS = st.sampled_from(NUMBERS)


class YearMachine(RuleBasedStateMachine):
    """Keeps beside the database what ought to be: which quarters are open or closed, and in which something stands."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.day = FIRST
        self.closed: dict[int, bool] = {}
        self.opens: dict[int, date] = {}
        self.written: set[int] = set()

    @initialize()
    def begin(self) -> None:
        for number in NUMBERS:
            for period in Period.select().where(Period.number == number):
                for owed in (Filing, Contribution):
                    owed.delete().where(owed.period == period).execute()
                period.delete_instance()

    def attempt(self, operation: Callable[..., Any], *values: Any, **named: Any) -> bool:
        """Return whether it was done; what is refused is refused in words and changes nothing."""
        try:
            with clock_stopped_at(datetime.combine(self.day, time(10))):
                operation(*values, by=named.pop("by", self.world.users["office"]), **named)
        except (BadInput, FieldProblems, IllegalTransition):
            return False
        return True

    def period(self, number: int) -> Period:
        return Period.get(Period.number == number)

    @rule(number=QUARTERS, early=st.integers(0, 15))
    def open_quarter(self, number: int, early: int) -> None:
        quarter = Quarter(2026, number)
        usual = usual_due_dates(quarter)
        dates = replace(usual, opens_on=usual.opens_on - timedelta(days=early))
        done = self.attempt(operations.open_period, self.world.plan, quarter, dates=dates)
        assert done is (number not in self.closed)
        if done:
            self.closed[number], self.opens[number] = False, dates.opens_on

    @rule(number=QUARTERS)
    def undo(self, number: int) -> None:
        if number in self.closed:
            done = self.attempt(operations.undo_opening, self.period(number))
            assert done is (not self.closed[number] and number not in self.written)
            if done:
                del self.closed[number], self.opens[number]

    @rule(number=QUARTERS)
    def close(self, number: int) -> None:
        if number in self.closed:
            assert self.attempt(operations.close_period, self.period(number)) is not self.closed[number]
            self.closed[number] = True

    @rule(number=QUARTERS)
    def reopen(self, number: int) -> None:
        if number in self.closed:
            done = self.attempt(operations.reopen_period, self.period(number), reason="补报。")
            assert done is self.closed[number]
            self.closed[number] = False

    @rule(number=QUARTERS, days=st.integers(-10, 10))
    def move_the_first_day(self, number: int, days: int) -> None:
        if number in self.closed:
            period = self.period(number)
            moved = replace(period.due_dates, opens_on=period.opens_on + timedelta(days=days))
            if self.attempt(operations.reschedule_period, period, moved):
                assert not self.closed[number]
                self.opens[number] = moved.opens_on

    @rule(number=QUARTERS)
    def save(self, number: int) -> None:
        if number in self.closed:
            filing = Filing.get(
                (Filing.period == self.period(number))
                & (Filing.department == self.world.departments["经发办"])
            )
            done = self.attempt(
                filings.save_filing,
                filing,
                full_content(),
                by=self.world.users["filer"],
                version=filing.version,
                thresholds=THRESHOLDS,
            )
            assert done is (not self.closed[number] and self.opens[number] <= self.day)
            if done:
                self.written.add(number)

    @rule(days=st.integers(1, 40))
    def let_days_pass(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), LAST)

    @invariant()
    def homes_and_lists_agree(self) -> None:
        with clock_stopped_at(datetime.combine(self.day, time(10))):
            asked = [period.number for period in quarters_to_do(self.world.users["filer"])]
            fileable = {
                number
                for number, is_closed in self.closed.items()
                if not is_closed and self.opens[number] <= self.day
            }
            assert fileable <= set(asked), "nobody loses a quarter in which something is left to be done"
            assert (current_period() is None) is (not Period.select().exists())
            assert not any(
                is_period_overdue(self.period(number)) for number, closed in self.closed.items() if closed
            )


def test_any_order_of_steps_keeps_to_the_rules(world: World) -> None:
    YearMachine.world = world
    run_state_machine_as_test(YearMachine, settings=settings(max_examples=15, stateful_step_count=15))
