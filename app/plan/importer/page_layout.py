"""Undoing page layout: page numbers, headers and contents among the lines, and lines broken at the page's width.

If most lines are equally wide, a full line continues in the next one and a shorter one ends its paragraph. What the
width cannot decide (a full line that ends a sentence, a number below a full line) is left to SEAM_RULES.
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
from app.plan.importer.numbering import BULLET_RANK, mark_of
from app.plan.importer.sentences import SENTENCE_STOPS, cannot_begin, cut_text, is_terminated
from app.plan.importer.source_text import TextLine

# For a line with single spaces. No two alternatives match the same characters, so backtracking stays cheap.
_PAGE_NUMBER = re.compile(
    r"[-—–－─_· ]*+(?:(?<=[-—–－─])|(?<=[-—–－─] )|第 ?[-—–－─] ?)\d{1,4} ?[-—–－─][-—–－─ ]*+"
    r"|第 ?\d{1,4} ?页(?: ?[，,/]? ?共 ?\d{1,4} ?页)?"
    r"|(?:(?:[Pp]age|页码) ?[:：]? ?)?\d{1,4} ?(?:/|of) ?\d{1,4}"
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_RULE = re.compile(r"[-_=—─*]{3,}")
_CONTENTS = re.compile(r"目\s*[录次]")
# The gap between an entry of a table of contents and its page number, which ends the line.
_LEADER = re.compile(r"[.…·．。⋯]{3}|\s{2}|\t|…")
# The end of such an entry, backwards: page number and gap.
_BACKWARDS = tuple(
    re.compile(rf"[）)\-—]?\s*+\d{{1,3}}(?!\d)(?:\s*+[（(\-—])?+(?P<gap>[\s{marks}]++)(?=.)")
    for marks in (".…·．", ".…·．。⋯")
)
_SENTENCE_END = tuple("。！？；：:)）")
LONGEST_HEADER = 40  # characters


def separate_page_lines(lines: list[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """Separate the lines into those of the text and those of the page layout."""
    page = _page_numbers(lines) | _contents_lines(lines)
    rest = [line for line in lines if line.start not in page]
    page |= _header_lines(rest, _page_joints(lines, page), _beside_numbers(lines, page))
    return (
        [line for line in lines if line.start not in page],
        [line for line in lines if line.start in page],
    )


def _page_numbers(lines: list[TextLine]) -> set[int]:
    sure = {
        line.start
        for line in lines
        if line.is_page or _PAGE_NUMBER.fullmatch(" ".join(line.text.split())) or _RULE.fullmatch(line.text)
    }
    bare = [line for line in lines if _BARE_NUMBER.fullmatch(line.text)]
    values = [int(line.text) for line in bare]
    if (
        not number_paragraphs(lines)
        and len(values) >= 2
        and all(after == before + 1 for before, after in pairwise(values))
    ):
        sure |= {line.start for line in bare}
    return sure


def number_paragraphs(lines: Sequence[TextLine]) -> frozenset[int]:
    """Return the starts of lines with a bare number above a dash (it begins a paragraph), if all are like this."""
    bare = [(line, after) for line, after in pairwise(lines) if _BARE_NUMBER.fullmatch(line.text)]
    dashed = all(after.text.startswith("——") for _, after in bare)
    return frozenset(line.start for line, _ in bare) if dashed else frozenset()


def _contents_lines(lines: list[TextLine]) -> set[int]:
    """Return the lines of a table of contents: leaders and page numbers, or headings repeated below."""
    found = {line.start for line in lines if mark_of(line.text) and _contents_entry(line.text)}
    start = next((place for place, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return found if len(found) >= 3 else set()
    last_place = {_entry_text(line.text): place for place, line in enumerate(lines)}
    found.add(lines[start].start)
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if line.start not in found and last_place[_entry_text(line.text)] == place:
            break
        found.add(line.start)
    return found


def _entry_text(text: str) -> str:
    return "".join((_contents_entry(text) or text).split())


def _contents_entry(text: str) -> str:
    """Return the heading in a line of a table of contents, before leaders and page number; empty for other lines."""
    for pattern in _BACKWARDS:
        found = pattern.match(text[::-1])
        if found and _LEADER.search(found["gap"]):
            return text[: len(text) - found.end()]
    return ""


def _page_joints(lines: list[TextLine], page: set[int]) -> set[int]:
    """Return the starts of lines where one page ends and the next begins."""
    joints: set[int] = set()
    for before, line in zip([None, *lines], lines, strict=False):
        interrupts = (
            before is not None and before.start not in page and not before.text.endswith(_SENTENCE_END)
        )
        if interrupts and before is not None and len(before.text) > LONGEST_HEADER // 2:
            joints.add(line.start)
    return joints | _beside_numbers(lines, page)


def _beside_numbers(lines: list[TextLine], page: set[int]) -> set[int]:
    """Return the starts of lines directly below or above a page number."""
    return {
        line.start
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
        if any(other is not None and other.start in page for other in (before, after))
    }


def _header_lines(lines: list[TextLine], joints: set[int], beside: set[int]) -> set[int]:
    """Return the lines repeated on several pages; one line of a repeated title is kept.

    Two repetitions suffice if each is beside a page number.
    """
    times = Counter(line.text for line in lines if _may_be_header(line))
    found: set[int] = set()
    places: dict[str, list[int]] = {text: [] for text, count in times.items() if count > 1}
    for line in lines:
        if line.text in places:
            places[line.text].append(line.start)
    places = {
        text: repeats for text, repeats in places.items() if len(repeats) > 2 or beside.issuperset(repeats)
    }
    first_heading = next((line.start for line in lines if mark_of(line.text)), None)
    for text, repeats in places.items():
        if TITLE_END.search(text):
            found |= set(repeats) - {_original_title(repeats, first_heading)}
        elif joints.intersection(repeats):
            found |= set(repeats)
    return found


def _may_be_header(line: TextLine) -> bool:
    return (
        3 <= len(line.text) <= LONGEST_HEADER
        and not line.text.endswith(_SENTENCE_END)
        and not line.depth
        and not {"：", "，"}.intersection(line.text)
        and mark_of(line.text) is None
    )


def _original_title(repeats: list[int], first_heading: int | None) -> int:
    """Return the last repetition before the first numbered heading, which is the title itself."""
    before = [number for number in repeats if first_heading is None or number < first_heading]
    return before[-1] if before else repeats[0]


_NEARLY_ALL = 0.97  # share of the lines
_FEWEST_LINES = 12
_FEWEST_BROKEN = 4
_SHARE_BROKEN = 0.15  # of the lines
_WIDEST_LINE = 60  # characters
_NARROWEST_LINE = 16
_WIDTH_LEFT = (
    2.5  # characters that a full line may lack: the paragraph's indent, or a mark that must not begin a line
)
_MOST_OVER = 1.5  # characters by which a line may exceed the usual width
_INDENT = 2.0
_LONGEST_PARAGRAPH = 10_000  # characters
_NOTHING_LEFT = 0.5
_LONGEST_RUN_IN_HEAD = 16
_FIELD = re.compile(r"[a-z_]{2,12}\s*[:：]")  # of a page's metadata: title: …
_SENTENCE_ENDS = tuple(SENTENCE_STOPS)


@dataclass(frozen=True)
class BrokenPage:
    """How a page breaks lines: the width of a full line, and whether paragraphs are indented.

    run_in_keys: the ways of numbering used before whole sentences, not only before heads.
    """

    width: float
    indents: bool
    run_in_keys: frozenset[str]

    def is_full(self, line: TextLine) -> bool:
        return fills_page(line, self.width)


def join_broken_lines(lines: Sequence[TextLine], page_lines: Sequence[TextLine]) -> list[TextLine]:
    """Join lines that were only broken by page width or page end; `page_lines` were removed from between them."""
    page = broken_page_of(lines)
    tops = _tops_of_pages(lines, page_lines)
    joined: list[TextLine] = []
    for before, line in zip([None, *lines], lines, strict=False):
        parted = line.after_blank and line.start not in tops
        parted = parted or (bool(joined) and len(joined[-1].text) > _LONGEST_PARAGRAPH)
        if before is None or parted:
            joined.append(line)
        elif (line.start in tops and _splits_heading(joined[-1], line)) or (
            page is not None and _goes_on(page, joined[-1], before, line)
        ):
            joined[-1] = _append_line(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _splits_heading(text: TextLine, line: TextLine) -> bool:
    """Return whether a numbered head that fills its line continues on the next page."""
    is_head = mark_of(text.text) is not None and not (is_ended(text.text) or _holds_stop(text.text))
    is_rest = not (is_terminated(line.text) or line.depth or line.is_row) and mark_of(line.text) is None
    return is_head and is_rest and len(text.text) >= _NARROWEST_LINE and len(line.text) < len(text.text)


def join_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines, each number alone above the dash of its paragraph joined to it."""
    numbers = number_paragraphs(lines)
    joined: list[TextLine] = []
    for line in lines:
        if joined and joined[-1].start in numbers and not joined[-1].pieces:
            joined[-1] = _append_line(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _tops_of_pages(lines: Sequence[TextLine], page_lines: Sequence[TextLine]) -> set[int]:
    """Return the starts of the first lines after the footer or header of a page."""
    between = sorted(line.start for line in page_lines)
    return {
        line.start
        for before, line in pairwise(lines)
        if bisect_left(between, before.start) < bisect_left(between, line.start)
    }


def broken_page_of(lines: Sequence[TextLine]) -> BrokenPage | None:
    """Return the page width at which the lines are broken; None if they are whole paragraphs."""
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
    """Return the width of most full lines; some have half a character more, or hanging punctuation."""
    full = Counter(width for width in widths if widest - _MOST_OVER <= width <= widest)
    return max(full, key=lambda width: (full[width], width))


def fills_page(line: TextLine, width: float) -> bool:
    return width_of_line(line) >= width - _WIDTH_LEFT


def width_of_line(line: TextLine) -> float:
    """Return the width of a line in characters; two ASCII characters count as one."""
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
    """Return whether `line` continues `text`, whose last line is `before`."""
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
    """Return whether names of departments at the end of `text` continue in the next line."""
    is_own = mark_of(line.text) is not None or is_duty_text(line.text)
    return not is_own and ends_with_duty(text.text) and ends_with_duty(text.text + line.text)


def _ends_title(text: str) -> bool:
    """Return whether a line without stops ends like a title, so that the next line does not belong to it."""
    if any(stop in text for stop in (*SENTENCE_STOPS, "，", "；")):
        return False
    return mark_of(text) is None and (bool(TITLE_END.search(text)) or text.endswith("通知"))


def _goes_on_after_end(page: BrokenPage, before: TextLine, line: TextLine) -> bool:
    """Return whether a paragraph continues after a full line that ends a sentence."""
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
