"""Times of year and of day: quarters and their months, clocks, what ends before it begins."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

MONTHS = r"(?P<first>\d{1,2})(?:月(?:\d{1,2}日)?)?(?:至|到|—|-|～)(?P<last>\d{1,2})月(?:\d{1,2}日)?"
QUARTER_MONTHS = re.compile(rf"(?P<period>第?[一二三四]季度|上半年|下半年|前三季度)[（(]{MONTHS}[）)]")
MONTHS_OF_QUARTER = re.compile(
    r"(?<![\d月、])(?P<months>\d{1,2}(?:、\d{1,2}){0,2})(?:[两三]个)?月(?:份)?(?:是|为|属于|正值|正是)(?P<period>第?[一二三四]季度)"
)
PERIODS = {
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
}
PARTS_OF_YEAR = re.compile(
    "(?:第?[一二三四]季度|前三季度|[上下]半年|(?:1月?[至到—-])?(?:1[0-2]|[1-9])月份?|前[一二三四五六七八九十]+个月)"
)
# 上半年，街道先后于3月18日、5月21日和8月6日召开会议: days on which something was done in a period.
AND_DAY = r"(?:[、和及]|以及)(?:\d{1,2}月)?\d{1,2}日"
DAYS_OF_PERIOD = re.compile(
    rf"(?:^|(?<=[。；！？\n]))(?:今年)?(?P<period>第?[一二三四]季度|[上下]半年|前三季度)，"
    rf"(?![{HANZI}]{{0,16}}(?:将|拟|计划|预计|定于|争取|力争|确保|要求|届时))[{HANZI}]{{0,16}}?[于在]"
    rf"(?P<days>(?:\d{{1,2}}月)?\d{{1,2}}日(?:{AND_DAY}){{0,10}})(?:分别|先后|共)?(?=[开召组举进联对检])",
    re.MULTILINE,
)
MONTH_AND_DAY = re.compile(r"(?P<month>\d{1,2})月\d{1,2}日")
FIRST_MONTHS = {f"前{name}个月": (1, number) for number, name in enumerate("一二三四五六七八九十", start=1)}
PACE = re.compile(
    r"(?P<period>第?[一二三四]季度末?|上半年|前三季度)，?[^，。；：\d%]{0,10}序时进度(?:应为|为|是|应达到?|应当为)(?P<share>\d+(?:\.\d+)?)[%％]"
)
PACE_SHARES = {"一季度": 25, "二季度": 50, "三季度": 75, "四季度": 100, "上半年": 50, "前三季度": 75}
CLOCK = re.compile(
    r"(?<![\d.:：])(?P<hour>\d{1,2})(?:时|点|[:：])(?P<minute>\d{2})(?:分|(?=[至到—，。；、）]|$))"
)
REVERSED_MONTHS = re.compile(r"(?<![\d月])(?P<first>\d{1,2})月份?(?:至|到|—|～|-)(?P<last>\d{1,2})月(?!\d)")
# 11月至3月 goes on into the next year.
WITHIN_YEAR = 4
DAYS = re.compile(
    r"(?P<first_month>\d{1,2})月(?P<first_day>\d{1,2})日(?:起|开始)?，?(?:一直)?(?:持续|延续)?(?:至|到|—|～|-)(?P<last_month>\d{1,2})月(?P<last_day>\d{1,2})日"
)
# 9月中旬组织检查。9月22日检查当天.
DAY_OF_THIRD = re.compile(
    r"(?P<month>\d{1,2})月(?P<third>[上中下])旬(?:(?!\d{1,2}月)[^！？\n]){2,60}(?P=month)月(?P<day>\d{1,2})日[^，。；\d]{0,6}当[天日]"
)
# 总结提升阶段（2025年12月1日至: a stage with its beginning.
STAGE = re.compile(
    r"阶段(?:时间)?[：:]?[（(]?(?:时间)?[：:]?(?:[自从])?(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)


def months_of(words: str) -> tuple[int, int] | None:
    """The months that the period in a few words is of."""
    found = PARTS_OF_YEAR.search(words)
    if found is None:
        return None
    name = found[0].removeprefix("第")
    if name in PERIODS or name in FIRST_MONTHS:
        return PERIODS.get(name) or FIRST_MONTHS[name]
    last = int(re.findall(r"\d+", name)[-1])
    return (1 if re.match(r"1月?[至到—-]", name) else last), last


@passage_rule("period-months", "季度与月份不符", WARNING, ACCURACY, holding="季年")
def wrong_months_of_periods(passage: TextPassage) -> Iterator[RuleHit]:
    """第三季度（4月至6月）, 第三季度序时进度为50%."""
    for match in QUARTER_MONTHS.finditer(passage.text):
        first, last = PERIODS[match["period"].removeprefix("第")]
        if (int(match["first"]), int(match["last"])) != (first, last):
            yield hit_at(passage, match, f"{match['period']}是{first}月至{last}月，请核对。")
    for match in MONTHS_OF_QUARTER.finditer(passage.text):
        first, last = PERIODS[match["period"].removeprefix("第")]
        if not all(first <= int(month) <= last for month in match["months"].split("、")):
            yield hit_at(passage, match, f"{match['period']}是{first}月至{last}月，请核对。")
    for match in PACE.finditer(passage.text):
        right = PACE_SHARES[match["period"].removeprefix("第").removesuffix("末")]
        if float(match["share"]) != right:
            yield hit_at(passage, match, f"{match['period']}的序时进度是{right}%，请核对。")
    yield from _days_outside_of_period(passage)


def _days_outside_of_period(passage: TextPassage) -> Iterator[RuleHit]:
    for match in DAYS_OF_PERIOD.finditer(passage.text):
        first, last = PERIODS[match["period"].removeprefix("第")]
        for day in MONTH_AND_DAY.finditer(match["days"]):
            if not first <= int(day["month"]) <= last:
                start = match.start("days")
                reason = f"{day[0]}不在{match['period']}，请核对日期。"
                yield RuleHit(reason, passage, start + day.start(), start + day.end())


@passage_rule("clock", "钟点", WARNING, ACCURACY, holding=DIGITS)
def wrong_clocks(passage: TextPassage) -> Iterator[RuleHit]:
    """上午14时, 下午15时, 9时65分."""
    yield from phrase_hits("clock", passage)
    for match in CLOCK.finditer(passage.text):
        if int(match["hour"]) > 24 or int(match["minute"]) > 59:
            yield hit_at(passage, match, f"没有“{match[0]}”这个时刻，请核对。")


@passage_rule("reversed-months", "起止颠倒", WARNING, ACCURACY, holding="月")
def reversed_months(passage: TextPassage) -> Iterator[RuleHit]:
    """10月至9月, 9月30日至8月1日."""
    for match in REVERSED_MONTHS.finditer(passage.text):
        if 0 < int(match["first"]) - int(match["last"]) < WITHIN_YEAR:
            yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")
    for match in DAYS.finditer(passage.text):
        first, last = ((int(match[f"{name}_month"]), int(match[f"{name}_day"])) for name in ("first", "last"))
        if last < first and first[0] - last[0] < WITHIN_YEAR:
            yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")


@document_rule("earlier-stage", "阶段的时间颠倒", WARNING, ACCURACY)
def earlier_stages(subject: LintSubject) -> Iterator[RuleHit]:
    """集中整治阶段（2026年11月1日至11月30日）……总结提升阶段（2025年12月1日至12月31日）."""
    before: tuple[int, ...] = ()
    for passage in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT):
        for match in STAGE.finditer(passage.text):
            begun = tuple(int(part) for part in match.groups() if part)
            if begun < before[: len(begun)]:
                yield RuleHit(
                    "这一阶段早于上一阶段，请核对年份和日期。", passage, match.start("year"), match.end()
                )
            before = begun


@passage_rule("day-of-third", "日期与旬不符", WARNING, ACCURACY, holding="旬")
def days_of_other_thirds(passage: TextPassage) -> Iterator[RuleHit]:
    """9月中旬……9月22日检查当天."""
    for match in DAY_OF_THIRD.finditer(passage.text):
        if min((int(match["day"]) - 1) // 10, 2) != "上中下".index(match["third"]):
            yield hit_at(
                passage, match, f"{match['month']}月{match['day']}日不在{match['third']}旬，请核对。"
            )
