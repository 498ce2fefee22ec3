"""What has become more or less since then, held against its two figures: counts, rates, ranks, cumulative numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import hypot, log2

from reports.lint.counts import (
    FIGURE,
    MOST_ADDED,
    NUMBER,
    SCALES,
    SENTENCE,
    Count,
    counts_of,
)
from reports.lint.passages import TextPassage, text_before
from reports.lint.quantities import PLACE, TIMES, TextQuantity, by_unit, pairs_of
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

SUMMED = re.compile("累计|共|总")
GROWN = "增加|增长|提高|提升|上升|扩大"
SHRUNK = "减少|下降|降低|压缩|压减|缩短|缩小|回落|下滑"
UNIT = r"(?:[%％]|[^\d，。；年月日%％]{0,4}?)"
# 由2025年年底的6个, 增加到今年9月底的8个: what stands before a figure may name its time.
AT_THE_TIME = r"(?:(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}日)?|[^，。；\d]){0,14}?"
REACHED = r"(?:到|至|为)了?(?:[^，。；\n]{1,14}?的|[^，。；\d]{1,4})?"
# 由50个增加到200个，增加了4倍; 120万元，比去年的40万元翻了两番; 由1200个增加到3600个，是原来的2倍.
TIMES_NUMBER = rf"(?:{NUMBER}|[一二两三四五六七八九十])"
IS_TIMES = "(?:是|为|相当于|达到?)了?"
WHAT_WAS = (
    r"(?:原[来先有]?|(?:20\d\d年|[去上前]年|年初|同期|[一-鿿]{2}前)(?:[末底初]|同期|\d{1,2}月[份底末]?){0,2})"
)
GROWN_BY_TIMES = re.compile(
    rf"(?:由|从){AT_THE_TIME}(?P<first>{NUMBER})(?P<unit>{UNIT})(?:{GROWN}|[增升提扩涨]|发展|壮大|调整){REACHED}(?P<last>{NUMBER})(?P=unit)，"
    rf"(?:(?!分别|各)[^，。；\d]{{0,6}}?(?:{GROWN}|翻)了?|(?P<of>{IS_TIMES}{WHAT_WAS}的))(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
COMPARED_BY_TIMES = re.compile(
    rf"(?P<last>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[个家户人名件次元项处吨米])，(?:{IS_TIMES}|比|较|与){AT_THE_TIME}(?P<first>{NUMBER})(?P=unit)"
    rf"(?:(?:相比，?)?(?:{GROWN}|翻)了?|(?P<of>的))(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
TOLERATED_TIMES = 0.3
NUMERAL_VALUES = {word: value for value, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
MORE = "增长|增加|提高|提升|上升|扩大|净增|快|多|上涨|(?<![新净])增"
LESS = "减少|下降|降低|压减|压缩|回落|缩短|缩小|下滑|收窄|净减|慢|少|降|(?<![核净])减"
VERB = re.compile(
    rf"(?P<verb>{MORE}|{LESS})(?:幅度?为?)?(?:(?<=[多少])[{HANZI}]{{1,3}}?|(?<=[增减])[产收支])?(?:[了达约近超]|到了)*$"
)
THEN = re.compile(
    "(?:去年|上年|上一年|前年|同期|上季|上月|上个月|上一?期|年初(?!预算|计划|目标|任务)|季初|此前|原来|原有|[由从]|压缩前)[^，。；]{0,10}$|(?<!占)[比较与][^，。；]{1,10}$"
)
MINUS = "-－−负"
# How far of what rounding both figures may do to their change one has to reckon with; both are rarely at their worst.
LIKELY_ROUNDING = 0.85
COMPARING = re.compile("同比|环比|相比|[比较与][^，。；]{1,12}|净|共|累计|总体|合计|分别|明显|大幅|小幅|平均")
LONGEST_ADVERB, FAR = 3, 90
# What grows at constant prices, or by so much each year.
SINCE = re.compile("同比|同期|去年|上年|年初|上月")
OF_YEAR = re.compile("同比|同期|[去上前]年|20\\d\\d年")
LAST_PERIOD = re.compile("环比|[一二三四]季度|上半年|上(?:个?季度|个?月)|(?<!\\d)\\d{1,2}月")
TIMES_OF = {
    **dict.fromkeys(("同比", "同期", "去年", "上年"), "去年|上年|前年|同期|20\\d\\d年|[由从]|[比较]"),
    "年初": "年初|去年|上年|[由从]",
    "上月": "月|[由从]",
}
YEARS = re.compile(r"20\d\d年|[去上]年")
YEAR = re.compile(r"20(\d\d)年(?![月\d])")
# 整治前、整治后; 首轮测评、第二轮测评.
FIRST_STAGE = re.compile(f"[{HANZI}]{{2}}(?<![目以之提日年])前[，的为有]|上[次轮]|首[轮次]|第一[轮次]")
LAST_STAGE = re.compile(f"[{HANZI}]{{2}}(?<![此之])后[，的为有达]|[本此][次轮]|第二[轮次]")
REAL_TERMS = re.compile("年均|年化|生产总值|增加值|GDP|可比|不变价")
OTHER = re.compile("预算|目标|计划|任务|平均|其中|序时|全[区市省国]|占|每|应")


@document_rule("fallen-count", "累计数减少", WARNING, ACCURACY)
def fallen_counts(subject: LintSubject) -> Iterator[RuleHit]:
    """上半年累计化解18件。前三季度累计化解15件: what is counted from the beginning of the year can only grow."""
    for alike in by_unit(subject.quantities):
        for first, last in pairwise(alike):
            earlier, later = _counted_months(first), _counted_months(last)
            if not (earlier and later) or earlier[0] != later[0] or not _are_of_one_year(first, last):
                continue
            grows = (later[1] - earlier[1]) * (last.value - first.value) >= 0
            if not grows and SUMMED.search(last.count.clause):
                more = max(first, last, key=lambda one: one.value)
                months = max(earlier[1], later[1])
                reason = f"前{months}个月的累计数不会少于其中的{more.in_words}，请核对。"
                start = first.count.start if first.passage is last.passage else last.count.start
                yield RuleHit(reason, last.passage, start, last.count.end)


def _counted_months(one: TextQuantity) -> tuple[int, int] | None:
    """The months that are named last before a count; of what is counted up to their end all from the beginning."""
    clauses = re.split("[，；：（）]", one.count.since)
    months = next(filter(None, map(months_of, reversed(clauses))), None)
    is_up_to = re.search("截[至止]|[末底]，?[^，。；]{0,6}累计", one.count.since)
    return (1, months[1]) if months and is_up_to else months


def _are_of_one_year(first: TextQuantity, last: TextQuantity) -> bool:
    """Whether two counts close to each other are of one thing, and neither of another year or of a plan."""
    is_near = last.sentence - first.sentence <= 1
    was, now = (pairs_of(PLACE.sub("", one.count.label)) for one in (first, last))
    is_same = was <= now or (first.sentence == last.sentence and now <= was)
    return is_near and is_same and not re.search("去年|上年|目标|计划", first.lead + last.lead)


@passage_rule("growth-times", "倍数、番数不符", WARNING, ACCURACY, holding="倍番")
def wrong_growth_times(passage: TextPassage) -> Iterator[RuleHit]:
    """由50个增加到200个，增加了4倍: that is three times more, or four times as many."""
    for match in (*GROWN_BY_TIMES.finditer(passage.text), *COMPARED_BY_TIMES.finditer(passage.text)):
        first, last, count = float(match["first"]), float(match["last"]), match["count"]
        if not 0 < first < last:
            continue
        grown = last / first - 1 if match["times"] == "倍" else log2(last / first)
        number = NUMERAL_VALUES.get(count) or float(count)
        if abs(grown - (number - 1 if match["of"] else number)) > TOLERATED_TIMES:
            right = (
                f"增加{grown:.2g}倍"
                if match["times"] == "倍" and not match["of"]
                else f"是原来的{last / first:.2g}倍"
            )
            yield hit_at(passage, match, f"{first:g}到{last:g}{right}，不是{count}{match['times']}，请核对。")


def figures_of(text: str, start: int, end: int) -> tuple[list[Count], list[tuple[Count, int]]]:
    """The figures of how much there is in a sentence, and those of by how much it changed, with the sign."""
    found: list[Count] = []
    changes: list[tuple[Count, int]] = []
    for one in counts_of(text, start, end, FIGURE):
        if not one.since or one.since[-1] in MINUS or text[one.end : one.end + 1].isdecimal():
            continue  # 11分40秒, -4.3%
        sign = sign_of_change(one)
        if sign:
            changes.append((one, sign))
        else:
            found.append(one)
    return found, changes


def sign_of_change(one: Count) -> int:
    """Whether a figure says by how much something grew or shrank."""
    verb = VERB.search(one.label)
    if verb is None or re.search("[由从至到]", one.label):
        return 0
    return 1 if re.fullmatch(MORE, verb["verb"]) else -1


def measured_in(change: Count) -> str:
    """The unit of what changed by so much."""
    return "%" if change.unit == "个百分点" else change.unit


def _is_then(one: Count) -> bool:
    return bool(THEN.search(one.label))


def is_sure(one: Count) -> bool:
    return one.is_exact or one.label.endswith("达")


@passage_rule("change", "增减不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_changes_of_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """由300家增加到360家，净增50家; 比上年同期的45件增加9件，为36件."""
    for sentence in SENTENCE.finditer(passage.text):
        figures, changes = figures_of(passage.text, *sentence.span())
        blamed = set[Count]()
        for change, sign in changes:
            pairs = list(_pairs_of_change(passage.text, figures, change))
            if not pairs or not all(is_sure(one) for one in (change, *pairs[0])):
                continue
            if change.unit == "%" and pairs[0][0].unit == "%":
                pairs = pairs[:1]
            wrong = [right for then, now in pairs if (right := right_change(then, now, change, sign))]
            first, last = pairs[0]
            if len(wrong) == len(pairs) and first not in blamed:
                blamed.add(first)
                places = [(one.start, one.end) for one in (first, last, change)]
                start = min(places)[0]
                since = re.search("[由从][^，。；]*$", text_before(passage.text, start))
                reason = f"由{first.written}{first.scale}到{last.written}{last.scale}{wrong[0]}，请核对。"
                yield RuleHit(reason, passage, start - len(since[0] if since else ""), max(places)[1])


def _pairs_of_change(text: str, figures: Sequence[Count], change: Count) -> Iterator[tuple[Count, Count]]:
    """What was then and what is now, of what a change could be; first the two that stand next to it."""
    is_share = change.unit in ("%", "个百分点")
    unit = measured_in(change)
    alike = [one for one in figures if (is_share and unit == change.unit) or one.unit == unit]
    alike = alike or [one for one in figures if is_share]
    alike = [one for one in alike if abs(one.start - change.start) <= 2 * FAR][-MOST_ADDED:]
    before = [one for one in alike if one.end <= change.start]
    behind = [one for one in alike if one not in before]
    near = before[-2:] if len(before) > 1 else [*before, *behind[:1]]
    others = [pair for pair in combinations(alike, 2) if list(pair) != near]
    for number, (first, second) in enumerate([*(pairwise(near)), *others]):
        pair = then_and_now(first, second)
        if pair and not _is_of_time(change, *pair):
            pair = None
        if number == 0 and (pair is None or _is_apart(text, first, second, change)):
            return
        if pair and first.unit == second.unit:
            yield pair


def _is_of_time(change: Count, then: Count, now: Count) -> bool:
    """Whether what was then is of the time that a change is said to be since."""
    months, year = [months_of(one.since) for one in (then, now)], YEAR.search(change.label)
    if year and YEAR.search(then.since) and year[0] not in then.since:
        return False
    if re.search("同比|同期", change.label) and "同期" not in then.since and months[0] != months[1]:
        return None in months and then.unit != "%"
    period = re.search("[比较](?:第?[一二三四]季度|上半年)", change.label)
    if period and months_of(then.since) not in (None, months_of(period[0])):
        return False
    since = SINCE.search(change.label)
    if {_kind_of_period(change.label), _kind_of_period(then.since)} == {"同比", "环比"}:
        return False  # 比二季度的91.2%提高3.5个百分点，比上年同期提高1.2个百分点
    return since is None or bool(re.search(TIMES_OF[since[0]], then.since))


def _kind_of_period(words: str) -> str:
    """With what some words compare: the same time of another year, or the period before."""
    return "同比" if OF_YEAR.search(words) else "环比" if LAST_PERIOD.search(words) else ""


def then_and_now(first: Count, second: Count) -> tuple[Count, Count] | None:
    """Two figures in the order of their times, where the words before them say which is which."""
    if _is_then(first) != _is_then(second):
        return (first, second) if _is_then(first) else (second, first)
    since, listed, is_rate = [first.since, second.since], TIMES.findall(first.since)[-2:], first.unit == "%"
    if "分别" in first.label and len(second.since) == 1 < len(listed):
        since = listed  # 2024年、2025年分别为1.8%和1.2%
    years, (earlier, later) = [YEAR.findall(one)[-1:] for one in since], map(months_of, since)
    if all(years) and years[0] != years[1] and (is_rate or earlier == later or later is None):
        return (first, second) if years[0] < years[1] else (second, first)
    if FIRST_STAGE.search(since[0]) and LAST_STAGE.search(since[1]):
        return first, second
    if not (earlier and later) or YEARS.search("".join(since)):
        return None
    shorter, longer = sorted((earlier, later), key=lambda months: months[1] - months[0])
    if not is_rate and longer[0] <= shorter[0] and shorter[1] <= longer[1]:
        return None  # 三季度412人；1—9月累计1187人
    return (first, second) if earlier < later else (second, first)


def _is_apart(text: str, first: Count, second: Count, change: Count) -> bool:
    """Whether a change may be of something else than the two figures beside it."""
    start = min(first.start, change.start)
    end = max(second.end, change.end)
    words, label = text[start:end], text_before(text, start, len(first.label))
    return bool(
        first.unit != second.unit
        or ("；" in words and not (months_of(first.since) and months_of(second.since)))
        or len(words) > FAR
        or set(OTHER.findall(words)) - set(OTHER.findall(label))
        # 58.5%，较上年末提高6.2个百分点，比57%的目标高1.5个百分点: each is compared with something of its own.
        or (second.start > change.end and all(re.match("[比较]", one.label) for one in (change, second)))
        or REAL_TERMS.search(label + words)
        or _has_own_subject(change, first, text[: change.start - len(change.label)])
    )


def _has_own_subject(change: Count, first: Count, before: str) -> bool:
    """Whether a change is said of something else: 国企由51家整合为33家，全级次法人数量压减67.7%."""
    if change.start < first.start:
        return not re.match("[由从]|[去上]年|同期|上季", first.label)
    verb = VERB.search(change.label)
    subject = COMPARING.sub("", change.label[: verb.start()] if verb else "")
    return len(subject) > LONGEST_ADVERB and subject[:2] not in before


def right_change(then: Count, now: Count, change: Count, sign: int) -> str:
    """What a change should be; nothing where it comes out of the two as exactly as all three are written."""
    moved = now.value - then.value
    step = min(then.step, now.step)
    verb = "是增加" if moved > 0 else "是减少"
    if change.unit == "个百分点" and then.unit != "%":
        return "的变化用“%”，百分点是两个百分数之差"
    if change.unit == "%":
        return _right_percent(then, now, change, sign)
    error = LIKELY_ROUNDING * step if step != 1 else 0
    if abs(moved - sign * change.value) <= error + change.step / 100 and sign * moved >= 0:
        return ""
    scale = SCALES[change.scale]
    right = f"{verb}{abs(moved) / scale:.10g}{change.scale}{change.unit}"
    return right if moved else "没有增减"


def _right_percent(then: Count, now: Count, change: Count, sign: int) -> str:
    """What a change in percent should be; that of two shares is in percentage points."""
    moved = now.value - then.value
    if then.unit == "%":
        is_difference = abs(abs(moved) - change.value) <= change.step / 100
        return f"之差应当写“{change.written}个百分点”" if is_difference else ""
    if not then.value or not moved:
        return "没有增减" if then.value and change.value else ""
    right, step = 100 * moved / then.value, min(then.step, now.step)
    error = LIKELY_ROUNDING * 50 * step * hypot(1, now.value / then.value) / then.value if step != 1 else 0
    agrees = sign * right > 0 and abs(abs(right) - change.value) <= 0.5001 * change.step + error
    return "" if agrees else f"{'是增加' if moved > 0 else '是减少'}{abs(right):.1f}%"
