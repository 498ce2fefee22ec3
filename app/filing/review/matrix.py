"""The office's matrix: a quarter's filings arranged by measure or by department, page by page. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.filing.core.pages import Page
from app.filing.core.rules import (
    STAGES,
    FilingState,
    ReturnKind,
    Stage,
    Standing,
    stage_of,
    standing_at,
)
from app.filing.review.queries import Brief
from app.plan.models import PlanItem
from app.plan.queries import Node
from app.plan.rules import AssignmentRole

BY_MEASURE, BY_DEPARTMENT = "measure", "department"


@dataclass(frozen=True)
class Choice:
    """What the office wants to see of a quarter: None takes everything. Pages count from 1."""

    period: str
    by: str = BY_MEASURE
    state: Stage | None = None
    department: int | None = None
    part: int | None = None
    role: AssignmentRole | None = None
    page: int = 1

    @property
    def arguments(self) -> dict[str, str | int | None]:
        """Return the choice as the arguments of its address."""
        return {
            "period": self.period,
            "by": None if self.by == BY_MEASURE else self.by,
            "state": self.state and self.state.value,
            "role": self.role and self.role.value,
            "department": self.department,
            "part": self.part,
            "page": None if self.page == 1 else self.page,
        }

    def finds(self, brief: Brief) -> bool:
        """Return whether a filing of the chosen part is wanted."""
        is_so = self.state in (None, brief.stage) and self.role in (None, brief.role)
        return is_so and self.department in (None, brief.department_id)


class Counted(NamedTuple):
    """How many filings stand in one state and role and came back alike; `of` is whose, where that is asked for."""

    of: int | None
    state: FilingState
    role: AssignmentRole
    return_kind: ReturnKind
    number: int

    @property
    def stage(self) -> Stage:
        """Return how far they are."""
        return stage_of(self.state, self.return_kind)


@dataclass(frozen=True)
class Count:
    """How many filings are how far."""

    stage: Stage
    standing: Standing
    count: int


@dataclass(frozen=True)
class Tally:
    """Filings counted by state; `role` where only those of one role are counted."""

    counts: tuple[Count, ...]
    total: int
    role: AssignmentRole | None = None


@dataclass(frozen=True)
class Supporters:
    """The supporting filings of one group, such as 各居民区: how many there are, and those that were found."""

    name: str
    reported: int
    total: int
    found: tuple[Brief, ...]


@dataclass(frozen=True)
class Row:
    """A measure with the filing that speaks for it and those beside it."""

    number: int
    title: str
    lead: Brief | None
    supports: tuple[Brief, ...]
    groups: tuple[Supporters, ...]


@dataclass(frozen=True)
class Section:
    """Measures under one heading of the plan; `above` is the part where the heading is a section's."""

    heading: str
    above: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """A department with its filings counted by state."""

    department_id: int
    department: str
    tally: Tally


@dataclass(frozen=True)
class Matrix:
    """A quarter as the office chose to see it: everything in scope counted, and one page of what was found.

    `departments` are all that file in the quarter; `waiting` holds the ids of the filings on the page that the
    office can accept. A page has sections of measures, or lines of departments.
    """

    choice: Choice
    parts: Sequence[PlanItem]
    departments: Mapping[int, str]
    tallies: tuple[Tally, ...]
    found: int
    pages: Sequence[Page]
    page: Page
    sections: tuple[Section, ...] = ()
    lines: tuple[Line, ...] = ()
    waiting: frozenset[int] = frozenset()

    @property
    def concerned(self) -> int:
        """Return on how many measures, or of how many departments, a filing was found."""
        return sum(len(page.members) for page in self.pages)


def tally(counted: Iterable[Counted], *, overdue: bool, role: AssignmentRole | None = None) -> Tally:
    """Add filings up by stage, in the order of the life cycle; with a role, only those of that role."""
    sums: Counter[Stage] = Counter()
    for one in counted:
        if role in (None, one.role):
            sums[one.stage] += one.number
    counts = (Count(stage, standing_at(stage, overdue=overdue), sums[stage]) for stage in STAGES)
    return Tally(tuple(counts), sums.total(), role)


def lines(
    names: Mapping[int, str], counted: Iterable[Counted], page: Page, *, overdue: bool
) -> tuple[Line, ...]:
    """Return the departments of a page with everything in scope counted."""
    own: dict[int | None, list[Counted]] = {}
    for one in counted:
        own.setdefault(one.of, []).append(one)
    shown = ((key, name) for key, name in names.items() if key in page.members)
    return tuple(Line(key, name, tally(own[key], overdue=overdue)) for key, name in shown)


def sections(headings: Iterable[Node], briefs: Iterable[Brief], found: Container[int]) -> tuple[Section, ...]:
    """Return filings, given in the plan's order, under the headings of their measures."""
    named = dict(names(headings))
    return tuple(
        Section(*named.get(heading_id, ("", "")), rows(below, found))
        for heading_id, below in groupby(briefs, key=lambda brief: brief.heading_id)
    )


def names(headings: Iterable[Node]) -> Iterator[tuple[int | None, tuple[str, str]]]:
    """Yield every heading's id with its words and those of the part above it."""
    for part in headings:
        yield part.item.id, (part.item.heading, "")
        for section in part.children:
            yield section.item.id, (section.item.heading, part.item.heading)


def rows(briefs: Iterable[Brief], found: Container[int]) -> tuple[Row, ...]:
    """Return a row for each measure of filings given in the plan's order."""
    return tuple(row([*on_it], found) for _, on_it in groupby(briefs, key=lambda brief: brief.measure_id))


def row(briefs: Sequence[Brief], found: Container[int]) -> Row:
    """Return the row of a measure: its lead's filing always, of the supporting ones those that were found."""
    supports = [brief for brief in briefs if brief.role is AssignmentRole.SUPPORT]
    groups: dict[str, list[Brief]] = {}
    for brief in supports:
        if brief.group is not None:
            groups.setdefault(brief.group, []).append(brief)
    gathered = (supporters(name, members, found) for name, members in groups.items())
    return Row(
        number=briefs[0].number,
        title=briefs[0].title,
        lead=next((brief for brief in briefs if brief.role is AssignmentRole.LEAD), None),
        supports=tuple(brief for brief in supports if brief.group is None and brief.id in found),
        groups=tuple(group for group in gathered if group.found),
    )


def supporters(name: str, members: Sequence[Brief], found: Container[int]) -> Supporters:
    """Return the filings of a group's members on one measure."""
    return Supporters(
        name=name,
        reported=sum(brief.state is not FilingState.DRAFT for brief in members),
        total=len(members),
        found=tuple(brief for brief in members if brief.id in found),
    )
