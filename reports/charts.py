"""Charts as SVG, for the document and for the screen: readable in black and white, the counts printed in them.

Drawn by a template with plain presentation attributes only, without script, style, ids or links: a page under a
strict Content-Security-Policy may hold several of them, and the same data always gives the same text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.characters import on_one_line
from reports.gbt9704 import HALF_GAP_MM
from reports.line_breaks import rough_width
from reports.model import Chart, ChartRow

WIDTH = 156.0  # all lengths in mm
LINE = 10.447 / 2
TEXT_SIZE = 3.7
SMALL_TEXT_SIZE = 2.8
ROW_HEIGHT = 1.35 * LINE
BAR_HEIGHT = 4.5
LABEL_EMS = 13
GAP = 3.0
TOTAL_WIDTH = 14.0
HATCH = 1.2

LABEL_PIECES = re.compile("[^，、；]*[，、；]|[^，、；]+")

TEMPLATES = Path(__file__).parent / "templates"
DRAWINGS = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class SeriesShade:
    """How a series is filled; `slopes` are those of the hatching laid over it: 1 rises, -1 falls."""

    fill: str
    ink: str = "#000000"
    slopes: tuple[int, ...] = ()


# Lights, paler than their signs (static/src/css/_light_colours.scss), each with a shade or hatching of its own for a
# print in black and white.
LIGHT_SHADES = {
    "绿灯": SeriesShade("#a8d5b0"),
    "黄灯": SeriesShade("#ffe08a", slopes=(1,)),
    "红灯": SeriesShade("#b3261e", "#ffffff"),
    "灰灯": SeriesShade("#c3c7cb", slopes=(1, -1)),
}
WITHOUT_LIGHT = SeriesShade("#ffffff")
# Of any other series, in an order in which neighbours differ on a black and white print.
SHADES = (
    SeriesShade("#404040", "#ffffff"),
    SeriesShade("#d9d9d9"),
    SeriesShade("#ffffff", slopes=(1,)),
    SeriesShade("#8c8c8c"),
    SeriesShade("#ffffff", slopes=(1, -1)),
    SeriesShade("#ffffff"),
    SeriesShade("#ffffff", slopes=(-1,)),
)


def hatching_path(left: float, top: float, width: float, height: float, slopes: tuple[int, ...]) -> str:
    """Path data for diagonal lines that fill a rectangle and end at its edges."""
    lines: list[str] = []
    for slope in slopes:
        for step in range(1, int((width + height) / HATCH) + 1):
            reach = step * HATCH
            start, end = max(0.0, reach - height), min(width, reach)
            rise = (
                [reach - start, reach - end] if slope > 0 else [height - reach + start, height - reach + end]
            )
            lines.append(f"M{left + start:.2f} {top + rise[0]:.2f}L{left + end:.2f} {top + rise[1]:.2f}")
    return "".join(lines)


@dataclass(frozen=True)
class BarSegment:
    """One count in a bar."""

    left: float
    width: float
    count: int
    shade: SeriesShade

    @property
    def is_narrow(self) -> bool:
        """Whether the count does not fit in and stands above the bar."""
        return self.width < TEXT_SIZE * (0.6 * len(str(self.count)) + 0.4)


@dataclass(frozen=True)
class ChartBar:
    """One row: its label's lines, its segments and its total."""

    top: float
    height: float
    label: tuple[str, ...]
    segments: tuple[BarSegment, ...]
    total: int

    @property
    def foot(self) -> float:
        """Where the ink of the bar ends, and of its label."""
        ink = max(BAR_HEIGHT, LINE * (len(self.label) - 1) + TEXT_SIZE)
        return self.top + (self.height + ink) / 2

    @property
    def right(self) -> float:
        return max((segment.left + segment.width for segment in self.segments), default=0.0)


@dataclass(frozen=True)
class LegendEntry:
    left: float
    top: float
    name: str
    shade: SeriesShade


def status_bars(chart: Chart, *, family: str = "serif") -> str:
    """Draw horizontal stacked bars with the counts in them and the total behind, as an SVG element.

    family: font families for `font-family`; the drawing carries no font of its own.
    The drawing is 156 mm wide, its height whole half lines of the body: it leaves as much free at its foot as a line.
    """
    chart = printable_chart(chart)
    keys = _legend_entries(chart)
    bars = _chart_bars(chart, top=keys[-1].top + LINE)
    height = LINE * ceil((bars[-1].foot + HALF_GAP_MM) / LINE)
    return DRAWINGS.get_template("status_bars.svg").render(
        chart=chart,
        words=chart_in_words(chart),
        keys=keys,
        bars=bars,
        width=WIDTH,
        height=height,
        line=LINE,
        bar_height=BAR_HEIGHT,
        text_size=TEXT_SIZE,
        small_text_size=SMALL_TEXT_SIZE,
        gap=GAP,
        label_right=_widest_label(chart),
        hatching_path=hatching_path,
        family=family,
    )


def printable_chart(chart: Chart) -> Chart:
    """A chart with all its words as they are drawn: on one line, without characters that nobody sees."""
    return Chart(
        caption=on_one_line(chart.caption),
        series=tuple(map(on_one_line, chart.series)),
        rows=tuple(ChartRow(on_one_line(row.label), row.counts) for row in chart.rows),
        unit=on_one_line(chart.unit),
    )


def words_of_chart(chart: Chart) -> Iterator[str]:
    """All words that a chart is drawn with; its caption is the document's to set."""
    chart = printable_chart(chart)
    yield from (chart.unit, *chart.series, *(row.label for row in chart.rows))


def chart_in_words(chart: Chart) -> str:
    """What a chart shows, for those who have it read aloud."""
    rows = (
        f"{row.label}："
        + "、".join(
            f"{name}{count}{chart.unit}" for name, count in zip(chart.series, row.counts, strict=True)
        )
        for row in chart.rows
    )
    return f"{chart.caption}：{'；'.join(rows)}。"


def shades_of_series(chart: Chart) -> tuple[SeriesShade, ...]:
    """How each series is filled: where some are lights, these in their colours and what has no light in white."""
    if LIGHT_SHADES.keys() & set(chart.series):
        return tuple(LIGHT_SHADES.get(name, WITHOUT_LIGHT) for name in chart.series)
    return tuple(SHADES[index % len(SHADES)] for index in range(len(chart.series)))


def _legend_entries(chart: Chart) -> list[LegendEntry]:
    """The series in a row above the bars, in as many rows as they need."""
    keys: list[LegendEntry] = []
    shades = shades_of_series(chart)
    left, top = 0.0, 0.0
    for index, name in enumerate(chart.series):
        width = (rough_width(name) + 3.2) * TEXT_SIZE
        if left and left + width > WIDTH:
            left, top = 0.0, top + LINE
        keys.append(LegendEntry(left, top, name, shades[index]))
        left += width
    return keys


def _widest_label(chart: Chart) -> float:
    widest = max(rough_width(line) for row in chart.rows for line in _wrap_label(row.label))
    return widest * TEXT_SIZE


def _wrap_label(label: str) -> tuple[str, ...]:
    """A label in lines of at most LABEL_EMS, broken behind a mark where it has some, else in lines of equal length."""
    lines = [""]
    for piece in LABEL_PIECES.findall(label):
        if rough_width(lines[-1] + piece) <= LABEL_EMS:
            lines[-1] += piece
            continue
        lines += [""] if lines[-1] else []
        width = rough_width(piece)
        most = ceil(width / ceil(width / LABEL_EMS))
        for character in piece:
            if rough_width(lines[-1] + character) > most:
                lines.append("")
            lines[-1] += character
    return tuple(lines)


def _chart_bars(chart: Chart, top: float) -> list[ChartBar]:
    """The rows below each other, the longest bar as long as there is room."""
    left = _widest_label(chart) + GAP
    longest = max(1, *(sum(row.counts) for row in chart.rows))
    scale = (WIDTH - left - TOTAL_WIDTH) / longest
    bars: list[ChartBar] = []
    for row in chart.rows:
        label = _wrap_label(row.label)
        height = max(ROW_HEIGHT, LINE * len(label))
        segments = _bar_segments(row.counts, shades_of_series(chart), left, scale)
        bars.append(ChartBar(top, height, label, segments, sum(row.counts)))
        top += height
    return bars


def _bar_segments(
    counts: tuple[int, ...], shades: tuple[SeriesShade, ...], left: float, scale: float
) -> tuple[BarSegment, ...]:
    starts = accumulate(counts, initial=0)
    return tuple(
        BarSegment(left + start * scale, count * scale, count, shade)
        for start, count, shade in zip(starts, counts, shades, strict=False)
        if count
    )
