"""Archives (ZIP) from outside, such as Office documents: nothing in them is trusted, nothing is parsed without a limit.
Pure.

The directory is read first, then expat scans every XML part in one piece: a parser that is fed in pieces starts each
long token again with every piece (CVE-2023-52425), and a tree takes fifty times the memory of its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, NoReturn
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.base.errors import DomainError

MIB = 1024**2
DIRECTORY_BYTES = MIB  # the list of entries; 5,000 with long names take half of it
# What may stand before the first mark of an XML document: a byte order mark, white space, or halves of UTF-16.
BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


class DamagedArchive(ValueError):
    """It is no archive, cannot be unpacked, or is ambiguous: two programs could read different things in it."""


class LockedArchive(ValueError):
    """A part of it needs a password."""


class OversizeArchive(ValueError):
    """It unpacks to more than is allowed."""


@dataclass(frozen=True)
class XmlLimits:
    """Limits of the XML parts of one archive: number of elements, depth, and length of a single tag."""

    elements: int
    depth: int = 100
    mark: int = 256 * 1024


@dataclass
class UnpackAllowance:
    """How much may still be unpacked from one file, archives inside it included.

    Below `harmless` bytes the ratio is ignored: a blank picture is compressed a thousandfold.
    """

    entries: int
    unpacked: int
    harmless: int = 30 * MIB
    ratio: int = 100

    def spend_on(self, entries: Sequence[ZipInfo], compressed: int) -> None:
        """Subtract the declared size of an archive of `packed` bytes. Raises OversizeArchive if it is too much.

        Reading an entry never yields more than it declares, so declared sizes can be trusted.
        """
        declared = sum(entry.file_size for entry in entries)
        self.entries -= len(entries)
        self.unpacked -= declared
        is_dense = declared > self.harmless and declared > self.ratio * compressed
        if self.entries < 0 or self.unpacked < 0 or is_dense:
            raise OversizeArchive


class DirectoryGuard:
    """A file from which no single read gets more than a directory may have, while `is_on`."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.is_on = True

    def read(self, size: int = -1) -> bytes:
        """Read from the present position. Raises OversizeArchive."""
        if not self.is_on:
            return self.file.read(size)
        piece = self.file.read(DIRECTORY_BYTES + 1 if size < 0 else min(size, DIRECTORY_BYTES + 1))
        if len(piece) > DIRECTORY_BYTES:
            raise OversizeArchive
        return piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


@contextmanager
def opened_archive(file: IO[bytes]) -> Iterator[ZipFile]:
    """Open an archive with a limited directory: 20 MB of directory alone would take 300 MB of memory.

    Raises OversizeArchive, and DamagedArchive for anything that fails inside the block because of the archive.
    """
    guard = DirectoryGuard(file)
    try:
        with ZipFile(guard) as archive:
            guard.is_on = False
            yield archive
    except (DamagedArchive, LockedArchive, OversizeArchive, DomainError, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise whatever comes of a file that was made by hand
        raise DamagedArchive from error


def refuse_ambiguous_entries(entries: Sequence[ZipInfo]) -> None:
    """Raise DamagedArchive if two programs could read different things in the archive, or none can read it. Raises
    LockedArchive for encrypted parts.
    """
    names = Counter(entry.filename.lower() for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise LockedArchive
    is_usual = all(entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) for entry in entries)
    begins_at_once = min((entry.header_offset for entry in entries), default=0) == 0
    if not (is_usual and begins_at_once and len(names) == len(entries)):
        raise DamagedArchive


def check_xml_parts(archive: ZipFile, limits: XmlLimits) -> None:
    """Scan every part that is XML by its content. Raises DamagedArchive, OversizeArchive."""
    left = limits.elements
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if part.read(16).lstrip(BEFORE_XML)[:1] != b"<":
                continue
        left -= check_xml(archive.read(entry), XmlLimits(left, limits.depth, limits.mark))


def check_xml(document: bytes, limits: XmlLimits) -> int:
    """Return the number of elements of a document. Raises OversizeArchive beyond the limits, DamagedArchive if it is
    not well-formed or has a DTD, since Office documents need no entities.
    """
    looking = XmlCounter(limits)
    try:
        looking.create_parser().Parse(document, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, DamagedArchive | OversizeArchive):
            raise
        raise DamagedArchive from error
    return looking.elements


@dataclass
class XmlCounter:
    """Counts what expat finds, and stops it at the limits."""

    limits: XmlLimits
    elements: int = 0
    depth: int = 0

    def create_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.enter_element, self.leave_element
        parser.StartDoctypeDeclHandler = self.refuse_document_type
        parser.CommentHandler = self.check_length
        parser.ProcessingInstructionHandler = self.check_length
        return parser

    def enter_element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        self.check_length(name, *attributes, *attributes.values())
        if self.elements > self.limits.elements or self.depth > self.limits.depth:
            raise OversizeArchive

    def leave_element(self, _name: str) -> None:
        self.depth -= 1

    def check_length(self, *texts: str) -> None:
        if sum(map(len, texts)) > self.limits.mark:
            raise OversizeArchive

    def refuse_document_type(self, *_names: object) -> NoReturn:
        """Refuse a DTD before any of its entities is read."""
        raise DamagedArchive
