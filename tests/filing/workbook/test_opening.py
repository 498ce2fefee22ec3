"""No file is trusted: what is no workbook, or too much of one, is refused with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.base.errors import BadInput
from app.base.tables.sheet_parsing import ELEMENTS, UNPACKED_BYTES
from app.filing.workbook.reading import OLE, ROWS, open_workbook, read_form
from tests.filing.workbook.forms import QUARTER, form, repacked

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def compressed(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def long_sheet(last_row: int) -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (last_row, last_row)
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (NAMESPACE, row)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "没有选择文件"),
        (b"hello", "这不是 Excel 文件"),
        (b"%PDF-1.7", "这不是 Excel 文件"),
        (OLE + b"\x00" * 600, "旧版 Excel 文件（.xls），或者加了打开密码"),
        (b"PK\x03\x04 and nothing behind", "可能已损坏"),
        (compressed(mimetype=b"text/plain"), "可能已损坏"),
        (compressed(**{f"n{number}": b"" for number in range(201)}), "展开后太大"),
        (compressed(bomb=b"\x00" * (UNPACKED_BYTES + 1)), "展开后太大"),
        (compressed(sheet=b"<sheet>%s</sheet>" % (b"<row/>" * ELEMENTS)), "展开后太大"),
    ],
)
def test_other_files_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        open_workbook(data, ("填报",))


def test_an_entry_that_lies_about_its_size_yields_no_more_than_it_declares() -> None:
    data = bytearray(compressed(bomb=b"\x00" * (UNPACKED_BYTES + 1)))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, pytest.raises(zipfile.BadZipFile):
        archive.read("bomb")
    with pytest.raises(BadInput, match="可能已损坏"):
        open_workbook(bytes(data), ("填报",))


@pytest.mark.parametrize(
    "sheet",
    [b"<worksheet>", b"", LAUGHS, b"\xff\xfe", b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>"],
)
def test_damage_inside_is_one_sentence(sheet: bytes) -> None:
    with pytest.raises(BadInput, match=r"可能已损坏|没有找到|需要改正"):
        read_form(repacked(form(), {SHEET: sheet}), QUARTER)


def test_entities_are_never_expanded() -> None:
    with pytest.raises(BadInput, match="可能已损坏"):
        open_workbook(repacked(form(), {SHEET: LAUGHS}), ("填报",))


@pytest.mark.parametrize("last_row", [ROWS + 1, 1_048_576])
def test_a_sheet_without_end_is_refused_at_once(last_row: int) -> None:
    with pytest.raises(BadInput, match=f"超过 {ROWS} 行"):
        open_workbook(repacked(form(), {SHEET: long_sheet(last_row)}), ("填报",))


def test_the_longest_sheet_is_read() -> None:
    sheets = open_workbook(repacked(form(), {SHEET: long_sheet(ROWS)}), ("填报",))
    assert len(sheets["填报"]) == ROWS
