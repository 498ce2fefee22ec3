"""How far things are: done or not, by state, by plan, all or some of them, held against the counts beside it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.lint.counts import sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.figures.shares import MADE
from reports.lint.rules.figures.wholes import STATES, UNITS, hit_between
from reports.lint.subject import HANZI, RuleHit, hit_at

DONE = (
    "完成|办结|整改|检查|改造|签约|开工|竣工|验收|销号|处置|化解|解决|修复|覆盖|报送|走访|回收|签订|安装|入户"
)
ALL_ON_PACE = re.compile(r"(?:全部|均已?)(?:达到|完成)(?:或者?超过)?序时进度")
BEHIND_PACE = re.compile(rf"(?<![\d.])[1-9]\d{{0,8}}[{UNITS}][{HANZI}]{{0,6}}?(?:落后|滞后|未达到|低于)")
ALL_DONE = re.compile(
    rf"(?P<rate>{DONE})率(?:为|达到?)?100[%％]"
    rf"|(?:已|均已|已经|现已|目前)?(?:全部|全面|悉数|均|如数)(?:已经?|按期|按时|如期|顺利)*(?:{DONE}|拆除|清理|清除|交付|发放|拨付|到位|销案|兑现|搬离|搬迁)(?:完毕|完成|到位)?"
)
# 柳浪社区还有3处 leaves nothing of what another has done wholly.
LEFT = re.compile(
    rf"[^，。；\d]{{0,10}}[，。；](?P<before>[^，。；\d]{{0,10}}?)(?<![区道村镇办局组站所队批期])(?:仍有|还有|尚有|剩余|余下|剩下|其余|另有|只剩|还剩|仅剩|剩)的?\d{{1,9}}(?P<unit>[{UNITS}])(?P<behind>[^。；\d]{{0,40}})"
)
TO_DO = re.compile("继续|抓紧|加快")
NOT_DONE = re.compile("未|没有|正在|预计|计划|将|待|暂|争取|力争|拟")
COUNTED_UNIT = re.compile(rf"\d([{UNITS}])")
WHOLE_SENTENCE = re.compile(r"[^。！？\n]+")
REST_REACH = 160
# 新增岗位1150个，已超额完成全年1200个的目标.
CLAIMED_OF = re.compile(
    "(?:超额|提前|全面|圆满|顺利|如期|全部)完成了?(?:全年|年度|今年|本年度?)(?:的|目标|任务|计划)*$"
)
SHORT_OF = re.compile("，?(?:超额|提前|全面|圆满|顺利|如期)?(?:超额|全部|全面|如期|提前)完成")
# 从亮灯情况看 divides again what the sentence before divided.
DIVIDED_AGAIN = re.compile(rf"从[{HANZI}]{{2,8}}看，")
# 这43项 says again what stands elsewhere.
MEASURES = re.compile(r"(?<![\d.这])(\d{1,9})项")
PART = re.compile(r"(?<![\d.这占])(\d{1,9})项")
WHOLE = re.compile(
    rf"(?<![\d.])(?P<of>\d{{1,9}})项[{HANZI}]{{0,6}}(?:中，|，其中)|共(?:有)?(?P<all>\d{{1,9}})项[{HANZI}]{{0,6}}，"
    rf"|占(?:全部|总数)?(?P<shared>\d{{1,9}})项[{HANZI}]{{0,6}}?的"
)
LIGHTS = re.compile(r"(绿灯|黄灯|红灯|灰灯)(?:的)?(?:有)?(\d{1,9})项")
PACE_COUNTS = re.compile(
    r"(达到(?:(?:或者?|、|和|及)超过)?|超过(?=序时进度)|落后)于?(?:序时进度)?(?:的)?(?:有)?(\d{1,9})项"
)
FORECASTS = re.compile(r"(有困难但能完成|能够完成|不能完成)(?:的)?(?:有)?(\d{1,9})项")
USUAL = ("正常推进", "绿灯", "落后", "能够完成")
# What is done and what is not yet: 核实43项, 待核实2项.
ACTIONS = ("核实", "采用", "审核", "完成", "报送", "启动", "开工", "整改", "办结", "验收", "落实", "销号")
PLANNED = r"(?:计划|应当?|拟|须|需要?|预计|力争|确保|要求)[^，。；\d]{0,8}"
ACTION = re.compile(
    rf"(?P<planned>{PLANNED})?(?P<open>(?:待|[尚仍还]?未能?|尚待|没有|正在)[{HANZI}]{{0,2}}?)?"
    rf"(?P<action>{'|'.join(ACTIONS)})[了的]?有?(?P<count>\d{{1,9}})项"
)


@passage_rule("all-but-some", "全部完成与尚未完成", WARNING, ACCURACY, holding="全率均悉如剩余")
def all_but_some(passage: TextPassage) -> Iterator[RuleHit]:
    """整改率100%，仍有3处未整改."""
    yield from phrase_hits("all-but-some", passage)
    for sentence in WHOLE_SENTENCE.finditer(passage.text):
        for match in ALL_DONE.finditer(passage.text, *sentence.span()):
            left = LEFT.match(passage.text, match.end())
            counted = COUNTED_UNIT.findall(passage.text, sentence.start(), match.start())
            is_of_same = left and (match["rate"] or "") in left[0]
            is_open = left and (TO_DO.search(left["before"]) or NOT_DONE.search(left["behind"]))
            if left and is_of_same and is_open and counted in ([], [left["unit"]]):
                words = passage.text[left.start("before") : left.end()]
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说“{words}”，请核对。")
        for match in ALL_ON_PACE.finditer(passage.text, *sentence.span()):
            if BEHIND_PACE.search(passage.text, match.end(), min(sentence.end(), match.end() + REST_REACH)):
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说有落后的，请核对。")


@passage_rule("short-of-target", "没有完成却写完成", WARNING, ACCURACY, holding="完")
def short_of_target(passage: TextPassage) -> Iterator[RuleHit]:
    """目标为500人次，已培训465人次，超额完成年度任务."""
    yield from phrase_hits("short-of-target", passage)
    for _, counts in sentences_with_counts(passage.text):
        for whole, done in pairwise(counts):
            if whole.unit == done.unit and CLAIMED_OF.search(done.label) and whole.value < done.value:
                reason = f"{whole.written}{whole.unit}少于{done.written}{done.unit}，没有完成"
                yield hit_between(passage, whole, done, reason)
            words = SHORT_OF.match(passage.text, done.end)
            planned = re.search("计划|目标|任务|应", whole.clause) and MADE.search(done.clause)
            if words and planned and whole.unit == done.unit and done.value < whole.value:
                reason = f"{done.written}{done.unit}少于{whole.written}{whole.unit}，没有完成，请核对。"
                yield RuleHit(reason, passage, whole.start, words.end())


def _sentences_with_wholes(
    passage: TextPassage, pattern: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], list[re.Match[str]]]]:
    """The sentences of a text, each with its wholes: those of the one before where it only divides them again."""
    wholes: list[re.Match[str]] = []
    for sentence in WHOLE_SENTENCE.finditer(passage.text):
        own = list(pattern.finditer(passage.text, *sentence.span()))
        if own or not DIVIDED_AGAIN.match(sentence[0]):
            wholes = own
        yield sentence, wholes


@passage_rule("parts-of-whole", "分项与总数不符", WARNING, ACCURACY, holding="项")
def wrong_parts(passage: TextPassage) -> Iterator[RuleHit]:
    """45项中，已完成12项，正常推进30项，滞后6项: parts that do not make up the whole."""
    for sentence, wholes in _sentences_with_wholes(passage, WHOLE):
        if not wholes:
            continue
        whole = _number_of_whole(wholes[0])
        start = sentence.start() if wholes[0]["shared"] else max(wholes[0].end(), sentence.start())
        # What stands behind another whole may be part of that one.
        end = next((one.end() for one in wholes if _number_of_whole(one) != whole), sentence.end())
        for parts in _divisions_of_whole(passage.text, start, sentence.end()):
            if parts[-1][0].end() > end:
                continue
            added = sum(count for _, count in parts)
            if _leave_a_gap(whole, [count for _, count in parts], sentence[0]):
                reason = f"各项相加是{added}，与{whole}项不符，请核对。"
                yield RuleHit(reason, passage, parts[0][0].start(), parts[-1][0].end())


def _number_of_whole(whole: re.Match[str]) -> int:
    return int(whole["of"] or whole["all"] or whole["shared"])


def _divisions_of_whole(text: str, start: int, end: int) -> Iterator[list[tuple[re.Match[str], int]]]:
    """The parts with their counts, for each way in which a sentence divides its whole."""
    for pattern in (STATES, LIGHTS, PACE_COUNTS, FORECASTS):
        parts = list(pattern.finditer(text, start, end))
        names = {part[1] for part in parts}
        if len(parts) == len(names) > 1 and names & set(USUAL):
            yield [(part, int(part[2])) for part in parts]
    actions = [one for one in ACTION.finditer(text, start, end) if not one["planned"]]
    for action in dict.fromkeys(one["action"] for one in actions):
        both = [one for one in actions if one["action"] == action]
        if len(both) == 2 and bool(both[0]["open"]) != bool(both[1]["open"]):
            yield [(one, int(one["count"])) for one in both]


def _leave_a_gap(whole: int, counts: list[int], sentence: str) -> bool:
    """Whether counts that should make up a whole do not, and no other count of the sentence makes up for it."""
    others = [int(one) for one in MEASURES.findall(sentence)]
    for count in (whole, *counts):
        if count in others:
            others.remove(count)
    added = sum(counts)
    return added not in (whole, *others) and whole - added not in (*others, sum(others))
