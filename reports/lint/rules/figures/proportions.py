"""Shares in words and together: 六成, 过半, 近百人 beside the exact number, shares of one whole over 100%."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import (
    NUMBER,
    NUMERAL_VALUES,
    PEOPLE,
    SCALES,
    UNIT,
    Count,
    counts_before,
    counts_of,
    sentence_pairs,
    sentences_with_counts,
)
from reports.lint.passages import TextPassage, sentence_start, text_before
from reports.lint.phrases import phrase_hits
from reports.lint.quantities import PLACE
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.figures.amounts import ROUNDING, rounds_to
from reports.lint.rules.structure.enumerations import BETWEEN
from reports.lint.subject import HANZI, RuleHit, hit_at

SHARES = re.compile(rf"(?:分别|依次)占(?:比)?(?:为)?(?P<shares>{NUMBER}%(?:[、和与]{NUMBER}%){{1,9}})")
# 选择“同意”的占61%，选择“有条件同意”的占27%，选择“不同意”的占17%: from one answer to its opposite.
NAMED_SHARE = re.compile(
    rf"(?P<name>[^，、；：。%\d]{{1,14}}?)(?P<of>占)?(?:比|(?<=占)有效[^，。；\d]{{1,6}}的)?(?:为|达)?(?P<share>{NUMBER})%"
)
APART = re.compile("率|其中|按期|及时")
DEGREE = re.compile("完全|很|非常|比较|基本|较|十分|[有]|的$|[“”]|表示|认为|选择|评价")
# 从渠道看，来信占22%，……三类渠道: all are in one of these.
DIVIDED_BY = re.compile(rf"从[{HANZI}]{{2,8}}看|按[{HANZI}]{{2,8}}(?:分|划分|统计)|[三四五六]类|构成")
# 投诉类占46.2%，……，建议类占4.6%，合计100%.
ALL_SHARES = re.compile(
    rf"(?:占(?:比)?(?:为)?{NUMBER}%[，、；][^，、；。%\d]{{0,16}}){{1,9}}占(?:比)?(?:为)?{NUMBER}%[，；](?:以上|各项|各类)?合计(?:为|占)?100%"
)
SHARE_OF_ALL = re.compile(rf"占(?:比)?(?:为)?({NUMBER})%")
# 满意的占62%，基本满意的占30%，不满意的占10%: each who was asked is in one of these.
DIVISIONS = (
    ("满意", "基本满意", "不满意"),
    ("优秀", "良好", "合格"),
    ("绿灯", "黄灯", "红灯"),
    ("老年", "中年", "青年"),
    ("已完成", "正在推进", "未启动"),
)
DIVIDED = re.compile(
    rf"(?:^|[，、；：。])[^，、；：。%\d]{{0,12}}?(?P<name>(?:基本|不|比较|非常)?满意|优秀|良好|合格|[绿黄红]灯|[老中青]年|已完成|正在推进|[尚]?未启动)[^，、；：。%]{{0,10}}，?占[^，、；：。%\d]{{0,10}}(?P<share>{NUMBER})%"
)
# What is in one of two is not in the other.
EXCLUSIVE = (
    "户籍:外来|本地:外来|男:女|城镇:农村|城市:农村|国有:民营|公办:民办|"
    "合格:不合格|满意:不满意|线上:线下|已:未|本市:外省|新建:改建|在职:退休"
)
TWO_SHARES = re.compile(
    "|".join(
        rf"{one}[^，。；：%\d]{{0,8}}占(?:比)?(?:为)?{NUMBER}%[，、和]{other}[^，。；：%\d]{{0,8}}占(?:比)?(?:为)?{NUMBER}%"
        for pair in EXCLUSIVE.split("|")
        for one, other in (pair.split(":"), pair.split(":")[::-1])
    )
)
SHARE_FIGURE = re.compile(rf"(?<![\d.])({NUMBER})%")
# 收回有效问卷720份，……满意的612份，占有效问卷的76.5%: a base that is named.
SHARE_OF_NAMED = re.compile(
    rf"(?<![\d.])(?P<part>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})，占(?P<what>[{HANZI}]{{3,8}}?)(?:总数|总量)?的(?P<share>{NUMBER})[%％]"
)
NUMERAL = "[一二三四五六七八九十两]{1,3}"
OVER, UNDER = "超过|超|逾|多于|高于|大于|突破", "不足|不到|未到|低于|少于|小于|将近|接近|近"
SHARE = re.compile(
    rf"(?P<bound>(?:{OVER}|{UNDER})(?=[^，。；：、\d]{{2,8}}的(?:[一二三四五六七八九]分之|半数|一半))|{OVER}|{UNDER}|约|大约|达到?|仅|只|为|是)?(?:(?<=[过超于到足近])[^，。；：、\d]{{2,8}}的(?=[一二三四五六七八九]分之|半数|一半))?(?P<value>(?P<parts>{NUMERAL})分之(?P<of>{NUMERAL})"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<half_tenth>[半一二三四五六七八九])?(?![绩果效长员本功交立熟型])|(?P<most>过半|大半|多半|半数以上|一半以上)|(?P<half>一半|半数)"
    rf"|(?P<percent>(?<![\d.]){NUMBER})[%％])(?P<above>以上|多|强)?"
)
PART_OF = re.compile(
    r"^[^。；\d]{0,16}?，?(?:约|大约|仅|只|已|合计|共|两项|两类|总体)*占(?:比|到|了)?[^，。；\d]{0,14}?(?:的)?(?:比例|比重)?(?:约|为|达到?|是)*$"
    r"|^[^，。；\d]{0,16}，(?:已)?[^，。；\d]{0,10}$"
)
REST_OF = re.compile("[^。；]{0,12}[，；](?:其余|剩余|余下|剩下|还有|尚有|仍有|另有)")
DIVIDED_REST = re.compile(r"[^。；]{0,16}[，、；][^。；，]{0,10}(?:分之|成|\d[%％])")
# 支出进度恰为全年预算的七成五.
OF_RATE = re.compile(
    "^，[^，。；]{0,4}(?:进度|完成率|执行率)(?:恰好?|正好|已)?(?:为|达到?|是)(?:全年|年度)?[^，。；]{0,6}的?$"
)
# How far a share in words may be from what it is of: a tenth of it, and two points and a half at the least.
LEAST_DISTANCE, DISTANCE, OF_FRACTION = 0.025, 0.1, 0.08
EXCESS = 0.02
BOUND = re.compile("(?:(?P<under>将近|接近|近|不足|不到)|超过|超|逾|突破)$")
ANOTHER = re.compile("[去上前]年|同期|目标|计划|增|减|比|较|每|均|其中|原")
NEAR_BOUND = 0.15
COMPARING_WORDS = re.compile(
    "同比|环比|增长|增加|提高|提升|上升|下降|减少|降低|较|(?<!占)比(?![重例])|增至|降至|升至|减至"
)
PARTS_FIRST = re.compile("占[^，。；]{0,14}$")


@passage_rule("bound", "“近”“超”与数字不符", WARNING, ACCURACY, holding="近超逾不突")
def wrong_bounds(passage: TextPassage) -> Iterator[RuleHit]:
    """512名网格员参加，参训人数近500人."""
    for _, counts in sentences_with_counts(passage.text):
        for one, other in pairwise(counts):
            bound = BOUND.search(text_before(passage.text, other.start))
            if (
                not bound
                or other.unit != one.unit
                or not one.is_exact
                or ANOTHER.search(one.clause + other.clause)
            ):
                continue
            is_near = abs(one.value - other.value) <= NEAR_BOUND * other.value and one.value != other.value
            if is_near and (one.value > other.value) == bool(bound["under"]):
                reason = (
                    f"前面是{one.written}{one.unit}，不能说“{bound[0]}{other.written}{other.unit}”，请核对。"
                )
                yield RuleHit(reason, passage, bound.start(), other.end)


@passage_rule("share-sum", "占比相加超过100%", WARNING, ACCURACY, holding="%")
def too_large_shares(passage: TextPassage) -> Iterator[RuleHit]:
    """分别占40%、35%、30%; 满意的占62%，基本满意的占30%，不满意的占10%; ……，合计100% that is 101%."""
    found: set[int] = set()
    for divided_by in _divisions_by_opposites(passage.text):
        added = sum(float(one["share"]) for one in divided_by)
        if added > 100.5:
            reason = f"各项占比相加是{added:g}%，超过100%，请核对。"
            found.add(divided_by[-1].end())
            yield RuleHit(reason, passage, divided_by[0].start(), divided_by[-1].end())
    yield from _wrong_shares_of_all(passage)
    divided = list(DIVIDED.finditer(passage.text))
    for first, second, third in zip(divided, divided[1:], divided[2:], strict=False):
        parts, between = (first, second, third), passage.text[first.end() : third.start()]
        added = sum(float(one["share"]) for one in parts)
        is_division = any({one["name"] for one in parts} == set(names) for names in DIVISIONS)
        if is_division and "。" not in between and added > 100.5 and third.end() not in found:
            reason = f"各项占比相加是{added:g}%，超过100%，请核对。"
            yield RuleHit(reason, passage, first.start("name"), third.end())
    for match in SHARES.finditer(passage.text):
        shares = [float(one.removesuffix("%")) for one in BETWEEN.split(match["shares"])]
        if sum(shares) > 100 + len(shares) / 2:
            yield hit_at(passage, match, f"各项占比相加是{sum(shares):g}%，超过100%，请核对。")


@passage_rule("share-of-named", "百分比不符", WARNING, ACCURACY, holding="占")
def wrong_shares_of_named(passage: TextPassage) -> Iterator[RuleHit]:
    """收回有效问卷720份，……满意的有612份，占有效问卷的76.5%."""
    for match in SHARE_OF_NAMED.finditer(passage.text):
        unit = PEOPLE.get(match["unit"], match["unit"])
        before = [one for one in counts_of(passage.text, 0, match.start()) if one.unit == unit]
        wholes = {one.value for one in before if one.label.endswith(match["what"]) and one.is_exact}
        part = float(match["part"]) * SCALES[match["scale"]]
        for whole in wholes if len(wholes) == 1 else ():
            right = 100 * part / whole if whole else 0.0
            if right and not rounds_to(right, match["share"]):
                yield hit_at(passage, match, f"{match['what']}是{whole:g}{unit}，应占{right:.1f}%，请核对。")


@passage_rule("two-shares", "占比相加超过100%", WARNING, ACCURACY, holding="占")
def shares_of_two(passage: TextPassage) -> Iterator[RuleHit]:
    """户籍人口占62%，外来人口占48%."""
    for match in TWO_SHARES.finditer(passage.text):
        added = sum(map(float, SHARE_FIGURE.findall(match[0])))
        decimals = "." in match[0]
        if added > (100.15 if decimals else 101):
            yield hit_at(passage, match, f"两项占比相加是{added:g}%，超过100%，请核对。")


def _divisions_by_opposites(text: str) -> Iterator[list[re.Match[str]]]:
    """Shares right behind each other, of three things or more, of which the last is the first with 不 or 未."""
    run: list[re.Match[str]] = []
    for share in NAMED_SHARE.finditer(text):
        run = [*run, share] if run and share.start() - run[-1].end() == 1 else [share]
        if len(run) < 3:
            continue
        if any(APART.search(one["name"]) or PLACE.search(one["name"]) for one in run):
            continue
        names = [DEGREE.sub("", one["name"]) for one in run]
        by_opposite = any(names[-1].replace(no, "", 1) in names[:-1] for no in "不未" if no in names[-1])
        start = sentence_start(text, run[0].start())
        is_summed = text.startswith("合计", run[-1].end() + 1)
        # 免费用餐的、半价用餐的、全价用餐的 of one kind.
        is_of_kind = len({one["name"][-3:] for one in run} | {run[0]["name"][-3:-1] + "的"}) == 1
        view = DIVIDED_BY.search(text, start, min(run[-1].end() + 16, len(text)))
        if by_opposite or (all(one["of"] for one in run) and (is_of_kind or (view and not is_summed))):
            yield run


def _wrong_shares_of_all(passage: TextPassage) -> Iterator[RuleHit]:
    """……，合计100% that is 101%, by more than each share was rounded."""
    for match in ALL_SHARES.finditer(passage.text):
        written = SHARE_OF_ALL.findall(match[0])
        added = sum(map(float, written))
        digits = min(len(one.partition(".")[2]) for one in written)
        if abs(added - 100) > ROUNDING * len(written) * 0.1**digits:
            yield hit_at(passage, match, f"各项占比相加是{added:.10g}%，不是100%，请核对。")


@passage_rule("share-in-words", "占比的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_shares_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """5.28万人，其中老年人1.31万人，约占五分之一; 486件、391件，两类占比超过五成."""
    yield from phrase_hits("share-in-words", passage)
    yield from _wrong_shares_of_sentence_before(passage)
    for sentence, counts in sentences_with_counts(passage.text):
        for match in SHARE.finditer(passage.text, *sentence.span()):
            rests = _shares_left(passage.text, counts_before(counts, match.start()), match)
            if rests:
                if not any(_agrees_with(match, share) for share in rests):
                    reason = f"余下的是{100 * rests[0]:.1f}%，与“{match['value']}”不符，请核对。"
                    yield RuleHit(reason, passage, *match.span("value"))
                continue
            if match["percent"] and not (match["bound"] in f"{OVER}|{UNDER}".split("|") or match["above"]):
                continue  # see rate
            before = counts_before(counts, match.start())
            pair = _pair_of_share(passage.text, before, match) or _pair_behind_share(
                passage.text, counts, match
            )
            if pair is None:
                continue
            whole, part = pair
            alike = [one.value for one in before if one.unit == whole.unit]
            shares = (part.value / whole.value, *_possible_shares(alike))
            if any(share <= 1 and _agrees_with(match, share) for share in shares):
                continue
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            reason = (
                f"{whole.written}{whole.scale}{whole.unit}中的{part.written}{part.scale}{part.unit}是{right}%"
            )
            start, end = match.span("value")
            yield RuleHit(f"{reason}，与“{match['value']}”不符，请核对。", passage, start, end)


def _shares_left(text: str, before: Sequence[Count], share: re.Match[str]) -> list[float]:
    """What shares of a whole may be left where 其余 stands before a share: 24个，已完工18个，其余四分之一."""
    if not before or not REST_OF.fullmatch(text[before[-1].end : share.start()]):
        return []
    if DIVIDED_REST.match(text, share.end()):
        return []  # 其余三分之二已转办，三分之一待办
    whole, *parts = [one.value for one in before if one.unit == before[-1].unit]
    is_divided = parts and whole and sum(parts) <= whole
    return [1 - sum(parts) / whole, *(1 - one / whole for one in parts)] if is_divided else []


def _pair_of_share(text: str, before: Sequence[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part that stand right before a share, if what stands between says that it is of them."""
    if len(before) < 2:
        return None
    *_, first, second = before
    gap = text[second.end : share.start()]
    if first.unit != second.unit or re.search("平均|每|[人户]均", second.label):
        return None
    if not (PART_OF.match(gap) or OF_RATE.search(gap)) or COMPARING_WORDS.search(
        text[first.start : share.start()]
    ):
        return None
    is_bound = share["above"] or share["bound"] in f"{OVER}|{UNDER}".split("|")
    is_rate = OF_RATE.search(gap)
    if (
        "占" not in gap
        and not is_rate
        and not (share["most"] or share["half"] or (is_bound and not share["percent"]))
    ):
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
        if len(before) != 1 or len(counts) != 1:
            continue
        (whole,), (part,) = before, counts
        if whole.unit != part.unit or not 0 < part.value <= whole.value:
            continue
        match = SHARE.match(passage.text, part.end + 1) if passage.text.startswith("，", part.end) else None
        if (
            match
            and not match["percent"]
            and not COMPARING_WORDS.search(sentence)
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
    if match["half_tenth"]:
        distance = LEAST_DISTANCE
    bound = match["bound"] or ""
    if match["most"]:
        return share >= stated - 0.001
    if match["above"] or bound in OVER.split("|"):
        is_required = bound and match.end("bound") < match.start("value")  # 超过应到人数的三分之二
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
