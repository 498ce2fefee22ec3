"""What the tests of the workbook share: a form made of plain values, and a person who fills it in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook

from app.base.tables.sheet_writing import HEAD_ROW
from app.filing.core.content import FilingContent
from app.filing.workbook.carried import carried_content, digest_of_content
from app.filing.workbook.layout import (
    FORM,
    ContributionAnswer,
    ContributionKey,
    ContributionRow,
    FormRow,
    RowKey,
    SheetLayout,
    ShownIndicator,
)
from app.filing.workbook.writing import form_workbook
from app.periods.rules import Quarter

QUARTER = Quarter(2026, 3)
FIRST, SECOND = HEAD_ROW + 1, HEAD_ROW + 2
TASKS_OF_ROW = {101: "落实招商机制。", 102: "走访重点企业。"}
INDICATORS_OF_ROW = {201: ShownIndicator("办结率", "98%", "填本季度的分子和分母", is_ratio=True)}

MILESTONES_OF_ROW = {301: "第二季度：建立名单", 302: "第三季度：签约一批"}


@dataclass(frozen=True)
class Formula:
    """What a person types after an equals sign."""

    text: str


@dataclass(frozen=True)
class Share:
    """A number that the cell shows as a percentage."""

    value: float


def form_row(
    content: FilingContent | None = None,
    *,
    filing_id: int = 1,
    quarter: Quarter = QUARTER,
    is_open: bool = True,
) -> FormRow:
    """Return a row of a form with two tasks, an indicator and two milestones."""
    shown = carried_content(content or FilingContent(), TASKS_OF_ROW, INDICATORS_OF_ROW, MILESTONES_OF_ROW)
    return FormRow(
        key=RowKey(quarter.code, filing_id, 1, digest_of_content(shown)),
        facts={"number": filing_id, "department": "经发办", "role": "牵头", "measure": "夯实招商基础"},
        content=shown,
        tasks=TASKS_OF_ROW,
        indicators=INDICATORS_OF_ROW,
        milestones=MILESTONES_OF_ROW,
        is_open=is_open,
    )


def contribution_row(text: str = "", *, contribution_id: int = 1, is_idle: bool = False) -> ContributionRow:
    answer = ContributionAnswer(text, is_idle)
    facts = {
        "number": 1,
        "department": "一居",
        "measure": "夯实招商基础",
        "lead": "经发办",
        "standing": "未写",
    }
    return ContributionRow(ContributionKey(QUARTER.code, contribution_id, answer.mark), facts, answer, True)


def form(*rows: FormRow, contributions: Sequence[ContributionRow] = ()) -> bytes:
    """Return a form of these rows, or of one that is empty; without filings if only contributions are given."""
    filings = rows if rows or contributions else (form_row(),)
    note, guidance = "只填白色的格。", ("说明",)
    return form_workbook(filings, contributions, title="填报表", note=note, guidance=guidance)


def edited(data: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """Return a workbook after somebody changed it."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def filled(data: bytes, answers: Mapping[tuple[int, str], object], layout: SheetLayout = FORM) -> bytes:
    """Return a form after somebody filled in cells, named by their row and column."""

    def fill(book: Workbook) -> None:
        for (row, name), value in answers.items():
            cell = book[layout.name][f"{layout.letter_of(name)}{row}"]
            if isinstance(value, Share):
                cell.value, cell.number_format = value.value, "0%"
            elif isinstance(value, Formula):
                cell.value = value.text
            else:
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type

    return edited(data, fill)


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Return a workbook with files inside it replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return file.getvalue()
