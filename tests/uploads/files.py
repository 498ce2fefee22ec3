"""Small real files of every kind, and what somebody might send in their place."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from PIL import Image

from app.uploads.inspection import SentFile
from app.uploads.packages import (
    CONTENT_TYPES,
    MAIN_PARTS,
    OFD_ROOT,
    OLE,
)
from app.uploads.rules import MIB, FileKind, FileQuota
from app.uploads.store import FileStore

QUOTA = FileQuota(file_bytes=20 * MIB, files=10, total_bytes=100 * MIB)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00This program cannot be run in DOS mode."
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
MACRO_TYPE = "application/vnd.ms-office.vbaProject"
PARTS = {
    FileKind.DOCX: "word/document.xml",
    FileKind.XLSX: "xl/workbook.xml",
    FileKind.PPTX: "ppt/presentation.xml",
}


def stored_hashes(store: FileStore) -> list[str]:
    return [sha256 for sha256, _ in store.stored_places() if sha256]


def pdf(text: str = "进展") -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj %" + text.encode() + b"\n%%EOF\n"


def picture(kind: FileKind = FileKind.PNG, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind.name)
    return out.getvalue()


def huge_picture() -> bytes:
    """Return a small PNG whose head promises forty thousand pixels a side."""
    whole = picture()
    head = struct.pack(">II", 40_000, 40_000)
    return whole[:16] + head + whole[24:]


def archive(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as compressed:
        for name, content in parts.items():
            compressed.writestr(name, content)
    return out.getvalue()


def office(
    kind: FileKind = FileKind.DOCX,
    parts: Mapping[str, bytes] | None = None,
    *,
    types: Mapping[str, str] | None = None,
) -> bytes:
    """Return an Office document with further parts, and further content types by the part's name."""
    main = next(type_ for type_, found in MAIN_PARTS.items() if found is kind)
    named = {PARTS[kind]: main} | dict(types or {})
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in named.items()
    )
    listed = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'
    )
    return archive({CONTENT_TYPES: listed.encode(), PARTS[kind]: b"<document/>", **(parts or {})})


def ofd() -> bytes:
    return archive({OFD_ROOT: b'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1"/>'})


def ole(*streams: str) -> bytes:
    """Return what begins like a compound file and names these streams in its directory."""
    return OLE + b"\x00" * 504 + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in streams)


def upload(content: bytes, name: str = "证明.pdf") -> SentFile:
    """Return it as something that is read from where it stands, as a file on disk is."""
    return SentFile(name, io.BufferedReader(io.BytesIO(content)))


SOUND = {
    FileKind.PDF: pdf(),
    FileKind.OFD: ofd(),
    FileKind.JPEG: picture(FileKind.JPEG),
    FileKind.PNG: picture(FileKind.PNG),
    FileKind.DOCX: office(FileKind.DOCX),
    FileKind.XLSX: office(FileKind.XLSX),
    FileKind.PPTX: office(FileKind.PPTX),
}
