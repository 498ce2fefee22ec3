"""A sheet that lists rows; each column has a label, a width and a function for its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from openpyxl.worksheet.worksheet import Worksheet

from app.base.tables.sheet_writing import HEAD_ROW, freeze_head, style_body, write_head, write_text

Row = TypeVar("Row")

SHORT = 20  # characters: what stands in narrower columns is centred


class ListColumn(NamedTuple, Generic[Row]):
    """A column; its width is in characters."""

    label: str
    width: int
    value: Callable[[Row], str]


def write_list_sheet(
    sheet: Worksheet, columns: Sequence[ListColumn[Row]], rows: Iterable[Row], *, title: str, note: str
) -> None:
    """Write a sheet with a line for each row, ready to be printed."""
    write_head(sheet, [(one.label, one.width) for one in columns], title=title, note=note)
    for number, row in enumerate(rows, HEAD_ROW + 1):
        for place, column in enumerate(columns, 1):
            cell = write_text(sheet, number, place, column.value(row))
            style_body(cell, shown_as="@", is_short=column.width < SHORT)
    freeze_head(sheet)
