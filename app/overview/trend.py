"""The trend from quarter to quarter: counts for a table, and stacked bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast
from app.overview.cell_counts import NOT_ACCEPTED, SCREEN_FONTS
from app.overview.measure_cells import (
    MeasureCell,
    QuarterMark,
    QuarterReport,
)
from app.overview.rules import gap_in_words
from app.periods.rules import Quarter
from reports.charts import status_bars
from reports.model import Chart, ChartRow


@dataclass(frozen=True)
class QuarterTrend:
    """All measures in one quarter."""

    quarter: Quarter
    marks: tuple[QuarterMark, ...]

    @cached_property
    def reports(self) -> list[QuarterReport]:
        """Return the accepted reports."""
        return [one.report for one in self.marks if one.report]

    @cached_property
    def lights(self) -> Counter[Light | None]:
        return Counter(one.light for one in self.reports)

    @cached_property
    def forecasts(self) -> Counter[Forecast | None]:
        return Counter(one.forecast for one in self.reports)

    @property
    def missing_count(self) -> int:
        return len(self.marks) - len(self.reports)

    @property
    def late_count(self) -> int:
        """Return the number of measures that were reported late."""
        return sum(one.is_late for one in self.reports)

    @cached_property
    def gaps(self) -> list[int]:
        return [one.gap for one in self.reports]

    @property
    def median_gap_words(self) -> str:
        return gap_in_words(median(self.gaps)) if self.gaps else "—"

    @property
    def largest_gap_words(self) -> str:
        return gap_in_words(max(self.gaps)) if self.gaps else "—"


def trend_of(cells: Sequence[MeasureCell]) -> tuple[QuarterTrend, ...]:
    """Return the opened quarters of the year, first quarter first."""
    found: dict[Quarter, list[QuarterMark]] = {}
    for cell in cells:
        for mark in cell.series:
            found.setdefault(mark.quarter, []).append(mark)
    return tuple(QuarterTrend(quarter, tuple(found[quarter])) for quarter in sorted(found))


def draw_trend_bars(cells: Sequence[MeasureCell], caption: str) -> str:
    """Return an SVG with a bar for each quarter, divided by lights."""
    quarters = trend_of(cells)
    lights = [light for light in Light if any(one.lights[light] for one in quarters)]
    rows = tuple(
        ChartRow(one.quarter.short_words, (*(one.lights[light] for light in lights), one.missing_count))
        for one in quarters
    )
    series = (*(light.label for light in lights), NOT_ACCEPTED)
    return status_bars(Chart(caption=caption, series=series, rows=rows), family=SCREEN_FONTS)
