"""Rendering a document into files; nothing else calls the renderers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.printing.pictures import page_count
from app.printing.process_memory import give_back
from app.printing.rules import FileFormat
from reports.model import OfficialDocument

if TYPE_CHECKING:
    from reports.text_fitting import TextLayout

# Block (its index in the body), page, top and height in thousandths of the page: see `reports.block_places.BlockPlace`.
BlockPlaces = Sequence[Sequence[int]]


@dataclass(frozen=True)
class PrintedFile:
    """A document in one format: bytes, number of pages if any, SHA-256 in hexadecimal.

    `made_with` names the programs and fonts used, one a line; `places` are the places of the body's blocks, in the
    format shown while a draft is edited.
    """

    format: FileFormat
    data: bytes
    pages: int
    sha256: str
    made_with: str = ""
    places: BlockPlaces = ()


def render_document(document: OfficialDocument, formats: Iterable[FileFormat]) -> list[PrintedFile]:
    """Render a document in each format; without tables there is no workbook.

    All PDFs share one layout. The memory of each format is released before the next begins, that of the last by the
    caller. Raises DocumentError with a Chinese sentence for a missing font or character.
    """
    wanted = [one for one in formats if one is not FileFormat.XLSX or document.has_tables]
    printed, layout = pdf_files(document, [one for one in wanted if one.suffix == "pdf"])
    if FileFormat.DOCX in wanted:
        give_back()
        printed[FileFormat.DOCX] = docx_file(document, layout)
    if FileFormat.XLSX in wanted:
        give_back()
        printed[FileFormat.XLSX] = xlsx_file(document)
    return [printed[one] for one in wanted]


# The renderers take seconds to import: web processes, which never print, do without them.


def file_of(file_format: FileFormat, data: bytes, places: BlockPlaces = ()) -> PrintedFile:
    """Return bytes with what identifies them."""
    from reports.provenance import made_with

    pages = page_count(data) if file_format.suffix == "pdf" else 0
    sha256 = hashlib.sha256(data).hexdigest()
    return PrintedFile(file_format, data, pages, sha256, made_with(file_format.suffix), places)


class PaperSheet(NamedTuple):
    """A page of the application for printing: its HTML, without external references, and its style."""

    html: str
    style: str


def render_sheet(sheet: PaperSheet) -> PrintedFile:
    """Return a page as PDF. Raises DocumentError if a font is missing."""
    from reports.pdf import render_html

    return file_of(FileFormat.PDF, render_html(sheet.html, sheet.style))


def pdf_files(
    document: OfficialDocument, formats: Sequence[FileFormat]
) -> tuple[dict[FileFormat, PrintedFile], TextLayout | None]:
    """Return the PDFs: to be read and printed, to be put on file, to be read aloud; and what a Word file takes over."""
    if not formats:
        return {}, None
    from reports.pdf import render_pdf_with_places
    from reports.pdf_variants import PdfVariant

    variants = {
        FileFormat.PDF: PdfVariant.PLAIN,
        FileFormat.ARCHIVE: PdfVariant.ARCHIVE,
        FileFormat.ACCESSIBLE: PdfVariant.ACCESSIBLE,
    }
    made = render_pdf_with_places(document, [variants[one] for one in formats])
    places = {FileFormat.PDF: [place.numbers for place in made.blocks]}
    files = {one: file_of(one, made.files[variants[one]], places.get(one, ())) for one in formats}
    return files, made.layout


def docx_file(document: OfficialDocument, layout: TextLayout | None) -> PrintedFile:
    """Return the Word file; if the PDF was made before, its layout is reused."""
    from reports.docx import render_docx

    return file_of(FileFormat.DOCX, render_docx(document, layout=layout))


def xlsx_file(document: OfficialDocument) -> PrintedFile:
    """Return the annex tables as a workbook."""
    from reports.xlsx import render_xlsx

    return file_of(FileFormat.XLSX, render_xlsx(document))


def check_printing(*folders: Path) -> None:
    """Raise FontError with a sentence where this machine lacks what printing needs; loads the renderer.

    folders: where the fonts are looked for, the usual ones without any.
    """
    from reports.fonts import find_fonts, require_font_subsetter

    require_font_subsetter()
    find_fonts(*folders)
