"""A quarter as cells, one for each measure: plain values that pages count and draw. Only what is accepted counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.filing.core.rules import (
    HANDED_IN,
    FilingState,
    Forecast,
    Light,
    ReturnKind,
    Standing,
    Status,
)
from app.org.models import Department
from app.plan.models import PlanItem
from app.plan.rules import AssignmentRole

NOT_ACCEPTED = "未采用"


class Brief(NamedTuple):
    """A filing in brief: what a count or a cell needs of it, and no text."""

    id: int
    measure: PlanItem
    department: Department
    role: AssignmentRole
    state: FilingState
    return_kind: ReturnKind
    percent: int | None
    status: Status
    light: Light
    forecast: Forecast

    @property
    def measure_id(self) -> int:
        """Return the measure's id, under the name that it has in the table."""
        return self.measure.id

    @property
    def is_handed_in(self) -> bool:
        """Return whether it has left its writer's hands."""
        return self.state in HANDED_IN


@dataclass(frozen=True)
class Cell:
    """One measure in one quarter: its lead department's filing speaks for it.

    `standing` is where that filing stands in the eyes of those who wait for it.
    """

    measure: PlanItem
    lead: Department | None
    filing: Brief | None
    standing: Standing

    @property
    def accepted(self) -> Brief | None:
        """Return the filing once the office has accepted it."""
        return self.filing if self.standing is Standing.ACCEPTED else None

    @property
    def light(self) -> Light | None:
        """Return the light; None while nothing is accepted."""
        return self.accepted.light if self.accepted else None

    @property
    def status(self) -> Status | None:
        """Return the department's accepted word on the measure."""
        return self.accepted.status if self.accepted else None


@dataclass(frozen=True)
class Row:
    """A section of a part, or the measures that stand in the part itself (`section` is None)."""

    section: PlanItem | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Part:
    """A part of the plan on the map."""

    item: PlanItem
    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return every measure of the part."""
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Count:
    """How many of `total` there are; `light` is set where it is lights that are counted."""

    label: str
    number: int
    total: int
    light: Light | None = None

    @property
    def percent(self) -> int:
        """Return the share in per cent; nothing of nothing is 0."""
        return round(100 * self.number / self.total) if self.total else 0


def count_lights(cells: Sequence[Cell]) -> tuple[Count, ...]:
    """Return how many measures have each light, and how many have none yet."""
    total = len(cells)
    lit = tuple(
        Count(light.label, sum(cell.light is light for cell in cells), total, light) for light in Light
    )
    return (*lit, Count(NOT_ACCEPTED, sum(cell.light is None for cell in cells), total))


def count_statuses(cells: Sequence[Cell], statuses: Sequence[Status]) -> tuple[Count, ...]:
    """Return how many measures go in each of these ways, and how many nothing is known of yet."""
    total = len(cells)
    known = tuple(Count(one.label, sum(cell.status is one for cell in cells), total) for one in statuses)
    return (*known, Count(NOT_ACCEPTED, sum(cell.status is None for cell in cells), total))


def occurring(cells: Sequence[Cell]) -> tuple[Status, ...]:
    """Return the ways in which any of these measures goes, in a fixed order."""
    found = {cell.status for cell in cells}
    return tuple(status for status in Status if status in found)


def count_standings(standings: Sequence[Standing]) -> tuple[Count, ...]:
    """Return how many filings stand where; a word that fits none is left out, save for those accepted."""
    shown = (one for one in Standing if one in standings or one is Standing.ACCEPTED)
    return tuple(Count(one.label, standings.count(one), len(standings)) for one in shown)


@dataclass(frozen=True)
class Filed:
    """A filing and where it stands in the eyes of those who wait for it."""

    filing: Brief
    standing: Standing


@dataclass(frozen=True)
class DepartmentRow:
    """What one department answers for in a quarter: the measures that it leads, and every filing that it owes."""

    department: Department
    leading: tuple[Cell, ...]
    filed: tuple[Filed, ...]

    @property
    def supporting(self) -> tuple[Filed, ...]:
        """Return its contributions to measures that others lead."""
        return tuple(one for one in self.filed if one.filing.role is AssignmentRole.SUPPORT)

    @property
    def supporting_words(self) -> str:
        """Return where its contributions stand: 逾期未报 2 项，已采用 1 项."""
        return in_words([one.standing for one in self.supporting])

    @property
    def handed_in(self) -> int:
        """Return how many of its filings have left its hands."""
        return sum(one.filing.is_handed_in for one in self.filed)

    @property
    def accepted(self) -> int:
        """Return how many of its filings the office has accepted."""
        return sum(one.standing is Standing.ACCEPTED for one in self.filed)

    @property
    def owed_as_lead(self) -> tuple[Filed, ...]:
        """Return what it has not handed in on the measures that it leads."""
        return self.owed(AssignmentRole.LEAD)

    @property
    def owed_in_support(self) -> tuple[Filed, ...]:
        """Return what it has not handed in on the measures of others."""
        return self.owed(AssignmentRole.SUPPORT)

    def owed(self, role: AssignmentRole) -> tuple[Filed, ...]:
        """Return what it has not handed in, as lead or in support."""
        return tuple(one for one in self.filed if one.filing.role is role and not one.filing.is_handed_in)


def in_words(standings: Sequence[Standing]) -> str:
    """Return counts as a person says them: 逾期未报 2 项，已采用 1 项."""
    return "，".join(
        f"{count.label} {count.number} 项" for count in count_standings(standings) if count.number
    )
