"""Fixes as tracked changes in a copy of a Word document, for its writer to accept or refuse in WPS or Word; what a
person has to decide as comments.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from itertools import count, islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from reports.lint.written.checking import TextFinding, fixes_by_line
from reports.lint.written.lines import MAIN_PART, RUN, W, text_pieces, word_body, word_paragraphs
from reports.lint.written.word_comments import MOST_COMMENTS, CommentWriter, part_of

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

    def write_fixes(self, paragraphs: list[list[Any]], fixes: dict[int, list[tuple[int, int, str]]]) -> int:
        """Write fixes by the number of their paragraph, from the end of each to its beginning; return how many."""
        return sum(
            self.replace_characters(paragraphs[number], start, end, replacement)
            for number, found in fixes.items()
            for start, end, replacement in reversed(found)
        )

    def runs_of_characters(self, paragraphs: list[Any], start: int, end: int) -> tuple[Any, Any] | None:
        """Cut runs so that some hold these characters of a paragraph alone; return the first and the last of them.

        None where that cannot be: they are part of somebody else's tracked change, or of two paragraphs.
        """
        touched = [
            (piece, max(start - at, 0), min(end - at, len(text)))
            for piece, at, text in _placed_pieces(paragraphs)
            if at < end and start < at + len(text)
        ]
        if not touched or not all(_can_be_revised(piece) for piece, _, _ in touched):
            return None
        runs = [_cut_run(*one) for one in touched]
        return (runs[0], runs[-1]) if len({run.getparent() for run in runs}) == 1 else None

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


def _cut_run(piece: Any, first: int, last: int) -> Any:
    """The run that holds some characters of a text alone, what stood before and behind them in runs of their own."""
    run, text = _lone_run(piece), piece.text or ""
    if text[:first]:
        run.addprevious(_run_like(run, TEXT, text[:first]))
    if text[last:]:
        run.addnext(_run_like(run, TEXT, text[last:]))
    piece.text = text[first:last]
    piece.set(SPACE, "preserve")
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
    name: str,
    data: bytes,
    found: Iterable[TextFinding],
    *,
    remarks: Iterable[TextFinding] = (),
    author: str,
    at: datetime,
) -> tuple[bytes, int]:
    """Return a copy of a Word document with fixes as tracked changes, remarks as comments, and how many there are.

    Raises DocumentError where the file is no Word document.
    """
    root = word_body(name, data)
    writer, paragraphs = RevisionWriter(author, at), [one for one, _ in word_paragraphs(root)]
    with ZipFile(BytesIO(data)) as package:
        comments = CommentWriter(package, writer.values)
        for one in islice((one for one in remarks if one.line is not None), MOST_COMMENTS):
            runs = writer.runs_of_characters(
                paragraphs[one.line or 0], one.start, max(one.end, one.start + 1)
            )
            if runs:
                comments.add_comment(*runs, one.finding.reason)
        written = comments.written + writer.write_fixes(paragraphs, fixes_by_line(found))
        changed = comments.parts | {MAIN_PART: part_of(root)}
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as copy:
            for entry in package.infolist():
                content = changed.pop(entry.filename, None)
                copy.writestr(entry, package.read(entry) if content is None else content)
            for part, content in changed.items():
                copy.writestr(part, content)
    return stream.getvalue(), written
