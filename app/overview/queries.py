"""Reading a quarter as a whole: a fixed number of queries, and no long texts, however large the plan is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from peewee import ModelSelect

from app.access.user import User
from app.base.clock import today
from app.drafting.core.models import Document
from app.drafting.core.queries import is_out_for
from app.drafting.core.rules import DocumentState
from app.filing.core.models import Filing
from app.filing.core.rules import FilingState, Standing, standing_of
from app.org import queries as org
from app.org.models import Department
from app.overview.cells import (
    Brief,
    Cell,
    DepartmentRow,
    Filed,
    Part,
    Row,
)
from app.periods.models import Period
from app.periods.queries import calendar, is_overdue
from app.periods.rules import due_in_words
from app.plan import queries as plans
from app.plan.models import Plan, PlanItem
from app.plan.queries import Node, Responsible
from app.plan.rules import AssignmentRole, ItemKind

NEWEST_DOCUMENTS = 5
NOBODY = Responsible(lead=None)

AnyFiling = TypeVar("AnyFiling", Filing, Brief)


@dataclass(frozen=True)
class QuarterOverview:
    """A quarter of a plan: every measure's cell in the plan's order, and every filing behind them.

    departments: those that are active, in their official order.
    """

    period: Period
    parts: tuple[Part, ...]
    filed: tuple[Filed, ...]
    departments: tuple[Department, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Return every measure."""
        return tuple(cell for part in self.parts for cell in part.cells)

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Return the measures of which nothing is accepted yet."""
        return tuple(cell for cell in self.cells if cell.accepted is None)

    @property
    def contributions(self) -> tuple[Filed, ...]:
        """Return the supporting departments' filings."""
        return tuple(one for one in self.filed if one.filing.role is AssignmentRole.SUPPORT)

    @property
    def missing_contributions(self) -> tuple[Filed, ...]:
        """Return the supporting departments' filings that are not accepted yet."""
        return tuple(one for one in self.contributions if one.standing is not Standing.ACCEPTED)

    @property
    def waiting(self) -> int:
        """Return how many filings wait for the office."""
        return sum(one.standing is Standing.SIGNED_OFF for one in self.filed)

    @property
    def due_words(self) -> str:
        """Return how the departments' due date stands, in words."""
        if self.period.is_closed:
            return "填报已关闭"
        return due_in_words(self.period.department_due, today(), calendar())

    def in_charge_of(self, leader_id: int | None) -> tuple[Cell, ...]:
        """Return the measures that a leader is in charge of."""
        return tuple(cell for cell in self.cells if leader_id and cell.measure.leader_id == leader_id)


def quarter(period: Period) -> QuarterOverview:
    """Return the overview of a quarter: seven queries, most of them over one table alone."""
    duties, parts = plans.responsibilities(period.plan), plans.heads(period.plan)
    departments = org.every_department()
    measures = {node.item.id: node.item for part in parts for node in measures_of(part)}
    filings = filings_in(period, measures, departments)
    leading = leading_by_measure(filings, duties)
    overdue = is_overdue(period)

    def cell(measure: PlanItem) -> Cell:
        filing = leading.get(measure.id)
        return Cell(measure, duties.get(measure.id, NOBODY).lead, filing, standing(filing, overdue=overdue))

    return QuarterOverview(
        period,
        parts=tuple(part_of(node, cell) for node in parts),
        filed=tuple(Filed(filing, standing(filing, overdue=overdue)) for filing in filings),
        departments=tuple(department for department in departments.values() if department.active),
    )


def standing(filing: Filing | Brief | None, *, overdue: bool) -> Standing:
    """Return where a filing stands in the eyes of those who wait for it; one that there is not is not reported."""
    if filing is None:
        return standing_of(FilingState.DRAFT, overdue=overdue)
    return standing_of(filing.state, overdue=overdue, kind=filing.return_kind)


def measures_of(node: Node) -> Iterator[Node]:
    """Yield the measures below a part or section in the plan's order."""
    return node.of_kind(ItemKind.MEASURE)


# What a brief is made of, in its order.
COLUMNS = (
    Filing.id,
    Filing.measure,
    Filing.department,
    Filing.role,
    Filing.state,
    Filing.return_kind,
    Filing.percent,
    Filing.status,
    Filing.light,
    Filing.forecast,
)


def filings_in(
    period: Period, measures: Mapping[int, PlanItem], departments: Mapping[int, Department]
) -> list[Brief]:
    """Return the filings of a quarter in brief, each with its department and its measure out of those given."""
    query = Filing.select(*COLUMNS).join(PlanItem).switch(Filing)
    query = query.join(Department, on=(Filing.department == Department.id)).where(Filing.period == period)
    rows: Any = query.order_by(PlanItem.sequence, Filing.role, Department.position, Department.id).tuples()
    return [Brief(own_id, measures[measure], departments[of], *rest) for own_id, measure, of, *rest in rows]


def leading_by_measure(
    filings: Iterable[AnyFiling], duties: Mapping[int, Responsible]
) -> dict[int, AnyFiling]:
    """Return the filing that speaks for each measure: the present lead's, or the one who led it at that time."""
    speaking: dict[int, AnyFiling] = {}
    for filing in filings:
        if filing.role is AssignmentRole.LEAD:
            is_present_lead = filing.department == duties.get(filing.measure_id, NOBODY).lead
            if is_present_lead or filing.measure_id not in speaking:
                speaking[filing.measure_id] = filing
    return speaking


def part_of(node: Node, cell: Callable[[PlanItem], Cell]) -> Part:
    """Return a part with its measures section by section; those outside any section come first."""
    sections = [child for child in node.children if child.item.kind is ItemKind.SECTION]
    loose = tuple(cell(child.item) for child in node.children if child.item.kind is ItemKind.MEASURE)
    rows = tuple(
        Row(section.item, tuple(cell(found.item) for found in measures_of(section))) for section in sections
    )
    return Part(node.item, (Row(None, loose), *rows) if loose else rows)


def by_department(overview: QuarterOverview) -> tuple[DepartmentRow, ...]:
    """Return every department with what it answers for, in the official order."""
    leading: dict[int, list[Cell]] = {}
    for cell in overview.cells:
        leading.setdefault(cell.lead.id if cell.lead else 0, []).append(cell)
    filed: dict[int, list[Filed]] = {}
    for one in overview.filed:
        filed.setdefault(one.filing.department.id, []).append(one)
    return tuple(
        DepartmentRow(department, tuple(leading.get(department.id, ())), tuple(filed.get(department.id, ())))
        for department in overview.departments
    )


def issued_documents(reader: User, plan: Plan | None = None) -> list[Document]:
    """Return the newest issued documents that somebody may read, of one plan or of all, without their contents."""
    query = newest_issued().where(is_out_for(reader))
    return list(query.where(Document.plan == plan) if plan else query)


def laid_before(leader_id: int | None) -> list[Document]:
    """Return the newest reading sheets (呈批单) that were laid before a leader."""
    return list(newest_issued().where((Document.leader == leader_id) & Document.leader.is_null(False)))


def newest_issued() -> ModelSelect[Document]:
    """Return a query over the newest issued documents, without their contents; what was corrected is left out."""
    columns = (Document.id, Document.title, Document.number, Document.issued_at)
    query = Document.select(*columns).where(Document.state == DocumentState.ISSUED)
    return query.order_by(Document.issued_at.desc(), Document.id.desc()).limit(NEWEST_DOCUMENTS)
