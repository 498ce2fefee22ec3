"""Rates held against the counts of sentences before that they are of."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from reports.lint.counts import MOST_ADDED
from reports.lint.quantities import TextQuantity, pairs_of
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.amounts import rounds_to
from reports.lint.rules.figures.changes import sign_of_change
from reports.lint.rules.figures.rates import IN_TIME, NAMED_RATE, RATES_OF
from reports.lint.rules.time.times import months_of
from reports.lint.subject import LintSubject, RuleHit

SENTENCES_BACK = 3
ACTION = 2
OF_ANOTHER = re.compile("[去上]年|同期|上[季月]|平均|全国|全省|累计")


@document_rule("rate-of-earlier", "比率不符", WARNING, ACCURACY)
def wrong_rates_of_earlier(subject: LintSubject) -> Iterator[RuleHit]:
    """共2850件。……其中满意的2622件。群众满意率为94.0%."""
    known = subject.figures
    for at, rate in enumerate(known):
        name = NAMED_RATE.search(rate.count.clause) if rate.unit == "%" else None
        if name is None or not _is_stated(rate):
            continue
        before = [one for one in known[max(0, at - MOST_ADDED) : at] if _may_be_of(one, rate)]
        part = next((one for one in reversed(before) if _is_part_of(one, name["name"])), None)
        wholes = [one for one in before if part and _is_whole_of(one, part, rate)]
        if part is None or len({one.value for one in wholes}) != 1 or _comes_out(rate, before):
            continue
        if not _is_spoken_of(name["name"], before):
            continue
        whole = wholes[-1]
        right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
        reason = f"{whole.in_words}中的{part.in_words}应为{right}%，请核对。"
        yield RuleHit(reason, rate.passage, rate.count.start - len(name[0]), rate.count.end)


def _is_stated(rate: TextQuantity) -> bool:
    is_other = rate.is_wanted or rate.is_part or rate.is_beside or sign_of_change(rate.count)
    return rate.count.is_exact and not is_other and not OF_ANOTHER.search(rate.count.clause)


def _may_be_of(one: TextQuantity, rate: TextQuantity) -> bool:
    """Whether a rate may be of a count: near it, and of no other time."""
    months = [months_of(quantity.lead) for quantity in (one, rate)]
    return (
        one.unit != "%"
        and rate.sentence - one.sentence <= SENTENCES_BACK
        and (None in months or months[0] == months[1])
        and not one.is_beside
    )


def _is_part_of(one: TextQuantity, name: str) -> bool:
    """Whether a count is of what a rate is named by: 满意率, 表示满意的2622件."""
    action, around = name[-ACTION:], one.count.label + one.count.behind
    in_time = IN_TIME.match(name)
    words = RATES_OF[action][1].pattern if action in RATES_OF else action
    is_done = re.search(f"(?<![不未非没待应再])(?<!没有|正在|尚未|计划)(?:{words})(?!率)", around)
    is_stated = one.count.is_exact and not one.is_wanted
    return is_stated and bool(is_done) and (in_time is None or in_time[0] in around)


def _is_spoken_of(name: str, before: Sequence[TextQuantity]) -> bool:
    """Whether the sentences before speak of what a rate is of, if it says of what: 物业行业满意率."""
    of_what = pairs_of(name[:-ACTION])
    return not of_what or any(pair in one.lead + one.count.behind for pair in of_what for one in before)


def _is_whole_of(one: TextQuantity, part: TextQuantity, rate: TextQuantity) -> bool:
    places = [{place for place in each.places if place[0] != "全"} for each in (one, part, rate)]
    is_of_earlier = one.sentence < rate.sentence  # see rate
    is_more = one.unit == part.unit and one.count.start != part.count.start and one.value >= part.value > 0
    return is_of_earlier and is_more and places[0] == places[1] and places[2] <= places[0]


def _comes_out(rate: TextQuantity, before: Sequence[TextQuantity]) -> bool:
    """Whether a rate is what one count near it is of another, or is not of another."""
    shares = (100 * one.value / other.value for one, other in permutations(before, 2) if other.value)
    return any(rounds_to(right, rate.count.written) for share in shares for right in (share, 100 - share))
