"""By how much something is said to have changed since a time that a sentence before speaks of."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.quantities import PLACE, TextQuantity, pairs_of
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.changes import (
    REAL_TERMS,
    measured_in,
    right_change,
    sign_of_change,
    then_and_now,
)
from reports.lint.rules.time.times import months_of
from reports.lint.subject import LintSubject, RuleHit

SENTENCES_BACK, MOST_BACK = 3, 40
SAME_PERIOD = re.compile("同比|同期|[去上]年(?![末底初])|20\\d\\d年(?![末底初])")
PERIOD_BEFORE = re.compile("环比|上(?:个?季度|个?月)")
# 比上年末, 较年初: a day that the sentence before names by the same words.
THAT_DAY = re.compile(
    "[比较](?P<day>(?:20\\d\\d年|[去上]年)?[末底初]|年初|[上本]?[季月]度?[末初]|第?[首一二三][轮次]|上[轮次]|[一-鿿]{2}前)"
)
COMPARING = re.compile("[比较由从]|同期")
OTHER = re.compile("预算|目标|计划|任务|序时|占|每|应")
LAST_YEAR = ("去年", "上年")


@document_rule("change-since", "增减不符", WARNING, ACCURACY)
def wrong_changes_since(subject: LintSubject) -> Iterator[RuleHit]:
    """上年1—10月为15.2万人次。……1—10月达到17.1万人次，同比增加2.9万人次."""
    known = subject.figures
    for at, change in enumerate(known):
        sign = sign_of_change(change.count)
        near = known[max(0, at - MOST_BACK) : at]
        now = _now_of(near, change) if sign and change.count.is_exact else None
        before = [one for one in near if now and _is_then(one, now, change)]
        if now is None or len(before) != 1 or REAL_TERMS.search(change.lead):
            continue
        (then,) = before
        right = right_change(then.count, now.count, change.count, sign)
        if right:
            reason = f"由{then.in_words}到{now.in_words}{right}，请核对。"
            yield RuleHit(reason, change.passage, now.count.start, change.count.end)


def _now_of(before: Sequence[TextQuantity], change: TextQuantity) -> TextQuantity | None:
    """What there is now by the sentence of a change, where that speaks of nothing else in the same unit."""
    own = [one for one in before if one.sentence == change.sentence and _is_measured_as(one, change)]
    start = len(change.lead.rpartition("；")[0])
    stated = [one for one in own if len(one.lead) >= start and not sign_of_change(one.count)]
    return stated[0] if len(stated) == 1 and _is_usable(stated[0]) else None


def _is_measured_as(one: TextQuantity, change: TextQuantity) -> bool:
    if change.unit == "%":
        return one.unit != "%"
    return one.unit == measured_in(change.count)


def _is_usable(one: TextQuantity) -> bool:
    return not (one.is_wanted or one.is_part or OTHER.search(one.count.clause)) and (
        one.count.is_exact or one.count.label.endswith("达")
    )


def _is_then(one: TextQuantity, now: TextQuantity, change: TextQuantity) -> bool:
    """Whether a quantity of a sentence before is of the same thing, at the time since which it has changed."""
    if one.unit != now.unit or not 0 < now.sentence - one.sentence <= SENTENCES_BACK:
        return False
    if sign_of_change(one.count) or not _is_usable(one) or not _has_its_name(now, one):
        return False
    months = [months_of(quantity.lead) for quantity in (one, now)]
    since = change.count.label
    if change.unit == "个百分点" and not COMPARING.search(since):
        return then_and_now(one.count, now.count) == (one.count, now.count)
    if day := THAT_DAY.search(since):
        return day["day"] in one.lead
    if SAME_PERIOD.search(since):
        is_rate_of_year = one.unit == "%" and months[0] is None and "同" not in since
        is_like = months[0] == months[1] or "同期" in one.lead or is_rate_of_year
        return is_like and _is_year_before(one, now)
    named = months_of(since)
    if named is None and PERIOD_BEFORE.search(since) and months[1]:
        first, last = months[1]
        named = (2 * first - last - 1, first - 1)
    return named is not None and months[0] == named != months[1] and one.year in ("", now.year)


def _is_year_before(one: TextQuantity, now: TextQuantity) -> bool:
    if any(year in one.lead for year in LAST_YEAR):
        return not any(year in now.lead for year in LAST_YEAR)
    years = [quantity.year[2:4] for quantity in (one, now)]
    return all(year.isdecimal() for year in years) and int(years[0]) + 1 == int(years[1])


def _has_its_name(one: TextQuantity, named: TextQuantity) -> bool:
    """Whether all that is said of one quantity is said of another as well, which may have the fuller name."""
    names = [pairs_of(PLACE.sub("", quantity.count.label)) for quantity in (one, named)]
    if not all(names):
        return one.sentence - named.sentence == 1 and one.places <= named.places
    return names[0] <= names[1] and one.places <= named.places
