"""From the contents of any format to the text of a plan: lines and tables in order, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.base.errors import BadInput
from app.plan.importer.blocks import SourceText
from app.plan.importer.numbering import ITEM_RANK, mark_of
from app.plan.importer.sources.table_grid import TableGrid, WordsAndHints
from app.plan.importer.sources.task_rows import (
    LONGEST_PART,
    TOP_RANK,
    PlainRow,
    RowHead,
    TableReading,
    TaskItem,
    TaskRow,
    lines_of_tasks,
    rank_of,
)
from app.plan.importer.sources.task_tables import TaskTable, task_table_of

FEWEST_ROWS = 3
MOSTLY = 4  # times as much
CHARACTERS = 1_000_000  # ten times the longest plan


@dataclass(frozen=True)
class FileContents:
    """Lines and tables in order, and sentences about what was left out."""

    items: Sequence[WordsAndHints | TableGrid]
    notes: Sequence[str] = ()


def source_of_contents(contents: FileContents) -> SourceText:
    """Return the text of a file. Raises BadInput if it is empty, too long, or has a table without a header.

    Tables that make up most of a text become its measures, one per row; a table beside a text becomes one line per row.
    """
    tables = {id(item): task_table_of(item) for item in contents.items if isinstance(item, TableGrid)}
    share = TableShare(contents, tables)
    lines = list(task_lines(contents, tables) if share.is_task_list else plain_lines(contents))
    if not any(words.strip() for words, _ in lines):
        raise BadInput(NOTHING)
    if sum(len(words) for words, _ in lines) > CHARACTERS:
        raise BadInput(TOO_LONG)
    if share.lacks_header:
        raise BadInput(NO_HEADER)
    return SourceText.from_lines(lines, contents.notes)


class TableShare:
    """The characters of a text in tables of tasks, in tables without a header, and outside tables."""

    def __init__(self, contents: FileContents, tables: Mapping[int, TaskTable | None]) -> None:
        self.tasks = self.headless = self.outside = 0
        self.has_heads = False
        for item in contents.items:
            if not isinstance(item, TableGrid):
                self.outside += len(item[0].strip())
                self.has_heads |= bool(item[1].outline_level) or is_chapter(item[0])
                continue
            length = sum(len(words.strip()) for words, _ in item.plain_lines())
            if tables[id(item)]:
                self.tasks += length
            elif item.is_layout or len(item.rows) < FEWEST_ROWS:
                self.outside += length
            else:
                self.headless += length

    @property
    def is_task_list(self) -> bool:
        """Return whether tables hold most of a text, or everything listed in it (a circular followed by a table)."""
        behind_words = self.tasks and not (self.has_heads or self.headless)
        return bool(behind_words) or self.tasks > self.outside + self.headless

    @property
    def lacks_header(self) -> bool:
        return self.headless > MOSTLY * (self.tasks + self.outside)


def is_chapter(words: str) -> bool:
    mark = mark_of(words)
    return mark is not None and mark.rank < ITEM_RANK


def plain_lines(contents: FileContents) -> Iterator[WordsAndHints]:
    for item in contents.items:
        if isinstance(item, TableGrid):
            yield from item.plain_lines()
        else:
            yield item


def task_lines(contents: FileContents, tables: Mapping[int, TaskTable | None]) -> Iterator[WordsAndHints]:
    """Yield the lines of tables of tasks and of the text around; short lines between two tables are heads of parts."""
    items = list[TaskItem]()
    for item in contents.items:
        table = tables[id(item)] if isinstance(item, TableGrid) else None
        if table:
            items += TableReading(table).read_rows()
        elif isinstance(item, TableGrid):
            items += [PlainRow(*line) for line in item.plain_lines()]
        else:
            items.append(PlainRow(*item))
    return lines_of_tasks(with_heads_between(items))


def with_heads_between(items: Sequence[TaskItem]) -> list[TaskItem]:
    """Mark numbered lines before a measure, and similar lines further up, as heads of parts."""
    measures = [place for place, item in enumerate(items) if isinstance(item, TaskRow)]
    if not measures:
        return list(items)
    between = [
        rank_of(item.words)
        for item in items[measures[0] : measures[-1]]
        if isinstance(item, PlainRow) and may_be_head(item)
    ]
    return [
        RowHead(item.words.strip(), rank_of(item.words))
        if isinstance(item, PlainRow)
        and place < measures[-1]
        and may_be_head(item)
        and rank_of(item.words) in between
        else item
        for place, item in enumerate(items)
    ]


def may_be_head(item: PlainRow) -> bool:
    is_text = item.hints.is_page_line or len(item.words) > LONGEST_PART or item.words.rstrip().endswith("。")
    return not is_text and rank_of(item.words.strip()) != TOP_RANK


NOTHING = "文件里没有文字，没有读入。请用原来的程序打开核对；确有内容的，请复制全文粘贴进来。"
TOO_LONG = f"文件超过 {CHARACTERS // 10_000} 万字，不像一份工作计划，没有读入。请只留计划全文另存一份，再试。"
NO_HEADER = (
    "表格没有可以认出的表头，没有读入。请在表格第一行写明各列的名称，如“序号、工作任务、年度目标、牵头单位、"
    "配合单位、分管领导、完成时限”，再试。"
)
