"""The office's matrix: a quarter's filings arranged by measure or by department, page by page. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.filing.core.life_cycle import (
    FILING_STAGES,
    FilingStage,
    FilingStanding,
    FilingState,
    ReturnKind,
    stage_of,
    standing_at,
)
from app.filing.core.matrix_pages import MatrixPage
from app.filing.review.queries import FilingBrief
from app.plan.core.models import PlanItem
from app.plan.core.queries import PlanNode
from app.plan.core.rules import AssignmentRole

BY_MEASURE, BY_DEPARTMENT = "measure", "department"


@dataclass(frozen=True)
class MatrixChoice:
    """What the office wants to see of a quarter: None takes everything. Pages count from 1."""

    period: str
    by: str = BY_MEASURE
    state: FilingStage | None = None
    department: int | None = None
    part: int | None = None
    role: AssignmentRole | None = None
    page: int = 1

    @property
    def is_by_department(self) -> bool:
        return self.by == BY_DEPARTMENT

    def shows_only(self, stage: FilingStage, role: AssignmentRole) -> bool:
        """Return whether it asks for the filings of one stage and role."""
        return self.state == stage and self.role is role

    @property
    def is_narrowed(self) -> bool:
        """Return whether it leaves any filing of the quarter out."""
        return any((self.state, self.role, self.department, self.part))

    @property
    def address_arguments(self) -> dict[str, str | int | None]:
        return {
            "period": self.period,
            "by": None if self.by == BY_MEASURE else self.by,
            "state": self.state and self.state.value,
            "role": self.role and self.role.value,
            "department": self.department,
            "part": self.part,
            "page": None if self.page == 1 else self.page,
        }

    def wants_filing(self, brief: FilingBrief) -> bool:
        """Return whether a filing of the chosen part is wanted."""
        is_so = self.state in (None, brief.stage) and self.role in (None, brief.role)
        return is_so and self.department in (None, brief.department_id)


class CountedFilings(NamedTuple):
    """How many filings stand in one state and role and came back alike; `of` is whose, where that is asked for."""

    of: int | None
    state: FilingState
    role: AssignmentRole
    return_kind: ReturnKind
    number: int

    @property
    def stage(self) -> FilingStage:
        return stage_of(self.state, self.return_kind)


@dataclass(frozen=True)
class StageCount:
    stage: FilingStage
    standing: FilingStanding
    count: int


@dataclass(frozen=True)
class StageTally:
    """Filings counted by state; `role` where only those of one role are counted."""

    counts: tuple[StageCount, ...]
    total: int
    role: AssignmentRole | None = None


@dataclass(frozen=True)
class SupporterGroup:
    """The supporting filings of one group, such as 各居民区: how many there are, and those that were found."""

    name: str
    reported: int
    total: int
    found: tuple[FilingBrief, ...]


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the filing that speaks for it and those beside it."""

    number: int
    title: str
    lead: FilingBrief | None
    supports: tuple[FilingBrief, ...]
    groups: tuple[SupporterGroup, ...]

    @property
    def known_lead(self) -> FilingBrief | None:
        """Return the lead's filing where its percent is a fact: it was handed in, with one."""
        lead = self.lead
        return lead if lead and lead.is_handed_in and lead.percent is not None else None


@dataclass(frozen=True)
class MatrixSection:
    """Measures under one heading of the plan; `above` is the part where the heading is a section's."""

    heading: str
    above: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class DepartmentLine:
    """A department with its filings counted by state."""

    department_id: int
    department: str
    tally: StageTally


@dataclass(frozen=True)
class QuarterMatrix:
    """A quarter as the office chose to see it: everything in scope counted, and one page of what was found.

    `departments` are all that file in the quarter; `waiting` holds the ids of the filings on the page that the
    office can accept. A page has sections of measures, or lines of departments.
    """

    choice: MatrixChoice
    parts: Sequence[PlanItem]
    departments: Mapping[int, str]
    tallies: tuple[StageTally, ...]
    found: int
    pages: Sequence[MatrixPage]
    page: MatrixPage
    sections: tuple[MatrixSection, ...] = ()
    lines: tuple[DepartmentLine, ...] = ()
    waiting: frozenset[int] = frozenset()

    @property
    def stages(self) -> tuple[StageCount, ...]:
        """Return the stages by which every tally counts, in the order of the life cycle."""
        return self.tallies[0].counts

    @property
    def stage_choices(self) -> dict[str, str]:
        """Return the stages to choose from: label by value."""
        return {count.stage.value: count.standing.label for count in self.stages}

    @property
    def role_choices(self) -> dict[str, str]:
        return {role.value: role.label for role in AssignmentRole}

    @property
    def part_choices(self) -> dict[int, str]:
        return {part.id: part.heading for part in self.parts}

    @property
    def is_nothing_filed(self) -> bool:
        """Return whether nobody files in the quarter at all, whatever is asked for."""
        return not self.departments

    @property
    def members_found(self) -> int:
        """Return on how many measures, or of how many departments, a filing was found."""
        return sum(len(page.members) for page in self.pages)


def tally_stages(
    counted: Iterable[CountedFilings], *, overdue: bool, role: AssignmentRole | None = None
) -> StageTally:
    """Add filings up by stage, in the order of the life cycle; with a role, only those of that role."""
    sums: Counter[FilingStage] = Counter()
    for one in counted:
        if role in (None, one.role):
            sums[one.stage] += one.number
    counts = (StageCount(stage, standing_at(stage, overdue=overdue), sums[stage]) for stage in FILING_STAGES)
    return StageTally(tuple(counts), sums.total(), role)


def department_lines(
    names: Mapping[int, str], counted: Iterable[CountedFilings], page: MatrixPage, *, overdue: bool
) -> tuple[DepartmentLine, ...]:
    """Return the departments of a page with everything in scope counted."""
    own: dict[int | None, list[CountedFilings]] = {}
    for one in counted:
        own.setdefault(one.of, []).append(one)
    shown = ((key, name) for key, name in names.items() if key in page.members)
    return tuple(DepartmentLine(key, name, tally_stages(own[key], overdue=overdue)) for key, name in shown)


def matrix_sections(
    headings: Iterable[PlanNode], briefs: Iterable[FilingBrief], found: Container[int]
) -> tuple[MatrixSection, ...]:
    """Return filings, given in the plan's order, under the headings of their measures."""
    named = dict(heading_names(headings))
    return tuple(
        MatrixSection(*named.get(heading_id, ("", "")), measure_rows(below, found))
        for heading_id, below in groupby(briefs, key=lambda brief: brief.heading_id)
    )


def heading_names(headings: Iterable[PlanNode]) -> Iterator[tuple[int | None, tuple[str, str]]]:
    """Yield every heading's id with its words and those of the part above it."""
    for part in headings:
        yield part.item.id, (part.item.heading, "")
        for section in part.children:
            yield section.item.id, (section.item.heading, part.item.heading)


def measure_rows(briefs: Iterable[FilingBrief], found: Container[int]) -> tuple[MeasureRow, ...]:
    """Return a row for each measure of filings given in the plan's order."""
    return tuple(
        measure_row([*on_it], found) for _, on_it in groupby(briefs, key=lambda brief: brief.measure_id)
    )


def measure_row(briefs: Sequence[FilingBrief], found: Container[int]) -> MeasureRow:
    """Return the row of a measure: its lead's filing always, of the supporting ones those that were found."""
    supports = [brief for brief in briefs if brief.role is AssignmentRole.SUPPORT]
    groups: dict[str, list[FilingBrief]] = {}
    for brief in supports:
        if brief.group is not None:
            groups.setdefault(brief.group, []).append(brief)
    gathered = (supporter_group(name, members, found) for name, members in groups.items())
    return MeasureRow(
        number=briefs[0].number,
        title=briefs[0].title,
        lead=next((brief for brief in briefs if brief.role is AssignmentRole.LEAD), None),
        supports=tuple(brief for brief in supports if brief.group is None and brief.id in found),
        groups=tuple(group for group in gathered if group.found),
    )


def supporter_group(name: str, members: Sequence[FilingBrief], found: Container[int]) -> SupporterGroup:
    return SupporterGroup(
        name=name,
        reported=sum(brief.state is not FilingState.DRAFT for brief in members),
        total=len(members),
        found=tuple(brief for brief in members if brief.id in found),
    )
