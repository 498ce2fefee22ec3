"""Averages held against what they are of: 8期，共400人，平均每期60人."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER, PEOPLE, SCALES, UNIT, Count, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.times import months_of
from reports.lint.subject import HANZI, RuleHit

MEAN = re.compile(
    rf"(?:平均[到至]?每?一?个?(?P<group>[{HANZI}]{{1,4}}?)|每个?(?P<each>[{HANZI}]{{1,3}}?)平均|(?P<short>[月户人组班场期])均|每(?P<body>[组期场班]))[{HANZI}]{{0,8}}?约?"
    rf"(?P<number>{NUMBER})(?P<scale>[万亿]?)(?P<unit>{UNIT})"
)
MONTH = re.compile("^个?月$")
OTHER = re.compile("比|较|同期|增|减")


@passage_rule("mean", "平均数不符", WARNING, ACCURACY, holding="均每")
def wrong_means(passage: TextPassage) -> Iterator[RuleHit]:
    """培训班8期，累计培训400人，平均每期60人; 7月至9月共90份，月均45份."""
    for sentence, counts in sentences_with_counts(passage.text):
        for match in MEAN.finditer(passage.text, *sentence.span()):
            before = [one for one in counts if one.end <= match.start()]
            unit = PEOPLE.get(match["unit"], match["unit"])
            totals = [one for one in before if one.unit.removesuffix("次") == unit.removesuffix("次")]
            group = next(word for word in match.group("group", "each", "short", "body") if word)
            groups = _sizes(passage.text[sentence.start() : match.start()], before, group)
            value = float(match["number"]) * SCALES[match["scale"]]
            step = SCALES[match["scale"]] * 0.1 ** len(match["number"].partition(".")[2])
            if len(groups) != 1 or not totals or OTHER.search(match[0]) or not totals[-1].is_exact:
                continue
            means = [one.value / groups[0] for one in totals if one.value != groups[0]]
            if means and not any(abs(one - value) < step for one in means):
                right = f"{totals[-1].value / groups[0] / SCALES[match['scale']]:.2f}".rstrip("0").rstrip(".")
                reason = f"总数除以{groups[0]:g}是{right}{match['scale']}{match['unit']}，请核对。"
                yield RuleHit(reason, passage, match.start(), match.end())


def _sizes(text: str, counts: list[Count], group: str) -> list[float]:
    """How many of what an average is for each one of a sentence names."""
    if MONTH.match(group):
        months = months_of(text)
        spelled = re.search(r"(\d{1,2})月(?:份)?[至到—](\d{1,2})月", text)
        if spelled:
            return [int(spelled[2]) - int(spelled[1]) + 1.0]
        return [months[1] - months[0] + 1.0] if months and months[0] != months[1] else []
    return list(
        {
            one.value
            for one in counts
            if one.value > 1
            and (
                one.unit == PEOPLE.get(group, group)
                or one.behind.endswith(group)
                or (len(group) > 1 and group in one.label + one.behind[: len(group) + 2])
            )
        }
    )
