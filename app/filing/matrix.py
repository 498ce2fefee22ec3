"""The office's matrix: a quarter's filings arranged by measure or by department. Pure: from briefs and the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.filing.review_queries import Brief
from app.filing.rules import FilingState, Standing, standing_of
from app.plan.models import PlanItem
from app.plan.queries import Node
from app.plan.rules import AssignmentRole, ItemKind

BY_MEASURE, BY_DEPARTMENT = "measure", "department"


@dataclass(frozen=True)
class Choice:
    """What the office wants to see of a quarter: None takes everything."""

    period: str
    by: str = BY_MEASURE
    state: FilingState | None = None
    department: int | None = None
    part: int | None = None
    role: AssignmentRole | None = None

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
        }


@dataclass(frozen=True)
class Count:
    """How many filings stand in one state."""

    state: FilingState
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

    measure: PlanItem
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
    """A quarter as the office chose to see it. `briefs` is all of it, `outline` the plan's tree."""

    choice: Choice
    briefs: Sequence[Brief]
    outline: Sequence[Node]
    is_overdue: bool

    @cached_property
    def part_of(self) -> dict[int, int]:
        """Return the part's id by a measure's id."""
        return {
            node.item.id: part.item.id for part in self.outline for node in part.of_kind(ItemKind.MEASURE)
        }

    @cached_property
    def in_scope(self) -> list[Brief]:
        """Return the filings of the chosen part and department, whatever their state: what is counted."""
        return [brief for brief in self.briefs if self.is_in_scope(brief)]

    @cached_property
    def found(self) -> list[Brief]:
        """Return the filings that match the whole choice."""
        state, role = self.choice.state, self.choice.role
        return [
            brief for brief in self.in_scope if state in (None, brief.state) and role in (None, brief.role)
        ]

    @cached_property
    def waiting(self) -> frozenset[int]:
        """Return the ids of the found filings that the office can accept."""
        return frozenset(brief.id for brief in self.found if brief.is_waiting)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Return the filings in scope counted by state, those that lead apart from those that support."""
        return tuple(
            self.tally((brief for brief in self.in_scope if brief.role is role), role)
            for role in AssignmentRole
        )

    @property
    def measures_found(self) -> int:
        """Return on how many measures a filing was found."""
        return len({brief.measure_id for brief in self.found})

    @property
    def departments(self) -> dict[int, str]:
        """Return the name by id of all departments that file in this quarter, in their official order."""
        ordered = sorted(self.briefs, key=lambda brief: (brief.position, brief.department_id))
        return {brief.department_id: brief.department for brief in ordered}

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the measures on which a filing was found, under their headings."""
        found = {brief.id for brief in self.found}
        on_measure: dict[int, list[Brief]] = {}
        for brief in self.briefs:
            on_measure.setdefault(brief.measure_id, []).append(brief)
        shown = {
            number for number, briefs in on_measure.items() if any(brief.id in found for brief in briefs)
        }
        return tuple(
            Section(heading, above, tuple(row(item, on_measure[item.id], found) for item in items))
            for heading, above, measures in headings(self.outline)
            if (items := [measure for measure in measures if measure.id in shown])
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the departments of the found filings with everything in scope counted."""
        shown = {brief.department_id for brief in self.found}
        filings: dict[int, list[Brief]] = {}
        for brief in self.in_scope:
            filings.setdefault(brief.department_id, []).append(brief)
        return tuple(
            Line(number, name, self.tally(filings[number]))
            for number, name in self.departments.items()
            if number in shown
        )

    def is_in_scope(self, brief: Brief) -> bool:
        """Return whether a filing belongs to the chosen part and department."""
        department, part = self.choice.department, self.choice.part
        return department in (None, brief.department_id) and part in (None, self.part_of[brief.measure_id])

    def tally(self, briefs: Iterable[Brief], role: AssignmentRole | None = None) -> Tally:
        """Count filings by state, in the order of the life cycle."""
        counted = Counter(brief.state for brief in briefs)
        counts = (
            Count(state, standing_of(state, overdue=self.is_overdue), counted[state]) for state in FilingState
        )
        return Tally(tuple(counts), counted.total(), role)


def headings(outline: Iterable[Node]) -> Iterator[tuple[str, str, list[PlanItem]]]:
    """Yield every heading that has measures directly below it: the heading, the part above, the measures."""
    for part in outline:
        for node in (part, *part.of_kind(ItemKind.SECTION)):
            items = [child.item for child in node.children if child.item.kind is ItemKind.MEASURE]
            above = "" if node is part else part.item.heading
            yield node.item.heading, above, items


def row(measure: PlanItem, briefs: Sequence[Brief], found: Container[int]) -> Row:
    """Return the row of a measure: its lead's filing always, of the supporting ones those that were found."""
    supports = [brief for brief in briefs if brief.role is AssignmentRole.SUPPORT]
    groups: dict[str, list[Brief]] = {}
    for brief in supports:
        if brief.group is not None:
            groups.setdefault(brief.group, []).append(brief)
    gathered = (supporters(name, members, found) for name, members in groups.items())
    return Row(
        measure=measure,
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
