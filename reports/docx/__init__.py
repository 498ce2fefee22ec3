"""An official document as DOCX in the form of GB/T 9704-2012, by python-docx. The same document gives the same bytes.

It has the PDF's structure and words. Word sets lines by its own arithmetic: see `reports.docx.units`.
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
    """Render a document as DOCX, with the official names of its fonts.

    fonts: the faces by which places are computed and charts drawn; without any, those of `find_fonts()`.
    layout: as `render_pdf_with_places` tells it; without it the text is laid out to find it, where it matters.
    Raises DocumentError, in Chinese, for what a document cannot hold, FontError for a missing font.
    """
    fonts = fonts or find_fonts()
    if layout is None:
        layout = layout_of(document, fonts) if document.signature or document.imprint else TextLayout()
    file = WordFile(document, layout.setting)
    writer = DocumentWriter(document, BlockWriter(file, fonts), fonts, layout)
    file.body.extend(writer.body_elements(SectionWriter(document, file, fonts)))
    return file.to_bytes()
