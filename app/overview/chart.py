"""The status bars of the parts, drawn by the same code as in the documents."""

from __future__ import annotations

from collections.abc import Sequence

from app.overview.cells import (
    NOT_ACCEPTED,
    OverviewPart,
    count_statuses,
    statuses_among,
)
from reports.charts import status_bars
from reports.model import Chart, ChartRow

SCREEN_FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', SimSun, sans-serif"


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
