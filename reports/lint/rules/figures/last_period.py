"""A text against last period's: targets that moved, shares that fell, figures that are remembered otherwise."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from reports.lint.counts import NUMBER
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

COUNTED = rf"(?P<unit>[万亿]?(?:人次|家次|平方米|公里|[{HANZI}]))"
# 全年计划改造小区16个, 年度目标为引进企业30家.
TARGET = re.compile(
    rf"(?:全年|年度|今年|年内)(?:计划|目标|任务)(?:是|为)?(?:完成)?(?P<what>[{HANZI}]{{2,14}}?)(?P<count>(?<![\d.]){NUMBER}){COUNTED}"
)
COST = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<what>[{HANZI}“”]{{4,20}}?)(?:项目|工程)?，?总投资(?:约|为)?(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]元)",
    re.MULTILINE,
)
# What is counted from the beginning of the year can only grow, and so can what has been done of a whole.
COUNTED_UP = re.compile(rf"累计(?:已?)(?P<what>[{HANZI}]{{2,14}}?)了?(?P<count>(?<![\d.]){NUMBER}){COUNTED}")
DONE_SHARE = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<what>[{HANZI}“”]{{3,16}}?)(?:已|累计)+完成(?:总投资|年度任务|总?工程量|全年目标|年度计划|全年任务|形象进度)的?(?P<count>{NUMBER})(?P<unit>%)",
    re.MULTILINE,
)
# 受理诉求320件，比上季度的280件增加40件.
REMEMBERED = re.compile(
    rf"(?P<what>[{HANZI}]{{3,14}}?)(?<![\d.]){NUMBER}(?P<unit>[万亿]?[个家户人名件次元项处])，(?:比|较|与)(?P<then>上(?:个?季度|半年|个?月|期))的(?P<count>{NUMBER})(?P=unit)"
)
STATED = re.compile(
    rf"(?:^|(?<=[，。；：]))(?P<what>[{HANZI}]{{3,14}}?)(?<![\d.])(?P<count>{NUMBER})(?P<unit>[万亿]?[个家户人名件次元项处])",
    re.MULTILINE,
)
OF_THE_TIME = re.compile(r"^(?:第?[一二三四]季度|上半年|前三季度|本季度|全街道|街道|共|累计|已)+")


def _known_counts(texts: Iterable[str], pattern: re.Pattern[str]) -> dict[tuple[str, str], set[float]]:
    """What texts say of things, by the thing and its unit."""
    known: defaultdict[tuple[str, str], set[float]] = defaultdict(set)
    for text in texts:
        for match in pattern.finditer(text):
            known[OF_THE_TIME.sub("", match["what"]), match["unit"]].add(float(match["count"]))
    return known


def _against_last_period(
    subject: LintSubject, pattern: re.Pattern[str], before: re.Pattern[str]
) -> Iterator[tuple[RuleHit, float, float, re.Match[str]]]:
    """Where a text says of a thing another figure than last period's text said of it, once and for all."""
    known = _known_counts(subject.context.previous, before)
    for passage in subject.passages if known else ():
        for match in pattern.finditer(passage.text):
            then = known.get((OF_THE_TIME.sub("", match["what"]), match["unit"]), set())
            if len(then) == 1 and float(match["count"]) not in then:
                yield hit_at(passage, match, ""), max(then), float(match["count"]), match


@document_rule("moved-target", "目标与上期不同", WARNING, ACCURACY)
def moved_targets(subject: LintSubject) -> Iterator[RuleHit]:
    """全年计划改造18个 where it was 16 last period; a cost that changed."""
    for pattern in (TARGET, COST):
        for hit, then, _, match in _against_last_period(subject, pattern, pattern):
            reason = f"上期写的是{then:g}{match['unit']}，请核对，确有调整的请说明。"
            yield RuleHit(reason, hit.passage, hit.start, hit.end)


@document_rule("fallen-share", "完成比例低于上期", WARNING, ACCURACY)
def fallen_shares(subject: LintSubject) -> Iterator[RuleHit]:
    """主体结构累计完成总工程量的45% where it was 60% last period."""
    for hit, then, now, _ in _against_last_period(subject, DONE_SHARE, DONE_SHARE):
        if now < then:
            yield RuleHit(f"上期已完成{then:g}%，本期不会更少，请核对。", hit.passage, hit.start, hit.end)


@document_rule("fallen-total", "累计数少于上期", WARNING, ACCURACY)
def fallen_totals(subject: LintSubject) -> Iterator[RuleHit]:
    """累计走访企业120家 where it was 150 last period."""
    for hit, then, now, match in _against_last_period(subject, COUNTED_UP, COUNTED_UP):
        if now < then:
            reason = f"上期累计{match['what']}是{then:g}{match['unit']}，本期不会更少，请核对。"
            yield RuleHit(reason, hit.passage, hit.start, hit.end)


@document_rule("remembered-figure", "引用的上期数不符", WARNING, ACCURACY)
def misremembered_figures(subject: LintSubject) -> Iterator[RuleHit]:
    """受理诉求320件，比上季度的280件 where last quarter's text had 300."""
    for hit, then, _, match in _against_last_period(subject, REMEMBERED, STATED):
        reason = f"{match['then']}写的是{then:g}{match['unit']}，请核对。"
        yield RuleHit(reason, hit.passage, hit.start, hit.end)
