"""A DOCX opened again: by python-docx, and part by part."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree


def opened(file: bytes) -> WordDocument:
    """The file as python-docx reads it."""
    return Document(BytesIO(file))


def part(file: bytes, name: str) -> etree._Element:
    """One XML part of the file."""
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def names(file: bytes) -> list[str]:
    """The names of all parts."""
    with ZipFile(BytesIO(file)) as archive:
        return archive.namelist()


def text(file: bytes) -> str:
    """All text of the document in reading order, without white space."""
    letters = part(file, "word/document.xml").iter(qn("w:t"))
    return "".join("".join(element.text or "" for element in letters).split())


def every(root: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """All elements with these tags, such as w:sectPr."""
    return root.iter(*map(qn, tags))


def value(element: etree._Element, attribute: str = "val") -> str | None:
    """An attribute of Word's own vocabulary."""
    return element.get(qn(f"w:{attribute}"))
