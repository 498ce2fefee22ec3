"""The task list of a department: its filings of a quarter, arranged in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import now, today
from app.base.days import moment_with_weekday
from app.filing.core import queries
from app.filing.core.matrix_pages import OTHER_MEASURES, heading_and_below
from app.filing.core.models import Filing
from app.filing.core.rules import FilingState, can_happen
from app.periods.models import Period
from app.periods.queries import lock_on, work_calendar
from app.periods.rules import due_in_words
from app.plan.core import queries as plans
from app.plan.core.rules import AssignmentRole


@dataclass(frozen=True)
class PartFilings:
    """The filings on the measures of one part of the plan, in its order."""

    heading: str
    filings: tuple[Filing, ...]


@dataclass(frozen=True)
class TaskList:
    """A quarter's filings: what waits for a signature and what came back first, each filing once."""

    period: Period
    everything: tuple[Filing, ...]
    to_sign: tuple[Filing, ...]
    returned: tuple[Filing, ...]
    to_submit: tuple[Filing, ...]
    leading: tuple[PartFilings, ...]
    supporting: tuple[Filing, ...]

    @property
    def total_count(self) -> int:
        return len(self.everything)

    @property
    def filled_count(self) -> int:
        """Return how many have nothing left to be written: in their writer's own word, or handed in."""
        return sum(filing.filled or filing.is_handed_in for filing in self.everything)

    @property
    def handed_in_count(self) -> int:
        return sum(filing.is_handed_in for filing in self.everything)

    @property
    def accepted_count(self) -> int:
        return sum(filing.state is FilingState.ACCEPTED for filing in self.everything)

    @property
    def due_date_words(self) -> str:
        """Return how far off the departments' due date is, in words."""
        return due_of_departments(self.period, {filing.department_id for filing in self.everything})

    @property
    def has_several_departments(self) -> bool:
        """Return whether filings of more than one department are among them, so that each must name its own."""
        return len({filing.department_id for filing in self.everything}) > 1


def task_list(period: Period, *, user: Actor) -> TaskList:
    everything = queries.filings_of_departments(period, user.department_ids)
    locked = queries.locked_among(everything)
    movable = [filing for filing in everything if filing.id not in locked]
    to_sign = filings_awaiting(movable, Action.SIGN_OFF_FILING, user=user)
    returned = tuple(filing for filing in everything if filing.state is FilingState.RETURNED)
    named = {filing.id for filing in (*to_sign, *returned)}
    rest = [filing for filing in everything if filing.id not in named]
    return TaskList(
        period=period,
        everything=tuple(everything),
        to_sign=to_sign,
        returned=returned,
        to_submit=filings_awaiting(movable, Action.SUBMIT_FILING, user=user),
        leading=group_by_part(period, [filing for filing in rest if filing.role is AssignmentRole.LEAD]),
        supporting=tuple(filing for filing in rest if filing.role is AssignmentRole.SUPPORT),
    )


def group_by_part(period: Period, filings: Iterable[Filing]) -> tuple[PartFilings, ...]:
    """Group filings, given in the plan's order, by the part of the plan in which their measure stands."""
    parts = plans.tree_of_headings(period.plan)
    part_of: dict[int | None, str] = {
        node.item.id: part.item.heading for part in parts for node in heading_and_below(part)
    }
    groups: dict[str, list[Filing]] = {}
    for filing in filings:
        groups.setdefault(part_of.get(filing.measure.parent_id, OTHER_MEASURES), []).append(filing)
    return tuple(PartFilings(heading, tuple(own)) for heading, own in groups.items())


def filings_awaiting(filings: Iterable[Filing], action: Action, *, user: Actor) -> tuple[Filing, ...]:
    """Return the filings to which the user may and can do `action` now."""
    return tuple(
        filing for filing in filings if can_happen(action, filing.state) and is_allowed(user, action, filing)
    )


def in_list_order(filings: Sequence[Filing]) -> list[Filing]:
    """Return filings as the list goes on: those that lead, then those that support, each in the plan's order."""
    return sorted(filings, key=lambda filing: filing.role is not AssignmentRole.LEAD)


def next_filing_for(filing: Filing, action: Action, *, user: Actor) -> Filing | None:
    """Return the department's next filing in the list, round its end, to which `action` can be done."""
    listed = in_list_order(queries.filings_of_departments(filing.period, frozenset({filing.department_id})))
    here = next(place for place, other in enumerate(listed) if other.id == filing.id)
    return next(iter(filings_awaiting([*listed[here + 1 :], *listed[:here]], action, user=user)), None)


def due_of_departments(period: Period, department_ids: Iterable[int]) -> str:
    """Return how far off the due date of a quarter is for some departments, or until when it is unlocked for them."""
    if not period.is_closed:
        return due_in_words(period.department_due, today(), work_calendar())
    until = lock_on(period).unlocked_until(department_ids, at=now())
    return f"填报已关闭，为本部门解锁到{moment_with_weekday(until)}" if until else "填报已关闭，内容只供查看"
