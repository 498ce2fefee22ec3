"""The content of the office's matrix: a quarter's filings by measure or by department, in pages. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from app.filing.contributions.rules import StateCounts, counts_in_words
from app.filing.core.life_cycle import (
    FILING_STAGES,
    FilingStage,
    FilingStanding,
    FilingState,
    ReturnKind,
    stage_of,
    standing_at,
)
from app.filing.review.matrix.pages import FoundFilings, MatrixPage
from app.filing.review.queries import ListedFiling
from app.plan.core.models import PlanItem
from app.plan.core.tree import PlanNode

BY_MEASURE, BY_DEPARTMENT = "measure", "department"


@dataclass(frozen=True)
class MatrixChoice:
    """What the office chose to see of a quarter; None means everything. Pages count from 1.

    `ticked` are the filings ticked so far, as id:version; links of the matrix keep them.
    """

    period: str
    by: str = BY_MEASURE
    state: FilingStage | None = None
    department: int | None = None
    part: int | None = None
    page: int = 1
    ticked: tuple[str, ...] = ()

    @property
    def is_by_department(self) -> bool:
        return self.by == BY_DEPARTMENT

    @property
    def is_narrowed(self) -> bool:
        """Return whether it leaves out any filing of the quarter."""
        return any((self.state, self.department, self.part))

    @property
    def address_arguments(self) -> dict[str, str | int | None]:
        return {
            "period": self.period,
            "by": None if self.by == BY_MEASURE else self.by,
            "state": self.state and self.state.value,
            "department": self.department,
            "part": self.part,
            "page": None if self.page == 1 else self.page,
        }

    def wants_filing(self, filing: ListedFiling) -> bool:
        """Return whether a filing is in the chosen part."""
        return self.state in (None, filing.shown_state) and self.department in (None, filing.department_id)


class CountedFilings(NamedTuple):
    """The number of filings of a department in one stage."""

    member_id: int
    state: FilingState
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
    """The number of filings by stage."""

    counts: tuple[StageCount, ...]
    total: int


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the filing of its lead, and filings of former leads.

    `contributed` says how many supporting departments have written.
    """

    number: int
    title: str
    lead: ListedFiling
    others: tuple[ListedFiling, ...]
    contributed: str = ""

    @property
    def filings(self) -> tuple[ListedFiling, ...]:
        """Return all filings of the row, that of the lead first."""
        return self.lead, *self.others

    @property
    def known_lead(self) -> ListedFiling | None:
        """Return the lead's filing if it is submitted and has a percent."""
        lead = self.lead
        return lead if lead.was_handed_in and lead.percent is not None else None


@dataclass(frozen=True)
class MatrixSection:
    """The measures under one heading of the plan; `above` is its part if the heading is a section's."""

    heading: str
    above: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class DepartmentLine:
    """A department with the counts of its filings, if any; `contributed` says how its contributions stand."""

    department_id: int
    department: str
    tally: StageTally
    contributed: str = ""


@dataclass(frozen=True)
class QuarterMatrix:
    """The matrix of a quarter: counts of everything in scope, and one page of measures or departments.

    `contributed` says how the quarter's contributions stand: the office can waive `owed_count` of them and ask again
    for `waived_count`; `settled_count` belong to accepted filings. `departments` are all that file in the quarter;
    `without_filings` of the lines have contributions only.

    By filing id: `waiting` can be accepted, `suggested` have an unanswered suggestion, `hinted` counts contradictions,
    `missed` counts missed milestones. `ticked_elsewhere` are ticked filings on no row of this page; `moved_since` have
    changed after they were ticked, so that their ticks no longer count.
    """

    choice: MatrixChoice
    parts: Sequence[PlanItem]
    departments: Mapping[int, str]
    tally: StageTally
    contributed: str
    found: int
    pages: Sequence[MatrixPage]
    page: MatrixPage
    owed_count: int = 0
    settled_count: int = 0
    waived_count: int = 0
    without_filings: int = 0
    sections: tuple[MatrixSection, ...] = ()
    lines: tuple[DepartmentLine, ...] = ()
    waiting: frozenset[int] = frozenset()
    suggested: frozenset[int] = frozenset()
    hinted: Mapping[int, int] = field(default_factory=dict)
    missed: Mapping[int, int] = field(default_factory=dict)
    ticked_elsewhere: tuple[ListedFiling, ...] = ()
    moved_since: tuple[ListedFiling, ...] = ()

    @property
    def can_decide(self) -> bool:
        """Return whether there is anything to accept or send back, on the page or ticked elsewhere."""
        return bool(self.waiting or self.ticked_elsewhere)

    @property
    def stages(self) -> tuple[StageCount, ...]:
        """Return the number of filings in scope by stage, in the order of the life cycle."""
        return self.tally.counts

    @property
    def stage_choices(self) -> dict[str, str]:
        """Return the stages to filter by: label by value."""
        return {count.stage.value: count.standing.label for count in self.stages}

    @property
    def part_choices(self) -> dict[int, str]:
        return {part.id: part.heading for part in self.parts}

    @property
    def is_nothing_filed(self) -> bool:
        """Return whether no department files in the quarter at all."""
        return not self.departments

    @property
    def members_found(self) -> int:
        """Return the number of measures or departments with a filing that was found."""
        return sum(len(page.members) for page in self.pages) - self.without_filings


def tally_stages(counted: Iterable[CountedFilings], *, overdue: bool) -> StageTally:
    """Add up the filings by stage, in the order of the life cycle."""
    sums: Counter[FilingStage] = Counter()
    for one in counted:
        sums[one.stage] += one.number
    counts = (StageCount(stage, standing_at(stage, overdue=overdue), sums[stage]) for stage in FILING_STAGES)
    return StageTally(tuple(counts), sums.total())


def found_of_departments(counted: Iterable[CountedFilings], stage: FilingStage | None) -> list[FoundFilings]:
    """Return for each department how many of its filings are in a stage, or in any, and how many wait
    for the office.
    """
    found: dict[int, FoundFilings] = {}
    for one in counted:
        if stage in (None, one.stage):
            key, waiting = one.member_id, one.number if one.state is FilingState.SIGNED_OFF else 0
            before = found.get(key, FoundFilings(key, None, 0, 0))
            found[key] = FoundFilings(key, None, before.number + one.number, before.waiting + waiting)
    return list(found.values())


def department_lines(
    names: Mapping[int, str],
    counted: Iterable[CountedFilings],
    page: MatrixPage,
    contributed: StateCounts,
    *,
    overdue: bool,
) -> tuple[DepartmentLine, ...]:
    """Return the departments of a page with the counts of everything in scope."""
    own: dict[int, list[CountedFilings]] = {}
    for one in counted:
        own.setdefault(one.member_id, []).append(one)
    shown = ((key, name) for key, name in names.items() if key in page.members)
    return tuple(
        DepartmentLine(
            key,
            name,
            tally_stages(own.get(key, ()), overdue=overdue),
            counts_in_words(contributed.get(key, ())),
        )
        for key, name in shown
    )


def matrix_sections(
    headings: Iterable[PlanNode],
    listed: Iterable[ListedFiling],
    found: Container[int],
    contributed: StateCounts,
) -> tuple[MatrixSection, ...]:
    """Return filings, given in the plan's order, under the headings of their measures."""
    named = dict(heading_names(headings))
    return tuple(
        MatrixSection(*named.get(heading_id, ("", "")), measure_rows(below, found, contributed))
        for heading_id, below in groupby(listed, key=lambda filing: filing.heading_id)
    )


def heading_names(headings: Iterable[PlanNode]) -> Iterator[tuple[int | None, tuple[str, str]]]:
    """Yield each heading's id with its own text and that of its part."""
    for part in headings:
        yield part.item.id, (part.item.heading, "")
        for section in part.children:
            yield section.item.id, (section.item.heading, part.item.heading)


def measure_rows(
    listed: Iterable[ListedFiling],
    found: Container[int],
    contributed: StateCounts,
) -> tuple[MeasureRow, ...]:
    """Return a row for each measure; the filings are given in the plan's order."""
    rows = []
    for measure_id, on_it in groupby(listed, key=lambda filing: filing.measure_id):
        filings = [*on_it]
        lead = next((filing for filing in filings if filing.is_of_lead), filings[0])
        others = tuple(filing for filing in filings if filing is not lead and filing.id in found)
        words = counts_in_words(contributed.get(measure_id, ()))
        rows.append(MeasureRow(lead.number, lead.title, lead, others, words))
    return tuple(rows)
