"""Dates held against the document's own day: what is done lies before, what is asked or intended behind."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.rules.time.times import PERIODS
from reports.lint.subject import LintSubject, RuleHit, hit_at

HALF_YEAR, SOON, VERY_SOON = 183, 45, 14
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
DAY = r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
# 11月20日，街道召开了: done, and so before the document's own day.
DONE = re.compile(
    rf"(?:^|(?<=[。；，：！？\n]))(?P<lead>[^，。；：！？\n\d]{{0,18}}?)(?P<this>今年|本年)?{DAY}(?:[至到](?:\d{{1,2}}月)?\d{{1,2}}日)?(?:上午|下午|晚)?，?(?P<clause>(?:(?!\d{{1,2}}月\d)[^。；！？\n]){{0,60}})",
    re.MULTILINE,
)
IS_DONE = re.compile(
    "(?<![为除])了(?![解如指])|已(?!定|确定|列|纳|预|报名|安排|明确)[^，。；]|[顺圆][利满]完成|至今|，(?:累计|共|先后|参演|达到预期|取得)"
)
# 举行演练，260名居民参加: of a report what came of it, of a plan what is to come.
HAS_RESULT = re.compile(
    r"\d[余多]?[名人户家位]?[^，。\d]{0,6}(?:参加|参与|到场|受益)|(?:发放|送去|共|累计|收集|完成)[^，。\d]{0,10}\d"
)
REPORTING = re.compile("报告|总结|情况|纪要|记录|通报|简报|汇报")
# 12月4日国家宪法日来临之际, 12月15日开班的培训已有46人报名: on the day nothing is said to have been done.
NAMED_DAY = re.compile("^是?(?:国家|全国|世界|国际)|来临|前夕|临近|到来|之际")
ATTRIBUTE = re.compile("^[^，。]{2,10}的(?!方式|形式)")
OTHER_YEAR = re.compile("去年|上年|往年|前年")
LED_TO = re.compile("[已曾][于在]$|(?:根据|按照|依据|贯彻)$")
NOT_YET = re.compile("截[至止]$|请|务必|须|限|期[至到]$|前往|准备|[、和与]$")
# 时间：10月13日, （2026年10月13日） below the title……10月14日上午，主任周敏主持召开会议.
MINUTES = re.compile("纪要|记录")
HEADED_DAY = re.compile(rf"^\s*(?:(?:会议)?时间[：:]\s*|（){DAY}", re.MULTILINE)
OPENED_DAY = re.compile(
    rf"^\s*{DAY}(?:上午|下午|晚上?)?，[^。；\n]{{0,40}}?(?:主持召开|组织召开|召开|举行)(?!的|过)",
    re.MULTILINE,
)
# 截至2026年12月20日，已完成: counted up to a day that is still to come.
MEETING_TIME = re.compile(rf"^\s*(?:会议)?时间[：:]\s*{DAY}", re.MULTILINE)
COUNTED_TO = re.compile(rf"截[至止]{DAY}(?P<clause>[^。；！？\n]{{0,40}})")
NEAR_END = 28
COUNTED_TO_MONTH = re.compile(
    r"截[至止](?:今年|本年)?(?P<month>\d{1,2})月[底末]，(?=[^。；\n]{0,24}?(?:已|累计|共|完成))(?!(?:(?!已)[^。；\n]){0,24}(?:预计|将|计划|力争))"
)
# 以上数据截至2026年10月15日; 截至本通报印发之日（2026年10月15日）.
TEXT_DAY = re.compile(
    r"(?:截[至止]|印发之日（|成文日期[为：]|\A(?=[^，。]{8,20}，[^。]{0,30}(?:召开|举行)))(20\d\d)年(\d{1,2})月(\d{1,2})日"
)
BEGUN_SINCE = re.compile(rf"自{DAY}(?P<clause>[^，。；\d]{{0,6}}以来)")
PLANNED = re.compile(
    "将|拟|计划|预计|定于|争取|力争|确保|截止|要求|应(?!急)|届时|^(?:之?前|以前|起|至|到|开始)"
)
DEADLINE = re.compile(
    rf"(?:请|务必|须|望|各[^，。；！？\n]{{1,8}}[要应需])[^。；！？\n]{{0,100}}?(?:于|在)?(?P<this>今年|本年)?{DAY}(?:上午|下午|中午|下班)?(?:\d{{1,2}}[时点])?(?:之前|以前|前)[^。；！？\n]{{0,20}}?(?:报送|上报|反馈|报|完成|提交|填报|送|函复|函告|回复|答复|复函|提供|安排|办理|整改|落实)"
)
# A point of time with its year: 2026年5月底, 2026年第四季度末, 2026年12月15日.
MOMENT = (
    r"(?P<year>20\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>\d{1,2})日)?|第?(?P<quarter>[一二三四])季度|(?P<half>[上下])半年)?"
    r"(?P<end>年?底|末)?"
)
LAST_MONTHS = {"一": 3, "二": 6, "三": 9, "四": 12, "上": 6, "下": 12}
# 据统计，2027年共办理; 2026年第四季度末，……已达到: reported as done.
REPORTED = re.compile(
    rf"(?:^|(?<=[。；，！？\n])|(?=[已曾](?:经)?于20))(?P<counted>据(?:初步)?统计，)?(?:(?P<led>[已曾](?:经)?于)|在|于|自|截[至止])?{MOMENT}(?=(?P<clause>(?:(?!20\d\d年)[^。；！？\n]){{0,40}}))",
    re.MULTILINE,
)
DONE_WORD = re.compile(
    "已(?:经)?(?:为|对|向|达|完成|建成|有|实现|开展|超|累计|办)|以来|上，街道|共(?:办理|受理|完成|处置)"
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
PLANNED_COUNT = re.compile("将|拟|计划|预计|可达|争取|力争")
MONTH_END = re.compile(
    r"(?:请|务必|须|望|各[^，。；！？\n]{1,8}[要应需])[^。；！？\n]{0,40}?(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:底|末|份)?(?:之前|以前|前)[^。；！？\n]{0,20}?(?:报送|上报|反馈|报|完成|提交|填报|送)"
)
MISSED = re.compile(
    "尚未|(?<!逾期)未(?!按|如期|及时|[报完][^，。]{0,3}的)|逾期(?![未不视将按]|的?[，。])|已|仍|完成了|报送了"
)


@document_rule("future-date", "已办的事日期在后", WARNING, ACCURACY)
def done_in_future(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年11月20日，街道召开了推进会 in a document of October."""
    for passage, match, day in _dates_held_against(subject, DONE):
        issued = subject.day
        if issued and day > issued and _is_done(match, is_report=bool(REPORTING.search(subject.title))):
            reason = f"这一天在成文日期{_in_words(issued)}之后，却写成已经办了，请核对日期。"
            yield RuleHit(reason, passage, match.start("month"), match.end())
    yield from _done_after_count(subject)
    minutes = MINUTES.search(subject.title)
    for passage, match, day in _dates_held_against(subject, MEETING_TIME) if minutes else ():
        if subject.issued_on and day > subject.issued_on:
            yield hit_at(passage, match, f"会议时间在印发日期{_in_words(subject.issued_on)}之后，请核对。")
    yield from _counted_ahead(subject)


def _counted_ahead(subject: LintSubject) -> Iterator[RuleHit]:
    """截至10月底, 截至2026年12月20日, 已完成: counted up to a day that is still to come."""
    for passage in subject.passages if subject.issued_on else ():
        for match in COUNTED_TO_MONTH.finditer(passage.text):
            months = int(match["month"]) - subject.issued_on.month if subject.issued_on else -1
            if subject.issued_on and (0 < months < 3 or (months == 0 and subject.issued_on.day < NEAR_END)):
                signed = _in_words(subject.issued_on)
                yield hit_at(passage, match, f"成文日期是{signed}，还不能统计到这个月底，请核对。")
    asks = subject.title.endswith("通知")  # for what others are to count once that day has come
    for passage, match, day in _dates_held_against(subject, COUNTED_TO):
        issued = subject.day
        if asks and not re.search(r"\d", match["clause"]):
            continue
        if issued and day > issued and not PLANNED_COUNT.search(match["clause"].partition("已")[0]):
            reason = f"这一天在成文日期{_in_words(issued)}之后，还不能统计到这一天，请核对日期。"
            yield RuleHit(reason, passage, match.start(), match.start("clause"))


def _is_done(match: re.Match[str], *, is_report: bool = False) -> bool:
    """Whether the words around a day say that what happens on it has happened."""
    if match.re is not DONE:
        return not PLANNED.search(match["clause"])
    is_done = IS_DONE.search(match["clause"]) or LED_TO.search(match["lead"])
    has_result = is_report and HAS_RESULT.search(match["clause"])
    planned = (
        PLANNED.search(match["lead"]) or NOT_YET.search(match["lead"]) or NAMED_DAY.search(match["clause"])
    )
    return (
        bool(is_done or has_result)
        and not planned
        and (not PLANNED.search(match["clause"]) or bool(LED_TO.search(match["lead"])))
    )


def _done_after_count(subject: LintSubject) -> Iterator[RuleHit]:
    """截至2026年10月15日，……。已于10月28日召开: behind the day to which the text counts, or was issued on."""
    found = [match for one in subject.passages for match in TEXT_DAY.finditer(one.text)]
    days = {date(*map(int, one.groups())) for one in found if is_existing_day(*map(int, one.groups()))}
    if len(days) != 1:
        return
    [counted] = days
    for passage in subject.passages:
        for match in (*DONE.finditer(passage.text), *BEGUN_SINCE.finditer(passage.text)):
            year, month, day = (int(match[name] or counted.year) for name in ("year", "month", "day"))
            if not is_existing_day(year, month, day):
                continue
            late, today = (date(year, month, day) - counted).days, subject.day
            is_dated = match["year"] or subject.year or match.groupdict().get("this")
            held_before = match.re is DONE and is_dated and today and counted >= today  # see above
            if 0 < late < HALF_YEAR and _is_done(match) and not held_before:
                reason = f"这一天在文中统计的{_in_words(counted)}之后，却写成已经办了，请核对日期。"
                yield RuleHit(reason, passage, match.start("month"), match.end())


@document_rule("day-of-meeting", "会议日期前后不一", WARNING, ACCURACY)
def days_of_meetings(subject: LintSubject) -> Iterator[RuleHit]:
    """时间：10月13日……10月14日上午，主任周敏主持召开会议: in the minutes of one meeting."""
    if not MINUTES.search(subject.title):
        return
    headed, opened = (
        [(one, match) for one in subject.passages for match in pattern.finditer(one.text)]
        for pattern in (HEADED_DAY, OPENED_DAY)
    )
    if headed and opened:
        passage, match = opened[0]
        day, other = ((found["month"], found["day"]) for found in (match, headed[0][1]))
        if day != other:
            reason = f"前面写的会议日期是{other[0]}月{other[1]}日，请核对。"
            yield RuleHit(reason, passage, match.start("month"), match.end("day") + 1)


@document_rule("future-moment", "已办的事日期在后", WARNING, ACCURACY)
def reported_of_the_future(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年第四季度末，……已达到 in a document of November."""
    issued = subject.day
    if issued is None:
        return
    for passage in subject.passages:
        for match in REPORTED.finditer(passage.text):
            is_done = (
                match["counted"]
                or (match["led"] and (match["month"] or match["quarter"]))
                or DONE_WORD.search(match["clause"])
            )
            first, last = _days_of_moment(match)
            day = last if match["end"] else first
            if is_done and day > issued and not PLANNED_COUNT.search(match["clause"]):
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
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


@document_rule("past-intention", "期限已过", WARNING, ACCURACY)
def past_intentions(subject: LintSubject) -> Iterator[RuleHit]:
    """下一步，街道将在2026年5月底前完成 in a document of October; nobody knows when a fragment was written."""
    issued = subject.day
    if issued is None:
        return
    for passage in subject.passages:
        for match in INTENDED.finditer(passage.text):
            is_past = _days_of_moment(match)[1] < issued
            is_dated = match["year"] == str(issued.year) or not subject.is_fragment
            if is_past and is_dated and not MISSED.search(passage.text, match.start(), match.end() + 12):
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
            if is_past and not MISSED.search(passage.text, match.start(), match.end() + 12):
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
    if issued is None or subject.is_fragment:
        return
    for passage in subject.passages:
        for match in MONTH_END.finditer(passage.text):
            year, month = int(match["year"] or issued.year), int(match["month"])
            near = passage.text[match.start() : match.end() + 12]
            if (year, month) < (issued.year, issued.month) and not MISSED.search(near):
                reason = f"期限在成文日期{_in_words(issued)}之前，请核对日期。"
                yield RuleHit(reason, passage, match.start(), match.end())


def _dates_held_against(
    subject: LintSubject, pattern: re.Pattern[str]
) -> Iterator[tuple[TextPassage, re.Match[str], date]]:
    """Where a pattern that names a day matches; a day without a year is of the document's own, if that is near it."""
    issued = subject.day
    if issued is None:
        return
    for passage in subject.passages:
        for match in pattern.finditer(passage.text):
            year, month, day = (int(match[name] or issued.year) for name in ("year", "month", "day"))
            if not is_existing_day(year, month, day):
                continue
            found = date(year, month, day)
            is_near = abs((found - issued).days) <= HALF_YEAR and (subject.year or not subject.is_fragment)
            if match["year"] or match.groupdict().get("this") or is_near or _is_soon(subject, match, found):
                yield passage, match, found


def _is_soon(subject: LintSubject, match: re.Match[str], day: date) -> bool:
    """Whether a day without its year is soon to come: in the next weeks where the text names this year, in the next
    days where it names none, for it may be of last winter.
    """
    today = subject.context.today
    if today is None or match.re not in (DONE, COUNTED_TO) or ATTRIBUTE.match(match["clause"]):
        return False
    texts = [one.text for one in subject.passages]
    years = {int(year) for text in texts for year in YEAR.findall(text)}
    if years - {today.year} or any(OTHER_YEAR.search(text) for text in texts):
        return False
    return 0 < (day - today).days <= (SOON if years else VERY_SOON)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
