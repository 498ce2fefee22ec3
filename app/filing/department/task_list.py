"""The task list of a department: its filings of a quarter, grouped by what has to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import now, today
from app.base.days import day_with_weekday, moment_with_weekday, written_day
from app.filing.contributions.contribution_pages import QuarterContributions, contributions_by_quarter
from app.filing.core import queries
from app.filing.core.life_cycle import FilingState, TakeBack, actions_possible_in, can_happen, take_back_among
from app.filing.core.models import Filing
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import due_in_words
from app.periods.locks import PeriodLock
from app.periods.models import Period
from app.periods.queries import lock_on, locks_on, work_calendar
from app.plan.core import tree


@dataclass(frozen=True)
class TaskList:
    """A department's filings of a quarter in groups, each filing once.

    `due` is the due date or the end of the unlocking, `due_date_words` how far off it is. `to_submit` are the filings
    that the reader can submit, `parts` the plan's headings by filing id, `take_backs` what the reader can take back.
    """

    period: Period
    due_date_words: str
    due: date
    everything: tuple[Filing, ...]
    to_sign: tuple[Filing, ...]
    returned: tuple[Filing, ...]
    to_submit: tuple[Filing, ...]
    not_begun: tuple[Filing, ...]
    begun: tuple[Filing, ...]
    waiting: tuple[Filing, ...]
    accepted: tuple[Filing, ...]
    contributions: QuarterContributions
    parts: Mapping[int, str]
    take_backs: Mapping[int, TakeBack]

    @property
    def is_overdue(self) -> bool:
        """Return whether something can still be submitted after its due date."""
        return bool(self.to_submit) and self.due < today()

    @property
    def has_work(self) -> bool:
        """Return whether the reader has something to do in it now."""
        return bool(self.to_sign or self.to_submit)

    @property
    def total_count(self) -> int:
        return len(self.everything)

    @property
    def filled_count(self) -> int:
        """Return how many are submitted or marked as filled."""
        return sum(filing.is_filled or filing.is_handed_in for filing in self.everything)

    @property
    def handed_in_count(self) -> int:
        return sum(filing.is_handed_in for filing in self.everything)

    @property
    def accepted_count(self) -> int:
        return sum(filing.state is FilingState.ACCEPTED for filing in self.everything)

    @property
    def due_sentence(self) -> str:
        """Return by when to submit, or that all is submitted."""
        if self.period.is_closed:
            return f"{self.due_date_words}。"
        if self.handed_in_count < self.total_count:
            return f"{written_day(self.period.department_due)}截止（含当日），{self.due_date_words}。"
        return "本部门已全部提交。" if self.total_count else ""

    @property
    def has_several_departments(self) -> bool:
        """Return whether it holds filings of several departments, so that each must name its own."""
        return len({filing.department_id for filing in self.everything}) > 1


def task_lists(periods: Sequence[Period], calendar: WorkCalendar, *, user: Actor) -> list[TaskList]:
    """Return the lists of quarters in their order: a fixed number of queries however many there are."""
    filings = queries.filings_of_departments(user.department_ids, *periods)
    facts = ListFacts(
        locks_on(periods),
        calendar,
        part_headings(period.plan_id for period in periods),
        user,
        contributions_by_quarter(periods, user.department_ids),
    )
    return [
        task_list(period, [filing for filing in filings if filing.period_id == period.id], facts)
        for period in periods
    ]


class ListFacts(NamedTuple):
    """What the lists of all quarters are built from: locks by quarter, headings of parts by item id."""

    locks: Mapping[int, PeriodLock]
    calendar: WorkCalendar
    parts: Mapping[int | None, str]
    user: Actor
    contributions: Mapping[int, QuarterContributions]


def task_list(period: Period, everything: Sequence[Filing], facts: ListFacts) -> TaskList:
    """Return the list of one quarter."""
    lock, moment, user = facts.locks[period.id], now(), facts.user
    movable = [filing for filing in everything if not lock.is_locked_for(filing.department_id, at=moment)]
    to_sign = filings_awaiting(movable, Action.SIGN_OFF_FILING, user=user)
    leading = [filing for filing in everything if filing not in to_sign]
    departments = {filing.department_id for filing in everything}
    until = lock.unlocked_until(departments, at=moment)
    return TaskList(
        period=period,
        due_date_words=due_in_list(period, departments, lock, facts.calendar),
        due=until.date() if until else period.department_due,
        everything=tuple(everything),
        to_sign=to_sign,
        returned=filings_in(FilingState.RETURNED, everything),
        to_submit=filings_awaiting(movable, Action.SUBMIT_FILING, user=user),
        not_begun=tuple(one for one in filings_in(FilingState.DRAFT, leading) if one.is_blank),
        begun=tuple(one for one in filings_in(FilingState.DRAFT, leading) if not one.is_blank),
        waiting=(*filings_in(FilingState.SUBMITTED, leading), *filings_in(FilingState.SIGNED_OFF, leading)),
        accepted=filings_in(FilingState.ACCEPTED, leading),
        contributions=facts.contributions[period.id],
        parts={one.id: facts.parts.get(one.measure.parent_id, tree.OTHER_MEASURES) for one in everything},
        take_backs=take_backs_among(movable, user=user),
    )


def filings_in(state: FilingState, filings: Iterable[Filing]) -> tuple[Filing, ...]:
    return tuple(filing for filing in filings if filing.state is state)


def take_backs_among(filings: Iterable[Filing], *, user: Actor) -> dict[int, TakeBack]:
    """Return what the person can take back now, by filing id."""
    found = {}
    for filing in filings:
        possible = actions_possible_in(filing.state, needs_sign_off=filing.department.needs_sign_off)
        allowed = frozenset(action for action in possible if is_allowed(user, action, filing))
        if offered := take_back_among(allowed):
            found[filing.id] = offered
    return found


def part_headings(plan_ids: Iterable[int]) -> dict[int | None, str]:
    """Return the heading of the plan's part by the id of a part or section: one query."""
    found: dict[int | None, str] = {}
    for heading in tree.headings_in_order(sorted(set(plan_ids)), today()):
        found[heading.id] = found.get(heading.parent_id, heading.heading)
    return found


def filings_awaiting(filings: Iterable[Filing], action: Action, *, user: Actor) -> tuple[Filing, ...]:
    """Return the filings on which the person can take the step `action` now."""
    return tuple(
        filing for filing in filings if can_happen(action, filing.state) and is_allowed(user, action, filing)
    )


def next_filing_for(filing: Filing, action: Action, *, user: Actor) -> Filing | None:
    """Return the next filing in the department's list, starting over at its end, on which `action` is possible."""
    listed = queries.filings_of_departments(frozenset({filing.department_id}), filing.period)
    here = next(place for place, other in enumerate(listed) if other.id == filing.id)
    return next(iter(filings_awaiting([*listed[here + 1 :], *listed[:here]], action, user=user)), None)


def due_of_departments(period: Period, department_ids: Iterable[int]) -> str:
    """Return how far off the due date of a quarter is for some departments, or until when it is unlocked."""
    return due_in_list(period, department_ids, lock_on(period), work_calendar())


def due_in_list(
    period: Period, department_ids: Iterable[int], lock: PeriodLock, calendar: WorkCalendar
) -> str:
    """Return the same from rows that are loaded already."""
    if not period.has_begun:
        return f"{day_with_weekday(period.opens_on)}开始填报"
    if not period.is_closed:
        return due_in_words(period.department_due, today(), calendar)
    until = lock.unlocked_until(department_ids, at=now())
    return f"填报已关闭，为本部门解锁到{moment_with_weekday(until)}" if until else "填报已关闭，内容只供查看"
