"""The annex tables of an official document as an Excel workbook, each on a sheet of its own.

Same document, same bytes. Figures and full dates are values that Excel can count and sort with; whatever else a cell
says is text, never a formula.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.archive import UNDATED, repack_file
from reports.characters import split_paragraphs
from reports.excel_sheet import (
    CELL_LENGTH,
    cell_at,
    fit_to_a4,
    fits_cell,
    free_sheet_name,
    freeze_head_row,
    set_text,
)
from reports.file_properties import file_properties
from reports.fonts import NAMES, FontRole
from reports.form_words import unit_line
from reports.line_breaks import rough_width
from reports.model import Align, DocumentError, OfficialDocument, Table
from reports.plaintext import writable_text
from reports.table_columns import column_widths_in_workbook

TITLE_ROW, HEAD_ROW = 1, 2
MM_PER_INCH = 25.4
UNITS_PER_EM = 2.0  # Excel counts a column's width in figures of its standard font
TALLEST_ROW_PT = 409.0
FIGURE = re.compile(r"(-?(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3}){1,3}))(\.\d{1,6})?(%?)")
FIRST_YEAR = 1900  # Excel's own 1900 has a day too many
# How a full date is written, and how Excel shows it so.
DATE_FORMS = {"%Y年%m月%d日": 'yyyy"年"m"月"d"日"', "%Y-%m-%d": "yyyy-mm-dd"}
THIN = Side(style="thin")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
AS_PLACES = str.maketrans("123456789", "0" * 9)
TITLE, HEAD, NOTE = "表题", "表头", "表注"
# The size of the type and the height of a line, in points.
LINE_SIZES = {TITLE: (standard.SIZE_2_PT, 36.0), NOTE: (chosen.UPRIGHT_TABLE_SIZE_PT, 16.0)}
STYLES = {Align.LEFT: "表格文字", Align.CENTER: "表格文字居中", Align.RIGHT: "表格文字居右"}


def render_xlsx(document: OfficialDocument) -> bytes:
    """Write the tables of a document's annexes as an Excel workbook.

    Raises DocumentError, in Chinese, for a document without such a table and for a text too long for a cell.
    """
    tables = list(_annex_tables(document))
    if not tables:
        raise DocumentError("这份公文的附件里没有表格，不能导出 Excel。")
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _workbook_styles():
        book.add_named_style(style)
    for title, table in tables:
        sheet = book.create_sheet(free_sheet_name(title, book.sheetnames, when_empty="附表"))
        _write_table(sheet, title, table)
        _set_up_page(sheet)
    _set_properties(book, document)
    return _save_workbook(book)


def _annex_tables(document: OfficialDocument) -> Iterator[tuple[str, Table]]:
    """Each table in the annexes under its caption or, where it has none, the title of its annex."""
    for annex in document.annexes:
        title = writable_text(annex.title.replace("\n", ""))
        for block in annex.blocks:
            if isinstance(block, Table):
                yield writable_text(block.caption) or title, block


def _workbook_styles() -> Iterator[NamedStyle]:
    text = Font(name=NAMES[FontRole.TEXT][0], size=chosen.UPRIGHT_TABLE_SIZE_PT)
    title = Font(name=NAMES[FontRole.TITLE][0], size=standard.SIZE_2_PT)
    head = Font(name=NAMES[FontRole.LEVEL1][0], size=chosen.UPRIGHT_TABLE_SIZE_PT)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    yield NamedStyle(TITLE, font=title, alignment=middle)
    yield NamedStyle(HEAD, font=head, alignment=middle, border=GRID)
    yield NamedStyle(NOTE, font=text, alignment=Alignment(vertical="top", wrap_text=True))
    for align, name in STYLES.items():
        alignment = Alignment(horizontal=align.value, vertical="top", wrap_text=True)
        yield NamedStyle(name, font=text, alignment=alignment, border=GRID)


def _write_table(sheet: Worksheet, title: str, table: Table) -> None:
    widths = column_widths_in_workbook(table)
    _write_line(sheet, TITLE_ROW, title, TITLE, widths)
    for number, column in enumerate(table.columns, start=1):
        _set_text(cell_at(sheet, HEAD_ROW, number), column.title, HEAD)
    for place, row in enumerate(table.rows, start=HEAD_ROW + 1):
        for number, (text, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            _set_value(cell_at(sheet, place, number), text, STYLES[column.align])
    last = HEAD_ROW + len(table.rows)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(widths))}{last}"
    if below := "。".join(filter(None, (unit_line(table), table.note))):
        _write_line(sheet, last + 1, below, NOTE, widths)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width * UNITS_PER_EM


def _write_line(sheet: Worksheet, row: int, text: str, style: str, widths: Sequence[float]) -> None:
    """Write a text across the whole table, in a row as high as its lines: Excel fits no row to merged cells."""
    _set_text(cell_at(sheet, row, 1), text, style)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    size_pt, line_pt = LINE_SIZES[style]
    room = sum(widths) * chosen.UPRIGHT_TABLE_SIZE_PT / size_pt
    lines = sum(max(1, ceil(rough_width(paragraph) / room)) for paragraph in split_paragraphs(text))
    sheet.row_dimensions[row].height = min(TALLEST_ROW_PT, lines * line_pt)


def _set_value(cell: Cell, text: str, style: str) -> None:
    """Write a figure as a number and a full date as a date in the form in which they stand, anything else as text."""
    if figure := FIGURE.fullmatch(text.strip()):
        whole, fraction, percent = figure[1], figure[2] or "", figure[3]
        number = Decimal(whole.replace(",", "") + fraction)
        cell.value = number / 100 if percent else number
        cell.style = style
        cell.number_format = ("#,##0" if "," in whole else "0") + fraction.translate(AS_PLACES) + percent
    elif not _set_date(cell, text.strip(), style):
        _set_text(cell, text, style)


def _set_date(cell: Cell, text: str, style: str) -> bool:
    """Write a full date as a date; say whether it is one that Excel can count from."""
    for written, shown in DATE_FORMS.items():
        with suppress(ValueError):
            day = datetime.strptime(text, written).date()
            if day.year > FIRST_YEAR:
                cell.value, cell.style, cell.number_format = day, style, shown
                return True
    return False


def _set_text(cell: Cell, text: str, style: str) -> None:
    """Write a text, or refuse the document: of what was issued nothing is left out."""
    text = "\n".join(split_paragraphs(writable_text(text)))
    if not fits_cell(text):
        raise DocumentError(f"表格中“{text[:20]}……”一格超过{CELL_LENGTH}字，Excel 放不下，请缩短后重试。")
    cell.style = style
    set_text(cell, text)


def _set_up_page(sheet: Worksheet) -> None:
    """The head stays in sight and on each page: numbered as in print, the table as wide as the type area (8)."""
    freeze_head_row(sheet, HEAD_ROW)
    fit_to_a4(sheet, footer="— &P —")
    margins = sheet.page_margins
    margins.top, margins.bottom = standard.LEFT_MM / MM_PER_INCH, standard.RIGHT_MM / MM_PER_INCH
    margins.left, margins.right = standard.BOTTOM_MM / MM_PER_INCH, standard.TOP_MM / MM_PER_INCH


def _set_properties(book: Workbook, document: OfficialDocument) -> None:
    """Title, issuers, number, day and language, as far as the document itself tells them."""
    described = file_properties(document)
    core = book.properties
    core.title, core.subject = writable_text(described.title), writable_text(described.number)
    core.creator = core.lastModifiedBy = writable_text("、".join(described.authors))
    core.language = "zh-CN"
    day = described.day or UNDATED
    core.created = core.modified = datetime.combine(day, time())


def _save_workbook(book: Workbook) -> bytes:
    """The workbook as a file; openpyxl's own `save` would write the present hour into it."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        ExcelWriter(book, archive).save()
    return repack_file(stream.getvalue())
