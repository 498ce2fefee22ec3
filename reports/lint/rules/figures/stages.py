"""Stages and parts that a text counts one by one, held against what it says of all of them together."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.counts import small_number
from reports.lint.quantities import TextQuantity, pairs_of
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import NUMERALS, LintSubject, RuleHit

# 首期、第二期, 三标段.
STAGE = re.compile(rf"(?:第?(?P<number>[{NUMERALS}\d])|首)(?P<group>期|批|标段|阶段|片区)")
# 两期共, 三期全部建成后.
ALL_STAGES = re.compile(
    rf"(?<![第、{NUMERALS}\d])(?P<number>[两{NUMERALS}\d])个?(?P<group>期|批|标段|阶段|片区)[^，。；\d]{{0,6}}(?:共|合计|累计|全部)[^。；\d]{{0,20}}$"
)
# 由指挥长1名、副指挥长2名、成员6名组成; 资金来源为专项债券600万元、区级资金360万元.
COMPOSED, SOURCES = re.compile("^，?(?:共同)?(?:组成|构成)"), re.compile("(?:来源|由)[^。；]*$")
MEMBERS = re.compile("组成人员|(?:全体)?成员")
SPENT = re.compile("支付|支出|使用|拨付|列支|花费|付款")
SENTENCES_BETWEEN = 4
MOST_NEAR = 40
MORE_CAME = re.compile("追加|另|利息|增[加拨]|又|再|其他来源|结转|上年")


@document_rule("stages-together", "合计不符", WARNING, ACCURACY)
def wrong_sums_of_stages(subject: LintSubject) -> Iterator[RuleHit]:
    """首期58人。第二期64人。两期共132人."""
    for at, total in enumerate(subject.quantities):
        named = ALL_STAGES.search(total.lead)
        if not named or not total.count.is_exact:
            continue
        parts = _stages_before(subject.quantities[:at], total, named["group"])
        if [number for number, _ in parts] != list(range(1, small_number(named["number"]) + 1)):
            continue
        added = sum(one.value for _, one in parts)
        if len(parts) > 1 and not total.count.agrees_with(added):
            reason = (
                f"各{named['group']}相加是{total.count.in_words(added)}{total.unit}，不是{total.in_words}"
            )
            yield RuleHit(f"{reason}，请核对。", total.passage, total.count.start, total.count.end)


def _stages_before(
    known: Sequence[TextQuantity], total: TextQuantity, group: str
) -> list[tuple[int, TextQuantity]]:
    """The stages with what is counted of each, in the unit of their total."""
    found: list[tuple[int, TextQuantity]] = []
    for one in known:
        stages = [stage for stage in STAGE.finditer(one.lead) if stage["group"] == group]
        if stages and one.unit == total.unit and not (one.is_part or one.is_beside):
            found.append((small_number(stages[-1]["number"] or "一"), one))
    return found if all(one.count.is_exact for _, one in found) else []


@document_rule("more-than-listed", "与分项之和不符", WARNING, ACCURACY)
def more_than_listed_parts(subject: LintSubject) -> Iterator[RuleHit]:
    """由指挥长1名、副指挥长2名、成员6名组成。……10名组成人员; 资金来源为600万元、360万元。……已支付1006万元."""
    known = [one for one in subject.quantities if not one.is_beside]
    for at in range(1, len(known)):
        parts = _parts_listed(known[max(0, at - MOST_NEAR) : at + 1])
        later = _next_of_all(known[at + 1 : at + MOST_NEAR], parts) if len(parts) > 1 else None
        added = sum(one.value for one in parts)
        if later and later.value > added + later.count.precision:
            right = f"{later.count.in_words(added)}{later.unit}"
            reason = f"前面各项相加是{right}，这里是{later.in_words}，请核对。"
            yield RuleHit(reason, later.passage, later.count.start, later.count.end)


def _next_of_all(behind: Sequence[TextQuantity], parts: Sequence[TextQuantity]) -> TextQuantity | None:
    """The next quantity of what was listed, unless more has come meanwhile or another whole stands between."""
    added = sum(one.value for one in parts)
    for one in behind:
        if one.unit != parts[0].unit:
            continue
        if MORE_CAME.search(one.count.clause) or one.sentence - parts[0].sentence > SENTENCES_BETWEEN:
            return None
        if one.sentence > parts[0].sentence and _is_of_all(one, parts[0]):
            return one if one.count.is_exact else None
        if one.value > added and one.unit == "元":
            return None
    return None


def _parts_listed(known: Sequence[TextQuantity]) -> list[TextQuantity]:
    """The parts, one behind the other, of which the last ends a list that is said to be all there is."""
    end = known[-1]
    is_end = COMPOSED.match(end.count.behind) or (end.unit == "元" and "来源" in end.lead)
    if not is_end or end.passage.text[end.count.end : end.count.end + 1] == "、":
        return []
    parts = [end]
    for one in reversed(known[:-1]):
        if (
            one.sentence != end.sentence
            or one.unit != end.unit
            or one.passage.text[one.count.end] not in "、和"
        ):
            break
        parts.insert(0, one)
    is_listed = SOURCES.search(parts[0].lead) and all(one.count.is_exact for one in parts)
    return parts if is_listed else []


def _is_of_all(later: TextQuantity, part: TextQuantity) -> bool:
    """Whether a quantity is of what was listed: so many members of it, so much money spent."""
    if later.is_wanted or later.places - part.places:
        return False
    if later.unit == "元":
        return bool(SPENT.search(later.count.label))
    named = pairs_of(part.lead.rpartition("由")[0]) & pairs_of(later.lead)
    return bool(named and MEMBERS.match(later.count.behind))
