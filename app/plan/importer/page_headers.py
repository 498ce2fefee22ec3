"""Lines that belong to the page and not to the text: page numbers, page headers, a table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.plan.importer.frame_lines import TITLE_END
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import mark_of

# Of a line whose gaps are single spaces. No two parts can take the same characters, so that nothing is tried twice.
_PAGE_NUMBER = re.compile(
    r"[-—–－─_· ]*+(?:(?<=[-—–－─])|(?<=[-—–－─] )|第 ?[-—–－─] ?)\d{1,4} ?[-—–－─][-—–－─ ]*+"
    r"|第 ?\d{1,4} ?页(?: ?[，,/]? ?共 ?\d{1,4} ?页)?"
    r"|(?:[Pp]age ?)?\d{1,4} ?(?:/|of) ?\d{1,4}"
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_RULE = re.compile(r"[-_=—─*]{3,}")
_CONTENTS = re.compile(r"目\s*[录次]")
# What stands between an entry of a table of contents and its page, which comes at the end of the line.
_LEADER = re.compile(r"[.…·．。⋯]{3}|\s{2}|\t|…")
# That end, backwards, as the page says what it ends with: the page, and the gap before it.
_BACKWARDS = tuple(
    re.compile(rf"[）)\-—]?\s*+\d{{1,3}}(?!\d)(?:\s*+[（(\-—])?+(?P<gap>[\s{marks}]++)(?=.)")
    for marks in (".…·．", ".…·．。⋯")
)
_SENTENCE_END = tuple("。！？；：:)）")
LONGEST_HEADER = 40  # characters


def separate_page_lines(lines: list[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """Separate the lines into those of the text and those of the page."""
    page = _page_numbers(lines) | _contents_lines(lines)
    rest = [line for line in lines if line.number not in page]
    page |= _header_lines(rest, _page_joints(lines, page), _beside_numbers(lines, page))
    return (
        [line for line in lines if line.number not in page],
        [line for line in lines if line.number in page],
    )


def _page_numbers(lines: list[TextLine]) -> set[int]:
    sure = {
        line.number
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
        sure |= {line.number for line in bare}
    return sure


def number_paragraphs(lines: Sequence[TextLine]) -> frozenset[int]:
    """The numbers of lines that hold a bare number over a dash, where all bare numbers do: those of paragraphs."""
    bare = [(line, after) for line, after in pairwise(lines) if _BARE_NUMBER.fullmatch(line.text)]
    dashed = all(after.text.startswith("——") for _, after in bare)
    return frozenset(line.number for line, _ in bare) if dashed else frozenset()


def _contents_lines(lines: list[TextLine]) -> set[int]:
    """The lines of a table of contents: leaders and page numbers, or headings that come again below."""
    found = {line.number for line in lines if mark_of(line.text) and _contents_entry(line.text)}
    start = next((place for place, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return found if len(found) >= 3 else set()
    last_place = {_entry_text(line.text): place for place, line in enumerate(lines)}
    found.add(lines[start].number)
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if line.number not in found and last_place[_entry_text(line.text)] == place:
            break
        found.add(line.number)
    return found


def _entry_text(text: str) -> str:
    return "".join((_contents_entry(text) or text).split())


def _contents_entry(text: str) -> str:
    """The heading in a line of a table of contents: what stands before leaders and a page; empty for other lines."""
    for pattern in _BACKWARDS:
        found = pattern.match(text[::-1])
        if found and _LEADER.search(found["gap"]):
            return text[: len(text) - found.end()]
    return ""


def _page_joints(lines: list[TextLine], page: set[int]) -> set[int]:
    """The numbers of lines that stand where one page ends and the next begins."""
    joints: set[int] = set()
    for before, line in zip([None, *lines], lines, strict=False):
        interrupts = (
            before is not None and before.number not in page and not before.text.endswith(_SENTENCE_END)
        )
        if interrupts and before is not None and len(before.text) > LONGEST_HEADER // 2:
            joints.add(line.number)
    return joints | _beside_numbers(lines, page)


def _beside_numbers(lines: list[TextLine], page: set[int]) -> set[int]:
    """The numbers of lines that stand right under or over the number of a page."""
    return {
        line.number
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
        if any(other is not None and other.number in page for other in (before, after))
    }


def _header_lines(lines: list[TextLine], joints: set[int], beside: set[int]) -> set[int]:
    """Lines that come again on page after page; of a repeated title one stays.

    Two are enough where each stands beside the number of a page.
    """
    times = Counter(line.text for line in lines if _may_be_header(line))
    found: set[int] = set()
    places: dict[str, list[int]] = {text: [] for text, count in times.items() if count > 1}
    for line in lines:
        if line.text in places:
            places[line.text].append(line.number)
    places = {
        text: repeats for text, repeats in places.items() if len(repeats) > 2 or beside.issuperset(repeats)
    }
    first_heading = next((line.number for line in lines if mark_of(line.text)), None)
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
    """The last repeat before the first numbered heading is the title itself."""
    before = [number for number in repeats if first_heading is None or number < first_heading]
    return before[-1] if before else repeats[0]
