"""What every workbook that the system hands out has in common."""

from __future__ import annotations

import io

from openpyxl import Workbook, load_workbook

from app.base.tables.sheet_writing import (
    HEAD_ROW,
    cell_at,
    freeze_head,
    style_body,
    workbook_bytes,
    write_head,
    write_text,
)


def test_a_sheet_has_title_note_head_and_print_set_up() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    write_head(sheet, [("编号", 6), ("标题", 40)], title="发文登记簿", note="共 1 件。", first_shown=2)
    style_body(write_text(sheet, HEAD_ROW + 1, 2, "=1+1"), shown_as="@", is_short=False, is_open=True)
    freeze_head(sheet, columns=1)
    read = load_workbook(io.BytesIO(workbook_bytes(book))).worksheets[0]
    assert (read["B1"].value, read["B2"].value) == ("发文登记簿", "共 1 件。")
    assert [cell.value for cell in read[HEAD_ROW]] == ["编号", "标题"]
    assert (read.column_dimensions["B"].width, read.freeze_panes) == (40, "B4")
    assert (read.print_title_rows, read.page_setup.paperSize) == (f"${HEAD_ROW}:${HEAD_ROW}", 9)
    body = cell_at(read, HEAD_ROW + 1, 2)
    assert (body.value, body.data_type, body.quotePrefix) == ("=1+1", "s", True)
    assert not body.protection.locked
