"""Accounts within a sentence: what is left of a sum, what changed since then, what a target and a rank allow."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import NEAR, NUMBER, Count, sentence_pairs, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, ERROR, WARNING, passage_rule
from reports.lint.rules.rates import MADE
from reports.lint.rules.sums import FLOW_IN
from reports.lint.rules.times import months_of
from reports.lint.rules.wholes import hit_between
from reports.lint.subject import HANZI, RuleHit

FLOW_OUT = re.compile(
    "出库|领用|拆除|报废|毕业|退出|离职|核销|(?<!净)减少|(?<!未)化解|核减|注销|支出|使用|发放|转出|退出|办结|迁出|支付|拨付|已完成|已改造|已整改|已签约|已交付|交付|调出|清退|销号|开支"
)
RECEIVED = re.compile("新(?:受理|收|接|排查|发现|签|引进|登记)")
STOCK_OF = re.compile("库存|在册|在岗|现有|实有|结存|存有|余额")
NET = re.compile("净(?:增加?|减少?|流入|流出)$")
LEFT = re.compile("结余|剩余|尚余|余下|剩下|还剩|仅剩|结存")
STOCK = re.compile("季度?末|年末|月末|期末|现有|目前|实有|现共|达到|截[至止][^，。；]{1,10}累计")
STOCK_BEFORE = re.compile("^截[至止]|季度?末|年末|月末|期末|年初|季初|月初|结转|期初|原有|原|上季|上年|上月")
OF_WORK = re.compile("发生|受理|办结|完成|化解|新增|查处|接待")
SUMMED = re.compile("累计|共|总")
RANK = re.compile(
    rf"(?<![\d.])(?P<all>\d{{1,3}})个[{HANZI}]{{2,6}}中[，]?[^。；\d]{{0,20}}?第(?P<rank>\d{{1,3}})(?:名|位|(?=[，。；]))"
)
FULL_MARKS = re.compile(
    rf"(?<![\d.])(?P<mark>{NUMBER})分(?=[^。；\d]{{0,12}}满分(?:为)?(?P<full>\d{{1,4}})分)"
)
SHORT_OF = re.compile("，?(?:超额|提前|全面|圆满|顺利|如期)?(?:超额|全部|全面|如期|提前)完成")


@passage_rule("balance", "收支余数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_balances(passage: TextPassage) -> Iterator[RuleHit]:
    """安排240万元，已支出168万元，结余82万元; 上季度末1120人，新增18人、核减6人，季度末1142人;
    新增50家、注销12家，净增40家.
    """
    yield from _wrong_stocks(passage)
    for _, counts in sentences_with_counts(passage.text):
        for number, end in enumerate(counts):
            if NET.search(end.clause):
                yield from _wrong_net(passage, counts[:number], end)
                continue
            flows = _flows_before(counts[:number], end)
            if not flows:
                continue
            base, *moved = flows
            value = base.value + sum(_sign(one) * one.value for one in moved)
            if not (end.agrees_with(value) or any(end.agrees_with(one.value) for one in counts[:number])):
                reason = f"按前面的数计算应为{end.in_words(value)}，不是{end.written}{end.scale}"
                yield hit_between(passage, base, end, reason)


def _wrong_stocks(passage: TextPassage) -> Iterator[RuleHit]:
    """6月末库存320箱。第三季度入库145箱、出库188箱，9月末库存287箱: what there was stands in the sentence before."""
    for _, before, counts in sentence_pairs(passage.text):
        base, alike = before[-1], [one for one in counts if one.unit == before[-1].unit]
        if len(before) != 1 or len(alike) != 3 or not all(one.is_exact for one in (base, *alike)):
            continue
        *moved, end = alike
        signs = [_sign(one) for one in moved]
        if sorted(signs) != [-1, 1] or _sign(end) or not STOCK_OF.search(end.clause):
            continue
        value = base.value + sum(sign * one.value for sign, one in zip(signs, moved, strict=True))
        if STOCK_OF.search(base.clause) and not end.agrees_with(value):
            reason = f"按前面的数计算应为{end.in_words(value)}，不是{end.written}{end.scale}"
            yield hit_between(passage, moved[0], end, reason)


def _wrong_net(passage: TextPassage, before: Sequence[Count], net: Count) -> Iterator[RuleHit]:
    """新增50家、注销12家，净增40家."""
    moved = [one for one in before if one.unit == net.unit and _sign(one)]
    if (
        len(moved) != 2
        or not all(one.is_exact for one in (*moved, net))
        or _sign(moved[0]) == _sign(moved[1])
    ):
        return
    value = abs(sum(_sign(one) * one.value for one in moved))
    if not net.agrees_with(value):
        reason = f"按前面的数计算应为{net.in_words(value)}，不是{net.written}{net.scale}"
        yield hit_between(passage, moved[0], net, reason)


def _sign(flow: Count) -> int:
    return (
        1
        if FLOW_IN.search(flow.label) or RECEIVED.search(flow.label)
        else -1
        if FLOW_OUT.search(flow.label)
        else 0
    )


def _flows_before(counts: Sequence[Count], end: Count) -> list[Count]:
    """A base with what was added to it and taken from it, where a count says what there is in the end."""
    is_rest = LEFT.search(end.label)
    if not is_rest and not (STOCK.search(end.clause) and not _sign(end)):
        return []
    alike = [one for one in counts if one.unit == end.unit]
    moved: list[Count] = []
    for one in reversed(alike):
        if _sign(one):
            moved.append(one)
            continue
        is_base = (
            one.is_exact
            and not LEFT.search(one.label)
            and (is_rest or STOCK_BEFORE.search(one.clause) or STOCK_OF.search(one.clause))
        )
        return [one, *moved] if moved and is_base and all(flow.is_exact for flow in moved) else []
    return []


@passage_rule("over-the-top", "超出名次、满分", ERROR, ACCURACY, holding="第满")
def over_the_top(passage: TextPassage) -> Iterator[RuleHit]:
    """10个街镇中排名第11; 得分102分（满分100分）."""
    for match in RANK.finditer(passage.text):
        if int(match["rank"]) > int(match["all"]):
            reason = f"一共{match['all']}个，不可能是第{match['rank']}，请核对。"
            yield RuleHit(reason, passage, *match.span())
    for match in FULL_MARKS.finditer(passage.text):
        if float(match["mark"]) > float(match["full"]):
            yield RuleHit(f"满分是{match['full']}分，请核对。", passage, *match.span())


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
                more, longer = (first, later) if last.value < first.value else (last, earlier)
                reason = f"前{longer[1]}个月的累计数不会少于其中的{more.written}{more.scale}{more.unit}"
                yield hit_between(passage, first, last, reason)


def _counted_months(words: str) -> tuple[int, int] | None:
    """The months of a period; of what is counted up to its end all from the beginning of the year."""
    months = months_of(words)
    return (1, months[1]) if months and re.search("截[至止]|[末底]，?[^，。；]{0,6}累计", words) else months


@passage_rule("short-of-target", "没有完成却写完成", WARNING, ACCURACY, holding="完")
def short_of_target(passage: TextPassage) -> Iterator[RuleHit]:
    """目标为500人次，已培训465人次，超额完成年度任务."""
    for sentence, counts in sentences_with_counts(passage.text):
        for whole, done in pairwise(counts):
            words = SHORT_OF.match(passage.text, done.end, min(done.end + 12, sentence.end()))
            planned = re.search("计划|目标|任务|应", whole.clause) and MADE.search(done.clause)
            if words and planned and whole.unit == done.unit and done.value < whole.value:
                reason = f"{done.written}{done.unit}少于{whole.written}{whole.unit}，没有完成，请核对。"
                yield RuleHit(reason, passage, whole.start, words.end())
