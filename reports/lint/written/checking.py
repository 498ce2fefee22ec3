"""Checking the lines of a text, and applying fixes to them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.lint.checking import check_document
from reports.lint.finding import FindingPlace, LintContext, LintFinding, PassageKind
from reports.lint.written.document import LinePiece, ReadDocument, document_of_lines
from reports.lint.written.lines import WrittenLine
from reports.model import DocumentPart


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding with its line, counted from 0, and its range in it. line: None if it is about the whole text."""

    finding: LintFinding
    place_words: str
    line: int | None = None
    start: int = 0
    end: int = 0


def check_lines(
    lines: tuple[WrittenLine, ...],
    context: LintContext = LintContext(),  # noqa: B008  frozen
) -> tuple[TextFinding, ...]:
    """Return the findings of a text in reading order."""
    read = document_of_lines(lines)
    found = [_text_finding(one, read, lines) for one in check_document(read.document, context)]
    return tuple(sorted(found, key=lambda one: (-1 if one.line is None else one.line, one.start)))


def _text_finding(finding: LintFinding, read: ReadDocument, lines: tuple[WrittenLine, ...]) -> TextFinding:
    place = finding.place
    pieces = read.origins.get(replace(place, start=0, end=0))
    if not pieces or not finding.quote:
        return TextFinding(finding, "全文")
    piece = _piece_at(pieces, place.start)
    start = place.start - piece.start + piece.offset
    end = min(start + len(finding.quote), len(lines[piece.line].text))
    return TextFinding(finding, _place_words(place, piece.line, lines), piece.line, start, end)


def _piece_at(pieces: tuple[LinePiece, ...], start: int) -> LinePiece:
    return pieces[bisect_right([piece.start for piece in pieces], start) - 1]


def _place_words(place: FindingPlace, number: int, lines: tuple[WrittenLine, ...]) -> str:
    """The place of a line in words: 标题, 第3段, 第1个表第2行第4列."""
    line = lines[number]
    if line.table is not None:
        return f"第{line.table + 1}个表第{line.row + 1}行第{line.column + 1}列"
    if place.part is DocumentPart.TITLE:
        return "标题"
    if place.kind is PassageKind.ADDRESSEE:
        return "主送机关"
    count = sum(1 for one in lines[: number + 1] if one.text.strip() and one.table is None)
    return f"第{count}段"


def fixed_lines(lines: tuple[WrittenLine, ...], found: Iterable[TextFinding]) -> tuple[WrittenLine, ...]:
    """Return the lines with the fixes applied; of two that overlap, the first one."""
    fixed = list(lines)
    for line, fixes in fixes_by_line(found).items():
        text, breaks = lines[line].text, lines[line].breaks
        for start, end, replacement in reversed(fixes):
            text = f"{text[:start]}{replacement}{text[end:]}"
            moved = len(replacement) - (end - start)
            breaks = tuple((_moved_place(place, start, end, moved), gap) for place, gap in breaks)
        fixed[line] = replace(lines[line], text=text, breaks=breaks)
    return tuple(fixed)


def _moved_place(place: int, start: int, end: int, moved: int) -> int:
    """A place after some characters were replaced; a place within them moves behind the replacement."""
    if place <= start:
        return place
    return place + moved if place >= end else end + moved


def fixes_by_line(found: Iterable[TextFinding]) -> dict[int, list[tuple[int, int, str]]]:
    """The fixes as ranges with replacements by line, in order and without overlaps."""
    fixes: dict[int, list[tuple[int, int, str]]] = {}
    for one in found:
        if one.line is None or one.finding.fix is None or one.end - one.start != len(one.finding.quote):
            continue
        before = fixes.setdefault(one.line, [])
        if not before or before[-1][1] <= one.start:
            before.append((one.start, one.end, one.finding.fix.replacement))
    return fixes
