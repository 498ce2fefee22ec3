"""How many directives wait for what: for homes, the map and the bar. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from app.access.signals import waiting_counts_asked
from app.authority.actor import Actor
from app.authority.roles import Role
from app.base.clock import today
from app.base.statements import prepared
from app.directives.core.life_cycle import UNSETTLED, DirectiveState
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.queries import (
    counts_by_state,
    is_in_seat_of,
    reach_of,
    readable_by,
    readable_within,
)
from app.directives.core.subjects import DirectiveSubject
from app.org.models import Department


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


def tally_of_leader(leader_id: int | None) -> DirectiveTally:
    """Return the tally of a leader's directives without reading them: three queries."""
    own = is_in_seat_of(leader_id) & Directive.state.in_(UNSETTLED)
    counts = counts_by_state(own)
    late = (Directive.state == DirectiveState.OPEN) & (Directive.due_on < today())
    return DirectiveTally(
        answered=counts[DirectiveState.REPLIED],
        in_hand=counts[DirectiveState.OPEN],
        overdue=Directive.select().where(own & late).count(),
    )


def open_counts_by_measure(reader: Actor) -> dict[int, int]:
    """Return, by a measure's id, how many directives on it are not settled that somebody may read."""
    measure = DirectiveSubject.measure
    query = DirectiveSubject.select(measure, fn.COUNT(Directive.id).alias("count")).join(Directive)
    shown = Directive.state.in_(UNSETTLED) & readable_by(reader) & measure.is_null(False)
    rows: Any = query.where(shown).group_by(measure).dicts()
    return {row["measure"]: row["count"] for row in rows}


@waiting_counts_asked.connect
def count_waiting(_sender: None, *, user: Actor) -> dict[str, int]:
    """Return what the bar says of directives: those that a department has to answer, or that a leader has to decide on:
    answered, with an extension asked for, or entered from their handwriting. A fixed number of queries.
    """
    if user.department_ids:
        return {"directives.list_directives": count_unanswered(user)}
    if user.leader_id is not None:
        waiting = (Directive.state == DirectiveState.REPLIED) | Directive.extension_to.is_null(False)
        waiting |= Directive.is_handwritten & Directive.confirmed_at.is_null()
        own = Directive.select().where(is_in_seat_of(user.leader_id) & waiting)
        return {"directives.list_directives": own.count()}
    return {}


def count_unanswered(user: Actor) -> int:
    """Return how many directives somebody's departments have not answered."""
    (row,) = count_owing(*reach_of(user))
    return int(row["count"])


@prepared
def count_owing(
    roles: frozenset[Role], department_ids: Sequence[int], led_ids: Sequence[int], seat_ids: Sequence[int]
) -> Any:
    owing = DirectiveAddressee.answered_at.is_null() & DirectiveAddressee.department.in_(department_ids)
    readable = readable_within(roles, department_ids, led_ids, seat_ids)
    count = fn.COUNT(DirectiveAddressee.directive.distinct()).alias("count")
    query = DirectiveAddressee.select(count).join(Directive)
    return query.where((Directive.state == DirectiveState.OPEN) & readable & owing).dicts()


class DepartmentDirectives(NamedTuple):
    """What a department still has to answer."""

    department: Department
    open: int
    overdue: int


def open_by_department() -> list[DepartmentDirectives]:
    """Return the departments that have to answer directives, in their official order: one query."""
    query = DirectiveAddressee.select(DirectiveAddressee, Directive, Department).join(Directive)
    query = query.switch(DirectiveAddressee).join(Department)
    query = query.where((Directive.state == DirectiveState.OPEN) & DirectiveAddressee.answered_at.is_null())
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
