"""The frame of a plan: the notice that issues it, its title, issuer, number and dates, what closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.plan.importer.layout import TITLE_END
from app.plan.importer.lines import StrippedLine
from app.plan.importer.numbering import mark_of, value_of
from app.plan.importer.sentences import is_terminated

_LONGEST_TITLE = 60  # characters
_LONGEST_TITLE_LINES = 3
_MOST_ORGAN_LINES = 30  # more lines than that sign no plan
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]\s*+第?\s*+\d+\s*号"
)
_HAN_DIGIT = "〇零○一二三四五六七八九十"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\s*\d\s*\d|[二一][〇零○九][{_HAN_DIGIT}]{{2}})\s*年\s*"
    rf"(?P<month>\d{{1,2}}|[{_HAN_DIGIT}]{{1,2}})\s*月\s*(?P<day>\d{{1,2}}|[{_HAN_DIGIT}]{{1,3}})\s*日"
)
_YEAR = re.compile(rf"(?P<year>(?:19|20)\d\d|[二一][〇零○九][{_HAN_DIGIT}]{{2}})\s*(?:年|[-—–~至])?")
_NAMED_PLAN = re.compile(r"《([^《》]{4,80})》")
_NOTICE = re.compile(r"的?通知$")
_ANNEX = re.compile(
    r"附\s*+[件表]?\s*+\d*+\s*+[：:]|附\s*[件表]\s*\d*$|抄\s*送\s*[：:]|[（(]此件(?=.*公开).*[）)]$|主题词[：:]"
)
_ORGAN = re.compile(
    r".*(?:委员会|工委|党委|党组|政府|办事处|办公室|局|厅|部|院|所|站|中心|公司|集团|学校|大学|医院|协会|联合会|委|办|会)"
    r"(?:[（(](?:代章|盖章|印章|章)[）)])?"
)
_SPACE_BESIDE_HANZI = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000]+|(?<![ \u3000])[ \u3000]++(?=[\u4e00-\u9fff])"
)
_ISSUER_END = re.compile(r"^(.{2,30}?)(?:关于|(?:19|20)\d\d|二[〇零○]|年度|工作)")


@dataclass(frozen=True)
class PlanFrame:
    """The lines of a plan by their role: before the title, the title, all that follows, the closing."""

    notice: list[StrippedLine]
    title: list[StrippedLine]
    content: list[StrippedLine]
    closing: list[StrippedLine]

    @property
    def title_text(self) -> str:
        """The title on one line, without the spaces that typesetting puts between hanzi and digits."""
        return _SPACE_BESIDE_HANZI.sub("", "".join(line.text for line in self.title))


def frame_of(lines: Sequence[StrippedLine]) -> PlanFrame:
    """Find the title and the closing, which divide the lines."""
    start, end = _title_span(lines)
    closing = _closing_start(lines, end)
    return PlanFrame(
        list(lines[:start]), list(lines[start:end]), list(lines[end:closing]), list(lines[closing:])
    )


def document_number(lines: Sequence[StrippedLine]) -> str | None:
    """The number of the document (示街发〔2026〕3号), spaces taken out."""
    for line in lines:
        found = _DOCUMENT_NUMBER.search(line.text)
        if found and "《" not in line.text:
            return "".join(found[0].split())
    return None


def issued_on(*groups: Sequence[StrippedLine]) -> date | None:
    """The last date that stands alone on a line, from the first group that has one."""
    for lines in groups:
        dates = [day for day in (_date_of(line.text) for line in lines) if day]
        if dates:
            return dates[-1]
    return None


def issuer_of(title: str, *groups: Sequence[StrippedLine]) -> str:
    """The organs that sign above the date, joined by 、; without signature, the organ that the title names."""
    for lines in groups:
        dated = [place for place, line in enumerate(lines) if _date_of(line.text)]
        signed = _signing_organs(lines[: dated[-1]]) if dated else []
        if signed:
            return "、".join(signed)
    found = _ISSUER_END.match(title)
    return found[1] if found else ""


def find_plan_year(title: str, day: date | None, *texts: str) -> int | None:
    """The plan's year: from its title, its date, or the first year that its texts name."""
    for text in (title, str(day.year) if day else "", *texts):
        found = _YEAR.search(text)
        if found:
            return _number_value(found["year"])
    return None


def named_plan(notice: Sequence[StrippedLine]) -> str:
    """The name in 《》 that the notice gives the plan; empty when there is none."""
    names = _NAMED_PLAN.findall("".join(line.text for line in notice))
    return next((name for name in names if TITLE_END.search(name)), "")


def is_organ_line(text: str) -> bool:
    """Whether a line holds the name of an organ and nothing else."""
    return bool(_ORGAN.fullmatch(text)) and not is_terminated(text) and "，" not in text and len(text) <= 30


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else."""
    return _date_of(text) is not None


def _title_span(lines: Sequence[StrippedLine]) -> tuple[int, int]:
    """Where the title stands; a title may take several lines. Without one an unended first line serves."""
    first_heading = next((n for n, line in enumerate(lines) if mark_of(line.text)), len(lines))
    announced = next((n for n, line in enumerate(lines[:first_heading]) if _is_notice(line)), -1)
    name = _title_key(named_plan(lines[: first_heading if announced >= 0 else 0]))
    start = _signature_end(lines, announced + 1)
    spans = [
        (first, first + count)
        for first in range(start, len(lines))
        for count in range(1, _LONGEST_TITLE_LINES + 1)
        if _may_be_title(lines[first : first + count])
    ]
    exact = [span for span in spans if name and _title_key(_text_of_span(lines, span)) == name]
    dated = [span for span in spans if _YEAR.search(_text_of_span(lines, span))]
    for found in (exact, dated[:1], spans[:1]):
        if found:
            return _with_organ_above(lines, start, found[-1])
    return (0, 1) if lines and announced < 0 and first_heading and _is_short(lines[0]) else (0, 0)


def _is_notice(line: StrippedLine) -> bool:
    return bool(_NOTICE.search(line.text)) and len(line.text) <= 2 * _LONGEST_TITLE


def _signature_end(lines: Sequence[StrippedLine], after_notice: int) -> int:
    """The first line after the date that signs the notice; the start where there is no notice."""
    if not after_notice:
        return 0
    dates = (
        place + 1 for place, line in enumerate(lines) if place >= after_notice and is_date_line(line.text)
    )
    return next(dates, after_notice)


def _may_be_title(lines: Sequence[StrippedLine]) -> bool:
    text = "".join(line.text for line in lines)
    return (
        4 <= len(text) <= _LONGEST_TITLE
        and bool(TITLE_END.search(text))
        and all(_is_short(line) and not is_date_line(line.text) for line in lines)
        and not any(_ANNEX.match(line.text) or _DOCUMENT_NUMBER.fullmatch(line.text) for line in lines)
    )


def _is_short(line: StrippedLine) -> bool:
    ended = is_terminated(line.text) and not line.text.endswith(("）", ")"))
    return len(line.text) <= _LONGEST_TITLE and not ended and mark_of(line.text) is None


def _with_organ_above(lines: Sequence[StrippedLine], start: int, span: tuple[int, int]) -> tuple[int, int]:
    """A title that begins with its year goes with the organ on the line above it."""
    first, end = span
    above = lines[first - 1].text if first > start else ""
    if re.match(r"(?:19|20)\d\d|二[〇零○]", lines[first].text) and _ORGAN.fullmatch(above):
        return first - 1, end
    return span


def _closing_start(lines: Sequence[StrippedLine], title_end: int) -> int:
    """Where signature or annexes begin after the last measure; the end where there are none."""
    headed = next(
        (n for n in range(title_end, len(lines)) if mark_of(lines[n].text) or lines[n].depth), len(lines)
    )
    last_number = next((n for n in reversed(range(len(lines))) if mark_of(lines[n].text)), -1)
    for place in range(headed + 1, len(lines)):
        if _ANNEX.match(lines[place].text):
            return place
        if place > last_number and is_date_line(lines[place].text):
            return _signature_start(lines, place, headed)
    return len(lines)


def _signature_start(lines: Sequence[StrippedLine], dated: int, headed: int) -> int:
    start = dated
    while start - 1 > headed and len(lines[start - 1].text) <= 30 and _ORGAN.fullmatch(lines[start - 1].text):
        start -= 1
    return start


def _signing_organs(lines: Sequence[StrippedLine]) -> list[str]:
    """The signing organs at the end of `lines`; a name that a page break split is joined."""
    organs: list[str] = []
    for line in reversed(lines[-_MOST_ORGAN_LINES:]):
        if not _is_short(line) or _ANNEX.match(line.text):
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
    if not found:
        return None
    year, month, day = (_number_value(found[name]) for name in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number_value(text: str) -> int:
    return value_of("".join(text.split()).replace("○", "〇"))


def _text_of_span(lines: Sequence[StrippedLine], span: tuple[int, int]) -> str:
    return "".join(line.text for line in lines[span[0] : span[1]])


def _title_key(text: str) -> str:
    return "".join(text.split())
