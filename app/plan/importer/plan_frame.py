"""The frame of a plan: the notice that issues it, its title, what stands under the title, what closes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.plan.importer.layout import TITLE_END
from app.plan.importer.lines import TextLine
from app.plan.importer.numbering import mark_of, value_of
from app.plan.importer.sentences import is_terminated

_LONGEST_TITLE = 60  # characters
_LONGEST_TITLE_LINES = 3
_LONGEST_BYLINE = 40
_MOST_BYLINES = 30
_MOST_ORGAN_LINES = 30  # more lines than that sign no plan
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*+第?\s*+\d+\s*号"
)
_HAN_DIGIT = "〇零○一二三四五六七八九十"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\s*\d\s*\d|[二一][〇零○九][{_HAN_DIGIT}]{{2}})\s*年\s*"
    rf"(?P<month>\d{{1,2}}|[{_HAN_DIGIT}]{{1,2}})\s*月\s*(?P<day>\d{{1,2}}|[{_HAN_DIGIT}]{{1,3}})\s*日"
)
YEAR_IN_TEXT = re.compile(rf"(?P<year>(?:19|20)\d\d|[二一][〇零○九][{_HAN_DIGIT}]{{2}})\s*(?:年|[-—–~至])?")
_NAMED_PLAN = re.compile(r"《([^《》]{4,80})》")
_ISSUED_PLAN = re.compile(r"(?:印发|现将|制定了?)《([^《》]{4,80})》")
_NAMED_WITHOUT_MARKS = re.compile(r"关于印发([^《》]{4,80}?)的?通知$")
_NOTICE = re.compile(r"的?通知$")
_BASIS_END = re.compile("(?:办法|规定|条例|意见|规划|报告)$")  # what a notice rather goes by than issues
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[：:](?=\s*\S)")
_ORGAN = re.compile(
    r".*(?:委员会|工委|党委|党组|政府|办事处|办公室|局|厅|部|院|所|站|中心|公司|集团|学校|大学|医院|协会|联合会|委|办|会)"
    r"(?:[（(](?:代章|盖章|印章|章)[）)])?"
)
_PLACE_AT_START = re.compile(
    r"(?:中共)?[\u4e00-\u9fff×]{2,10}?(?:省|市(?!场)|区(?!域)|县(?!域)|镇|乡(?!村)|街道|局|委|社区|医院|学校|中心)"
)
_PLACE = re.compile(r".*(?:省|市|区|县|镇|乡|街道|村|社區|社区|部门|园区|管委会|自治[区州县]|旗|国务院)")
_SPACE_BESIDE_HANZI = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000]+|(?<![ \u3000])[ \u3000]++(?=[\u4e00-\u9fff])"
)
_ISSUER_END = re.compile(r"^(.{2,30}?)(?:关于|(?:19|20)\d\d|二[〇零○]|年度|工作)")
_TITLE_LABEL = re.compile(r"^(?:标\s*题|名\s*称)\s*[：:]\s*")
_YEAR_FIRST = re.compile(r"^(?:19|20)\d\d年度?")
SALUTATION = re.compile(
    r"(?:尊敬的)?(?:各位[\u4e00-\u9fff]{2,6}(?:、各位[\u4e00-\u9fff]{2,6}){0,3}|同志们|代表们|朋友们)\s*[：:！!，,]"
)
_DASHED = re.compile(r"[-—–－─]")
_SPEAKER = re.compile(r".{2,30}(?:长|主任|书记|主席)[\s　]+[\u4e00-\u9fff·][\u4e00-\u9fff·\s]{0,5}")
_AT_MEETING = re.compile(r".{0,60}(?:会议|大会|全会)上[）)]?")
_BRACKETED_LINE = re.compile(r"[（(][^（）()]{1,38}[）)]")
_PUBLISHED = re.compile(r"(?:来源|时间|日期|作者|浏览|阅读|字号|字体|分享|发布|编辑|记者)[^。]{0,30}[：:]")
# What stands behind a plan: lists and texts of annexes, copies, what a web page has under its text.
_LIST_OF_ANNEXES = re.compile(r"附\s*+[件表]?\s*+\d*+\s*+[：:]")
_ANNEX = re.compile(
    r"附\s?[件表录]\s*+[\d一二三四五六七八九十]{0,3}$|(?:名词|用语|术语|专有名词|有关名词|相关名词)(?:解释|注释|说明)$|(?:注\s?释|附\s?注)$"
)
_AFTERWORD = re.compile(
    r"抄\s*送\s*[：:]|[（(]此件(?=.*公开).*[）)]$|主题词[：:]|公开(?:方式|属性|类别)[：:]|责任编辑[：:]"
    r"|(?:相关|延伸)(?:报道|附件|链接|阅读|新闻|稿件|解读)\s*(?:[：:]|>>|$)|扫一扫|打印本页|关闭窗口|分享到|【(?:打印|关闭|返回)"
)

_LONGEST_FINAL_CLAUSE = 120  # characters
_FINAL_CLAUSE = re.compile(
    r"(?:特此(?:通知|报告)|[本以]?上?[本述](?:政策|措施|办法|方案|计划|意见|规定|要点|细则|通知)(?:措施)?(?:自|由|从|有效期))"
)


@dataclass(frozen=True)
class PlanFrame:
    """The lines of a plan by their role: before the title, the title, under it, what the plan says, the closing."""

    notice: list[TextLine]
    title: list[TextLine]
    byline: list[TextLine]
    content: list[TextLine]
    closing: list[TextLine]

    @property
    def title_text(self) -> str:
        """The title on one line, without the spaces that typesetting puts between hanzi and digits.

        Without a title of its own, a plan is called what the notice calls it.
        """
        title = close_up(_TITLE_LABEL.sub("", "".join(line.text for line in self.title)))
        return title or named_plan(self.notice)


def close_up(text: str) -> str:
    return _SPACE_BESIDE_HANZI.sub("", text)


def frame_of(lines: Sequence[TextLine]) -> PlanFrame:
    """Find the title and the closing, which divide the lines."""
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


def document_number(lines: Sequence[TextLine]) -> str | None:
    """The number of the document (示街发〔2026〕3号), spaces taken out."""
    for line in lines:
        found = _DOCUMENT_NUMBER.search(line.text)
        if found and "《" not in line.text:
            return "".join(found[0].split())
    return None


def issued_on(*groups: Sequence[TextLine]) -> date | None:
    """The last date that stands alone on a line, from the first group that has one."""
    for lines in groups:
        dates = [day for day in (_date_of(line.text) for line in lines) if day]
        if dates:
            return dates[-1]
    return None


def issuer_of(title: str, *groups: Sequence[TextLine]) -> str:
    """The organs that sign above the date, joined by 、; without signature, the organ that the title names."""
    for lines in groups:
        dated = [place for place, line in enumerate(lines) if _date_of(line.text)]
        signed = _signing_organs(lines[: dated[-1]]) if dated else []
        if signed:
            return "、".join(signed)
    return _organ_in_title(title)


def _organ_in_title(title: str) -> str:
    """The organ that a title begins with, perhaps after the year; a name that is none where the year comes first."""
    after_year = _YEAR_FIRST.sub("", title)
    found = _ISSUER_END.match(after_year)
    name = found[1] if found else ""
    is_none = name.startswith(("政府", "关于")) or (after_year != title and not is_organ_name(name))
    return "" if is_none else name


def meeting_day(byline: Sequence[TextLine]) -> date | None:
    """The day of the meeting at which a report was given (2026年2月3日在…会议上)."""
    for line in byline:
        found = _DATE.search(line.text)
        if found and _AT_MEETING.fullmatch(line.text):
            return _day_of(found)
    return None


def is_organ_name(text: str) -> bool:
    """Whether a name can be that of an organ: its office, or the place that it governs."""
    return bool(_ORGAN.fullmatch(text) or _PLACE.fullmatch(text))


def named_plan(notice: Sequence[TextLine]) -> str:
    """The name that the notice gives the plan, in 《》 or without; empty when there is none."""
    text = "".join(line.text for line in notice)
    names = _ISSUED_PLAN.findall(text) + [
        name for name in _NAMED_PLAN.findall(text) if not _BASIS_END.search(name)
    ]
    names += [found[1] for line in notice if (found := _NAMED_WITHOUT_MARKS.search(line.text))]
    return next((name for name in names if TITLE_END.search(name)), "")


def is_organ_line(text: str) -> bool:
    """Whether a line holds the name of an organ and nothing else."""
    return bool(_ORGAN.fullmatch(text)) and not is_terminated(text) and "，" not in text and len(text) <= 30


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else."""
    return _date_of(text) is not None


def is_salutation(text: str) -> bool:
    """Whether a text begins by addressing those who listen (各位代表：)."""
    return bool(SALUTATION.match(text))


def is_byline(text: str) -> bool:
    """Whether a line can stand under a title: organ, date, number, speaker, meeting, source."""
    if len(text) > _LONGEST_BYLINE:
        return bool(_AT_MEETING.fullmatch(text))
    patterns = (_DOCUMENT_NUMBER, _SPEAKER, _AT_MEETING, _BRACKETED_LINE)
    return (
        is_date_line(text)
        or is_organ_line(text)
        or any(pattern.fullmatch(text) for pattern in patterns)
        or bool(_PUBLISHED.match(text))
        or (bool(_DASHED.match(text)) and not is_terminated(text))
    )


def is_annex_line(text: str) -> bool:
    """Whether an annex begins with this line."""
    return bool(_ANNEX.match("".join(text.split()).rstrip("：:")))


def is_end_line(text: str) -> bool:
    """Whether what this line begins stands behind a plan."""
    return is_annex_line(text) or bool(_LIST_OF_ANNEXES.match(text) or _AFTERWORD.match(text))


def is_final_clause(text: str) -> bool:
    """Whether a paragraph says from when on a plan holds, and who explains it."""
    return len(text) <= _LONGEST_FINAL_CLAUSE and bool(_FINAL_CLAUSE.match(text))


def _title_span(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Where the title stands; a title may take several lines. Without one an unended first line serves."""
    first_heading = next((n for n, line in enumerate(lines) if _is_heading(line)), len(lines))
    announced = next((n for n, line in enumerate(lines[:first_heading]) if _is_notice(line)), -1)
    name = _title_key(named_plan(lines[: first_heading if announced >= 0 else 0]))
    start = _signature_end(lines[:first_heading], announced + 1)
    stop = first_heading if announced < 0 else len(lines)
    spans = list(_title_spans(lines, start, stop))
    exact = [span for span in spans if name and _title_key(_text_of_span(lines, span)) == name]
    dated = [span for span in spans if YEAR_IN_TEXT.search(_text_of_span(lines, span))]
    for found in (exact, dated[:1], spans[:1]):
        if found:
            return found[-1]
    if name and start > announced + 1:
        return start, start
    if announced >= 0:
        return _notice_span(lines, announced)
    return (0, 1) if lines and first_heading and _may_serve_as_title(lines[0]) else (0, 0)


def _notice_span(lines: Sequence[TextLine], announced: int) -> tuple[int, int]:
    """The title of a notice that is the plan itself, with the lines above that begin it."""
    first = announced
    while announced - first + 1 < _LONGEST_TITLE_LINES and first and "关于" not in lines[first].text:
        first -= 1
    if "关于" not in lines[first].text or not all(map(_may_be_title_line, lines[first:announced])):
        first = announced
    return first, announced + 1


def _is_heading(line: TextLine) -> bool:
    mark = mark_of(line.text)
    return mark is not None and not _DASHED.match(line.text)


def _may_serve_as_title(line: TextLine) -> bool:
    return _is_short(line) and not is_byline(line.text) and not is_salutation(line.text)


def _is_notice(line: TextLine) -> bool:
    labelled = bool(_LABEL.match(line.text))
    return bool(_NOTICE.search(line.text)) and len(line.text) <= 2 * _LONGEST_TITLE and not labelled


def _signature_end(lines: Sequence[TextLine], after_notice: int) -> int:
    """The first line after the date that signs the notice; the start where there is no notice."""
    if not after_notice:
        return 0
    dates = (
        place + 1 for place, line in enumerate(lines) if place >= after_notice and is_date_line(line.text)
    )
    return next(dates, after_notice)


def _title_spans(lines: Sequence[TextLine], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The places that may be the title, each with the lines above that belong to it."""
    for last in range(start, stop):
        for first in range(last, max(start, last - _LONGEST_TITLE_LINES + 1) - 1, -1):
            if not _may_be_title_line(lines[first]):
                break
            if _may_be_title(lines[first : last + 1]) and _begins_title(lines, first, last, start):
                yield first, last + 1
                break


def _begins_title(lines: Sequence[TextLine], first: int, last: int, start: int) -> bool:
    """Whether a title is whole that begins here: the line above is no part of it."""
    if first == start or not _may_be_title_line(lines[first - 1]) or last - first + 1 == _LONGEST_TITLE_LINES:
        return True
    above = lines[first - 1].text
    goes_on = "关于" in above or above.endswith(("年", "和", "的", "、", "度"))
    year_first = re.match(r"(?:19|20)\d\d|二[〇零○]", lines[first].text)
    if goes_on or (year_first and _ORGAN.fullmatch(above)):
        return False
    text = _text_of_span(lines, (first, last + 1))
    whole = "关于" in text or "工作报告" in "".join(text.split()) or YEAR_IN_TEXT.search(text)
    return bool(whole or _PLACE_AT_START.match(text)) or len(above) < 4


def _may_be_title_line(line: TextLine) -> bool:
    return (
        _is_short(line)
        and not is_date_line(line.text)
        and not is_end_line(line.text)
        and not _DOCUMENT_NUMBER.fullmatch(line.text)
        and not _LABEL.match(line.text)
        and not _DASHED.match(line.text)
        and not line.text.startswith(("】", "【", "）"))
    )


def _may_be_title(lines: Sequence[TextLine]) -> bool:
    text = "".join("".join(line.text.split()) for line in lines)
    return 4 <= len(text) <= _LONGEST_TITLE and bool(TITLE_END.search(text))


def _is_short(line: TextLine) -> bool:
    ended = is_terminated(line.text) and not line.text.endswith(("）", ")"))
    return len(line.text) <= _LONGEST_TITLE and not ended and mark_of(line.text) is None


def _byline_end(lines: Sequence[TextLine], title_end: int) -> int:
    """Where the text begins after the lines that belong to the title; a salutation ends them for sure."""
    for place in range(title_end, min(len(lines), title_end + _MOST_BYLINES)):
        if is_salutation(lines[place].text):
            return place
        if _is_heading(lines[place]) or len(lines[place].text) > 2 * _LONGEST_BYLINE:
            break
    place = title_end
    while place < len(lines) and not _is_heading(lines[place]) and is_byline(lines[place].text):
        place += 1
    return place


def _closing_start(lines: Sequence[TextLine], title_end: int) -> int:
    """Where signature or annexes begin after the last measure; the end where there are none."""
    headed = next(
        (n for n in range(title_end, len(lines)) if _is_heading(lines[n]) or lines[n].depth), title_end
    )
    end = next((n for n in range(headed + 1, len(lines)) if is_end_line(lines[n].text)), len(lines))
    last_number = next((n for n in range(end - 1, headed, -1) if _is_heading(lines[n])), headed)
    for place in range(last_number + 1, end):
        if is_date_line(lines[place].text):
            return _signature_start(lines, place, last_number)
    return end


def _signature_start(lines: Sequence[TextLine], dated: int, headed: int) -> int:
    start = dated
    while start - 1 > headed and len(lines[start - 1].text) <= 30 and _ORGAN.fullmatch(lines[start - 1].text):
        start -= 1
    return start


def _signing_organs(lines: Sequence[TextLine]) -> list[str]:
    """The signing organs at the end of `lines`; a name that a page break split is joined."""
    organs: list[str] = []
    for line in reversed(lines[-_MOST_ORGAN_LINES:]):
        if not _is_short(line) or is_end_line(line.text):
            break
        organs[:0] = re.split(r"\s{2,}", line.text)
    joined: list[str] = []
    for text in organs:
        if joined and _continues_organ(joined[-1], text):
            joined[-1] += text
        else:
            joined.append(text)
    return [re.sub(r"[（(].*章[）)]$", "", organ) for organ in joined if _ORGAN.fullmatch(organ)]


def _continues_organ(before: str, text: str) -> bool:
    """Whether a line is the rest of an organ's name that a page break split."""
    return not _ORGAN.fullmatch(before) or (len(text) <= 3 and bool(_ORGAN.fullmatch(before + text)))


def _date_of(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip("（()）　 "))
    return _day_of(found) if found else None


def _day_of(found: re.Match[str]) -> date | None:
    year, month, day = (year_value(found[name]) for name in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_value(text: str) -> int:
    """The value of a numeral in digits or hanzi, whatever spaces typesetting put into it."""
    return value_of("".join(text.split()).replace("○", "〇"))


def _text_of_span(lines: Sequence[TextLine], span: tuple[int, int]) -> str:
    return "".join(line.text for line in lines[span[0] : span[1]])


def _title_key(text: str) -> str:
    return "".join(text.split())
