"""Shares in words and together: 六成, 过半, 近百人 beside the exact number, shares of one whole over 100%."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import (
    NUMBER,
    NUMERAL_VALUES,
    OVERLAPPING,
    ROUNDED,
    SENTENCE,
    Count,
    counts_before,
    counts_of,
)
from reports.lint.passages import TextPassage, sentence_start
from reports.lint.phrases import phrase_hits
from reports.lint.quantities import PLACE
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.structure.enumerations import BETWEEN
from reports.lint.subject import HANZI, RuleHit

# 选择“同意”的占61%，……，选择“不同意”的占17%: a share with its name, and maybe its count before it.
NAMED_SHARE = re.compile(
    rf"(?P<name>(?!(?:以上|各项|各类)?合计)[^，、；：。%\d]{{1,14}}?)(?:{NUMBER}[万亿]?[{HANZI}]，)?(?P<of>占)?(?:比|(?<=占)[^，。；\d]{{1,8}}的)?(?:为|达)?(?P<share>{NUMBER})%"
)
EQUAL_SHARES = re.compile(rf"(?:分别|依次)占(?:比)?(?:为)?(?P<shares>{NUMBER}%(?:[、和与]{NUMBER}%){{2,9}})")
APART = re.compile("率|其中|按期|及时")
DEGREE = re.compile("完全|很|非常|比较|基本|较|十分|[有]|的$|[“”]|表示|认为|选择|评价")
# 从渠道看，来信占22%，……三类渠道: all are in one of these.
DIVIDED_BY = re.compile(rf"从[{HANZI}]{{2,8}}看|按[{HANZI}]{{2,8}}(?:分|划分|统计)|[三四五六]类|构成")
LEAST_SHARES = 3
ALL_OF_THEM = re.compile("[，；](?:以上|各项|各类)?合计(?:为|占)?100%")
# What is in one of two is not in the other.
EXCLUSIVE = (
    "户籍:外来|本地:外来|男:女|城镇:农村|城市:农村|国有:民营|公办:民办|"
    "线上:线下|本市:外省|新建:改建|在职:退休"
)
OPPOSITES = tuple(tuple(pair.split(":")) for pair in EXCLUSIVE.split("|"))
NUMERAL = "[一二三四五六七八九十两]{1,3}"
OVER, UNDER = "超过|超|逾|多于|高于|大于|突破", "不足|不到|未到|低于|少于|小于|将近|接近|近"
SHARE = re.compile(
    rf"(?P<bound>(?:{OVER}|{UNDER})(?=[^，。；：、\d]{{2,8}}的(?:[一二三四五六七八九]分之|半数|一半))|{OVER}|{UNDER}|约|大约|达到?|仅|只|为|是)?(?:(?<=[过超于到足近])[^，。；：、\d]{{2,8}}的(?=[一二三四五六七八九]分之|半数|一半))?(?P<value>(?P<parts>{NUMERAL})分之(?P<of>{NUMERAL})"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<half_tenth>[半一二三四五六七八九])?(?![绩果效长员本功交立熟型])|(?P<most>过半|大半|多半|半数以上|一半以上)|(?P<half>一半|半数)"
    rf"|(?P<percent>(?<![\d.]){NUMBER})[%％])(?P<above>以上|多|强)?"
)
PART_OF = re.compile(
    r"[^，。；\d]{0,16}?，?(?:约|大约|仅|只|已|合计|共|两项|两类|总体)*占(?:比|到|了)?[^，。；\d]{0,14}?(?:的)?(?:比例|比重)?(?:约|为|达到?|是)*$"
    r"|[^，。；\d]{0,16}，(?:[^，。；\d]{0,10}|[^，。；\d]{0,6}(?:进度|率)[^，。；\d]{0,10})$"
)
REST_OF = re.compile("[^。；]{0,12}[，；](?:其余|剩余|余下|剩下|还有|尚有|仍有|另有)")
DIVIDED_REST = re.compile(r"[^。；]{0,16}[，、；][^。；，]{0,10}(?:分之|成|\d[%％])")
# How far a share in words may be from what it is of: a tenth of it, and two points and a half at the least.
LEAST_DISTANCE, DISTANCE, OF_FRACTION = 0.025, 0.1, 0.08
EXCESS = 0.02
# More than these are enough, however many: 应到87人，实到72人，超过三分之二.
QUORUM = re.compile("应到|实到|到会|出席|参会|表决|投票|赞成")
COMPARING_WORDS = re.compile(
    "同比|环比|增长|增加|提高|提升|上升|下降|减少|降低|较|(?<!占)比(?![重例])|增至|降至|升至|减至"
)
OTHER_SHARE = re.compile(f"{COMPARING_WORDS.pattern}|平均|每|[人户]均")
IN_WORDS = re.compile("占|率|进度")
PARTS_FIRST = re.compile("占[^，。；]{0,14}$")


@passage_rule("share-sum", "占比相加不是100%", WARNING, ACCURACY, holding="%")
def wrong_sums_of_shares(passage: TextPassage) -> Iterator[RuleHit]:
    """分别占40%、35%、30%; 满意的占62%，基本满意的占30%，不满意的占10%; ……，合计100% that is 101%."""
    for run in _runs_of_shares(passage.text):
        is_summed = ALL_OF_THEM.match(passage.text, run[-1].end())
        if is_summed or _divide_a_whole(passage.text, run):
            shares = [one["share"] for one in run]
            yield from _wrong_sum(passage, run[0].start(), run[-1].end(), shares, is_exact=bool(is_summed))
    for match in EQUAL_SHARES.finditer(passage.text):
        shares = [one.removesuffix("%") for one in BETWEEN.split(match["shares"])]
        yield from _wrong_sum(passage, *match.span(), shares)


def _wrong_sum(
    passage: TextPassage, start: int, end: int, shares: Sequence[str], *, is_exact: bool = False
) -> Iterator[RuleHit]:
    """Shares that come to more than 100%, or not to it where the text says so, by more than rounding."""
    added, digits = sum(map(float, shares)), min(len(one.partition(".")[2]) for one in shares)
    if (abs(added - 100) if is_exact else added - 100) > len(shares) / LEAST_SHARES * 0.1**digits + 1e-6:
        reason = f"各项占比相加是{added:.10g}%，{'不是' if is_exact else '超过'}100%，请核对。"
        yield RuleHit(reason, passage, start, end)


def _runs_of_shares(text: str) -> Iterator[list[re.Match[str]]]:
    """Named shares right behind each other."""
    run: list[re.Match[str]] = []
    for share in NAMED_SHARE.finditer(text):
        if run and share.start() - run[-1].end() != 1:
            yield run
            run = []
        run.append(share)
    if run:
        yield run


def _divide_a_whole(text: str, run: Sequence[re.Match[str]]) -> bool:
    """Whether nothing can be in two of these: the last is the first with 不 or 未, or the text says how it divides."""
    if any(APART.search(one["name"]) or PLACE.search(one["name"]) for one in run):
        return False
    names = [DEGREE.sub("", one["name"]) for one in run]
    if any(names[-1].replace(no, "", 1) in names[:-1] for no in "不未" if no in names[-1]):
        return True
    if len(run) < LEAST_SHARES:
        return len(run) == 2 and any(
            (one in names[0] and other in names[1]) or (other in names[0] and one in names[1])
            for one, other in OPPOSITES
        )
    start = sentence_start(text, run[0].start())
    view = DIVIDED_BY.search(text, start, min(run[-1].end() + 16, len(text)))
    return view is not None and all(one["of"] for one in run)


@passage_rule("share-in-words", "占比的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_shares_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """5.28万人，其中老年人1.31万人，约占五分之一; 486件、391件，两类占比超过五成; 24个，已完工18个，其余三分之一."""
    yield from phrase_hits("share-in-words", passage)
    before: list[Count] = []
    for sentence in SENTENCE.finditer(passage.text):
        counts = [one for one in counts_of(passage.text, *sentence.span()) if not one.is_limit]
        is_vote = bool(QUORUM.search(sentence[0]))
        for match in SHARE.finditer(passage.text, *sentence.span()):
            own = counts_before(counts, match.start())
            whole, shares = _shares_beside(passage.text, before, own, match)
            if shares and not any(
                share <= 1 and _agrees_with(match, share, is_vote=is_vote) for share in shares
            ):
                reason = f"{whole}是{100 * shares[0]:.1f}".removesuffix(".0")
                yield RuleHit(f"{reason}%，与“{match['value']}”不符，请核对。", passage, *match.span("value"))
        before = counts


def _shares_beside(
    text: str, before: Sequence[Count], own: Sequence[Count], share: re.Match[str]
) -> tuple[str, list[float]]:
    """What a share may be by the counts of its sentence before it, or by the one of the sentence before, with words for
    the first of these; nothing where it may be of something else.
    """
    gap = text[own[-1].end : share.start()] if own else ""
    alike = [
        one for one in (*(before if len(own) == len(before) == 1 else ()), *own) if one.unit == own[-1].unit
    ]
    if len(alike) < 2 or OVERLAPPING.search(text) or ROUNDED in text:
        return "", []
    if REST_OF.fullmatch(gap):
        all_of, *parts = [one.value for one in alike]
        is_divided = all_of and sum(parts) <= all_of and not DIVIDED_REST.match(text, share.end())
        return "余下的", [1 - one / all_of for one in (sum(parts), *parts)] if is_divided else []
    if share["percent"] and not (share["above"] or _is_bound(share)):
        return "", []  # see rate
    is_named = IN_WORDS.search(gap) or share["most"] or share["half"] or share["above"] or _is_bound(share)
    is_other = (share["percent"] and "率" in gap) or OTHER_SHARE.search(text, alike[-2].start, share.start())
    if is_other or not (PART_OF.match(gap) and (is_named or len(own) == 1)):
        return "", []
    wholes = [one for one, other in pairwise(alike) if not SHARE.search(text, one.end, other.start)]
    if not wholes:
        return "", []
    whole, part = sorted((wholes[-1], alike[-1]), key=lambda one: -one.value)
    if whole is alike[-1] and not PARTS_FIRST.search(whole.label):
        return "", []
    words = f"{whole.written}{whole.scale}{whole.unit}中的{part.written}{part.scale}{part.unit}"
    values = [one.value for one in alike]
    return words, [part.value / whole.value, *_possible_shares(values)] if part.value else []


def _is_bound(share: re.Match[str]) -> bool:
    return share["bound"] in f"{OVER}|{UNDER}".split("|")


def _possible_shares(values: Sequence[float]) -> Iterator[float]:
    """What part of one value another is, or the two or three before it are together."""
    for number, whole in enumerate(values):
        others = [*values[:number], *values[number + 1 :]]
        if whole:
            yield from (one / whole for one in others)
            yield from ((one + other) / whole for one, other in pairwise(others))
            yield from (sum(three) / whole for three in zip(others, others[1:], others[2:], strict=False))


def _agrees_with(match: re.Match[str], share: float, *, is_vote: bool) -> bool:
    """Whether a share is what some words say."""
    stated = _value_of(match)
    distance = max(LEAST_DISTANCE, (OF_FRACTION if match["parts"] else DISTANCE) * stated)
    if match["half_tenth"]:
        distance = LEAST_DISTANCE
    bound = match["bound"] or ""
    if match["most"]:
        return share >= stated - 0.001
    if match["above"] or bound in OVER.split("|"):
        # 超过应到人数的三分之二
        is_required = is_vote or (bound and match.end("bound") < match.start("value"))
        return stated - 0.001 <= share <= (1 if is_required else stated + 3 * distance)
    if bound in UNDER.split("|"):
        return stated - 3 * distance <= share <= stated + EXCESS * stated
    return abs(share - stated) <= distance


def _value_of(match: re.Match[str]) -> float:
    if match["percent"]:
        return float(match["percent"]) / 100
    if match["tenths"]:
        return (
            NUMERAL_VALUES[match["tenths"]] / 10
            + NUMERAL_VALUES.get(match["half_tenth"], 5 if match["half_tenth"] else 0) / 100
        )
    if match["parts"] and NUMERAL_VALUES.get(match["parts"]) and NUMERAL_VALUES.get(match["of"]):
        return NUMERAL_VALUES[match["of"]] / NUMERAL_VALUES[match["parts"]]
    return 0.5
