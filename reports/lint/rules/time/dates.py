"""Dates (GB/T 9704-2012, 7.3.5.4; GB/T 15835-2011): Arabic figures, full years, no leading zeros, days that exist."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reports.lint.counts import small_number
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import NUMERALS, LintSubject, RuleHit, hit_at, unquoted_matches

SPACED = re.compile(
    r"(?<!\d)\d{2,4}[ \u3000]*年[ \u3000]*\d{1,2}[ \u3000]*月(?:[ \u3000]*\d{1,2}[ \u3000]*日)?"
)
SPACES = re.compile(r"[ \u3000]")
# 23年至25年，: a range of short years where a sentence begins; elsewhere it may be as long as that.
SHORT_RANGE = re.compile(
    r"(?:^|(?<=[。；\n]))(?P<first>(?:0\d|1\d|2\d|3[0-5]))年(?P<to>至|到|—|-|～)(?P<last>(?:0\d|1\d|2\d|3[0-5]))年(?=，)"
)
CHINESE_DATE = re.compile(
    rf"[一二][〇○零九][〇○零{NUMERALS}]{{2}}(?<!二[〇○]三五)年(?!远景目标)(?:[{NUMERALS}]{{1,2}}月(?:[{NUMERALS}]{{1,3}}日)?|\d{{1,2}}月)?"
    rf"|(?<=\d日[至到—])[{NUMERALS}]{{1,2}}月[{NUMERALS}]{{1,3}}日|(?<=\d年)[{NUMERALS}]{{1,2}}月(?:[{NUMERALS}]{{1,3}}日)?|(?<=\d月)[{NUMERALS}]{{1,3}}日"
)
# 二0二六, with the figure 0 or a letter among numerals.
MIXED_YEAR = re.compile(rf"(?<![\d{NUMERALS}])[\dO０〇○零{NUMERALS}]{{4}}(?=年)")
FIGURE_OF_YEAR = {"O": "0", "０": "0"}
CHINESE_FIGURES = re.compile(rf"[〇○零{NUMERALS}]+")
DAY = re.compile(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
WEEKDAY = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:[（(是为，]|，?是)?(?:星期|周)([一二三四五六日天])(?![期年岁])"
)
WEEKDAYS = "一二三四五六日"
YEARS_BACK, ENOUGH_DAYS = 9, 2
STATED_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
YEAR_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
LEAP_YEAR = 2024
DAYS_BACK, DAYS_AHEAD, NEAR, FAR = 366, 183, 45, 1000


@passage_rule("spaced-date", "日期空格", WARNING, "7.3.5.4", holding=" \u3000")
def spaced_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """2026 年 9 月 5 日."""
    for match in SPACED.finditer(passage.text):
        right = SPACES.sub("", match[0])
        if right != match[0]:
            yield hit_at(passage, match, f"日期中不空格，请改为“{right}”。", right)


@passage_rule("short-year", "年份不全", ERROR, "7.3.5.4", holding=DIGITS)
def short_years(passage: TextPassage) -> Iterator[RuleHit]:
    """26年9月, 23年至25年."""
    yield from phrase_hits("short-year", passage)
    for match in SHORT_RANGE.finditer(passage.text):
        if int(match["first"]) < int(match["last"]):
            right = f"20{match['first']}年{match['to']}20{match['last']}年"
            yield hit_at(passage, match, f"年份应当写全四位，请改为“{right}”。", right)


@passage_rule("chinese-date", "日期用字", WARNING, "7.3.5.4", holding="年月")
def chinese_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """二〇二六年九月五日 and 2026年九月, but in the titles of others, and in the name of a plan."""
    for match in unquoted_matches(CHINESE_DATE, passage.text):
        right = CHINESE_FIGURES.sub(lambda figures: _in_figures(figures[0]), match[0])
        if not CHINESE_FIGURES.search(right):
            yield hit_at(passage, match, f"日期应当用阿拉伯数字，请改为“{right}”。", right)


@passage_rule("mixed-year", "年份用字", ERROR, "7.3.5.4", holding="年")
def mixed_years(passage: TextPassage) -> Iterator[RuleHit]:
    """二0二六年: a year partly in numerals, partly in figures."""
    for match in MIXED_YEAR.finditer(passage.text):
        year = match[0]
        if any(one in YEAR_DIGITS for one in year) and any(one in "0123456789O０" for one in year):
            right = "".join(YEAR_DIGITS.get(one) or FIGURE_OF_YEAR.get(one, one) for one in year)
            yield hit_at(passage, match, f"年份不能兼用汉字和数字，请改为“{right}”。", right)


def _in_figures(words: str) -> str:
    """A year read by its digits, or a number up to 99; anything else as it was."""
    if len(words) == 4 and all(word in YEAR_DIGITS for word in words):
        return "".join(YEAR_DIGITS[word] for word in words)
    return str(small_number(words) or words)


@passage_rule("impossible-date", "不存在的日期", ERROR, ACCURACY, holding=DIGITS)
def impossible_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """9月31日."""
    for match in DAY.finditer(passage.text):
        year, month, day = (int(figures or LEAP_YEAR) for figures in match.groups())
        if not is_existing_day(year, month, day):
            yield hit_at(passage, match, f"没有“{match[0]}”这一天，请核对日期。")


@document_rule("weekday", "日期与星期不符", ERROR, ACCURACY)
def wrong_weekdays(subject: LintSubject) -> Iterator[RuleHit]:
    """10月9日（星期四） where it is a Friday. A date without its year is of the document's own, or of the one after; in
    a text that is not dated of the last year or the next half.
    """
    usual, today = subject.year, subject.context.today
    found = [(passage, match) for passage in subject.passages for match in WEEKDAY.finditer(passage.text)]
    stated_years = {int(year) for one in subject.passages for year in STATED_YEAR.findall(one.text)}
    likely = usual or _year_of_most([match for _, match in found if not match[1]], today, stated_years)
    for passage, match in found:
        stated, month, day = (int(figures or 0) for figures in match.groups()[:3])
        years: tuple[int, ...] = (
            (stated,) if stated else (usual, usual + 1) if usual else (likely,) if likely else ()
        )
        if not stated:
            years += tuple(map(int, STATED_YEAR.findall(passage.text[: match.start()])[-1:]))
        days = [date(year, month, day) for year in years if is_existing_day(year, month, day)]
        if not (stated or likely) and today:
            days = list(_days_around(today, month, day))
        right = [WEEKDAYS[one.weekday()] for one in days]
        if right and match[4].replace("天", "日") not in right:
            yield hit_at(passage, match, f"{month}月{day}日是星期{right[0]}，请核对日期和星期。")


def _year_of_most(undated: list[re.Match[str]], today: date | None, stated: set[int]) -> int | None:
    """The one year near today, or of those that the text names, in which most of the days are as it says, if these
    are two at least; or an earlier one in which all are, if these are more.
    """
    near = (today.year, today.year + 1, today.year - 1) if today else ()
    likely = (*near, *sorted(stated - {*near}))
    earlier = range(today.year - YEARS_BACK, today.year) if today else ()
    years = (*likely, *(year for year in earlier if year not in likely))
    fitting = {
        year: sum(
            is_existing_day(year, int(one[2]), int(one[3]))
            and WEEKDAYS[date(year, int(one[2]), int(one[3])).weekday()] == one[4].replace("天", "日")
            for one in undated
        )
        for year in years
    }
    best = max(fitting, key=lambda year: fitting[year], default=None)
    if best in likely:
        return best if fitting[best] > 1 else None
    return best if best and fitting[best] == len(undated) > ENOUGH_DAYS else None


def _days_around(today: date, month: int, day: int) -> Iterator[date]:
    """The days of a month that a text of today may name without a year, the likeliest first; one that is near alone."""
    for year in (today.year, today.year + 1, today.year - 1):
        away = (date(year, month, day) - today).days if is_existing_day(year, month, day) else FAR
        if -DAYS_BACK <= away <= DAYS_AHEAD:
            yield date(year, month, day)
        if abs(away) <= NEAR:
            return


def is_existing_day(year: int, month: int, day: int) -> bool:
    return year != 0 and 0 < month <= 12 and 0 < day <= monthrange(year, month)[1]
