"""Restoring lost line breaks: between title and text, between chapters, and between a head and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.plan.importer.numbering import YEAR, NumberMark, mark_of
from app.plan.importer.source_text import TextLine

_CHAPTER_KEYS = frozenset({"han", "bracketed_han"})
_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:{_HAN}、|[（(]{_HAN}[）)])"
_TITLE_NOUN = "(?:计划|规划|总结|方案|要点|安排|意见|报告|措施)"
# Words that begin a paragraph but never follow inside a head.
_OPENS_TEXT = (
    rf"(?:为(?:了|进一步|[深认切贯全持推加更按做])|根据|按照|依据|今年(?:是|以来)|各位|同志们|各(?=[^，。：:]{{1,24}}[：:])|尊敬的|现将"
    rf"|{YEAR}年(?=[，,是全上下])"
    "|以(?=[^，。]{0,12}[为思])|坚持|通过|从|针对|刚刚|过去|一年来|五年来|面对|全[面市区县镇]|深入|认[真清]|切实|着力|大力|积极"
    "|进一步|扎实|继续|持续|不断|紧[紧密扣]|始终|围绕|牢[固牢]|成立|力争|确保|充分|统筹|发挥|高度|到(?=\\d)|本(?=次|方案|计划))"
)
_LOST_BREAK = re.compile(
    rf"(?<={_TITLE_NOUN})一、|(?<=[\s。；！：:;!])(?:{_HAN}、|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)])|[（(]{_HAN}[）)]"
)
_TITLE_BEFORE_TEXT = re.compile(
    rf"(?:^|(?<=[。！？\s日]))[^\s，,。；：:]{{2,40}}?{_TITLE_NOUN}(?:\s|(?={_OPENS_TEXT})|$)"
)
_TITLE_BEFORE_SENTENCE = re.compile(rf"([^\s，,。；：:]{{4,60}}{_TITLE_NOUN})\s+(?=[^\s，,。；：:]+[，,：:])")
_CHAPTER_BEHIND_TITLE = re.compile(rf"([^，。；：、]{{2,40}}{_TITLE_NOUN}\s+)(一、[^，。；：]{{2,24}})")
_CHAPTER_BEFORE_TEXT = re.compile(rf"{_NUMBER}[^\s，,。；;：:]{{2,24}}\s(?=[^\s（(]{{15}})")
# Names of chapters, and what shows that the words after them still belong to the head.
_CHAPTER_NAME = re.compile(
    rf"(?:{YEAR}年)?(?:指导思想|(?:总体|基本|工作|目标|主要|重点|具体|整治|行动|目的|实施|活动|预期|有关|相关|保障|组织|时间|检查|宣传)"
    "(?:要求|目标|任务|思路|原则|措施|内容|范围|对象|步骤|领导|保障|安排|实施|分工|重点|方法|回顾|总结|打算|计划|意义|机构|机制|主题)"
    "(?:[及和与、](?:要求|目标|任务|原则|措施|步骤|安排))?)"
)
_GOES_ON = re.compile(
    r"[、和与及的是，,：:。；;等内要上中得更后前（(]|落实|完成|明确|情况|进展|到位|阶段|方面"
)
_HEAD_NOUN = (
    "(?:思想|要求|目标|任务|领导|范围|内容|安排|步骤|措施|原则|重点|分工|保障|意义|回顾|计划|打算|思路|总结|职责|责任|机制|体系|建设|工作|情况"
    "|问题|水平|能力|质量|效能|环境|发展|管理|治理|服务|关口|格局|氛围|成效|实效|动[力能]|活力|合力|基础|根基|底线|防线|屏障|品[质牌]|形象|”)"
)
_HEAD_BEFORE_TEXT = re.compile(
    rf"(?:[^，,。；;：:]{{2,20}}[，,])?[^，,。；;：:]{{4,24}}?{_HEAD_NOUN}(?={_OPENS_TEXT})"
    rf"|[^。；;：:]{{4,40}}?(?={YEAR}年[，,])"
)
_INDENT = re.compile(r"(?<=\S)(?=\s*\u3000)\s{2,}(?=\S)")
_INDENT_BEHIND_END = re.compile(r"[。！？：；](?=\s*\u3000)\s{2,}")
_FEWEST_SPACES = 3
_END, _SPACE_BEHIND_END, _SPACE = (
    re.compile("[。！？]"),
    re.compile(r"[。！？]\s"),
    re.compile(r"(?<=\S)\s+(?!年)"),
)
_MOST_SPACED = 0.7  # share of the sentences
_CLAUSE = re.compile("[^，,。；;：:！？]*")
_LONGEST_HEAD = 45  # characters
_SHORTEST_TEXT = 15  # characters behind a head
_SHORTEST_LINE = 120  # characters; only a longer line can have lost its breaks


def restore_breaks(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with their breaks restored.

    A long line that holds a list of chapters has lost its breaks if it is most of the text, or if no chapter begins
    a line.
    """
    whole = sum(len(line.text) for line in lines)
    lines = [piece for line in lines for piece in _split_at_spaces(line, whole)]
    marks = [mark for line in lines if (mark := mark_of(line.text))]
    has_chapters = any(mark.key == "han" for mark in marks)
    numbers = {mark.number for mark in marks}
    return [
        piece
        for place, line in enumerate(lines)
        for piece in (
            _split_line(line, numbers)
            if 2 * len(line.text) > whole or (len(line.text) >= _SHORTEST_LINE and not has_chapters)
            else _split_head(line, place)
        )
    ]


def _split_at_spaces(line: TextLine, whole: int) -> list[TextLine]:
    """Cut a line at spaces that replace breaks: wide ones, or in most of a text those after some sentences."""
    if line.marks or line.is_row:
        return [line]
    is_indented = len(_INDENT_BEHIND_END.findall(line.text)) >= _FEWEST_SPACES
    spaced = len(_SPACE_BEHIND_END.findall(line.text)) if 2 * len(line.text) > whole else 0
    if not (is_indented or _FEWEST_SPACES <= spaced < _MOST_SPACED * len(_END.findall(line.text))):
        return [line]
    places = [0]
    for found in (_INDENT if is_indented else _SPACE).finditer(line.text):
        before = line.text[places[-1] : found.end()]
        mark = mark_of(before)
        if mark is None or len(mark.printed) < len(before):
            places.append(found.end())
    return [
        replace(piece, indented=piece.indented or piece.start > line.start)
        for piece in _cut_line(line, set(places))
    ]


def _split_head(line: TextLine, place: int) -> list[TextLine]:
    """Cut a line after a title before the first chapter or sentence, or after the name of a chapter."""
    if line.marks or line.depth or line.is_row:
        return [line]
    found = _CHAPTER_BEHIND_TITLE.fullmatch(line.text)
    end = found.end(1) if found else 0
    if not end and not place:
        sentence = _TITLE_BEFORE_SENTENCE.match(line.text)
        end = sentence.end(1) if sentence else 0
    return _cut_line(line, {end or _chapter_name_end(line.text, mark_of(line.text))})


def _split_line(line: TextLine, beginning: set[str]) -> list[TextLine]:
    """Cut a line before its numbers, after the heads of its chapters, and around the title before them.

    beginning: the numbers that begin lines.
    """
    breaks = list(_LOST_BREAK.finditer(line.text))
    places = [found.start() for found in breaks]
    marks = [mark for one in breaks if (mark := mark_of(one[0]))]
    has_chapters = any(mark.key in _CHAPTER_KEYS for mark in marks)
    if line.marks or not (has_chapters and _holds_list(beginning.union(mark.number for mark in marks))):
        return [line]
    title = _TITLE_BEFORE_TEXT.search(line.text, 0, places[0])
    around = title.span() if title else ()
    ends = {
        end
        for start, stop in pairwise([*places, len(line.text)])
        for end in _head_ends(line.text, start, stop)
    }
    return _cut_line(line, {*places, *around, *ends})


def _holds_list(numbers: set[str]) -> bool:
    """Return whether the numbers of a line include chapters: two of them, or the first with its first subitem."""
    if {"一", "二"} <= numbers:
        return True
    return any(
        not {"一", f"{opener}一{closer}"}.isdisjoint(numbers)
        and (f"{opener}二{closer}" in numbers or {"一", f"{opener}一{closer}"} <= numbers)
        for opener, closer in ("（）", "()")
    )


def _head_ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Yield where the head of a chapter ends in a line that lost the break after it."""
    spaced = _CHAPTER_BEFORE_TEXT.match(text, start, stop)
    mark = mark_of(text[start : start + 8])
    if spaced:
        yield spaced.end()
    elif mark and (end := _chapter_name_end(text[start:stop], mark) or _glued_end(text[start:stop], mark)):
        yield start + end


def _chapter_name_end(text: str, mark: NumberMark | None) -> int:
    """Return where the name of a chapter ends that is directly followed by text; 0 if there is none."""
    if mark is None or mark.key not in _CHAPTER_KEYS:
        return 0
    name = _CHAPTER_NAME.match(text, len(mark.printed))
    if name is None or _GOES_ON.match(text, name.end()) or text[name.end() : name.end() + 1].isspace():
        return 0
    rest = text[name.end() :]
    return name.end() if len(rest) >= _SHORTEST_TEXT and len(_clause_of(rest)) < len(rest) else 0


def _glued_end(text: str, mark: NumberMark) -> int:
    """Return where a head ends that is directly followed by text; 0 if it ends by itself, or it is unclear."""
    begin = len(mark.printed)
    first = _clause_of(text[begin:])
    comma = begin + len(first)
    second = _clause_of(text[comma + 1 :]) if text[comma : comma + 1] in ("，", ",") else ""
    couplet = comma + 1 + len(first)
    if len(second) > 2 * len(first) and re.search(f"{_HEAD_NOUN}$", text[begin:couplet]):
        return couplet
    found = _HEAD_BEFORE_TEXT.match(text, begin)
    return found.end() if found and len(re.split("[。！？]", text[begin:])[0]) > _LONGEST_HEAD else 0


def _clause_of(text: str) -> str:
    found = _CLAUSE.match(text)
    return found[0] if found else ""


def _cut_line(line: TextLine, places: set[int]) -> list[TextLine]:
    cuts = sorted({0, *places, len(line.text)})
    return [_piece_of_line(line, start, end) for start, end in pairwise(cuts) if line.text[start:end].strip()]


def _piece_of_line(line: TextLine, start: int, end: int) -> TextLine:
    raw = line.text[start:end]
    text = raw.strip()
    return replace(line, text=text, start=line.start + start + len(raw) - len(raw.lstrip()))
