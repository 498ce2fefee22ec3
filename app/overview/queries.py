"""Reading a whole quarter: a fixed number of queries and no long texts, however large the plan is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from peewee import ModelSelect

from app.authority.actor import Actor
from app.base.clock import today
from app.base.statements import prepared
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document
from app.drafting.core.queries import departments_read_for, is_out_within
from app.filing.contributions.queries import counts_by_department
from app.filing.contributions.rules import ContributionState, StateCounts, counts_in_words
from app.filing.core.filing_briefs import FilingBrief, filings_in_brief
from app.filing.core.life_cycle import FilingStanding, FilingState, standing_at
from app.filing.core.lights import USUAL_THRESHOLDS, LightThresholds
from app.filing.core.milestone_standing import filings_missing_milestones
from app.filing.core.models import Filing
from app.filing.review.forecast_assessments import assessments_on
from app.org import queries as org
from app.org.models import Department, Leader
from app.overview.measure_cells import (
    DepartmentRow,
    LeaderRow,
    MeasureCell,
    OverviewPart,
    QuarterMark,
    QuarterReport,
    SectionRow,
    StandingFiling,
    report_of,
)
from app.overview.rules import StandingChange
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import date_in_words
from app.periods.models import Period
from app.periods.queries import periods_of_plan, work_calendar
from app.periods.rules import Quarter
from app.plan.core import queries as plans
from app.plan.core import tree
from app.plan.core.models import Plan, PlanItem
from app.plan.core.rules import ItemKind
from app.plan.core.tree import PlanNode

NEWEST_DOCUMENTS = 5

AnyFiling = TypeVar("AnyFiling", Filing, FilingBrief)


class OwedContributions(NamedTuple):
    """The number of contributions that a department has not written."""

    department: Department
    number: int


@dataclass(frozen=True)
class QuarterOverview:
    """A quarter of a plan: a cell for every measure in the plan's order, and all its filings.

    contributions: counts by department id and state. departments: the active ones, in their official order.
    """

    period: Period
    calendar: WorkCalendar
    parts: tuple[OverviewPart, ...]
    filed: tuple[StandingFiling, ...]
    contributed: StateCounts
    departments: tuple[Department, ...]

    @cached_property
    def all_cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for part in self.parts for cell in part.cells)

    @cached_property
    def unaccepted_cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for cell in self.all_cells if cell.accepted_filing is None)

    @property
    def worse_cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for cell in self.all_cells if cell.change is StandingChange.WORSE)

    @property
    def better_cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for cell in self.all_cells if cell.change is StandingChange.BETTER)

    @cached_property
    def contributions(self) -> Counter[ContributionState]:
        """Return the number of contributions by state."""
        found: Counter[ContributionState] = Counter()
        for counts in self.contributed.values():
            found.update(counts)
        return found

    @property
    def contributions_in_words(self) -> str:
        """Return the counts of contributions: 未写 2 项，已报送 1 项."""
        return counts_in_words(self.contributions)

    @cached_property
    def owed_contributions(self) -> tuple[OwedContributions, ...]:
        """Return the number of unwritten contributions of each department, in their official order."""
        owed = {key: found[ContributionState.OWED] for key, found in self.contributed.items()}
        return tuple(OwedContributions(one, owed[one.id]) for one in self.departments if owed.get(one.id))

    @property
    def waiting_count(self) -> int:
        return sum(one.standing is FilingStanding.SIGNED_OFF for one in self.filed)

    @property
    def due_words(self) -> str:
        if self.period.is_closed:
            return "填报已关闭"
        return date_in_words(self.period.department_due, today(), self.calendar)

    def narrowed(self, wanted: Callable[[MeasureCell], bool]) -> QuarterOverview:
        """Return the overview of some measures; parts and sections without any are left out."""
        parts = tuple(part.narrowed(wanted) for part in self.parts)
        return replace(self, parts=tuple(part for part in parts if part.rows))

    def cells_in_charge_of(self, leader_id: int | None) -> tuple[MeasureCell, ...]:
        return tuple(cell for cell in self.all_cells if leader_id and cell.measure.leader_id == leader_id)


@dataclass(frozen=True)
class QuarterReading:
    """The filings of one quarter and what is needed to read them; `leads` are the lead departments by measure id."""

    period: Period
    leads: Mapping[int, int]
    calendar: WorkCalendar
    thresholds: LightThresholds
    filings: tuple[FilingBrief, ...]

    @cached_property
    def quarter(self) -> Quarter:
        return self.period.quarter

    @cached_property
    def last_day(self) -> date:
        return self.period.last_day

    @cached_property
    def is_overdue(self) -> bool:
        return self.period.is_overdue(self.calendar)

    @cached_property
    def last_day_of_grace(self) -> date:
        return self.period.due_dates.grace_ends_on(self.calendar)

    @cached_property
    def leading(self) -> dict[int, FilingBrief]:
        """Return the lead department's filing of each measure."""
        return leading_by_measure(self.filings, self.leads)

    @property
    def accepted(self) -> dict[int, int]:
        """Return the measure ids of accepted filings, by filing id."""
        return {one.id: one.measure_id for one in self.filings if one.state is FilingState.ACCEPTED}

    def standing_of(self, filing: FilingBrief | None) -> FilingStanding:
        return standing_of_any(filing, overdue=self.is_overdue)

    def filed_on(self, measures: Mapping[int, PlanItem]) -> tuple[StandingFiling, ...]:
        return tuple(
            StandingFiling(one, measures[one.measure_id], self.standing_of(one)) for one in self.filings
        )

    def mark_of(self, measure: PlanItem) -> QuarterMark:
        filing = self.leading.get(measure.id)
        standing = self.standing_of(filing)
        is_accepted = standing is FilingStanding.ACCEPTED
        return QuarterMark(self.quarter, standing, self.report_of(filing) if filing and is_accepted else None)

    def report_of(self, filing: FilingBrief) -> QuarterReport:
        is_late = is_handed_in_after(self.last_day_of_grace, filing)
        return report_of(filing, self.quarter, self.thresholds, is_late=is_late)


def overview_of_quarter(
    period: Period, thresholds: LightThresholds = USUAL_THRESHOLDS, *, with_milestones: bool = False
) -> QuarterOverview:
    """Return the overview of a quarter, with the marks of earlier quarters of the year: a fixed number of queries, five
    more `with_milestones`.
    """
    day, calendar = period.last_day, work_calendar()
    leads = plans.lead_by_measure(period.plan, on=day)
    parts = tree.tree_of_measures(period.plan, on=day)
    departments = org.all_departments(on=day)
    measures = {node.item.id: node.item for part in parts for node in measures_below(part)}
    periods = [one for one in periods_of_plan(period.plan) if one.number <= period.number]
    found = overview_filings_of(periods, measures)
    quarters = (QuarterReading(one, leads, calendar, thresholds, tuple(found[one.id])) for one in periods)
    *earlier, shown = quarters
    missed = filings_missing_milestones(period, shown.accepted) if with_milestones else frozenset()
    assessed = assessments_on(list(shown.accepted))

    def cell_of_measure(measure: PlanItem) -> MeasureCell:
        mark, lead_id = shown.mark_of(measure), leads.get(measure.id)
        return MeasureCell(
            measure=measure,
            mark=mark,
            earlier=tuple(one.mark_of(measure) for one in earlier if measure.is_counted_on(one.last_day)),
            lead=departments[lead_id] if lead_id else None,
            filing=shown.leading.get(measure.id),
            has_missed_milestone=mark.report is not None and mark.report.filing in missed,
            assessment=assessed.get(mark.report.filing) if mark.report else None,
        )

    return QuarterOverview(
        period,
        calendar,
        parts=tuple(overview_part_of(node, cell_of_measure) for node in parts),
        filed=shown.filed_on(measures),
        contributed=counts_by_department(period),
        departments=tuple(one for one in departments.values() if one.is_active_on(min(day, today()))),
    )


def standing_of_any(filing: Filing | FilingBrief | None, *, overdue: bool) -> FilingStanding:
    """Return the standing of a filing; a missing one counts as a draft."""
    if filing is None:
        return standing_at(FilingState.DRAFT, overdue=overdue)
    return standing_at(filing.shown_state, overdue=overdue)


def is_handed_in_after(day: date, filing: Filing | FilingBrief) -> bool:
    return filing.submitted_at is not None and filing.submitted_at.date() > day


def measures_below(node: PlanNode) -> Iterator[PlanNode]:
    """Yield the measures below a part or section in the plan's order."""
    return node.nodes_of_kind(ItemKind.MEASURE)


def overview_filings_of(
    periods: Iterable[Period], measures: Mapping[int, PlanItem]
) -> dict[int, list[FilingBrief]]:
    """Return the filings of quarters on some measures without texts, by period id: one query."""
    found: dict[int, list[FilingBrief]] = {period.id: [] for period in periods}
    for filing in filings_in_brief(sorted(found)):
        if filing.measure_id in measures:
            found[filing.period_id].append(filing)
    return found


class FilingTexts(NamedTuple):
    """Problems and next steps of a measure; empty if nothing is accepted."""

    problems: str = ""
    next_steps: str = ""


def texts_of_measures(cells: Sequence[MeasureCell]) -> dict[int, FilingTexts]:
    """Return problems and next steps by measure id: one query."""
    measures = {cell.report.filing: cell.measure.id for cell in cells if cell.report}
    rows = texts_of_filings(list(measures))
    found = {measures[row.id]: FilingTexts(row.problems, row.next_steps) for row in rows}
    return {cell.measure.id: found.get(cell.measure.id, FilingTexts()) for cell in cells}


@prepared
def texts_of_filings(filing_ids: Sequence[int]) -> ModelSelect[Filing]:
    columns = Filing.id, Filing.problems, Filing.next_steps
    return Filing.select(*columns).where(Filing.id.in_(filing_ids))


def leading_by_measure(filings: Iterable[AnyFiling], leads: Mapping[int, int]) -> dict[int, AnyFiling]:
    """Return the lead department's filing by measure id: of the present lead, else of the lead at that time."""
    speaking: dict[int, AnyFiling] = {}
    for filing in filings:
        is_present_lead = filing.department_id == leads.get(filing.measure_id)
        if is_present_lead or filing.measure_id not in speaking:
            speaking[filing.measure_id] = filing
    return speaking


def overview_part_of(node: PlanNode, cell_of: Callable[[PlanItem], MeasureCell]) -> OverviewPart:
    """Return a part with its measures by section; those outside any section come first."""
    sections = [child for child in node.children if child.item.kind is ItemKind.SECTION]
    loose = tuple(cell_of(child.item) for child in node.children if child.item.kind is ItemKind.MEASURE)
    rows = tuple(
        SectionRow(section.item, tuple(cell_of(found.item) for found in measures_below(section)))
        for section in sections
    )
    return OverviewPart(node.item, (SectionRow(None, loose), *rows) if loose else rows)


def rows_by_department(overview: QuarterOverview) -> tuple[DepartmentRow, ...]:
    leading: dict[int, list[MeasureCell]] = {}
    for cell in overview.all_cells:
        leading.setdefault(cell.lead.id if cell.lead else 0, []).append(cell)
    filed: dict[int, list[StandingFiling]] = {}
    for one in overview.filed:
        filed.setdefault(one.filing.department_id, []).append(one)
    return tuple(
        DepartmentRow(
            department,
            tuple(leading.get(department.id, ())),
            tuple(filed.get(department.id, ())),
            overview.contributed.get(department.id, Counter()),
        )
        for department in overview.departments
    )


def rows_by_leader(overview: QuarterOverview, leaders: Iterable[Leader]) -> tuple[LeaderRow, ...]:
    """Return the measures by leader in charge, in the official order of the leaders; those without one last."""
    rows = [LeaderRow(leader, overview.cells_in_charge_of(leader.id)) for leader in leaders]
    listed = {cell.measure.id for row in rows for cell in row.cells}
    rest = tuple(cell for cell in overview.all_cells if cell.measure.id not in listed)
    return tuple(row for row in (*rows, LeaderRow(None, rest)) if row.cells)


def newest_readable_documents(reader: Actor, plan: Plan | None = None) -> list[Document]:
    """Return the newest issued documents that a person may read, of one plan or of all, without contents."""
    return newest_issued_to(departments_read_for(reader), plan.id if plan else None)


@prepared
def newest_issued_to(department_ids: Sequence[int] | None, plan_id: int | None) -> ModelSelect[Document]:
    query = query_newest_issued().where(is_out_within(department_ids))
    return query if plan_id is None else query.where(Document.plan == plan_id)


def newest_reading_sheets(leader_id: int | None) -> list[Document]:
    """Return the newest reading sheets (呈批单) addressed to a leader."""
    return newest_addressed_to(leader_id) if leader_id is not None else []


@prepared
def newest_addressed_to(leader_id: int) -> ModelSelect[Document]:
    return query_newest_issued().where(Document.leader == leader_id)


def query_newest_issued() -> ModelSelect[Document]:
    """Return a query over issued documents, newest first, without contents and without corrected ones."""
    columns = (Document.id, Document.title, Document.number, Document.issued_at)
    query = Document.select(*columns).where(Document.state == DocumentState.ISSUED)
    return query.order_by(Document.issued_at.desc(), Document.id.desc()).limit(NEWEST_DOCUMENTS)
