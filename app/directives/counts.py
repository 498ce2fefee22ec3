"""How many directives wait for what: for homes, the map and the bar. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from app.access.signals import waiting_counts_asked
from app.authority.actor import Actor
from app.base.clock import today
from app.directives.life_cycle import DirectiveState
from app.directives.models import Directive, DirectiveAddressee, DirectiveReply
from app.org.models import Department

UNSETTLED = (DirectiveState.OPEN, DirectiveState.REPLIED)


@dataclass(frozen=True)
class DirectiveTally:
    """A leader's directives: how many are answered and to be closed, are in hand, and are overdue."""

    answered: int
    in_hand: int
    overdue: int

    @property
    def words(self) -> str:
        return f"待销号{self.answered}、在办{self.in_hand}、逾期{self.overdue}"

    @property
    def total(self) -> int:
        return self.answered + self.in_hand


def tally_of(directives: Iterable[Directive]) -> DirectiveTally:
    """Return the tally of directives that are not settled."""
    found = list(directives)
    return DirectiveTally(
        answered=sum(one.is_replied for one in found),
        in_hand=sum(one.is_open for one in found),
        overdue=sum(one.is_overdue for one in found),
    )


def open_counts_by_measure(_reader: Actor) -> dict[int, int]:
    """Return, by a measure's id, how many directives on it are not settled that somebody may read."""
    columns = Directive.measure, fn.COUNT(Directive.id).alias("count")
    query = Directive.select(*columns).where(Directive.state.in_(UNSETTLED)).group_by(Directive.measure)
    rows: Any = query.dicts()
    return {row["measure"]: row["count"] for row in rows if row["measure"] is not None}


@waiting_counts_asked.connect
def count_waiting(_sender: None, *, user: Actor) -> dict[str, int]:
    """Return what the bar says of directives: those that a department has to answer, or whose replies a leader has to
    read. One query.
    """
    if user.department_ids:
        return {"directives.list_directives": count_unanswered(user.department_ids)}
    if user.leader_id is not None:
        own = (Directive.leader == user.leader_id) & (Directive.state == DirectiveState.REPLIED)
        return {"directives.list_directives": Directive.select().where(own).count()}
    return {}


def count_unanswered(department_ids: frozenset[int]) -> int:
    """Return how many directives departments have not answered."""
    answered = DirectiveReply.select(DirectiveReply.id).where(
        (DirectiveReply.directive == DirectiveAddressee.directive)
        & (DirectiveReply.department == DirectiveAddressee.department)
    )
    owing = DirectiveAddressee.department.in_(sorted(department_ids)) & ~fn.EXISTS(answered)
    query = DirectiveAddressee.select(DirectiveAddressee.directive).join(Directive).distinct()
    return int(query.where((Directive.state == DirectiveState.OPEN) & owing).count())


class DepartmentDirectives(NamedTuple):
    """What a department still has to answer."""

    department: Department
    open: int
    overdue: int


def open_by_department() -> list[DepartmentDirectives]:
    """Return the departments that have to answer directives, in their official order: one query."""
    query = DirectiveAddressee.select(DirectiveAddressee, Directive, Department).join(Directive)
    query = query.switch(DirectiveAddressee).join(Department).where(Directive.state == DirectiveState.OPEN)
    found: dict[Department, list[Directive]] = {}
    for row in query.order_by(Department.position, Department.id, Directive.id):
        found.setdefault(row.department, []).append(row.directive)
    day = today()
    return [
        DepartmentDirectives(
            department, len(open_ones), sum(bool(one.due_on and one.due_on < day) for one in open_ones)
        )
        for department, open_ones in found.items()
    ]
