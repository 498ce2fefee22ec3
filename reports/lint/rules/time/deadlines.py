"""Dates of one passage held against each other: an answer is due behind what it answers, a list before its meeting, a
period lasts as long as it says.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reports.lint.counts import small_number
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.subject import NUMERALS, RuleHit, hit_at

CLAUSES = r"[^。！？\n]"
LENGTH = rf"(?P<length>\d{{1,3}}|[{NUMERALS}两]{{1,3}})(?P<unit>个工作日|个月|年|天|日|周|个星期)"
EARLIER = re.compile("此前|之前|曾|早在|先前|上次|前期|原|去年|上年")
MISSED = re.compile("逾期|尚未|未按|未在|原定|原计划|上次|此前")
LENGTH_BEFORE = re.compile(
    rf"(?:为期|历时|期限|公示期|有效期|服务期|租期|试用期|合同期|工期|时间|持续|公示|共计?|期)(?:限)?(?:为|共|计)?{LENGTH}[^。；，\d]{{0,6}}[，（：]?[^。；，\d]{{0,8}}$"
)
LENGTH_BEHIND = re.compile(
    rf"[^。；\d]{{0,14}}?(?:为期|历时|期限|公示期|有效期|服务期|租期|合同期|工期|持续|共计?|公示|计)(?:限)?(?:为|共|计)?{LENGTH}(?![内前])"
)
# How many days each has, and how many more or less a period of some may have.
DAYS_OF = {"个月": (30.44, 4), "年": (365.25, 5), "天": (1, 1), "日": (1, 1), "周": (7, 1), "个星期": (7, 1)}
CLOCKS = re.compile(
    r"(?<![\d.])(?P<first>\d{1,2})(?:时|[:：])(?P<first_minute>\d{2})?分?(?:至|到|—|～|-|(?:开始|开幕)，[于至到]?(?=[^，。]{2,8}结束))(?P<half>上午|下午|次日|翌日|晚上?|凌晨)?(?P<last>\d{1,2})(?:时|[:：](?=\d))(?P<last_minute>\d{2})?"
)
# 上午9时开始，历时2小时，于10时结束.
FROM_CLOCK = re.compile(
    r"(?P<first>\d{1,2})(?:时|[:：])(?P<first_minute>\d{2}|半)?分?(?:开始|启动|正式开始|出发|起)?，[^。；！？\n]{0,20}?(?:历时|持续了?|为期|时长|用时|经过)约?(?P<length>\d{1,2}|[一二两三四五六])个?(?P<half>半)?(?:个)?(?P<unit>小时|分钟)[^。；！？\n]{0,20}?(?<!\d)(?P<last>\d{1,2})(?:时|[:：])(?P<last_minute>\d{2}|半)?分?[^，。；\n]{0,6}?(?:结束|完成|收队|落幕)"
)
HALF_YEAR, FAR = 183, 160
ANY_YEAR = 2000
NIGHT, MOST_REVERSED = 17, 180
HALF_DAY, NEAR_MINUTES = 720, 10
MONTHS_NUMBER = rf"(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})个?月"
BETWEEN = r"(?:份|初|中旬|上旬|下旬|底|末)?(?:开始|起|启动)?，?"
MONTH_SPAN = re.compile(
    rf"(?:自|从)(?:(?P<first_year>\d{{4}})年|今年)?(?P<first>\d{{1,2}})月{BETWEEN}(?:，?持续|，?一直)?(?:至|到)"
    rf"(?:(?P<last_year>\d{{4}})年|今年)?(?P<last>\d{{1,2}})月[^，。；\d]{{0,8}}，(?:历时|为期|持续|前后|共|用时)约?{MONTHS_NUMBER}"
)
# 3月至8月，街道开展了为期五个月的整治: from the first month to the last whole one.
WHOLE_MONTHS = re.compile(
    rf"(?<!\d)(?:(?P<first_year>20\d\d)年)?(?<!\d)(?P<first>\d{{1,2}})月(?:份)?至(?:(?P<last_year>20\d\d)年)?(?P<last>\d{{1,2}})月(?:份)?，[^，。；\d]{{0,12}}为期{MONTHS_NUMBER}"
)
DAY_SPAN = re.compile(
    r"(?P<first_month>\d{1,2})月(?P<first>\d{1,2})日(?:至|到|—|～)(?:(?P<last_month>\d{1,2})月)?(?P<last>\d{1,2})日[^。；\d]{0,20}?"
    rf"(?:历时|为期|持续|连续|共计?)(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})[天日]"
)
YEAR_SPAN = re.compile(
    rf"(?P<first>(?:19|20)\d\d)年?(?:至|到|—|～)(?P<last>(?:19|20)\d\d)年[^。；\d]{{0,16}}?(?:历时|为期|连续|用)(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})年"
)


def _day(name: str) -> str:
    """The pattern of a day, its groups named after it."""
    return (
        rf"(?:(?P<{name}_year>20\d\d)年|今年|本年)?(?P<{name}_month>\d{{1,2}})月(?P<{name}_day>\d{{1,2}})日"
    )


# 已于10月15日将……发至各社区: done, and so before what is asked behind it.
DONE = re.compile(
    rf"(?:已(?:经)?于|(?<![定拟将划])[于在]|(?:^|(?<=[。；，！？\n])))(?:上月)?{_day('first')}(?:至(?:\d{{1,2}}月)?\d{{1,2}}日)?(?=[^。！？\n]{{0,40}}?(?:已|了(?!解)|发至|下发|印发|发布|发出|转发|收到|收悉|送达|交办))(?!前|之前|以前|起至|至)",
    re.MULTILINE,
)
# 街道办事处10月15日印发通知: who did it stands before the day.
ISSUED = re.compile(
    rf"(?<![定拟将划前]){_day('first')}[^，。；！？\n\d]{{0,10}}?(?:印发|下发|发出|发布|转发|送达|交办|下达|部署|通知(?:[：，要]|$)|收到|签发)"
)
DUE = re.compile(
    rf"(?:请|务必|须|应|要求|责令|限|确保|要){CLAUSES}{{0,40}}?{_day('last')}(?:\d{{1,2}}时|下班|中午|上午|下午)?(?:之前|以前|前)"
)
# 定于10月20日召开……，请于10月25日前报送参会名单.
MEETING = re.compile(
    rf"(?:定于|拟于|将于|计划于){_day('first')}{CLAUSES}{{0,40}}?(?:召开|举行|举办|开展|进行|组织)"
)
ANSWER = re.compile(
    rf"(?:请|务必|须|应){CLAUSES}{{0,40}}?{_day('last')}(?:\d{{1,2}}时|下班|中午|上午|下午)?(?:之前|以前|前){CLAUSES}{{0,16}}?(?:报名|回执|名单|人员|参会|参训|参加)"
)
AFTERWARDS = re.compile(
    rf"{_day('first')}(?!前|之前|以前)[^。！？\n\d]{{0,40}}?(?:会后|随后|事后|之后|其后|此后|接着|继而|次日)[^。；，\d]{{0,6}}{_day('last')}"
)
# 请各社区于10月28日前报平安办……平安办汇总各社区情况，于10月26日报区委.
COLLECTED = re.compile(
    rf"[请各](?:社区|科室|单位|部门|居民区|居委会|村|网格|成员单位|小区|站所|办)[^。！？\n]{{0,40}}?{_day('first')}(?:\d{{1,2}}时|下班|中午|上午|下午)?(?:之前|以前|前)[^。！？\n]{{0,60}}?[报交送]"
)
SENT_ON = re.compile(
    rf"(?:汇总|统一|形成|审定|审核|汇编)(?:(?!已)[^！？\n]){{0,60}}?{_day('last')}(?:之前|以前|前)?[^，。；\d]{{0,6}}?(?:上?报送?|提交|呈报)[^。！？，；\n]{{0,6}}?(?:[区市县省州]|上级)"
)
# 公示期为9月14日至9月18日……如有异议，请于9月11日前反映: within what it says it is open for.
OPEN_PERIOD = re.compile(
    rf"(?:公示|报名|申报|征集|受理|申请|征求意见|公告|登记|投票|展示|试运行)(?:期限?|时间|期间)?(?:为|是|：|自|从)?{_day('first')}(?:起|开始)?，?(?:至|到|—|～|-){_day('last')}"
)
WITHIN_PERIOD = re.compile(
    rf"(?:异议|意见|报名|申报|申请|反映|提出|登记|投票){CLAUSES}{{0,12}}?{_day('last')}(?:\d{{1,2}}时|下班)?(?:之前|以前|前){CLAUSES}{{0,40}}"
)
# ……于10月14日汇总上报区委办.
SENT_AT = re.compile(
    rf"[于在]{_day('last')}(?:之前|以前|前)?[^，。；\d]{{0,6}}?(?:汇总|统一|集中)[^，。；\d]{{0,8}}?(?:报|提交)"
)
MOST_DUE = 20
SPAN = re.compile(
    rf"{_day('first')}(?:起|开始|零时|启动|开工|实施|起施行|（(?:星期|周).）)?，?(?:有效期限?(?=至))?(?:(?:为期|历时|持续|连续|共)[^，。；\d]{{0,6}}{LENGTH}[^，。；\d]{{0,6}}，)?(?:至|到|—|～|-|——|[并已]?[于在](?=\d{{1,2}}月\d{{1,2}}日(?:结束|完成|竣工|闭幕))|(?<=[工始动]，)(?=\d{{1,2}}月\d{{1,2}}日(?:竣工|完工|结束))){_day('last')}(?:止|结束)?"
)
# 2026年3月开工，预计12月完工，总工期12个月.
WORKS_SPAN = re.compile(
    rf"(?<![自从年\d])(?:(?P<first_year>\d{{4}})年)?(?P<first>\d{{1,2}})月[^，。；\d]{{0,6}}(?:开工|启动|动工|开始)[^。；\d]{{0,12}}?(?:(?P<last_year>\d{{4}})年)?(?P<last>\d{{1,2}})月[^，。；\d]{{0,6}}(?:完工|竣工|结束|完成)[^。；\d]{{0,8}}?(?:工期|历时|为期|周期)(?:为|共|约)?{MONTHS_NUMBER}"
)
# 计划9月30日完工，实际9月20日完工，提前15天.
AHEAD = re.compile(
    rf"(?:计划|原定|应|合同约定|要求){CLAUSES}{{0,16}}?{_day('first')}{CLAUSES}{{0,24}}?{_day('last')}{CLAUSES}{{0,16}}?(?P<way>提前|超期|延期|逾期|推迟|延后|拖延)了?(?P<length>\d{{1,3}})(?:天|日)"
)


@passage_rule("answer-before-question", "期限早于布置的时间", WARNING, ACCURACY, holding=DIGITS)
def answers_due_too_early(passage: TextPassage) -> Iterator[RuleHit]:
    """已于10月15日发至各社区，请于10月10日前反馈; 定于10月20日召开，请于10月25日前报送参会名单."""
    yield from _due_before_issued(passage)
    yield from _due_before_open(passage)
    for meeting in MEETING.finditer(passage.text):
        for answer in ANSWER.finditer(passage.text, meeting.end()):
            first, last = _date_of(meeting, "first"), _date_of(answer, "last")
            if first and last and _is_little_before(first, last):
                reason = (
                    f"{first.month}月{first.day}日就要召开，期限却是{last.month}月{last.day}日，请核对日期。"
                )
                yield RuleHit(reason, passage, answer.start("last_month"), answer.end())


def _due_before_open(passage: TextPassage) -> Iterator[RuleHit]:
    for period in OPEN_PERIOD.finditer(passage.text):
        for due in WITHIN_PERIOD.finditer(passage.text, period.end(), period.end() + FAR):
            first, last = _date_of(period, "first"), _date_of(due, "last")
            if first and last and _is_little_before(last, first):
                reason = (
                    f"{first.month}月{first.day}日才开始，期限却是{last.month}月{last.day}日，请核对日期。"
                )
                yield RuleHit(reason, passage, due.start("last_month"), due.end())


def _due_before_issued(passage: TextPassage) -> Iterator[RuleHit]:
    for due in DUE.finditer(passage.text):
        last = _date_of(due, "last")
        if last is None or MISSED.search(passage.text, due.start(), due.end() + 8):
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


@passage_rule("sent-on-before-due", "汇总上报早于收齐", WARNING, ACCURACY, holding="汇总统审形")
def sent_on_before_due(passage: TextPassage) -> Iterator[RuleHit]:
    """请各社区于10月28日前报平安办……平安办汇总，于10月26日报区委: sent on before all of it is there."""
    collected = list(COLLECTED.finditer(passage.text))
    for match in (*SENT_ON.finditer(passage.text), *SENT_AT.finditer(passage.text)):
        last = _date_of(match, "last")
        for due in collected[:MOST_DUE]:
            first = _date_of(due, "first")
            is_near = abs(due.start() - match.start()) < 2 * FAR and due.start("first_month") != match.start(
                "last_month"
            )
            if first and last and is_near and _is_little_before(last, first) and not EARLIER.search(match[0]):
                reason = f"{first.month}月{first.day}日才报齐，汇总上报却在{last.month}月{last.day}日，请核对日期。"
                yield RuleHit(reason, passage, match.start("last_month"), match.end())
                break


@passage_rule("done-before-raised", "先后顺序不符", WARNING, ACCURACY, holding="月")
def done_before_raised(passage: TextPassage) -> Iterator[RuleHit]:
    """10月12日召开，会后于10月8日印发."""
    for match in AFTERWARDS.finditer(passage.text):
        first, last = _date_of(match, "first"), _date_of(match, "last")
        if first and last and _is_little_before(last, first):
            reason = f"{first.month}月{first.day}日在前，之后的事写在{last.month}月{last.day}日，请核对日期。"
            yield RuleHit(reason, passage, match.start("last_month"), match.end())


@passage_rule("period-length", "期限的长短不符", WARNING, ACCURACY, holding="日岁年")
def wrong_lengths_of_periods(passage: TextPassage) -> Iterator[RuleHit]:
    """公示期7天（10月12日至10月15日）; 自2024年3月1日至2026年2月28日，为期三年; 提前15天 of ten."""
    for span in SPAN.finditer(passage.text):
        first, last = _date_of(span, "first"), _date_of(span, "last")
        if first and last and last.year == ANY_YEAR != first.year:
            last = (
                last.replace(year=first.year) if is_existing_day(first.year, last.month, last.day) else None
            )
        stated = span if span["length"] else LENGTH_BEHIND.match(passage.text, span.end())
        stated = stated or LENGTH_BEFORE.search(text_before(passage.text, span.start()))
        if not (first and last) or DAY_SPAN.match(passage.text, span.start()):
            continue  # see length-of-time
        if last < first and first.year != ANY_YEAR and span["last_year"]:
            yield hit_at(passage, span, f"“{span[0]}”的终点早于起点，请核对。")
        elif stated and last >= first and not _lasts(first, last, stated):
            length = f"{stated['length']}{stated['unit']}"
            reason = f"“{span[0]}”首尾共{(last - first).days + 1}天，与“{length}”不符，请核对。"
            end = stated.end() if stated.re is LENGTH_BEHIND else span.end()
            yield RuleHit(reason, passage, span.start(), end)
    for match in AHEAD.finditer(passage.text):
        first, last = _date_of(match, "first"), _date_of(match, "last")
        if first and last and abs(abs((last - first).days) - int(match["length"])) > 1:
            reason = f"两个日期相差{abs((last - first).days)}天，不是{match['length']}天，请核对。"
            yield RuleHit(reason, passage, match.start("way"), match.end())


def _lasts(first: date, last: date, stated: re.Match[str]) -> bool:
    """Whether a period is about as long as stated; working days are fewer than all."""
    days = (last - first).days + 1
    length = small_number(stated["length"])
    if not length:
        return True
    if stated["unit"] == "个工作日":
        return length <= days <= 2 * length + 9
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


def _wrong_hours(passage: TextPassage) -> Iterator[RuleHit]:
    for match in FROM_CLOCK.finditer(passage.text):
        first, last = (int(match[one]) * 60 + _minute(match[f"{one}_minute"]) for one in ("first", "last"))
        length = small_number(match["length"])
        minutes = length * 60 + (30 if match["half"] else 0) if match["unit"] == "小时" else length
        taken = (last - first) % HALF_DAY
        if abs(taken - minutes) > max(NEAR_MINUTES, minutes // 6):
            reason = f"从{match['first']}时到{match['last']}时不是{match['length']}{match['unit']}，请核对。"
            yield RuleHit(reason, passage, match.start("length"), match.end())


def _minute(text: str | None) -> int:
    return 30 if text == "半" else int(text or 0)


@passage_rule("length-of-time", "历时不符", WARNING, ACCURACY, holding="历为持连共用前期")
def wrong_lengths_of_time(passage: TextPassage) -> Iterator[RuleHit]:
    """自3月初开始，至8月底结束，历时五个月; 9月1日至10日，为期7天."""
    yield from _wrong_hours(passage)
    for pattern, unit in (
        (MONTH_SPAN, "个月"),
        (WORKS_SPAN, "个月"),
        (WHOLE_MONTHS, "个月"),
        (DAY_SPAN, "天"),
        (YEAR_SPAN, "年"),
    ):
        for match in pattern.finditer(passage.text):
            length = small_number(match["length"])
            between = _length_between(match, unit)
            if between is None:
                continue
            allowed = (between + 1,) if pattern is WHOLE_MONTHS else (between, between + 1)
            if length and length not in allowed:
                reason = f"起止之间是{between + 1}{unit}，与“{match['length']}{unit}”不符，请核对。"
                yield hit_at(passage, match, reason)
            elif unit == "个月" and length == between and re.search("初", match[0]) and "底" in match[0]:
                yield hit_at(passage, match, f"从月初到月底是{between + 1}个月，请核对。")


def _length_between(match: re.Match[str], unit: str) -> int | None:
    """How far the end is from the beginning; None where that is not certain."""
    between = int(match["last"]) - int(match["first"])
    if unit == "个月" and match["last_year"]:
        if not match["first_year"]:
            return None
        between += 12 * (int(match["last_year"]) - int(match["first_year"]))
    if unit == "天" and match["last_month"] and match["last_month"] != match["first_month"]:
        return None
    return between if between >= 0 else None
