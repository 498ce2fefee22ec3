"""What a figure is compared with: the same period, the last one, what it was before, a bound."""

import re
from collections.abc import Iterator
from math import log2

from reports.lint.counts import NUMBER
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

SAME_PERIOD = r"(?:去年|上年|上一年|前一年)同期"
LAST_PERIOD = r"上(?:个?月|一?个?季度|一?期)(?!同期)"
# What stands beside the period, either before or behind it.
COMPARED = re.compile(
    rf"(?P<before>同比|环比)(?:较|比|与)?(?P<then>{SAME_PERIOD}|{LAST_PERIOD})"
    rf"|(?:较|比|与|同)(?P<period>{SAME_PERIOD}|{LAST_PERIOD})(?:相比)?，?(?P<behind>同比|环比)"
)
WITHIN_YEAR = re.compile(
    r"(?:与|较|比)(?P<period>(?<!去年)(?<!上年)(?<!年)(?:第?[一二三四]季度|上半年|\d{1,2}月份?))(?:相比)?，?(?P<word>同比)"
)
BOUND = re.compile(
    rf"(?<![\d.])({NUMBER}[万亿%％]?(?:平方米|公里|公斤|[个家户人件次元分天项吨米])?)(以上|以下)"
)

MORE = "增加|增长|提高|提升|上升|扩大"
LESS = "减少|下降|降低|压缩|压减|缩短|缩小|回落|下滑"
UNIT = r"(?:[%％]|[^\d，。；年月日%％]{0,4}?)"
# 增加到今年9月底的, 下降到本季度的: when it was so much.
# 由2025年年底的6个: what stands before the figure may name its time.
THEN = r"(?:(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}日)?|[^，。；\d]){0,14}?"
REACHED = r"(?:到|至|为)了?(?:[^，。；\n]{1,14}?的|[^，。；\d]{1,4})?"
# 由50个增加到200个，增加了4倍; 120万元，比去年的40万元翻了两番.
TIMES_NUMBER = rf"(?:{NUMBER}|[一二两三四五六七八九十])"
GROWN_BY_TIMES = re.compile(
    rf"(?:由|从){THEN}(?P<first>{NUMBER})(?P<unit>{UNIT})(?:{MORE}|[增升提扩涨]){REACHED}(?P<last>{NUMBER})(?P=unit)，"
    rf"(?!分别|各)[^，。；\d]{{0,6}}?(?:{MORE}|翻)了?(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
COMPARED_BY_TIMES = re.compile(
    rf"(?P<last>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[个家户人名件次元项处吨米])，(?:是|比|较|与)[^，。；\d]{{1,12}}(?P<first>{NUMBER})(?P=unit)"
    rf"(?:相比，?)?(?:{MORE}|翻)了?(?P<count>{TIMES_NUMBER})(?P<times>倍|番)"
)
TOLERATED_TIMES = 0.3
NUMERAL_VALUES = {word: value for value, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
CHANGE = re.compile(
    rf"(?:由|从){THEN}(?P<first>{NUMBER})(?P<unit>[%％]|[^\d，。；年月日%％]{{0,4}}?)(?P<verb>{MORE}|{LESS}){REACHED}(?P<last>{NUMBER})(?P=unit)(?![\d.万亿])"
)
RATE_CHANGE = re.compile(
    rf"(?:[{HANZI}]{{2}}率(?<!生产率)(?<![效速频功汇利产税心增]率)|[网入参到出]率|满意度|知晓度|参与度)[^，。；：\d]{{0,10}}(?:比|较|同比|环比)[^，。；\d]{{0,10}}(?:提高|提升|上升|增加)了?{NUMBER}(?P<mark>[%％])(?!以)"
)

# What is counted from the beginning of the year can only grow.
COUNTED_UP = re.compile(
    rf"累计(?:已?)(?P<what>[{HANZI}]{{2,14}}?)了?(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]?(?:人次|家次|平方米|公里|[{HANZI}]))"
)


@passage_rule("basis", "同比、环比", WARNING, ACCURACY, holding="比")
def wrong_bases(passage: TextPassage) -> Iterator[RuleHit]:
    """环比去年同期, and 较去年同期同比, which says it twice."""
    for match in COMPARED.finditer(passage.text):
        word, period = match["before"] or match["behind"], match["then"] or match["period"]
        right = "同比" if "同期" in period else "环比"
        if word != right:
            yield hit_at(passage, match, "“同比”是与上年同期比，“环比”是与上一期比，这里用错，请改正。")
        elif match["behind"]:
            reason = f"“{word}”就是与{period}相比，两处重复，请删去一处。"
            yield RuleHit(reason, passage, match.start("behind"), match.end("behind"), "")


@passage_rule("basis-of-quarter", "同比、环比", WARNING, ACCURACY, holding="比")
def same_period_of_quarters(passage: TextPassage) -> Iterator[RuleHit]:
    """三季度与二季度同比: two periods of one year."""
    for match in WITHIN_YEAR.finditer(passage.text):
        reason = f"“同比”是与上年同期比，与{match['period']}相比用“环比”或者不写，请改正。"
        yield RuleHit(reason, passage, *match.span("word"), "环比")


@passage_rule("growth-direction", "增减方向不符", WARNING, ACCURACY, holding="由从")
def wrong_directions(passage: TextPassage) -> Iterator[RuleHit]:
    """由80%提高到75%: a change that goes the other way than its verb."""
    for match in CHANGE.finditer(passage.text):
        first, last = float(match["first"]), float(match["last"])
        is_more = re.fullmatch(MORE, match["verb"]) is not None
        if match["unit"] in ("位", "名") and re.search(
            "名|第", passage.text[max(0, match.start() - 12) : match.end()]
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


@passage_rule("rate-change", "比率的增减用百分点", WARNING, ACCURACY, holding="率度")
def rates_in_percent(passage: TextPassage) -> Iterator[RuleHit]:
    """完成率比上季度提高5%: whether of the rate or of the whole, nobody can tell."""
    for match in RATE_CHANGE.finditer(passage.text):
        start, end = match.span("mark")
        yield RuleHit("比率之差用“个百分点”，请核对后改正。", passage, start, end, "个百分点")


@passage_rule("overlapping-bound", "“以上”与“以下”", WARNING, "《民法典》第一千二百五十九条", holding="以")
def overlapping_bounds(passage: TextPassage) -> Iterator[RuleHit]:
    """80%以上 and 80%以下: both include 80%."""
    stated: dict[str, str] = {}
    for match in BOUND.finditer(passage.text):
        if stated.setdefault(match[1], match[2]) != match[2]:
            reason = f"“以上”“以下”都包括{match[1]}，请把一处改为“超过”或者“不满”。"
            yield hit_at(passage, match, reason)


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
