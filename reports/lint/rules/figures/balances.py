"""Balances over a text: what there was, what came and what went, held against what there is in the end."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul

from reports.lint.counts import Count
from reports.lint.quantities import TextQuantity, by_unit
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.sums import FLOW_IN
from reports.lint.rules.figures.wholes import hit_between
from reports.lint.subject import LintSubject, RuleHit

# What there is at a moment.
STOCK = re.compile(
    "结余|余额|库存|存量|结存|未结|未办结|未整改|在册|在岗|在建|在编|在库|现有|实有|存有|现存|保有量|原有|上[年期季月].{0,2}结转|结转.{0,6}$|累计|共有"
)
MOMENT = re.compile("(?:[季年月期]度?|上半年)[末底初]，?[^，。；]{0,14}$|(?:截[至止]|期初|年初)[^，。；]*$")
RUNNING, BEGINNING = re.compile("累计"), re.compile("[季年月期]度?初")
NEWLY = re.compile(
    "^新|(?:新|又|再)(?:增|建|完|开|签|收|受|接|排|发|引|登|立|入|成|招|进|装|购|投|纳|办|改|聘|加|安|推|查|培|化|解)"
)
CAME = re.compile(f"{FLOW_IN.pattern}|{NEWLY.pattern}|下达|到账|拨入|收入|购|汇入|存入|缴入|归集|调剂入|轮入")
GONE = re.compile(
    "出库|领用|拆除|报废|毕业|退出|离职|核销|竣工|完工|结案|销案|退休|调离|辞职|停业|关停|撤销|取消|(?<!净)减少|(?<!未)化解|核减|注销|支出|使用|发放|转出|退出|办结|迁出|支付|拨付|已完成|已改造|已整改|已签约|已交付|交付|调出|清退|销号|开支|轮出|划转|上缴|列支|消耗|淘汰|摘牌|解除|整改到位|整改完成"
)
TAKEN_DOWN = re.compile("拆除|退出|报废|核减|注销|撤销|停用|关停|清退|淘汰")
SUMMED = re.compile("^(?:合计|总?共)")
NET = re.compile("净(?:增加?|减少?|流入|流出)$")
LEFT = re.compile("结余|剩余|尚余|余下|剩下|还剩|仅剩|结存")
# How many sentences back the next movement may stand, and how many movements a balance has.
SENTENCES_BETWEEN, MOST_MOVED, MOST_COMBINED, MOST_LOOKED_AT = 3, 6, 5, 40
VERB = 2


@document_rule("balance", "收支余数不符", WARNING, ACCURACY)
def wrong_stocks(subject: LintSubject) -> Iterator[RuleHit]:
    """安排240万元，已支出168万元，结余82万元; 上季度末1120人。新增18人、核减6人，季度末1142人, over some sentences;
    新增50家、注销12家，净增40家.
    """
    for alike in by_unit(subject.quantities):
        for at, net in enumerate(alike):
            yield from _wrong_net(alike[max(0, at - 2) : at], net)
        known = [one for one in alike if not one.is_beside]
        for at, end in enumerate(known):
            before = known[max(0, at - MOST_LOOKED_AT) : at]
            opening, *moved = _movements_before(before, end) or (end,)
            if not moved or not _are_of_one_thing(opening, moved, end):
                continue
            value = opening.value + sum(_sign(one, end) * one.value for one in moved)
            if not _comes_out(before, (opening, *moved), end, value):
                reason = f"按前面的数计算应为{end.count.in_words(value)}{end.unit}，不是{end.in_words}"
                first = next(one for one in (opening, *moved, end) if one.sentence == end.sentence)
                yield hit_between(end.passage, first.count, end.count, reason)


def _comes_out(
    before: Sequence[TextQuantity], read: Sequence[TextQuantity], end: TextQuantity, value: float
) -> bool:
    """Whether a balance comes to its end, or as many figures before that do in another way."""
    values, step = [one.value for one in before[-MOST_COMBINED:]], end.count.precision
    error = step + sum(one.count.precision for one in read if one.count.precision > step)
    least = sum(not _may_be_part(one, read) for one in read)
    ways = (way for way in product((0, 1, -1), repeat=len(values)) if sum(map(abs, way)) >= least)
    return any(
        abs(end.value - one) <= error for one in (value, *(sum(map(mul, way, values)) for way in ways))
    )


def _wrong_net(moved: Sequence[TextQuantity], net: TextQuantity) -> Iterator[RuleHit]:
    """新增50家、注销12家，净增40家: what has come less what has gone, with nothing that there was before."""
    is_net = NET.search(net.count.clause) and sorted(_way(one.count) for one in moved) == [-1, 1]
    value = abs(sum(_way(one.count) * one.value for one in moved))
    is_exact = all(one.count.is_exact and one.sentence == net.sentence for one in (*moved, net))
    if is_net and is_exact and not net.count.agrees_with(value):
        reason = f"按前面的数计算应为{net.count.in_words(value)}{net.unit}，不是{net.in_words}"
        yield hit_between(net.passage, moved[0].count, net.count, reason)


def _movements_before(known: Sequence[TextQuantity], end: TextQuantity) -> list[TextQuantity] | None:
    """The stock before, and what has come and gone since then."""
    moved: list[TextQuantity] = []
    is_rest = bool(LEFT.search(end.count.label))
    if not (_is_stock(end) or is_rest) or end.is_wanted or BEGINNING.search(end.count.label):
        return None
    last = end
    for one in reversed(known):
        if one.is_part and not (is_rest and _way(one.count)):
            continue
        if last.sentence - one.sentence > SENTENCES_BETWEEN or len(moved) > MOST_MOVED:
            return None
        if not one.count.is_exact:
            return None
        is_whole = one.is_wanted or (end.sentence - one.sentence < 2 and not _sign(one, end))
        if _is_stock(one) or (is_rest and is_whole) or SUMMED.search(one.count.label):
            return [one, *reversed(moved)] if moved else None
        if not _sign(one, end) or one.is_wanted:
            return None
        moved.append(one)
        last = one
    return None


def _is_stock(one: TextQuantity) -> bool:
    if STOCK.search(one.count.label):
        return True
    return not _way(one.count) and bool(MOMENT.search(one.lead))


def _sign(moved: TextQuantity, end: TextQuantity) -> int:
    """Whether something came or went; what is counted up from the beginning only grows by what is done."""
    if RUNNING.search(end.count.clause):
        if TAKEN_DOWN.search(moved.count.label):
            return -1
        done = RUNNING.split(end.count.clause)[-1][:VERB]
        is_like = "新增" in moved.count.label or any(one in moved.count.label for one in done)
        return abs(_way(moved.count)) if is_like else 0
    return _way(moved.count)


def _way(moved: Count) -> int:
    return 1 if CAME.search(moved.label) else -1 if GONE.search(moved.label) else 0


def _are_of_one_thing(opening: TextQuantity, moved: Sequence[TextQuantity], end: TextQuantity) -> bool:
    is_running = [bool(RUNNING.search(one.count.clause)) for one in (opening, end)]
    return (
        end.count.is_exact
        and is_running[0] == is_running[1]
        and opening.places >= end.places.union(*(one.places for one in moved))
        and end.may_be_of([opening])
    )


def _may_be_part(one: TextQuantity, moved: Sequence[TextQuantity]) -> bool:
    """Whether what came or went is less than something else that did."""
    return any(_way(one.count) == _way(other.count) and one.value < other.value for other in moved)
