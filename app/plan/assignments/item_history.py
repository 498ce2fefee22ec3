"""The history of a measure: what changed on which day, and who was responsible when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.clock import today
from app.base.days import written_day
from app.plan.core.in_force import changes_of_items
from app.plan.core.models import Assignment, ItemChange, PlanItem, PlanRevision
from app.plan.core.queries import (
    ResponsibleDepartments,
    assignments_with_department,
    predecessors_of_measure,
    responsible_from_assignments,
    successors_of_measure,
)
from app.plan.core.rules import ItemAspect

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DutyTerm:
    """Who was responsible for a measure from one day until before another; None: from the beginning, or without end."""

    since: date | None
    until: date | None
    duty: ResponsibleDepartments

    @property
    def words(self) -> str:
        """Return the period in words: 自2026年5月1日起."""
        first = f"自{written_day(self.since)}" if self.since else "自计划公布"
        return f"{first}至{written_day(self.until - ONE_DAY)}" if self.until else f"{first}起"


@dataclass(frozen=True)
class RevisionOfItem:
    """A revision with what it changed in one measure."""

    revision: PlanRevision
    changes: tuple[ItemChange, ...]


@dataclass(frozen=True)
class ItemHistory:
    """All changes of a measure, newest first; the measures it continues, and those that continue it."""

    revisions: tuple[RevisionOfItem, ...]
    terms: tuple[DutyTerm, ...]
    predecessors: tuple[PlanItem, ...]
    successors: tuple[PlanItem, ...]


def history_of_item(measure: PlanItem) -> ItemHistory:
    """Return changes, responsible departments and predecessors of a measure: four queries."""
    grouped: dict[int, list[ItemChange]] = {}
    for change in changes_of_items({measure.id}, tuple(ItemAspect)):
        grouped.setdefault(change.revision_id, []).append(change)
    revisions = [RevisionOfItem(found[0].revision, tuple(found)) for found in grouped.values()]
    rows = list(assignments_with_department().where(Assignment.item == measure))
    return ItemHistory(
        tuple(reversed(revisions)),
        tuple(reversed(duty_terms(rows))),
        tuple(predecessors_of_measure(measure)),
        tuple(successors_of_measure(measure)),
    )


def duty_terms(rows: Sequence[Assignment]) -> list[DutyTerm]:
    """Return the periods between changes of responsibility, first one first. Departments have the names of the period's
    last day.
    """
    days: list[date] = sorted({day for row in rows for day in edges_of(row)})
    edges: list[date | None] = [None, *days]
    terms = []
    for since, until in zip(edges, [*days, None], strict=True):
        tied = [row for row in rows if row.is_in_force(since or date.min)]
        ordered = sorted(tied, key=lambda row: (row.department.position, row.department_id))
        duty = responsible_from_assignments(ordered)
        terms.append(DutyTerm(since, until, duty.named_on(until - ONE_DAY if until else today())))
    return [term for term in terms if term.duty.lead_and_supports]


def edges_of(row: Assignment) -> Iterable[date]:
    return (day for day in (row.in_force_from, row.in_force_until) if day)
