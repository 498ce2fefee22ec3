"""What has become more or less since then, held against its two figures: counts, rates, ranks, cumulative numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log2

from reports.lint.counts import MOST_ADDED, NEAR, NUMBER, PEOPLE, SCALES, SENTENCE, sentences_with_counts
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
FIGURE = re.compile(
    rf"(?<![\d.第每])(?P<number>{NUMBER})(?P<odd>[多余]?)(?P<scale>[万亿]?)(?P<unit>个?百分点|[%％]|平方米|立方米|人次|家次|件次|户次|批次|公里|(?:个)?工作日|[{HANZI}])(?P<about>左右|上下|以上)?"
)
VERB = re.compile(
    rf"(?P<verb>{MORE}|{LESS})(?:幅度?)?(?:(?<=[多少])[{HANZI}]{{1,3}}?)?(?:[了达为约近超]|到了)*$"
)
NO_FIGURE = re.compile("[年月日时点号条届级倍番]")
THEN = re.compile(
    "(?:去年|上年|上一年|前年|同期|上季|上月|上个月|上一?期|年初(?!预算|计划|目标|任务)|季初|此前|原来|原有|[由从]|压缩前)[^，。；]{0,10}$|(?<!占)[比较与][^，。；]{1,10}$"
)
# How far of what rounding both figures may do to their change one has to reckon with.
LIKELY_ROUNDING = 0.85
INEXACT = re.compile("[约近超逾过]$|不足$|不到$|超过$")
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
# 一季度为88%。二季度升至91%，比一季度提高5个百分点.
SINCE_PERIOD = re.compile("[比较](?:第?[一二三四]季度|上(?:个?季度|个?月|半年))|环比")
YEARS = re.compile(r"20\d\d年|[去上]年")
REAL_TERMS = re.compile("年均|年化|生产总值|增加值|GDP|可比|不变价")
OTHER = re.compile("预算|目标|计划|任务|平均|其中|序时|全[区市省国]|占|每|应")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the words before it from the last mark or figure on, and whether it says how it was then."""

    value: float
    match: re.Match[str]
    before: str
    lead: str
    is_then: bool

    @property
    def is_exact(self) -> bool:
        return not (self.match["about"] or self.match["odd"] or INEXACT.search(self.before))

    @property
    def unit(self) -> str:
        return PEOPLE.get(self.match["unit"], self.match["unit"]).replace("％", "%")

    @property
    def step(self) -> float:
        """The last digit that is written."""
        return SCALES[self.match["scale"]] * 0.1 ** len(self.match["number"].partition(".")[2])

    @property
    def written(self) -> str:
        return "".join(self.match.group("number", "scale"))


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


def _figures_of(text: str, start: int, end: int) -> tuple[list[Figure], list[tuple[Figure, int]]]:
    """The figures of how much there is in a sentence, and those of by how much it changed, with the sign."""
    found: list[Figure] = []
    changes: list[tuple[Figure, int]] = []
    last = start
    for match in FIGURE.finditer(text, start, end):
        words = text[max(last, match.start() - 40) : match.start()]
        before = re.split("[，；：（）、。]", words)[-1]
        begun, last = last, match.end()
        if NO_FIGURE.match(match["unit"]):
            last = begun if match["unit"] in "年月日" else last
            continue
        one = Figure(
            float(match["number"]) * SCALES[match["scale"]], match, before, words, bool(THEN.search(before))
        )
        verb = VERB.search(before)
        if verb and not re.search("[由从至到]", before):
            changes.append((one, 1 if re.fullmatch(MORE, verb["verb"]) else -1))
        else:
            found.append(one)
    return found, changes


@passage_rule("change", "增减不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_changes_of_figures(passage: TextPassage) -> Iterator[RuleHit]:
    """由300家增加到360家，净增50家; 比上年同期的45件增加9件，为36件."""
    yield from _wrong_gaps(passage)
    earlier: list[Figure] = []
    for sentence in SENTENCE.finditer(passage.text):
        figures, changes = _figures_of(passage.text, *sentence.span())
        before, earlier = earlier, figures
        blamed = set[Figure]()
        for change, sign in changes:
            pairs = list(_pairs_of_change(passage.text, figures, change))
            then = [one for one in before if one.unit == ("%" if "百分点" in change.unit else change.unit)]
            if not pairs and len(then) == 1 and SINCE_PERIOD.search(change.before):
                pairs = list(_pairs_of_change(passage.text, [*then, *figures], change))
            if not pairs or not all(one.is_exact for one in (change, *pairs[0])):
                continue
            if change.unit == "%" and pairs[0][0].unit == "%":
                pairs = pairs[:1]
            wrong = [right for then, now in pairs if (right := _right_change(then, now, change, sign))]
            first, last = pairs[0]
            if len(wrong) == len(pairs) and first not in blamed:
                blamed.add(first)
                places = [one.match.span() for one in (first, last, change)]
                start = min(places)[0]
                since = re.search("[由从][^，。；]*$", text_before(passage.text, start))
                reason = f"由{first.written}到{last.written}{wrong[0]}，请核对。"
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


def _pairs_of_change(text: str, figures: Sequence[Figure], change: Figure) -> Iterator[tuple[Figure, Figure]]:
    """What was then and what is now, of what a change could be; first the two that stand next to it."""
    is_share = change.unit in ("%", "百分点", "个百分点")
    unit = "%" if "百分点" in change.unit else change.unit
    alike = [one for one in figures if (is_share and unit == change.unit) or one.unit == unit]
    alike = alike or [one for one in figures if is_share]
    alike = [one for one in alike if abs(one.match.start() - change.match.start()) <= 2 * FAR][-MOST_ADDED:]
    before = [one for one in alike if one.match.end() <= change.match.start()]
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


def _is_of_time(change: Figure, then: Figure) -> bool:
    """Whether what was then is of the time that a change is said to be since."""
    period = re.search("[比较](?:第?[一二三四]季度|上半年)", change.before)
    if period and months_of(then.lead) not in (None, months_of(period[0])):
        return False
    since = SINCE.search(change.before)
    if {_kind_of_period(change.before), _kind_of_period(then.lead)} == {"同比", "环比"}:
        return False  # 比二季度的91.2%提高3.5个百分点，比上年同期提高1.2个百分点
    return since is None or bool(re.search(TIMES_OF[since[0]], then.lead))


def _kind_of_period(words: str) -> str:
    """With what some words compare: the same time of another year, or the period before."""
    return "同比" if OF_YEAR.search(words) else "环比" if LAST_PERIOD.search(words) else ""


def _then_and_now(first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Two figures in the order of their times, where the words before them say which is which."""
    if first.is_then != second.is_then:
        return (first, second) if first.is_then else (second, first)
    earlier, later = months_of(first.lead), months_of(second.lead)
    of_years = YEARS.search(first.lead + second.lead)
    if not (earlier and later) or of_years:
        return None
    shorter, longer = sorted((earlier, later), key=lambda months: months[1] - months[0])
    if longer[0] <= shorter[0] and shorter[1] <= longer[1]:
        return None  # 三季度412人；1—9月累计1187人
    return (first, second) if earlier < later else (second, first)


def _is_apart(text: str, first: Figure, second: Figure, change: Figure) -> bool:
    """Whether a change may be of something else than the two figures beside it."""
    start = min(first.match.start(), change.match.start())
    end = max(second.match.end(), change.match.end())
    words, label = text[start:end], text_before(text, start, len(first.before))
    return bool(
        first.unit != second.unit
        or ("；" in words and not (months_of(first.lead) and months_of(second.lead)))
        or len(words) > FAR
        or OTHER.search(words)
        or REAL_TERMS.search(label + words)
        or _has_own_subject(change, first, text[: change.match.start() - len(change.before)])
    )


def _has_own_subject(change: Figure, first: Figure, before: str) -> bool:
    """Whether a change is said of something else: 国企由51家整合为33家，全级次法人数量压减67.7%."""
    if change.match.start() < first.match.start():
        return not re.match("[由从]|[去上]年|同期|上季", first.before)
    verb = VERB.search(change.before)
    subject = COMPARING.sub("", change.before[: verb.start()] if verb else "")
    return len(subject) > LONGEST_ADVERB and subject[:2] not in before


def _right_change(then: Figure, now: Figure, change: Figure, sign: int) -> str:
    """What a change should be; nothing where it comes out of the two as exactly as all three are written."""
    moved = now.value - then.value
    step = min(then.step, now.step)
    verb = "是增加" if moved > 0 else "是减少"
    if "百分点" in change.unit and then.unit != "%":
        return "的变化用“%”，百分点是两个百分数之差"
    if change.unit == "%":
        return _right_percent(then, now, change, sign)
    error = LIKELY_ROUNDING * step if step != 1 else 0
    if abs(moved - sign * change.value) <= error + change.step / 100 and sign * moved >= 0:
        return ""
    scale = SCALES[change.match["scale"]]
    right = f"{verb}{abs(moved) / scale:.10g}{change.match['scale']}{change.match['unit']}"
    return right if moved else "没有增减"


def _right_percent(then: Figure, now: Figure, change: Figure, sign: int) -> str:
    """What a change in percent should be; that of two shares is in percentage points."""
    moved = now.value - then.value
    if then.unit == "%":
        is_difference = abs(abs(moved) - change.value) <= change.step / 100
        return f"之差应当写“{change.match['number']}个百分点”" if is_difference else ""
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
