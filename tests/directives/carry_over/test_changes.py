"""A year's turn: what each decision on its measures changes in measures and directives, and taking it back undoes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app.base.clock import clock_stopped_at
from app.directives.carry_over.operations import (
    CarryOverDecision,
    carry_over_measures,
    count_directives_of_plan,
    take_back_carry_over,
)
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.models import Directive
from app.directives.replies.operations import reply_to_directive
from app.directives.steps.operations import close_directive
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.core.models import PlanItem
from tests.directives.writing import reload_directive
from tests.directives.year_turn import JANUARY, directive_of_december, end_the_year, next_plan
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World


class CarryOverCalls:
    """Decisions on measures of a year, ready to be made for the next plan."""

    def __init__(self, world: World) -> None:
        self.world, self.users = world, world.users
        self.plan, self.next_measures = next_plan(world, "城管办", "经发办", "城管办", "城管办")

    def decide(
        self, *decisions: tuple[PlanItem, PlanItem | None, str], by: str = "office"
    ) -> Callable[[], None]:
        given = [CarryOverDecision(*one) for one in decisions]
        return partial(carry_over_measures, self.plan, given, by=self.users[by])

    def go_on(
        self, measure: int, successor: int | None, reason: str = "", by: str = "office"
    ) -> Callable[[], None]:
        """Decide on the measure with that position; another goes on with it, or none for a reason."""
        following = self.next_measures[successor - 1] if successor else None
        return self.decide((self.world.measures[measure - 1], following, reason), by=by)

    def take_back(self, measure: int, by: str = "office") -> Callable[[], None]:
        row = MeasureCarryOver.get(MeasureCarryOver.measure == self.world.measures[measure - 1])
        return partial(take_back_carry_over, row, by=self.users[by])

    def rows_on_plan(self) -> str:
        """Return what would be lost with the next plan, or keeps it."""
        return "，".join(f"{one.words}（{one.keeps}）" for one in count_directives_of_plan(self.plan))

    def reply(self, directive: Directive, name: str) -> Callable[[], None]:
        stored = reload_directive(directive)
        given = {"department": self.world.departments[name], "version": stored.version}
        return partial(reply_to_directive, stored, "接着办。", by=self.users[f"head:{name}"], **given)


def test_each_decision_changes_what_it_names_and_nothing_else(world: World) -> None:
    end_the_year(world)
    directive_of_december(world, "经发办", "一居")
    closed = directive_of_december(world, "经发办")
    third = directive_of_december(world, "城管办", "经发办", measure=3)
    directive_of_december(world, "经发办", measure=2)
    with clock_stopped_at(JANUARY):
        calls = CarryOverCalls(world)
        calls.reply(closed, "经发办")()
        answered = reload_directive(closed)
        close_directive(answered, by=world.users["leader"], version=answered.version)
    found = changes_beside(__file__, JANUARY + timedelta(days=1))
    refuse_decisions(found, calls)
    decide_and_take_back(found, calls, third)
    come_too_late(found, calls)
    found.compare()


def refuse_decisions(found: RecordedChanges, calls: CarryOverCalls) -> None:
    own, following = calls.world.measures, calls.next_measures
    found.record("decide nothing", calls.decide())
    found.record("decide as leader", calls.go_on(1, 2, by="leader"))
    found.record("end one without a reason", calls.go_on(1, None, " "))
    found.record("end one with a long reason", calls.go_on(1, None, "长" * 501))
    found.record("go on with one of the same year", calls.decide((own[0], own[1], "")))
    found.record("go on with one of the next year", calls.decide((following[0], following[1], "")))


def decide_and_take_back(found: RecordedChanges, calls: CarryOverCalls, third: Directive) -> None:
    own, following = calls.world.measures, calls.next_measures
    hanging = calls.rows_on_plan
    found.record("nothing hangs on the next plan", hanging)
    found.record("go on under another lead", calls.go_on(1, 1))
    found.record("decide again", calls.go_on(1, 2))
    found.record("go on under the same measure too", calls.go_on(3, 1))
    found.record("end one", calls.go_on(4, None, "已经完成。"))
    found.record("take back as leader", calls.take_back(1, by="leader"))
    found.record("what hangs on the next plan", hanging)
    found.record("take back the first of two", calls.take_back(1))
    found.record("answer what went on", calls.reply(third, "城管办"))
    found.record("what hangs on it once one is answered", hanging)
    found.record("take back what was answered", calls.take_back(3))
    found.record("take back an end", calls.take_back(4))
    found.record("go on with two", calls.decide((own[0], following[1], ""), (own[1], following[1], "")))
    found.record("take back one of two", calls.take_back(2))


def come_too_late(found: RecordedChanges, calls: CarryOverCalls) -> None:
    """A quarter that is closed ends it only where it is the first of the next plan."""
    office = calls.users["office"]
    with clock_stopped_at(JANUARY):
        close_period(calls.world.period, by=office)
        close_period(open_period(calls.plan, Quarter(2027, 2), by=office), by=office)
    found.record("decide when another quarter is closed", calls.go_on(4, 4))
    with clock_stopped_at(JANUARY):
        close_period(open_period(calls.plan, Quarter(2027, 1), by=office), by=office)
    found.record("decide too late", calls.go_on(2, 2))
    found.record("take back too late", calls.take_back(1))
