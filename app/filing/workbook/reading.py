"""Reading an uploaded form: pure, with the place of every mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from app.base.errors import BadInput
from app.base.tables.sheet_writing import HEAD_ROW
from app.base.tables.spreadsheets import BLANK, SheetCell, SheetRows, read_sheets
from app.filing.core.content import CHOICES, FilingContent, Tick, saving_problems
from app.filing.workbook import cell_reading
from app.filing.workbook.layout import (
    CONTRIBUTIONS,
    FILING_SHEETS,
    FORM,
    INDICATORS,
    MILESTONES,
    SHEETS,
    TASKS,
    ContributionAnswer,
    ContributionKey,
    PartKey,
    RowKey,
    SheetLayout,
)
from app.filing.workbook.mistakes import CellMistake, FormMistakes, UnusableForm
from app.periods.rules import Quarter, parse_quarter

ROWS = 2_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NEW_FORM_HINT = "请重新下载填报表，把内容填进新表。"

OTHER_HEADS = f"这些列的表头与下载时不同。请不要移动、改名或删除列。{NEW_FORM_HINT}"

# Of the columns that hold something else than a text.
CELL_READERS: Mapping[str, Callable[[SheetCell], Any]] = {
    "percent": cell_reading.cell_percent,
    "done": cell_reading.is_marked_yes,
    "reached": cell_reading.is_marked_yes,
    "not_needed": cell_reading.is_marked_yes,
    "value": cell_reading.cell_number,
    "base": cell_reading.cell_number,
    **{name: partial(cell_reading.cell_choice, members=members) for name, members in CHOICES.items()},
}


@dataclass(frozen=True)
class FormLine:
    """A filled-in row by the names of its columns. `number` counts from 1 as in Excel."""

    number: int
    cells: Mapping[str, SheetCell]


@dataclass
class ReportedFiling:
    """What a form reports on one filing. `part_rows` is the row of each part, by sheet and id."""

    row: int
    key: RowKey
    content: FilingContent
    part_rows: dict[tuple[SheetLayout, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportedContribution:
    """What a form reports on one contribution."""

    row: int
    key: ContributionKey
    answer: ContributionAnswer


@dataclass(frozen=True)
class ReportedForm:
    """What a form reports, row by row."""

    filings: tuple[ReportedFiling, ...] = ()
    contributions: tuple[ReportedContribution, ...] = ()


def read_form(data: bytes, quarter: Quarter) -> ReportedForm:
    """Return what a form of this quarter reports, row by row.

    Raises BadInput for a file that is no form of this quarter, UnusableForm with all mistakes.
    """
    sheets = open_workbook(data, [layout.name for layout in SHEETS])
    reader = FormReader(quarter)
    takers = {
        FORM: reader.read_filing,
        TASKS: reader.read_task,
        INDICATORS: reader.read_indicator,
        MILESTONES: reader.read_milestone,
        CONTRIBUTIONS: reader.read_contribution,
    }
    for layout in checked_layouts(sheets):
        for line in filled_lines(layout, sheets[layout.name]):
            takers[layout](line)
    reader.raise_findings()
    return ReportedForm(tuple(reader.reported.values()), tuple(reader.contributions.values()))


def checked_layouts(sheets: Mapping[str, SheetRows]) -> list[SheetLayout]:
    """Return the layouts of the sheets in the file: filings with or without milestones, contributions, or both.

    Raises BadInput for a missing sheet, UnusableForm for columns that were moved, renamed or deleted.
    """
    found = [layout for layout in SHEETS if layout.name in sheets]
    missing = [layout.name for layout in FILING_SHEETS if layout not in found]
    if missing and found != [CONTRIBUTIONS]:
        raise BadInput(
            f"没有找到工作表“{'”“'.join(missing)}”，不像从本系统下载的填报表。请不要改工作表的名称。{NEW_FORM_HINT}"
        )
    wrong = [mistake for layout in found for mistake in wrong_heads(layout, sheets[layout.name])]
    if wrong:
        raise UnusableForm(tuple(wrong))
    return found


def wrong_heads(layout: SheetLayout, rows: SheetRows) -> Iterator[CellMistake]:
    """Yield the columns with another heading than was written."""
    head = rows[HEAD_ROW - 1] if len(rows) >= HEAD_ROW else ()
    for place, column in enumerate(layout.columns):
        written = str(head[place].value or "").strip() if place < len(head) else ""
        if written != column.label:
            letter = f"{layout.letter_of(column.name)} 列"
            sentence = f"表头应为“{column.label}”，现在是“{written or '空'}”。请不要移动、改名或删除列。{NEW_FORM_HINT}"
            yield CellMistake(layout.name, HEAD_ROW, letter, sentence, OTHER_HEADS)


def filled_lines(layout: SheetLayout, rows: SheetRows) -> Iterator[FormLine]:
    """Yield the rows below the head that have a key or some input."""
    for number, row in enumerate(rows[HEAD_ROW:], HEAD_ROW + 1):
        padded = (*row, *(BLANK for _ in layout.columns[len(row) :]))
        named = {column.name: cell for column, cell in zip(layout.columns, padded, strict=False)}
        filled = [named[column.name] for column in layout.columns if column.to_fill or column.name == "key"]
        if not all(cell.has_no_text for cell in filled):
            yield FormLine(number, named)


@dataclass
class FormReader:
    """Reads the rows of all sheets and collects the mistakes."""

    quarter: Quarter
    reported: dict[int, ReportedFiling] = field(default_factory=dict)
    contributions: dict[int, ReportedContribution] = field(default_factory=dict)
    mistakes: FormMistakes = field(default_factory=FormMistakes)

    def read_filing(self, line: FormLine) -> None:
        """Read a row of the sheet of filings. Raises BadInput if it is of another quarter."""
        key = RowKey.parse_row_key(str(line.cells["key"].value or ""))
        if key is None:
            self.note_missing_key(FORM, line)
            return
        self.refuse_other_quarter(key.quarter)
        if key.filing_id in self.reported:
            self.note_repeated_row(FORM, line, self.reported[key.filing_id].row)
            return
        answers = self.read_answers(FORM, line)
        self.reported[key.filing_id] = ReportedFiling(line.number, key, FilingContent(**answers))

    def note_repeated_row(self, layout: SheetLayout, line: FormLine, first: int) -> None:
        sentence = f"与第 {first} 行是同一项举措。请只留一行。"
        self.mistakes.add_mistake(layout, line.number, "key", sentence)

    def refuse_other_quarter(self, code: str) -> None:
        if code != self.quarter.code:
            raise BadInput(
                f"这是{parse_quarter(code).words}的填报表，不是{self.quarter.words}的，没有导入。"
                f"请上传{self.quarter.words}的填报表。"
            )

    def read_contribution(self, line: FormLine) -> None:
        """Read a row of the sheet of contributions. Raises BadInput if it is of another quarter."""
        key = ContributionKey.parse_contribution_key(str(line.cells["key"].value or ""))
        if key is None:
            self.note_missing_key(CONTRIBUTIONS, line)
            return
        self.refuse_other_quarter(key.quarter)
        if key.contribution_id in self.contributions:
            self.note_repeated_row(CONTRIBUTIONS, line, self.contributions[key.contribution_id].row)
            return
        filled = self.read_answers(CONTRIBUTIONS, line)
        text, is_idle = filled.get("text", ""), filled.get("not_needed", False)
        answer = ContributionAnswer(text if text.strip() else "", is_idle)
        if answer.text and is_idle:
            sentence = "写了配合情况，又选了本季无需配合。请只留一样，另一格清空。"
            self.mistakes.add_mistake(CONTRIBUTIONS, line.number, "not_needed", sentence)
        self.contributions[key.contribution_id] = ReportedContribution(line.number, key, answer)

    def read_task(self, line: FormLine) -> None:
        """Read a row of the sheet of tasks: tick and note for a filing read before."""
        if found := self.find_part(TASKS, line):
            reported, commitment_id = found
            filled = self.read_answers(TASKS, line)
            tick = Tick(filled.get("done", False), filled.get("note", ""))
            ticks = {**reported.content.ticks, commitment_id: tick}
            reported.content = replace(reported.content, ticks=ticks)

    def read_indicator(self, line: FormLine) -> None:
        """Read a row of the sheet of indicators: a number for a filing read before."""
        if found := self.find_part(INDICATORS, line):
            reported, indicator_id = found
            filled = self.read_answers(INDICATORS, line)
            indicators = {**reported.content.indicators, indicator_id: filled.get("value")}
            bases = {**reported.content.bases, indicator_id: filled.get("base")}
            reported.content = replace(reported.content, indicators=indicators, bases=bases)

    def read_milestone(self, line: FormLine) -> None:
        """Read a row of the sheet of milestones: a tick for a filing read before."""
        if found := self.find_part(MILESTONES, line):
            reported, milestone_id = found
            is_reached = bool(self.read_answers(MILESTONES, line).get("reached"))
            milestones = {**reported.content.milestones, milestone_id: is_reached}
            reported.content = replace(reported.content, milestones=milestones)

    def find_part(self, layout: SheetLayout, line: FormLine) -> tuple[ReportedFiling, int] | None:
        """Return the filing and the part id of a row; None, with a mistake, if its key cannot be read."""
        key = PartKey.parse_part_key(str(line.cells["key"].value or ""))
        if key is None:
            self.note_missing_key(layout, line)
            return None
        reported = self.reported.get(key.filing_id)
        if reported is None or (layout, key.part_id) in reported.part_rows:
            sentence = f"这一行在“{FORM.name}”中没有对应的举措，或者重复。{NEW_FORM_HINT}"
            self.mistakes.add_mistake(layout, line.number, "key", sentence)
            return None
        reported.part_rows[layout, key.part_id] = line.number
        return reported, key.part_id

    def read_answers(self, layout: SheetLayout, line: FormLine) -> dict[str, Any]:
        """Return the input by column; values that cannot be read are left out, with a mistake."""
        read = {}
        for column in layout.columns:
            if column.to_fill:
                with self.mistakes.noting_at(layout, line.number, column.name):
                    read[column.name] = CELL_READERS.get(column.name, cell_reading.cell_text)(
                        line.cells[column.name]
                    )
        return read

    def note_missing_key(self, layout: SheetLayout, line: FormLine) -> None:
        """Record a row whose key is missing."""
        sentence = (
            f"这一行没有有效的编号，不知道填的是哪一项。请不要新增行，也不要改动隐藏的编号。{NEW_FORM_HINT}"
        )
        self.mistakes.add_mistake(layout, line.number, "key", sentence)

    def raise_findings(self) -> None:
        """Raise UnusableForm if there are mistakes, BadInput if there is no input at all."""
        for reported in self.reported.values():
            for name, sentence in saving_problems(reported.content).items():
                self.note_problem(reported, name, sentence)
        self.mistakes.raise_mistakes()
        if not (self.reported or self.contributions):
            raise BadInput(f"表里没有一行可以导入。{NEW_FORM_HINT}")

    def note_problem(self, reported: ReportedFiling, name: str, sentence: str) -> None:
        """Record a problem found by the rules at the cell of its field."""
        column, _, part_id = name.rpartition("_")
        layout = {"note": TASKS, "base": INDICATORS}.get(column)
        if layout:
            self.mistakes.add_mistake(layout, reported.part_rows[layout, int(part_id)], column, sentence)
        else:
            self.mistakes.add_mistake(FORM, reported.row, name, sentence)


def open_workbook(data: bytes, names: Sequence[str]) -> dict[str, SheetRows]:
    """Return the rows of those sheets that the file has. Raises BadInput for a file that is no workbook or larger than
    a form can be.
    """
    refuse_other_files(data)
    return read_sheets(data, names, file="这个文件", rows=ROWS)


def refuse_other_files(data: bytes) -> None:
    """Raise BadInput unless the content is that of an xlsx file, whatever its name."""
    if not data:
        raise BadInput("没有选择文件，或者文件是空的。请选择填好的填报表再上传。")
    if data.startswith(OLE):
        raise BadInput(
            "这是旧版 Excel 文件（.xls），或者加了打开密码。请去掉密码，另存为“Excel 工作簿（.xlsx）”，再上传。"
        )
    if not data.startswith(ZIP):
        raise BadInput("这不是 Excel 文件。请上传从本页下载、填好的填报表（.xlsx）。")
