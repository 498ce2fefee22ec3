"""Shares and comparisons in words held against the figures beside them: 五分之一, 六成, 过半, 持平, 有所下降."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import NEAR, NUMBER, Count, sentence_pairs, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.subject import RuleHit
from reports.numbering import chinese_number

VALUES = {chinese_number(number): number for number in range(1, 100)} | {"两": 2}
NUMERAL = "[一二三四五六七八九十两]{1,3}"
OVER, UNDER = "超过|超|逾|多于|高于|大于|突破", "不足|不到|未到|低于|少于|小于|将近|接近|近"
SHARE = re.compile(
    rf"(?P<bound>(?:{OVER}|{UNDER})(?=[^，。；：、\d]{{2,8}}的[一二三四五六七八九]分之)|{OVER}|{UNDER}|约|大约|达到?|仅|只|为|是)?(?:(?<=[过超于到足近])[^，。；：、\d]{{2,8}}的(?=[一二三四五六七八九]分之))?(?P<value>(?P<parts>{NUMERAL})分之(?P<of>{NUMERAL})"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<half_tenth>[半一二三四五六七八九])?(?![绩果效长员本功交立熟型])|(?P<most>过半|大半|多半|半数以上|一半以上)|(?P<half>一半|半数)"
    rf"|(?P<percent>(?<![\d.]){NUMBER})[%％])(?P<above>以上|多|强)?"
)
PART_OF = re.compile(
    r"^[^。；\d]{0,16}?，?(?:约|大约|仅|只|已|合计|共|两项|两类|总体)*占(?:比|到|了)?[^，。；\d]{0,14}?(?:的)?(?:比例|比重)?(?:约|为|达到?|是)*$"
    r"|^[^，。；\d]{0,16}，(?:已)?[^，。；\d]{0,10}$"
)
# How far a share in words may be from what it is of: a tenth of it, and two points and a half at the least.
LEAST_DISTANCE, DISTANCE, OF_FRACTION = 0.025, 0.1, 0.08
EXCESS = 0.02
COMPARED = re.compile(
    "同比|环比|增长|增加|提高|提升|上升|下降|减少|降低|较|(?<!占)比(?![重例])|增至|降至|升至|减至"
)
PARTS_FIRST = re.compile("占[^，。；]{0,14}$")

LEVEL = re.compile(
    r"^[^，。；\d]{0,6}?，?(?:同比|环比|总体|两者|相比)?(?P<about>基本|大体|大致)?(?:持平|相当|相同|一致|不变)"
)
THEN = re.compile("去年|上年|同期|上季|上月|上半年|上期|一季度|二季度|三季度|年初|[比与较同]")
MORE = "增长|增加|上升|提高|提升|增多|扩大|攀升|上涨"
LESS = "下降|减少|降低|回落|减小|下滑|压减|缩短|缩小"
MOVED = re.compile(
    rf"^[^，。；\d]{{0,4}}?(?:相比)?，?(?:均|都)?(?:略有|有所|明显|大幅|显著|小幅|稳步|持续|进一步|略微)(?:的)?(?P<verb>{MORE}|{LESS})"
)
LEVEL_TOLERANCE = 0.05


@passage_rule("share-in-words", "占比的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_shares_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """5.28万人，其中老年人1.31万人，约占五分之一; 486件、391件，两类占比超过五成."""
    yield from _wrong_shares_of_sentence_before(passage)
    for sentence, counts in sentences_with_counts(passage.text):
        for match in SHARE.finditer(passage.text, *sentence.span()):
            if match["percent"] and not (match["bound"] in f"{OVER}|{UNDER}".split("|") or match["above"]):
                continue  # see rate
            before = [one for one in counts if one.end <= match.start()]
            pair = _pair_of_share(passage.text, before, match) or _pair_behind_share(
                passage.text, counts, match
            )
            if pair is None:
                continue
            alike = [one.value for one in before if one.unit == pair[0].unit]
            if any(share <= 1 and _agrees_with(match, share) for share in _possible_shares(alike)):
                continue
            whole, part = pair
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            reason = (
                f"{whole.written}{whole.scale}{whole.unit}中的{part.written}{part.scale}{part.unit}是{right}%"
            )
            start, end = match.span("value")
            yield RuleHit(f"{reason}，与“{match['value']}”不符，请核对。", passage, start, end)


def _pair_of_share(text: str, before: Sequence[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part that stand right before a share, if what stands between says that it is of them."""
    if len(before) < 2 or before[-1].unit != before[-2].unit or share.start() - before[-1].end > NEAR:
        return None
    first, second = before[-2:]
    gap = text[second.end : share.start()]
    if COMPARED.search(text[first.start : share.start()]) or not PART_OF.match(gap):
        return None
    is_bound = share["above"] or share["bound"] in f"{OVER}|{UNDER}".split("|")
    if "占" not in gap and not (share["most"] or share["half"] or (is_bound and not share["percent"])):
        return None
    if re.fullmatch("(?:中)?的(?:约)?", gap) and PARTS_FIRST.search(second.label):
        first, second = second, first
    return (first, second) if 0 < second.value <= first.value else None


def _pair_behind_share(
    text: str, counts: Sequence[Count], share: re.Match[str]
) -> tuple[Count, Count] | None:
    """九成以上的人员已参加：应参保5000人，实际参保4350人."""
    behind = [one for one in counts if one.start >= share.end()]
    if (
        len(counts) != 2
        or len(behind) != 2
        or behind[0].unit != behind[1].unit
        or "：" not in text[share.end() : behind[0].start]
    ):
        return None
    whole, part = behind
    is_some = "应" in whole.clause and re.search("实|已", part.clause)
    return (whole, part) if is_some and 0 < part.value <= whole.value else None


def _wrong_shares_of_sentence_before(passage: TextPassage) -> Iterator[RuleHit]:
    """办理940件。反映停车难的有178件，近三成: what a share is of stands in the sentence before."""
    for sentence, before, counts in sentence_pairs(passage.text):
        whole, part = before[-1], counts[0]
        if (
            len(before) != 1
            or len(counts) != 1
            or whole.unit != part.unit
            or not 0 < part.value <= whole.value
        ):
            continue
        match = SHARE.match(passage.text, part.end + 1) if passage.text.startswith("，", part.end) else None
        if (
            match
            and not match["percent"]
            and not COMPARED.search(sentence)
            and not _agrees_with(match, part.value / whole.value)
        ):
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            reason = f"{whole.written}{whole.unit}中的{part.written}{part.unit}是{right}%"
            reason = f"{reason}，与“{match['value']}”不符，请核对。"
            yield RuleHit(reason, passage, match.start(), match.end())


def _possible_shares(values: Sequence[float]) -> Iterator[float]:
    """What part of one value another is, or the two or three before it are together."""
    for number, whole in enumerate(values):
        others = [*values[:number], *values[number + 1 :]]
        if whole:
            yield from (one / whole for one in others)
            yield from ((one + other) / whole for one, other in pairwise(others))
            yield from (sum(three) / whole for three in zip(others, others[1:], others[2:], strict=False))


def _agrees_with(match: re.Match[str], share: float) -> bool:
    """Whether a share is what some words say."""
    stated = _value_of(match)
    distance = max(LEAST_DISTANCE, (OF_FRACTION if match["parts"] else DISTANCE) * stated)
    bound = match["bound"] or ""
    if match["most"]:
        return share >= stated - 0.001
    if match["above"] or bound in OVER.split("|"):
        return stated - 0.001 <= share <= stated + 3 * distance
    if bound in UNDER.split("|"):
        return stated - 3 * distance <= share <= stated + EXCESS * stated
    return abs(share - stated) <= distance


def _value_of(match: re.Match[str]) -> float:
    if match["percent"]:
        return float(match["percent"]) / 100
    if match["tenths"]:
        return (
            VALUES[match["tenths"]] / 10
            + VALUES.get(match["half_tenth"], 5 if match["half_tenth"] else 0) / 100
        )
    if match["parts"] and VALUES.get(match["parts"]) and VALUES.get(match["of"]):
        return VALUES[match["of"]] / VALUES[match["parts"]]
    return 0.5


@passage_rule("comparison-in-words", "增减的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_comparisons_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """受理143件，比上季度的121件有所下降; 26起，与去年同期的31起持平."""
    for _, counts in sentences_with_counts(passage.text):
        for now, then in pairwise(counts):
            if now.unit != then.unit or not THEN.search(then.label) or COMPARED.search(now.label):
                continue
            behind = passage.text[then.end : then.end + 30]
            level, moved = LEVEL.match(behind), MOVED.match(behind)
            if level and abs(now.value - then.value) > (
                LEVEL_TOLERANCE * then.value if level["about"] else 0
            ):
                reason = f"{then.written}{then.unit}与{now.written}{now.unit}并不相同，请核对。"
                yield RuleHit(reason, passage, now.start, then.end + level.end())
            elif moved and (now.value > then.value) != bool(re.fullmatch(MORE, moved["verb"])):
                reason = f"由{then.written}{then.unit}到{now.written}{now.unit}不是{moved['verb']}，请核对。"
                yield RuleHit(reason, passage, now.start, then.end + moved.end())
