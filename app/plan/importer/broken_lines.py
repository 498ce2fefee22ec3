"""Lines that a page broke at its width, put together again before anything else is asked of them.

Where most lines of a text are equally wide, a full one goes on in the next, and a shorter one is the last of its
paragraph. What width cannot tell (a full line that ends a sentence, a number below a full line) is left to the
rules for seams.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.plan.importer.duties import ends_with_duty, is_duty_text, is_ended
from app.plan.importer.frame_lines import TITLE_END, says_of_page
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import BULLET_RANK, mark_of
from app.plan.importer.page_headers import number_paragraphs
from app.plan.importer.sentences import SENTENCE_STOPS, cannot_begin, cut_text, is_terminated

_NEARLY_ALL = 0.97  # share of the lines
_FEWEST_LINES = 12
_FEWEST_BROKEN = 4
_SHARE_BROKEN = 0.15  # of the lines
_WIDEST_LINE = 60  # characters
_NARROWEST_LINE = 16
_WIDTH_LEFT = (
    2.5  # characters that a full line may lack: its paragraph's indent, a sign that must not begin a line
)
_MOST_OVER = 1.5  # characters of a line that the page squeezed in, or hung over its edge
_INDENT = 2.0
_LONGEST_PARAGRAPH = 10_000  # characters
_NOTHING_LEFT = 0.5
_LONGEST_RUN_IN_HEAD = 16
_FIELD = re.compile(r"[a-z_]{2,12}\s*[:：]")  # of a page's description: title: …
_SENTENCE_ENDS = tuple(SENTENCE_STOPS)


@dataclass(frozen=True)
class BrokenPage:
    """How a page breaks its lines: the width of a full one, whether paragraphs begin indented.

    `run_in_keys` are the ways of numbering whose numbers stand before whole sentences, not before heads alone.
    """

    width: float
    indents: bool
    run_in_keys: frozenset[str]

    def is_full(self, line: TextLine) -> bool:
        return fills_page(line, self.width)


def join_broken_lines(lines: Sequence[TextLine], page_lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those put together that only the width of the page parted; `page_lines` stood among them."""
    page = broken_page_of(lines)
    if page is None:
        return list(lines)
    joined: list[TextLine] = []
    tops = _tops_of_pages(lines, page_lines)
    for before, line in zip([None, *lines], lines, strict=False):
        parted = line.after_blank and line.number not in tops
        parted = parted or (bool(joined) and len(joined[-1].text) > _LONGEST_PARAGRAPH)
        if before is not None and not parted and _goes_on(page, joined[-1], before, line):
            joined[-1] = _append_line(joined[-1], line)
        else:
            joined.append(line)
    return joined


def join_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, each number that stands alone over the dash of its paragraph put before it."""
    numbers = number_paragraphs(lines)
    joined: list[TextLine] = []
    for line in lines:
        if joined and joined[-1].number in numbers and not joined[-1].pieces:
            joined[-1] = _append_line(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _tops_of_pages(lines: Sequence[TextLine], page_lines: Sequence[TextLine]) -> set[int]:
    """The numbers of the first lines below what stood at the foot or head of a page."""
    between = sorted(line.number for line in page_lines)
    return {
        line.number
        for before, line in pairwise(lines)
        if bisect_left(between, before.number) < bisect_left(between, line.number)
    }


def broken_page_of(lines: Sequence[TextLine]) -> BrokenPage | None:
    """What the page is like at whose width the lines are broken; None where they are whole paragraphs."""
    words = [line for line in lines if not line.is_row]
    widths = sorted(map(width_of_line, words))
    if len(widths) < _FEWEST_LINES:
        return None
    widest = _usual_width(widths, widths[int(_NEARLY_ALL * (len(widths) - 1))])
    if not _NARROWEST_LINE <= widest <= _WIDEST_LINE:
        return None
    broken = sum(
        fills_page(before, widest) and not is_terminated(before.text) and mark_of(line.text) is None
        for before, line in pairwise(words)
    )
    if broken < _FEWEST_BROKEN or broken < _SHARE_BROKEN * len(words):
        return None
    firsts = [
        line.indented
        for before, line in pairwise(words)
        if fills_page(line, widest) and not fills_page(before, widest)
    ]
    return BrokenPage(widest, 2 * sum(firsts) > len(firsts), frozenset(_run_in_keys(widest, words)))


def _usual_width(widths: Sequence[float], widest: float) -> float:
    """The width of most full lines; some hold half a character more, or a sign that hangs over the edge."""
    full = Counter(width for width in widths if widest - _MOST_OVER <= width <= widest)
    return max(full, key=lambda width: (full[width], width))


def fills_page(line: TextLine, width: float) -> bool:
    return width_of_line(line) >= width - _WIDTH_LEFT


def width_of_line(line: TextLine) -> float:
    """How wide a line is on the page, in characters: two of ASCII are as wide as one of hanzi."""
    return sum(0.5 if character.isascii() else 1.0 for character in line.text) + _INDENT * line.indented


def _run_in_keys(width: float, lines: Sequence[TextLine]) -> Iterator[str]:
    heads, sentences = Counter[str](), Counter[str]()
    for line in lines:
        mark = mark_of(line.text)
        if mark is None or mark.rank >= BULLET_RANK:
            continue
        sentences[mark.key] += _holds_stop(line.text)
        heads[mark.key] += not fills_page(line, width) and not is_terminated(line.text)
    yield from (key for key in sentences if sentences[key] >= heads[key])


def _holds_stop(text: str) -> bool:
    return any(stop in text for stop in SENTENCE_STOPS)


def _goes_on(page: BrokenPage, text: TextLine, before: TextLine, line: TextLine) -> bool:
    """Whether `line` continues `text`, whose last line is `before`."""
    if before.depth or line.depth or before.is_row or line.is_row or not page.is_full(before):
        return False
    if cannot_begin(line.text) or _splits_duty(text, line):
        return True
    if page.indents and line.indented:
        return False
    if _ends_title(text.text) or _FIELD.match(line.text) or says_of_page(text.text):
        return False
    if is_ended(text.text):
        return mark_of(line.text) is None and _goes_on_after_end(page, before, line)
    mark = mark_of(text.text)
    if mark_of(line.text) is not None:
        return _holds_stop(text.text) or (mark is None and "，" in text.text)
    if mark is None or _holds_stop(text.text):
        return True
    return mark.key in page.run_in_keys or not (page.is_full(line) or is_terminated(line.text))


def _splits_duty(text: TextLine, line: TextLine) -> bool:
    """Whether the names of departments that end `text` go on in the next line."""
    is_own = mark_of(line.text) is not None or is_duty_text(line.text)
    return not is_own and ends_with_duty(text.text) and ends_with_duty(text.text + line.text)


def _ends_title(text: str) -> bool:
    """Whether a line without any stop ends as titles do, so that what follows is no part of it."""
    if any(stop in text for stop in (*SENTENCE_STOPS, "，", "；")):
        return False
    return mark_of(text) is None and (bool(TITLE_END.search(text)) or text.endswith("通知"))


def _goes_on_after_end(page: BrokenPage, before: TextLine, line: TextLine) -> bool:
    """Whether a paragraph goes on behind a full line that ends a sentence: rather so where no sign is left over."""
    if not page.is_full(line) and not is_terminated(line.text):
        return False
    if page.indents:
        return True
    is_exact = width_of_line(before) >= page.width - _NOTHING_LEFT
    first = cut_text(line.text, SENTENCE_STOPS)[0]
    begins_with_head = len(first) < min(len(line.text), _LONGEST_RUN_IN_HEAD)
    return is_exact and before.text.endswith(_SENTENCE_ENDS) and not begins_with_head


def _append_line(text: TextLine, line: TextLine) -> TextLine:
    pieces = text.pieces or ((0, text.start),)
    return replace(
        text,
        text=text.text + line.text,
        marks=(*text.marks, *(len(text.text) + place for place in line.marks)),
        pieces=(*pieces, (len(text.text), line.start)),
    )
