"""Reading the office's matrix: the database counts everything, and only one page of it is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peewee import Case, Value, fn

from app.filing.core.models import Filing
from app.filing.core.pages import (
    Found,
    all_below,
    at_headings,
    by_length,
)
from app.filing.core.rules import FilingState, ReturnKind
from app.filing.review.matrix import (
    BY_DEPARTMENT,
    Choice,
    Counted,
    Matrix,
    lines,
    sections,
    tally,
)
from app.filing.review.queries import briefs
from app.org.models import Department
from app.periods.models import Period
from app.periods.queries import is_overdue
from app.plan.models import PlanItem
from app.plan.queries import Node, headings
from app.plan.rules import AssignmentRole

NUMBER = fn.COUNT(Filing.id)
WAITING = fn.SUM(Case(None, ((Filing.state == FilingState.SIGNED_OFF, 1),), 0))


def matrix_of(period: Period, choice: Choice) -> Matrix:
    """Return the matrix of a quarter as the office chose to see it."""
    tree, names, late = headings(period.plan), departments_in(period), is_overdue(period)
    scope = in_scope(period, choice, tree)
    wanted, counts = [*scope, *as_chosen(choice)], counted(scope)
    by_department = choice.by == BY_DEPARTMENT
    found = found_by_department(wanted) if by_department else found_by_measure(wanted)
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
        own = counted([*scope, Filing.department.in_(sorted(matrix.page.members))], Filing.department)
        return replace(matrix, lines=lines(names, own, matrix.page, overdue=late))
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


def as_chosen(choice: Choice) -> list[Any]:
    """Return the conditions of what is wanted in scope: the chosen stage and role."""
    conditions: list[Any] = []
    if choice.role is not None:
        conditions.append(Filing.role == choice.role)
    if choice.state in (FilingState.RETURNED, ReturnKind.SUPPLEMENT):
        kind = ReturnKind.CORRECT if choice.state is FilingState.RETURNED else ReturnKind.SUPPLEMENT
        conditions += [Filing.state == FilingState.RETURNED, Filing.return_kind == kind]
    elif choice.state is not None:
        conditions.append(Filing.state == choice.state)
    return conditions


def counted(scope: Sequence[Any], of: Any = None) -> list[Counted]:
    """Return how many filings in scope stand in which state and role, and came back how: one query.

    `of` names the column of whose they are, where each is to be counted apart.
    """
    keys = (Filing.state, Filing.role, Filing.return_kind)
    query: Any = Filing.select(Value(None) if of is None else of, *keys, NUMBER).where(*scope)
    return [Counted(*row) for row in query.group_by(*keys, *([] if of is None else [of])).tuples()]


def found_by_measure(wanted: Sequence[Any]) -> list[Found]:
    """Return what was found on each measure: one query."""
    keys = (Filing.measure, PlanItem.parent)
    query: Any = Filing.select(*keys, NUMBER, WAITING).join(PlanItem).where(*wanted).group_by(*keys)
    return [Found(*row) for row in query.tuples()]


def found_by_department(wanted: Sequence[Any]) -> list[Found]:
    """Return what was found of each department: one query."""
    query: Any = Filing.select(Filing.department, Value(None), NUMBER, WAITING).where(*wanted)
    return [Found(*row) for row in query.group_by(Filing.department).tuples()]


def departments_in(period: Period) -> dict[int, str]:
    """Return the short names by id of all departments that file in a quarter, in their official order."""
    filing = Filing.select(Filing.department).where(Filing.period == period)
    names = Department.select(Department.id, Department.short_name).where(Department.id.in_(filing))
    rows: Any = names.order_by(Department.position, Department.id).tuples()
    return dict(rows)
