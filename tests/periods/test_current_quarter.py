"""Which quarter is the current one: the newest that can be read, and before any can be the oldest that is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.queries import current_period
from app.periods.rules import AcceptedShare, Quarter, QuarterFacts, current_quarter
from tests.clients import count_queries
from tests.databases import on_both
from tests.plan.two_plans import next_plan
from tests.world import World

TODAY = date(2027, 1, 6)


def facts_of(
    code: tuple[int, int], due: date, accepted: int = 0, total: int = 4, closed: bool = False
) -> QuarterFacts:
    return QuarterFacts(Quarter(*code), due, closed, AcceptedShare(accepted, total))


def one_quarter(number: int) -> st.SearchStrategy[QuarterFacts]:
    return st.builds(
        lambda due, accepted, total, closed: facts_of(
            (2026 + number // 4, number % 4 + 1),
            TODAY + timedelta(days=due),
            min(accepted, total),
            total,
            closed,
        ),
        st.sampled_from((-40, -1, 0, 1, 40)),
        st.integers(0, 4),
        st.integers(0, 4),
        st.booleans(),
    )


SOME_QUARTERS = st.sets(st.integers(0, 7)).flatmap(
    lambda numbers: st.tuples(*(one_quarter(number) for number in sorted(numbers)))
)


@given(SOME_QUARTERS, st.randoms(use_true_random=False))
def test_the_rule_is_the_whole_rule(known: tuple[QuarterFacts, ...], random: object) -> None:
    """Said once more, quarter by quarter: nothing newer can be read, and the chosen one can, unless none can."""
    chosen = current_quarter(known, TODAY)
    by_quarter = {one.quarter: one for one in known}
    readable = {
        one.quarter
        for one in known
        if one.office_due < TODAY or 0 < one.share.total <= 2 * one.share.accepted
    }
    still_open = {one.quarter for one in known if not one.is_closed}
    if not known:
        assert chosen is None
    elif readable:
        assert chosen in readable
        assert not any(quarter > chosen for quarter in readable)
    elif still_open:
        assert chosen == min(still_open)
    else:
        assert chosen == max(by_quarter)
    assert current_quarter(tuple(reversed(known)), TODAY) == chosen


@pytest.mark.parametrize(
    ("accepted", "total", "is_half"),
    [(0, 0, False), (0, 1, False), (1, 2, True), (1, 3, False), (2, 3, True)],
)
def test_half_of_nothing_is_nothing(accepted: int, total: int, is_half: bool) -> None:
    assert AcceptedShare(accepted, total).is_half is is_half
    assert AcceptedShare() == (0, 0)


def test_the_last_day_of_the_office_is_not_over_yet() -> None:
    assert [
        facts_of((2026, 4), TODAY + timedelta(days=days)).is_readable_on(TODAY) for days in (-1, 0, 1)
    ] == [
        True,
        False,
        False,
    ]


@on_both
def test_a_quarter_opened_early_does_not_turn_pages_away_from_the_one_before(world: World) -> None:
    """2026Q4 is being filed in January while the plan of 2027 is imported and its first quarter opened early."""
    with clock_stopped_at(datetime(2026, 12, 21, 9)):
        fourth = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
        assert current_period() == world.period
    with clock_stopped_at(datetime(2027, 1, 6, 9)):
        first = open_period(next_plan(), Quarter(2027, 1), by=SAMPLE_LOADER)
        assert current_period() == world.period
        accept(fourth, 3)
        assert current_period() == fourth
        assert current_period(first.plan) == first
    with clock_stopped_at(datetime.combine(fourth.office_due + timedelta(days=1), datetime.min.time())):
        accept(fourth, 0)
        assert current_period() == fourth


def accept(period: Period, number: int) -> None:
    """Let so many filings of a quarter be accepted, and the others drafts."""
    of_quarter = Filing.select().where(Filing.period == period).order_by(Filing.id)
    for place, filing in enumerate(of_quarter):
        moment = datetime(2027, 1, 5) if place < number else None
        state = FilingState.ACCEPTED if moment else FilingState.DRAFT
        Filing.update(state=state, submitted_at=moment, accepted_at=moment).where(
            Filing.id == filing.id
        ).execute()


def test_the_current_quarter_takes_two_queries_however_many_there_are(world: World) -> None:
    with count_queries() as few:
        current_period()
    for number in (1, 2, 4):
        open_period(world.plan, Quarter(2026, number), by=SAMPLE_LOADER)
    with count_queries() as many:
        current_period()
    assert (len(few), len(many)) == (2, 2)
