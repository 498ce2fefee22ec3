"""Detecting the format of a file, mainly by content, and refusing with advice what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import PurePath
from typing import IO, TypeVar

from app.base.errors import BadInput
from app.base.tables.archives import (
    MIB,
    DamagedArchive,
    LockedArchive,
    OversizeArchive,
    UnpackAllowance,
    XmlLimits,
    check_xml_parts,
    opened_archive,
    refuse_ambiguous_entries,
)

ENTRIES, UNPACKED_BYTES, ELEMENTS = 5_000, 200 * MIB, 1_000_000
HEAD_BYTES = 4096
FILE_BYTES = 20_000_000

WORD_PART, SHEET_PART = b"word/", b"xl/"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
WEB_PAGE_SUFFIXES = (".htm", ".html", ".xhtml", ".shtml")
OTHER_PACKAGES = (".odt", ".ods", ".docm", ".dotm", ".dotx", ".xlsm", ".xlsb", ".xltx")
OLD_SUFFIXES: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".wpt", ".dot"), ".docx"),
    **dict.fromkeys((".xls", ".et", ".ett"), ".xlsx"),
}

EMPTY = "这是空文件，里面没有内容。请核对后重新选择。"
SMALLER_FILE = "请删去文件里的图片另存一份，或者复制计划全文，再试。"
LARGE = f"文件超过 {FILE_BYTES // 1_000_000} MB，没有打开。{SMALLER_FILE}"
OLD_WORD = "这是旧版文档格式，读不了。请用 WPS 或 Word 打开，另存为 .docx，再选择。"
OLD_SHEET = "这是旧版表格格式，读不了。请用 WPS 或 Excel 打开，另存为 .xlsx，再选择。"
OLD_OFFICE = (
    "这是旧版 Word、Excel 或 WPS 格式，读不了。请用 WPS 打开，另存为 .docx（表格另存为 .xlsx），再选择。"
)
LOCKED = "文件加了密码，打不开。请用原来的程序打开，去掉密码另存一份，再选择。"
DAMAGED = "文件不完整或已损坏，打不开。请用原来的程序打开后另存一份，或者重新取得这个文件，再选择。"
BOMB = "文件展开后大得不正常，没有打开。请用原来的程序打开，只留计划全文另存一份，再选择。"
ARCHIVE = "这是压缩包，读不了。请先解压，再选择里面的计划文件。"
PICTURE = (
    "这是图片，里面的文字读不了。请找到原来的 Word 文件；只有图片的，用 WPS 等软件识别成文字后粘贴进来。"
)
SLIDES = "这是演示文稿，不是计划文件。请选择计划的 Word 文件，或者复制全文粘贴进来。"
OFD = "OFD 文件读不了。请用 OFD 阅读器或 WPS 打开，另存为 .docx 或 PDF，再选择；也可以复制全文粘贴进来。"
UNKNOWN_PACKAGE = "这种格式读不了（不是 .docx 或 .xlsx）。请用 WPS 打开，另存为 .docx 或 .xlsx，再选择。"


Source = TypeVar("Source")
Contents = TypeVar("Contents")


class SourceKind(StrEnum):
    """The formats that can be read."""

    WORD = "word"
    WORKBOOK = "workbook"
    PDF = "pdf"
    WEB_PAGE = "web_page"
    WEB_ARCHIVE = "web_archive"
    TEXT = "text"


def kind_of_file(name: str, data: bytes) -> SourceKind:
    """Return the format of a file. Raises BadInput with advice if it cannot be read."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise BadInput(EMPTY)
    if len(data) > FILE_BYTES:
        raise BadInput(LARGE)
    suffix = PurePath(name.lower()).suffix
    known = next((kind for magic, kind in KINDS.items() if data.startswith(magic)), None)
    if known:
        return known(suffix, data)
    if data.startswith(ARCHIVES):
        raise BadInput(ARCHIVE)
    if data.startswith(PICTURES):
        raise BadInput(PICTURE)
    return kind_of_text(suffix, data)


def kind_of_text(suffix: str, data: bytes) -> SourceKind:
    head = data[:HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"content-type: multipart/related" in head or (suffix in (".mht", ".mhtml") and b":" in head):
        return SourceKind.WEB_ARCHIVE
    if suffix in WEB_PAGE_SUFFIXES or head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return SourceKind.WEB_PAGE
    if head.startswith(b"<?xml") and b"<html" in head:
        return SourceKind.WEB_PAGE
    if suffix in OLD_SUFFIXES and b"\x00" in data[:HEAD_BYTES]:
        raise BadInput(OLD_SHEET if OLD_SUFFIXES[suffix] == ".xlsx" else OLD_WORD)
    return SourceKind.TEXT


def kind_of_package(suffix: str, data: bytes) -> SourceKind:
    """Tell Office packages apart by the names of their parts, which are not compressed."""
    if suffix in OTHER_PACKAGES:
        raise BadInput(UNKNOWN_PACKAGE)
    if WORD_PART in data and (suffix == ".docx" or b"word/document" in data):
        return SourceKind.WORD
    if SHEET_PART in data and (suffix == ".xlsx" or b"xl/workbook" in data):
        return SourceKind.WORKBOOK
    if b"ppt/" in data:
        raise BadInput(SLIDES)
    if b"OFD.xml" in data:
        raise BadInput(OFD)
    if suffix in (".docx", ".xlsx"):
        raise BadInput(DAMAGED)
    raise BadInput(ARCHIVE)


def refuse_old_office(suffix: str, data: bytes) -> SourceKind:
    """Refuse Office files from before 2007 and encrypted later ones, which look the same from outside."""
    if ENCRYPTED in data:
        raise BadInput(LOCKED)
    new = OLD_SUFFIXES.get(suffix)
    raise BadInput({".docx": OLD_WORD, ".xlsx": OLD_SHEET}.get(new or "", OLD_OFFICE))


def refuse_rich_text(_suffix: str, _data: bytes) -> SourceKind:
    raise BadInput(OLD_WORD)


KINDS: Mapping[bytes, Callable[[str, bytes], SourceKind]] = {
    b"PK\x03\x04": kind_of_package,
    b"PK\x05\x06": kind_of_package,
    b"\xd0\xcf\x11\xe0": refuse_old_office,
    b"{\\rtf": refuse_rich_text,
    b"%PDF": lambda _suffix, _data: SourceKind.PDF,
}


def check_package(file: IO[bytes], *, elements: int = ELEMENTS) -> None:
    """Check an Office document before its library reads it. Raises BadInput."""
    try:
        with opened_archive(file) as archive:
            entries = archive.infolist()
            UnpackAllowance(ENTRIES, UNPACKED_BYTES).spend_on(entries, file.seek(0, 2))
            refuse_ambiguous_entries(entries)
            check_xml_parts(archive, XmlLimits(elements))
    except OversizeArchive:
        raise BadInput(BOMB) from None
    except LockedArchive:
        raise BadInput(LOCKED) from None
    except DamagedArchive:
        raise BadInput(DAMAGED) from None
    file.seek(0)


def refusing_damage(read: Callable[[Source], Contents], source: Source) -> Contents:
    """Return what `read` makes of a file. Raises BadInput for any failure of its library."""
    try:
        return read(source)
    except (BadInput, MemoryError):
        raise
    except Exception:  # libraries raise anything for malformed files
        raise BadInput(DAMAGED) from None
