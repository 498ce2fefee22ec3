"""One text against itself: what a group is of, how many of a thing there are, what each gets, when it begins."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import PEOPLE, SENTENCE, UNIT, Count, counts_of
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.wholes import CARRIED, COMPARED, NO_PART
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

# 成立业委会的21个。……在已成立业委会的小区中: a group is named by the words before its count.
SHORTEST_GROUP, FAR, NEXT = 3, 160, 9
NAMING = re.compile("(?:^|[，。；])(?:其中，?)?(?:在|对|对于|针对)(?:已经?|上述|这些|以上)*$")
GROUP_BEHIND = re.compile(rf"的?[{HANZI}]{{0,8}}?(?:中|里|，)")
ENDED = re.compile("。")
NO_GROUP = re.compile("^(?:其中|共|有|已|其余|另)+")
# 共设投票点14个……16个投票点全部停止投票.
THERE_ARE = re.compile("共?设(?:置|立|有)?|共有|现有|下辖|所辖|总共|全(?:街道|镇|区)|(?<!公)共")
ALL_OF_THEM = re.compile(
    rf"(?:^|(?<=[。；\n]))(?:(?:截[至止]|到)[^，。；]{{1,16}}，|目前，|现在，|至此，)?(?P<number>\d{{1,5}})(?P<unit>{UNIT})"
    rf"(?P<thing>[{HANZI}]{{2,6}}?)(?:现已|已经?)?(?:全部|均已?|全都)",
    re.MULTILINE,
)
# 每人次补助3元……按照每人次2元的标准核算.
EACH = re.compile(
    r"每(?P<of>人次|户次|平方米|人|户|名|件|次|场|天|辆|吨|份|家|栋|台|个)(?:补助|补贴|奖励|资助|收费|收取|发放|给予)?(?P<amount>\d+(?:\.\d+)?)元"
)
PAID_BY = re.compile("按照?$")
GRADED = re.compile(
    "[级类档早午晚岁]|等次|[一二三]等|以[上下内]|超过|不足|不满|其中|分别|上限|最[高低]|首|另|追加|原|调整|至"
)
# 会议时间：上午9时……请于上午9时10分前到场签到.
DAY_BEFORE = re.compile(r"(\d{1,2}月\d{1,2}日)[^，。；\d]{0,8}$")
HOUR = 60
AFTER_NOON = ("下午", "晚", "晚上")
HALF = "(?P<half>上午|下午|晚上?)?"
TIME = r"(?P<hour>\d{1,2})(?:时|点|[:：])(?:(?P<minute>\d{1,2})分?|(?P<half_hour>半))?"
BEGINS = re.compile(
    rf"(?:(?:会议|活动|培训|考试|演练|开会|开始)时间(?:定?为|是)?[：:]?\s*[^。；\n]{{0,30}}?|(?:定于|拟于|将于)[^，。；\n]{{0,24}}?){HALF}{TIME}"
)
ARRIVES = re.compile(
    rf"{HALF}{TIME}(?:之前|以前|前)[^，。；\n\d]{{0,10}}?(?:到达|到场|抵达|入场|签到|进场|就座|到会|报到)"
)


@passage_rule("group-and-part", "部分多于全部", WARNING, ACCURACY, holding=DIGITS)
def parts_of_named_groups(passage: TextPassage) -> Iterator[RuleHit]:
    """软管老化的61户。对软管老化的，已更换68户: a group, and what of it is named in a later sentence."""
    counts = counts_of(passage.text, 0, len(passage.text))
    for number, whole in enumerate(counts):
        name = NO_GROUP.sub("", whole.label).removesuffix("的")
        start = passage.text.find(name, whole.end, whole.end + FAR) if len(name) >= SHORTEST_GROUP else -1
        behind = GROUP_BEHIND.match(passage.text, start + len(name)) if start >= 0 else None
        if not behind or not NAMING.search(passage.text[max(0, start - 12) : start]) or not whole.is_exact:
            continue
        part = next((one for one in counts[number + 1 : number + NEXT] if one.start >= behind.end()), None)
        words = passage.text[behind.end() : part.start] if part else ""
        if part is None or part.unit != whole.unit or not part.is_exact or part.value <= whole.value:
            continue
        if not any(unlike.search(words) for unlike in (ENDED, NO_PART, CARRIED, COMPARED)):
            reason = f"前面“{name}”的是{whole.written}{whole.unit}，其中不可能有{part.written}{part.unit}"
            yield RuleHit(f"{reason}，请核对。", passage, start, part.end)


@passage_rule("all-of-other-number", "前后数据不一致", WARNING, ACCURACY, holding="全均")
def all_of_other_numbers(passage: TextPassage) -> Iterator[RuleHit]:
    """共设投票点14个……16个投票点全部停止投票."""
    for match in ALL_OF_THEM.finditer(passage.text):
        unit, value = PEOPLE.get(match["unit"], match["unit"]), float(match["number"])
        start = match.start("number")
        alike = [one for one in counts_of(passage.text, max(0, start - 2 * FAR), start) if one.unit == unit]
        known = [one for one in alike if _is_of_thing(one, match["thing"])]
        if len(known) != 1 or not known[0].is_exact or not THERE_ARE.search(known[0].clause):
            continue
        if not _come_to(alike, value):
            reason = (
                f"前面是{known[0].written}{unit}{match['thing']}，这里是{match['number']}{unit}，请核对。"
            )
            yield RuleHit(reason, passage, start, match.end())


def _is_of_thing(one: Count, thing: str) -> bool:
    return one.label.endswith(thing) or one.behind.startswith(thing)


def _come_to(counts: Sequence[Count], value: float) -> bool:
    """Whether one of some counts is a number, or all of them or two next to each other come to it."""
    pairs = (one.value + other.value for one, other in pairwise(counts))
    return value in (sum(one.value for one in counts), *pairs, *(one.value for one in counts))


@document_rule("amount-for-each", "标准前后不一", WARNING, ACCURACY)
def other_amounts_for_each(subject: LintSubject) -> Iterator[RuleHit]:
    """每人次补助3元……按照每人次2元的标准核算: two amounts, neither of a grade, in two sentences."""
    found = [
        (passage, sentence[0], match)
        for passage in subject.passages_of_kind(PassageKind.TEXT)
        for sentence in SENTENCE.finditer(passage.text)
        for match in EACH.finditer(passage.text, *sentence.span())
    ]
    for of in {match["of"] for _, _, match in found}:
        alike = [one for one in found if one[2]["of"] == of]
        if len(alike) != 2 or alike[0][1] == alike[1][1] or any(GRADED.search(one[1]) for one in alike):
            continue
        (_, _, first), (passage, _, second) = alike
        is_same = any(PAID_BY.search(one.text, 0, match.start()) for one, _, match in alike)
        if is_same and float(first["amount"]) != float(second["amount"]):
            yield hit_at(passage, second, f"前面是“{first[0]}”，请核对标准。")


@document_rule("late-arrival", "签到晚于开始", WARNING, ACCURACY)
def late_arrivals(subject: LintSubject) -> Iterator[RuleHit]:
    """会议时间：10月22日上午9时……于上午9时10分前到场签到."""
    begun = list(BEGINS.finditer("\n".join(one.text for one in subject.passages)))
    if len(begun) != 1:
        return
    for passage in subject.passages:
        for match in ARRIVES.finditer(passage.text):
            halves = {begun[0]["half"], match["half"]} - {None}
            day = DAY_BEFORE.search(passage.text, max(0, match.start() - 16), match.start())
            is_same_day = day is None or day[1] in begun[0][0]
            if len(halves) < 2 and is_same_day and 0 < _minutes(match) - _minutes(begun[0]) < HOUR:
                yield hit_at(passage, match, f"开始的时间在前（“{begun[0][0][-12:].strip()}”），请核对。")


def _minutes(clock: re.Match[str]) -> int:
    hour = int(clock["hour"]) + (12 if clock["half"] in AFTER_NOON and int(clock["hour"]) < 12 else 0)
    return 60 * hour + (30 if clock["half_hour"] else int(clock["minute"] or 0))
