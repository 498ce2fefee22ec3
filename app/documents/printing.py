"""From facts to bytes: the only caller of the renderers."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from app.documents.composition.quarterly import compose
from app.documents.facts import QuarterFacts
from app.documents.particulars import Particulars
from app.documents.rules import Step

OBJECTS = re.compile(rb"/Type /ObjStm.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type /Page\b")


@dataclass(frozen=True)
class PrintedDocument:
    """The bytes of a PDF, its number of pages, and its SHA-256 in hexadecimal."""

    data: bytes
    pages: int
    sha256: str


def say_nothing(step: Step) -> None:
    """Report a step to nobody."""


def printed(
    facts: QuarterFacts, particulars: Particulars, report: Callable[[Step], None] = say_nothing
) -> PrintedDocument:
    """Compose and render a document; `report` hears of each step.

    Raises DocumentError with a Chinese sentence: nothing was accepted, a font is missing, or no font has a character.
    """
    # The renderer takes seconds to import: web processes, which never print, do without it.
    from reports.pdf import render_pdf

    report(Step.COMPOSE)
    document = compose(facts, particulars)
    report(Step.PRINT)
    data = render_pdf(document)
    return PrintedDocument(data, page_count(data), hashlib.sha256(data).hexdigest())


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has; WeasyPrint packs the objects that say so."""
    packed = b"".join(zlib.decompress(stream) for stream in OBJECTS.findall(pdf))
    return len(PAGE.findall(pdf + packed))


def check_printing() -> None:
    """Raise FontError with a sentence where this machine lacks what printing needs; loads the renderer."""
    from reports.fonts import find_fonts, require_font_subsetter

    require_font_subsetter()
    find_fonts()
