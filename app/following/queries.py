"""What somebody follows: one query."""

from __future__ import annotations

from dataclasses import dataclass

from app.following.models import Follow


@dataclass(frozen=True)
class FollowedSubjects:
    """The ids of what an account follows."""

    measures: frozenset[int]
    directives: frozenset[int]
    departments: frozenset[int]

    def covers_measure(self, measure_id: int, lead_id: int | None) -> bool:
        """Return whether a measure is followed itself, or by the department that leads it."""
        return measure_id in self.measures or lead_id in self.departments


def followed_by(account_id: int | None) -> FollowedSubjects:
    rows = list(Follow.select().where(Follow.account == account_id).order_by(Follow.id))
    return FollowedSubjects(
        frozenset(one.measure_id for one in rows if one.measure_id),
        frozenset(one.directive_id for one in rows if one.directive_id),
        frozenset(one.department_id for one in rows if one.department_id),
    )
