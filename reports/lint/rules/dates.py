"""Dates (GB/T 9704-2012, 7.3.5.4; GB/T 15835-2011): Arabic figures, full years, no leading zeros, days that exist."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit, hit_at, unquoted_matches
from reports.numbering import chinese_number

PADDED = re.compile(r"(?<!\d)(?:\d{4}年)?(?:0[1-9]月(?:\d{1,2}日)?|[1-9]\d?月0[1-9]日)")
ZERO = re.compile(r"(?<!\d)0(?=\d[月日])")
SPACED = re.compile(
    r"(?<!\d)\d{2,4}[ \u3000]*年[ \u3000]*\d{1,2}[ \u3000]*月(?:[ \u3000]*\d{1,2}[ \u3000]*日)?"
)
SPACES = re.compile(r"[ \u3000]")
# 历时12年6月 is a length of time.
SHORT_YEAR = re.compile(
    r"(?<![\d.〔期时满刑徒近约共逾个龄])(?:['’‘]\d{2}年|\d{2}年(?=\d{1,2}月(?:\d{1,2}日|[底末初份中上下至，。；）]))"
    r"|(?:1[5-9]|2\d|3[0-5])年(?=\d{1,2}月?(?:[至到—～-]\d{1,2})?月))"
)
# 26年上半年 is never a length of time, as 历时26年 and 近26年来 are.
SHORT_YEAR_PERIOD = re.compile(
    r"(?<![\d.〔])(?:1[5-9]|2\d|3[0-5])年(?=[上下]半年|第?[一二三四]季度|前三季度|全年|年[底末初]|[底末](?![部层气色盘])|初(?![心步次期])|度(?![过假日]))"
)
# 26年，街道共实施…….
SHORT_YEAR_ALONE = re.compile(
    r"(?:^|(?<=[。；！？\n]))(?:1[5-9]|2\d|3[0-5])年(?=，|街道|我街道|全街道|共|区|市|计划|度)", re.MULTILINE
)
# 将26年民生实事项目, 较25年增加: years near the present that are no length of time, as 26年党龄 and 26年来 are.
SHORT_NEAR = re.compile(
    rf"(?:^|(?<=[，。；：、（《“将把在于对按较比自从到与和及是据照为入]))(?<!坚持)(?<!连续)2[3-9]年(?=(?![来间以的里前后内历多余之左婚办租期不风磨寒光为在和与至到未没无监刑徒老]|[工党教军司]龄|从[业事教]|使用|如一日|时间|服[务役])[{HANZI}]|《|“)",
    re.MULTILINE,
)
# 区政府26年重点工作, 在25年的基础上: what no length of time has behind it.
SHORT_YEAR_OF = re.compile(
    r"(?<![\d.〔第近约共满达逾超历时已龄了])(?<!坚持|连续|从事|累计|工作)2[3-9]年(?=(?:重点|计划|目标|任务|预算|决算|民生|实事|财政|考核|同期|专项|工作(?:要点|计划|安排|总结|报告|重点|任务|目标))(?!期)|春季|夏季|秋季|冬季|春节|国庆|元旦|汛期)"
    r"|(?<=[在比较与])2[3-9]年(?=(?:的)?(?:基础上|水平|同期|底|末|年底|数据))"
    r"|(?<=建于|始于|立于|装于|修于|生于|业于|成于|用于|签于|购于|造于)(?:[5-9]\d|[0-3]\d)年(?![以之内限期多来余间中代])"
)
# 23年至25年: a range of short years.
SHORT_RANGE = re.compile(
    r"(?<![\d.〔期时满近约共])(?P<first>(?:0\d|1\d|2\d|3[0-5]))年?(?P<to>至|到|—|-|～)(?P<last>(?:0\d|1\d|2\d|3[0-5]))年(?![以之内限期多])"
)
# 25、26两年; 26.9.30.
LISTED_BOTH = re.compile(r"(?<![\d第.])(?P<one>2\d)年?、(?P<other>2\d)(?=[两二]?年(?![级以内]))")
SHORT_NUMERIC = re.compile(
    r"(?<![\d.A-Za-z/-])(?P<year>2\d)[./](?P<month>0?[1-9]|1[0-2])[./](?P<day>3[01]|[12]\d|0?[1-9])(?![\d./])"
)
# 1941年至46年.
SHORT_END = re.compile(
    r"(?<!\d)(?P<century>(?:19|20))(?P<first>\d\d)年?(?P<to>至|到|—|-|～)(?P<last>\d\d)年(?![以之内限期多间])"
)
# 2024、25两年.
LISTED_SHORT = re.compile(r"(?<!\d)(?P<century>20)\d\d年?[、和](?P<last>\d\d)(?=[两二]?年(?!级))")
SINCE_SHORT = re.compile(
    r"(?:^|(?<=[，。；：、（自从]))(?:1[5-9]|2\d|3[0-5])年(?=以来[，、]|开始|起[，至])", re.MULTILINE
)
NUMERIC = re.compile(
    r"(?<![\d.\-/A-Za-z])((?:19|20)\d\d)([-./])(0?[1-9]|1[0-2])\2(3[01]|[12]\d|0?[1-9])(?![\d.\-/A-Za-z])"
)
CHINESE_DATE = re.compile(
    rf"[一二][〇○零九][〇○零{NUMERALS}]{{2}}(?<!二[〇○]三五)年(?!远景目标)(?:[{NUMERALS}]{{1,2}}月(?:[{NUMERALS}]{{1,3}}日)?|\d{{1,2}}月)?"
    rf"|(?<=\d年)[{NUMERALS}]{{1,2}}月(?:[{NUMERALS}]{{1,3}}日)?|(?<=\d月)[{NUMERALS}]{{1,3}}日"
)
# 二0二六, with the figure 0 or a letter among numerals.
MIXED_YEAR = re.compile(rf"(?<![\d{NUMERALS}])[\dO０〇○零{NUMERALS}]{{4}}(?=年)")
FIGURE_OF_YEAR = {"O": "0", "０": "0"}
CHINESE_FIGURES = re.compile(rf"[〇○零{NUMERALS}]+")
DAY = re.compile(r"(?<!\d)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
COLLOQUIAL = re.compile(r"(?<=\d月)(\d{1,2})号(?=[，。；、）前后起至到上下]|$)", re.MULTILINE)
WEEKDAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日[（(]?(?:星期|周)([一二三四五六日天])(?![期年岁])")
WEEKDAYS = "一二三四五六日"
YEAR_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
NUMBERS = {chinese_number(number): str(number) for number in range(1, 100)}
LEAP_YEAR = 2024
DAYS_BACK, DAYS_AHEAD = 366, 183


@passage_rule("padded-date", "日期补零", ERROR, "7.3.5.4", holding=DIGITS)
def padded_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """2026年09月05日."""
    for match in PADDED.finditer(passage.text):
        right = ZERO.sub("", match[0])
        yield hit_at(passage, match, f"日期的月、日不编虚位，请改为“{right}”。", right)


@passage_rule("spaced-date", "日期空格", WARNING, "7.3.5.4", holding=" \u3000")
def spaced_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """2026 年 9 月 5 日."""
    for match in SPACED.finditer(passage.text):
        right = SPACES.sub("", match[0])
        if right != match[0]:
            yield hit_at(passage, match, f"日期中不空格，请改为“{right}”。", right)


@passage_rule("short-year", "年份不全", ERROR, "7.3.5.4", holding=DIGITS)
def short_years(passage: TextPassage) -> Iterator[RuleHit]:
    """26年9月."""
    patterns = (SHORT_NEAR, SHORT_YEAR_OF, SHORT_YEAR_ALONE, SINCE_SHORT, SHORT_YEAR_PERIOD, SHORT_YEAR)
    found = {match.start(): match for one in patterns for match in one.finditer(passage.text)}
    for match in found.values():
        year = match[0].lstrip("’‘'")
        right = f"{19 if year[0] in '56789' else 20}{year}"
        yield hit_at(passage, match, f"年份应当写全四位，请改为“{right}”。", right)
    for match in LISTED_SHORT.finditer(passage.text):
        start, end = match.span("last")
        right = f"{match['century']}{match['last']}"
        yield RuleHit(f"年份应当写全四位，请改为“{right}年”。", passage, start, end, right)
    for match in LISTED_BOTH.finditer(passage.text):
        right = f"20{match['one']}、20{match['other']}"
        yield hit_at(passage, match, f"年份应当写全四位，请改为“{right}年”。", right)
    for match in SHORT_NUMERIC.finditer(passage.text):
        right = f"20{match['year']}年{int(match['month'])}月{int(match['day'])}日"
        yield hit_at(passage, match, f"日期用年、月、日标全，年份写全四位，请改为“{right}”。", right)
    for match in SHORT_END.finditer(passage.text):
        right = f"{match['century']}{match['last']}年"
        yield RuleHit(
            f"年份应当写全四位，请改为“{right}”。", passage, match.start("last"), match.end(), right
        )
    for match in SHORT_RANGE.finditer(passage.text):
        if int(match["first"]) < int(match["last"]):
            right = f"20{match['first']}年{match['to']}20{match['last']}年"
            yield hit_at(passage, match, f"年份应当写全四位，请改为“{right}”。", right)


@passage_rule("numeric-date", "日期写法", WARNING, "7.3.5.4", holding=DIGITS)
def numeric_dates(passage: TextPassage) -> Iterator[RuleHit]:
    """2026-09-05, 2026.9.5 and 2026/9/5 in a text."""
    for match in NUMERIC.finditer(passage.text):
        year, _, month, day = match.groups()
        right = f"{year}年{int(month)}月{int(day)}日"
        yield hit_at(passage, match, f"正文里的日期应当用年、月、日标全，请改为“{right}”。", right)


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
    return NUMBERS.get(words, words)


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
    for passage in subject.passages:
        for match in WEEKDAY.finditer(passage.text):
            stated, month, day = (int(figures or 0) for figures in match.groups()[:3])
            years = (stated,) if stated else (usual, usual + 1) if usual else ()
            days = [date(year, month, day) for year in years if is_existing_day(year, month, day)]
            if not (stated or usual) and today:
                days = list(_days_around(today, month, day))
            right = [WEEKDAYS[one.weekday()] for one in days]
            if right and match[4].replace("天", "日") not in right:
                yield hit_at(passage, match, f"{month}月{day}日是星期{right[0]}，请核对日期和星期。")


def _days_around(today: date, month: int, day: int) -> Iterator[date]:
    """The days of a month that a text of today may name without a year, the likeliest first."""
    for year in (today.year, today.year + 1, today.year - 1):
        if (
            is_existing_day(year, month, day)
            and -DAYS_BACK <= (date(year, month, day) - today).days <= DAYS_AHEAD
        ):
            yield date(year, month, day)


def is_existing_day(year: int, month: int, day: int) -> bool:
    return year != 0 and 0 < month <= 12 and 0 < day <= monthrange(year, month)[1]


@passage_rule("colloquial-day", "“号”与“日”", WARNING, "7.3.5.4", holding="号")
def colloquial_days(passage: TextPassage) -> Iterator[RuleHit]:
    """9月5号."""
    for match in COLLOQUIAL.finditer(passage.text):
        right = f"{match[1]}日"
        yield hit_at(passage, match, f"公文的日期用“日”，请改为“{right}”。", right)
