"""One text against itself: what a group is of, how many of a thing there are, what each gets, when it begins."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import (
    NUMBER,
    PEOPLE,
    SENTENCE,
    UNIT,
    Count,
    counts_before,
    counts_of,
    sentence_pairs,
    small_number,
)
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage, sentence_start, text_before
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.figures.wholes import (
    CARRIED,
    CARRIED_OVER,
    COMPARED,
    NO_PART,
    hit_between,
    is_some_of,
)
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit, hit_at

# 成立业委会的21个。……在已成立业委会的小区中: a group is named by the words before its count.
SHORTEST_GROUP, FAR, NEXT = 3, 160, 9
# 上述护理员中有338名.
ALLUDED = re.compile(
    rf"(?:上述|以上|这些|该批)(?P<thing>[{HANZI}]{{2,10}}?)中，?(?:已经?|共|现)?有(?={NUMBER}(?P<unit>{UNIT}))\d+(?:\.\d+)?(?P=unit)"
)
ELSEWHERE = re.compile("全[区市县省国]|[区市县省]级|[去上]年")
FINISHED_PLAN = re.compile("其余|剩余|余下|未[完开竣办]")
DONE_AND_OPEN = re.compile("已(?:经)?(?:完|办|竣|建|整|交|开)")
NAMING = re.compile("(?:^|[，。；])(?:其中，?)?(?:在|对|对于|针对)(?:已经?|上述|这些|以上)*$")
GROUP_BEHIND = re.compile(rf"的?[{HANZI}]{{0,8}}?(?:中|里|，)")
ENDED = re.compile("。")
NO_GROUP = re.compile("^(?:其中|共|有|已|其余|另)+")
# 新增停车泊位326个……新增的362个泊位: what is named again by what was done with it.
DONE = (
    "新增|新建|改造|修缮|安装|加装|建成|检查|排查|发现|整改|受理|征集|收集|走访|培训|发放|清理|拆除|签约|引进|评选|推选|选举|招募"
    "|购置|更换|划设|施划|设置|设立|成立|组建|参加|参训|参会|参演|参赛|参与|到会|出席|在建|签订|梳理|办理|办结|移交|登记|回收|收回|报名|入选|获奖|抽查|抽检|采集|开展|举办"
)
# 再改造14公里；加上前10个月已改造的46公里.
OF_OTHER_TIME = re.compile(r"(?:加上|连同|前\d+个月|此前|以前|去年|上年|往年|年初)[^，。；]*$")
ATTENDED = ("参会", "参加", "参与", "到会", "出席", "实到")
NAMED_AGAIN = re.compile(
    rf"(?P<done>{DONE})(?:[出到了得])?的(?P<number>\d{{1,6}})(?P<unit>{UNIT})(?P<thing>[{HANZI}]{{0,8}})"
)
# 4个社区试点……三个试点社区.
CHOSEN = "试点|示范|参评|参会|参训|参赛|入选|受检|获奖|签约|挂牌|达标|受访|联建|共建|重点"
SMALL = rf"(?<![{NUMERALS}\d第])(?P<number>\d{{1,3}}|[{NUMERALS}两]{{1,2}})"
CHOSEN_AGAIN = re.compile(
    rf"{SMALL}(?P<unit>[个家名所条户项支处])(?P<chosen>{CHOSEN})(?P<thing>[{HANZI}]{{2}})"
)
# 三位老党员讲述故事……四位老党员的讲述.
SAME_GROUP = re.compile(
    rf"(?:(?:^|(?<=[，。；]))(?P<number>\d{{1,3}}|[{NUMERALS}两]{{1,2}})(?P<unit>[位名个家户所])(?P<thing>[{HANZI}]{{3,6}}?)(?=的|均|都|先后|分别|一致|表示|纷纷|全部)"
    rf"|(?:上述|以上|前述|这)(?P<number_of>\d{{1,2}}|[{NUMERALS}两]{{1,2}})(?P<unit_of>方面|[个项类点条种])(?P<thing_of>问题|不足|任务|工作|措施|要求|原因|困难|事项|制度|机制))"
)
IN_PARTS = re.compile("其中|分[别两三批]|第[一二三]批|另|新增|首批")
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
    yield from _more_than_named_before(passage)
    yield from _more_than_sentence_before(passage)
    counts = counts_of(passage.text, 0, len(passage.text))
    for number, whole in enumerate(counts):
        name = re.sub("的?有?$", "", NO_GROUP.sub("", whole.label))
        start = passage.text.find(name, whole.end, whole.end + FAR) if len(name) >= SHORTEST_GROUP else -1
        behind = GROUP_BEHIND.match(passage.text, start + len(name)) if start >= 0 else None
        if not behind or not NAMING.search(text_before(passage.text, start)) or not whole.is_exact:
            continue
        part = next((one for one in counts[number + 1 : number + NEXT] if one.start >= behind.end()), None)
        words = re.sub(
            "^，(?:其中)?(?:涉及|属于)", "", passage.text[behind.end() : part.start] if part else ""
        )
        if part is None or part.unit != whole.unit or not part.is_exact or part.value <= whole.value:
            continue
        if not any(unlike.search(words) for unlike in (ENDED, NO_PART, CARRIED, COMPARED)):
            reason = f"前面“{name}”的是{whole.written}{whole.unit}，其中不可能有{part.written}{part.unit}"
            yield RuleHit(f"{reason}，请核对。", passage, start, part.end)


def _more_than_sentence_before(passage: TextPassage) -> Iterator[RuleHit]:
    """共安排24个。已完工15个、在建11个; 应改造12个。已完工14个，其余……: the whole stands a sentence before."""
    for sentence, before, counts in sentence_pairs(passage.text):
        if len(before) != 1:
            continue
        (whole,), (first, *behind) = before, counts
        if first.unit != whole.unit or not (first.is_exact and whole.is_exact):
            continue
        elsewhere = ELSEWHERE.search(passage.text, whole.end, first.start)
        planned = CARRIED.search(sentence) and not FINISHED_PLAN.search(sentence)
        # 上年结余126万元。今年下达480万元
        is_carried = CARRIED_OVER.search(passage.text, max(0, whole.start - FAR), whole.start)
        if planned or elsewhere or is_carried or NO_PART.search(first.label):
            continue
        if not is_some_of(whole, first):
            continue
        alike = (one for one in behind if one.unit == whole.unit and one.is_exact)
        second = next(alike, None) if DONE_AND_OPEN.search(first.clause) else None
        still_open = second if second and _is_open_part(second) else None
        value = first.value + (still_open.value if still_open else 0)
        if value > whole.value:
            reason = f"总数是{whole.written}{whole.scale}{whole.unit}，其中不可能有{first.in_words(value)}{whole.unit}"
            yield hit_between(passage, first, still_open or first, reason)


def _is_open_part(part: Count) -> bool:
    return bool(re.match("在建|正在|尚未|未|待", part.label))


def _more_than_named_before(passage: TextPassage) -> Iterator[RuleHit]:
    """护理员共312名。……上述护理员中有338名: the whole stands in the sentence before."""
    for named in ALLUDED.finditer(passage.text):
        start = sentence_start(passage.text, named.start())
        before = counts_of(passage.text, max(0, start - FAR), start)
        behind = counts_of(passage.text, named.start(), named.end())
        thing = named["thing"][-2:]
        wholes = [one for one in before if thing in one.clause + one.behind and one.unit == behind[0].unit]
        if len(wholes) == 1 and wholes[0].is_exact and wholes[0].value < behind[0].value:
            whole, part = wholes[0], behind[0]
            reason = f"总数是{whole.written}{whole.unit}，其中不可能有{part.written}{part.unit}"
            yield RuleHit(f"{reason}，请核对。", passage, named.start(), part.end)


@passage_rule("count-named-again", "前后数据不一致", WARNING, ACCURACY)
def other_counts_named_again(passage: TextPassage) -> Iterator[RuleHit]:
    """新增停车泊位326个……新增的362个泊位; 4个社区试点……三个试点社区; 现有网格员46人……48名网格员."""
    counts = counts_of(passage.text, 0, len(passage.text))
    for match in NAMED_AGAIN.finditer(passage.text):
        if OF_OTHER_TIME.search(text_before(passage.text, match.start())):
            continue
        before = [one for one in counts_before(counts, match.start()) if one.unit == _unit_of(match)]
        known = [one for one in before if _is_same_group(one, match)]
        if known and re.search("再|将|拟", known[0].clause):
            continue  # 再改造14公里；加上已改造的46公里
        is_divided = known and sum(one.value for one in known[1:]) in (0, known[0].value)
        if is_divided and known[0].is_exact and not _come_to(before, float(match["number"])):
            reason = f"前面是{known[0].written}{match['unit']}，这里是{match['number']}{match['unit']}"
            yield hit_at(passage, match, f"{reason}，请核对。")
    yield from _chosen_again(passage)
    yield from _same_group_again(passage)


def _chosen_again(passage: TextPassage) -> Iterator[RuleHit]:
    for match in CHOSEN_AGAIN.finditer(passage.text):
        unit, chosen, thing = match["unit"], match["chosen"], re.escape(match["thing"])
        choosing = rf"{SMALL}{unit}(?:[{HANZI}]{{0,4}}{thing}[^。；\n]{{0,12}}?{chosen}|{chosen}{thing})"
        first = re.search(choosing, passage.text[: match.start()])
        is_same = not first or small_number(first["number"]) == small_number(match["number"])
        if first and not is_same and not IN_PARTS.search(passage.text, first.start(), match.start()):
            yield hit_at(passage, match, f"前面是“{first[0]}”，请核对。")


def _same_group_again(passage: TextPassage) -> Iterator[RuleHit]:
    for match in SAME_GROUP.finditer(passage.text):
        number, unit, thing = (match[one] or match[f"{one}_of"] for one in ("number", "unit", "thing"))
        named = rf"{SMALL}{unit}(?:的?[{HANZI}]{{0,4}}?)?{re.escape(thing)}"
        before = list(re.finditer(named, passage.text[: match.start()]))
        numbers = {small_number(one["number"]) for one in before}
        is_same = len(numbers) != 1 or small_number(number) in numbers
        if not is_same and not IN_PARTS.search(passage.text, before[0].start(), match.start()):
            yield hit_at(passage, match, f"前面是“{before[0][0]}”，请核对。")


def _unit_of(match: re.Match[str]) -> str:
    return PEOPLE.get(match["unit"], match["unit"])


def _is_same_group(one: Count, again: re.Match[str]) -> bool:
    """Whether a count says of what was done the same as one that names it again."""
    done = ATTENDED if again["done"] in ATTENDED else (again["done"],)
    thing = again["thing"][:2]
    return any(word in one.clause + one.behind for word in done) and thing in one.label + one.behind


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
        is_same = any(PAID_BY.search(one.text[: match.start()]) for one, _, match in alike)
        if is_same and float(first["amount"]) != float(second["amount"]):
            yield hit_at(passage, second, f"前面是“{first[0]}”，请核对标准。")


@document_rule("late-arrival", "签到晚于开始", WARNING, ACCURACY)
def late_arrivals(subject: LintSubject) -> Iterator[RuleHit]:
    """会议时间：10月22日上午9时……于上午9时10分前到场签到."""
    begun = list(BEGINS.finditer("\n".join(one.text for one in subject.passages)))
    if len(begun) != 1:
        return
    (beginning,) = begun
    for passage in subject.passages:
        for match in ARRIVES.finditer(passage.text):
            halves = {beginning["half"], match["half"]} - {None}
            day = DAY_BEFORE.search(text_before(passage.text, match.start()))
            is_same_day = day is None or day[1] in beginning[0]
            if len(halves) < 2 and is_same_day and 0 < _minutes(match) - _minutes(beginning) < HOUR:
                yield hit_at(passage, match, f"开始的时间在前（“{beginning[0].strip()}”），请核对。")


def _minutes(clock: re.Match[str]) -> int:
    hour = int(clock["hour"]) + (12 if clock["half"] in AFTER_NOON and int(clock["hour"]) < 12 else 0)
    return 60 * hour + (30 if clock["half_hour"] else int(clock["minute"] or 0))
