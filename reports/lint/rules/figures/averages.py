"""Averages, and what is given to each, held against the total and the number that they are of."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import product

from reports.lint.counts import MOST_ADDED, PEOPLE, ROUNDED, SCALES
from reports.lint.quantities import TextQuantity
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit

# What an average, or what is given, is for each of: 平均每期, 每个社区平均, 户均, 亩产; 每户3000元.
MEAN = re.compile(
    rf"(?:平均[到至]?每?一?个?(?P<group>[{HANZI}]{{1,4}}?)|每个?(?P<each>[{HANZI}]{{1,3}}?)平均|每(?P<body>[组期场班])"
    rf"|(?P<short>[日天月户人组班场期套亩栋幢间座家个村处站所件次盏株块名])均(?![可已有]|(?<![人户日天月]均)为)|(?P<yield>亩)产|单产(?!提[升高]|攻关)"
    rf"|每(?P<given>[批个户人家名处栋件套间台座盏辆张份棵株米吨条块只部本册箱袋顶床支把]))[{HANZI}]{{0,12}}?约?$"
)
MONTH = re.compile("^个?月$")
DAY = re.compile("^[天日]$")
# On each day of its month.
WITHOUT_REST = re.compile("无休|不休息|每[天日](?:开放|营业|运行|供应|服务)|全天候|天天")
OTHER = re.compile("比|较|同期|增|减|可支配|绿地|生产总值|人均(?:收入|住房|寿命|GDP)|(?<=.)人均消费")
REPEATED = re.compile(r"每[月年季天日周次]|[月年季天日周次]均|(?<!前\d)(?<!前\d\d)个月|\d次|全年|每年")
MASSES = {"吨": 1000.0, "公斤": 1.0, "千克": 1.0}
SENTENCES_BACK, MOST_BACK = 3, 20
SPELLED_MONTHS = re.compile(r"(\d{1,2})月(?:份)?[至到—](\d{1,2})月")
COMMON_YEAR = 2025
NAME, NEAR = 2, 6
SUMMED = re.compile("共|合计|总")


@document_rule("mean", "平均数不符", WARNING, ACCURACY)
def wrong_means(subject: LintSubject) -> Iterator[RuleHit]:
    """培训班8期，累计培训400人，平均每期60人; 收获2.4万亩。……平均亩产420公斤; 120户……每户3000元，共3.6万元."""
    for known in subject.quantity_lists:
        for at, mean in enumerate(known):
            named = MEAN.search(mean.count.clause)
            if (
                named is None
                or mean.is_part
                or OTHER.search(mean.count.clause)
                or ROUNDED in mean.passage.text
            ):
                continue
            around = known[max(0, at - MOST_BACK) : at + MOST_BACK]
            near = [one for one in around if _is_beside(one, mean)]
            if named["given"]:
                total = _total_of_given(near, mean)
            else:
                near = [one for one in around if _is_near(one, mean) or _is_beside(one, mean)]
                total = _total_of_mean(near, mean)
            size = _size_of_mean(named, near, total) if total else 0.0
            if (
                total is None
                or not size
                or _comes_out(mean, size, near, total, is_given=bool(named["given"]))
            ):
                continue
            right = total.value * _factor(total, mean) / size / SCALES[mean.count.scale]
            reason = f"总数除以{size:.10g}是{right:.6g}{mean.count.scale}{mean.unit}，请核对。"
            if named["given"]:
                right_total = total.count.in_words(mean.value * size)
                reason = f"{mean.in_words}乘以{size:.10g}，总数应为{right_total}{total.unit}，请核对。"
            places = [one.count for one in (total, mean) if one.sentence == mean.sentence]
            yield RuleHit(
                reason, mean.passage, min(one.start for one in places), max(one.end for one in places)
            )


def _is_near(one: TextQuantity, mean: TextQuantity) -> bool:
    is_before = one.count.start < mean.count.start or one.sentence < mean.sentence
    return one.passage is mean.passage and is_before and mean.sentence - one.sentence < SENTENCES_BACK


def _is_beside(one: TextQuantity, mean: TextQuantity) -> bool:
    """Whether a quantity stands in the same piece of a sentence."""
    first, last = sorted((one, mean), key=lambda each: each.count.start)
    return one is not mean and one.sentence == mean.sentence and "；" not in last.lead[len(first.lead) :]


def _factor(total: TextQuantity, mean: TextQuantity) -> float:
    """How many of the unit of an average one of that of a total is; 0 where they measure something else."""
    if total.unit in MASSES and mean.unit in MASSES:
        return MASSES[total.unit] / MASSES[mean.unit]
    return float(total.unit.removesuffix("次") == mean.unit.removesuffix("次"))


def _total_of_mean(known: Sequence[TextQuantity], mean: TextQuantity) -> TextQuantity | None:
    """What an average may be of: the last count before it in its sentence or the one before; else the one behind."""
    in_order = sorted(known, key=lambda one: (not _is_near(one, mean), -one.sentence, -one.count.start))
    return next((one for one in in_order if _is_total_of(one, mean)), None)


def _is_total_of(one: TextQuantity, mean: TextQuantity) -> bool:
    if not _factor(one, mean) or mean.sentence - one.sentence > 1:
        return False
    is_same = one.sentence == mean.sentence or not (one.is_wanted or one.is_part or mean.places - one.places)
    is_total = _is_near(one, mean) or SUMMED.search(one.count.label)
    return bool(is_same and is_total) and one.count.is_exact and not one.is_beside


def _total_of_given(beside: Sequence[TextQuantity], mean: TextQuantity) -> TextQuantity | None:
    """What is given to all of them, where one thing is given to each, and once."""
    totals = [one for one in beside if one.unit == mean.unit]
    start = mean.count.start - len(mean.lead.rpartition("；")[2])
    words = mean.passage.text[start : max(one.count.end for one in (mean, *beside))]
    is_once = words.count("每") == 1 and not REPEATED.search(words)
    return totals[0] if is_once and len(totals) == 1 and totals[0].count.is_exact else None


def _comes_out(
    mean: TextQuantity, size: float, known: Sequence[TextQuantity], total: TextQuantity, *, is_given: bool
) -> bool:
    """Whether an average comes out of its number and some total, or else of two counts that stand near it.

    96个网格细分为761个微网格，平均每个网格8个: what fits two counts of the sentence is of those.
    """
    if is_given:
        return total.count.agrees_with(mean.value * size)
    means = [one.value * _factor(one, mean) / size for one in known]
    pairs = product(known[-MOST_ADDED:], repeat=2)
    others = [(_factor(a, mean) or 1) * a.value / b.value for a, b in pairs if b.value]
    return any(abs(one - mean.value) < mean.count.step for one in (*means, *others))


def _size_of_mean(named: re.Match[str], known: Sequence[TextQuantity], total: TextQuantity) -> float:
    """How many of what an average is for each one there are; 0 where it is not certain."""
    group = next((word for word in named.groups() if word), "亩")
    beside = [one for one in known if one.sentence >= total.sentence]
    sizes = _sizes(beside, total, group) or _sizes(known, total, group)
    if not sizes and named["group"]:
        # 840万元，用于7个老旧小区，平均每个小区120万元: a name of two characters.
        name = named.string[named.start("group") :][:NAME]
        sizes = {one.value for one in beside if one.unit == "个" and name in one.count.behind[:NEAR]}
    if not sizes and "每" not in named[0] and named["group"] and SUMMED.search(total.count.clause):
        # 出院2400人次，占用总床日数19200天，平均住院日8天: what is averaged is named, the other count is of what.
        sizes = {one.value for one in beside if one.unit != total.unit}
    return sizes.pop() if len(sizes) == 1 else 0.0


def _sizes(known: Sequence[TextQuantity], total: TextQuantity, group: str) -> set[float]:
    """How many of what an average is for each one some quantities are, or the calendar says."""
    if MONTH.match(group):
        return _months(total.lead)
    unit = "天" if group == "日" else PEOPLE.get(group, group)
    sizes = {one.value for one in known if one.value > 1 and one is not total and _counts(one, unit)}
    return sizes or (_days(total) if DAY.match(group) else set())


def _counts(one: TextQuantity, group: str) -> bool:
    label, behind = one.count.label, one.count.behind
    if (
        one.unit == group
        or one.unit.removesuffix("次") == group
        or re.match(f"[{HANZI}]{{0,10}}?{group}(?:[共已累现]|$)", behind)
    ):
        return True
    return (one.unit == "个" and label.endswith(group)) or (
        len(group) > 1 and group in label + behind[: len(group) + 2]
    )


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
