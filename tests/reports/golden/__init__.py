"""Documents that have been looked at, kept beside this file.

Of a page is kept every line: its words, and where it stands (mm). Of the Word and Excel files, and of the text as it is
frozen, a SHA-256 of each part before it is compressed: nothing in them but a place on the page comes from the system.

    python -m tests.reports.golden

writes them again, after a change of the page that somebody has looked at.
"""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from reports.docx import render_docx
from reports.font_files import faces_in
from reports.fonts import DEFAULT_FOLDER, NAMES, FontBook, find_fonts
from reports.frozen_text import document_as_json
from reports.model import OfficialDocument
from reports.pdf import render_pdf
from reports.xlsx import render_xlsx
from tests.reports.every_form import FORMS, TEXTS
from tests.reports.ink import text_lines

Line = tuple[int, str, float, float, float]

FOLDER = Path(__file__).parent
DOCUMENTS: dict[str, OfficialDocument] = {
    "issuing": FORMS["issuing"].filled(TEXTS["headings"]),
    "upward": FORMS["upward"].filled(TEXTS["headings"]),
    "joint": FORMS["joint-four-sealed"].filled(TEXTS["three pages"]),
    "letter": FORMS["letter"].filled(TEXTS["three pages"]),
    "minutes": FORMS["minutes"].filled(TEXTS["headings"]),
    "reading-sheet": FORMS["reading-sheet"].filled(TEXTS["one line"]),
}
DIGESTS = FOLDER / "digests.json"


def open_fonts() -> FontBook:
    """The open faces, also on a machine that has the licensed ones."""
    faces = {name: face for face in faces_in(DEFAULT_FOLDER) for name in face.names}
    families = find_fonts().families
    return FontBook(
        tuple(type(family)(family.role, faces[NAMES[family.role][-1]], family.spare) for family in families)
    )


def lines(document: OfficialDocument) -> list[Line]:
    """Each line of a document: its page, its words, its left and right end, its foot."""
    return [
        (line.page, line.words, *(round(place, 1) for place in (line.left, line.right, line.foot)))
        for line in text_lines(render_pdf(document, open_fonts()))
    ]


def path(name: str) -> Path:
    """Where a document's lines are kept."""
    return FOLDER / f"{name}.json"


def kept(name: str) -> list[Line]:
    """A document's lines as they were looked at."""
    return [tuple(line) for line in json.loads(path(name).read_text(encoding="utf-8"))]


def keep(name: str) -> None:
    """Keep a document's lines as they are now."""
    rows = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines(DOCUMENTS[name]))
    path(name).write_text(f"[\n{rows}\n]\n", encoding="utf-8")


def digests() -> dict[str, str]:
    """SHA-256 of what is frozen, and of each part of each Word file and of a workbook."""
    plain = {
        f"{name} frozen": json.dumps(document_as_json(document), ensure_ascii=False, sort_keys=True).encode()
        for name, document in DOCUMENTS.items()
    }
    files = {f"{name} docx": render_docx(document, open_fonts()) for name, document in DOCUMENTS.items()}
    files["annexed xlsx"] = render_xlsx(FORMS["annexed"].filled(TEXTS["one line"]))
    parts = {f"{name} {part}": data for name, file in files.items() for part, data in parts_of(file).items()}
    return {name: hashlib.sha256(data).hexdigest() for name, data in (plain | parts).items()}


def parts_of(file: bytes) -> dict[str, bytes]:
    """The parts of an office file, decompressed."""
    with ZipFile(BytesIO(file)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}
