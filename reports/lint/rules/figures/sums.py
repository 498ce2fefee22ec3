"""Totals that are not the sum of their parts, within a sentence and over two."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import (
    MOST_ADDED,
    NEAR,
    OVERLAPPING,
    Count,
    is_sum_of_some,
    sentence_pairs,
    sentences_with_counts,
    small_number,
)
from reports.lint.passages import TextPassage, sentence_start
from reports.lint.quantities import TextQuantity, by_unit
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule, passage_rule
from reports.lint.rules.figures.wholes import (
    COMPARED,
    MOST_OVER,
    NEARLY_ALL,
    STATE,
    TOTAL,
    complements_of,
    hit_between,
)
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit

WHOLE_YEAR = re.compile("(?:全年|年度|今年|年内)(?:计划|目标|任务)")
INVENTORY = re.compile("共有|现有|累计")
GROUPS = re.compile(f"(?:^|[，；])[{HANZI}]{{0,3}}[二两三四五六七八九十]个[{HANZI}]{{2,6}}分别")
RESPECTIVELY = re.compile(f"分别[{HANZI}]{{0,12}}$")
# 两期共, 三路共计, 三期全部建成后.
NUMBERED = re.compile(
    rf"(?<![第、{NUMERALS}\d])(?P<number>[两{NUMERALS}\d])个?(?!季度|[年月届])[{HANZI}]{{1,4}}?(?:共|合计|累计|全部)[^。；\d]{{0,20}}$"
)
FARTHEST, ALL_STATES = 6, 3
# 单价分别为38.5万元和6.2万元.
OF_EACH = re.compile("单价|每|均价")
FLOW_IN = re.compile(
    "入库|购入|购进|新装|新建|新设|新招|招录|登记入|新增|增加|转入|补充|接收|纳入|迁入|调入|追加"
)


@passage_rule("added-total", "合计不符", ERROR, ACCURACY, holding="合共总累全成")
def wrong_sums(passage: TextPassage) -> Iterator[RuleHit]:
    """上半年26次，三季度11次，前三季度共39次; 党员206人，群众314人，总数为510人."""
    yield from _wrong_sums_of_sentences(passage)
    for sentence, counts in sentences_with_counts(passage.text):
        for number, total in enumerate(counts):
            before = [one for one in counts[:number] if one.unit == total.unit]
            # What is planned for the year stands before what its quarters brought.
            parts = before[1:] if before and WHOLE_YEAR.search(before[0].clause) else before
            if not _may_add_up(parts, total):
                continue
            added = sum(one.value for one in parts)
            # 210件，加上结转的18件，共办结221件，其余7件: with the rest it comes to all.
            behind = counts[number + 1 : number + 2]
            if behind and total.value + behind[0].value == added:
                continue
            if total.agrees_with(added) or _closes_within(parts) or is_sum_of_some(total, counts[:number]):
                continue
            if _fill_period(passage.text, parts, total) or _are_summed(
                sentence[0], parts, counts[:number], total, added
            ):
                reason = (
                    f"前面各项相加是{total.in_words(added)}，与{total.written}{total.scale}{total.unit}不符"
                )
                yield hit_between(passage, parts[0], total, reason)


def _may_add_up(parts: Sequence[Count], total: Count) -> bool:
    """Whether a count says that it is a total and stands behind two or more, all exact."""
    is_total = TOTAL.search(total.label) and not any(OF_EACH.search(one.clause) for one in parts)
    return len(parts) > 1 and bool(is_total) and all(one.is_exact for one in (*parts, total))


def _closes_within(parts: Sequence[Count]) -> bool:
    """Whether one of the parts is what some right behind it come to: 253件，其中86件、92件、75件."""
    known = parts[:MOST_ADDED]
    return any(
        one.agrees_with(sum(other.value for other in known[at + 1 : end]))
        for at, one in enumerate(known)
        for end in range(at + 3, len(known) + 1)
    )


def _wrong_sums_of_sentences(passage: TextPassage) -> Iterator[RuleHit]:
    """上半年完成3.2亿元；三季度完成1.5亿元。前三季度累计完成4.9亿元: a total of the periods of the sentence before."""
    for _, before, counts in sentence_pairs(passage.text):
        total = next((one for one in counts if TOTAL.search(one.clause)), counts[0])
        parts = [one for one in (*before, *counts[: counts.index(total)]) if one.unit == total.unit]
        if not _may_add_up(parts, total) or any(TOTAL.search(one.clause) for one in parts):
            continue
        added = sum(one.value for one in parts)
        nearly = abs(added - total.value) <= (1 - NEARLY_ALL) * total.value
        if (
            nearly
            and not total.agrees_with(added)
            and _fill_period(passage.text, parts, total, is_named=True)
        ):
            reason = f"前面各项相加是{total.in_words(added)}，与{total.written}{total.scale}{total.unit}不符"
            yield hit_between(passage, total, total, reason)


@document_rule("both-and-all", "分项与总数不符", WARNING, ACCURACY)
def wrong_complements(subject: LintSubject) -> Iterator[RuleHit]:
    """抽取样品150批次。……合格样品146批次，不合格样品6批次; 实事20件。已完成14件，正在推进8件: what a sentence before
    counts, divided into all that it may be.
    """
    for alike in by_unit(subject.quantities):
        for at, whole in enumerate(alike):
            near = alike[at + 1 : at + 1 + MOST_ADDED]
            behind = [one for one in near if one.sentence == near[0].sentence]
            # 能够完成3项，有困难的2项，不能完成1项: of one sentence, see divided-whole.
            if not behind or behind[0].sentence == whole.sentence or whole.is_beside or whole.is_part:
                continue
            parts = _all_states(whole, alike[at - 1 : at], behind)
            added = sum(one.value for one in parts)
            known = [one.count for one in alike[max(0, at + 1 - MOST_ADDED) : at + 1]]
            is_exact = all(one.count.is_exact for one in (whole, *parts))
            if parts and is_exact and not any(one.agrees_with(added) for one in known):
                reason = f"各项相加是{whole.count.in_words(added)}，与前面的{whole.in_words}不符"
                yield hit_between(parts[-1].passage, parts[0].count, parts[-1].count, reason)


def _all_states(
    whole: TextQuantity, before: Sequence[TextQuantity], behind: Sequence[TextQuantity]
) -> Sequence[TextQuantity]:
    """The parts that begin a sentence and of which each thing is in one: nearly all of a whole, or more than it."""
    labels = [one.count.label for one in behind]
    both = behind[:2] if complements_of(labels[:2]) else ()
    if both and abs(sum(one.value for one in both) - whole.value) <= (1 - NEARLY_ALL) * whole.value:
        return both
    states = [found.lastgroup if (found := STATE.search(label)) else "" for label in labels]
    number = next((at for at, one in enumerate(states) if not one or one in states[:at]), len(states))
    added = sum(one.value for one in behind[:number])
    is_alone = not any(one.sentence == whole.sentence for one in before) and not STATE.search(whole.lead)
    least = NEARLY_ALL * whole.value if number == ALL_STATES else whole.value
    is_divided = (
        number > 1 and is_alone and behind[0].sentence == whole.sentence + 1 and not behind[0].is_part
    )
    return behind[:number] if is_divided and least < added <= MOST_OVER * whole.value else ()


@document_rule("numbered-total", "合计不符", WARNING, ACCURACY)
def wrong_numbered_totals(subject: LintSubject) -> Iterator[RuleHit]:
    """首期58人。第二期64人。两期共132人: a total that says of how many counts before it it is."""
    for alike in by_unit(subject.quantities):
        known = [one for one in alike if not (one.is_part or one.is_beside)]
        for at, total in enumerate(known):
            named = NUMBERED.search(total.lead)
            number = small_number(named["number"]) if named else 0
            parts = known[max(0, at - number) : at]
            if number < 2 or len(parts) < number or not all(one.count.is_exact for one in (*parts, total)):
                continue
            added = sum(one.value for one in parts)
            missing = abs(added - total.value)
            is_near = total.sentence - parts[0].sentence <= FARTHEST and not OVERLAPPING.search(total.lead)
            if is_near and total.count.precision < missing <= (1 - NEARLY_ALL) * total.value:
                reason = (
                    f"前面{number}项相加是{total.count.in_words(added)}{total.unit}，不是{total.in_words}"
                )
                yield hit_between(total.passage, total.count, total.count, reason)


def _fill_period(text: str, parts: Sequence[Count], total: Count, *, is_named: bool = False) -> bool:
    """Whether the periods of counts follow each other and make up the one of their total, if it names one."""
    start = sentence_start(text, parts[0].start)
    begins = (start, *(one.end for one in parts))
    *months, whole = [
        months_of(one.label) or months_of(text[max(begin, one.start - NEAR) : one.start])
        for begin, one in zip(begins, (*parts, total), strict=True)
    ]
    spans = sorted(one for one in months if one)
    if len(spans) < len(parts) or len(set(spans)) < len(spans):
        return False
    joined = all(first[1] + 1 == second[0] for first, second in pairwise(spans))
    return joined and ((spans[0][0], spans[-1][1]) == whole if whole else not is_named)


def _are_summed(sentence: str, parts: list[Count], before: list[Count], total: Count, added: float) -> bool:
    """Whether a total was meant to be of all the counts before it."""
    if COMPARED.search(sentence) or ("其中" in sentence and not parts[0].label.startswith("其中")):
        return False
    # 向3个村分别拨付: who gets it stands before what each gets.
    others = [one for one in before if one not in parts]
    if others and not (RESPECTIVELY.search(parts[0].clause) and others[-1].start < parts[0].start):
        return False
    if "分别" in total.clause or (INVENTORY.search(total.clause) and FLOW_IN.search(parts[0].clause)):
        return False
    nearly = abs(added - total.value) <= (1 - NEARLY_ALL) * total.value
    if GROUPS.search(sentence) or RESPECTIVELY.search(parts[0].clause):
        return True
    # 共收到建议8件、提案5件，合计14件.
    named = all(one.label and not TOTAL.search(one.clause.removeprefix(parts[0].clause)) for one in parts)
    return nearly and named and not INVENTORY.search(total.clause)
