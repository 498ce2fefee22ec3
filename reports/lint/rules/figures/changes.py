"""What has become more or less since then, held against its two figures: counts, rates, ranks, cumulative numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import log2

from reports.lint.counts import (
    FIGURE,
    MOST_ADDED,
    NEAR,
    NUMBER,
    SCALES,
    SENTENCE,
    Count,
    counts_of,
    sentences_with_counts,
)
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.figures.wholes import hit_between
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

OF_WORK = re.compile("发生|受理|办结|完成|化解|新增|查处|接待")
SUMMED = re.compile("累计|共|总")
GROWN = "增加|增长|提高|提升|上升|扩大"
SHRUNK = "减少|下降|降低|压缩|压减|缩短|缩小|回落|下滑"
UNIT = r"(?:[%％]|[^\d，。；年月日%％]{0,4}?)"
# 由2025年年底的6个, 增加到今年9月底的8个: what stands before a figure may name its time.
AT_THE_TIME = r"(?:(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}日)?|[^，。；\d]){0,14}?"
REACHED = r"(?:到|至|为)了?(?:[^，。；\n]{1,14}?的|[^，。；\d]{1,4})?"
# 由50个增加到200个，增加了4倍; 120万元，比去年的40万元翻了两番.
TIMES_NUMBER = rf"(?:{NUMBER}|[一二两三四五六七八九十])"
GROWN_BY_TIMES = re.compile(
    rf"(?:由|从){AT_THE_TIME}(?P<first>{NUMBER})(?P<unit>{UNIT})(?:{GROWN}|[增升提扩涨]|发展|壮大|调整){REACHED}(?P<last>{NUMBER})(?P=unit)，"
    rf"(?!分别|各)[^，。；\d]{{0,6}}?(?:{GROWN}|翻)了?(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
COMPARED_BY_TIMES = re.compile(
    rf"(?P<last>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[个家户人名件次元项处吨米])，(?:是|比|较|与)[^，。；\d]{{1,12}}(?P<first>{NUMBER})(?P=unit)"
    rf"(?:相比，?)?(?:{GROWN}|翻)了?(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
TOLERATED_TIMES = 0.3
NUMERAL_VALUES = {word: value for value, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
CHANGE = re.compile(
    rf"(?:由|从){AT_THE_TIME}(?P<first>{NUMBER})(?P<unit>{UNIT})(?P<verb>{GROWN}|{SHRUNK}){REACHED}(?P<last>{NUMBER})(?P=unit)(?![\d.万亿])"
)
# 二季度平均时长为4.6天，三季度缩短至5.1天.
CHANGED_TO = re.compile(
    rf"(?:第?[一二三]季度|上半年|[去上]年|年初|\d月)[^，。；\d]{{0,16}}(?P<first>(?<![\d.]){NUMBER})(?P<unit>[%％]|[万亿]?[{HANZI}]{{1,3}})，[^，。；\d]{{0,10}}?(?P<verb>{GROWN}|{SHRUNK})[到至为]了?(?P<last>{NUMBER})(?P=unit)(?![\d.万亿])"
)
# What is counted from the beginning of the year can only grow.
COUNTED_UP = re.compile(
    rf"累计(?:已?)(?P<what>[{HANZI}]{{2,14}}?)了?(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]?(?:人次|家次|平方米|公里|[{HANZI}]))"
)
MORE = "增长|增加|提高|提升|上升|扩大|净增|快|多|上涨|(?<![新净])增"
LESS = "减少|下降|降低|压减|压缩|回落|缩短|缩小|下滑|收窄|净减|慢|少|降|(?<![核净])减"
VERB = re.compile(
    rf"(?P<verb>{MORE}|{LESS})(?:幅度?)?(?:(?<=[多少])[{HANZI}]{{1,3}}?)?(?:[了达为约近超]|到了)*$"
)
THEN = re.compile(
    "(?:去年|上年|上一年|前年|同期|上季|上月|上个月|上一?期|年初(?!预算|计划|目标|任务)|季初|此前|原来|原有|[由从]|压缩前)[^，。；]{0,10}$|(?<!占)[比较与][^，。；]{1,10}$"
)
# How far of what rounding both figures may do to their change one has to reckon with.
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
REAL_TERMS = re.compile("年均|年化|生产总值|增加值|GDP|可比|不变价")
OTHER = re.compile("预算|目标|计划|任务|平均|其中|序时|全[区市省国]|占|每|应")


# 由第5位上升到第8位.
MOVED_RANK = re.compile(
    r"[由从][^，。；\d]{0,6}第(?P<then>\d{1,3})[位名]?(?P<verb>上升|提升|前移|前进|跃升|下降|下滑|后移|退)(?:到|至)第(?P<now>\d{1,3})"
    r"|第(?P<now_first>\d{1,3})[位名]，(?:上(?:个?季度|个?月|年)|[一二三]季度|去年)[^，。；\d]{0,4}(?:列|位列|为|排名?)第(?P<then_last>\d{1,3})[位名]，[^，。；\d]{0,10}(?P<way>上升|提升|前移|前进|下降|下滑|后移)"
)
RISING = ("上升", "提升", "前移", "前进", "跃升")
# 65%，比75%的序时进度慢8个百分点; 92%，高于全区88%的平均水平3个百分点.
GAP = re.compile(
    rf"(?<![\d.])(?P<now>{NUMBER})[%％]，?(?:(?:比(?![例重])|较)[^，。；\d]{{0,14}}?|[^，。；\d]{{0,4}}?(?P<way>高于|低于|快于|慢于|落后于?|领先于?|超过|超出)[^，。；\d]{{0,14}}?)"
    rf"(?P<then>{NUMBER})[%％](?:的)?[^，。；\d]{{0,12}}?(?P<verb>高|低|快|慢|多|少|提高|提升|上升|增加|下降|降低|回落|减少|落后|滞后|领先|超前)?(?:出|了)?(?P<by>{NUMBER})(?:个)?百分点"
)
GAP_SINCE = re.compile(r"去年|上年|前年|同期|上[季月期个半]|年初|季度|\d月")  # see _pairs_of_change
BELOW = re.compile("低|慢|少|下降|降低|回落|减|落后|滞后")
RANKS = re.compile(
    r"第(?P<now>\d{1,3})[位名][^。；\d]{0,6}，[较比][^。；\d]{0,12}第(?P<then>\d{1,3})[位名][^。；\d]{0,4}(?P<verb>上升|提升|前移|前进|进步|下降|后移|退步|下滑)了?(?P<by>\d{1,3})[位名个]"
)


@passage_rule("fallen-count", "累计数减少", WARNING, ACCURACY, holding="累共总")
def fallen_counts(passage: TextPassage) -> Iterator[RuleHit]:
    """上半年累计化解18件，前三季度累计化解15件: what is counted from the beginning of the year can only grow."""
    for sentence, counts in sentences_with_counts(passage.text):
        for number, (first, last) in enumerate(pairwise(counts)):
            start = counts[number - 1].end if number else sentence.start()
            spans = ((start, first.start), (first.end, last.start))
            earlier, later = (
                _counted_months(passage.text[max(begin, end - NEAR) : end]) for begin, end in spans
            )
            if not (earlier and later and first.unit == last.unit):
                continue
            inside = earlier[0] <= later[0] and later[1] <= earlier[1] and earlier != later
            same = set(OF_WORK.findall(first.clause)) & set(OF_WORK.findall(last.clause))
            if inside and same and last.value > first.value and first.is_exact:
                part = f"{last.written}{last.scale}{last.unit}"
                reason = f"前{earlier[1]}个月一共{first.written}{first.scale}{first.unit}，其中不可能有{part}"
                yield hit_between(passage, first, last, reason)
                continue
            if earlier[0] != later[0]:
                continue
            grows = (later[1] - earlier[1]) * (last.value - first.value) >= 0
            if not grows and SUMMED.search(last.clause) and not re.search("去年|上年|目标|计划", sentence[0]):
                more = max(first, last, key=lambda count: count.value)
                months = max(earlier[1], later[1])
                reason = f"前{months}个月的累计数不会少于其中的{more.written}{more.scale}{more.unit}"
                yield hit_between(passage, first, last, reason)


def _counted_months(words: str) -> tuple[int, int] | None:
    """The months of a period; of what is counted up to its end all from the beginning of the year."""
    months = months_of(words)
    return (1, months[1]) if months and re.search("截[至止]|[末底]，?[^，。；]{0,6}累计", words) else months


@passage_rule("growth-direction", "增减方向不符", WARNING, ACCURACY, holding="由从季年月")
def wrong_directions(passage: TextPassage) -> Iterator[RuleHit]:
    """由80%提高到75%: a change that goes the other way than its verb."""
    for match in (*CHANGE.finditer(passage.text), *CHANGED_TO.finditer(passage.text)):
        first, last = float(match["first"]), float(match["last"])
        is_more = re.fullmatch(GROWN, match["verb"]) is not None
        if match["unit"] in ("位", "名") and re.search(
            "名|第", text_before(passage.text, match.start(), 12) + match[0]
        ):
            continue  # what rises to a smaller number is a rank
        if (last < first) if is_more else (last > first):
            yield hit_at(passage, match, f"由{match['first']}到{match['last']}不是{match['verb']}，请核对。")


@passage_rule("growth-times", "倍数、番数不符", WARNING, ACCURACY, holding="倍番")
def wrong_growth_times(passage: TextPassage) -> Iterator[RuleHit]:
    """由50个增加到200个，增加了4倍: that is three times more, or four times as many."""
    for match in (*GROWN_BY_TIMES.finditer(passage.text), *COMPARED_BY_TIMES.finditer(passage.text)):
        first, last, count = float(match["first"]), float(match["last"]), match["count"]
        if not 0 < first < last:
            continue
        grown = last / first - 1 if match["times"] == "倍" else log2(last / first)
        if abs(grown - (NUMERAL_VALUES.get(count) or float(count))) > TOLERATED_TIMES:
            right = f"增加{grown:.2g}倍" if match["times"] == "倍" else f"是原来的{last / first:.2g}倍"
            yield hit_at(passage, match, f"{first:g}到{last:g}{right}，不是{count}{match['times']}，请核对。")


@document_rule("fallen-total", "累计数少于上期", WARNING, ACCURACY)
def fallen_totals(subject: LintSubject) -> Iterator[RuleHit]:
    """累计走访企业120家 where it was 150 last period; what last period counted twice is not known for sure."""
    before: dict[tuple[str, str], set[float]] = {}
    for text in subject.context.previous:
        for match in COUNTED_UP.finditer(text):
            before.setdefault((match["what"], match["unit"]), set()).add(float(match["count"]))
    for passage in subject.passages if before else ():
        for match in COUNTED_UP.finditer(passage.text):
            known = before.get((match["what"], match["unit"]), set())
            if len(known) == 1 and float(match["count"]) < max(known):
                reason = f"上期累计{match['what']}是{max(known):g}{match['unit']}，本期不会更少，请核对。"
                yield hit_at(passage, match, reason)


def _figures_of(text: str, start: int, end: int) -> tuple[list[Count], list[tuple[Count, int]]]:
    """The figures of how much there is in a sentence, and those of by how much it changed, with the sign."""
    found: list[Count] = []
    changes: list[tuple[Count, int]] = []
    for one in counts_of(text, start, end, FIGURE):
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


def _is_sure(one: Count) -> bool:
    return one.is_exact or one.label.endswith("达")


@passage_rule("change", "增减不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_changes_of_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """由300家增加到360家，净增50家; 比上年同期的45件增加9件，为36件."""
    yield from _wrong_gaps(passage)
    for sentence in SENTENCE.finditer(passage.text):
        figures, changes = _figures_of(passage.text, *sentence.span())
        blamed = set[Count]()
        for change, sign in changes:
            pairs = list(_pairs_of_change(passage.text, figures, change))
            if not pairs or not all(_is_sure(one) for one in (change, *pairs[0])):
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


def _wrong_gaps(passage: TextPassage) -> Iterator[RuleHit]:
    """65%，比75%的序时进度慢8个百分点: what lies between a rate and the one that it is held against."""
    for match in GAP.finditer(passage.text):
        words = match["way"] or match["verb"]
        now, then, stated = (float(match[name]) for name in ("now", "then", "by"))
        if not words or GAP_SINCE.search(match[0]):
            continue
        digits = [len(match[name].partition(".")[2]) for name in ("now", "then", "by")]
        error = 0.5001 * 0.1 ** digits[2] + (
            LIKELY_ROUNDING * 0.1 ** min(digits[:2]) if min(digits[:2]) else 0
        )
        if abs(abs(now - then) - stated) > error or (now < then) != bool(BELOW.search(words)):
            gap = (
                f"{'低' if now < then else '高'}{abs(now - then):.10g}个百分点" if now != then else "不高不低"
            )
            reason = f"{match['now']}%比{match['then']}%{gap}，请核对。"
            yield hit_at(passage, match, reason)


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
        pair = _then_and_now(first, second)
        if pair and not _is_of_time(change, pair[0]):
            pair = None
        if number == 0 and (pair is None or _is_apart(text, first, second, change)):
            return
        if pair and first.unit == second.unit:
            yield pair


def _is_of_time(change: Count, then: Count) -> bool:
    """Whether what was then is of the time that a change is said to be since."""
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


def _then_and_now(first: Count, second: Count) -> tuple[Count, Count] | None:
    """Two figures in the order of their times, where the words before them say which is which."""
    if _is_then(first) != _is_then(second):
        return (first, second) if _is_then(first) else (second, first)
    years = [YEAR.findall(one.since)[-1:] for one in (first, second)]
    earlier, later = months_of(first.since), months_of(second.since)
    if all(years) and years[0] != years[1] and (earlier == later or later is None):
        return (first, second) if years[0] < years[1] else (second, first)
    if not (earlier and later) or YEARS.search(first.since + second.since):
        return None
    shorter, longer = sorted((earlier, later), key=lambda months: months[1] - months[0])
    if longer[0] <= shorter[0] and shorter[1] <= longer[1]:
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
        or OTHER.search(words)
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
    error = LIKELY_ROUNDING * 50 * step * (1 + now.value / then.value) / then.value if step != 1 else 0
    agrees = sign * right > 0 and abs(abs(right) - change.value) <= 0.5001 * change.step + error
    return "" if agrees else f"{'是增加' if moved > 0 else '是减少'}{abs(right):.1f}%"


@passage_rule("rank-change", "名次升降不符", WARNING, ACCURACY, holding="第")
def wrong_changes_of_ranks(passage: TextPassage) -> Iterator[RuleHit]:
    """第5位，较二季度的第8位下降3位; 由第5位上升到第8位."""
    for match in MOVED_RANK.finditer(passage.text):
        then, now = int(match["then"] or match["then_last"]), int(match["now"] or match["now_first"])
        if then != now and ((match["verb"] or match["way"]) in RISING) != (now < then):
            yield hit_at(
                passage, match, f"由第{then}位到第{now}位不是{match['verb'] or match['way']}，请核对。"
            )
    for match in RANKS.finditer(passage.text):
        moved = int(match["then"]) - int(match["now"])
        sign = 1 if match["verb"] in ("上升", "提升", "前移", "前进", "进步") else -1
        if moved != sign * int(match["by"]):
            outcome = f"是{'上升' if moved > 0 else '下降'}{abs(moved)}位" if moved else "没有升降"
            yield hit_at(passage, match, f"由第{match['then']}位到第{match['now']}位{outcome}，请核对。")
