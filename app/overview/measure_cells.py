"""A quarter as cells, one for each measure: plain values that pages count and draw. Only what is accepted counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.filing.contributions.rules import ContributionState, counts_in_words
from app.filing.core.life_cycle import HANDED_IN, FilingStanding, FilingState, ReturnKind
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.org.models import Department
from app.plan.core.models import PlanItem
from reports.charts import status_bars
from reports.model import Chart, ChartRow

SCREEN_FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', SimSun, sans-serif"
NOT_ACCEPTED = "未采用"


class OverviewFiling(NamedTuple):
    """The fields of a filing that counts and cells need, without its texts."""

    id: int
    measure: PlanItem
    department: Department
    state: FilingState
    return_kind: ReturnKind
    percent: int | None
    status: MeasureStatus
    light: Light
    forecast: Forecast

    @property
    def measure_id(self) -> int:
        """Return the measure's id, under the name that it has in the table."""
        return self.measure.id

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


@dataclass(frozen=True)
class MeasureCell:
    """One measure in one quarter: its lead department's filing speaks for it.

    `standing` is how that filing appears to those who wait for it.
    """

    measure: PlanItem
    lead: Department | None
    filing: OverviewFiling | None
    standing: FilingStanding

    @property
    def accepted_filing(self) -> OverviewFiling | None:
        return self.filing if self.standing is FilingStanding.ACCEPTED else None

    @property
    def light(self) -> Light | None:
        """Return the light; None while nothing is accepted."""
        return self.accepted_filing.light if self.accepted_filing else None

    @property
    def status(self) -> MeasureStatus | None:
        """Return the status; None while nothing is accepted."""
        return self.accepted_filing.status if self.accepted_filing else None


@dataclass(frozen=True)
class SectionRow:
    """A section of a part, or the measures that stand in the part itself (`section` is None)."""

    section: PlanItem | None
    cells: tuple[MeasureCell, ...]


@dataclass(frozen=True)
class OverviewPart:
    item: PlanItem
    rows: tuple[SectionRow, ...]

    @property
    def cells(self) -> tuple[MeasureCell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class CountOfTotal:
    """How many of `total` there are; `light` is set where it is lights that are counted."""

    label: str
    number: int
    total: int
    light: Light | None = None

    @property
    def share_percent(self) -> int:
        """Return the share in per cent; nothing of nothing is 0."""
        return round(100 * self.number / self.total) if self.total else 0


class PartStatuses(NamedTuple):
    """A part, and how its measures are going."""

    part: OverviewPart
    counts: tuple[CountOfTotal, ...]


def count_lights(cells: Sequence[MeasureCell]) -> tuple[CountOfTotal, ...]:
    """Return how many measures have each light, and how many have none yet."""
    total = len(cells)
    lit = tuple(
        CountOfTotal(light.label, sum(cell.light is light for cell in cells), total, light) for light in Light
    )
    return (*lit, CountOfTotal(NOT_ACCEPTED, sum(cell.light is None for cell in cells), total))


def count_statuses(
    cells: Sequence[MeasureCell], statuses: Sequence[MeasureStatus]
) -> tuple[CountOfTotal, ...]:
    """Return how many measures have each status, and how many have none yet."""
    total = len(cells)
    known = tuple(
        CountOfTotal(one.label, sum(cell.status is one for cell in cells), total) for one in statuses
    )
    return (*known, CountOfTotal(NOT_ACCEPTED, sum(cell.status is None for cell in cells), total))


def statuses_among(cells: Sequence[MeasureCell]) -> tuple[MeasureStatus, ...]:
    """Return the statuses that occur among these measures, in a fixed order."""
    found = {cell.status for cell in cells}
    return tuple(status for status in MeasureStatus if status in found)


def count_standings(standings: Sequence[FilingStanding]) -> tuple[CountOfTotal, ...]:
    """Return how many filings have each standing; those without any are left out, except “accepted”."""
    shown = (one for one in FilingStanding if one in standings or one is FilingStanding.ACCEPTED)
    return tuple(CountOfTotal(one.label, standings.count(one), len(standings)) for one in shown)


@dataclass(frozen=True)
class StandingFiling:
    filing: OverviewFiling
    standing: FilingStanding


@dataclass(frozen=True)
class DepartmentRow:
    """What one department answers for in a quarter: the measures that it leads, every filing that it owes, and how what
    it contributes to others' measures stands.
    """

    department: Department
    leading: tuple[MeasureCell, ...]
    filed: tuple[StandingFiling, ...]
    contributed: tuple[ContributionState, ...] = ()

    @property
    def contributed_in_words(self) -> str:
        """Return where its contributions stand: 未写 2 项，已报送 1 项."""
        return counts_in_words(self.contributed)

    @property
    def handed_in_count(self) -> int:
        return sum(one.filing.is_handed_in for one in self.filed)

    @property
    def accepted_count(self) -> int:
        return sum(one.standing is FilingStanding.ACCEPTED for one in self.filed)

    @property
    def owed_filings(self) -> tuple[StandingFiling, ...]:
        return tuple(one for one in self.filed if not one.filing.is_handed_in)


def draw_part_bars(parts: Sequence[OverviewPart], caption: str) -> str:
    """Return an SVG with a bar for each part, divided by how its measures are going."""
    statuses = statuses_among([cell for part in parts for cell in part.cells])
    rows = tuple(
        ChartRow(
            short_part_title(part), tuple(count.number for count in count_statuses(part.cells, statuses))
        )
        for part in parts
    )
    series = (*(status.label for status in statuses), NOT_ACCEPTED)
    return status_bars(Chart(caption=caption, series=series, rows=rows), family=SCREEN_FONTS)


def short_part_title(part: OverviewPart) -> str:
    return part.item.title.partition("，")[0]
