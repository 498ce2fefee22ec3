"""What is wrong in an uploaded form, each with its place, so that a person mends everything at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.errors import BadInput
from app.filing.workbook.layout import SHEETS, SheetLayout


@dataclass(frozen=True)
class Mistake:
    """A sentence about one cell. `row` counts from 1, as Excel shows it; `column` is letter and label."""

    sheet: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”第 {self.row} 行 {self.column}：{self.sentence}"


class UnusableForm(BadInput):
    """A form that has mistakes: nothing of it is taken over."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(
            f"填报表有 {len(mistakes)} 处需要改正，没有导入任何内容。请在表中改正后重新上传。",
            tuple(map(str, mistakes)),
        )
        self.mistakes = mistakes


@dataclass
class Mistakes:
    """Collects mistakes while a form is read, by their places, in the order of the sheets."""

    found: dict[tuple[int, int, str], Mistake] = field(default_factory=dict)

    def add(self, sheet: SheetLayout, row: int, column: str, sentence: str) -> None:
        """Note a mistake at a row, in the column with this name; of several in one cell the first is told."""
        mistake = Mistake(sheet.name, row, sheet.place(column), sentence)
        self.found.setdefault((SHEETS.index(sheet), row, mistake.column), mistake)

    @contextmanager
    def at(self, sheet: SheetLayout, row: int, column: str) -> Iterator[None]:
        """Note what reading a cell finds wrong, and go on."""
        try:
            yield
        except ValueError as mistake:
            self.add(sheet, row, column, str(mistake))

    def stop(self) -> None:
        """Raise UnusableForm, in reading order, if there are any."""
        if self.found:
            raise UnusableForm(
                tuple(mistake for _, mistake in sorted(self.found.items(), key=lambda found: found[0]))
            )
