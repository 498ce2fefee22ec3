"""Tables of tasks (责任分解表, 任务清单): a row is a measure, with its target, those responsible and its deadline.

Headers may be anywhere, in one or two rows. A cell merged over several rows counts for each of them, and a row with a
single cell is the head of a part. The contents of a row are written as lines under the measure, each after the name
of its column, so that they are read like a plan that prints all this as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from app.plan.importer.sources.table_grid import TableCell, TableGrid

LONGEST_LABEL = 20  # characters
LONGEST_MEASURE_UNIT = 3
FEWEST_LABELS = 2
MOST_HEADER_ROWS = 3


class ColumnRole(StrEnum):
    """The content of a column. The value is stored in a line's `role`."""

    NUMBER = "number"
    GROUP = "group"
    MEASURE = "measure"
    TARGET = "target"
    LEAD = "lead"
    SUPPORT = "support"
    LEADER = "leader"
    DEADLINE = "deadline"
    OTHER = "other"


# Patterns for the names of columns; the first match counts.
UNIT = "(?:单位|部门|科室|处室|股室|办所|站所|主体|机构)"
OF_TASKS = (
    "年度|督查|督办|交办|整改|工作|重点|主要|具体|推进|落实|实施|任务|目标|指标|项目|创新|关键|改革|民生|实事|责任"
    "|细化|事项"
)
TASK = "举措|措施|任务|工作|事项|内容|项目|名称|要点|清单|做法"
LABELS: Mapping[ColumnRole, re.Pattern[str]] = {
    role: re.compile(pattern)
    for role, pattern in (
        (ColumnRole.NUMBER, r"序号?|编号|号|项次|N[Oo]\.?"),
        (
            ColumnRole.SUPPORT,
            rf"(?:主要)?(?:配合|协办|协同|协助|参与|参加|支持|联办|协作)(?:责任)?{UNIT}?(?:及?人员)?",
        ),
        (
            ColumnRole.LEAD,
            "(?:主要)?(?:牵头|主责|主办|承办|责任|负责|落实|实施|主管|第一责任|牵头责任|具体责任|分工)"
            rf"(?:责任)?{UNIT}|牵头|责任分工|(?:牵头|责任){UNIT}及(?:责任人|负责人)|{UNIT}",
        ),
        (
            ColumnRole.LEADER,
            "(?:分管|责任|牵头|包联|挂点|联系|负责|主管|挂钩|包保|领衔)(?:街道|镇|党政|区)?(?:领导|干部)"
            "|(?:第一|直接|具体|主要)?(?:责任|负责|牵头)人|领导",
        ),
        (
            ColumnRole.DEADLINE,
            "(?:计划|拟|预计)?(?:完成|办结|推进|实施|工作|整改)?(?:时限|期限|时间|节点|日期)"
            "(?:要求|节点|安排|进度)?|(?:推进|序时|时间)进度|进度(?:安排|要求|计划)|(?:完成|推进)时序",
        ),
        (
            ColumnRole.TARGET,
            r"(?:年度|全年|工作|预期|任务|主要|量化|绩效|具体|考核|阶段性?|总体|\d{4}年)*"
            "(?:目标|指标|成效|成果|(?:完成|工作|评价|考核)标准)值?(?:要求|形式|及要求)?|工作要求",
        ),
        (
            ColumnRole.GROUP,
            "(?:工作|任务|事项|项目|所属|重点|一级)*(?:类别|分类|领域|板块|方面|类型|大类|模块|条线|专项|部分|一级指标)",
        ),
        (
            ColumnRole.MEASURE,
            rf"(?:\d{{4}}年)?(?:{OF_TASKS})*(?:{TASK})(?:[及和与、](?:{OF_TASKS})*(?:{TASK}|要求|目标))?"
            "(?:安排|分解|描述)?",
        ),
    )
}
BRACKETED = re.compile(r"[（(\[【][^（）()\[\]【】]*[）)\]】]")


@dataclass
class TaskTable:
    """A grid with the rows of its header (the first, and the first after it) and the roles of its columns."""

    grid: TableGrid
    first: int
    body: int
    labels: list[str]
    roles: list[ColumnRole]
    gathering: dict[int, bool] = field(default_factory=dict)

    def columns_of(self, role: ColumnRole) -> list[int]:
        return [column for column, held in enumerate(self.roles) if held is role]

    def cell_at(self, row: int, column: int) -> TableCell | None:
        """Return a cell with text; None if there is none."""
        places = self.grid.rows[row]
        cell = places[column] if column < len(places) else None
        return cell if cell and cell.text else None

    def longest_words(self, column: int) -> int:
        """Return the length of the longest cell of a column."""
        cells = (self.cell_at(row, column) for row in range(self.body, len(self.grid.rows)))
        return max((len(cell.text) for cell in cells if cell and cell.width == 1), default=0)

    def gathers_rows(self, column: int) -> bool:
        """Return whether a cell of a column covers several rows of the body: merged, or with empty cells below."""
        if column not in self.gathering:
            rows = [
                row for row in range(self.body, len(self.grid.rows)) if len(self.grid.cells_of_row(row)) > 1
            ]
            cells = [self.cell_at(row, column) for row in rows]
            is_merged = any(cell and cell.height > 1 for cell in cells)
            is_filled = all(cell or not above for above, cell in pairwise(cells))
            self.gathering[column] = is_merged or not is_filled
        return self.gathering[column]

    def repeats_header(self, row: int) -> bool:
        """Return whether a row repeats the header, as at the top of a page."""
        words = [cell.text if cell else "" for cell in self.grid.rows[row]]
        return any(
            words == [cell.text if cell else "" for cell in self.grid.rows[header]]
            for header in range(self.first, self.body)
        )


def task_table_of(grid: TableGrid) -> TaskTable | None:
    """Return a grid with its header; None if it has none."""
    for row in range(len(grid.rows)):
        if is_header_row(grid, row):
            body = end_of_header(grid, row)
            labels = [label_of_column(grid, row, body, column) for column in range(len(grid.rows[row]))]
            table = TaskTable(grid, row, body, labels, [role_of_label(label) for label in labels])
            settle_units(table)
            settle_measures(table)
            return table if table.columns_of(ColumnRole.MEASURE) else None
    return None


def is_header_row(grid: TableGrid, row: int) -> bool:
    cells = grid.cells_of_row(row)
    roles = {role_of_label(clean_label(cell.text)) for cell in cells} - {ColumnRole.OTHER}
    named = bool(roles & {ColumnRole.MEASURE, ColumnRole.TARGET, ColumnRole.GROUP})
    is_short = all(len(clean_label(cell.text)) <= LONGEST_LABEL for cell in cells)
    return is_short and named and len(roles) >= FEWEST_LABELS


def end_of_header(grid: TableGrid, first: int) -> int:
    """Return the row after a header, which may have merged cells or a second row of labels."""
    end = max(cell.row + cell.height for cell in grid.cells_of_row(first))
    end = max(first + 1, min(end, first + MOST_HEADER_ROWS))
    while end < min(len(grid.rows), first + MOST_HEADER_ROWS):
        cells = grid.cells_beginning_in(end)
        known = [cell for cell in cells if role_of_label(clean_label(cell.text)) is not ColumnRole.OTHER]
        is_part = len(cells) < FEWEST_LABELS or any(len(cell.text) > LONGEST_LABEL for cell in cells)
        if is_part or 2 * len(known) < len(cells):
            break
        end += 1
    return end


def label_of_column(grid: TableGrid, first: int, body: int, column: int) -> str:
    """Return the lowest label of a column, or a higher one if only that is known."""
    stacked = (grid.rows[row][column] if column < len(grid.rows[row]) else None for row in range(first, body))
    labels = [clean_label(cell.text) for cell in stacked if cell and cell.text]
    known = [label for label in labels if role_of_label(label) is not ColumnRole.OTHER]
    return (known or labels or [""])[-1]


def clean_label(text: str) -> str:
    return BRACKETED.sub("", "".join(text.split())).strip("：:*＊")


def role_of_label(label: str) -> ColumnRole:
    if len(label) > LONGEST_LABEL:
        return ColumnRole.OTHER
    return next((role for role, pattern in LABELS.items() if pattern.fullmatch(label)), ColumnRole.OTHER)


def settle_units(table: TaskTable) -> None:
    """Decide which of several columns of departments names the leads: the one labelled so, or the first."""
    for column in table.columns_of(ColumnRole.LEAD):
        if table.labels[column] == "单位" and table.longest_words(column) <= LONGEST_MEASURE_UNIT:
            table.roles[column] = ColumnRole.OTHER  # units of numbers, such as 家 and 万元
    leads = table.columns_of(ColumnRole.LEAD)
    saying = [column for column in leads if re.search("牵头|主责|主办|主管|领衔", table.labels[column])]
    for column in leads:
        if column != (saying or leads)[0]:
            table.roles[column] = ColumnRole.SUPPORT


def settle_measures(table: TaskTable) -> None:
    """Decide which of several columns of tasks is the measure: the last one; merged ones before it are groups.

    If only the column of targets differs from row to row, the targets are the measures.
    """
    tasks = table.columns_of(ColumnRole.MEASURE)
    targets = table.columns_of(ColumnRole.TARGET)
    if not tasks and targets:
        tasks = [targets.pop(0)]
        table.roles[tasks[0]] = ColumnRole.MEASURE
    if not tasks and (groups := table.columns_of(ColumnRole.GROUP)):
        tasks = [groups[-1]]
        table.roles[tasks[0]] = ColumnRole.MEASURE
    for column in tasks[:-1]:
        if table.gathers_rows(column):
            table.roles[column] = ColumnRole.GROUP
    if tasks and targets and table.gathers_rows(tasks[-1]) and not table.gathers_rows(targets[0]):
        table.roles[tasks[-1]], table.roles[targets[0]] = ColumnRole.GROUP, ColumnRole.MEASURE
