"""Files that are archives: Office documents (ECMA-376) and OFD (GB/T 33190). Nothing in them is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from io import DEFAULT_BUFFER_SIZE, BytesIO
from typing import IO
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from app.base.errors import BadInput
from app.base.tables.archives import (
    DamagedArchive,
    LockedArchive,
    OversizeArchive,
    UnpackAllowance,
    XmlLimits,
    check_xml,
    opened_archive,
    refuse_ambiguous_entries,
)
from app.uploads.rules import (
    ARCHIVE_REFUSED,
    MIB,
    OFFICE_TYPE,
    WITH_MACROS,
    FileKind,
)

ENTRIES = 5_000
UNPACKED_BYTES = 300 * MIB
INSIDE_BYTES = 20 * MIB  # of one document inside another, as large as one attached by itself
XML_BYTES = MIB
ELEMENTS = 2 * ENTRIES  # of the list of parts

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS_AND_ARCHIVES = (b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
LONGEST_START = len(OLE)

# Streams of an OLE file, by their names in its directory: a macro project; any file, dragged into a document; a package
# behind a password.
MACRO_PROJECT, DRAGGED_IN, ENCRYPTED = (
    name.encode("utf-16-le") for name in ("_VBA_PROJECT", "Ole10Native", "EncryptedPackage")
)

CONTENT_TYPES, OFD_ROOT = "[Content_Types].xml", "OFD.xml"
MAIN_PARTS: Mapping[str, FileKind] = {
    f"{OFFICE_TYPE}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{OFFICE_TYPE}spreadsheetml.sheet.main+xml": FileKind.XLSX,
    f"{OFFICE_TYPE}presentationml.presentation.main+xml": FileKind.PPTX,
}

DAMAGED = "文件已损坏，打不开。请用原来的程序打开后另存一份，再上传。"
LOCKED = "文件加了密码，收件人打不开，不能上传。请去掉密码另存一份，再上传。"
BOMB = "文件展开后大得不正常，没有收下。请用原来的程序打开后另存一份；图片多的，请先压缩图片。"
LARGE_INSIDE = (
    f"文件里嵌有超过 {INSIDE_BYTES // MIB} MB 的文件，没有收下。请把它另存出来单独上传，并从这份文件里删去。"
)
FOREIGN = "文件里嵌有别的文件，无法检查。请把嵌入的文件另存出来单独上传，并从这份文件里删去。"


class PlainArchive(BadInput):
    """An archive that is no document."""


def kind_of_package(file: IO[bytes]) -> str:
    """Return the kind of a package (a `FileKind` value), for the confined reader process.

    Raises BadInput for one that is damaged, encrypted, unpacks to too much, holds macros, programs or other files, or
    is a mere archive.
    """
    return examine_package(file, UnpackAllowance(ENTRIES, UNPACKED_BYTES), inside=False).value


def examine_package(file: IO[bytes], allowance: UnpackAllowance, *, inside: bool) -> FileKind:
    """Examine a package, or one `inside` another, such as a diagram's table. Raises BadInput."""
    try:
        with opened_archive(file) as archive:
            entries = archive.infolist()
            allowance.spend_on(entries, size_of_file(file))
            refuse_ambiguous_entries(entries)
            kind = kind_of_archive(archive)
            for entry in entries:
                refuse_foreign_part(archive, entry, allowance, inside=inside)
            return kind
    except OversizeArchive:
        raise BadInput(BOMB) from None
    except LockedArchive:
        raise BadInput(LOCKED) from None
    except DamagedArchive:
        raise BadInput(DAMAGED) from None


def size_of_file(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def kind_of_archive(archive: ZipFile) -> FileKind:
    """Return the kind of an archive by the part that every package of that kind begins with."""
    if CONTENT_TYPES in archive.namelist():
        return office_kind(archive)
    if OFD_ROOT in archive.namelist() and parse_xml_part(archive, OFD_ROOT).tag.endswith("}OFD"):
        return FileKind.OFD
    raise PlainArchive(ARCHIVE_REFUSED)


def office_kind(archive: ZipFile) -> FileKind:
    """Return the kind of an Office document by its main part. Raises BadInput for macros or a missing main part."""
    parts = parse_xml_part(archive, CONTENT_TYPES)
    types = {part.get("ContentType", ""): part.get("PartName", "") for part in parts.iter()}
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise BadInput(WITH_MACROS)
    mains = [kind for kind, part in types.items() if kind in MAIN_PARTS and part[1:] in archive.namelist()]
    if len(mains) != 1:
        raise BadInput(DAMAGED)
    return MAIN_PARTS[mains.pop()]


def parse_xml_part(archive: ZipFile, name: str) -> ElementTree.Element:
    """Return the root of a small part. Raises OversizeArchive if it is too large for what its name says."""
    if archive.getinfo(name).file_size > XML_BYTES:
        raise OversizeArchive
    document = archive.read(name)
    check_xml(document, XmlLimits(ELEMENTS))
    return ElementTree.fromstring(document)  # noqa: S314  (looked through, and without a document type)


def refuse_foreign_part(
    archive: ZipFile, entry: ZipInfo, allowance: UnpackAllowance, *, inside: bool
) -> None:
    """Raise BadInput for a part whose content is a program, an archive, or an object with one in it."""
    with archive.open(entry) as part:
        start = part.read(LONGEST_START)
        if start.startswith(PROGRAMS_AND_ARCHIVES) or (inside and start.startswith(ZIP)):
            raise BadInput(FOREIGN)
        if start.startswith(OLE):
            refuse_object(part)
        if start.startswith(ZIP):
            refuse_unless_package(archive, entry, allowance)


def refuse_unless_package(archive: ZipFile, entry: ZipInfo, allowance: UnpackAllowance) -> None:
    """Raise BadInput for an archive inside a package that is no Office document, or too large."""
    if entry.file_size > INSIDE_BYTES:
        raise BadInput(LARGE_INSIDE)
    try:
        examine_package(BytesIO(archive.read(entry)), allowance, inside=True)
    except PlainArchive:
        raise BadInput(FOREIGN) from None


def refuse_object(part: IO[bytes]) -> None:
    """Raise BadInput for an OLE object with macros or other files in it; formulas and drawings are accepted."""
    found = first_found(part, MACRO_PROJECT, DRAGGED_IN)
    if found:
        raise BadInput(WITH_MACROS if found == MACRO_PROJECT else FOREIGN)


def first_found(file: IO[bytes], *wanted: bytes) -> bytes | None:
    """Return which of the wanted bytes occur in the rest of a file, reading it in pieces."""
    overlap = max(map(len, wanted))
    seen = b""
    while chunk := file.read(DEFAULT_BUFFER_SIZE):
        seen = seen[-overlap:] + chunk
        for mark in wanted:
            if mark in seen:
                return mark
    return None
