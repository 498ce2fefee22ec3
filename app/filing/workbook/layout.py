"""The sheets of a filing form: their columns and row keys, defined once for writing and reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from app.base.labels import LabelledEnum
from app.base.tables.tabular import NO, YES
from app.filing.core.content import CHOICES, FIELD_LABELS, LONG_TEXTS, PERCENT_CEILING, FilingContent
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.merging import FieldMarks, mark_of
from app.periods.rules import Quarter

ROW_KEY = re.compile(
    r"(\d{4}Q[1-4])-(\d{1,9})-(\d{1,9})-([0-9a-f]{16})(?:-(\w+:[0-9a-f]+(?:,\w+:[0-9a-f]+)*))?"
)
PART_KEY = re.compile(r"(\d{1,9})-(\d{1,9})")
CONTRIBUTION_KEY = re.compile(r"(\d{4}Q[1-4])-(\d{1,9})-([0-9a-f]{8,64})")
AS_TEXT, AS_WHOLE_NUMBER, AS_NUMBER = "@", "0", "General"  # how Excel is to show a cell


def member_labels(members: type[LabelledEnum]) -> tuple[str, ...]:
    return tuple(member.label for member in members)


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet; `name` is the field or fact in it, `width` counts characters.

    `to_fill` columns can be edited by the department; `choices` become a drop-down. Cells are formatted as text unless
    `shown_as` says otherwise, so that input beginning with = or - stays text.
    """

    name: str
    label: str
    width: int
    to_fill: bool = False
    choices: tuple[str, ...] = ()
    hidden: bool = False
    shown_as: str = AS_TEXT

    @property
    def short_label(self) -> str:
        """Return the label without the text in brackets."""
        return self.label.partition("（")[0]


@dataclass(frozen=True)
class SheetLayout:
    """A sheet with its name and its columns from the left; the first one holds the row keys."""

    name: str
    columns: tuple[SheetColumn, ...]

    def letter_of(self, name: str) -> str:
        """Return the letter of a column as Excel shows it."""
        return get_column_letter(1 + [column.name for column in self.columns].index(name))

    def column_in_words(self, name: str) -> str:
        """Return a column in words: I 列（进展情况）."""
        label = next(column.short_label for column in self.columns if column.name == name)
        return f"{self.letter_of(name)} 列（{label}）"

    def without(self, *names: str) -> SheetLayout:
        """Return the sheet without some columns."""
        return SheetLayout(self.name, tuple(column for column in self.columns if column.name not in names))

    @property
    def first_shown(self) -> SheetColumn:
        return next(column for column in self.columns if not column.hidden)


def answer_column(name: str, hint: str = "", *, width: int, shown_as: str = AS_TEXT) -> SheetColumn:
    """Return the column of a field of the filing; `hint` stands in brackets behind the label."""
    choices = member_labels(CHOICES[name]) if name in CHOICES else ()
    return SheetColumn(
        name, FIELD_LABELS[name] + hint, width=width, to_fill=True, choices=choices, shown_as=shown_as
    )


KEY = SheetColumn("key", "编号（请勿改动）", width=10, hidden=True)
NUMBER = SheetColumn("number", "序号", width=5, shown_as=AS_WHOLE_NUMBER)
DEPARTMENT = SheetColumn("department", "部门", width=8)
ROLE = SheetColumn("role", "分工", width=5)
MEASURE = SheetColumn("measure", "举措", width=16)
TARGET = SheetColumn("target", "年度目标", width=16)
STAGE = SheetColumn("stage", "填报环节", width=9)
ANSWERS = (
    *(answer_column(name, width=42 if name == "progress" else 24) for name in LONG_TEXTS),
    answer_column("percent", "（%）", width=8, shown_as=AS_WHOLE_NUMBER),
    answer_column("status", width=9),
    answer_column("status_reason", "（暂停、取消时填）", width=12),
    answer_column("forecast", width=10),
    answer_column("light", "（选填）", width=8),
    answer_column("light_reason", "（调整亮灯时填）", width=12),
)
TICK = (
    SheetColumn("done", "已办结", width=7, to_fill=True, choices=(YES, NO)),
    SheetColumn("note", "说明", width=36, to_fill=True),
)

FORM = SheetLayout(
    "填报",
    (
        KEY,
        NUMBER,
        DEPARTMENT,
        ROLE,
        MEASURE,
        SheetColumn("wording", "计划要求", width=30),
        TARGET,
        STAGE,
        *ANSWERS,
    ),
)
TASKS = SheetLayout("任务", (KEY, NUMBER, DEPARTMENT, MEASURE, SheetColumn("task", "任务", width=60), *TICK))
INDICATORS = SheetLayout(
    "指标",
    (
        KEY,
        NUMBER,
        DEPARTMENT,
        MEASURE,
        SheetColumn("indicator", "量化指标", width=30),
        SheetColumn("yearly", "年度目标值", width=14),
        SheetColumn("filed_words", "怎样填", width=18),
        SheetColumn("value", "数值（比率填分子，只填数字）", width=14, to_fill=True, shown_as=AS_NUMBER),
        SheetColumn("base", "分母（只有比率才填）", width=14, to_fill=True, shown_as=AS_NUMBER),
    ),
)
MILESTONES = SheetLayout(
    "节点",
    (
        KEY,
        NUMBER,
        DEPARTMENT,
        MEASURE,
        SheetColumn("milestone", "截至本季度的节点", width=60),
        SheetColumn("reached", "已完成", width=7, to_fill=True, choices=(YES, NO)),
    ),
)
CONTRIBUTIONS = SheetLayout(
    "配合情况",
    (
        KEY,
        NUMBER,
        DEPARTMENT,
        MEASURE,
        SheetColumn("lead", "牵头部门", width=10),
        SheetColumn("standing", "报送情况", width=20),
        SheetColumn("text", "配合情况", width=60, to_fill=True),
        SheetColumn("not_needed", "本季无需配合（没有的选“是”）", width=10, to_fill=True, choices=(YES, NO)),
    ),
)
FILING_SHEETS = (FORM, TASKS, INDICATORS)
SHEETS = (*FILING_SHEETS, MILESTONES, CONTRIBUTIONS)
GUIDANCE = "填表说明"

SUMMARY = SheetLayout(
    "填报汇总",
    (
        NUMBER,
        DEPARTMENT,
        ROLE,
        MEASURE,
        TARGET,
        STAGE,
        SheetColumn("shown_light", "亮灯", width=6),
        *ANSWERS,
        SheetColumn("updated", "最后保存", width=16),
    ),
)
SUMMARY_TASKS, SUMMARY_INDICATORS, SUMMARY_MILESTONES = (
    one.without(KEY.name) for one in (TASKS, INDICATORS, MILESTONES)
)
SUMMARY_CONTRIBUTIONS = CONTRIBUTIONS.without(KEY.name, "not_needed")


@dataclass(frozen=True)
class RowKey:
    """The key of a filing's row: its id, version, digest and the marks of its fields when the form was downloaded.
    Forms of older releases have no marks.
    """

    quarter: str
    filing_id: int
    version: int
    digest: str
    marks: FieldMarks = field(default_factory=dict)

    def __str__(self) -> str:
        marks = ",".join(f"{name}:{mark}" for name, mark in self.marks.items())
        known = f"{self.quarter}-{self.filing_id}-{self.version}-{self.digest}"
        return f"{known}-{marks}" if marks else known

    @classmethod
    def parse_row_key(cls, text: str) -> RowKey | None:
        """Read a key written by `str`; None for anything else."""
        found = ROW_KEY.fullmatch(text.strip())
        if found is None:
            return None
        marks = dict(pair.split(":") for pair in (found[5] or "").split(",") if pair)
        return cls(found[1], int(found[2]), int(found[3]), found[4], marks)


@dataclass(frozen=True)
class PartKey:
    """The key of a row for a commitment, indicator or milestone of a filing."""

    filing_id: int
    part_id: int

    def __str__(self) -> str:
        return f"{self.filing_id}-{self.part_id}"

    @classmethod
    def parse_part_key(cls, text: str) -> PartKey | None:
        """Read a key written by `str`; None for anything else."""
        found = PART_KEY.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None


class ContributionAnswer(NamedTuple):
    """The answer in a contribution's row: a text, "not needed", or neither."""

    text: str
    is_idle: bool

    @property
    def mark(self) -> str:
        """Return a digest of the answer."""
        return mark_of([self.text, self.is_idle])


@dataclass(frozen=True)
class ContributionKey:
    """The key of a contribution's row: its id, and the mark of its answer when the form was downloaded."""

    quarter: str
    contribution_id: int
    mark: str

    def __str__(self) -> str:
        return f"{self.quarter}-{self.contribution_id}-{self.mark}"

    @classmethod
    def parse_contribution_key(cls, text: str) -> ContributionKey | None:
        """Read a key written by `str`; None for anything else."""
        found = CONTRIBUTION_KEY.fullmatch(text.strip())
        return cls(found[1], int(found[2]), found[3]) if found else None


@dataclass(frozen=True)
class ContributionRow:
    """A contribution as a row of a form; `facts` are read-only columns by name."""

    key: ContributionKey
    facts: Mapping[str, str | int]
    answer: ContributionAnswer
    is_open: bool


class ShownIndicator(NamedTuple):
    """An indicator as a row shows it; only a ratio asks for a denominator."""

    name: str
    yearly: str
    filed_words: str
    is_ratio: bool


@dataclass(frozen=True)
class FormRow:
    """A filing as a row of a form.

    `facts` are read-only columns by name, `content` is what a form can carry. `tasks`, `indicators` and `milestones`
    are those asked for, by id. `is_open` says whether the department can write it now.
    """

    key: RowKey
    facts: Mapping[str, str | int]
    content: FilingContent
    tasks: Mapping[int, str]
    indicators: Mapping[int, ShownIndicator]
    milestones: Mapping[int, str]
    is_open: bool


def guidance_sentences(
    quarter: Quarter,
    *,
    has_filings: bool = True,
    has_milestones: bool = False,
    has_contributions: bool = False,
) -> tuple[str, ...]:
    """Return the sentences of the guidance for these sheets, the title first."""
    sentences = (
        *(filing_guidance(quarter) if has_filings else ()),
        *(MILESTONE_GUIDANCE if has_milestones else ()),
        *(CONTRIBUTION_GUIDANCE if has_contributions else ()),
        *COMMON_GUIDANCE,
        *(("上传只是保存，不是提交。全部填好后，请在系统中逐项提交。",) if has_filings else ()),
    )
    numbered = (f"{number}. {sentence}" for number, sentence in enumerate(sentences, 1))
    return (f"{quarter.words}填报表：填表说明", *numbered)


def filing_guidance(quarter: Quarter) -> tuple[str, ...]:
    return (
        f"在“{FORM.name}”工作表中，每行是本部门承担的一项举措。只填白色的格；灰色的格供对照，不能改动。",
        f"在“{TASKS.name}”工作表中，每行是举措的一项任务。年内已经办结的选“是”，需要说明的写一句。",
        "进展情况写清做了什么、到什么程度，用数字说话。格内换行请按 Alt+Enter。",
        f"完成率是占年度目标的百分比，填 0 至 {PERCENT_CEILING} 之间的整数，不写百分号；"
        f"本季度末的序时进度是 {quarter.elapsed_percent}。",
        f"举措状态从下拉列表中选：{'、'.join(member_labels(MeasureStatus))}。选“暂停”或“取消”的，须写明原因。",
        f"年底预计从下拉列表中选：{'、'.join(member_labels(Forecast))}。选“{Forecast.DIFFICULT.label}”或"
        f"“{Forecast.CANNOT_FINISH.label}”的，须写明存在问题，并在下一步计划里写明时间。",
        f"亮灯由系统按完成率计算。与实际不符时，可在“调整亮灯”中选：{'、'.join(member_labels(Light))}，并写明理由；"
        "不调整的，两格都空着。",
        f"在“{INDICATORS.name}”工作表中，每行是牵头举措的一个量化指标，照“怎样填”一列填，只填数字；比率另填分母。",
        "整行灰色的，是已经提交、审签或采用的填报，现在不能修改。",
    )


MILESTONE_GUIDANCE = (
    f"在“{MILESTONES.name}”工作表中，每行是截至本季度应当完成的一个节点。已经完成的选“{YES}”，没有完成的选“{NO}”。",
)
CONTRIBUTION_GUIDANCE = (
    f"在“{CONTRIBUTIONS.name}”工作表中，每行是本部门配合的一项举措。为它做了什么，写一句即可；不填完成率和状态。",
    f"本季没有配合的，“配合情况”空着，在“本季无需配合”中选“{YES}”；两格不要都填，都空着的保持未写。",
    "配合情况上传并确认后，直接交给牵头部门，不用再提交。",
)
COMMON_GUIDANCE = (
    "请不要新增、删除、移动行和列，不要改工作表名称和表头，不要写公式。",
    "填好后保存，在系统“本季填报”的“用 Excel 填报”页上传。上传后先列出改动，核对确认后才保存；"
    "没有改动的举措保持原样，可以分几次、分几个人填。",
    "下载以后别人又在系统中改过的举措，会把两份文字并列出来，由您决定用哪一份。",
)
