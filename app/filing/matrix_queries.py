"""Reading the office's matrix: the database counts everything, and only one page of it is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peewee import Value, fn

from app.filing.matrix import BY_DEPARTMENT, Choice, Matrix, lines, sections, tally
from app.filing.models import Filing
from app.filing.pages import Counted, all_below, at_headings, by_length
from app.filing.review_queries import briefs
from app.org.models import Department
from app.periods.models import Period
from app.periods.queries import is_overdue
from app.plan.models import PlanItem
from app.plan.queries import Node, headings
from app.plan.rules import AssignmentRole

ALIKE = (Filing.state, Filing.role, Filing.return_kind)
NUMBER = fn.COUNT(Filing.id)


def matrix_of(period: Period, choice: Choice) -> Matrix:
    """Return the matrix of a quarter as the office chose to see it."""
    tree, names, late = headings(period.plan), departments_in(period), is_overdue(period)
    by_department = choice.by == BY_DEPARTMENT
    scope = in_scope(period, choice, tree)
    counts = counted_by_department(scope) if by_department else counted_by_measure(scope)
    found = [one for one in counts if choice.takes(one)]
    pages = by_length(names, found) if by_department else at_headings(tree, found)
    matrix = Matrix(
        choice=choice,
        parts=[part.item for part in tree],
        departments=names,
        tallies=tuple(tally(counts, overdue=late, role=role) for role in AssignmentRole),
        found=sum(one.number for one in found),
        pages=pages,
        page=pages[min(max(choice.page, 1), len(pages)) - 1],
    )
    if by_department:
        return replace(matrix, lines=lines(names, counts, matrix.page, overdue=late))
    return with_sections(matrix, period, tree)


def with_sections(matrix: Matrix, period: Period, tree: Sequence[Node]) -> Matrix:
    """Return the matrix with the filings on the measures of its page."""
    shown = briefs(period, Filing.measure.in_(sorted(matrix.page.members)))
    found = [brief for brief in shown if matrix.choice.finds(brief)]
    return replace(
        matrix,
        sections=sections(tree, shown, {brief.id for brief in found}),
        waiting=frozenset(brief.id for brief in found if brief.is_waiting),
    )


def in_scope(period: Period, choice: Choice, tree: Iterable[Node]) -> list[Any]:
    """Return the conditions of what is counted: the chosen part and department, whatever the state."""
    scope: list[Any] = [Filing.period == period]
    if choice.department is not None:
        scope.append(Filing.department == choice.department)
    if choice.part is not None:
        below = [node.item.id for part in tree if part.item.id == choice.part for node in all_below(part)]
        scope.append(Filing.measure.in_(PlanItem.select(PlanItem.id).where(PlanItem.parent.in_(below))))
    return scope


def counted_by_measure(scope: Sequence[Any]) -> list[Counted]:
    """Return how many filings in scope on each measure stand in which state and role: one query."""
    keys = (Filing.measure, PlanItem.parent, *ALIKE)
    return counted(Filing.select(*keys, NUMBER).join(PlanItem).where(*scope).group_by(*keys))


def counted_by_department(scope: Sequence[Any]) -> list[Counted]:
    """Return how many filings in scope of each department stand in which state and role: one query."""
    query = Filing.select(Filing.department, Value(None), *ALIKE, NUMBER).where(*scope)
    return counted(query.group_by(Filing.department, *ALIKE))


def counted(query: Any) -> list[Counted]:
    """Return the rows of a query that counts."""
    return [Counted(*row) for row in query.tuples()]


def departments_in(period: Period) -> dict[int, str]:
    """Return the short names by id of all departments that file in a quarter, in their official order."""
    filing = Filing.select(Filing.department).where(Filing.period == period)
    names = Department.select(Department.id, Department.short_name).where(Department.id.in_(filing))
    rows: Any = names.order_by(Department.position, Department.id).tuples()
    return dict(rows)
