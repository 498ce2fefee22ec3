"""Reading what a person follows: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import ModelSelect

from app.authority.actor import Actor
from app.base.statements import prepared
from app.directives.core.models import Directive
from app.directives.core.queries import directives_where, readable_by
from app.following.models import Follow
from app.org.models import Department
from app.plan.core.models import Plan, PlanItem


@dataclass(frozen=True)
class FollowedSubjects:
    """The ids of the subjects that an account follows."""

    measures: frozenset[int]
    directives: frozenset[int]
    departments: frozenset[int]

    def covers_measure(self, measure_id: int, lead_id: int | None) -> bool:
        """Return whether a measure is followed, itself or through its lead department."""
        return measure_id in self.measures or lead_id in self.departments


@dataclass(frozen=True)
class FollowedList:
    """All subjects that a person follows; measures of the newest plan first, the others in their usual order."""

    measures: list[PlanItem]
    departments: list[Department]
    directives: list[Directive]

    @property
    def is_empty(self) -> bool:
        return not (self.measures or self.departments or self.directives)


def list_of_followed(reader: Actor) -> FollowedList:
    """Return the followed subjects; directives that may no longer be read are left out."""
    own = followed_by(reader.account_id)
    measures = PlanItem.select(PlanItem, Plan).join(Plan).where(PlanItem.id.in_(sorted(own.measures)))
    departments = Department.select().where(Department.id.in_(sorted(own.departments)))
    readable = readable_by(reader) & Directive.id.in_(sorted(own.directives))
    return FollowedList(
        list(measures.order_by(Plan.year.desc(), PlanItem.sequence)),
        list(departments.order_by(Department.position, Department.id)),
        directives_where(readable),
    )


def followed_by(account_id: int | None) -> FollowedSubjects:
    rows = follows_of(account_id)
    return FollowedSubjects(
        frozenset(one.measure_id for one in rows if one.measure_id),
        frozenset(one.directive_id for one in rows if one.directive_id),
        frozenset(one.department_id for one in rows if one.department_id),
    )


@prepared
def follows_of(account_id: int | None) -> ModelSelect[Follow]:
    return Follow.select().where(Follow.account == account_id)
