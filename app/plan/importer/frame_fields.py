"""The fields that the frame of a plan states: year, issuer, date and number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from app.plan.importer.blocks import FrameFields
from app.plan.importer.frame_lines import (
    AT_MEETING,
    DATE,
    DOCUMENT_NUMBER,
    ORGAN,
    date_of,
    day_of,
    is_end_line,
    is_organ_name,
    is_short_line,
)
from app.plan.importer.numbering import PRINTED_YEAR, YEAR, YEAR_IN_TEXT, mark_of, year_value
from app.plan.importer.part_kinds import year_in_titles
from app.plan.importer.plan_frame import PlanFrame
from app.plan.importer.source_text import TextLine

_MOST_ORGAN_LINES = 30  # a text with more such lines is not a signed plan
_ISSUER_END = re.compile(rf"^(.{{2,30}}?)(?:关于|贯彻|落实|{YEAR}|二[〇零○]|年度|工作)")
_ISSUES = re.compile(r"([^《〈<]{4,60}?)(?:关于)?(?:印发|转发|批转|下发)")
# Party and government of one place, named in succession (中共…委员会…人民政府).
_JOINT_ORGANS = re.compile(
    r"^(中共.{2,24}?(?:委员会|党工委|工委|党委))(?=.{2,16}(?:政府|办事处|管委会|委员会)$)"
)
_YEAR_FIRST = re.compile(rf"^{YEAR}年度?")
_PLANNED = re.compile(
    rf"{PRINTED_YEAR}\s*年?度?[^年]{{0,24}}?"
    r"(?:工作)?(?:计划|要点|安排|打算|思路|部署|工作报告|任务|方案|清单|举措|措施|意见|目标)"
)
_RANGE = re.compile(rf"{YEAR}\s?年?\s?[-—–－~～至到一]{{1,2}}\s?{YEAR}\s?年?")
_YEARLY = re.compile(
    "年度|工作计划|工作要点|工作安排|工作报告|重点工作|工作思路|工作打算|(?:整治|攻坚|提升)行动"
)
_MOST_LEAD_LINES = 6
_STATED_YEAR = re.compile(
    rf"(?:(?:^|[。；\n])\s*|做好|推进|安排|谋划|现将(?:《[^《》]{{1,24}}》(?:提出|确定|明确|部署)的)?)"
    rf"{PRINTED_YEAR}\s*年(?:度?[，,]?\s*是|[\u4e00-\u9fff]{{0,8}}工作(?!回顾|总结|情况))"
)
# When a campaign begins, and in which year it ends (决定从2016年7月起开展…, 于2024年3月至11月开展…).
_BEGINS = re.compile(
    rf"(?:决定|[于从自])\s*{PRINTED_YEAR}\s*年\s*\d{{1,2}}\s*月[^，。；]{{0,6}}(?:起|开始|[-—–－~～至到](?P<end>{YEAR})?[^，。；]{{1,8}})[，,]?"
    "[^，。；]{0,16}(?:开展|进行|实施|组织)"
)
# Fields in the head of a web page.
_ISSUED_BY = re.compile(r"(?:发文|发布|制发|印发)(?:单位|机构|机关)\s*[：:]\s*([^\s：:]{2,30})")
_ISSUED_ON = re.compile(
    r"(?:发文|成文|印发)(?:日期|时间)\s*[：:]\s*(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)"
)
_LAST_MONTH = 6  # a plan issued after this month is rather for the next year


def fields_of_frame(frame: PlanFrame, part_titles: Iterable[str]) -> FrameFields:
    title = frame.title_text
    day = issued_on(frame.notice, frame.byline, frame.closing)
    return FrameFields(
        title,
        find_plan_year(
            title, part_titles, day, meeting_day(frame.byline), _words_before_heads(frame.content)
        ),
        issuer_of(title, frame.notice, frame.byline, frame.closing),
        document_number([*frame.notice, *frame.byline, *frame.closing]),
        day,
    )


def _words_before_heads(content: Sequence[TextLine]) -> str:
    first = next((n for n, line in enumerate(content) if mark_of(line.text)), len(content))
    return "\n".join(line.text for line in content[: min(first, _MOST_LEAD_LINES)])


def find_plan_year(
    title: str,
    part_titles: Iterable[str] = (),
    day: date | None = None,
    meeting: date | None = None,
    lead_in: str = "",
) -> int | None:
    """Return the year that the plan is for; None if nothing tells.

    Taken from the title, otherwise from the parts, the lead-in, or a date of issue or meeting early in a year.
    """
    without_days = DATE.sub("", title)
    without_ranges = _RANGE.sub("", without_days)
    if without_ranges != without_days and not YEAR_IN_TEXT.search(without_ranges):
        return None
    planned = {year_value(found["year"]) for found in _PLANNED.finditer(without_ranges)}
    years = planned or {year_value(found["year"]) for found in YEAR_IN_TEXT.finditer(without_ranges)}
    if years:
        return max(years)
    from_parts = year_in_titles(part_titles)
    if from_parts:
        return from_parts
    begins = _BEGINS.search(lead_in)
    if begins and year_value(begins["year"]) == year_value(begins["end"] or begins["year"]):
        return year_value(begins["year"])
    if title and not _YEARLY.search("".join(title.split())):
        return None
    stated = {year_value(found["year"]) for found in _STATED_YEAR.finditer(lead_in)}
    if stated:
        return max(stated)
    early = next((one for one in (meeting, day) if one and one.month <= _LAST_MONTH), None)
    return early.year if early and title else None


def document_number(lines: Sequence[TextLine]) -> str | None:
    """Return the number of the document (示街发〔2026〕3号) without spaces."""
    for line in lines:
        found = DOCUMENT_NUMBER.search(line.text)
        if found and "《" not in line.text:
            return "".join(found[0].split())
    return None


def issued_on(*groups: Sequence[TextLine]) -> date | None:
    """Return the last date on a line of its own, from the first group of lines that has one."""
    for lines in groups:
        dates = [day for day in (date_of(line.text) for line in lines) if day]
        if dates:
            return dates[-1]
    named = (_ISSUED_ON.search(line.text) for lines in groups for line in lines)
    return next((day for found in named if found and (day := day_of(found))), None)


def issuer_of(title: str, *groups: Sequence[TextLine]) -> str:
    """Return the organs that sign above the date, joined by 、; otherwise those named by page, notice or title."""
    for lines in groups:
        dated = [place for place, line in enumerate(lines) if date_of(line.text)]
        signed = _signing_organs(lines[: dated[-1]]) if dated else []
        if signed:
            return "、".join(signed)
    named = (_ISSUED_BY.search(line.text) for lines in groups for line in lines)
    organs = [found[1] for found in named if found and is_organ_name(found[1])]
    issued = (_ISSUES.match(line.text) for line in next(iter(groups), ()))
    organs += ["、".join(split_organs(found[1])) for found in issued if found]
    return next(filter(None, organs), "") or _organ_in_title(title)


def _organ_in_title(title: str) -> str:
    """Return the organs at the beginning of a title, perhaps after the year; empty if it begins with another name."""
    after_year = _YEAR_FIRST.sub("", title)
    found = _ISSUER_END.match(after_year)
    name = re.split("[“《]", found[1])[0] if found else ""
    is_none = name.startswith(("政府", "关于")) or (after_year != title and not is_organ_name(name))
    return "" if is_none else "、".join(split_organs(name)) or name


def split_organs(text: str) -> list[str]:
    """Return the organs named in a heading, with or without spaces between them; empty if it names anything else."""
    spaced = [name for name in re.split(r"[\s、，]+", text) if name]
    names = [name for one in spaced for name in _JOINT_ORGANS.sub(r"\1、", one).split("、")]
    return names if all(map(is_organ_name, names)) else []


def meeting_day(byline: Sequence[TextLine]) -> date | None:
    """Return the day of the meeting at which a report was given (2026年2月3日在…会议上)."""
    for line in byline:
        found = DATE.search(line.text)
        if found and AT_MEETING.fullmatch(line.text):
            return day_of(found)
    return None


def _signing_organs(lines: Sequence[TextLine]) -> list[str]:
    """Return the signing organs at the end of `lines`; a name split by a page break is joined."""
    organs: list[str] = []
    for line in reversed(lines[-_MOST_ORGAN_LINES:]):
        if not is_short_line(line) or is_end_line(line.text):
            break
        organs[:0] = re.split(r"\s{2,}", line.text)
    joined: list[str] = []
    for text in organs:
        if joined and _continues_organ(joined[-1], text):
            joined[-1] += text
        else:
            joined.append(text)
    return [re.sub(r"[（(].*章[）)]$", "", organ) for organ in joined if ORGAN.fullmatch(organ)]


def _continues_organ(before: str, text: str) -> bool:
    """Return whether a line completes an organ's name that a page break split."""
    return not ORGAN.fullmatch(before) or (len(text) <= 3 and bool(ORGAN.fullmatch(before + text)))
