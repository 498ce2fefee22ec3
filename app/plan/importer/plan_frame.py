"""The frame of a plan: the notice that issues it, its title, the lines under the title, and the closing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.plan.importer.duties import is_duty_text
from app.plan.importer.frame_lines import (
    DASHED,
    DOCUMENT_NUMBER,
    LONGEST_BYLINE,
    LONGEST_TITLE,
    ORGAN,
    TITLE_END,
    after_list_of_annexes,
    is_byline,
    is_date_line,
    is_end_line,
    is_list_of_annexes,
    is_numbered_item,
    is_numbered_line,
    is_salutation,
    is_short_line,
    reviews_and_plans,
)
from app.plan.importer.numbering import YEAR, YEAR_IN_TEXT, mark_of
from app.plan.importer.sentences import Span
from app.plan.importer.source_text import TextLine

_LONGEST_TITLE_LINES = 3
_CELL_ENDS = "| "  # at the end of a row in the head of a web page (文件名称 | … | ||)
_LINES_OF_A_TITLED_LIST = 3  # the line above it, its title, its first item
_MOST_BYLINES = 30
_LONGEST_SIGNATURE = 30  # characters
_NAMED_PLAN = re.compile(r"《([^《》]{4,80})》|[〈<＜]([^《》〈〉<>＜＞]{4,80})[〉>＞]")
_IN_TITLE_MARKS = re.compile(r"《([^《》]++)》|[〈<＜]([^〈〉<>＜＞]++)[〉>＞]")
_ISSUED_PLAN = re.compile(r"(?:印发|现将|制定了?)[《〈<＜]([^《》〈〉<>＜＞]{4,80})[》〉>＞]")
_NAMED_WITHOUT_MARKS = re.compile(r"关于印发([^《》〈〉<>＜＞]{4,80}?)的?通知》?$")
_SAYS_OF_PLAN = re.compile(r"《[^《》]++》(?:已经?|业经|经)")
_ISSUES_PLAN = re.compile("(?:^《[^《》]++》(?:已经?|业经|经)|现将).*(?:印发|下发)给?你们")
_ANNOUNCES = re.compile("印发|转发|批转|下发|发布|公布")
_TITLE_MARKS = re.compile(r"[\s《》〈〉<>＜＞]+")
_OPENS_REPORT = re.compile("现在[，,]?我谨?代表")
_NOTICE = re.compile(r"的?通\s*知》?$")
_BASIS_END = re.compile("(?:办法|规定|条例|意见|规划|报告)$")  # bases of a notice rather than its plan
_LABEL = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,7}\s*[：:](?=\s*\S)")
_PLACE_AT_START = re.compile(
    r"(?:中共)?[\u4e00-\u9fff×]{2,10}?(?:省|市(?!场)|区(?!域)|县(?!域)|镇|乡(?!村)|街道|局|委|社区|医院|学校|中心)"
)
_SPACE_BESIDE_HANZI = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000]+|(?<![ \u3000])[ \u3000]++(?=[\u4e00-\u9fff])"
)
_METADATA = re.compile(r"(?!title)[a-z_]+\s*[：:]|https?://|>\s*\[!")
_SPACED_DIGITS = re.compile(r"(?<!\d)\d(?: \d)+(?!\d)")
_YEAR_OR_BLANK = re.compile(r"^(?:\d{2,4}|_+|[xX×]+)年度?")
_BREADCRUMBS = re.compile("^[^<＜〈]*[>＞»→]")  # 首页 > 政务公开 > 年度计划
# Names of parts rather than plans, if a text begins inside a plan.
_CALLED_AS_PART = re.compile("[\u4e00-\u9fff]{0,4}(?:要求|原则|目标|措施|内容|任务|步骤|分工|保障|意义|背景)")
_NAME_OF_PART = re.compile("(?:重点|主要|具体)?工作(?:要点|安排|计划|思路|打算|措施)")
_TITLE_LABEL = re.compile(r"^(?:标\s*题|(?:文件)?名\s*称|title)\s*[：:|]\s*")


@dataclass(frozen=True)
class PlanFrame:
    """The lines of a plan by role: before the title, the title, under it, the content, the closing."""

    notice: list[TextLine]
    title: list[TextLine]
    byline: list[TextLine]
    content: list[TextLine]
    closing: list[TextLine]

    @property
    def annex_behind(self) -> TextLine | None:
        """Return the title of an unmarked annex: a list after the closing words, or one that the notice names."""
        first = next(iter(self.closing), None)
        is_list = _titles_list([*self.content[-1:], *self.closing[:2]])
        return first if first and (is_list or title_key(first.text) in named_annexes(self.notice)) else None

    @property
    def title_text(self) -> str:
        """Return the title as one line, without spaces between Chinese characters and digits.

        A plan without a title has the name that its notice gives it.
        """
        words = _TITLE_LABEL.sub("", "".join(line.text for line in self.title))
        title = without_title_marks(close_up(words.rstrip(_CELL_ENDS)))
        return title or named_plan(self.notice)


def without_title_marks(text: str) -> str:
    """Return a title without marks that enclose all of it (《…》)."""
    found = _IN_TITLE_MARKS.fullmatch(text)
    return (found[1] or found[2]) if found else text


def close_up(text: str) -> str:
    return _SPACED_DIGITS.sub(lambda found: "".join(found[0].split()), _SPACE_BESIDE_HANZI.sub("", text))


def frame_of(lines: Sequence[TextLine]) -> PlanFrame:
    """Divide the lines by the title and the closing."""
    start, end = _title_span(lines)
    content = _byline_end(lines, end)
    closing = max(_closing_start(lines, end), content)
    return PlanFrame(
        list(lines[:start]),
        list(lines[start:end]),
        list(lines[end:content]),
        list(lines[content:closing]),
        list(lines[closing:]),
    )


def named_plan(notice: Sequence[TextLine]) -> str:
    """Return the name that the notice gives the plan, with or without 《》; empty if there is none."""
    text = "".join(line.text for line in notice)
    named = (found[1] or found[2] for found in _NAMED_PLAN.finditer(text))
    issued = _ISSUED_PLAN.findall(text)
    names = issued + [name for name in named if not _BASIS_END.search(name)]
    names += [found[1] for line in notice if (found := _NAMED_WITHOUT_MARKS.search(line.text))]
    return next((name for name in names if TITLE_END.search(name)), issued[0] if issued else "")


def named_annexes(notice: Sequence[TextLine]) -> frozenset[str]:
    """Return the names that the notice gives its annexes (附件：1.… 2.…), without spaces."""
    first = next((n for n, line in enumerate(notice) if is_list_of_annexes(line.text)), len(notice))
    names = set[str]()
    for line in notice[first:]:
        text = line.text if line is not notice[first] else after_list_of_annexes(line.text)
        mark = mark_of(text)
        if text and mark is None and line is not notice[first]:
            break
        names.add(title_key(text[len(mark.printed) :] if mark else text))
    return frozenset(names - {""})


def _title_span(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Return the place of the title, which may take several lines; otherwise of an unended first line."""
    first_heading = _first_heading(lines)
    announced = next((n for n, line in enumerate(lines[:first_heading]) if _is_notice(line)), -1)
    if announced < 0:
        announced = next((n for n, line in enumerate(lines[:first_heading]) if _issues_plan(line)), -1)
    name = title_key(named_plan(lines[: first_heading if announced >= 0 else 0]))
    start = _signature_end(lines[:first_heading], announced + 1)
    if announced >= 0 and start == announced + 1 and _is_plan_itself(lines[:first_heading], announced):
        return _notice_span(lines, announced)
    stop = first_heading if announced < 0 else len(lines)
    chapters = reviews_and_plans(line.text for line in lines)
    spans = [
        span
        for span in _title_spans(lines, start, stop)
        if _text_of_span(lines, span) not in chapters and (announced >= 0 or not _heads_part(lines, span))
    ]
    ends = dict((end, first) for first, end in spans)
    named = list(_named_spans(lines, start, stop, name)) if name else []
    if announced >= 0 and not named:
        annexes = named_annexes(lines)
        named = [span for span in spans if title_key(_text_of_span(lines, span)) in annexes][:1]
    exact = [(min(first, ends.get(end, first)), end) for first, end in named]
    numbered = next((n for n in range(start, len(lines)) if is_numbered_line(lines[n])), len(lines))
    early = [span for span in spans if span[1] <= numbered] or spans
    early = [span for span in early if not _TITLE_LABEL.match(lines[span[0]].text)] or early
    early = [span for span in early if lines[span[0]].depth] or early
    dated = [span for span in early if YEAR_IN_TEXT.search(_text_of_span(lines, span))]
    for found in (exact, dated[:1], early[:1]):
        if found:
            return _last_repeat(lines, found[-1], early)
    if name and start > announced + 1:
        return start, start
    if announced >= 0:
        return _notice_span(lines, announced)
    serves = lines and first_heading and lines[0].text not in chapters and _may_serve_as_title(lines[0])
    return (0, 1) if serves else (0, 0)


def _heads_part(lines: Sequence[TextLine], span: Span) -> bool:
    """Return whether the span is a name of parts (工作要点), below text that began without a title."""
    is_name = _NAME_OF_PART.fullmatch(_text_of_span(lines, span))
    return bool(is_name) and any(not is_short_line(line) for line in lines[: span[0]])


def _first_heading(lines: Sequence[TextLine]) -> int:
    """Return where the content begins at the latest; bullets above a title belong to a web page (• 当前位置：…)."""
    first = next(
        (
            n
            for n, line in enumerate(lines)
            if is_numbered_line(line) or is_salutation(line.text) or _OPENS_REPORT.match(line.text)
        ),
        len(lines),
    )
    if any(map(_OPENS_REPORT.match, (line.text for line in lines[first : first + 2]))):
        return first
    numbered = next((n for n in range(first, len(lines)) if is_numbered_item(lines[n])), first)
    if any(True for _ in _title_spans(lines, 0, first)) or not any(
        True for _ in _title_spans(lines, first, numbered)
    ):
        return first
    return numbered


def _last_repeat(lines: Sequence[TextLine], span: Span, spans: Sequence[Span]) -> Span:
    """Return the place of a title that a web page prints above its own lines and again above the text."""
    title = _text_of_span(lines, span)
    again = [one for one in spans if one > span and _text_of_span(lines, one) == title]
    between = lines[span[1] : again[-1][0]] if again else []
    return span if all(_stands_under_title(line, title) for line in between) else again[-1]


def _notice_span(lines: Sequence[TextLine], announced: int) -> tuple[int, int]:
    """Return the title of a notice that is itself the plan, with its first lines above."""
    first = announced
    while announced - first + 1 < _LONGEST_TITLE_LINES and first and "关于" not in lines[first].text:
        first -= 1
    if "关于" not in lines[first].text or not all(map(_may_be_title_line, lines[first:announced])):
        first = announced
    return first, announced + 1


def _may_serve_as_title(line: TextLine) -> bool:
    return (
        is_short_line(line)
        and not _METADATA.match(line.text)
        and not _BREADCRUMBS.search(line.text)
        and not _CALLED_AS_PART.fullmatch(line.text)
        and not is_byline(line.text)
        and not is_salutation(line.text)
    )


def _is_notice(line: TextLine) -> bool:
    labelled = bool(_LABEL.match(line.text) or _METADATA.match(line.text))
    return bool(_NOTICE.search(line.text)) and len(line.text) <= 2 * LONGEST_TITLE and not labelled


def _issues_plan(line: TextLine) -> bool:
    """Return whether a line says that a plan is issued with it, although the notice has lost its title."""
    return bool(_ISSUES_PLAN.search(line.text))


def _is_plan_itself(lines: Sequence[TextLine], announced: int) -> bool:
    """Return whether a notice itself states the work, instead of issuing a plan."""
    title = _text_of_span(lines, _notice_span(lines, announced))
    return "关于" in title and not _ANNOUNCES.search(title) and not any(map(_issues_plan, lines))


def _signature_end(lines: Sequence[TextLine], after_notice: int) -> int:
    """Return the first line after the date that signs the notice; the start if there is no notice."""
    if not after_notice:
        return 0
    dates = (
        place + 1 for place, line in enumerate(lines) if place >= after_notice and is_date_line(line.text)
    )
    return next(dates, after_notice)


def _title_spans(lines: Sequence[TextLine], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the places that may be the title, each with the lines above that belong to it."""
    for last in range(start, stop):
        for first in range(last, max(start, last - _LONGEST_TITLE_LINES + 1) - 1, -1):
            if not _may_be_title_line(lines[first]):
                break
            if _may_be_title(lines[first : last + 1]) and _begins_title(lines, first, last, start):
                yield first, last + 1
                break


def _named_spans(lines: Sequence[TextLine], start: int, stop: int, name: str) -> Iterator[tuple[int, int]]:
    """Yield the places where the lines are exactly the name that the notice gives the plan."""
    for first in range(start, stop):
        text = ""
        for last in range(first, min(stop, first + _LONGEST_TITLE_LINES)):
            text += title_key(lines[last].text[: 2 * LONGEST_TITLE])
            if text == name:
                yield first, last + 1
            if not name.startswith(text):
                break


def _begins_title(lines: Sequence[TextLine], first: int, last: int, start: int) -> bool:
    """Return whether a title is complete if it begins here: the line above does not belong to it."""
    if first == start or not _may_be_title_line(lines[first - 1]) or last - first + 1 == _LONGEST_TITLE_LINES:
        return True
    above = lines[first - 1].text
    goes_on = "关于" in above or above.endswith(("年", "和", "的", "、", "度"))
    year_first = re.match(rf"{YEAR}|二[〇零○]", lines[first].text)
    organ_first = ORGAN.fullmatch(lines[first].text) and first < last
    if goes_on or ((year_first or organ_first) and ORGAN.fullmatch(above)):
        return False
    text = _text_of_span(lines, (first, last + 1))
    whole = "关于" in text or "工作报告" in "".join(text.split()) or YEAR_IN_TEXT.search(text)
    return bool(whole or _PLACE_AT_START.match(text)) or len(above) < 4


def _may_be_title_line(line: TextLine) -> bool:
    return (
        is_short_line(line)
        and not is_date_line(line.text)
        and not is_end_line(line.text)
        and not DOCUMENT_NUMBER.fullmatch(line.text)
        and not _LABEL.match(line.text)
        and not DASHED.match(line.text)
        and not _SAYS_OF_PLAN.match(line.text)
        and not _METADATA.match(line.text)
        and not _BREADCRUMBS.search(line.text)
        and not line.text.startswith(("】", "【", "）"))
    )


def _may_be_title(lines: Sequence[TextLine]) -> bool:
    text = "".join("".join(line.text.split()) for line in lines)
    return 4 <= len(text) <= LONGEST_TITLE and bool(
        TITLE_END.search(without_title_marks(text).rstrip("》〉" + _CELL_ENDS))
    )


def _byline_end(lines: Sequence[TextLine], title_end: int) -> int:
    """Return where the text begins after the lines under the title; a salutation always ends these."""
    for place in range(title_end, min(len(lines), title_end + _MOST_BYLINES)):
        if is_salutation(lines[place].text):
            return place
        if is_numbered_line(lines[place]) or len(lines[place].text) > 2 * LONGEST_BYLINE:
            break
    place = title_end
    title = _text_of_span(lines, (title_end - 1, title_end))
    while (
        place < len(lines) and not is_numbered_line(lines[place]) and _stands_under_title(lines[place], title)
    ):
        place += 1
    return place


def _stands_under_title(line: TextLine, title: str) -> bool:
    """Return whether a line is a byline, or repeats the title as web pages do, perhaps without the year."""
    again = bool(title) and _without_year(line.text) == _without_year(title)
    return is_byline(line.text) or again


def _without_year(title: str) -> str:
    return _YEAR_OR_BLANK.sub("", title.strip())


def _closing_start(lines: Sequence[TextLine], title_end: int) -> int:
    """Return where signature or annexes begin after the last measure; the end if there are none."""
    headed = next(
        (n for n in range(title_end, len(lines)) if is_numbered_line(lines[n]) or lines[n].depth), title_end
    )
    behind = range(headed + 1, len(lines))
    annexes = named_annexes(lines[:title_end])
    end = next(
        (
            n
            for n in behind
            if is_end_line(lines[n].text)
            or _titles_list(lines[n - 1 : n + 2])
            or title_key(lines[n].text[: 2 * LONGEST_TITLE]) in annexes
        ),
        len(lines),
    )
    last_number = next((n for n in range(end - 1, headed, -1) if is_numbered_line(lines[n])), headed)
    for place in range(last_number + 1, end):
        if is_date_line(lines[place].text):
            return _signature_start(lines, place, last_number)
    return end


def _titles_list(lines: Sequence[TextLine]) -> bool:
    """Return whether the second of three lines is the title of a list after the closing words."""
    if len(lines) < _LINES_OF_A_TITLED_LIST or not is_salutation(lines[0].text):
        return False
    mark = mark_of(lines[2].text)
    is_title = (
        _may_be_title(lines[1:2]) and _may_be_title_line(lines[1]) and YEAR_IN_TEXT.search(lines[1].text)
    )
    return bool(is_title) and mark is not None and mark.ordinal == 1


def _signature_start(lines: Sequence[TextLine], dated: int, headed: int) -> int:
    start = dated
    while start - 1 > headed and _may_sign(lines[start - 1].text):
        start -= 1
    return start


def _may_sign(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and bool(ORGAN.fullmatch(text)) and not is_duty_text(text)


def _text_of_span(lines: Sequence[TextLine], span: tuple[int, int]) -> str:
    return "".join(line.text for line in lines[span[0] : span[1]])


def title_key(text: str) -> str:
    """Return a title without spaces and marks, for comparison."""
    return _TITLE_MARKS.sub("", text)
