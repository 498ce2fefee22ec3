"""Times of year and of day: quarters and their months, clocks, what ends before it begins."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at

MONTHS = r"(?P<first>\d{1,2})(?:月(?:\d{1,2}日)?)?(?:至|到|—|-|～)(?P<last>\d{1,2})月(?:\d{1,2}日)?"
QUARTER_MONTHS = re.compile(rf"(?P<period>第?[一二三四]季度|上半年|下半年|前三季度)[（(]{MONTHS}[）)]")
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
# 四季度，局里安排三场招聘会。第一场于9月18日举办.
IN_PERIOD = re.compile(
    r"(?:^|(?<=[。；！？\n]))(?:今年|本年)?(?P<period>第?[一二三四]季度|[上下]半年)(?:以来)?，(?![^。]{0,30}(?:较|比|同比|环比))",
    re.MULTILINE,
)
ONE_OF_SEVERAL = re.compile(
    r"第[一二三四五六七八九十\d]{1,2}[场次期批轮站届][^，。；\d]{0,8}?(?<!原)(?:定于|[于在])?(?P<month>\d{1,2})月\d{1,2}日"
)
FIRST_MONTHS = {f"前{name}个月": (1, number) for number, name in enumerate("一二三四五六七八九十", start=1)}
PACE = re.compile(
    r"(?P<period>第?[一二三四]季度末?|上半年|前三季度)，?[^，。；：\d%]{0,10}序时进度(?:应为|为|是|应达到?|应当为)(?P<share>\d+(?:\.\d+)?)[%％]"
)
PACE_SHARES = {"一季度": 25, "二季度": 50, "三季度": 75, "四季度": 100, "上半年": 50, "前三季度": 75}
CLOCK = re.compile(
    r"(?<![\d.:：])(?P<hour>\d{1,2})(?:时|点|[:：])(?P<minute>\d{2})(?:分|(?=[至到—，。；、）]|$))"
)
PERIOD = re.compile(
    r"(?<![\d月])(?P<first_month>\d{1,2})月(?:份|(?P<first_day>\d{1,2})日)?(?:起|开始)?，?(?:一直)?(?:持续|延续)?(?:至|到|—|～|-)(?P<last_month>\d{1,2})月(?:(?P<last_day>\d{1,2})日)?(?!\d)"
)
# 11月至3月 goes on into the next year.
WITHIN_YEAR, HALF_YEAR, NEAR = 4, 6, 6
# 总结提升阶段（2025年12月1日至: a stage with its beginning.
STAGE = re.compile(
    r"阶段(?:时间)?[：:]?[（(]?(?:时间)?[：:]?(?:[自从])?(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)
FIRST_STAGE = re.compile("第一|动员|部署|准备|启动|自查|宣传")
# 分三步实施：11月17日至22日动员部署，11月23日至12月20日集中整治，10月底前总结.
STEPS = re.compile(
    r"分[两二三四五六\d]个?(?:步|阶段|批|期|轮|步骤)[^。！？\n]{0,10}?[：，:](?P<steps>[^。！？\n]{10,200})"
)
STEP = re.compile(
    r"(?:^|[，；、：:]|[。；]?第[一二三四五六]步[^，。；\d]{0,12}|阶段[（(])(?:[^，。；\d]{0,8}?)(?<![今本明次去]年)(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)
# In what order the moments of an incident come: 14时20分发生事故, 14时31分报警, 14时41分到达现场.
INCIDENT = (
    re.compile("发生|起火|坍塌|突发|爆炸|泄漏|出现(?:险情|故障|裂缝)"),
    re.compile("拨打|报警|报告|来电|接报|接警|接到|上报|求助|求救"),
    re.compile("出动|赶赴|到达|赶到|到场|抵达"),
    re.compile("扑灭|救出|送医|送[至往到]|恢复|抢修完|处置完毕|处置结束|解除|排除"),
)
MOMENT = re.compile(
    r"(?P<half>下午|晚上?|傍晚)?(?<![\d.:：])(?P<hour>\d{1,2})(?:时|[:：](?=\d\d))(?:(?P<minute>\d{1,2})分?)?(?:许|左右)?，?(?P<what>(?:(?!\d{1,2}[时:：])[^，。；！？\n]){0,40})"
)
AT_DAY = re.compile(r"\d{1,2}月\d{1,2}日|次日|翌日|当晚|次晨|凌晨|昨[日天晚]|\d{1,2}日")
NOON = 12
LONGEST_INCIDENT = 180


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
    for match in PACE.finditer(passage.text):
        right = PACE_SHARES[match["period"].removeprefix("第").removesuffix("末")]
        if float(match["share"]) != right:
            yield hit_at(passage, match, f"{match['period']}的序时进度是{right}%，请核对。")
    for period in IN_PERIOD.finditer(passage.text):
        rest = IN_PERIOD.split(passage.text[period.end() :])[0]
        first, last = PERIODS[period["period"].removeprefix("第")]
        for match in ONE_OF_SEVERAL.finditer(rest):
            if not first <= int(match["month"]) <= last:
                start = period.end() + match.start("month")
                reason = f"{match['month']}月不在{period['period']}，请核对日期。"
                yield RuleHit(reason, passage, start, period.end() + match.end())


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
    for match in PERIOD.finditer(passage.text):
        months = int(match["first_month"]), int(match["last_month"])
        days = int(match["first_day"] or 0), int(match["last_day"] or 0)
        is_earlier = months[0] > months[1] or (months[0] == months[1] and all(days) and days[0] > days[1])
        if is_earlier and months[0] - months[1] < WITHIN_YEAR:
            yield hit_at(passage, match, f"“{match[0]}”的终点早于起点，请核对。")


@document_rule("earlier-stage", "阶段的时间颠倒", WARNING, ACCURACY)
def earlier_stages(subject: LintSubject) -> Iterator[RuleHit]:
    """集中整治阶段（2026年11月1日至11月30日）……总结提升阶段（2025年12月1日至12月31日）."""
    stages = list[tuple[TextPassage, int, re.Match[str]]]()
    for passage in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT):
        stages += ((passage, 0, match) for match in STAGE.finditer(passage.text))
        for match in STEPS.finditer(passage.text):
            steps = [(passage, match.start("steps"), step) for step in STEP.finditer(match["steps"])]
            yield from _before_the_last(steps)
    yield from _before_the_last(stages)


def _before_the_last(stages: list[tuple[TextPassage, int, re.Match[str]]]) -> Iterator[RuleHit]:
    """Of stages in their order those that begin before the one before them."""
    before: tuple[int, ...] = ()
    for passage, start, match in stages:
        if FIRST_STAGE.search(text_before(passage.text, start + match.start(), NEAR)):
            before = ()
        year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
        year = year or (before[0] if before else 0)
        begun = (year, month, day) if day else (year, month)
        is_next_year = not match["year"] and bool(before) and before[1] - month >= HALF_YEAR
        if begun < before[: len(begun)] and not is_next_year:
            place = start + match.start("year" if match["year"] else "month")
            yield RuleHit("这一阶段早于上一阶段，请核对日期。", passage, place, start + match.end())
        before = (year, month, day)


@document_rule("moments-of-incident", "时刻先后不符", WARNING, ACCURACY)
def moments_of_incidents(subject: LintSubject) -> Iterator[RuleHit]:
    """14时20分发生事故，13时52分拨打120: within one day."""
    known = list[tuple[int, int, str]]()
    for passage in subject.passages_of_kind(PassageKind.TEXT):
        end = 0
        for match in MOMENT.finditer(passage.text):
            if AT_DAY.search(passage.text, end, match.start()):
                known.clear()
            end = match.end()
            ranks = [rank for rank, step in enumerate(INCIDENT) if step.search(match["what"])]
            if not ranks:
                continue
            hour = int(match["hour"]) + (NOON if match["half"] and int(match["hour"]) < NOON else 0)
            minute = hour * 60 + int(match["minute"] or 0)
            first = next((one for one in reversed(known) if one[0] < ranks[0]), None)
            if first and 0 < first[1] - minute < LONGEST_INCIDENT:
                reason = f"“{first[2]}”在前，之后的事不会更早，请核对时刻。"
                yield RuleHit(reason, passage, match.start("hour"), match.end())
            known.append((ranks[0], minute, match[0]))
