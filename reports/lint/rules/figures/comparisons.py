"""What is compared with what, and which is said to be the more."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.lint.counts import SENTENCE, Count
from reports.lint.passages import TextPassage, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.quantities import TIMES
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.figures.changes import figures_of, is_sure, then_and_now
from reports.lint.rules.time.times import months_of
from reports.lint.subject import RuleHit, hit_at

SAME_PERIOD = r"(?:去年|上年|上一年|前一年)(?:同期|(?:[1-9]|1[01])月份?|第?[一二三]季度|上半年)"
LAST_PERIOD = r"上(?:个?月|一?个?季度|一?期)(?!同期)"
# What stands beside the period, either before or behind it.
COMPARED = re.compile(
    rf"(?P<before>同比|环比)(?:较|比|与)?(?P<then>{SAME_PERIOD}|{LAST_PERIOD})"
    rf"|(?:较|比|与|同)(?P<period>{SAME_PERIOD}|{LAST_PERIOD})(?:的[^，。；]{{1,10}}?)?(?:相比)?，?(?P<behind>同比|环比)"
)
GROWN = "增长|增加|提高|提升|上升|扩大|上涨|好转|攀升|增多"
SHRUNK = "减少|下降|降低|压减|压缩|回落|缩短|缩小|下滑|收窄|缩减|减小"
# 由80%提高到75%.
REACHED = re.compile(
    rf"^(?P<what>.*?)(?P<verb>{GROWN}|{SHRUNK}|[升增涨降减])[到至为]了?(?:[^，。；\d]{{1,14}}的|[^，。；\d]{{1,4}})?$"
)
# 143件，比上季度的121件有所下降; 26起，与去年同期的31起持平.
MOVED = re.compile(
    rf"(?P<what>[^，。；\d]{{0,4}}?(?:相比)?，?[^，。；\d]{{0,6}}?)(?:均|都)?(?:(?:略有|有所|明显|大幅|显著|小幅|稳步|持续|进一步|略微)的?|(?<=[同环]比))(?P<verb>{GROWN}|{SHRUNK})(?!了?\d)"
)
NO_SUBJECT = re.compile("同比|环比|总体|整体|相比|，|均|都|目前|现在|[的了为]")
LONGEST_ADVERB = 3
LEVEL = re.compile(
    r"[^，。；\d]{0,6}?，?(?:同比|环比|总体|两者|相比)?(?P<about>基本|大体|大致)?(?:持平|相当|相同|一致|不变)"
)
SINCE = re.compile("[由从][^，。；]*$")
LEVEL_TOLERANCE = 0.05
# 90.8分，高于全区92.4分的平均水平.
BESIDE = re.compile("(?P<way>高于|超过|多于|快于|优于|低于|少于|不及|未达到?)(?P<what>[^，。；\\d]{0,10})$")
ABOVE = ("高于", "超过", "多于", "快于", "优于")
STANDARD = re.compile(
    "全[区市省国县镇街]|平均|应|目标|计划|任务|去年|上年|同期|上季|上月|上半年|标准|水平|人数|[一二三]季度"
)
RANK = re.compile(r"第(?P<rank>\d{1,3})[位名]?")
RISING, FALLING = "上升|提升|前移|前进|跃升|进步", "下降|下滑|后移|退步|退"
RANK_MOVED = re.compile(
    rf"[^。；\d]{{0,14}}?(?P<verb>{RISING}|{FALLING})(?:[到至]$|了?(?:(?P<by>\d{{1,3}})[位名个])?)"
)
RANK_REACH = 24


@passage_rule("basis", "同比、环比", WARNING, ACCURACY, holding="比较同")
def wrong_bases(passage: TextPassage) -> Iterator[RuleHit]:
    """环比去年同期, and 较去年同期同比, which says it twice."""
    compared = list(COMPARED.finditer(passage.text))
    for hit in phrase_hits("basis", passage):
        if not any(one.start() < hit.end and hit.start < one.end() for one in compared):
            yield hit
    for match in compared:
        word, period = match["before"] or match["behind"], match["then"] or match["period"]
        right = "同比" if "年" in period else "环比"
        if word != right:
            yield hit_at(passage, match, "“同比”是与上年同期比，“环比”是与上一期比，这里用错，请改正。")
        elif match["behind"] and not re.search("年(?!同期)", period):
            reason = f"“{word}”就是与{period}相比，两处重复，请删去一处。"
            yield RuleHit(reason, passage, match.start("behind"), match.end("behind"), "")


@passage_rule("growth-direction", "增减方向不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_directions(passage: TextPassage) -> Iterator[RuleHit]:
    """由80%提高到75%; 143件，比上季度的121件有所下降; 26起，与去年同期的31起持平; 90.8分，高于全区92.4分的平均水平."""
    for sentence in SENTENCE.finditer(passage.text):
        figures, _ = figures_of(passage.text, *sentence.span())
        for first, second in pairwise(figures):
            is_rank = text_before(passage.text, first.end, 1) in "位名"
            if first.unit != second.unit or first.unit == "个百分点" or is_rank:
                continue
            if not (is_sure(first) and is_sure(second)):
                continue
            wrong = _wrong_direction(passage.text, first, second)
            if wrong:
                words, end = wrong
                since = SINCE.search(text_before(passage.text, first.start))
                yield RuleHit(
                    f"由{words}，请核对。", passage, first.start - len(since[0] if since else ""), end
                )


def _wrong_direction(text: str, first: Count, second: Count) -> tuple[str, int] | None:
    """What is said wrongly of how two figures lie to each other, and where that ends."""
    beside = BESIDE.search(second.label)
    if beside and text[first.end] == "，":
        # 达到目标8项，未达到目标2项: two groups.
        standard = second.behind if beside["way"].startswith("未达") else beside["what"] + second.behind
        is_wrong = first.value != second.value and (first.value > second.value) != (beside["way"] in ABOVE)
        stated = f"{_in_words(second)}到{_in_words(first)}不是“{beside['way']}”"
        return (stated, second.end) if is_wrong and STANDARD.search(standard) else None
    pair = then_and_now(first, second)
    if pair is None:
        return None
    then, now = pair
    level = LEVEL.match(text, second.end)
    verb = REACHED.search(second.label) if pair == (first, second) else None
    verb = verb or MOVED.match(text, second.end)
    if verb and not _is_of_same(verb["what"], text[: second.start - len(second.label)]):
        return None
    stated = f"{_in_words(then)}到{_in_words(now)}"
    if (
        verb
        and then.value != now.value
        and (now.value > then.value) != bool(re.fullmatch(f"{GROWN}|[升增涨]", verb["verb"]))
    ):
        return f"{stated}不是{verb['verb']}", max(second.end, verb.end() if verb.string is text else 0)
    if level and abs(now.value - then.value) > (LEVEL_TOLERANCE * then.value if level["about"] else 0):
        return f"{stated}不是{level[0].lstrip('，')}", level.end()
    return None


def _is_of_same(what: str, before: str) -> bool:
    """Whether what is said to have moved was spoken of: 教育质量进一步提升 is something else."""
    subject = NO_SUBJECT.sub("", TIMES.sub("", what))
    return len(subject) < LONGEST_ADVERB or subject[: max(2, len(subject) - 1)] in before


def _in_words(one: Count) -> str:
    return f"{one.written}{one.scale}{one.unit}"


@passage_rule("rank-change", "名次升降不符", WARNING, ACCURACY, holding="第")
def wrong_changes_of_ranks(passage: TextPassage) -> Iterator[RuleHit]:
    """第5位，较二季度的第8位下降3位; 由第5位上升到第8位."""
    for sentence in SENTENCE.finditer(passage.text):
        for one, other in pairwise(RANK.finditer(passage.text, *sentence.span())):
            between = passage.text[one.end() : other.start()]
            behind = passage.text[other.end() : min(other.end() + RANK_REACH, sentence.end())]
            order = _order_of_ranks(text_before(passage.text, one.start(), RANK_REACH), between)
            moved = RANK_MOVED.fullmatch(between) or RANK_MOVED.match(behind)
            if not order or not moved or len(between) > RANK_REACH:
                continue
            then, now = (int(rank["rank"]) for rank in (one, other)[::order])
            sign = 1 if re.fullmatch(RISING, moved["verb"]) else -1
            if sign * (then - now) < 0 or (moved["by"] and abs(then - now) != int(moved["by"])):
                outcome = (
                    f"是{'上升' if then > now else '下降'}{abs(then - now)}位" if then != now else "没有升降"
                )
                end = other.end() + (moved.end() if moved.string is behind else 0)
                yield RuleHit(f"由第{then}位到第{now}位{outcome}，请核对。", passage, one.start(), end)


def _order_of_ranks(before: str, between: str) -> int:
    """1 where the first of two ranks was then and the second is now, -1 where it is the other way, else 0."""
    if re.search("[比较]", between):
        return -1
    earlier, later = months_of(before), months_of(between)
    if re.search("[由从][^，。；]*$", before) or (earlier and later and earlier < later):
        return 1
    return -1 if earlier and later and later < earlier else 0
