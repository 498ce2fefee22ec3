"""Payloads in what is printed: they stand there as text and do nothing, and nobody is called and nothing fetched."""

from __future__ import annotations

import re
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdfium2 import raw

from app.base.settings.settings import ROOT
from app.printing.rules import FileFormat
from reports.characters import on_one_line
from tests.reports.docx import word
from tests.reports.ink import page_texts
from tests.reports.pdf_objects import unpacked
from tests.security.printing import (
    Printed,
    payloads,
    poisoned,
    printed_elsewhere,
)

# What of a PDF acts, calls, or brings something along (ISO 32000-1, 7.11, 12.6).
NEVER = rb"/(OpenAction|AA|JavaScript|JS|Launch|URI|GoToR|EmbeddedFile|Image)\b"
# What Word looks up or runs, and what Excel does.
ACTIVE = ("w:hyperlink", "w:object", "w:altChunk", "w:instrText")
ACTIVE_CELLS = {"f", "hyperlink", "oleObject", "externalReference", "drawing", "ddeLink"}
PDFS = [one for one in FileFormat if one.suffix == "pdf"]
# This program and Python, the process's own size, what the system says of itself, installed fonts.
PLACES = (ROOT, sys.prefix, f"{sys.base_prefix}/lib", "/proc/self", "/dev", "/etc", "/usr/share/fonts")
KNOWN = tuple(Path(place).resolve() for place in PLACES)
SCRATCH = (Path(tempfile.gettempdir()).resolve(), Path("/dev/null"))


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A socket that payloads name and that nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def words(listener: socket.socket) -> tuple[str, ...]:
    host, port = listener.getsockname()
    return payloads(f"{host}:{port}")


@pytest.fixture(scope="module")
def printed(words: tuple[str, ...]) -> Printed:
    return printed_elsewhere(poisoned(words))


def squeezed(text: str) -> str:
    """Text without white space; PDFium marks a hyphen at the end of a line."""
    return "".join(text.replace("\ufffe", "-").replace("\x02", "-").split())


def lacking(words: tuple[str, ...], text: str, times: int = 1) -> list[str]:
    """Return the words that a text does not say so many times."""
    printed_text = squeezed(text)
    return [one for one in words if printed_text.count(squeezed(on_one_line(one))) < times]


def outside(parts: Mapping[str, Any]) -> list[str]:
    """Return every relation of a package that leads out of it."""
    relations = [one for name, root in parts.items() if name.endswith(".rels") for one in root]
    assert relations
    return [one.get("Target") for one in relations if one.get("TargetMode") or ":" in one.get("Target")]


def is_within(path: Path, places: tuple[Path, ...]) -> bool:
    return any(path.resolve().is_relative_to(place) for place in places)


@pytest.mark.parametrize("pdf_format", PDFS)
def test_a_pdf_shows_them_and_does_nothing(
    printed: Printed, words: tuple[str, ...], pdf_format: FileFormat
) -> None:
    pdf = printed.files[pdf_format]
    assert lacking(words, "".join(page_texts(pdf))) == []
    with pypdfium2.PdfDocument(pdf) as document:
        assert raw.FPDFDoc_GetJavaScriptActionCount(document) == 0
        assert raw.FPDFDoc_GetAttachmentCount(document) == 0
        assert sum(raw.FPDFPage_GetAnnotCount(page) for page in document) == 0
    inside = unpacked(pdf)
    assert re.findall(NEVER, inside) == []
    fonts = {name.decode() for name in re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", inside)}
    assert fonts
    assert all(name.startswith("gongwen-") for name in fonts)  # an installed face would keep its own name


def test_a_word_file_shows_them_and_does_nothing(printed: Printed, words: tuple[str, ...]) -> None:
    file = printed.files[FileFormat.DOCX]
    assert lacking(words, word.text(file), times=3) == []
    parts = {name: word.part(file, name) for name in word.names(file) if name.endswith((".xml", ".rels"))}
    assert [found.tag for root in parts.values() for found in word.every(root, *ACTIVE)] == []
    fields = {
        found.get(qn("w:instr")) for root in parts.values() for found in word.every(root, "w:fldSimple")
    }
    assert {str(field).strip() for field in fields} == {"PAGE"}
    pictures = sum(name.startswith("word/media") for name in word.names(file))
    assert pictures == len(list(word.every(parts["word/document.xml"], "w:drawing"))) == 3
    assert outside(parts) == []


def test_a_workbook_shows_them_and_does_nothing(printed: Printed, words: tuple[str, ...]) -> None:
    file = printed.files[FileFormat.XLSX]
    cells = [cell for sheet in load_workbook(BytesIO(file)) for row in sheet.iter_rows() for cell in row]
    assert lacking(words, "".join(str(cell.value) for cell in cells)) == []
    assert {cell.data_type for cell in cells if lacking(words, str(cell.value)) != list(words)} == {"s"}
    parts = {name: word.part(file, name) for name in word.names(file) if name.endswith((".xml", ".rels"))}
    tags = {str(found.tag).rpartition("}")[2] for root in parts.values() for found in root.iter("*")}
    assert tags & ACTIVE_CELLS == set()
    assert outside(parts) == []


def test_nobody_was_called_and_nothing_opened_but_known_assets(
    printed: Printed, listener: socket.socket
) -> None:
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert printed.called == []
    opened = {(Path(path), writes) for path, writes in printed.opened}
    assert {
        path for path, writes in opened if not is_within(path, SCRATCH if writes else KNOWN + SCRATCH)
    } == set()
    assert any(path.suffix == ".otf" for path, _ in opened)  # the watch sees what is opened
