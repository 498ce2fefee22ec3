"""Files that are archives inside: Office documents (ECMA-376) and OFD (GB/T 33190), trusted in nothing."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.errors import BadInput
from app.filing.attachments.rules import MIB, OFFICE_TYPE, PACKED, WITH_MACROS, FileKind

ENTRIES = 5_000
UNPACKED_BYTES = 300 * MIB
HARMLESS_BYTES = 30 * MIB  # a blank picture packs a thousandfold: below this size the ratio says nothing
RATIO = 100
XML_BYTES = MIB
IN_MEMORY = MIB
CHUNK = 64 * 1024

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS_AND_ARCHIVES = (b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
LONGEST_START = 8

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
FOREIGN = "文件里嵌有别的文件，无法检查。请把嵌入的文件另存出来单独上传，并从这份文件里删去。"


@dataclass
class Allowance:
    """What may still be unpacked of one file, archives inside it included."""

    entries: int = ENTRIES
    unpacked: int = UNPACKED_BYTES

    def spend(self, entries: list[ZipInfo], packed: int) -> None:
        """Take what an archive of `packed` bytes declares to hold. Raises BadInput where that is too much.

        Reading an entry never yields more than it declares, so the declared sizes can be trusted.
        """
        declared = sum(entry.file_size for entry in entries)
        self.entries -= len(entries)
        self.unpacked -= declared
        is_dense = declared > HARMLESS_BYTES and declared > RATIO * packed
        if self.entries < 0 or self.unpacked < 0 or is_dense:
            raise BadInput(BOMB)


def examine_package(file: IO[bytes]) -> FileKind:
    """Return what kind of package a file is.

    Raises BadInput for one that is damaged, locked, unpacks to too much, holds macros, programs or other files, or
    is no more than an archive.
    """
    return examine(file, Allowance(), inside=False)


def examine(file: IO[bytes], allowance: Allowance, *, inside: bool) -> FileKind:
    """Examine a package, or one `inside` another, as a diagram in a document has its table."""
    with opened(file) as archive:
        entries = archive.infolist()
        allowance.spend(entries, size_of(file))
        refuse_tricks(entries)
        kind = kind_of(archive)
        for entry in entries:
            refuse_foreign(archive, entry, allowance, inside=inside)
        return kind


@contextmanager
def opened(file: IO[bytes]) -> Iterator[ZipFile]:
    """Open an archive; whatever it makes the reader stumble over is said in one sentence."""
    try:
        with ZipFile(file) as archive:
            yield archive
    except BadInput:
        raise
    except Exception:  # zipfile and zlib raise whatever comes of a file that was made by hand
        raise BadInput(DAMAGED) from None


def size_of(file: IO[bytes]) -> int:
    """Return the bytes of a file."""
    return file.seek(0, 2)


def refuse_tricks(entries: list[ZipInfo]) -> None:
    """Raise BadInput where two programs could read two different things out of the same archive, or none can."""
    names = Counter(entry.filename.lower() for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput(LOCKED)
    is_usual = all(entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) for entry in entries)
    begins_at_once = min((entry.header_offset for entry in entries), default=0) == 0
    if not (is_usual and begins_at_once and len(names) == len(entries)):
        raise BadInput(DAMAGED)


def kind_of(archive: ZipFile) -> FileKind:
    """Return what an archive is by the part that every package of its kind begins with."""
    if CONTENT_TYPES in archive.namelist():
        return office_kind(archive)
    if OFD_ROOT in archive.namelist() and xml_of(archive, OFD_ROOT).tag.endswith("}OFD"):
        return FileKind.OFD
    raise BadInput(PACKED)


def office_kind(archive: ZipFile) -> FileKind:
    """Return what an Office document is by its main part. Raises BadInput for macros, and where none is there."""
    parts = xml_of(archive, CONTENT_TYPES)
    types = {part.get("ContentType", ""): part.get("PartName", "") for part in parts.iter()}
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise BadInput(WITH_MACROS)
    mains = [kind for kind, part in types.items() if kind in MAIN_PARTS and part[1:] in archive.namelist()]
    if len(mains) != 1:
        raise BadInput(DAMAGED)
    return MAIN_PARTS[mains[0]]


def xml_of(archive: ZipFile, name: str) -> ElementTree.Element:
    """Return the root of a small part. Raises BadInput for one that is too large to be what its name says."""
    if archive.getinfo(name).file_size > XML_BYTES:
        raise BadInput(BOMB)
    return ElementTree.fromstring(archive.read(name))  # noqa: S314  (small, and expat stops entity bombs itself)


def refuse_foreign(archive: ZipFile, entry: ZipInfo, allowance: Allowance, *, inside: bool) -> None:
    """Raise BadInput for a part that is, by its content, a program, an archive, or an object with one in it."""
    with archive.open(entry) as part:
        start = part.read(LONGEST_START)
        if start.startswith(PROGRAMS_AND_ARCHIVES) or (inside and start.startswith(ZIP)):
            raise BadInput(FOREIGN)
        if start.startswith(OLE):
            refuse_object(part)
        if start.startswith(ZIP):
            refuse_unless_package(archive, entry, allowance)


def refuse_unless_package(archive: ZipFile, entry: ZipInfo, allowance: Allowance) -> None:
    """Raise BadInput for an archive inside a package that is not an Office document itself."""
    with archive.open(entry) as part, SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        shutil.copyfileobj(part, copy, CHUNK)
        try:
            examine(copy, allowance, inside=True)
        except BadInput as refusal:
            raise BadInput(FOREIGN if refusal.sentence == PACKED else refusal.sentence) from None


def refuse_object(part: IO[bytes]) -> None:
    """Raise BadInput for an OLE object with macros or with any other file in it; formulas and drawings pass."""
    found = first_found(part, MACRO_PROJECT, DRAGGED_IN)
    if found:
        raise BadInput(WITH_MACROS if found == MACRO_PROJECT else FOREIGN)


def first_found(file: IO[bytes], *wanted: bytes) -> bytes | None:
    """Return which of the wanted bytes stand in a file from where it is read on, piece by piece."""
    overlap = max(map(len, wanted)) - 1
    seen = b""
    while chunk := file.read(CHUNK):
        seen = seen[-overlap:] + chunk
        for mark in wanted:
            if mark in seen:
                return mark
    return None
