"""Word documents built as offices write them: styles, automatic numbers, merged cells, tracked changes, text boxes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.plan.importer import SourceText
from app.plan.importer.sources.word_document import read_word_document

NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

# A level: its number format, what is written around it, and what else its element says.
Level = tuple[str, str, str]


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read_document(build: Callable[[Any], None]) -> SourceText:
    """Read a document that `build` fills."""
    document = Document()
    build(document)
    return SourceText.from_json(read_word_document(io.BytesIO(saved(document))))


def words_of(source: SourceText) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines]


def add_list(document: Any, *levels: Level, overrides: str = "") -> int:
    """Define a list with these levels and return its number; `overrides` are the elements of its w:num."""
    numbering = document.part.numbering_part.element
    listed = len(numbering.findall("w:num", numbering.nsmap)) + 100
    shown = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text, more) in enumerate(levels)
    )
    definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{listed}">{shown}</w:abstractNum>'
    numbering.insert(0, parse_xml(definition))
    add_number(document, listed, listed, overrides)
    return listed


def add_number(document: Any, number: int, definition: int, overrides: str = "") -> None:
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
        )
    )


def add_numbered(document: Any, words: str, number: int, level: int = 0) -> Any:
    """Add a paragraph that Word numbers."""
    paragraph = document.add_paragraph(words)
    number_paragraph(paragraph, number, level)
    return paragraph


def number_paragraph(paragraph: Any, number: int, level: int = 0) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def add_xml(document: Any, content: str) -> None:
    """Add a paragraph whose runs are written out."""
    paragraph = document.add_paragraph()
    for child in parse_xml(f"<w:p {nsdecls('w', 'wp', 'a')}>{content}</w:p>"):
        paragraph._p.append(child)


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def add_footnotes(document: Any, *notes: str) -> None:
    written = "".join(
        f'<w:footnote w:id="{n}"><w:p>{run(note)}</w:p></w:footnote>' for n, note in enumerate(notes, 1)
    )
    separator = f'<w:footnote w:id="0" w:type="separator"><w:p>{run("——")}</w:p></w:footnote>'
    blob = f"<w:footnotes {nsdecls('w')}>{separator}{written}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), NOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
