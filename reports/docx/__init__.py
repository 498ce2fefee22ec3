"""Renders an official document as DOCX by GB/T 9704-2012; the same document always gives the same bytes.

Structure and wording are those of the PDF. Word positions lines in its own way: see `reports.docx.units`.
"""

from reports.docx.blocks import BlockWriter
from reports.docx.document_writer import DocumentWriter
from reports.docx.package import WordFile
from reports.docx.pages import SectionWriter
from reports.fonts import FontBook, find_fonts
from reports.model import OfficialDocument
from reports.pdf import layout_of
from reports.text_fitting import TextLayout

__all__ = ["render_docx"]


def render_docx(
    document: OfficialDocument, fonts: FontBook | None = None, layout: TextLayout | None = None
) -> bytes:
    """Render a document as DOCX; the file refers to its fonts by their official names.

    fonts: the fonts for computing positions and drawing charts; by default those of `find_fonts()`.
    layout: as returned by `render_pdf_with_places`; without it, a document with a signature or an imprint is
    laid out as for the PDF to find it.
    Raises DocumentError, in Chinese, for content that cannot be rendered, and FontError for a missing font.
    """
    fonts = fonts or find_fonts()
    if layout is None:
        layout = layout_of(document, fonts) if document.signature or document.imprint else TextLayout()
    file = WordFile(document, layout.setting)
    writer = DocumentWriter(document, BlockWriter(file, fonts), fonts, layout)
    file.body.extend(writer.body_elements(SectionWriter(document, file, fonts)))
    return file.to_bytes()
