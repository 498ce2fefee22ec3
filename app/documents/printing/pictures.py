"""Pages of a PDF: how many there are, and each as a picture."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL.Image import Image

from app.documents.printing.models import DocumentFile

DOTS_PER_INCH = 96
POINTS_PER_INCH = 72
# About 70 kB each. Browsers keep what they got; this is for the second reader, and for a page asked for twice at once.
KEPT = 64

# PDFium may be used by one thread at a time, and that is one page: what a picture takes does not add up.
one_at_a_time = Lock()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(file_id: int, sha256: str, number: int) -> bytes | None:
    """Return page `number` (from 1) of a stored PDF as PNG, as large as it is on screen; None where there is none."""
    with one_at_a_time:
        return kept_picture(file_id, sha256, number)


@lru_cache(maxsize=KEPT)
def kept_picture(file_id: int, sha256: str, number: int) -> bytes | None:
    """Return the picture of a page. A file's id may be given again; its hash is that of its bytes."""
    file = DocumentFile.get_or_none((DocumentFile.id == file_id) & (DocumentFile.sha256 == sha256))
    return drawn(bytes(file.data), number) if file else None


def drawn(pdf: bytes, number: int) -> bytes | None:
    """Draw a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        picture = document[number - 1].render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
    stored = BytesIO()
    picture.convert("L" if is_grey(picture) else "RGB").save(stored, "PNG")
    return stored.getvalue()


def is_grey(picture: Image) -> bool:
    """Return whether a picture has no colour: it then takes a third of the room."""
    red, green, blue = picture.convert("RGB").split()
    return bool(red == green == blue)
