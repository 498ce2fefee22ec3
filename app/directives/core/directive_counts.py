"""Counts of directives for the home pages, the overview and the navigation bar: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from peewee import Case, ModelSelect, fn

from app.access.signals import waiting_counts_asked
from app.authority.actor import Actor
from app.authority.policy import Action
from app.authority.roles import Role
from app.base.clock import today
from app.base.statements import prepared
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import UNSETTLED, DirectiveState
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.queries import (
    DirectiveReach,
    reach_of,
    readable_within,
    waits_for_leader,
)
from app.directives.core.subjects import DirectiveSubject
from app.org.models import Department
from app.org.queries import seats_of_leader


@dataclass(frozen=True)
class DirectiveTally:
    """Counts of a leader's directives: answered and waiting to be closed, still open, and overdue.

    `before` counts those that were not settled when the quarter began.
    """

    answered: int
    in_hand: int
    overdue: int
    before: int

    @property
    def words(self) -> str:
        return f"待销号{self.answered}、在办{self.in_hand}、逾期{self.overdue}"

    @property
    def total(self) -> int:
        return self.answered + self.in_hand

    @property
    def change_words(self) -> str:
        step = self.total - self.before
        return f"比上季末{'多' if step > 0 else '少'} {abs(step)} 件" if step else "与上季末持平"


def tally_of_seats(seat_ids: Sequence[int], *, quarter_begins: date) -> DirectiveTally:
    """Return the counts for the directives of some seats: one query."""
    (counts,) = count_in_seats(seat_ids, today(), datetime.combine(quarter_begins, time()))
    return DirectiveTally(**counts)


@prepared
def count_in_seats(seat_ids: Sequence[int], day: date, moment: datetime) -> Any:
    is_open = Directive.state == DirectiveState.OPEN
    was_closed_later = (Directive.state == DirectiveState.CLOSED) & (Directive.closed_at >= moment)
    withdrawal = (DirectiveStep.directive == Directive.id) & (
        DirectiveStep.action == Action.WITHDRAW_DIRECTIVE
    )
    later = DirectiveStep.select(DirectiveStep.id).where(withdrawal & (DirectiveStep.at >= moment))
    was_withdrawn_later = (Directive.state == DirectiveState.WITHDRAWN) & fn.EXISTS(later)
    since = Directive.state.in_(UNSETTLED) | was_closed_later | was_withdrawn_later
    was_unsettled = (Directive.created_at < moment) & since
    counts = (
        count_where(Directive.state == DirectiveState.REPLIED).alias("answered"),
        count_where(is_open).alias("in_hand"),
        count_where(is_open & (Directive.due_on < day)).alias("overdue"),
        count_where(was_unsettled).alias("before"),
    )
    return Directive.select(*counts).where(Directive.leader.in_(seat_ids)).dicts()


def count_where(condition: Any) -> Any:
    """Return an SQL term that counts the rows for which a condition holds."""
    return fn.COUNT(Case(None, ((condition, 1),)))


def open_counts_by_measure(reach: DirectiveReach) -> dict[int, int]:
    """Return, by measure id, the number of unsettled directives that the reader may see."""
    return {row["measure"]: row["count"] for row in count_open_by_measure(*reach)}


@prepared
def count_open_by_measure(
    roles: frozenset[Role], department_ids: Sequence[int], led_ids: Sequence[int], seat_ids: Sequence[int]
) -> Any:
    measure = DirectiveSubject.measure
    query = DirectiveSubject.select(measure, fn.COUNT(Directive.id).alias("count")).join(Directive)
    readable = readable_within(roles, department_ids, led_ids, seat_ids)
    shown = Directive.state.in_(UNSETTLED) & readable & measure.is_null(False)
    return query.where(shown).group_by(measure).dicts()


@waiting_counts_asked.connect
def count_waiting(_sender: None, *, user: Actor) -> dict[str, int]:
    """Return the number that the navigation bar shows: for a department, the directives it has to answer; for a leader,
    those that are answered, ask for an extension, or wait for his confirmation. A fixed number of queries.
    """
    if user.department_ids:
        return {"directives.list_directives": count_unanswered(user)}
    if user.leader_id is not None:
        (row,) = count_waiting_for_leader(user.leader_id, sorted(seats_of_leader(user.leader_id)))
        return {"directives.list_directives": row["count"]}
    return {}


@prepared
def count_waiting_for_leader(leader_id: int, seat_ids: Sequence[int]) -> Any:
    count = fn.COUNT(Directive.id).alias("count")
    return Directive.select(count).where(waits_for_leader(leader_id, seat_ids)).dicts()


def count_unanswered(user: Actor) -> int:
    """Return how many directives this person's departments have not answered."""
    (row,) = count_owing(*reach_of(user))
    return int(row["count"])


@prepared
def count_owing(
    roles: frozenset[Role], department_ids: Sequence[int], led_ids: Sequence[int], seat_ids: Sequence[int]
) -> Any:
    owing = DirectiveAddressee.answered_at.is_null() & DirectiveAddressee.department.in_(department_ids)
    readable = readable_within(roles, department_ids, led_ids, seat_ids)
    directives = fn.COUNT(DirectiveAddressee.directive.distinct()).alias("count")
    query = DirectiveAddressee.select(directives).join(Directive)
    return query.where((Directive.state == DirectiveState.OPEN) & readable & owing).dicts()


class DepartmentDirectives(NamedTuple):
    """The number of directives that a department still has to answer."""

    department: Department
    open: int
    overdue: int


def open_by_department() -> list[DepartmentDirectives]:
    """Return the departments that have directives to answer, in their official order: one query."""
    found: dict[Department, list[Directive]] = {}
    for row in unanswered_addressees():
        found.setdefault(row.department, []).append(row.directive)
    day = today()
    return [
        DepartmentDirectives(
            department, len(open_ones), sum(bool(one.due_on and one.due_on < day) for one in open_ones)
        )
        for department, open_ones in found.items()
    ]


@prepared
def unanswered_addressees() -> ModelSelect[DirectiveAddressee]:
    query = DirectiveAddressee.select(DirectiveAddressee, Directive, Department).join(Directive)
    query = query.switch(DirectiveAddressee).join(Department)
    owing = (Directive.state == DirectiveState.OPEN) & DirectiveAddressee.answered_at.is_null()
    return query.where(owing).order_by(Department.position, Department.id, Directive.id)
