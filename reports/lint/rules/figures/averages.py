"""Averages and products held against the total and the number that they are of."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import product

from reports.lint.counts import (
    MOST_ADDED,
    NUMBER,
    PEOPLE,
    ROUNDED,
    SCALES,
    UNIT,
    Count,
    counts_of,
)
from reports.lint.passages import TextPassage
from reports.lint.quantities import TextQuantity
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.rules.figures.amounts import ROUNDING, rounds_to
from reports.lint.rules.figures.rates import rounding_of
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

EACH_OF_SOME = r"[^，。；、]{0,24}?每[人名户件]"
TWO_PRODUCTS = re.compile(
    rf"(?<!\d)(?P<one>\d{{1,9}}+)(?P<unit>[人名户件]){EACH_OF_SOME}(?P<each>\d+)元[、，和]"
    rf"(?P<other>\d+)(?P=unit){EACH_OF_SOME}(?P<every>\d+)元[^。；\d]{{0,24}}?"
    rf"(?P<stated>(?:合计|共计?|共需)[^，。；\d]{{0,6}}(?P<total>{NUMBER})(?P<scale>万?)元)"
)
BY_MONTH = re.compile(
    rf"每[人户名]每月(?P<each>\d{{1,6}})元[^。；\d]{{0,16}}?(?P<people>\d{{1,6}})[人户名][^。；\d]{{0,8}}?(?P<months>\d{{1,2}})个月(?:合计|共计?|累计)[^，。；\d]{{0,8}}(?P<total>{NUMBER})(?P<scale>万?)元"
)
# What an average is for each of, in the words before it: 平均每期, 每个社区平均, 户均, 亩产.
MEAN = re.compile(
    rf"(?:平均[到至]?每?一?个?(?P<group>[{HANZI}]{{1,4}}?)|每个?(?P<each>[{HANZI}]{{1,3}}?)平均|每(?P<body>[组期场班])"
    rf"|(?P<short>[日天月户人组班场期套亩栋幢间座家个村处站所件次盏株块名])均(?![可已有]|(?<![人户日天月]均)为)|(?P<yield>亩)产|单产(?!提[升高]|攻关))[{HANZI}]{{0,8}}?约?$"
)
MONTH = re.compile("^个?月$")
DAY = re.compile("^[天日]$")
# On each day of its month.
WITHOUT_REST = re.compile("无休|不休息|每[天日](?:开放|营业|运行|供应|服务)|全天候|天天")
OTHER = re.compile("比|较|同期|增|减|可支配|绿地|生产总值|人均(?:收入|消费|住房|寿命|GDP)")
MASSES = {"吨": 1000.0, "公斤": 1.0, "千克": 1.0}
SENTENCES_BACK, MOST_BACK = 3, 40
SPELLED_MONTHS = re.compile(r"(\d{1,2})月(?:份)?[至到—](\d{1,2})月")
COMMON_YEAR = 2025
# Each of so many gets as much: 120户……每户3000元，共36万元.
EACH = re.compile(
    rf"(?P<mean>(?:平均|户均|人均)?(?:每|(?=[户人家场件台]均)))(?P<group>(?<!均每)[期批组班]|[个户人家名处栋件套间台场座盏辆张份棵株米吨条块只部本册箱袋顶床支把棵])均?[{HANZI}]{{0,12}}?(?P<number>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})"
)
CLAUSES = re.compile(r"[^。；！？\n]{1,400}")
REPEATED = re.compile(r"每[月年季天日周次]|[月年季天日周次]均|(?<!前\d)(?<!前\d\d)个月|\d次|全年|每年")


@document_rule("mean", "平均数不符", WARNING, ACCURACY)
def wrong_means(subject: LintSubject) -> Iterator[RuleHit]:
    """培训班8期，累计培训400人，平均每期60人; 收获2.4万亩。……总产量为1.08万吨，平均亩产420公斤."""
    for known in subject.quantity_lists:
        for at, mean in enumerate(known):
            named = MEAN.search(mean.count.clause)
            if named is None or OTHER.search(named[0]) or ROUNDED in mean.passage.text:
                continue
            before = [one for one in known[max(0, at - MOST_BACK) : at] if _is_near(one, mean)]
            total = next((one for one in reversed(before) if _is_total_of(one, mean)), None)
            size = _size_of_mean(named, before, total) if total else 0.0
            if total is None or not size or _comes_out(mean, size, before):
                continue
            right = total.value * _factor(total, mean) / size / SCALES[mean.count.scale]
            reason = f"总数除以{size:g}是{right:.6g}{mean.count.scale}{mean.unit}，请核对。"
            first = total if total.sentence == mean.sentence else mean
            yield RuleHit(reason, mean.passage, first.count.start, mean.count.end)


def _is_near(one: TextQuantity, mean: TextQuantity) -> bool:
    return one.passage is mean.passage and mean.sentence - one.sentence < SENTENCES_BACK


def _factor(total: TextQuantity, mean: TextQuantity) -> float:
    """How many of the unit of an average one of that of a total is; 0 where they measure something else."""
    if total.unit in MASSES and mean.unit in MASSES:
        return MASSES[total.unit] / MASSES[mean.unit]
    return float(total.unit.removesuffix("次") == mean.unit.removesuffix("次"))


def _is_total_of(one: TextQuantity, mean: TextQuantity) -> bool:
    """Whether an average may be of what is counted in its sentence, or right before it."""
    if not _factor(one, mean) or mean.sentence - one.sentence > 1:
        return False
    is_same = one.sentence == mean.sentence or not (one.is_wanted or one.is_part or mean.places - one.places)
    return is_same and one.count.is_exact and not one.is_beside


def _comes_out(mean: TextQuantity, size: float, before: Sequence[TextQuantity]) -> bool:
    """Whether an average comes out of its number and some total, or else of two counts that stand before it.

    96个网格细分为761个微网格，平均每个网格8个: what fits two counts of the sentence is of those.
    """
    count = mean.count
    step = SCALES[count.scale] * 0.1 ** len(count.written.partition(".")[2])
    means = [one.value * _factor(one, mean) / size for one in before]
    pairs = product(before[-MOST_ADDED:], repeat=2)
    others = [(_factor(a, mean) or 1) * a.value / b.value for a, b in pairs if b.value]
    return any(abs(one - mean.value) < step for one in (*means, *others))


def _size_of_mean(named: re.Match[str], before: Sequence[TextQuantity], total: TextQuantity) -> float:
    """How many of what an average is for each one there are; 0 where it is not certain."""
    group = next((word for word in named.group("group", "each", "short", "body", "yield") if word), "亩")
    beside = [one for one in before if one.sentence >= total.sentence]
    sizes = _sizes(beside, total, group) or _sizes(before, total, group)
    if not sizes and named["group"]:
        # 840万元，用于7个老旧小区，平均每个小区120万元: a name of two characters; see each-and-all.
        name = named.string[named.start("group") :][:2]
        behind = before[before.index(total) :]
        sizes = {one.value for one in behind if one.unit == "个" and name in one.count.behind[:6]}
    return sizes.pop() if len(sizes) == 1 else 0.0


def _sizes(before: Sequence[TextQuantity], total: TextQuantity, group: str) -> set[float]:
    """How many of what an average is for each one some quantities are, or the calendar says."""
    if MONTH.match(group):
        return _months(total.lead)
    unit = "天" if group == "日" else PEOPLE.get(group, group)
    sizes = {one.value for one in before if one.value > 1 and one is not total and _counts(one, unit)}
    return sizes or (_days(total) if DAY.match(group) else set())


def _counts(one: TextQuantity, group: str) -> bool:
    if one.unit == group or one.count.behind.endswith(group):
        return True
    return len(group) > 1 and group in one.count.label + one.count.behind[: len(group) + 2]


def _months(lead: str) -> set[float]:
    spelled = SPELLED_MONTHS.search(lead)
    first, last = map(int, spelled.groups()) if spelled else months_of(lead) or (0, 0)
    return {last - first + 1.0} if first != last else set()


def _days(total: TextQuantity) -> set[float]:
    """The days of the months that a total is of, where it was counted on each one of them."""
    months, year = months_of(total.lead), total.year[:4]
    if months is None or not WITHOUT_REST.search(total.passage.text):
        return set()
    lengths = [
        monthrange(int(year) if year.isdecimal() else COMMON_YEAR, month)[1]
        for month in range(months[0], months[1] + 1)
    ]
    return {float(sum(lengths))}


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
            one
            for one in counts_of(passage.text, *sentence.span())
            if one.start not in range(*match.span()) and not one.behind.startswith("月")
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
