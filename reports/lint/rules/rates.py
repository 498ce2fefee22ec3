"""Rates and shares held against the two counts that they are of."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from reports.lint.counts import MOST_ADDED, NUMBER, SCALES, Count, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.figures import rounds_to
from reports.lint.rules.totals import BASE, SHARE
from reports.lint.rules.wholes import COMPARED
from reports.lint.subject import HANZI, RuleHit

PERCENT = re.compile(rf"(?<![\d.])(?P<share>{NUMBER})[%％]")
# What names a share, directly before it: 完成72.5%, 建档率为50%, 占全年预算的80%.
SHARE_NAME = re.compile(
    rf"(?:^|[，（：])(?:[已约共现]|仅|[全整]体)?(?:(?P<rate>[{HANZI}]{{1,6}}?)(?:率|(?<!序时)进度)(?:已)?(?:为|是|达到?|约)?约?"
    rf"|(?P<done>完成)(?:(?:全年|年度)?(?:计划|任务|目标|总量|总?投资)的?)?(?:了)?(?:约)?"
    rf"|(?:约|只|仅)?占(?:比)?(?:为|达|约)?[^，。；\d]{{0,10}}(?:的)?(?:比例|比重)?(?:为|达)?(?:约)?)$"
)
# Rates that are named by another word than what they are of.
RATES_OF = {
    "执行": (re.compile("预算|安排|计划"), re.compile("支出|使用|拨付|列支")),
    "到会": (re.compile("应"), re.compile("实")),
    "出席": (re.compile("应"), re.compile("实")),
    "出勤": (re.compile("应"), re.compile("实")),
}
IN_TIME = re.compile("按期|按时|及时|如期|先行|平均")
OF_WHOLE = re.compile(r"^[^，。；\d]{0,8}?的$")
PLANNED = re.compile("计划|应|需|目标|任务|总|共|安排|全")
NAMED_RATE = re.compile(rf"(?P<name>[{HANZI}]{{2,6}})率(?:已)?(?:为|是|达到?|约)?$")
DUE, MADE = re.compile("应|计划|共有|任务"), re.compile("已|实|截[至止][^截\n]*完成|累计完成")


@passage_rule("rate", "比率不符", WARNING, ACCURACY, holding="%％")
def wrong_shares_of_counts(passage: TextPassage) -> Iterator[RuleHit]:
    """安装400套，已安装310套，完成72.5%; 支出1.84亿元，占预算2.3亿元的75%; 报到率92%，应报到1500名，已报到1350名."""
    for sentence, counts in sentences_with_counts(passage.text):
        for match in PERCENT.finditer(passage.text, *sentence.span()):
            if _is_share_of_base(sentence[0], passage.text, counts, match):
                continue
            pair = next(
                filter(
                    None,
                    (
                        find(passage.text, counts, match)
                        for find in (_pair_before, _pair_behind, _pair_around)
                    ),
                ),
                None,
            )
            if pair is None:
                continue
            whole, part = pair
            shares = {100 * a.value / b.value for a in counts for b in counts if a.unit == b.unit and b.value}
            shares |= {
                100 * (a.value + b.value) / c.value
                for a, b in combinations(counts[:MOST_ADDED], 2)
                for c in counts[:MOST_ADDED]
                if a.unit == b.unit == c.unit and c.value and c not in (a, b)
            }
            if any(rounds_to(share, match["share"]) for share in shares):
                continue
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            reason = f"{whole.written}{whole.scale}{whole.unit}中的{part.written}{part.scale}{part.unit}应为{right}%"
            start = min(match.start(), part.start, whole.start)
            yield RuleHit(f"{reason}，请核对。", passage, start, max(match.end(), part.end, whole.end))


def _is_share_of_base(sentence: str, text: str, counts: list[Count], share: re.Match[str]) -> bool:
    """Whether a share is one of those that are held against the base of their sentence: see the rule share."""
    before = [one for one in counts if one.end <= share.start()]
    return any(
        found.end() == share.end() and (found["whole"] or BASE.search(sentence))
        for one in before
        if (found := SHARE.match(text, one.start))
    )


def _pair_before(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part before a share of the two, where what stands between says that it is that."""
    before = [one for one in counts if one.end <= share.start()]
    if (
        len(before) < 2
        or before[-1].unit != before[-2].unit
        or not (before[-1].is_exact and before[-2].is_exact)
    ):
        return None
    first, second = before[-2:]
    if re.search("缺|其余|剩余|另", second.clause):
        return None
    second = _what_is_left(first, second)
    gap = text[second.end : share.start()]
    if OF_WHOLE.match(gap) and re.search("占[^，。；]{0,12}$", second.label) and first.value < second.value:
        return second, first
    name = SHARE_NAME.search(gap)
    if name is None or len(gap) > 40 or COMPARED.search(gap) or not 0 < second.value <= first.value:
        return None
    if PERCENT.search(text, first.end, share.start()) or COMPARED.search(text[first.end : second.start]):
        return None
    words = text[max(0, first.start - 20) : share.start()]
    is_planned = PLANNED.search(first.clause) and MADE.search(second.clause)
    if name["done"] or (name["rate"] == "完成" and is_planned):
        return (first, second) if is_planned else None
    if name["rate"]:
        return _pair_of_rate(name["rate"], words, counts, (first, second))
    return first, second


def _what_is_left(whole: Count, part: Count) -> Count:
    """抽查52家、不合格4家，合格率: of what is not so, what is."""
    if not re.match("[未不没]", part.label) or part.value >= whole.value:
        return part
    left = whole.value - part.value
    return replace(part, value=left, written=f"{left / SCALES[part.scale]:.10g}")


def _pair_of_rate(
    rate: str, words: str, counts: list[Count], pair: tuple[Count, Count]
) -> tuple[Count, Count] | None:
    """A pair where the words of its sentence say that a rate is of the two."""
    first, second = pair
    if IN_TIME.match(rate):
        # Of what was due, unless both counts are of the same action: 办结950件，按期办结912件.
        action = IN_TIME.sub("", rate, count=1)
        return (first, second) if action in first.clause and rate in second.clause else None
    of_whole, of_part = RATES_OF.get(rate[-2:], (None, None))
    if of_whole and of_part and of_whole.search(first.clause) and of_part.search(second.clause):
        return first, second
    known = set(words.replace(rate + "率", ""))
    of_all = set(rate) <= known or (len(counts) == 2 and not known.isdisjoint(rate[-2:]))
    return (first, second) if of_all else None


def _pair_behind(text: str, counts: list[Count], share: re.Match[str]) -> tuple[Count, Count] | None:
    """The whole and the part behind a rate of the two, which their own words name."""
    behind = [one for one in counts if one.start >= share.end()]
    name = NAMED_RATE.search(text, max(0, share.start() - 12), share.start())
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
    name = NAMED_RATE.search(text, max(0, share.start() - 12), share.start())
    if (
        name is None
        or len(counts) != 2
        or not counts[0].end <= share.start() < share.end() <= counts[1].start
    ):
        return None
    part, whole = counts
    named = name["name"][-2:] in part.clause + part.behind and re.search("共|总|应", whole.clause)
    return (whole, part) if named and part.unit == whole.unit and 0 < part.value <= whole.value else None
