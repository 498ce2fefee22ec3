"""Dates of one passage: an answer is due behind what it answers, a period lasts as long as it says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reports.lint.counts import small_number
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.subject import NUMERALS, RuleHit, hit_at

LENGTH = rf"(?P<length>\d{{1,3}}|[{NUMERALS}两]{{1,3}})(?P<unit>个工作日|个月|年|天|日|周|个星期)"
MISSED = re.compile("逾期|尚未|未按|未在|原定|原计划|上次|此前")
NAMED = re.compile("[^，。；]{2,6}的")
LENGTH_BEFORE = re.compile(
    rf"(?:为期|历时|期限|公示期|有效期|服务期|租期|试用期|合同期|工期|时间|持续|公示|共计?|期)(?:限)?(?:为|共|计)?{LENGTH}[^。；，\d]{{0,6}}[，（：]?[^。；，\d]{{0,8}}$"
)
LENGTH_BEHIND = re.compile(
    rf"(?:(?:(?!其中|每|另|分)[^。；\d]){{0,32}}?(?:为期|历时|期限|公示期|有效期|服务期|租期|合同期|工期|持续)|[^。；\d]{{0,14}}?(?:共计?|公示|计))(?:限)?(?:为|共|计)?{LENGTH}(?![内前])"
)
# How many days each has, and how many more or less a period of some may have.
DAYS_OF = {"个月": (30.44, 4), "年": (365.25, 5), "周": (7, 1), "个星期": (7, 1)}
CLOCKS = re.compile(
    r"(?<![\d.])(?P<first>\d{1,2})(?:时|[:：])(?P<first_minute>\d{2})?分?(?:至|到|—|～|-|(?:开始|开幕)，[于至到]?(?=[^，。]{2,8}结束))(?P<half>上午|下午|次日|翌日|晚上?|凌晨)?(?P<last>\d{1,2})(?:时|[:：](?=\d))(?P<last_minute>\d{2})?"
)
HALF_YEAR, ANY_YEAR = 183, 2000
NIGHT, MOST_REVERSED = 17, 180
# 自3月初开始，至8月底结束，历时五个月; 2026年3月开工，预计12月完工，总工期12个月.
MONTH_SPAN = re.compile(
    rf"(?<!\d)(?:(?P<first_year>20\d\d)年)?(?<!\d)(?P<first>\d{{1,2}})月(?P<begun>初)?[^。；\d]{{0,18}}?(?:至|到|—|～|，[^。；\d]{{0,6}})"
    rf"(?:(?P<last_year>20\d\d)年|今年)?(?P<last>\d{{1,2}})月(?P<ended>[底末])?[^。；\d]{{0,16}}?(?:历时|为期|持续|前后|用时|工期|周期)(?:为|共|约)?"
    rf"(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})个?月"
)


def _day(name: str, month: str = "") -> str:
    """The pattern of a day, its groups named after it; month: how often its month is written."""
    return (
        rf"(?:(?P<{name}_year>20\d\d)年|今年|本年)?"
        rf"(?:(?P<{name}_month>\d{{1,2}})月){month}(?P<{name}_day>\d{{1,2}})日"
    )


FIRST_DAY, LAST_DAY, DAY_TO = _day("first"), _day("last"), _day("last", "?")
# 已于10月15日将……发至各社区: done, and so before what is asked behind it.
DONE = re.compile(
    rf"(?:已(?:经)?于|(?<![定拟将划])[于在]|(?:^|(?<=[。；，！？\n])))(?:上月)?{FIRST_DAY}(?:至(?:\d{{1,2}}月)?\d{{1,2}}日)?(?=[^。！？\n]{{0,40}}?(?:已|了(?!解)|发至|下发|印发|发布|发出|转发|收到|收悉|送达|交办))(?!前|之前|以前|起至|至)",
    re.MULTILINE,
)
# 街道办事处10月15日印发通知: who did it stands before the day.
ISSUED = re.compile(
    rf"(?<![定拟将划前]){FIRST_DAY}[^，。；！？\n\d]{{0,10}}?(?:印发|下发|发出|发布|转发|送达|交办|下达|部署|通知(?:[：，要]|$)|收到|签发)"
)
DUE = re.compile(
    rf"(?:请|务必|须|应|要求|责令|限|确保|要)[^。！？\n]{{0,40}}?{LAST_DAY}(?:\d{{1,2}}时|下班|中午|上午|下午)?(?:之前|以前|前)"
)
SPAN = re.compile(
    rf"{FIRST_DAY}(?:起|开始|零时|启动|开工|实施|起施行|（(?:星期|周).）)?，?(?:有效期限?(?=至))?(?:(?:为期|历时|持续|连续|共)[^，。；\d]{{0,6}}{LENGTH}[^，。；\d]{{0,6}}，)?(?:至|到|—|～|-|——|[并已]?[于在](?=\d{{1,2}}月\d{{1,2}}日(?:结束|完成|竣工|闭幕))|(?<=[工始动]，)(?=\d{{1,2}}月\d{{1,2}}日(?:竣工|完工|结束))){DAY_TO}(?:止|结束)?"
)


@passage_rule("answer-before-question", "期限早于布置的时间", WARNING, ACCURACY, holding=DIGITS)
def answers_due_too_early(passage: TextPassage) -> Iterator[RuleHit]:
    """已于10月15日发至各社区，请于10月10日前反馈."""
    for due in DUE.finditer(passage.text):
        last = _date_of(due, "last")
        # 其中要求8月31日前完成的事项 speaks of what was asked before.
        is_named = NAMED.match(passage.text, due.end())
        if last is None or is_named or MISSED.search(passage.text, due.start(), due.end() + 8):
            continue
        end = due.start("last_month")
        before = passage.text[:end]
        for done in (*DONE.finditer(before), *ISSUED.finditer(before)):
            first = _date_of(done, "first")
            if first and _is_little_before(last, first):
                reason = (
                    f"{first.month}月{first.day}日才布置，期限却是{last.month}月{last.day}日，请核对日期。"
                )
                yield RuleHit(reason, passage, end, due.end())
                break


def _date_of(match: re.Match[str], name: str) -> date | None:
    """A day of a match; of one without its year all that counts is its place in some year."""
    year, month, day = (int(match[f"{name}_{part}"] or 0) for part in ("year", "month", "day"))
    found = year or ANY_YEAR
    return date(found, month, day) if is_existing_day(found, month, day) else None


def _is_little_before(first: date, last: date) -> bool:
    """Whether a day comes before another, by months and days where one of them has no year."""
    if ANY_YEAR in (first.year, last.year) and first.year != last.year:
        years = {first.year, last.year} - {ANY_YEAR}
        year = years.pop()
        if not all(is_existing_day(year, one.month, one.day) for one in (first, last)):
            return False
        first, last = first.replace(year=year), last.replace(year=year)
    return timedelta(0) < last - first < timedelta(days=HALF_YEAR)


@passage_rule("period-length", "期限的长短不符", WARNING, ACCURACY, holding="日岁年")
def wrong_lengths_of_periods(passage: TextPassage) -> Iterator[RuleHit]:
    """公示期7天（10月12日至10月15日）; 自2024年3月1日至2026年2月28日，为期三年."""
    for span in SPAN.finditer(passage.text):
        first, last = _days_of(span)
        if not (first and last):
            continue
        stated = span if span["length"] else LENGTH_BEHIND.match(passage.text, span.end())
        stated = stated or LENGTH_BEFORE.search(text_before(passage.text, span.start()))
        if last < first and first.year != ANY_YEAR and span["last_year"]:
            yield hit_at(passage, span, f"“{span[0]}”的终点早于起点，请核对。")
        elif stated and last >= first and not _lasts(first, last, stated):
            length = f"{stated['length']}{stated['unit']}"
            reason = f"“{span[0]}”首尾共{(last - first).days + 1}天，与“{length}”不符，请核对。"
            end = stated.end() if stated.re is LENGTH_BEHIND else span.end()
            yield RuleHit(reason, passage, span.start(), end)


def _days_of(span: re.Match[str]) -> tuple[date | None, date | None]:
    """The first and the last day of a period; the last is of the year and the month of the first, unless it says."""
    first = _date_of(span, "first")
    year = int(span["last_year"] or (first.year if first else 0))
    month, day = int(span["last_month"] or span["first_month"]), int(span["last_day"])
    return first, date(year, month, day) if is_existing_day(year, month, day) else None


def _lasts(first: date, last: date, stated: re.Match[str]) -> bool:
    """Whether a period is about as long as stated; working days are fewer than all."""
    days = (last - first).days + 1
    length = small_number(stated["length"])
    if not length:
        return True
    if stated["unit"] == "个工作日":
        return length <= days <= 2 * length + 9
    if stated["unit"] in "天日":
        return days - 1 <= length <= days
    each, tolerated = DAYS_OF[stated["unit"]]
    return abs(days - length * each) <= tolerated


@passage_rule("reversed-clock", "起止颠倒", WARNING, ACCURACY, holding=DIGITS)
def reversed_clocks(passage: TextPassage) -> Iterator[RuleHit]:
    """上午10时至9时."""
    for match in CLOCKS.finditer(passage.text):
        first, last = (
            int(match[name]) * 60 + int(match[f"{name}_minute"] or 0) for name in ("first", "last")
        )
        night = int(match["first"]) >= NIGHT or match["half"]
        if last < first and not night and first - last < MOST_REVERSED:
            yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")


@passage_rule("length-of-time", "历时不符", WARNING, ACCURACY, holding="历为持前用工周")
def wrong_lengths_of_time(passage: TextPassage) -> Iterator[RuleHit]:
    """自3月初开始，至8月底结束，历时五个月."""
    for match in MONTH_SPAN.finditer(passage.text):
        length, between = small_number(match["length"]), int(match["last"]) - int(match["first"])
        if match["first_year"] and match["last_year"]:
            between += 12 * (int(match["last_year"]) - int(match["first_year"]))
        elif match["last_year"]:
            continue
        is_whole = match["begun"] and match["ended"]
        if between >= 0 and length and length not in ((between + 1,) if is_whole else (between, between + 1)):
            reason = f"起止之间是{between + 1}个月，与“{match['length']}个月”不符，请核对。"
            yield hit_at(passage, match, reason)
