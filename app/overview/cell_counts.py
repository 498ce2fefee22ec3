"""Counts of a quarter's measures for figures and bars; each figure links to what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.filing.core.life_cycle import FilingStanding
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.overview.measure_cells import MeasureCell, OverviewPart
from app.overview.rules import StandingChange
from reports.charts import status_bars
from reports.model import Chart, ChartRow

SCREEN_FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', SimSun, sans-serif"
NOT_ACCEPTED = "未采用"
NOT_LIT = "none"  # how an address asks for measures without a light
# How an address asks for what is expected of the year.
FORECAST_KEYS: Mapping[str, Forecast] = {
    "can": Forecast.CAN_FINISH,
    "difficult": Forecast.DIFFICULT,
    "cannot": Forecast.CANNOT_FINISH,
}


@dataclass(frozen=True)
class CountOfTotal:
    """A count out of `total`.

    `light` is set for counts of lights; `adjusted` of them were chosen by the departments. `key` is the address
    argument that selects them.
    """

    label: str
    number: int
    total: int
    light: Light | None = None
    adjusted: int = 0
    key: str = ""

    @property
    def share_percent(self) -> int:
        """Return the share in per cent; 0 if the total is 0."""
        return round(100 * self.number / self.total) if self.total else 0


class PartStatuses(NamedTuple):
    """A part of the plan with the statuses of its measures."""

    part: OverviewPart
    counts: tuple[CountOfTotal, ...]


def count_lights(cells: Sequence[MeasureCell]) -> tuple[CountOfTotal, ...]:
    """Return the number of measures by light, and without any."""
    total, lights = len(cells), Counter(cell.light for cell in cells)
    adjusted = Counter(cell.light for cell in cells if cell.is_adjusted)
    lit = tuple(CountOfTotal(one.label, lights[one], total, one, adjusted[one], one.value) for one in Light)
    return (*lit, CountOfTotal(NOT_ACCEPTED, lights[None], total, key=NOT_LIT))


def count_forecasts(cells: Sequence[MeasureCell]) -> tuple[CountOfTotal, ...]:
    """Return the number of measures by forecast."""
    total, forecasts = len(cells), Counter(cell.forecast for cell in cells)
    return tuple(
        CountOfTotal(f"预计{one.label}", forecasts[one], total, key=key) for key, one in FORECAST_KEYS.items()
    )


def count_changes(cells: Sequence[MeasureCell]) -> tuple[CountOfTotal, ...]:
    """Return the number of measures by change since last quarter; unknown changes are left out."""
    total, changes = len(cells), Counter(cell.change for cell in cells)
    return tuple(CountOfTotal(one.label, changes[one], total, key=one.value) for one in StandingChange)


def count_statuses(
    cells: Sequence[MeasureCell], statuses: Sequence[MeasureStatus]
) -> tuple[CountOfTotal, ...]:
    """Return the number of measures by status, and without any."""
    total, found = len(cells), Counter(cell.status for cell in cells)
    known = tuple(CountOfTotal(one.label, found[one], total) for one in statuses)
    return (*known, CountOfTotal(NOT_ACCEPTED, found[None], total))


def statuses_among(cells: Sequence[MeasureCell]) -> tuple[MeasureStatus, ...]:
    """Return the statuses that occur among these measures, in a fixed order."""
    found = {cell.status for cell in cells}
    return tuple(status for status in MeasureStatus if status in found)


def count_standings(standings: Sequence[FilingStanding]) -> tuple[CountOfTotal, ...]:
    """Return the number of filings by standing; zeros are left out, except for "accepted"."""
    shown = (one for one in FilingStanding if one in standings or one is FilingStanding.ACCEPTED)
    return tuple(
        CountOfTotal(one.label, standings.count(one), len(standings), key=one.value) for one in shown
    )


def draw_part_bars(parts: Sequence[OverviewPart], caption: str) -> str:
    """Return an SVG with a bar for each part, divided by the statuses of its measures."""
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
