"""Mistakes in an uploaded form with their places, so that all can be corrected at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.base.errors import BadInput
from app.base.tables.spreadsheets import PROBLEMS, runs_of
from app.filing.workbook.layout import SHEETS, SheetLayout


@dataclass(frozen=True)
class CellMistake:
    """A mistake in one cell. `row` counts from 1 as in Excel; `column` is letter and label.

    `gist` is the sentence for the same mistake in several columns of a row.
    """

    sheet: str
    row: int
    column: str
    sentence: str
    gist: str = ""

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行 {self.column}：{self.sentence}"


@dataclass(frozen=True)
class GatheredMistakes:
    """The same mistake in several rows of a column, or in several columns of a row, as one entry of the list."""

    sheet: str
    rows: str
    columns: str
    sentence: str


def gather_mistakes(mistakes: Iterable[CellMistake]) -> list[GatheredMistakes]:
    """Return the mistakes as listed: each sentence once, in the order of the first occurrence."""
    groups: dict[tuple[object, ...], list[CellMistake]] = {}
    for one in mistakes:
        place = one.row if one.gist else one.column
        groups.setdefault((one.sheet, place, one.gist or one.sentence), []).append(one)
    return [gathered_group(group) for group in groups.values()]


def gathered_group(group: list[CellMistake]) -> GatheredMistakes:
    """Return mistakes that differ only in their rows, or only in their columns, as one entry."""
    first, last = group[0], group[-1]
    if first.gist and len(group) > 1:
        columns = f"{first.column}至 {last.column}，共 {len(group)} 列"
        return GatheredMistakes(first.sheet, str(first.row), columns, first.gist)
    rows = runs_of([one.row for one in group])
    return GatheredMistakes(first.sheet, rows, first.column, first.sentence)


class UnusableForm(BadInput):
    """A form with mistakes; nothing of it is imported."""

    def __init__(self, mistakes: tuple[CellMistake, ...]) -> None:
        super().__init__(
            f"填报表有 {len(mistakes)} 处需要改正，没有导入任何内容。请在表中改正后重新上传。",
            tuple(map(str, mistakes)),
        )
        self.mistakes = mistakes

    @property
    def listed(self) -> list[GatheredMistakes]:
        """Return the mistakes that a page lists, up to a limit."""
        return gather_mistakes(self.mistakes)[:PROBLEMS]


@dataclass
class FormMistakes:
    """Collects the mistakes found while a form is read."""

    found: dict[tuple[int, int, str], CellMistake] = field(default_factory=dict)

    def add_mistake(self, sheet: SheetLayout, row: int, column: str, sentence: str) -> None:
        """Add a mistake at a row and column; only the first one of a cell is kept."""
        mistake = CellMistake(sheet.name, row, sheet.column_in_words(column), sentence)
        self.found.setdefault((SHEETS.index(sheet), row, mistake.column), mistake)

    @contextmanager
    def noting_at(self, sheet: SheetLayout, row: int, column: str) -> Iterator[None]:
        """Record a ValueError raised while a cell is read, and go on."""
        try:
            yield
        except ValueError as mistake:
            self.add_mistake(sheet, row, column, str(mistake))

    def raise_mistakes(self) -> None:
        """Raise UnusableForm in reading order if there are any."""
        if self.found:
            raise UnusableForm(
                tuple(mistake for _, mistake in sorted(self.found.items(), key=lambda found: found[0]))
            )
