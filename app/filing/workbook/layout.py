"""The sheets of a filing form: their columns and the keys of their rows, once, for writing and for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from app.base.labels import Labelled
from app.filing.core.content import FilingContent
from app.filing.core.rules import Forecast, Light, Status

HEAD_ROW = 3
YES, NO = "是", "否"

ROW_KEY = re.compile(r"(\d{4}Q[1-4])-(\d{1,9})-(\d{1,9})-([0-9a-f]{16})")
PART_KEY = re.compile(r"(\d{1,9})-(\d{1,9})")
AS_TEXT, AS_WHOLE_NUMBER, AS_NUMBER = "@", "0", "General"  # how Excel is to show a cell


def labels(members: type[Labelled]) -> tuple[str, ...]:
    """Return the labels of an enumeration, for a drop-down."""
    return tuple(member.label for member in members)


@dataclass(frozen=True)
class Column:
    """A column: `name` is the field or fact that stands in it, `width` counts characters.

    `to_fill` columns are open to the department; `choices` become a drop-down. Cells are marked as text unless
    `shown_as` says otherwise, so that what is typed there stays text even where it begins with = or -.
    """

    name: str
    label: str
    width: int
    to_fill: bool = False
    choices: tuple[str, ...] = ()
    hidden: bool = False
    shown_as: str = AS_TEXT

    @property
    def short(self) -> str:
        """Return the label without what stands in brackets behind it."""
        return self.label.partition("（")[0]


@dataclass(frozen=True)
class SheetLayout:
    """A sheet by its name and its columns from the left; the first holds the keys of the rows."""

    name: str
    columns: tuple[Column, ...]

    def letter(self, name: str) -> str:
        """Return the letter of a column, as Excel shows it."""
        return get_column_letter(1 + [column.name for column in self.columns].index(name))

    def place(self, name: str) -> str:
        """Return a column in words: I 列（进展情况）."""
        label = next(column.short for column in self.columns if column.name == name)
        return f"{self.letter(name)} 列（{label}）"

    @property
    def first(self) -> Column:
        """Return the first column that is shown."""
        return next(column for column in self.columns if not column.hidden)


KEY = Column("key", "编号（请勿改动）", 10, hidden=True)
NUMBER = Column("number", "序号", 5, shown_as=AS_WHOLE_NUMBER)
DEPARTMENT = Column("department", "部门", 8)
ROLE = Column("role", "分工", 5)
MEASURE = Column("measure", "举措", 16)
TARGET = Column("target", "年度目标", 16)
STAGE = Column("stage", "填报环节", 9)
ANSWERS = (
    Column("progress", "进展情况", 42, to_fill=True),
    Column("problems", "存在问题", 24, to_fill=True),
    Column("next_steps", "下一步计划", 24, to_fill=True),
    Column("percent", "完成率（%）", 8, to_fill=True, shown_as=AS_WHOLE_NUMBER),
    Column("status", "举措状态", 9, to_fill=True, choices=labels(Status)),
    Column("status_reason", "原因（暂停、取消时填）", 12, to_fill=True),
    Column("forecast", "年底预计", 10, to_fill=True, choices=labels(Forecast)),
    Column("light", "调整亮灯（选填）", 8, to_fill=True, choices=labels(Light)),
    Column("light_reason", "调整理由（调整亮灯时填）", 12, to_fill=True),
)
TICK = (
    Column("done", "已办结", 7, to_fill=True, choices=(YES, NO)),
    Column("note", "说明", 36, to_fill=True),
)

FORM = SheetLayout(
    "填报",
    (KEY, NUMBER, DEPARTMENT, ROLE, MEASURE, Column("wording", "计划要求", 30), TARGET, STAGE, *ANSWERS),
)
TASKS = SheetLayout("任务", (KEY, NUMBER, DEPARTMENT, MEASURE, Column("task", "任务", 60), *TICK))
INDICATORS = SheetLayout(
    "指标",
    (
        KEY,
        NUMBER,
        DEPARTMENT,
        MEASURE,
        Column("indicator", "量化指标", 30),
        Column("yearly", "年度目标值", 14),
        Column("value", "年初以来累计（只填数字）", 14, to_fill=True, shown_as=AS_NUMBER),
    ),
)
SHEETS = (FORM, TASKS, INDICATORS)
GUIDANCE = "填表说明"

QUARTER = SheetLayout(
    "填报汇总",
    (
        NUMBER,
        DEPARTMENT,
        ROLE,
        MEASURE,
        TARGET,
        STAGE,
        Column("shown_light", "亮灯", 6),
        *ANSWERS,
        Column("updated", "最后保存", 16),
    ),
)
QUARTER_TASKS = SheetLayout(TASKS.name, TASKS.columns[1:])
QUARTER_INDICATORS = SheetLayout(INDICATORS.name, INDICATORS.columns[1:])


@dataclass(frozen=True)
class RowKey:
    """Which filing a row is about, and what it was when the form was downloaded: its version, its text's digest."""

    quarter: str
    filing_id: int
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.quarter}-{self.filing_id}-{self.version}-{self.digest}"

    @classmethod
    def read(cls, text: str) -> RowKey | None:
        """Read what `str` wrote; None for anything else."""
        found = ROW_KEY.fullmatch(text.strip())
        return cls(found[1], int(found[2]), int(found[3]), found[4]) if found else None


@dataclass(frozen=True)
class PartKey:
    """Which filing, and which commitment or indicator of it, a row of the other sheets is about."""

    filing_id: int
    part_id: int

    def __str__(self) -> str:
        return f"{self.filing_id}-{self.part_id}"

    @classmethod
    def read(cls, text: str) -> PartKey | None:
        """Read what `str` wrote; None for anything else."""
        found = PART_KEY.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class FormRow:
    """A filing as a row of a workbook.

    `facts` holds what is only shown, by the names of the columns; `content` is as a cell can carry it; `tasks`
    is the wording of each commitment by its id, `indicators` name and yearly target of each indicator by its id;
    `is_open` says whether the department can write it now.
    """

    key: RowKey
    facts: Mapping[str, str | int]
    content: FilingContent
    tasks: Mapping[int, str]
    indicators: Mapping[int, tuple[str, str]]
    is_open: bool
