"""What is wrong in an uploaded form, each with its place, so that a person corrects everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.base.errors import BadInput
from app.base.tables.spreadsheets import PROBLEMS, runs_of
from app.filing.workbook.layout import SHEETS, SheetLayout


@dataclass(frozen=True)
class CellMistake:
    """A sentence about one cell. `row` counts from 1, as Excel shows it; `column` is letter and label.

    Where the same is wrong with several columns of a row, `gist` says it of all of them.
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
    """The same mistake in several rows of a column, or in several columns of a row, as it is listed."""

    sheet: str
    rows: str
    columns: str
    sentence: str


def gather_mistakes(mistakes: Iterable[CellMistake]) -> list[GatheredMistakes]:
    """Return mistakes as they are listed: each sentence once, in the order in which they come first."""
    groups: dict[tuple[object, ...], list[CellMistake]] = {}
    for one in mistakes:
        place = one.row if one.gist else one.column
        groups.setdefault((one.sheet, place, one.gist or one.sentence), []).append(one)
    return [gathered_group(group) for group in groups.values()]


def gathered_group(group: list[CellMistake]) -> GatheredMistakes:
    """Return mistakes that have all but their rows, or all but their columns, in common."""
    first, last = group[0], group[-1]
    if first.gist and len(group) > 1:
        columns = f"{first.column}至 {last.column}，共 {len(group)} 列"
        return GatheredMistakes(first.sheet, str(first.row), columns, first.gist)
    rows = runs_of([one.row for one in group])
    return GatheredMistakes(first.sheet, rows, first.column, first.sentence)


class UnusableForm(BadInput):
    """A form that has mistakes: nothing of it is taken over."""

    def __init__(self, mistakes: tuple[CellMistake, ...]) -> None:
        super().__init__(
            f"填报表有 {len(mistakes)} 处需要改正，没有导入任何内容。请在表中改正后重新上传。",
            tuple(map(str, mistakes)),
        )
        self.mistakes = mistakes

    @property
    def listed(self) -> list[GatheredMistakes]:
        """Return the mistakes as they are listed on a page, so many as a person reads."""
        return gather_mistakes(self.mistakes)[:PROBLEMS]


@dataclass
class FormMistakes:
    """Collects mistakes while a form is read, by their places, in the order of the sheets."""

    found: dict[tuple[int, int, str], CellMistake] = field(default_factory=dict)

    def add_mistake(self, sheet: SheetLayout, row: int, column: str, sentence: str) -> None:
        """Note a mistake at a row, in the column with this name; of several in one cell the first counts."""
        mistake = CellMistake(sheet.name, row, sheet.column_in_words(column), sentence)
        self.found.setdefault((SHEETS.index(sheet), row, mistake.column), mistake)

    @contextmanager
    def noting_at(self, sheet: SheetLayout, row: int, column: str) -> Iterator[None]:
        """Note what reading a cell finds wrong, and go on."""
        try:
            yield
        except ValueError as mistake:
            self.add_mistake(sheet, row, column, str(mistake))

    def raise_mistakes(self) -> None:
        """Raise UnusableForm, in reading order, if there are any."""
        if self.found:
            raise UnusableForm(
                tuple(mistake for _, mistake in sorted(self.found.items(), key=lambda found: found[0]))
            )
