"""Times of year and of day; dates held against the document's own: what is done lies before, what is asked behind."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.subject import LintSubject, RuleHit, hit_at

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
    r"(?P<first_month>\d{1,2})月(?P<first_day>\d{1,2})日(?:起|开始)?，?(?:至|到|—|～|-)(?P<last_month>\d{1,2})月(?P<last_day>\d{1,2})日"
)
# 2026年6月开工，2026年4月竣工; 8月12日开工，……于7月28日竣工; 合同工期为3月1日至8月31日……2月10日完工.
BEGINNING = "开工|动工|启动|立项|进场|开始|签约|签订|成立|受理|入驻|开班|开幕|开课|开业|中标|施工"
ENDING = (
    "竣工|完工|建成|交付|结束|验收|办结|结项|投用|投入使用|结业|闭幕|结课|闭馆|收官|销号|启用"
    "|完成(?=[，。；]|了|全部|竣工|施工|改造|首|主体|基础|管|铺|回填|总)"
)


def _moment(name: str) -> str:
    """The pattern of a month or a day, its groups named after it."""
    return (
        rf"(?:(?P<{name}_year>20\d\d)年)?(?P<{name}_month>\d{{1,2}})月"
        rf"(?:(?P<{name}_day>\d{{1,2}})日|[底初末中旬上下]{{1,2}})?"
    )


BEGUN = re.compile(
    rf"(?:(?P<period>工期|施工期|合同期|建设期|服务期|施工时间)(?:限)?(?:为|是|从|自|：)?)?{_moment('first')}(?:(?P<to>[至到—～-])(?:20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日|底)?|[^，。；！？\n\d]{{0,8}}?(?P<begun>{BEGINNING}))"
    rf"(?:(?![次今明翌去]年|同期|原|此前|一期|上期|前期)[^。；！？\n]){{0,40}}?(?<![\d年]){_moment('last')}[^，。；！？\n\d]{{0,6}}?(?P<end>{ENDING})"
)
# 9月中旬组织检查。9月22日检查当天.
DAY_OF_THIRD = re.compile(
    r"(?P<month>\d{1,2})月(?P<third>[上中下])旬(?:(?!\d{1,2}月)[^！？\n]){2,60}(?P=month)月(?P<day>\d{1,2})日[^，。；\d]{0,6}当[天日]"
)
# 总结提升阶段（2025年12月1日至: a stage with its beginning.
STAGE = re.compile(
    r"阶段(?:时间)?[：:]?[（(]?(?:时间)?[：:]?(?:[自从])?(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)
HALF_YEAR = 183
DAY = r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
# 11月20日，街道召开了: done, and so before the document's own day.
DONE = re.compile(
    rf"(?:^|(?<=[。；，：！？\n]))(?:街道)?(?:于|在)?{DAY}(?:上午|下午|晚)?，?(?P<clause>(?:(?!\d{{1,2}}月\d)[^。；！？\n]){{0,40}}?(?:(?<![为除])了(?![解如指])|已(?!定|确定|列|纳|预|报名|安排|明确)[^，。；！？\n]|顺利完成|圆满完成|已完成|已经|，已(?:评出|评选出|产生|形成|达成|吸引)))",
    re.MULTILINE,
)
# 截至2026年12月20日，已完成: counted up to a day that is still to come.
MEETING_TIME = re.compile(rf"^\s*(?:会议)?时间[：:]\s*{DAY}", re.MULTILINE)
COUNTED_TO = re.compile(rf"截[至止]{DAY}(?P<clause>[^。；！？\n]{{0,40}})")
PLANNED = re.compile(
    "将|拟|计划|预计|定于|争取|力争|确保|截止|要求|应(?!急)|届时|^(?:之?前|以前|起|至|到|开始)"
)
DEADLINE = re.compile(
    rf"(?:请|务必|须|望|各[^，。；！？\n]{{1,8}}[要应需])[^。；！？\n]{{0,100}}?(?:于|在)?{DAY}(?:上午|下午)?(?:\d{{1,2}}[时点])?(?:之前|以前|前)[^。；！？\n]{{0,20}}?(?:报送|上报|反馈|报|完成|提交|填报|送)"
)
# A point of time with its year: 2026年5月底, 2026年第四季度末, 2026年12月15日.
MOMENT = (
    r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?|第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年)?"
    r"(?P<end>年?底|末)?"
)
LAST_MONTHS = {"一": 3, "二": 6, "三": 9, "四": 12, "上": 6, "下": 12}
# 据统计，2027年共办理; 2026年第四季度末，……已达到: reported as done.
REPORTED = re.compile(
    rf"(?:^|(?<=[。；，！？\n]))(?P<counted>据(?:初步)?统计，)?(?:在|于|自|截[至止])?{MOMENT}(?P<clause>[^。；！？\n]{{0,40}})",
    re.MULTILINE,
)
DONE_WORD = re.compile(
    "已(?:经)?(?:达|完成|建成|有|实现|开展|超|累计|办)|以来|上，街道|共(?:办理|受理|完成|处置)"
    "|(?:完成|召开|举办|举行|开展|组织|建成|印发|签订|成立|启动|出台|安排|发放|整改|拆除|检查|排查|新增|实现)了(?!解)"
)
# 将2026年5月底前建成的小区纳入 intends something else.
BY_THEN = "(?![^，。；]{0,14}(?:建成|投用|使用|完成|竣工|交付|开工|入住|登记|注册|受理|到期|提交|报名)的)"
# 下一步，街道将在2026年5月底前完成 in a document of October.
INTENDED = re.compile(
    rf"(?:将|拟|力争|争取|确保|预计|下一步)[^。；！？\n]{{0,24}}?(?<!\d){MOMENT}{BY_THEN}(?P<clause>(?:之?前|以前|(?<=底)(?=[^，。；\d]{{0,4}}(?:完成|竣工|完工|建成|交付|投用|投入)))[^。；，！？\n]{{0,20}})"
)
# A month without its year, held against the period that the text reports on: 前三季度……下一步……6月底前.
INTENDED_MONTH = re.compile(
    rf"(?:将|拟|力争|争取|(?<!为)确保|下一步)[^。；！？\n]{{0,24}}?(?:(?<![\d年])|(?<=今年)|(?<=本年))(?P<month>\d{{1,2}})月[底末]{BY_THEN}(?:之?前|以前)"
)
REPORTED_PERIOD = re.compile(
    r"(?:^|(?<=[。；\n]))(?:今年|本年)?(?:(?P<quarter>前三季度|第?[二三]季度|上半年)(?![^。；！？\n]*(?:将|拟|计划|力争))|截[至止](?P<month>\d{1,2})月(?:底|末|3[01]日))，",
    re.MULTILINE,
)
NEAR_MONTHS = 5
QUARTER_AHEAD = re.compile(
    rf"(?:^|(?<=[。；\n]))(?:今年|本年)?(?P<quarter>第?[二三四]季度|下半年)，(?:(?!原|曾|已)[^。；！？\n]){{0,60}}?(?:将|要|务必|须|确保|力争|争取)(?:(?!原|曾|已)[^。；！？\n]){{0,30}}?(?<![\d年])(?P<month>\d{{1,2}})月(?:底|末|份|\d{{1,2}}日){BY_THEN}(?:之?前|以前)",
    re.MULTILINE,
)
# 本报告所列为2026年第三季度数据。截至2025年9月底，……占全年计划.
YEAR_OF_REPORT = re.compile(
    r"(?:报告|总结|材料|数据|情况)[^。；\n]{0,12}?(20\d\d)年(?:第?[一二三四]季度|上半年|前三季度|度)|(?<!\d)(20\d\d)年(?:第?[一二三四]季度|上半年|前三季度|度)[^。；，\n]{0,16}(?:报告|总结|情况)"
)
COUNTED_OF_YEAR = re.compile(
    r"截[至止](?P<year>20\d\d)年\d{1,2}月(?:底|末|\d{1,2}日)[^。；！？\n]{0,60}?(?:(?:全年|年度)(?:计划|任务|目标|预算)|序时进度)"
)
# 应在9月15日前完成，截至9月10日仍逾期.
OVERDUE = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:之?前|以前)[^。；！？\n]{0,24}?截至(?:\d{4}年)?(?P<then_month>\d{1,2})月(?P<then_day>\d{1,2})日[^。；！？\n]{0,24}?(?:逾期|超期|过期)"
)
PLANNED_COUNT = re.compile("将|拟|计划|预计|可达|争取|力争")
MONTH_END = re.compile(
    r"(?:请|务必|须|望|各[^，。；！？\n]{1,8}[要应需])[^。；！？\n]{0,40}?(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:底|末|份)?(?:之前|以前|前)[^。；！？\n]{0,20}?(?:报送|上报|反馈|报|完成|提交|填报|送)"
)
MISSED = re.compile(
    "尚未|(?<!逾期)未(?!按|如期|及时|[报完][^，。]{0,3}的)|逾期(?![未不视将按]|的?[，。])|已|仍|完成了|报送了"
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

    yield from phrase_hits("period-months", passage)


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
    before: tuple[int, int, int] | None = None
    for passage in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT):
        for match in STAGE.finditer(passage.text):
            begun = (int(match["year"]), int(match["month"]), int(match["day"] or 0))
            exact = 3 if before and before[2] and match["day"] else 2
            if before and begun[:exact] < before[:exact]:
                yield RuleHit(
                    "这一阶段早于上一阶段，请核对年份和日期。", passage, match.start("year"), match.end()
                )
            before = begun


@passage_rule("ended-before-begun", "起止颠倒", WARNING, ACCURACY, holding="月")
def ended_before_begun(passage: TextPassage) -> Iterator[RuleHit]:
    """2026年6月开工，2026年4月竣工; 2026年8月12日开工，7月28日竣工; a completion before its term begins."""
    for match in BEGUN.finditer(passage.text):
        if not match["begun"] and not match["period"]:
            continue
        first, last = (
            [int(match[f"{name}_{part}"] or 0) for part in ("year", "month", "day")]
            for name in ("first", "last")
        )
        if not (first[0] and last[0]):
            first[0] = last[0] = 0
        if 0 in (first[2], last[2]):
            first[2] = last[2] = 0
        months = 12 * (first[0] - last[0]) + first[1] - last[1]
        if last < first and (match["first_year"] or months < WITHIN_YEAR):
            start = match.start("last_year") if match["last_year"] else match.start("last_month")
            yield RuleHit(f"{match['end']}的时间早于开始的时间，请核对。", passage, start, match.end())
    for match in DAY_OF_THIRD.finditer(passage.text):
        third = "上中下".index(match["third"])
        if not third * 10 < int(match["day"]) <= (third * 10 + 10 if third < 2 else 31):
            yield hit_at(
                passage, match, f"{match['month']}月{match['day']}日不在{match['third']}旬，请核对。"
            )


@document_rule("future-date", "已办的事日期在后", WARNING, ACCURACY)
def done_in_future(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年11月20日，街道召开了推进会 in a document of October."""
    for passage, match, day in _dates_held_against(subject, DONE):
        issued = subject.day
        if issued and day > issued and not PLANNED.search(match["clause"]):
            reason = f"这一天在成文日期{_in_words(issued)}之后，却写成已经办了，请核对日期。"
            yield RuleHit(reason, passage, match.start(), match.end())
    minutes = "纪要" in subject.title or "记录" in subject.title
    for passage, match, day in _dates_held_against(subject, MEETING_TIME) if minutes else ():
        if subject.issued_on and day > subject.issued_on:
            yield hit_at(passage, match, f"会议时间在印发日期{_in_words(subject.issued_on)}之后，请核对。")
    for passage, match, day in _dates_held_against(subject, COUNTED_TO):
        issued = subject.day
        if issued and day > issued and not PLANNED_COUNT.search(match["clause"].partition("已")[0]):
            reason = f"这一天在成文日期{_in_words(issued)}之后，还不能统计到这一天，请核对日期。"
            yield RuleHit(reason, passage, match.start(), match.start("clause"))


@document_rule("future-moment", "已办的事日期在后", WARNING, ACCURACY)
def reported_of_the_future(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年第四季度末，……已达到 in a document of November."""
    issued = subject.day
    for passage in subject.passages if issued else ():
        for match in REPORTED.finditer(passage.text):
            is_done = match["counted"] or DONE_WORD.search(match["clause"])
            first, last = _days_of_moment(match)
            day = last if match["end"] else first
            if is_done and issued and day > issued and not PLANNED_COUNT.search(match["clause"]):
                if match["day"] and not re.match("召开的|以来", match["clause"]):
                    continue  # see future-date
                reason = f"这一时间在成文日期{_in_words(issued)}之后，却写成已经办了，请核对。"
                yield RuleHit(reason, passage, match.start("year"), match.start("clause"))


def _days_of_moment(match: re.Match[str]) -> tuple[date, date]:
    """The first and the last day of a point of time."""
    year, named = int(match["year"]), match["quarter"] or match["half"]
    last = LAST_MONTHS[named] if named else int(match["month"] or 12)
    length = 3 if match["quarter"] else 6 if match["half"] else 1 if match["month"] else 12
    if match["day"] and is_existing_day(year, last, int(match["day"])):
        return date(year, last, int(match["day"])), date(year, last, int(match["day"]))
    last = min(max(last, 1), 12)
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


@document_rule("past-intention", "期限已过", WARNING, ACCURACY)
def past_intentions(subject: LintSubject) -> Iterator[RuleHit]:
    """下一步，街道将在2026年5月底前完成 in a document of October; nobody knows when a fragment was written."""
    issued = subject.day
    for passage in subject.passages if issued else ():
        for match in INTENDED.finditer(passage.text):
            is_past = issued and _days_of_moment(match)[1] < issued
            is_dated = issued and (match["year"] == str(issued.year) or not subject.is_fragment)
            if (
                issued
                and is_past
                and is_dated
                and not MISSED.search(passage.text[match.start() : match.end() + 12])
            ):
                reason = f"期限在成文日期{_in_words(issued)}之前，请核对日期。"
                yield hit_at(passage, match, reason)


@document_rule("past-month-of-report", "期限已过", WARNING, ACCURACY)
def past_months_of_reports(subject: LintSubject) -> Iterator[RuleHit]:
    """前三季度……下一步，……确保6月底前完工: before the months that are reported on."""
    yield from _before_its_quarter(subject)
    periods = [match for one in subject.passages for match in REPORTED_PERIOD.finditer(one.text)]
    begun = {
        int(match["month"]) + 1 if match["month"] else PERIODS[match["quarter"].removeprefix("第")][1] - 2
        for match in periods
    }
    for passage in subject.passages if begun else ():
        for match in INTENDED_MONTH.finditer(passage.text):
            is_past = 0 < min(begun) - int(match["month"]) <= NEAR_MONTHS
            if is_past and not MISSED.search(passage.text[match.start() : match.end() + 12]):
                yield hit_at(passage, match, "期限早于所报告的时间，请核对日期。")


def _before_its_quarter(subject: LintSubject) -> Iterator[RuleHit]:
    """四季度，……务必于9月底前建成: what is to be done in a quarter is not due before it begins."""
    for passage in subject.passages:
        for match in QUARTER_AHEAD.finditer(passage.text):
            first = PERIODS[match["quarter"].removeprefix("第")][0]
            if 0 < first - int(match["month"]) <= NEAR_MONTHS:
                yield RuleHit(
                    f"期限早于{match['quarter']}，请核对日期。", passage, match.start("month"), match.end()
                )


@document_rule("year-of-report", "统计时间与报告的年份不符", WARNING, ACCURACY)
def counted_to_other_year(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年第三季度数据。截至2025年9月底，……占全年计划的76%."""
    texts = (subject.title, *(one.text for one in subject.passages))
    years = {int(one or other) for text in texts for one, other in YEAR_OF_REPORT.findall(text)}
    for passage in subject.passages if len(years) == 1 else ():
        for match in COUNTED_OF_YEAR.finditer(passage.text):
            if int(match["year"]) == min(years) - 1:
                reason = f"报告的是{min(years)}年，这里是{match['year']}年，请核对年份。"
                yield RuleHit(reason, passage, match.start(), match.end("year") + 1)


@passage_rule("early-overdue", "未到期限却写逾期", WARNING, ACCURACY, holding="期")
def overdue_too_early(passage: TextPassage) -> Iterator[RuleHit]:
    """应在9月15日前完成，截至9月10日仍有3家逾期."""
    for match in OVERDUE.finditer(passage.text):
        due, then = ((int(match[f"{name}month"]), int(match[f"{name}day"])) for name in ("", "then_"))
        if then < due:
            reason = f"{then[0]}月{then[1]}日还没有到{due[0]}月{due[1]}日的期限，谈不上逾期，请核对日期。"
            yield hit_at(passage, match, reason)


@document_rule("past-deadline", "期限已过", WARNING, ACCURACY)
def past_deadlines(subject: LintSubject) -> Iterator[RuleHit]:
    """请于9月30日前报送 in a document of October."""
    for passage, match, day in _dates_held_against(subject, DEADLINE):
        issued = subject.day
        near = re.split("[。！？]", passage.text[match.start() : match.end() + 20])[0]
        if issued and day < issued and not MISSED.search(near):
            reason = f"期限在成文日期{_in_words(issued)}之前，请核对日期。"
            yield RuleHit(reason, passage, match.start(), match.end())


@document_rule("past-month", "期限已过", WARNING, ACCURACY)
def past_months(subject: LintSubject) -> Iterator[RuleHit]:
    """请于9月底前报送 in a document of October."""
    issued = subject.day
    for passage in subject.passages if issued and not subject.is_fragment else ():
        for match in MONTH_END.finditer(passage.text):
            year, month = int(match["year"] or (issued.year if issued else 0)), int(match["month"])
            near = passage.text[match.start() : match.end() + 12]
            if issued and (year, month) < (issued.year, issued.month) and not MISSED.search(near):
                reason = f"期限在成文日期{_in_words(issued)}之前，请核对日期。"
                yield RuleHit(reason, passage, match.start(), match.end())


def _dates_held_against(
    subject: LintSubject, pattern: re.Pattern[str]
) -> Iterator[tuple[TextPassage, re.Match[str], date]]:
    """Where a pattern that names a day matches; a day without a year is of the document's own, if that is near it."""
    issued = subject.day
    for passage in subject.passages if issued else ():
        for match in pattern.finditer(passage.text):
            year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
            assert issued is not None  # noqa: S101  for mypy
            if not is_existing_day(year or issued.year, month, day):
                continue
            found = date(year or issued.year, month, day)
            is_near = abs((found - issued).days) <= HALF_YEAR and (subject.year or not subject.is_fragment)
            if year or is_near:
                yield passage, match, found


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
