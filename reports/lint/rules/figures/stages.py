"""Stages that a text counts one by one, held against what it says that they come to together."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.counts import small_number
from reports.lint.quantities import TextQuantity
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import NUMERALS, LintSubject, RuleHit

# 首期、第二期, 三标段.
STAGE = re.compile(rf"(?:第?(?P<number>[{NUMERALS}\d])|首)(?P<group>期|批|标段|阶段|片区)")
# 两期共, 三期全部建成后.
ALL_STAGES = re.compile(
    rf"(?<![第、{NUMERALS}\d])(?P<number>[两{NUMERALS}\d])个?(?P<group>期|批|标段|阶段|片区)[^，。；\d]{{0,6}}(?:共|合计|累计|全部)[^。；\d]{{0,20}}$"
)


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
