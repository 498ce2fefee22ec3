"""Heads without a number: short lines without an end between ended text and longer text, at least two of a sort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.plan.importer.duties import is_duty_text
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import BULLET_RANK, NumberMark, mark_of
from app.plan.importer.plan_frame import is_byline, is_date_line, is_organ_line
from app.plan.importer.sentences import is_terminated

LONGEST_OWN_LINE_HEAD = 26  # characters
_LONGEST_FORMATTED_HEAD = 60
_FEWEST = 2
_DATA = re.compile(r"[\d.,，%％\s]+|[|｜].*|.*[…．.]{3}.*")


def find_unnumbered_heads(lines: Sequence[TextLine]) -> dict[int, str]:
    """The lines that are heads without a number, each with its habit."""
    by_format = {
        place: f"outline{line.depth}"
        for place, line in enumerate(lines)
        if line.depth and len(line.text) <= _LONGEST_FORMATTED_HEAD and _number_of(line) is None
    }
    bold = [place for place in range(len(lines)) if _is_bold_line(lines, place)]
    plain = [place for place in range(len(lines)) if place not in by_format and _is_plain_head(lines, place)]
    found = dict(by_format)
    if len(bold) >= _FEWEST:
        found |= {place: "bold_line" for place in bold if place not in found}
    between = [place for place in plain if not place or is_terminated(lines[place - 1].text)]
    if len(between) >= _FEWEST and not by_format:
        found |= {place: "own_line" for place in plain if place not in found}
    return found


def stands_above(lines: Sequence[TextLine], heads: dict[int, str]) -> bool:
    """Whether heads without number stand above the numbered ones.

    They do where a list of numbers begins again under each, or each list ends before the next head; where a list
    goes on over them, they stand below.
    """
    marks = [(place, mark) for place, line in enumerate(lines) if (mark := _number_of(line))]
    if not heads or not marks:
        return True
    first = min(heads)
    before = [mark for place, mark in marks if place < first]
    if not before:
        return not _is_continued(marks, heads)
    return False


def _number_of(line: TextLine) -> NumberMark | None:
    mark = mark_of(line.text)
    return mark if mark is not None and mark.rank < BULLET_RANK else None


def _is_continued(marks: Sequence[tuple[int, NumberMark]], heads: dict[int, str]) -> bool:
    """Whether the topmost list of numbers goes on over a head without number."""
    key = marks[0][1].key
    own = [(place, mark.ordinal) for place, mark in marks if mark.key == key]
    for (place, ordinal), (after, following) in pairwise(own):
        if following == ordinal + 1 and any(place < head < after for head in heads):
            return True
    return False


def _is_bold_line(lines: Sequence[TextLine], place: int) -> bool:
    line = lines[place]
    return (
        line.is_wholly_bold
        and not line.depth
        and _number_of(line) is None
        and len(line.text) <= _LONGEST_FORMATTED_HEAD
        and not line.text.endswith(("：", ":"))
        and place + 1 < len(lines)
        and not lines[place + 1].is_wholly_bold
    )


def _is_plain_head(lines: Sequence[TextLine], place: int) -> bool:
    line = lines[place]
    before = lines[place - 1] if place else None
    after = lines[place + 1] if place + 1 < len(lines) else None
    return (
        _has_form_of_head(line)
        and (before is None or is_terminated(before.text) or _is_head_line(before))
        and after is not None
        and not after.is_row
        and (len(after.text) > LONGEST_OWN_LINE_HEAD or is_terminated(after.text) or _is_head_line(after))
    )


def _is_head_line(line: TextLine) -> bool:
    """Whether a line has a number, so that a head may stand beside it."""
    return _number_of(line) is not None and not line.text.endswith(("，", "、"))


def _has_form_of_head(line: TextLine) -> bool:
    text = line.text
    return (
        2 < len(text) <= LONGEST_OWN_LINE_HEAD
        and not is_terminated(text)
        and mark_of(text) is None
        and not {"，", "；", "：", "。", ",", "、"}.intersection(text[-1:] + text[:1])
        and not {"，", "；", "："}.intersection(text)
        and not line.is_row
        and not is_date_line(text)
        and not is_organ_line(text)
        and not is_byline(text)
        and not is_duty_text(text)
        and not _DATA.fullmatch(text)
    )
