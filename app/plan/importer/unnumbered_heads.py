"""Unnumbered heads: short unended lines between ended text and longer text, at least two of a kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from app.plan.importer.duties import is_duty_text, is_ended
from app.plan.importer.frame_lines import (
    REVIEW_OR_PLAN,
    is_byline,
    is_date_line,
    is_organ_line,
    is_salutation,
    reviews_and_plans,
)
from app.plan.importer.numbering import (
    BARE_RANK,
    BULLET_RANK,
    SIGNS,
    NumberMark,
    mark_before_digits,
    mark_of,
    marks_of,
)
from app.plan.importer.sentences import SENTENCE_STOPS, cut_text, is_terminated, says_work
from app.plan.importer.source_text import TextLine

LONGEST_OWN_LINE_HEAD = 26  # characters
_LONGEST_FORMATTED_HEAD = 60
_FEWEST = 2
_FARTHEST_HEAD = 2  # lines above the list below it
_MOSTLY = 0.9  # share of the long lines
OWN_LINE, UPPER_LINE, BOLD_LEAD = "own_line", "upper_line", "bold_lead"
_PART_TITLE = re.compile(
    "(?:要求|思路|目标|任务|措施|举措|保障|重点|回顾|总结|打算|计划|安排|原则|形势|实施|附则|步骤|内容|分工|年.{0,40}工作)$"
)
_WORK = re.compile("(?:工作|任务|安排|打算|计划|部署|举措|措施|重点|内容)$")
_LONGEST_NAME = 4  # characters of a part's name that may begin like work (保障措施)
_SHORTEST_HEAD = 3
_PERIOD = re.compile("(?:(?:[一二三四五六七八九十]{1,2}|\\d{1,2})月份?|第?[一二三四]季度|[上下]半年)[：:]?")
_COUNTED = re.compile("^[一二三四五六七八九十]{1,2}是")
_COMMA = re.compile("[，,]")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
_DATES = re.compile(r"(?=.*月)[\d年月日底前至到起止—–~～\s-]+")
_DATA = re.compile(r"[\d.,，%％\s]+|[|｜].*|.*[…．.]{3}.*")


def find_lost_numbers(lines: Sequence[TextLine]) -> dict[int, NumberMark]:
    """Return the lines whose number is lost, with that number: a list restarts under them, or lacks only these."""
    formed = frozenset(_lines_like_heads(lines))
    marks = [(place, mark) for place, line in enumerate(lines) if (mark := _number_of(line))]
    found: dict[int, NumberMark] = {}
    for number, (place, mark) in enumerate(marks):
        above, before = marks[number - 1] if number else (-1, None)
        between = [one for one in range(above + 1, place) if mark_before_digits(lines[one].text) is None]
        heads = [one for one in between if one in formed and _is_text_above(lines, one)]
        if mark.ordinal == 1:
            upper = _number_over_list(marks, number, formed)
            if upper and heads and heads[-1] >= place - _FARTHEST_HEAD:
                found[heads[-1]] = upper
        elif before is not None and before.key == mark.key:
            is_run_in = not heads and all(opens_with_head(lines[one]) for one in (*between, place))
            lost = between if is_run_in else heads
            if len(lost) == mark.ordinal - before.ordinal - 1 and place - 1 not in heads:
                found |= {one: _lost_number(mark, n) for n, one in enumerate(lost, start=before.ordinal + 1)}
    return found


def _lost_number(mark: NumberMark, ordinal: int) -> NumberMark:
    return replace(mark, printed="", number="", ordinal=ordinal)


def _number_over_list(
    marks: Sequence[tuple[int, NumberMark]], number: int, formed: Container[int]
) -> NumberMark | None:
    """Return the number lost above the first item of a list; None if none is lost.

    The list restarts under the same chapter, which has no unnumbered heads, or precedes the second chapter.
    """
    first = marks[number][1]
    above = next((n for n in reversed(range(number)) if marks[n][1].rank < first.rank), None)
    if above is None:
        following = next((mark for _, mark in marks[number:] if mark.rank < first.rank), None)
        return _lost_number(following, 1) if following and following.ordinal == 2 else None
    (chapter, mark), (place, begun) = marks[above : above + 2]
    again = above + 1 < number and (begun.key, begun.ordinal) == (first.key, 1)
    if not again or any(one in formed for one in range(chapter + 1, place)):
        return None
    return _lost_number(mark, mark.ordinal + 1)


def opens_with_head(line: TextLine) -> bool:
    """Return whether a paragraph begins with a short sentence followed by others."""
    first = cut_text(line.text, SENTENCE_STOPS)[0]
    is_head = len(first) <= LONGEST_OWN_LINE_HEAD and len(first) < len(line.text)
    return is_head and not is_duty_text(line.text)


def _is_text_above(lines: Sequence[TextLine], place: int) -> bool:
    return not place or _is_text(lines[place - 1])


def find_unnumbered_heads(lines: Sequence[TextLine], lost: Container[int] = ()) -> dict[int, str]:
    """Return the lines that are unnumbered heads, with their habit; lines in `lost` only lack their number."""
    by_format = {
        place: f"outline{line.depth}"
        for place, line in enumerate(lines)
        if line.depth and len(line.text) <= _LONGEST_FORMATTED_HEAD and _number_of(line) is None
    }
    bold = [place for place in range(len(lines)) if _is_bold_line(lines, place)]
    formed = [place for place in _lines_like_heads(lines) if place not in lost]
    plain = [place for place in formed if place not in by_format and _is_plain_head(lines, place, formed)]
    found = dict(by_format)
    if len(bold) >= _FEWEST:
        found |= {place: "bold_line" for place in bold if place not in found}
    leads = _bold_leads_over_lists(lines)
    if len(leads) + len(bold) >= _FEWEST:
        found |= {place: BOLD_LEAD for place in leads}
    between = [place for place in plain if _is_text_above(lines, place)]
    top = min(_ranks_of(lines), default=0)
    lone = {place for place in between if _is_part_over_list(lines, place, top)}
    papers = reviews_and_plans(line.text for line in lines)
    lone |= {
        place for place in plain if REVIEW_OR_PLAN.fullmatch(lines[place].text) or lines[place].text in papers
    }
    if (len(between) >= _FEWEST or lone) and not by_format:
        heads = plain if len(between) >= _FEWEST else sorted(lone)
        found |= {place: OWN_LINE for place in heads if place not in found}
        upper = _heads_beside(lines, heads, papers)
        found |= {place: UPPER_LINE for place in (*upper, *_upper_heads(lines, found, formed))}
    return found or dict.fromkeys(_heads_that_announce(lines), OWN_LINE)


def _heads_beside(lines: Sequence[TextLine], heads: Sequence[int], papers: Container[str]) -> list[int]:
    """Return the heads named like reviews and plans, those followed by the same numbers as these, and the one after all
    numbers if no head is between them.
    """
    ends = [*heads[1:], len(lines)]
    firsts = {
        place: next((mark for line in lines[place:end] if (mark := _number_of(line))), None)
        for place, end in zip(heads, ends, strict=True)
    }
    named = [place for place in heads if lines[place].text in papers]
    keys = {first.key for place in named if (first := firsts[place]) and first.ordinal == 1}
    numbered = [place for place, line in enumerate(lines) if (mark := _number_of(line)) and mark.key in keys]
    behind = next((place for place in heads if numbered and place > numbered[-1]), None)
    is_part = behind is not None and heads[heads.index(behind) - 1] in named
    return [
        place
        for place, first in firsts.items()
        if place in named
        or (first is not None and first.ordinal == 1 and first.key in keys)
        or (is_part and place == behind)
    ]


def _is_part_over_list(lines: Sequence[TextLine], place: int, top: int) -> bool:
    """Return whether a line above the first item of a list has lost its own number.

    It is named like a part, or the list is of a kind found under others; `top` is the highest rank in the text.
    """
    first = _number_of(lines[place + 1])
    if first is None or first.ordinal != 1:
        return False
    return _is_part_title(lines[place].text) or (first.key == "bracketed_han" and top == first.rank)


def _ranks_of(lines: Sequence[TextLine]) -> list[int]:
    return [mark.rank for line in lines if (mark := _number_of(line))]


def _heads_that_announce(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines ending with a colon above restarting lists: the topmost, or others under short lines."""
    marks = [(place, mark) for place, line in enumerate(lines) if (mark := _number_of(line))]
    top = min(_ranks_of(lines), default=0)
    found: dict[int, str] = {}
    begins_again = False
    for number, (place, mark) in enumerate(marks):
        if not place or mark.ordinal != 1 or not _announces_list(lines[place - 1]):
            continue
        if mark.rank == top or len(lines[place - 1].text) <= LONGEST_OWN_LINE_HEAD:
            found[place - 1] = mark.key
            begins_again = begins_again or (number > 0 and marks[number - 1][1].key == mark.key)
    return list(found) if begins_again and len(found) >= _FEWEST and len({*found.values()}) == 1 else []


def _announces_list(line: TextLine) -> bool:
    is_open = line.text.endswith(("：", ":")) and not is_salutation(line.text)
    return is_open and _number_of(line) is None


def _upper_heads(lines: Sequence[TextLine], heads: dict[int, str], formed: Container[int]) -> list[int]:
    """Return the lines that are heads above heads.

    One is directly below each, or they have names of parts, if several are not below one that is called the work.
    """
    own = [place for place, habit in heads.items() if habit == OWN_LINE]
    upper = [
        place - 1
        for place in own
        if place and place - 1 in formed and (place == 1 or is_ended(lines[place - 2].text))
    ]
    named = [place for place in own if _is_part_title(lines[place].text)]
    work = next((place for place in named if _WORK.search(lines[place].text)), len(lines))
    held = [place for place in own if place > work and place not in named]
    return [*upper, *named] if upper or min(len(named), len(held)) >= _FEWEST else []


def _is_part_title(text: str) -> bool:
    """Return whether a line is a name of parts."""
    return bool(_PART_TITLE.search(text)) and (len(text) <= _LONGEST_NAME or not says_work(text))


def stands_above(lines: Sequence[TextLine], heads: dict[int, str]) -> bool:
    """Return whether unnumbered heads are above the numbered ones.

    They are if a list of numbers restarts under each, or each list ends before the next head, or each is directly above
    several numbers. If a list continues across them, they are below.
    """
    marks = [(place, mark) for place, line in enumerate(lines) if (mark := _number_of(line))]
    if not heads or not marks:
        return True
    first = min(heads)
    before = [mark for place, mark in marks if place < first]
    over = {place + 1 for place in heads}.issubset(place for place, _ in marks)
    if over and not before and len(marks) >= _FEWEST * len(heads):
        return True
    return not _is_continued(marks, heads) and (not before or _begins_again(marks, heads))


def _number_of(line: TextLine) -> NumberMark | None:
    mark = mark_of(line.text)
    return mark if mark is not None and mark.rank < BULLET_RANK else None


def _is_continued(marks: Sequence[tuple[int, NumberMark]], heads: dict[int, str]) -> bool:
    """Return whether the topmost list of numbers continues across an unnumbered head."""
    key = marks[0][1].key
    own = [(place, mark.ordinal) for place, mark in marks if mark.key == key]
    for (place, ordinal), (after, following) in pairwise(own):
        if following == ordinal + 1 and any(place < head < after for head in heads):
            return True
    return False


def _begins_again(marks: Sequence[tuple[int, NumberMark]], heads: dict[int, str]) -> bool:
    """Return whether the topmost list of numbers restarts directly under several unnumbered heads.

    This includes a list under a head that replaces a missing second number of the topmost list.
    """
    key = marks[0][1].key
    places = sorted(heads)
    after = [next((mark for number, mark in marks if number > place), None) for place in places]
    firsts = [mark for mark in after if mark is not None and mark.ordinal == 1]
    if [mark.ordinal for _, mark in marks if mark.key == key] == [1]:
        return len(firsts) == len(after)
    return sum(mark.key == key for mark in firsts) >= min(_FEWEST, len(places))


def _bold_leads_over_lists(lines: Sequence[TextLine]) -> list[int]:
    """Return the paragraphs that begin with a bold head above a list of numbers that restarts under each."""
    leads = [place for place, line in enumerate(lines) if _leads_in_bold(line)]
    ends = [*leads[1:], len(lines)]
    firsts = [
        next((mark for line in lines[place + 1 : end] if (mark := _number_of(line))), None)
        for place, end in zip(leads, ends, strict=False)
    ]
    over = [place for place, mark in zip(leads, firsts, strict=False) if mark and mark.ordinal == 1]
    sorts = {mark.key for mark in firsts if mark and mark.ordinal == 1}
    return over if len(sorts) == 1 else []


def _leads_in_bold(line: TextLine) -> bool:
    """Return whether an unnumbered paragraph begins with a few unended bold words and continues."""
    end = line.marks[1] if line.marks[:1] == (0,) and len(line.marks) > 1 else 0
    return (
        0 < end <= LONGEST_OWN_LINE_HEAD
        and end < len(line.text)
        and not line.depth
        and _number_of(line) is None
        and not is_terminated(line.text[:end])
        and line.text[end : end + 1].isspace()
    )


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


def _lines_like_heads(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines that can be heads by their form; with a comma only if paragraphs are not broken into lines."""
    long = [line.text for line in lines if len(line.text) > LONGEST_OWN_LINE_HEAD]
    whole = sum(is_ended(text) for text in long) >= _MOSTLY * len(long) > 0
    bare = {
        mark.ordinal: mark.key for line in lines for mark in marks_of(line.text) if mark.rank >= BARE_RANK
    }
    counted = {bare[1]} if 1 in bare and bare.get(2) == bare[1] else set()
    signs = _signs_over_text(lines)
    return [
        place
        for place, line in enumerate(lines)
        if _has_form_of_head(line, signs)
        and (whole or not _COMMA.search(line.text))
        and not (counted and counted.intersection(mark.key for mark in marks_of(line.text)))
    ]


def _signs_over_text(lines: Sequence[TextLine]) -> set[str]:
    """Return the bullets used before heads: each above a line that begins otherwise."""
    signs = [line.text[0] if line.text[0] in SIGNS else "" for line in lines]
    times = Counter(filter(None, signs))
    repeated = {sign for sign, after in pairwise([*signs, *signs[-1:]]) if sign == after}
    return {sign for sign, count in times.items() if count >= _FEWEST} - repeated


def _is_plain_head(lines: Sequence[TextLine], place: int, formed: Container[int]) -> bool:
    before = lines[place - 1] if place else None
    if before is not None and before.text.endswith(("：", ":")) and is_duty_text(before.text):
        return False
    after = lines[place + 1] if place + 1 < len(lines) else None
    return (
        (
            before is None
            or _is_text(before)
            or _is_head_line(before)
            or _is_upper(lines, place - 1, formed)
            or bool(REVIEW_OR_PLAN.fullmatch(lines[place].text))
        )
        and after is not None
        and not after.is_row
        and (len(after.text) > LONGEST_OWN_LINE_HEAD or _is_text(after) or _is_head_line(after))
    )


def _is_text(line: TextLine) -> bool:
    """Return whether a line is a whole paragraph (ended) or only a date."""
    return is_ended(line.text) or bool(_DATES.fullmatch(line.text))


def _is_upper(lines: Sequence[TextLine], place: int, formed: Container[int]) -> bool:
    """Return whether a line can be a head above the one below it."""
    return place in formed and (not place or is_ended(lines[place - 1].text))


def _is_head_line(line: TextLine) -> bool:
    """Return whether a line has a number, so that a head may be beside it."""
    return _number_of(line) is not None and not line.text.endswith(("，", "、"))


def _has_form_of_head(line: TextLine, signs: set[str]) -> bool:
    text = line.text.lstrip("".join(signs)) if signs else line.text
    if _PERIOD.fullmatch(text):
        return True
    return (
        _SHORTEST_HEAD <= len(_COUNTED.sub("", text)) <= LONGEST_OWN_LINE_HEAD
        and not is_terminated(text)
        and mark_of(text) is None
        and not {"，", "；", "：", "。", ",", "、"}.intersection(text[-1:] + text[:1])
        and not {"；", "：", "。"}.intersection(text)
        and len(_COMMA.findall(_QUOTED.sub("", text))) <= 1
        and not line.is_row
        and not is_date_line(text)
        and not is_organ_line(text)
        and not is_byline(text)
        and not is_duty_text(text)
        and not _DATA.fullmatch(text)
        and not _DATES.fullmatch(text)
    )
