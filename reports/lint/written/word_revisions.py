"""Fixes as tracked changes in a copy of a Word document, for its writer to accept or refuse in WPS or Word."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from reports.lint.written.checking import TextFinding, fixes_by_line
from reports.lint.written.lines import MAIN_PART, RUN, W, text_pieces, word_body, word_paragraphs

TEXT, RUN_STYLE, DELETED_TEXT = f"{W}t", f"{W}rPr", f"{W}delText"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Where a run may stand to be deleted and to have an insertion behind it.
HOLDERS = frozenset({f"{W}p", f"{W}hyperlink", f"{W}smartTag"})
FIRST_ID = 90_000


class RevisionWriter:
    """Writes deletions and insertions in the name of an author."""

    def __init__(self, author: str, at: datetime) -> None:
        self.values = {f"{W}author": author, f"{W}date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        self.ids = count(FIRST_ID)

    def element(self, name: str, *runs: Any) -> Any:
        made = etree.Element(f"{W}{name}", {f"{W}id": str(next(self.ids)), **self.values})
        made.extend(runs)
        return made

    def replace_characters(self, paragraphs: list[Any], start: int, end: int, replacement: str) -> bool:
        """Mark characters of a paragraph as deleted and what replaces them as inserted.

        Returns whether that was possible: not where they are part of somebody else's tracked change.
        """
        touched = [
            (piece, max(start - at, 0), min(end - at, len(text)))
            for piece, at, text in _placed_pieces(paragraphs)
            if at < end and start < at + len(text)
        ]
        if not touched or not all(_can_be_revised(piece) for piece, _, _ in touched):
            return False
        for piece, first, last in touched:
            deleted = self.delete_part(piece, first, last)
        if replacement:
            new = _run_like(deleted[0], TEXT, replacement)
            deleted.addnext(self.element("ins", new))
        return True

    def delete_part(self, piece: Any, first: int, last: int) -> Any:
        """Mark some characters of a text as deleted; return the mark."""
        run, text = _lone_run(piece), piece.text or ""
        deleted = self.element("del", _run_like(run, DELETED_TEXT, text[first:last]))
        run.addnext(deleted)
        if text[last:]:
            deleted.addnext(_run_like(run, TEXT, text[last:]))
        if text[:first]:
            piece.text = text[:first]
            piece.set(SPACE, "preserve")
        else:
            run.getparent().remove(run)
        return deleted


def _placed_pieces(paragraphs: list[Any]) -> list[tuple[Any, int, str]]:
    """The pieces of text of a paragraph, each with the position at which it begins."""
    found, position = [], 0
    for paragraph in paragraphs:
        for piece, text in text_pieces(paragraph):
            found.append((piece, position, text))
            position += len(text)
    return found


def _can_be_revised(piece: Any) -> bool:
    run = piece.getparent()
    return piece.tag == TEXT and run.tag == RUN and run.getparent().tag in HOLDERS


def _lone_run(piece: Any) -> Any:
    """The run of a text, after what else it holds was put into runs of its own."""
    run = piece.getparent()
    style = run.find(RUN_STYLE)
    children = [child for child in run if child.tag != RUN_STYLE]
    for child in children[: children.index(piece)]:
        run.addprevious(_run_with(style, child))
    for child in reversed(children[children.index(piece) + 1 :]):
        run.addnext(_run_with(style, child))
    return run


def _run_with(style: Any, child: Any) -> Any:
    run = etree.Element(RUN)
    if style is not None:
        run.append(deepcopy(style))
    run.append(child)
    return run


def _run_like(run: Any, tag: str, text: str) -> Any:
    """A run of the same style with another text."""
    made = etree.Element(tag, {SPACE: "preserve"})
    made.text = text
    return _run_with(run.find(RUN_STYLE), made)


def revised_word_file(
    name: str, data: bytes, found: Iterable[TextFinding], *, author: str, at: datetime
) -> tuple[bytes, int]:
    """Return a copy of a Word document with the fixes as tracked changes, and how many there are.

    Raises DocumentError where the file is no Word document.
    """
    root = word_body(name, data)
    fixes, writer, written = fixes_by_line(found), RevisionWriter(author, at), 0
    for number, (paragraphs, _) in enumerate(list(word_paragraphs(root))):
        for start, end, replacement in reversed(fixes.get(number, [])):
            written += writer.replace_characters(paragraphs, start, end, replacement)
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(stream, "w", ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == MAIN_PART:
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            copy.writestr(entry, content)
    return stream.getvalue(), written
