"""Pages of a stored PDF as pictures."""

from __future__ import annotations

from functools import lru_cache

from app.drafting.core.models import DocumentFile
from app.printing.pictures import draw_page, one_at_a_time

# About 70 kB each. Browsers keep what they got; this is for the second reader, and for a page asked for twice at once.
KEPT = 64


def page_picture(file_id: int, sha256: str, number: int) -> bytes | None:
    """Return page `number` (from 1) of a stored PDF as PNG, as large as it is on screen; None where there is none."""
    with one_at_a_time:
        return kept_picture(file_id, sha256, number)


@lru_cache(maxsize=KEPT)
def kept_picture(file_id: int, sha256: str, number: int) -> bytes | None:
    """Return the picture of a page. A file's id may be given again; its hash is that of its bytes."""
    file = DocumentFile.get_or_none((DocumentFile.id == file_id) & (DocumentFile.sha256 == sha256))
    return draw_page(bytes(file.data), number) if file else None
