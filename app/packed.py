"""Packed files (.xlsx) that people send: what would unpack to far more than a table can need is not opened."""

from __future__ import annotations

import io
import zipfile
import zlib

ENTRIES = 200
UNPACKED_BYTES = 20_000_000  # a form of 45 measures whose every text fills its cell takes 13 MB
MARKS = 200_000  # of XML, twice the elements; a form of 45 measures with ten tasks each has 25,000


class Damaged(ValueError):
    """This is no packed file, or one that cannot be unpacked."""


def is_modest(data: bytes) -> bool:
    """Return whether a packed file has few entries, few bytes in them, and few marks of XML in those.

    Reading an entry never yields more than the size that it declares, so the declared sizes can be trusted. The marks
    are counted because every element takes openpyxl ten microseconds, however short it is. Raises Damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
                return False
            return sum(archive.read(entry).count(b"<") for entry in entries) <= MARKS
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError):
        raise Damaged from None
