"""Word documents with tracked changes and with tables that are not whole, written by hand."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGED_BY = 'w:id="1" w:author="甲" w:date="2026-10-09T08:00:00Z"'
INSERTED = f"<w:ins {CHANGED_BY}><w:r><w:t>%s</w:t></w:r></w:ins>"
DELETED = f"<w:del {CHANGED_BY}><w:r><w:delText>%s</w:delText></w:r></w:del>"
RUN = '<w:r><w:t xml:space="preserve">%s</w:t></w:r>'


def word_file(*texts: str) -> bytes:
    """A document with a paragraph for each text."""
    return word_file_of(*(f"<w:p>{RUN % text}</w:p>" for text in texts))


def word_file_of(*elements: str) -> bytes:
    """A document with these elements in its body."""
    document = Document()
    body = document.element.body
    for element in elements:
        name, _, rest = element[1:].partition(">")
        body.insert(len(body) - 1, parse_xml(f"<{name} {W}>{rest}"))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
