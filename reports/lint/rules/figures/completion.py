"""How far things are: done or not, by state, by plan, all or some of them, held against the counts beside it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.lint.counts import NUMBER, Count, counts_before, sentences_with_counts
from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.figures.claims import REACH
from reports.lint.rules.figures.shares import MADE
from reports.lint.rules.figures.wholes import STATES, UNITS, hit_between
from reports.lint.subject import HANZI, NUMERALS, RuleHit, hit_at

DONE = (
    "完成|办结|整改|检查|改造|签约|开工|竣工|验收|销号|处置|化解|解决|修复|覆盖|报送|走访|回收|签订|安装|入户"
)
ALL_ON_PACE = re.compile(r"(?:全部|均已?)(?:达到|完成)(?:或者?超过)?序时进度")
BEHIND_PACE = re.compile(rf"(?<![\d.])[1-9]\d{{0,8}}[{UNITS}][{HANZI}]{{0,6}}?(?:落后|滞后|未达到|低于)")
DONE_WHOLLY = re.compile(
    rf"(?:(?P<rate>{DONE})率(?:为|达到?|达)?100[%％]|(?:已|均已|已经)?(?:全部|全面)(?P<all>{DONE}))"
)
ALL_OF_THEM = re.compile(
    rf"(?:已|均已|已经|现已|目前)?(?:全部|全面|悉数|均|如数)(?:已经?|按期|按时|如期|顺利)*(?:{DONE}|拆除|清理|清除|交付|发放|拨付|到位|销案|兑现|搬离|搬迁)(?:完毕|完成|到位)?"
)
LEFT = re.compile(
    rf"[，。；](?:但|其中|目前)?(?:仍有|还有|尚有|剩余|余下|剩下|其余|另有|只剩|还剩|仅剩|剩)的?\d{{1,9}}(?P<unit>[{UNITS}])[^，。；\d]{{0,16}}?，?(?:[^，。；\d]{{0,16}}?，)?[^，。；\d]{{0,8}}?(?:未|没有|正在|预计|计划|将|待|暂|争取|力争|拟)"
)
COUNTED_UNIT = re.compile(rf"\d([{UNITS}])")
# 柳浪社区还有3处 leaves nothing of what another has done wholly.
NOT_ANOTHER = "(?<![区道村镇办局组站所队批期])"
WHOLE_SENTENCE = re.compile(r"[^。！？\n]+")
REST_REACH = 160
# 新增岗位1150个，已超额完成全年1200个的目标.
CLAIMED_OF = re.compile(
    "(?:超额|提前|全面|圆满|顺利|如期|全部)完成了?(?:全年|年度|今年|本年度?)(?:的|目标|任务|计划)*$"
)
SHORT_OF = re.compile("，?(?:超额|提前|全面|圆满|顺利|如期)?(?:超额|全部|全面|如期|提前)完成")
# 5个社区全部按期完成整改。其中东湖社区……至今尚未完成.
ALL_THOUGH_SOME = re.compile(
    rf"(?P<all>(?:全部|均已?|全都|悉数)(?:已|按期|按时|如期|顺利)*(?P<done>{DONE}))[^。；，\d]{{0,8}}[。；，](?:其中|但|但是|不过|只有)[^。；\d]{{2,40}}?(?:尚未|仍未|至今未|未能|还没有|没有)[^，。；]{{0,2}}(?P=done)"
)
# 两项目标均已提前完成：……目标为200户，实际完成168户.
ALL_REACHED = re.compile(
    "(?:均|都|全部)已?(?:超额|提前|全面|圆满|顺利|如期)*(?:完成|达到|实现)(?:了|年度|目标)*："
)
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
# 全部通过……2个未予通过; 无一逾期……逾期的3件.
STATE = (
    "通过|完成|合格|达标|整改|办结|签约|到位|建成|开工|竣工|验收|逾期|超期|超时|违规|失约|回访|覆盖|参加|到会"
)
ALL_OR_NONE = re.compile(
    rf"(?:(?P<all>(?:全部|全都|均已?|悉数)(?:顺利|按期|按时|一次性)?)|(?P<none>无一|零|未出现|没有发生))(?P<state>{STATE})"
)
# 有2个街道全部完成，2个尚未完成.
SOME_OF = re.compile(rf"(?<![现共设])有(?:\d{{1,4}}|[{NUMERALS}两])[个家户处项条][^，。；]*$")
STILL = re.compile("仍有|还有|尚有|剩余|另有|其余")
NOT_SO = re.compile(
    rf"(?P<count>[1-9]\d{{0,5}})[个件家户处项人名栋条][^。；，\d]{{0,8}}(?:，?因[^，。；\d]{{2,10}})?(?:未|没有|尚未|不)(?:予|能|按期|按时|曾)?(?P<state>{STATE})"
    rf"|(?P<of>逾期|超期|超时|违规|失约|未(?P<not>{STATE}))的(?P<number>[1-9]\d{{0,5}})[个件家户处项人名栋条]"
)
DOING = (
    "整改|办结|办理|答复|办复|完成|改造|化解|处置|解决|回复|销号|拆除|修复|清理|达标|验收|开工|竣工|签订|走访|回访"
    "|安装|报送"
)
ALL_DONE = re.compile(
    rf"(?:所有[{HANZI}]{{0,6}}|问题|各项)?(?:均|全部|都|悉数|件件|做到件件|实现)(?:已经?|得到|按期|按时|如期|顺利|全部)*"
    rf"(?P<done>{DOING}|整改到位|完毕|清零|有着落|到位)"
)
PARTLY = re.compile(rf"已(?:经)?(?:按期|按时)?(?:{DOING})|^(?:{DOING})|实际|其中[{HANZI}]{{0,2}}(?:{DOING})")
REST = re.compile(
    "其余|剩余|余下|剩下|另有|尚有|还有|仍有|已[^，。]{0,6}的|其中|计划|预计|将|力争|争取|确保|要求|之前|年底前|上述|这|验收的"
)
RATE = re.compile(
    rf"(?P<what>{DOING}|合格|达标|通过|覆盖|参保|签约|满意|回收)(?:率|比例)(?:为|达到?|仅为?|是|约)?(?P<share>{NUMBER})[%％]"
)
ALL_OF_RATE = re.compile(
    rf"[^。；]{{0,16}}?(?:全部|均已?|实现全|全面)(?:已)?(?P<what>{DOING}|合格|达标|通过|覆盖|参保|签约|满意|回收)"
)


def _left_of_all(passage: TextPassage, sentence: re.Match[str], known: set[int]) -> Iterator[RuleHit]:
    """28个问题已全部整改，剩余3个预计11月底前整改: where only one count stands before, it is of all."""
    for match in ALL_OF_THEM.finditer(passage.text, *sentence.span()):
        before = COUNTED_UNIT.findall(passage.text, sentence.start(), match.start())
        left = LEFT.search(passage.text, match.end(), match.end() + REST_REACH // 2)
        # 15个小区已全部开工，其中9个已完工；其余6个: of what else was done with some.
        other = left and re.search(
            rf"其中[^，。；]*?已(?:经)?[{HANZI}]{{2}}", passage.text[match.end() : left.start()]
        )
        if left and not other and match.start() not in known and before in ([], [left["unit"]]):
            reason = f"前面说“{match[0]}”，后面又说“{left[0]}”，请核对。"
            yield hit_at(passage, match, reason)


@passage_rule("all-but-some", "全部完成与尚未完成", WARNING, ACCURACY, holding="全率均悉如剩余")
def all_but_some(passage: TextPassage) -> Iterator[RuleHit]:
    """整改率100%，仍有3处未整改."""
    yield from phrase_hits("all-but-some", passage)
    known = set[int]()
    for sentence in WHOLE_SENTENCE.finditer(passage.text):
        for match in DONE_WHOLLY.finditer(passage.text, *sentence.span()):
            done = match["rate"] or match["all"]
            rest = passage.text[match.end() : min(sentence.end(), match.end() + REST_REACH)]
            left = re.search(
                rf"{NOT_ANOTHER}(?:仍有|还有|尚有|余下?)(\d{{1,9}}[{UNITS}])[{HANZI}]{{0,6}}?(?:尚?未|没有|正在){done}"
                rf"|(?:继续|抓紧|加快){done}(?:剩余|余下|其余)的?(\d{{1,9}}[{UNITS}])",
                rest,
            )
            if left:
                reason = f"前面说“{match[0]}”，后面又说有{left[1] or left[2]}没有{done}，请核对。"
                known.add(match.start())
                yield hit_at(passage, match, reason)
        yield from _left_of_all(passage, sentence, known)
    for match in ALL_THOUGH_SOME.finditer(passage.text):
        yield hit_at(passage, match, f"前面说“{match['all']}”，后面又有没有{match['done']}的，请核对。")
    for sentence in WHOLE_SENTENCE.finditer(passage.text):
        for match in ALL_ON_PACE.finditer(passage.text, *sentence.span()):
            if BEHIND_PACE.search(passage.text, match.end(), min(sentence.end(), match.end() + REST_REACH)):
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说有落后的，请核对。")


@passage_rule("short-of-target", "没有完成却写完成", WARNING, ACCURACY, holding="完")
def short_of_target(passage: TextPassage) -> Iterator[RuleHit]:
    """目标为500人次，已培训465人次，超额完成年度任务."""
    yield from phrase_hits("short-of-target", passage)
    for sentence, counts in sentences_with_counts(passage.text):
        for whole, done in pairwise(counts):
            if whole.unit == done.unit and CLAIMED_OF.search(done.label) and whole.value < done.value:
                reason = f"{whole.written}{whole.unit}少于{done.written}{done.unit}，没有完成"
                yield hit_between(passage, whole, done, reason)
            words = SHORT_OF.match(passage.text, done.end)
            planned = re.search("计划|目标|任务|应", whole.clause) and MADE.search(done.clause)
            claimed = ALL_REACHED.search(passage.text, sentence.start(), whole.start)
            if (words or claimed) and planned and whole.unit == done.unit and done.value < whole.value:
                reason = f"{done.written}{done.unit}少于{whole.written}{whole.unit}，没有完成，请核对。"
                start = claimed.start() if claimed and not words else whole.start
                yield RuleHit(reason, passage, start, words.end() if words else done.end)


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


@passage_rule("all-or-none", "“全部”与例外矛盾", WARNING, ACCURACY, holding="全均无零未没悉")
def exceptions_of_all(passage: TextPassage) -> Iterator[RuleHit]:
    """全部通过验收……2个村未予通过; 无一逾期。对逾期的3件."""
    yield from phrase_hits("all-or-none", passage)
    for claim in ALL_OR_NONE.finditer(passage.text):
        for other in NOT_SO.finditer(passage.text, claim.end(), min(claim.end() + REACH, len(passage.text))):
            state = other["state"] or other["not"] or other["of"]
            denied = bool(other["state"] or other["not"])
            is_left = STILL.search(passage.text, claim.end(), other.start())  # see all-done
            if SOME_OF.search(text_before(passage.text, claim.start())):
                break
            if state == claim["state"] and denied == bool(claim["all"]) and not is_left:
                count = other["count"] or other["number"]
                reason = f"前面说“{claim[0]}”，后面又有{count}个不是，请核对。"
                yield RuleHit(reason, passage, claim.start(), other.end())
                break


@passage_rule("all-of-fewer", "“全部”与数字矛盾", WARNING, ACCURACY, holding="均全都件悉")
def all_of_fewer(passage: TextPassage) -> Iterator[RuleHit]:
    """查出96处，已整改88处，所有隐患均已整改到位; 整改率92%，全部整改到位."""
    for sentence, counts in sentences_with_counts(passage.text):
        for claim in ALL_DONE.finditer(passage.text, *sentence.span()):
            before = counts_before(counts, claim.start())
            if len(before) < 2:
                continue
            *_, whole, part = before
            between = passage.text[part.end : claim.start()]
            if len(between) > 14 or not re.match("[^，。；]{0,6}，", between):
                continue
            if REST.search(between) or REST.search(claim[0]) or not _is_part(whole, part):
                continue
            reason = (
                f"{whole.written}{whole.unit}中只有{part.written}{part.unit}，不能说“{claim[0]}”，请核对。"
            )
            yield RuleHit(reason, passage, *claim.span())
    for rate in RATE.finditer(passage.text):
        full = ALL_OF_RATE.match(passage.text, rate.end())
        if full and float(rate["share"]) < 100 and full["what"] == rate["what"] and not REST.search(full[0]):
            reason = f"{rate['what']}率是{rate['share']}%，不能说“全部{rate['what']}”，请核对。"
            yield RuleHit(reason, passage, rate.start(), full.end())


def _is_part(whole: Count, part: Count) -> bool:
    """Whether two counts are of what is to be done and of what of it is done."""
    return (
        whole.unit == part.unit
        and whole.is_exact
        and part.is_exact
        and part.value < whole.value
        and bool(PARTLY.search(part.clause))
        and not re.search("比|较|同期|增|减", part.clause)
    )
