"""What is left: rests, balances and stocks held against what there was, what came and what went."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from reports.lint.counts import SCALES, SENTENCE, Count, counts_of
from reports.lint.passages import TextPassage
from reports.lint.quantities import TextQuantity, by_unit
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.rules.figures.restated import THING
from reports.lint.rules.figures.wholes import THAN
from reports.lint.subject import HANZI, LintSubject, RuleHit

# What is left of all that was to be done: the rest of it, or what is not done of what else is done.
REST_OF_HUNDRED = re.compile(
    r"(?<![增长降高升低少减过超到])(?P<done>(?<![\d.])\d{1,2}(?:\.\d+)?)[%％]的?[^。；！？%％\d]{2,30}?[，；]"
    r"(?P<wrong>(?:其余|剩余|余下|剩下|另有|还有|尚有)的?(?P<rest>\d{1,2}(?:\.\d+)?)[%％])"
    r"(?=的|[^，。；]{0,8}(?:正在|尚未|未|将|计划|待))"
)
ROUNDING_OF_SHARES = 0.15
SHARES_AND_REST = re.compile(
    r"(?:占(?:比)?(?:为|约)?\d{1,2}(?:\.\d+)?[%％](?:[，、；][^，。；、%％\d]{0,16})){1,6}?(?P<wrong>(?:其余|剩余|余下)的?(?P<rest>\d{1,2}(?:\.\d+)?)[%％])"
)
SHARE = re.compile(r"(\d{1,2}(?:\.\d+)?)[%％]")
REST = re.compile("其余|剩余|余下|剩下")
OPEN = re.compile(rf"(?:尚|仍|还)?(?:有|剩)?(?:未|没有|正在|待|尚待)(?P<action>[{HANZI}]{{0,4}})")
DONE = re.compile(rf"(?:已(?:经|全部)?|当场|现场|立即|累计)(?P<action>[{HANZI}]{{2,4}})")
STILL = re.compile("(?:尚|仍|还)(?:有|剩|余)")
OPEN_CLAUSE = re.compile("未|没有|正在|待|尚|限期|立案")
SENTENCE_PAIR = re.compile(
    r"(?=((?:^|(?<=[。！？\n]))[^。！？\n]{1,400}(?:。[^。！？\n]{1,400})?))", re.MULTILINE
)
RESTING = re.compile("(?:^|。)(?:其余|其他|剩余|余下|剩下|另外|还剩|尚余|仅剩)的?$")
LEFT_OF_DONE = re.compile(
    rf"(?:其余|剩余|余下|剩下)的?$|(?:尚|仍|还)?未(?P<action>[{HANZI}]{{2}})(?:完成|完工)?的$"
)
OF_THE_YEAR = re.compile("(?:今|本|全)年(?:度)?(?:计划|任务|目标)")
PLANNED = re.compile("计划|任务|目标|安排|应[当改完]")
UNRELATED = re.compile(f"{THAN}|增|减")
MOST_PARTS, MOST_OF_PAIR = 5, 2


@passage_rule("remainder", "余数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_remainders(passage: TextPassage) -> Iterator[RuleHit]:
    """计划改造16个，已完工9个，尚有6个未完工; 受理1260件，已办结1180件，正在办理90件."""
    for sentence in SENTENCE.finditer(passage.text):
        counts = counts_of(passage.text, *sentence.span())
        if len({one.unit for one in counts}) != 1 or not all(one.is_exact for one in counts):
            continue
        for place, (whole, done, left) in enumerate(zip(counts, counts[1:], counts[2:], strict=False)):
            # What has states of its own, see parts-of-whole; what is called a rest, see rest.
            added = done.value + left.value
            has_states = whole.unit == "项" and not REST.search(left.clause) and added <= whole.value
            gap = passage.text[done.end : left.start]
            if RESTING.search(left.label) or has_states or "。" in gap:
                continue
            if not DONE.search(done.clause + done.behind) or not _is_open(left) or whole.value < done.value:
                continue
            # 限期整改131项；限期整改的131项中已整改119项.
            is_done = "已" in left.label and not STILL.search(left.label)
            if is_done or added in (one.value for one in counts) or _close_as_list(counts, place):
                continue
            if added > whole.value or (added < whole.value and _is_all_that_is_left(done, left)):
                right = f"{added / SCALES[whole.scale]:g}"
                reason = f"{done.written}加{left.written}是{right}，与{whole.written}不符，请核对。"
                yield RuleHit(reason, passage, whole.start, left.end)


def _close_as_list(counts: Sequence[Count], place: int) -> bool:
    """Whether the counts from a place on are parts of a list that is as much as its whole: 3件中，已销号1件，尚未销号
    1件，正在办理1件.
    """
    return any(
        counts[first].agrees_with(sum(one.value for one in counts[first + 1 : end]))
        for first in range(place + 1)
        for end in range(max(first + 4, place + 3), len(counts) + 1)
    )


@passage_rule("rest-of-hundred", "余数不符", WARNING, ACCURACY, holding="%％")
def wrong_rest_of_hundred(passage: TextPassage) -> Iterator[RuleHit]:
    """已有90%完成，剩余20%正在推进; 补助占60%，自筹占25%，其余20%."""
    for match in SHARES_AND_REST.finditer(passage.text):
        shares = [float(one) for one in SHARE.findall(match[0])]
        if len(shares) > 2 and abs(sum(shares) - 100) > ROUNDING_OF_SHARES * len(shares):
            yield RuleHit(f"各项相加是{sum(shares):g}%，请核对。", passage, *match.span("wrong"))
    for match in REST_OF_HUNDRED.finditer(passage.text):
        done, rest = float(match["done"]), float(match["rest"])
        if abs(done + rest - 100) > ROUNDING_OF_SHARES:
            yield RuleHit(
                f"{done:g}%之外应为{100 - done:g}%，请核对。", passage, match.start("wrong"), match.end()
            )


@passage_rule("rest", "余数不符", WARNING, ACCURACY, holding="其剩余另")
def wrong_rests(passage: TextPassage) -> Iterator[RuleHit]:
    """36个小区中，19个已完成，11个正在施工。其余7个: a rest with which no count before it, nor any of the parts between
    them, is made up.
    """
    for sentences in SENTENCE_PAIR.finditer(passage.text):
        counts = counts_of(passage.text, *sentences.span(1))
        for number, rest in enumerate(counts):
            if not RESTING.search(rest.label) or not rest.is_exact or UNRELATED.search(rest.clause):
                continue
            if rest.start < passage.text.find("。", sentences.start(1)) and sentences.start(1) > 0:
                continue  # held against the sentence before as well, with which the pair before begins
            before = [one for one in counts[:number] if one.unit == rest.unit][-MOST_PARTS:]
            wholes = [one for one in before[:-1] if _is_divided(one, before, rest)]
            if not wholes or not all(one.is_exact for one in before) or _is_made_up(before, rest):
                continue
            if PLANNED.search(before[-1].clause) and "。" in passage.text[wholes[-1].end : before[-1].start]:
                continue  # 累计改造67个。今年计划改造24个，其余3个正在施工: of what is planned
            whole = next((one for one in wholes if _left_of(one, before) >= 0), wholes[-1])
            # 第一批90万元，占总额150万元的60%；第二批55.5万元，剩余4.5万元: a part may stand before the whole.
            if any(
                one.agrees_with(rest.value + sum(other.value for other in before) - one.value)
                for one in before
            ):
                continue
            taken = "、".join(one.written for one in before[before.index(whole) + 1 :])
            right = whole.in_words(_left_of(whole, before))
            reason = f"{whole.written}减去{taken}是{right}，不是{rest.written}"
            yield RuleHit(f"{reason}，请核对。", passage, rest.start - len(rest.label), rest.end)


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
    was_done, is_left = DONE.search(stated), LEFT_OF_DONE.search(rest.count.label)
    if not (was_done and is_left) or DONE.search(whole.count.clause) or done.value >= whole.value:
        return False
    if is_left["action"] and is_left["action"] not in stated:
        return False
    around = "".join(one.count.label + one.count.behind for one in (whole, done))
    thing = THING.match(rest.count.behind)
    is_named = thing is not None and thing["thing"][-2:] in around
    return (
        (is_named or thing is None) and rest.places <= whole.places | done.places and whole.year == rest.year
    )


def _left_of(whole: Count, before: Sequence[Count]) -> float:
    return whole.value - sum(one.value for one in before[before.index(whole) + 1 :])


def _is_divided(whole: Count, before: Sequence[Count], rest: Count) -> bool:
    """Whether a count is more than each of those behind it, and than the rest."""
    behind = before[before.index(whole) + 1 :]
    if any(OF_THE_YEAR.search(one.clause) or UNRELATED.search(one.label) for one in behind):
        return False  # 累计改造67个。今年计划改造24个，其余3个: a plan is no part of what was done
    if whole.agrees_with(sum(one.value for one in behind)):
        return False  # 已演出118场，其中72场、46场；剩余12场: of more than these
    return bool(behind) and whole.value > max(one.value for one in (*behind, rest))


def _is_made_up(before: Sequence[Count], rest: Count) -> bool:
    """Whether some count is what the rest and some of those behind it come to, or what all before and the rest do."""
    for number, whole in enumerate(before):
        others = before[number + 1 :]
        # 建成3个，其余3个: of two counts neither is the rest named again.
        for size in range(len(before) == MOST_OF_PAIR, len(others) + 1):
            for parts in combinations(others, size):
                if whole.agrees_with(rest.value + sum(one.value for one in parts)):
                    return True
    return False


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
