"""Rates, shares and averages held against the counts that they are of."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from reports.lint.counts import (
    MOST_ADDED,
    NUMBER,
    SCALES,
    UNIT,
    Count,
    counts_before,
    counts_of,
    sentences_with_counts,
)
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.figures.amounts import rounds_to
from reports.lint.rules.figures.wholes import COMPARED
from reports.lint.subject import HANZI, RuleHit, hit_at

# 从亮灯情况看 divides again what the sentence before divided.
DIVIDED_AGAIN = re.compile(rf"从[{HANZI}]{{2,8}}看，")
STATED_SENTENCE = re.compile(r"[^。\n]+")
PERCENT = re.compile(rf"(?<![\d.])(?P<share>{NUMBER})[%％]")
FAR = 160  # characters in which the whole of a rate is looked for, where its sentence does not close
# What names a share, directly before it: 完成72.5%, 建档率为50%, 占全年预算的80%.
SHARE_NAME = re.compile(
    rf"(?:^|[，（：])(?:[已约共现]|仅|[全整]体)?(?:(?P<rate>[{HANZI}]{{1,9}}?)(?:率|(?<!序时)进度)(?:已)?(?:为|是|达到?|约)?约?"
    rf"|(?P<done>完成)(?:(?:全年|年度)?(?:计划|任务|目标|总量|总?投资)的?)?(?:了)?(?:约)?"
    rf"|(?:约|只|仅|所)?占(?:比)?(?:为|达|约)?[^，。；\d]{{0,10}}(?:的)?(?:比例|比重)?(?:为|达)?(?:约)?)$"
)
# 进度滞后4项，滞后任务占4.7%: a share with the name of what it is of.
NAMED_PART = re.compile(
    rf"[，；](?P<part>[{HANZI}]{{2,10}}?)(?:[约仅所]|只)?占(?:比)?(?:为|达到?|约)?(?:(?:全部|总)[^，。；\d]{{0,8}})?的?(?:比例|比重)?(?:为|达到?)?约?$"
)
LONGEST_ASIDE = 6
# Rates that are named by another word than what they are of.
RATES_OF = {
    "执行": (re.compile("预算|安排|计划"), re.compile("支出|使用|拨付|列支")),
    "到会": (re.compile("应"), re.compile("实")),
    "出席": (re.compile("应"), re.compile("实")),
    "出勤": (re.compile("应"), re.compile("实")),
    "组建": (re.compile("共有|总|应|现有"), re.compile("成立|组建|建立")),
    "建会": (re.compile("共有|总|应|现有"), re.compile("工会")),
    "签约": (re.compile("共|总|应|现有"), re.compile("签约|签订")),
    "建档": (re.compile("共有|总|应|现有"), re.compile("档案|建档")),
}
IN_TIME = re.compile("按期|按时|及时|如期|先行|平均")
OF_WHOLE = re.compile(r"^[^，。；\d]{0,8}?的$")
PLANNED = re.compile("计划|应|需|目标|任务|总|共|安排|全")
NAMED_RATE = re.compile(rf"(?P<name>[{HANZI}]{{2,6}})率(?:已)?(?:为|是|达到?|约)?$")
DUE, MADE = re.compile("应|计划|共有|任务"), re.compile("已|实|截[至止][^截\n]*完成|累计完成|完成$")
UNITS = "项家户个名人处件台条"
BASE = re.compile(rf"(?<![\d.])(\d{{1,9}})([{UNITS}])[{HANZI}]{{0,6}}中，")
# 12项，占30%, of a base that the sentence begins with; 43项，占45项的95.6% brings its own.
SHARE = re.compile(
    rf"(?<![\d.])(?P<part>\d{{1,9}})(?P<unit>[{UNITS}])，占(?:[{HANZI}]{{1,8}}?(?=\d))?"
    rf"(?:(?P<whole>\d{{1,9}})(?P=unit)[{HANZI}]{{0,6}}?的)?(?P<share>{NUMBER})%"
)
STATED = rf"(?<![\d.])(?P<part>{NUMBER})(?P<part_scale>[万亿]?)(?P<unit>{UNIT})"
SHARE_OF_STATED = re.compile(
    rf"{STATED}，(?:为|是|相当于|达到?|完成了?)[^，。；\d]{{0,10}}(?P<whole>{NUMBER})(?P<whole_scale>[万亿]?)(?P=unit)[{HANZI}]{{0,4}}的(?P<share>{NUMBER})[%％]"
)
ROUNDED_OFF = 0.005


def rounding_of(written: str) -> float:
    """Half of the last digit that is written."""
    return 0.5001 * 0.1 ** len(written.partition(".")[2])


def sentences_with_wholes(
    passage: TextPassage, pattern: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], list[re.Match[str]]]]:
    """The sentences of a text, each with its wholes: those of the one before where it only divides them again."""
    wholes: list[re.Match[str]] = []
    for sentence in STATED_SENTENCE.finditer(passage.text):
        own = list(pattern.finditer(passage.text, *sentence.span()))
        if own or not DIVIDED_AGAIN.match(sentence[0]):
            wholes = own
        yield sentence, wholes


@passage_rule("share-of-stated", "比率不符", WARNING, ACCURACY, holding="%％")
def wrong_shares_of_stated(passage: TextPassage) -> Iterator[RuleHit]:
    """完成1.86亿元，为年度预算2.4亿元的75.5%."""
    for match in SHARE_OF_STATED.finditer(passage.text):
        part, whole = (float(match[one]) * SCALES[match[f"{one}_scale"]] for one in ("part", "whole"))
        right = 100 * part / whole if whole else 0.0
        if (
            whole
            and abs(right - float(match["share"])) > 2 * rounding_of(match["share"]) + right * ROUNDED_OFF
        ):
            yield hit_at(passage, match, f"应为{right:.1f}%，请核对。")


@passage_rule("rate", "比率不符", WARNING, ACCURACY, holding="%％")
def wrong_shares_of_counts(passage: TextPassage) -> Iterator[RuleHit]:
    """安装400套，已安装310套，完成72.5%; 支出1.84亿元，占预算2.3亿元的75%; 报到率92%，应报到1500名，已报到1350名."""
    for sentence, counts in sentences_with_counts(passage.text):
        for match in PERCENT.finditer(passage.text, *sentence.span()):
            if _is_share_of_base(sentence[0], passage.text, counts, match):
                continue
            finders = (_pair_before, _pair_named, _pair_behind, _pair_around)
            pairs = (find(passage.text, counts, match) for find in finders)
            pair = next(filter(None, pairs), None)
            if pair is None:
                continue
            whole, part = pair
            known = [
                one for one in counts[:MOST_ADDED] if one.end <= match.start() or whole.end > match.start()
            ]
            shares = (
                100 * part.value / whole.value,
                *_possible_shares(counts, known, match),
                *_shares_of_earlier(passage.text, sentence.start(), known),
            )
            if any(rounds_to(share, match["share"]) for share in shares):
                continue
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            reason = f"{whole.written}{whole.scale}{whole.unit}中的{part.written}{part.scale}{part.unit}应为{right}%"
            start = min(match.start(), part.start, whole.start)
            yield RuleHit(f"{reason}，请核对。", passage, start, max(match.end(), part.end, whole.end))


def _possible_shares(counts: list[Count], added: list[Count], share: re.Match[str]) -> Iterator[float]:
    """Yield in percent what one count is of another, and what two of `added` are of a third."""
    # 床位60张，入住52名，……入住率86.7%: a share as exact as that is hardly one of two others by chance.
    is_telling = "." in share["share"]
    for a, b in product(counts, repeat=2):
        if (a.unit == b.unit or is_telling) and b.value:
            yield 100 * a.value / b.value
    for a, b in combinations(added, 2):
        for c in added:
            if a.unit == b.unit == c.unit and c.value and c not in (a, b):
                yield 100 * (a.value + b.value) / c.value


def _shares_of_earlier(text: str, start: int, parts: list[Count]) -> Iterator[float]:
    """What counts are of those in the sentences before: 计划改造24个。……已完工15个，在建9个，完工率为62.5%."""
    for whole in counts_of(text, max(0, start - FAR), start):
        yield from (100 * one.value / whole.value for one in parts if one.unit == whole.unit and whole.value)


def _is_share_of_base(sentence: str, text: str, counts: list[Count], share: re.Match[str]) -> bool:
    """Whether a share is one of those that are held against the base of their sentence: see the rule share."""
    return any(
        found.end() == share.end() and (found["whole"] or BASE.search(sentence))
        for one in counts_before(counts, share.start())
        if (found := SHARE.match(text, one.start))
    )


def _pair_before(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part before a share of the two, where what stands between says that it is that."""
    before = counts_before(counts, share.start())
    if len(before) < 2:
        return None
    *earlier, first, second = before
    are_alike = first.unit == second.unit and first.is_exact and second.is_exact
    if not are_alike or re.search("缺|其余|剩余|另", second.clause):
        return None
    gap = text[second.end : share.start()]
    first = _whole_of_shares(text, earlier, first, second)
    first, second = _both_or_what_is_left(first, second, gap)
    if OF_WHOLE.match(gap) and re.search("占[^，。；]{0,12}$", second.label) and first.value < second.value:
        return second, first
    name = _share_name(gap, second)
    if name is None or not 0 < second.value <= first.value:
        return None
    if PERCENT.search(text, second.end, share.start()) or COMPARED.search(text[first.end : second.start]):
        return None
    words = text_before(text, first.start) + text[first.start : share.start()]
    is_planned = PLANNED.search(first.clause) and MADE.search(second.clause)
    if name["done"] or (name["rate"] == "完成" and is_planned):
        return (first, second) if is_planned else None
    if name["rate"]:
        return _pair_of_rate(name["rate"], words, counts, (first, second), float(share["share"]))
    return first, second


def _share_name(gap: str, part: Count) -> re.Match[str] | None:
    """What names a share behind its part, unless something else is spoken of: 已整改72处，消防类隐患最多，占45%."""
    name = SHARE_NAME.search(gap)
    if name is None or len(gap) > 40 or COMPARED.search(gap):
        return None
    aside = "" if name["rate"] or name["done"] else gap[: name.start()]
    return name if len(aside) <= LONGEST_ASIDE or _shared_pairs(aside, part) else None


def _pair_named(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part of which a share says itself that it is: 进度滞后4项，滞后任务占4.7%."""
    before = [one for one in counts_before(counts, share.start()) if one.is_exact]
    name = NAMED_PART.search(text_before(text, share.start()))
    if name is None or len(before) < 2 or before[0].unit != before[-1].unit:
        return None
    whole, *parts = (one for one in before if one.unit == before[0].unit)
    part = max(parts, key=lambda one: _shared_pairs(name["part"], one))
    is_named = _shared_pairs(name["part"], part) > 0 and 0 < part.value <= whole.value
    return (whole, part) if is_named and not COMPARED.search(text[whole.end : part.start]) else None


def _shared_pairs(words: str, one: Count) -> int:
    """How many pairs of characters of some words stand beside a count."""
    label = one.label + one.behind
    return sum(words[at : at + 2] in label for at in range(len(words) - 1))


def _whole_of_shares(text: str, earlier: list[Count], first: Count, second: Count) -> Count:
    """共350栋，已安装294栋，占84%；未安装的56栋占26%: what the share before is of; else the last count but one."""
    shared = PERCENT.search(text, first.end, second.start)
    wholes = [one for one in earlier if one.unit == second.unit and one.is_exact and one.value]
    known = (one for one in wholes if shared and rounds_to(100 * first.value / one.value, shared["share"]))
    return next(known, replace(first, value=0.0) if shared else first)


def _both_or_what_is_left(whole: Count, part: Count, behind: str) -> tuple[Count, Count]:
    """抽查52家、不合格4家，合格率: what is so is the rest; 合格48家、不合格4家: both together are all."""
    is_denied = re.match("[未不没]", part.label) and not re.match("，[未不没]", behind)
    if not is_denied or part.value > whole.value:
        return whole, part
    if len(part.label) > 1 and whole.label.endswith(part.label[1:].removesuffix("的")):
        return _with_value(whole, whole.value + part.value), whole
    return whole, _with_value(part, whole.value - part.value)


def _with_value(one: Count, value: float) -> Count:
    return replace(one, value=value, written=f"{value / SCALES[one.scale]:.10g}")


def _pair_of_rate(
    rate: str, words: str, counts: list[Count], pair: tuple[Count, Count], stated: float
) -> tuple[Count, Count] | None:
    """A pair where the words of its sentence say that a rate is of the two."""
    first, second = pair
    if IN_TIME.match(rate):
        # Of what was due, which is never more, unless both are of the same action: 办结950件，按期办结912件.
        is_less, action = stated < 100 * second.value / first.value, IN_TIME.sub("", rate, count=1)
        is_whole = is_less or re.search(f"{action}|承接|受理|[接收]到", first.clause)
        return (first, second) if is_whole and rate in second.clause else None
    of_whole, of_part = RATES_OF.get(rate[-2:], (None, None))
    if (
        of_whole
        and of_part
        and of_whole.search(first.clause)
        and of_part.search(second.clause + second.behind)
    ):
        return first, second
    known = set(words.replace(rate + "率", ""))
    return pair if set(rate) <= known or (len(counts) == 2 and not known.isdisjoint(rate[-2:])) else None


def _pair_behind(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part behind a rate of the two, which their own words name."""
    behind = [one for one in counts if one.start >= share.end()]
    name = NAMED_RATE.search(text_before(text, share.start()))
    if name is None or len(behind) != 2 or behind[0].unit != behind[1].unit:
        return None
    whole, part = behind
    action = name["name"][-2:]
    named = action in whole.clause + whole.behind and action in part.clause + part.behind
    if not (named and DUE.search(whole.clause) and MADE.search(part.clause)):
        return None
    return (whole, part) if 0 < part.value <= whole.value else None


def _pair_around(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """已整改72处，整改率90%，共排查隐患90处: the part before and the whole behind."""
    name = NAMED_RATE.search(text_before(text, share.start()))
    if (
        name is None
        or len(counts) != 2
        or not counts[0].end <= share.start() < share.end() <= counts[1].start
    ):
        return None
    part, whole = counts
    named = name["name"][-2:] in part.clause + part.behind and re.search("共|总|应", whole.clause)
    return (whole, part) if named and part.unit == whole.unit and 0 < part.value <= whole.value else None


@passage_rule("share", "百分比不符", WARNING, ACCURACY, holding="占")
def wrong_shares(passage: TextPassage) -> Iterator[RuleHit]:
    """45项中，……12项，占30%; 43项，占45项的97.8%: a share that does not come out of its two numbers."""
    for sentence, bases in sentences_with_wholes(passage, BASE):
        for share in SHARE.finditer(passage.text, *sentence.span()):
            whole = int(share["whole"] or _base_of_share(share, bases))
            part, unit = int(share["part"]), share["unit"]
            if whole and not rounds_to(100 * part / whole, share["share"]):
                right = f"{100 * part / whole:.1f}%"
                reason = f"{whole}{unit}中的{part}{unit}应占{right}，请核对两个数和百分数。"
                yield hit_at(passage, share, reason)


def _base_of_share(share: re.Match[str], bases: list[re.Match[str]]) -> str:
    """The one base of a sentence that a share in it is of; 0 where it is not certain."""
    match bases:
        case [base] if base.end() <= share.start() and base[2] == share["unit"]:
            return base[1]
    return "0"
