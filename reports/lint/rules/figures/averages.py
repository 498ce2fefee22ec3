"""Averages and products held against the total and the number that they are of."""

import re
from collections.abc import Iterator
from itertools import product

from reports.lint.counts import (
    MOST_ADDED,
    NUMBER,
    PEOPLE,
    SCALES,
    UNIT,
    Count,
    counts_before,
    counts_of,
    sentences_with_counts,
)
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.figures.amounts import ROUNDING, rounds_to
from reports.lint.rules.figures.rates import rounding_of
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, RuleHit, hit_at

EACH_OF_SOME = r"[^，。；、]{0,24}?每[人名户件]"
TWO_PRODUCTS = re.compile(
    rf"(?<!\d)(?P<one>\d{{1,9}}+)(?P<unit>[人名户件]){EACH_OF_SOME}(?P<each>\d+)元[、，和]"
    rf"(?P<other>\d+)(?P=unit){EACH_OF_SOME}(?P<every>\d+)元[^。；\d]{{0,24}}?"
    rf"(?P<stated>(?:合计|共计?|共需)[^，。；\d]{{0,6}}(?P<total>{NUMBER})(?P<scale>万?)元)"
)
BY_MONTH = re.compile(
    rf"每[人户名]每月(?P<each>\d{{1,6}})元[^。；\d]{{0,16}}?(?P<people>\d{{1,6}})[人户名][^。；\d]{{0,8}}?(?P<months>\d{{1,2}})个月(?:合计|共计?|累计)[^，。；\d]{{0,8}}(?P<total>{NUMBER})(?P<scale>万?)元"
)
MEAN = re.compile(
    rf"(?:平均[到至]?每?一?个?(?P<group>[{HANZI}]{{1,4}}?)|每个?(?P<each>[{HANZI}]{{1,3}}?)平均|(?P<short>[日天月户人组班场期])均|每(?P<body>[组期场班]))[{HANZI}]{{0,8}}?约?"
    rf"(?P<number>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})"
)
MONTH = re.compile("^个?月$")
OTHER = re.compile("比|较|同期|增|减|可支配|绿地|生产总值|人均(?:收入|消费|住房|寿命|GDP)")
# Each of so many gets as much: 120户……每户3000元，共36万元.
EACH = re.compile(
    rf"(?P<mean>(?:平均|户均|人均)?(?:每|(?=[户人家场件台]均)))(?P<group>(?<!均每)[期批组班]|[个户人家名处栋件套间台场座盏辆张份棵株米吨条块只部本册箱袋顶床支把棵])均?[{HANZI}]{{0,12}}?(?P<number>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})"
)
CLAUSES = re.compile(r"[^。；！？\n]{1,400}")
REPEATED = re.compile(r"每[月年季天日周次]|[月年季天日周次]均|个月|\d次|全年|每年")


@passage_rule("mean", "平均数不符", WARNING, ACCURACY, holding="均每")
def wrong_means(passage: TextPassage) -> Iterator[RuleHit]:
    """培训班8期，累计培训400人，平均每期60人; 7月至9月共90份，月均45份."""
    for sentence, counts in sentences_with_counts(passage.text):
        for match in MEAN.finditer(passage.text, *sentence.span()):
            before = counts_before(counts, match.start())
            unit = PEOPLE.get(match["unit"], match["unit"])
            totals = [one for one in before if one.unit.removesuffix("次") == unit.removesuffix("次")]
            if not totals or OTHER.search(match[0]):
                continue
            *_, total = totals
            group = next(word for word in match.group("group", "each", "short", "body") if word)
            group = "天" if group == "日" else group
            groups = _sizes(passage.text[sentence.start() : match.start()], before, group)
            if not groups and match["group"]:
                # 840万元，用于7个老旧小区，平均每个小区120万元: a name of two characters; see each-and-all.
                start = match.start("group")
                name, behind = passage.text[start : start + 2], before[before.index(total) :]
                groups = list({one.value for one in behind if one.unit == "个" and name in one.behind[:6]})
            value = float(match["number"]) * SCALES[match["scale"]]
            step = SCALES[match["scale"]] * 0.1 ** len(match["number"].partition(".")[2])
            if len(groups) != 1 or not total.is_exact:
                continue
            # 96个网格细分为761个微网格，平均每个网格8个: what fits two counts of the sentence is of those.
            (size,) = groups
            means = [one.value / size for one in totals if one.value != size]
            pairs = product(before[-MOST_ADDED:], repeat=2)
            others = [a.value / b.value for a, b in pairs if b.value]
            if means and not any(abs(one - value) < step for one in (*means, *others)):
                right = f"{total.value / size / SCALES[match['scale']]:.2f}".rstrip("0").rstrip(".")
                reason = f"总数除以{size:g}是{right}{match['scale']}{match['unit']}，请核对。"
                yield RuleHit(reason, passage, total.start, match.end())


def _sizes(text: str, counts: list[Count], group: str) -> list[float]:
    """How many of what an average is for each one of a sentence names."""
    if MONTH.match(group):
        months = months_of(text)
        spelled = re.search(r"(\d{1,2})月(?:份)?[至到—](\d{1,2})月", text)
        if spelled:
            return [int(spelled[2]) - int(spelled[1]) + 1.0]
        return [months[1] - months[0] + 1.0] if months and months[0] != months[1] else []
    return list(
        {
            one.value
            for one in counts
            if one.value > 1
            and (
                one.unit == PEOPLE.get(group, group)
                or one.behind.endswith(group)
                or (len(group) > 1 and group in one.label + one.behind[: len(group) + 2])
            )
        }
    )


@passage_rule("sum-of-products", "单数与总数不符", WARNING, ACCURACY, holding="每")
def wrong_sums_of_products(passage: TextPassage) -> Iterator[RuleHit]:
    """612名按每人100元、85名按每人200元发放，合计7.92万元; 每人每月180元，245人，3个月合计12.23万元."""
    for match in BY_MONTH.finditer(passage.text):
        each, people, months = (float(match[name]) for name in ("each", "people", "months"))
        scale, right = SCALES[match["scale"]], each * people * months
        if abs(float(match["total"]) * scale - right) > scale * rounding_of(match["total"]):
            yield hit_at(passage, match, f"相乘是{right / scale:.10g}{match['scale']}元，请核对。")
    for match in TWO_PRODUCTS.finditer(passage.text):
        one, each, other, every = (float(match[name]) for name in ("one", "each", "other", "every"))
        total, scale = one * each + other * every, SCALES[match["scale"]]
        if abs(float(match["total"]) * scale - total) > scale * rounding_of(match["total"]):
            yield RuleHit(
                f"相加是{total / scale:.10g}{match['scale']}元，请核对。", passage, *match.span("stated")
            )


@passage_rule("each-and-all", "单数与总数不符", WARNING, ACCURACY, holding="每均")
def wrong_products(passage: TextPassage) -> Iterator[RuleHit]:
    """120户……每户3000元，共3.6万元; 5个社区共240条，平均每个社区52条."""
    for sentence in CLAUSES.finditer(passage.text):
        each = list(EACH.finditer(passage.text, *sentence.span()))
        if len(each) != 1 or REPEATED.search(sentence[0]) or passage.text[each[0].start() - 1] == "、":
            continue
        (match,) = each
        group = PEOPLE.get(match["group"], match["group"])
        unit = PEOPLE.get(match["unit"], match["unit"])
        counts = [
            one for one in counts_of(passage.text, *sentence.span()) if one.start not in range(*match.span())
        ]
        groups, totals = ([one for one in counts if one.unit == kind] for kind in (group, unit))
        if group == unit:
            continue  # 156个，平均每个议事厅12个: see mean
        if (len(groups), len(totals)) != (1, 1) or not all(one.is_exact for one in (*groups, *totals)):
            continue
        size, total = *groups, *totals
        value = float(match["number"]) * SCALES[match["scale"]]
        right = _right_total(value, size.value, total, match["number"] if match["mean"] != "每" else "")
        if right:
            reason = f"每{match['group']}{match['number']}，共{size.written}{group}，{right}，请核对。"
            start, end = min(total.start, match.start()), max(total.end, match.end())
            yield RuleHit(reason, passage, start, end)


def _right_total(each: float, groups: float, total: Count, written: str) -> str:
    """What the total should be; nothing where the two agree as exactly as either is written."""
    scale = SCALES[total.scale]
    digits = len(total.written.partition(".")[2])
    if abs(each * groups - total.value) <= ROUNDING * scale * 0.1**digits:
        return ""
    one = total.value / groups if groups else 0.0
    if written and any(rounds_to(one / factor, written) for factor in SCALES.values()):
        return ""
    return f"总数应为{each * groups / scale:g}{total.scale}{total.unit}"
