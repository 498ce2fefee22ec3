"""A page of a PDF as a picture."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

DOTS_PER_INCH = 96
POINTS_PER_INCH = 72


def page_picture(pdf: bytes, number: int) -> bytes | None:
    """Return page `number` (from 1) as PNG, as large as it is on screen; None where there is no such page."""
    with pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        picture = document[number - 1].render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
    stored = BytesIO()
    picture.convert("L" if is_grey(picture) else "RGB").save(stored, "PNG")
    return stored.getvalue()


def is_grey(picture: object) -> bool:
    """Return whether a picture has no colour: it then takes a third of the room."""
    red, green, blue = picture.convert("RGB").split()  # type: ignore[attr-defined]
    return bool(red == green == blue)
