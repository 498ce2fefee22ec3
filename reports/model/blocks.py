"""What a text consists of: headings, paragraphs, tables, charts and sheets.

`key` is by what a composer finds a block, or a column of a table, again, whatever it says; `row_keys` are the same for
the rows of a table. Keys are of any type, never printed nor frozen, and no part of what makes two blocks equal.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TypeAlias

from reports.model.errors import DocumentError


class Align(StrEnum):
    """How a table column is set; full lines of one that is set left fill its width."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (7.3.3), printed 一、 （一） 1. （1） in 黑体, 楷体, 仿宋, 仿宋.

    Headings count themselves, from one again under each higher heading; `number` sets the count. `label` is printed
    in place of the number where a text keeps its own: 第一章, or nothing where it has none.
    """

    level: int
    text: str
    number: int | None = None
    label: str | None = None
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise DocumentError(f"标题“{self.text}”的层级是{self.level}，公文标题只有一至四级。")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, indented by two characters.

    `head` is a run-in head: numbered and set like a heading of its level, with the text following on the same
    line. Its own end mark (usually 。) belongs to its text. A newline in `text` begins a new paragraph.
    """

    text: str
    head: Heading | None = None
    key: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its share of the whole, compared with the other columns (any unit).

    Where a column of a table has no width, all are shared out by what they hold: best for long texts.
    """

    title: str
    width: float | None = None
    align: Align = Align.LEFT
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.width is not None and not 0 < self.width < inf:
            raise DocumentError(
                f"表格“{self.title}”一列的宽度是{self.width}，请改为大于零的数；不写宽度则按内容分配。"
            )


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the type area; its head is repeated on each page, long cells run on to the next.

    `caption` stands centred above it, `unit` (what is counted) at its upper right, `note` (source, denominator) flush
    left below it; each may be empty.
    `row_keys` has one for each row, or is empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    unit: str = ""
    key: object = field(default=None, compare=False, repr=False)
    row_keys: tuple[object, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.columns:
            raise DocumentError("表格没有列，请至少设一列。")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise DocumentError(f"表格第{number}行有{len(row)}格，应为{len(self.columns)}格。")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One bar: its label and one count for each series of the chart."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal stacked bars, one for each row, divided into the series, with the counts printed in them.

    For example series ("已完成", "正常推进", "滞后") and one row for each part of the plan.
    `unit` is what is counted.
    """

    caption: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: str = "项"
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.series or not self.rows:
            raise DocumentError(f"图“{self.caption}”没有数据，请至少给出一类和一行。")
        for row in self.rows:
            if len(row.counts) != len(self.series):
                raise DocumentError(f"图中“{row.label}”有{len(row.counts)}个数，应为{len(self.series)}个。")
            if min(row.counts) < 0:
                raise DocumentError(f"图中“{row.label}”有负数，数量不能小于零。")


@dataclass(frozen=True, slots=True)
class SheetField:
    """One labelled field of a sheet; an empty text leaves room to write by hand."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Fields side by side, of equal width; `lines` is the least height, in lines of the body's pitch."""

    fields: tuple[SheetField, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ruled sheet with labelled fields to read and to write in, such as a 呈批单; as wide as the type area."""

    rows: tuple[SheetRow, ...]
    key: object = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.rows or not all(row.fields for row in self.rows):
            raise DocumentError("表单没有栏目，请至少设一行一栏。")


Block: TypeAlias = Heading | Paragraph | Table | Chart | Sheet
