"""Dates held against the document's own day: what is done lies before, what is asked or intended behind."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.time.dates import is_existing_day
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
ATTRIBUTE = re.compile("^(?!已)[^，。]{2,10}的(?!方式|形式)")
OTHER_YEAR = re.compile("去年|上年|往年|前年")
LED_TO = re.compile("[已曾][于在]$|(?:根据|按照|依据|贯彻)$")
NOT_YET = re.compile("截[至止]$|请|务必|须|限|期[至到]$|前往|准备|[、和与]$")
# 截至2026年12月20日，已完成: counted up to a day that is still to come.
COUNTED_TO = re.compile(rf"截[至止]{DAY}(?P<clause>[^。；！？\n]{{0,40}})")
PLANNED = re.compile(
    "将|拟|计划|预计|可能|定于|争取|力争|确保|截止|要求|应(?!急)|届时|^(?:之?前|以前|起|至|到|开始)"
)
# 请于10月15日前: whatever is asked for.
DEADLINE = re.compile(
    r"(?:(?P<asked>(?<!异议，)(?:请|务必)[^，。；！？\n\d]{0,14}?[于在])|(?:请|务必|须|望|各[^，。；！？\n]{1,8}[要应需])[^。；！？\n]{0,100}?(?:于|在)?)(?P<this>今年|本年)?(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[底末份])?(?:上午|下午|中午|下班)?(?:\d{1,2}[时点])?(?:之前|以前|前)(?(asked)|[^。；！？\n]{0,20}?(?:报送|上报|反馈|报|完成|提交|填报|送|函复|函告|回复|答复|复函|提供|安排|办理|整改|落实))"
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
PLANNED_COUNT = re.compile("将|拟|计划|预计|可能|可达|争取|力争")
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


@document_rule("past-deadline", "期限已过", WARNING, ACCURACY)
def past_deadlines(subject: LintSubject) -> Iterator[RuleHit]:
    """请于9月30日前报送, 请于9月底前报送 in a document of October."""
    for passage, match, day in _dates_held_against(subject, DEADLINE):
        issued = subject.day
        near = re.split("[。！？]", passage.text[match.start() : match.end() + 22])[0]
        if issued and day < issued and not MISSED.search(near):
            reason = f"期限在成文日期{_in_words(issued)}之前，请核对日期。"
            yield RuleHit(reason, passage, match.start(), match.end())


def _dates_held_against(
    subject: LintSubject, pattern: re.Pattern[str]
) -> Iterator[tuple[TextPassage, re.Match[str], date]]:
    """Where a pattern that names a day matches; a day without a year is of the document's own, if that is near
    it; of a month alone it is the last.
    """
    issued = subject.day
    if issued is None:
        return
    today, soon = subject.context.today, _days_soon(subject) if pattern in (DONE, COUNTED_TO) else 0
    for passage in subject.passages:
        for match in pattern.finditer(passage.text):
            year, month = (int(match[name] or issued.year) for name in ("year", "month"))
            day = int(match["day"] or monthrange(year, month)[1] if is_existing_day(year, month, 1) else 0)
            if not is_existing_day(year, month, day):
                continue
            found = date(year, month, day)
            is_near = abs((found - issued).days) <= HALF_YEAR and (subject.year or not subject.is_fragment)
            is_soon = today is not None and 0 < (found - today).days <= soon
            is_soon = is_soon and not ATTRIBUTE.match(match["clause"])
            if match["year"] or match.groupdict().get("this") or is_near or is_soon:
                yield passage, match, found


def _days_soon(subject: LintSubject) -> int:
    """Within how many days a day without its year is soon to come: in the next weeks where the text names this year,
    in the next days where it names none, for it may be of last winter; not at all where it names another.
    """
    today, texts = subject.context.today, [one.text for one in subject.passages]
    years = {int(year) for text in texts for year in YEAR.findall(text)}
    if today is None or years - {today.year} or any(OTHER_YEAR.search(text) for text in texts):
        return 0
    return SOON if years else VERY_SOON


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
