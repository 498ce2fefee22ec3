"""The status bars of the parts, drawn by the same code as in the documents."""

from __future__ import annotations

from collections.abc import Sequence

from app.overview.cells import Part, count_statuses
from reports.charts import status_bars
from reports.model import Chart, ChartRow

SCREEN_FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', SimSun, sans-serif"


def part_bars(parts: Sequence[Part], caption: str) -> str:
    """Return an SVG with a bar for each part, divided by how its measures are going."""
    counted = [count_statuses(part.cells) for part in parts]
    present = [place for place in range(len(counted[0])) if any(counts[place].number for counts in counted)]
    chart = Chart(
        caption=caption,
        series=tuple(counted[0][place].label for place in present),
        rows=tuple(
            ChartRow(short_title(part), tuple(counts[place].number for place in present))
            for part, counts in zip(parts, counted, strict=True)
        ),
    )
    return status_bars(chart, family=SCREEN_FONTS)


def short_title(part: Part) -> str:
    """Return the first clause of a part's title: enough to know it by."""
    return part.item.title.partition("，")[0]
