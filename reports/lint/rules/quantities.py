"""Counts in one sentence that must agree: what is done and what is left, each and all, the beginning and the length."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from reports.lint.counts import NUMBER, PEOPLE, SCALES, SENTENCE, UNIT, Count, counts_of
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.figures import ROUNDING, rounds_to
from reports.lint.subject import HANZI, NUMERALS, RuleHit, hit_at
from reports.numbering import chinese_number

# What is left of all that was to be done: the rest of it, or what is not done of what else is done.
REST = re.compile("其余|剩余|余下|剩下")
OPEN = re.compile(rf"(?:尚|仍|还)?(?:有|剩)?(?:未|没有|正在|待|尚待)(?P<action>[{HANZI}]{{0,4}})")
DONE = re.compile(rf"(?:已(?:经|全部)?|当场|现场|立即)(?P<action>[{HANZI}]{{2,4}})")
STILL = re.compile("(?:尚|仍|还)(?:有|剩|余)")
OPEN_CLAUSE = re.compile("未|没有|正在|待|尚|限期|立案")
# Each of so many gets as much: 120户……每户3000元，共36万元.
EACH = re.compile(
    rf"(?P<mean>(?:平均|户均|人均)?(?:每|(?=[户人家场件台]均)))(?P<group>[个户人家名处栋件套间台场座盏辆张份棵株米吨条块只部本册箱袋顶床支把棵])均?[{HANZI}]{{0,12}}?(?P<number>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})"
)
REPEATED = re.compile(r"每[月年季天日周次]|[月年季天日周次]均|个月|\d次|全年|每年")
SENTENCE_PAIR = re.compile(
    r"(?=((?:^|(?<=[。！？\n]))[^。！？\n]{1,400}(?:。[^。！？\n]{1,400})?))", re.MULTILINE
)
RESTING = re.compile("(?:^|。)(?:其余|其他|剩余|余下|剩下|另外|还剩|尚余|仅剩)的?$")
UNRELATED = re.compile("比|较|增|减")
MOST_PARTS = 5
MONTHS_NUMBER = rf"(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})个?月"
BETWEEN = r"(?:份|初|中旬|上旬|下旬|底|末)?(?:开始|起|启动)?，?"
MONTH_SPAN = re.compile(
    rf"(?:自|从)(?:(?P<first_year>\d{{4}})年|今年)?(?P<first>\d{{1,2}})月{BETWEEN}(?:，?持续|，?一直)?(?:至|到)"
    rf"(?:(?P<last_year>\d{{4}})年|今年)?(?P<last>\d{{1,2}})月[^，。；\d]{{0,8}}，(?:历时|为期|持续|前后|共|用时)约?{MONTHS_NUMBER}"
)
DAY_SPAN = re.compile(
    r"(?P<first_month>\d{1,2})月(?P<first>\d{1,2})日(?:至|到|—|～)(?:(?P<last_month>\d{1,2})月)?(?P<last>\d{1,2})日[^。；\d]{0,20}?"
    rf"(?:历时|为期|持续|连续|共计?)(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})[天日]"
)
YEAR_SPAN = re.compile(
    rf"(?P<first>(?:19|20)\d\d)年?(?:至|到|—|～)(?P<last>(?:19|20)\d\d)年[^。；\d]{{0,16}}?(?:历时|为期|连续|用)(?P<length>\d{{1,2}}|[{NUMERALS}两]{{1,2}})年"
)
VALUES = {chinese_number(number): number for number in range(1, 100)} | {"两": 2}


@passage_rule("remainder", "余数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_remainders(passage: TextPassage) -> Iterator[RuleHit]:
    """计划改造16个，已完工9个，尚有6个未完工; 受理1260件，已办结1180件，正在办理90件."""
    for sentence in SENTENCE.finditer(passage.text):
        counts = counts_of(passage.text, *sentence.span())
        if len({one.unit for one in counts}) != 1 or not all(one.is_exact for one in counts):
            continue
        for whole, done, left in zip(counts, counts[1:], counts[2:], strict=False):
            # What has states of its own, see parts-of-whole; what is called a rest, see rest.
            added = done.value + left.value
            has_states = whole.unit == "项" and not REST.search(left.clause) and added <= whole.value
            if RESTING.search(left.label) or has_states:
                continue
            if not DONE.search(done.clause + done.behind) or not _is_open(left) or whole.value < done.value:
                continue
            # 限期整改131项；限期整改的131项中已整改119项.
            is_done = "已" in left.label and not STILL.search(left.label)
            if is_done or added in (one.value for one in counts):
                continue
            if added > whole.value or (added < whole.value and _is_all_that_is_left(done, left)):
                right = f"{added / SCALES[whole.scale]:g}"
                reason = f"{done.written}加{left.written}是{right}，与{whole.written}不符，请核对。"
                yield RuleHit(reason, passage, whole.start, left.end)


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
            whole = next((one for one in reversed(before[:-1]) if _is_divided(one, before, rest)), None)
            if whole is None or not all(one.is_exact for one in before) or _is_made_up(before, rest):
                continue
            parts = before[before.index(whole) + 1 :]
            right = whole.value - sum(one.value for one in parts)
            taken = "、".join(one.written for one in parts)
            reason = f"{whole.written}减去{taken}是{whole.in_words(right)}，不是{rest.written}"
            yield RuleHit(f"{reason}，请核对。", passage, rest.start - len(rest.label), rest.end)


def _is_divided(whole: Count, before: Sequence[Count], rest: Count) -> bool:
    """Whether a count is more than each of those behind it, and than the rest."""
    behind = before[before.index(whole) + 1 :]
    return bool(behind) and whole.value > max(one.value for one in (*behind, rest))


def _is_made_up(before: Sequence[Count], rest: Count) -> bool:
    """Whether some count is what the rest and some of those behind it come to, or what all before and the rest do."""
    for number, whole in enumerate(before):
        others = before[number + 1 :]
        for size in range(len(others) + 1):
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


@passage_rule("each-and-all", "单数与总数不符", WARNING, ACCURACY, holding="每均")
def wrong_products(passage: TextPassage) -> Iterator[RuleHit]:
    """120户……每户3000元，共3.6万元; 5个社区共240条，平均每个社区52条."""
    for sentence in SENTENCE.finditer(passage.text):
        each = list(EACH.finditer(passage.text, *sentence.span()))
        if len(each) != 1 or REPEATED.search(sentence[0]):
            continue
        match, group = each[0], PEOPLE.get(each[0]["group"], each[0]["group"])
        unit = PEOPLE.get(match["unit"], match["unit"])
        counts = [
            one for one in counts_of(passage.text, *sentence.span()) if one.start not in range(*match.span())
        ]
        groups, totals = ([one for one in counts if one.unit == kind] for kind in (group, unit))
        if len(groups) != 1 or len(totals) != 1 or not (groups[0].is_exact and totals[0].is_exact):
            continue
        value = float(match["number"]) * SCALES[match["scale"]]
        right = _right_total(
            value, groups[0].value, totals[0], match["number"] if match["mean"] != "每" else ""
        )
        if right:
            reason = f"每{match['group']}{match['number']}，共{groups[0].written}{group}，{right}，请核对。"
            start, end = min(totals[0].start, match.start()), max(totals[0].end, match.end())
            yield RuleHit(reason, passage, start, end)


def _right_total(each: float, groups: float, total: Count, written: str) -> str:
    """What the total should be; nothing where the two agree as exactly as either is written."""
    scale = SCALES[total.scale]
    digits = len(total.written.partition(".")[2])
    if abs(each * groups - total.value) <= ROUNDING * scale * 0.1**digits:
        return ""
    one = total.value / groups if groups else 0.0
    if written and any(rounds_to(one / factor, written) for factor in SCALES.values()):
        return ""
    return f"总数应为{each * groups / scale:g}{total.scale}{total.unit}"


@passage_rule("length-of-time", "历时不符", WARNING, ACCURACY, holding="历为持连共用前")
def wrong_lengths_of_time(passage: TextPassage) -> Iterator[RuleHit]:
    """自3月初开始，至8月底结束，历时五个月; 9月1日至10日，为期7天."""
    for pattern, unit in ((MONTH_SPAN, "个月"), (DAY_SPAN, "天"), (YEAR_SPAN, "年")):
        for match in pattern.finditer(passage.text):
            length = int(match["length"]) if match["length"].isdigit() else VALUES.get(match["length"], 0)
            between = _length_between(match, unit)
            if length and between >= 0 and length not in (between, between + 1):
                reason = f"起止之间是{between + 1}{unit}，与“{match['length']}{unit}”不符，请核对。"
                yield hit_at(passage, match, reason)
            elif unit == "个月" and length == between and re.search("初", match[0]) and "底" in match[0]:
                yield hit_at(passage, match, f"从月初到月底是{between + 1}个月，请核对。")


def _length_between(match: re.Match[str], unit: str) -> int:
    """How far the end is from the beginning; less than nothing where that is not certain."""
    first, last = int(match["first"]), int(match["last"])
    if unit == "个月":
        years = int(match["last_year"] or 0) - int(match["first_year"] or match["last_year"] or 0)
        known = bool(match["first_year"]) or not match["last_year"]
        return last - first + 12 * max(years, 0) if known else -1
    if unit == "天" and match["last_month"] and match["last_month"] != match["first_month"]:
        return -1
    return last - first
