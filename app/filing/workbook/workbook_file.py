"""From the bytes of an upload to the cells of its sheets, without trusting a single one of them."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import BadInput
from app.base.tables.spreadsheets import SheetRows, read_sheets

UPLOAD_BYTES = 5_000_000
ROWS = 2_000

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_workbook(data: bytes, names: Sequence[str]) -> dict[str, SheetRows]:
    """Return the rows of the sheets with these names, those that there are.

    Raises BadInput for what is no workbook, and for one that holds more than a form can need.
    """
    refuse_other_files(data)
    return read_sheets(data, names, file="这个文件", rows=ROWS)


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
