"""From the bytes of an upload to the cells of its sheets, without trusting a single one of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from app.errors import BadInput
from app.packed import Damaged, is_modest

UPLOAD_BYTES = 5_000_000
ROWS = 2_000
COLUMNS = 60

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = (
    "这个文件不是可读的 Excel 文件，可能已损坏。请用 Excel 打开后另存为“Excel 工作簿（.xlsx）”，再上传。"
)


@dataclass(frozen=True)
class Cell:
    """A cell as it was read: `kind` is openpyxl's letter for its type, `is_percent` its way of showing numbers."""

    value: object = None
    kind: str = "n"
    is_percent: bool = False

    @property
    def is_blank(self) -> bool:
        """Return whether nothing, or nothing but white space, stands in it."""
        return self.value is None or not str(self.value).strip()


Rows = list[tuple[Cell, ...]]


def open_workbook(data: bytes, names: Sequence[str]) -> dict[str, Rows]:
    """Return the rows of the sheets with these names, those that there are.

    Raises BadInput for what is no workbook, and for one that would unpack to more than a form can need.
    """
    refuse_other_files(data)
    refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheets = {name: rows_of(book[name]) for name in names if name in book.sheetnames}
    except Exception:  # openpyxl raises whatever it stumbles over in a file that was made by hand
        raise BadInput(DAMAGED) from None
    for name, rows in sheets.items():
        if len(rows) > ROWS:
            raise BadInput(f"工作表“{name}”超过 {ROWS} 行，不像填报表，没有导入。请重新下载填报表再填。")
    return sheets


def rows_of(sheet: Any) -> Rows:
    """Return the rows of a sheet, at most one more than a form may have."""
    return [tuple(map(cell_of, row)) for row in sheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS)]


def refuse_other_files(data: bytes) -> None:
    """Raise BadInput unless the content, whatever the name says, is that of a packed workbook."""
    if not data:
        raise BadInput("没有选择文件，或者文件是空的。请选择填好的填报表再上传。")
    if data.startswith(OLE):
        raise BadInput(
            "这是旧版 Excel 文件（.xls），或者加了打开密码。请去掉密码，另存为“Excel 工作簿（.xlsx）”，再上传。"
        )
    if not data.startswith(ZIP):
        raise BadInput("这不是 Excel 文件。请上传从本页下载、填好的填报表（.xlsx）。")


def refuse_bombs(data: bytes) -> None:
    """Raise BadInput for a packed file that claims, or hides, far more than a form holds."""
    try:
        is_form = is_modest(data)
    except Damaged:
        raise BadInput(DAMAGED) from None
    if not is_form:
        raise BadInput(
            "这个文件展开后太大，不像填报表，没有打开。请去掉后来插入的图片和工作表，只上传填报表本身。"
        )


def cell_of(cell: object) -> Cell:
    """Return a cell of openpyxl as a plain value."""
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    is_percent = value is not None and "%" in str(getattr(cell, "number_format", ""))
    return Cell(value, str(kind), is_percent)
