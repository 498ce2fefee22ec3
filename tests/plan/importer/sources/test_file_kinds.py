"""What a file is, told by its content and, where that says nothing, by its name."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.base.errors import BadInput
from app.plan.importer.sources import file_kinds as kinds
from app.plan.importer.sources.file_kinds import SourceKind, check_package, kind_of_file

PACKAGE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", PACKAGE + b"word/styles.xml", SourceKind.WORD),
        ("a.zip", PACKAGE + b"word/document.xml", SourceKind.WORD),
        ("A.XLSX", PACKAGE + b"xl/styles.xml", SourceKind.WORKBOOK),
        ("a.zip", PACKAGE + b"xl/workbook.xml", SourceKind.WORKBOOK),
        ("a.docx", PACKAGE + b"xl/workbook.xml", SourceKind.WORKBOOK),
        ("a.txt", b"%PDF-1.7", SourceKind.PDF),
        ("a.txt", "计划".encode(), SourceKind.TEXT),
        ("a.md", "# 计划：一、".encode(), SourceKind.TEXT),
        ("a.doc", "计划".encode(), SourceKind.TEXT),
        ("a.txt", "计划".encode("utf-16"), SourceKind.TEXT),
        ("a.htm", "计划".encode(), SourceKind.WEB_PAGE),
        ("a", b"\n<!DOCTYPE html><p>", SourceKind.WEB_PAGE),
        ("a", b"\xef\xbb\xbf<BODY>", SourceKind.WEB_PAGE),
        ("a", "<html>".encode("utf-16"), SourceKind.WEB_PAGE),
        ("a", b"<?xml version='1.0'?><html>", SourceKind.WEB_PAGE),
        ("a", b"<?xml version='1.0'?><plan>", SourceKind.TEXT),
        ("a", b"text <html>", SourceKind.TEXT),
        ("a.mht", b"MIME-Version: 1.0", SourceKind.WEB_ARCHIVE),
        ("a.mhtml", b"From: a", SourceKind.WEB_ARCHIVE),
        ("a.mht", "计划".encode(), SourceKind.TEXT),
        ("a.txt", b"MIME-Version: 1.0", SourceKind.TEXT),
        ("a.txt", b"Content-Type: multipart/related;", SourceKind.WEB_ARCHIVE),
    ],
)
def test_the_kind_of_a_file_follows_from_name_and_content(name: str, data: bytes, kind: SourceKind) -> None:
    assert kind_of_file(name, data) is kind


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.txt", b"\xef\xbb\xbf \x00\n", kinds.EMPTY),
        ("a.txt", b"a" * (kinds.FILE_BYTES + 1), kinds.LARGE),
        ("a.docm", PACKAGE + b"word/document.xml", kinds.UNKNOWN_PACKAGE),
        ("a.pptx", PACKAGE + b"ppt/slides", kinds.SLIDES),
        ("a.ofd", PACKAGE + b"OFD.xml", kinds.OFD),
        ("a.docx", PACKAGE + b"xl/styles.xml", kinds.DAMAGED),
        ("a.xlsx", PACKAGE + b"word/styles.xml", kinds.DAMAGED),
        ("a.zip", PACKAGE + b"word/ xl/", kinds.ARCHIVE),
        ("a.zip", b"PK\x05\x06", kinds.ARCHIVE),
        ("a.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), kinds.LOCKED),
        ("a.wps", OLD_OFFICE, kinds.OLD_WORD),
        ("a.et", OLD_OFFICE, kinds.OLD_SHEET),
        ("a.docx", OLD_OFFICE, kinds.OLD_OFFICE),
        ("a.doc", b"{\\rtf1", kinds.OLD_WORD),
        ("a.doc", b"a\x00b", kinds.OLD_WORD),
        ("a.xls", b"a\x00b", kinds.OLD_SHEET),
        ("a.rar", b"Rar!", kinds.ARCHIVE),
        ("a.jpg", b"\xff\xd8\xff", kinds.PICTURE),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_go_on(name: str, data: bytes, refusal: str) -> None:
    with pytest.raises(BadInput) as refused:
        kind_of_file(name, data)
    assert str(refused.value) == refusal


def test_a_file_may_be_as_large_as_the_sentence_says() -> None:
    assert kind_of_file("a.txt", b"a" * kinds.FILE_BYTES) is SourceKind.TEXT


def package(document: bytes) -> BytesIO:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return file


def test_a_package_with_a_password_is_refused() -> None:
    data = bytearray(package(b"<w/>").getvalue())
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    with pytest.raises(BadInput) as refused:
        check_package(BytesIO(bytes(data)))
    assert str(refused.value) == kinds.LOCKED


def test_a_package_that_was_looked_through_is_read_from_its_start() -> None:
    file = package(b"<w><p/><p/></w>")
    check_package(file, elements=3)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("document", "elements", "refusal"),
    [
        (b"<w><p/><p/></w>", 2, kinds.BOMB),
        (b"<w>" * 101 + b"</w>" * 101, 500, kinds.BOMB),
        (b"<!DOCTYPE w><w/>", 3, kinds.DAMAGED),
        (b"<w>", 3, kinds.DAMAGED),
    ],
)
def test_a_package_is_refused_before_its_library_sees_it(
    document: bytes, elements: int, refusal: str
) -> None:
    with pytest.raises(BadInput) as refused:
        check_package(package(document), elements=elements)
    assert str(refused.value) == refusal
