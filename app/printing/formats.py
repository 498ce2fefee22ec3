"""From the document model to bytes: the only caller of the renderers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.printing.pictures import page_count
from app.printing.process_memory import give_back
from app.printing.rules import FileFormat
from reports.model import OfficialDocument

if TYPE_CHECKING:
    from reports.imprint_place import ImprintPlace

# Block (its index in the body), page, and top and height in thousandths of the page: see `reports.pdf.BlockPlace`.
BlockPlaces = Sequence[Sequence[int]]


@dataclass(frozen=True)
class PrintedFile:
    """The bytes of a document in one format, its pages where it has any, and its SHA-256 in hexadecimal.

    `made_with` names the programs and fonts that had a part in it, one a line; `places` where the blocks of its body
    lie, in the format that is looked at while a draft is edited.
    """

    format: FileFormat
    data: bytes
    pages: int
    sha256: str
    made_with: str = ""
    places: BlockPlaces = ()


class RenderedBytes(NamedTuple):
    """What a renderer makes."""

    data: bytes
    places: BlockPlaces = ()
    imprint_place: ImprintPlace | None = None


def render_document(document: OfficialDocument, formats: Iterable[FileFormat]) -> list[PrintedFile]:
    """Render a document in each format; one that has no tables makes no workbook.

    Raises DocumentError with a Chinese sentence: a font is missing, or no font has a character.
    """
    files, imprint_place = [], None
    for one in formats:
        if one is not FileFormat.XLSX or document.has_tables:
            made = RENDERERS[one](document, imprint_place)
            imprint_place = made.imprint_place or imprint_place
            files.append(file_of(one, made))
            give_back()
    return files


# The renderers take seconds to import: web processes, which never print, do without them.


def file_of(file_format: FileFormat, made: RenderedBytes) -> PrintedFile:
    """Return bytes with what identifies them."""
    from reports.provenance import made_with

    data = made.data
    pages = page_count(data) if file_format.suffix == "pdf" else 0
    sha256 = hashlib.sha256(data).hexdigest()
    return PrintedFile(file_format, data, pages, sha256, made_with(file_format.suffix), made.places)


class PaperSheet(NamedTuple):
    """A page of the application as it is to stand on paper: its HTML, which names nothing outside, and its style."""

    html: str
    style: str


def render_sheet(sheet: PaperSheet) -> PrintedFile:
    """Return a page as PDF. Raises DocumentError where a font is missing."""
    from reports.pdf import render_html

    file = file_of(FileFormat.PDF, RenderedBytes(render_html(sheet.html, sheet.style)))
    give_back()
    return file


def as_pdf(document: OfficialDocument, _known: ImprintPlace | None = None) -> RenderedBytes:
    """Return the PDF that is read and printed."""
    from reports.pdf import render_pdf_with_places

    made = render_pdf_with_places(document)
    return RenderedBytes(made.data, [place.numbers for place in made.blocks], made.imprint)


def as_archive(document: OfficialDocument, _known: ImprintPlace | None = None) -> RenderedBytes:
    """Return the PDF that is put on file."""
    from reports.pdf import render_pdf
    from reports.pdf_variants import PdfVariant

    return RenderedBytes(render_pdf(document, variant=PdfVariant.ARCHIVE))


def as_accessible(document: OfficialDocument, _known: ImprintPlace | None = None) -> RenderedBytes:
    """Return the PDF that screen readers read."""
    from reports.pdf import render_pdf
    from reports.pdf_variants import PdfVariant

    return RenderedBytes(render_pdf(document, variant=PdfVariant.ACCESSIBLE))


def as_docx(document: OfficialDocument, imprint_place: ImprintPlace | None = None) -> RenderedBytes:
    """Return the file that Word opens; where the PDF was made before, what it tells spares laying out the text."""
    from reports.docx import render_docx

    return RenderedBytes(render_docx(document, imprint_place=imprint_place))


def as_xlsx(document: OfficialDocument, _known: ImprintPlace | None = None) -> RenderedBytes:
    """Return the annexes' tables as a workbook."""
    from reports.xlsx import render_xlsx

    return RenderedBytes(render_xlsx(document))


RENDERERS: Mapping[FileFormat, Callable[[OfficialDocument, ImprintPlace | None], RenderedBytes]] = {
    FileFormat.PDF: as_pdf,
    FileFormat.DOCX: as_docx,
    FileFormat.XLSX: as_xlsx,
    FileFormat.ARCHIVE: as_archive,
    FileFormat.ACCESSIBLE: as_accessible,
}


def check_printing(*folders: Path) -> None:
    """Raise FontError with a sentence where this machine lacks what printing needs; loads the renderer.

    folders: where the fonts are looked for, the usual ones without any.
    """
    from reports.fonts import find_fonts, require_font_subsetter

    require_font_subsetter()
    find_fonts(*folders)
