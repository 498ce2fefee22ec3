"""Files that were made to stall or to swell whatever reads them, each of a few kilobytes to a few megabytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import IO

from app.base.errors import BadInput

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = "[Content_Types].xml"
OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000_000)
LAST_ROW = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
ALL_CELLS = '<dimension ref="A1:XFD1048576"/>'
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LAUGHING = "<row><c><v>&b;</v></c></row>"
MERGED = '<mergeCell ref="A1:XFD1048576"/>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "%s">]>' % (b"x" * 10_000, b"&a;" * 10_000)
MILLION = 1_000_000


@dataclass(frozen=True)
class HostileFile:
    """A way to attack a reader; `make` returns the bytes."""

    name: str
    make: Callable[[], bytes]


def sheet(rows: str = "", before: str = "", after: str = "") -> bytes:
    """Return a sheet with this content."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def after_rows(mark: str) -> bytes:
    """Return a workbook whose sheet has a mark behind its rows."""
    return workbook({SHEET: sheet(after=mark)})


def cells(values: Iterator[str], kind: str = "n", width: int = 50) -> str:
    """Return rows of cells."""
    listed = list(values)
    lines = (listed[start : start + width] for start in range(0, len(listed), width))
    written = ("".join(f'<c t="{kind}">{value}</c>' for value in line) for line in lines)
    return "".join(f"<row>{line}</row>" for line in written)


def workbook(parts: Mapping[str, bytes], sheets: int = 1, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook, sound but for these parts."""
    listed = "".join(f'<sheet name="填报{n or ""}" sheetId="{n + 1}" r:id="r1"/>' for n in range(sheets))
    usual = {
        PARTS: f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/{STRINGS}" ContentType="{TYPE}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf/></cellXfs></styleSheet>',
        STRINGS: f'<sst xmlns="{MAIN}"/>',
        SHEET: sheet().decode(),
    }
    return zipped({name: text.encode() for name, text in usual.items()} | dict(parts), how)


def zipped(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def many_entries(count: int) -> bytes:
    """Return an archive that lists one empty part over and over: the list is all that there is."""
    entry = (
        struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
        + b"a"
    )
    first = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    directory = entry * count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(first), 0
    )
    return first + directory + end


def understated() -> bytes:
    """Return a workbook whose sheet unpacks to more than its directory says."""
    data = bytearray(workbook({SHEET: sheet(after=" " * 19 * MILLION)}))
    place = data.rindex(SHEET.encode()) - 46  # its entry in the directory, which is the last
    data[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    return bytes(data)


def long_attribute(how: int = zipfile.ZIP_DEFLATED) -> bytes:
    return workbook({SHEET: sheet(before='<sheetPr a="%s"/>' % ("x" * 19 * MILLION))}, how=how)


def fan_out() -> bytes:
    """Return a workbook in which one long text stands in every cell, by its number."""
    text = f'<sst xmlns="{MAIN}"><si><t>{"长" * MILLION}</t></si></sst>'.encode()
    return workbook({STRINGS: text, SHEET: sheet(cells(repeat("<v>0</v>", 20_000), "s"))})


def shared_formulas() -> bytes:
    formula = "+".join(repeat("A1", 5_000))
    first = f'<f t="shared" si="0" ref="A1:A20000">{formula}</f>'
    return workbook({SHEET: sheet(cells(iter([first, *repeat('<f t="shared" si="0"/>', 20_000)])))})


def far_cells() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 4_000))
    return workbook({SHEET: sheet(rows, ALL_CELLS)})


def styles(count: int) -> bytes:
    return f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf><alignment/></xf>" * count}</cellXfs></styleSheet>'.encode()


def utf_16(document: bytes) -> bytes:
    return document.decode().encode("utf-16")


def external_link() -> bytes:
    link = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    return workbook({"xl/externalLinks/externalLink1.xml": link.encode()})


WORKBOOKS = (
    HostileFile("long attribute", long_attribute),
    HostileFile("long attribute in bzip2", lambda: long_attribute(zipfile.ZIP_BZIP2)),
    HostileFile("long comment", lambda: after_rows(f"<!--{'x' * 19 * MILLION}-->")),
    HostileFile("long text", lambda: workbook({SHEET: sheet(cells(iter([f"<v>{'1' * 19 * MILLION}</v>"])))})),
    HostileFile("long name", lambda: workbook({SHEET: sheet(after=f"<{'x' * 9 * MILLION}/>")})),
    HostileFile("last row there is", lambda: workbook({SHEET: sheet(LAST_ROW, ALL_CELLS)})),
    HostileFile("last column there is", far_cells),
    HostileFile("zeros", lambda: workbook({"xl/media/a.bin": bytes(60 * MILLION)})),
    HostileFile("understated size", understated),
    HostileFile("entries", lambda: many_entries(90_000)),
    HostileFile("more entries", lambda: many_entries(400_000)),
    HostileFile("entities", lambda: workbook({SHEET: LAUGHS + sheet(LAUGHING)})),
    HostileFile(
        "entities in strings", lambda: workbook({STRINGS: LAUGHS + b"<sst><si><t>&b;</t></si></sst>"})
    ),
    HostileFile(
        "entities in UTF-16",
        lambda: workbook({SHEET: utf_16(LAUGHS + sheet(LAUGHING))}),
    ),
    HostileFile(
        "external entity", lambda: workbook({SHEET: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + sheet()})
    ),
    HostileFile("depth", lambda: workbook({SHEET: sheet(after="<a>" * 45_000 + "</a>" * 45_000)})),
    HostileFile("elements", lambda: workbook({SHEET: sheet("<row/>" * 3 * MILLION)})),
    HostileFile("empty cells", lambda: workbook({SHEET: sheet(cells(repeat("", 30_000)))})),
    HostileFile("one long text in every cell", fan_out),
    HostileFile("shared formulas", shared_formulas),
    HostileFile("sheets", lambda: workbook({}, sheets=90_000)),
    HostileFile("styles", lambda: workbook({STYLES: styles(15_000)})),
    HostileFile(
        "merged cells",
        lambda: after_rows("<mergeCells>%s</mergeCells>" % (MERGED * 20_000)),
    ),
    HostileFile("external links", external_link),
    HostileFile("damage", lambda: long_attribute()[:-40]),
)

TABLES = (
    HostileFile("unclosed quote", lambda: ('日期,安排\n"' + "长" * 3 * MILLION).encode()),
    HostileFile("commas", lambda: b"," * 10 * MILLION),
    HostileFile("lines", lambda: b"\n" * 10 * MILLION),
    HostileFile("quotes", lambda: b'"' * 10 * MILLION),
    HostileFile("carriage returns", lambda: b"\r" * 10 * MILLION),
    HostileFile("zero bytes", lambda: bytes(10 * MILLION)),
    HostileFile("no text", lambda: b"\xff\xfe\x80" * 3 * MILLION),
    HostileFile("cells of one letter", lambda: (b"a," * 150 + b"\n") * 30_000),
)


def document(parts: Mapping[str, bytes]) -> bytes:
    """Return a DOCX with these further parts."""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{WORD_TYPE}.document.main+xml"/></Types>'
    )
    return zipped({PARTS: types.encode(), "word/document.xml": b"<document/>", **parts})


def inside(*packages: bytes) -> bytes:
    """Return a DOCX with archives inside."""
    return document({f"word/embeddings/{number}.docx": package for number, package in enumerate(packages)})


def nested(depth: int) -> bytes:
    """Return a document in a document in a document."""
    whole = document({})
    for _ in range(depth):
        whole = inside(whole)
    return whole


DOCUMENTS = (
    HostileFile("zeros", lambda: document({"word/a.bin": bytes(40 * MILLION)})),
    HostileFile(
        "zeros in an archive inside",
        lambda: inside(document({"word/a.bin": bytes(40 * MILLION)})),
    ),
    HostileFile("entries", lambda: many_entries(400_000)),
    HostileFile("entries of an archive inside", lambda: inside(many_entries(400_000))),
    HostileFile(
        "entries of many archives inside",
        lambda: inside(*repeat(many_entries(20_000), 60)),
    ),
    HostileFile("archives in archives", lambda: nested(30)),
    HostileFile("large archive inside", lambda: inside(b"PK\x03\x04" + bytes(25 * MILLION))),
    HostileFile("many objects", lambda: document({f"word/{n}.bin": OBJECT for n in range(5)})),
    HostileFile("entities in the list of parts", lambda: zipped({PARTS: LAUGHS + b"<Types>&b;</Types>"})),
    HostileFile("depth in the list of parts", lambda: zipped({PARTS: b"<a>" * 100_000 + b"</a>" * 100_000})),
    HostileFile(
        "long mark in the list of parts", lambda: zipped({PARTS: b'<a a="' + b"x" * 900_000 + b'"/>'})
    ),
)


def measured(file: IO[bytes], *, module: str, name: str, arguments: dict[str, object]) -> int:
    """Return the most memory that a reader's process held, in bytes, whatever came of the reading."""
    with suppress(BadInput):
        getattr(import_module(module), name)(file, **arguments)
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmHWM:"))) * 1024
