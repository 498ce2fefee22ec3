"""What is left: rests, balances and stocks held against what there was, what came and what went."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from reports.lint.counts import Count
from reports.lint.quantities import TextQuantity, by_unit, pairs_of
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.restated import THING
from reports.lint.rules.figures.wholes import PAID_SHARE, THAN
from reports.lint.subject import HANZI, LintSubject, RuleHit

# What is left of all that was to be done: the rest of it, or what is not done of what else is done.
REST = re.compile("其余|剩余|余下|剩下")
OPEN = re.compile(rf"(?:尚|仍|还)?(?:有|剩)?(?:未|没有|正在|待|尚待)(?P<action>[{HANZI}]{{0,4}})")
DONE = re.compile(rf"(?:已(?:经|全部)?|当场|现场|立即|累计)(?P<action>[{HANZI}]{{2,4}})")
STILL = re.compile("(?:尚|仍|还)(?:有|剩|余)")
OPEN_CLAUSE = re.compile("未|没有|正在|待|尚|限期|立案")
RESTING = re.compile("(?:^|。)(?:其余|其他|剩余|余下|剩下|另外|还剩|尚余|仅剩)的?$")
LEFT_OF_DONE = re.compile(
    rf"(?:其余|剩余|余下|剩下)的?$|(?:尚|仍|还)?未(?P<action>[{HANZI}]{{2}})(?:完成|完工)?的$"
)
# 开工32个……仍有8个尚未开工.
STILL_LEFT, NOT_DONE = (
    re.compile("(?:尚|仍|还)有$"),
    re.compile(rf"(?:尚|仍|还)?未(?P<action>[{HANZI}]{{2}})"),
)
OF_THE_YEAR = re.compile("(?:今|本|全)年(?:度)?(?:计划|任务|目标)")
PLANNED = re.compile("计划|任务|目标|安排|应[当改完]")
UNRELATED = re.compile(f"{THAN}|[增减](?:[加长少幅至到多]|$)(?<![调核]减)|新增|净[增减]")
MOST_PARTS, PAIR = 5, 2


@document_rule("rest", "余数不符", WARNING, ACCURACY)
def wrong_rests(subject: LintSubject) -> Iterator[RuleHit]:
    """计划改造16个，已完工9个，尚有6个未完工; 36个小区中，19个已完成，11个正在施工。其余7个: a rest with which no count
    before it, nor any of the parts between them, is made up.
    """
    for known in subject.quantity_lists:
        for alike in by_unit(known):
            for at, rest in enumerate(alike):
                near = alike[max(0, at - MOST_PARTS) : at]
                before = [one for one in near if rest.sentence - one.sentence <= 1]
                if not before or not all(one.count.is_exact for one in (*before, rest)):
                    continue
                if before[0].passage is rest.passage and not UNRELATED.search(rest.count.clause):
                    behind = [one for one in alike[at + 1 : at + MOST_PARTS] if one.sentence == rest.sentence]
                    yield from _wrong_rest(before, rest, behind)


def _wrong_rest(
    before: Sequence[TextQuantity], rest: TextQuantity, behind: Sequence[TextQuantity]
) -> Iterator[RuleHit]:
    counts = [one.count for one in before]
    start = rest.count.start - len(rest.count.label)
    if is_called := RESTING.search(rest.count.label):
        whole = _whole_of_rest(before, rest)
    else:
        whole = _whole_of_open(before, rest, [one.count for one in behind])
    if whole and not _is_made_up(counts, rest.count):
        parts = counts[counts.index(whole) + 1 :]
        taken = "、".join(one.written for one in parts)
        right = whole.in_words(_left_of(whole, counts))
        reason = f"{whole.written}减去{taken}是{right}，不是{rest.count.written}，请核对。"
        yield RuleHit(reason, rest.passage, start if is_called else whole.start, rest.count.end)


def _whole_of_rest(before: Sequence[TextQuantity], rest: TextQuantity) -> Count | None:
    """The count that what is called a rest is of."""
    counts, last = [one.count for one in before], before[-1]
    is_closed = any(
        _left_of(one, counts) == 0 for one in counts[:-1]
    )  # 已演出118场，其中72场、46场；剩余12场
    if is_closed or PAID_SHARE.search(rest.lead):
        return None
    wholes = [one for one in before[:-1] if _is_divided(one.count, counts, rest.count)]
    if not wholes or (PLANNED.search(last.count.clause) and last.sentence > wholes[-1].sentence):
        return None  # 累计改造67个。今年计划改造24个，其余3个正在施工: of what is planned
    # 第一批90万元，占总额150万元的60%；第二批55.5万元，剩余4.5万元: a part may stand before the whole.
    parts = [*counts, rest.count]
    if any(_comes_to(one, [other for other in parts if other is not one]) for one in counts):
        return None
    return next((one.count for one in wholes if _left_of(one.count, counts) >= 0), wholes[-1].count)


def _whole_of_open(
    before: Sequence[TextQuantity], rest: TextQuantity, behind: Sequence[Count]
) -> Count | None:
    """The count of which what is not done yet is the rest, with what is done between the two."""
    if len(before) < PAIR or before[-PAIR].sentence != rest.sentence:
        return None
    whole, done, left = (one.count for one in (*before[-PAIR:], rest))
    added, gap = done.value + left.value, rest.lead[len(before[-1].lead) :]
    # What has states of its own, see parts-of-whole.
    has_states = whole.unit == "项" and not REST.search(left.clause) and added <= whole.value
    is_list = rest.passage.text[whole.end] in "、和及与" or "。" in gap or has_states
    # 限期整改131项；限期整改的131项中已整改119项.
    is_done = ("已" in left.label and not STILL.search(left.label)) or whole.value < done.value
    if is_list or is_done or not (DONE.search(done.clause + done.behind) and _is_open(left)):
        return None
    parts = [one.count for one in before] + [left, *behind]
    if any(whole.agrees_with(sum(one.value for one in parts[at:])) for at in range(len(parts))):
        return None
    return whole if added > whole.value or _is_all_that_is_left(done, left) else None


@document_rule("rest-of-earlier", "余数不符", WARNING, ACCURACY)
def wrong_rests_of_earlier(subject: LintSubject) -> Iterator[RuleHit]:
    """一、安排项目36个，已开工31个，其中8个竣工。二、对尚未开工的6个项目: a rest of what an earlier paragraph says."""
    for alike in by_unit(subject.quantities):
        known = [one for one in alike if not (one.is_part or one.is_beside)]
        for whole, done, rest in zip(known, known[1:], known[2:], strict=False):
            if rest.passage is done.passage or not all(one.count.is_exact for one in (whole, done, rest)):
                continue
            if not _is_rest_of(whole, done, rest) or rest.count.agrees_with(whole.value - done.value):
                continue
            right = rest.count.in_words(whole.value - done.value)
            reason = f"前面{whole.in_words}中已有{done.in_words}，余下应为{right}{rest.unit}"
            yield RuleHit(f"{reason}，请核对。", rest.passage, rest.count.start, rest.count.end)


def _is_rest_of(whole: TextQuantity, done: TextQuantity, rest: TextQuantity) -> bool:
    """Whether three counts are of one thing: all of it, what is done of it, and what is not."""
    stated = done.count.clause + done.count.behind
    around = stated + whole.count.clause + whole.count.behind
    is_left = LEFT_OF_DONE.search(rest.count.label)
    thing = THING.match(rest.count.behind)
    is_named = thing is None or thing["thing"][-2:] in around
    if STILL_LEFT.search(rest.count.label):
        is_left = NOT_DONE.search(rest.count.behind)
        is_named = pairs_of(rest.count.behind[: is_left.start() if is_left else 0]) <= pairs_of(around)
    was_done = DONE.search(stated) or (is_left and done.count.label.endswith(is_left["action"] or "已"))
    if not (was_done and is_left) or DONE.search(whole.count.clause) or done.value >= whole.value:
        return False
    if (action := is_left["action"]) and (action not in stated or whole.count.label.endswith(action)):
        return False
    return is_named and rest.places <= whole.places | done.places and whole.year == rest.year


def _left_of(whole: Count, before: Sequence[Count]) -> float:
    return whole.value - sum(one.value for one in before[before.index(whole) + 1 :])


def _is_divided(whole: Count, before: Sequence[Count], rest: Count) -> bool:
    """Whether a count is more than each of those behind it, and than the rest."""
    behind = before[before.index(whole) + 1 :]
    if any(OF_THE_YEAR.search(one.clause) or UNRELATED.search(one.label) for one in behind):
        return False  # 累计改造67个。今年计划改造24个，其余3个: a plan is no part of what was done
    return bool(behind) and whole.value > max(one.value for one in (*behind, rest))


def _is_made_up(before: Sequence[Count], rest: Count) -> bool:
    """Whether some count is what the rest and some of those behind it come to, or what all before and the rest do."""
    for number, whole in enumerate(before):
        others = before[number + 1 :]
        # 建成3个，其余3个: of two counts neither is the rest named again.
        for size in range(len(before) == PAIR, len(others) + 1):
            for parts in combinations(others, size):
                if _comes_to(whole, (rest, *parts)):
                    return True
    return False


def _comes_to(whole: Count, parts: Sequence[Count]) -> bool:
    """Whether parts are a whole; what is planned is not rounded: 5万亩 of a plan are 5.0万亩."""
    precise = max(one.precision for one in parts) if PLANNED.search(whole.clause) else whole.precision
    return abs(whole.value - sum(one.value for one in parts)) <= min(whole.precision, precise)


def _is_open(left: Count) -> bool:
    return bool(OPEN_CLAUSE.search(left.clause + left.behind) or REST.search(left.clause))


def _is_all_that_is_left(done: Count, left: Count) -> bool:
    """Whether a count names the rest of a whole, or what is not done of what was done."""
    if REST.search(left.clause) or STILL.search(left.clause + left.behind):
        return True
    was_done, is_open = DONE.search(done.clause + done.behind), OPEN.search(left.clause + left.behind)
    if not (was_done and is_open) or "正在" in is_open[0]:
        return False
    return len(is_open["action"]) > 1 and is_open["action"][:2] in was_done["action"]
