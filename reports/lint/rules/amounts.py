"""Sums in capital numerals held against their figures: 128500元（大写：人民币壹拾贰万捌仟元整）."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, passage_rule
from reports.lint.subject import RuleHit, hit_at

DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "貳": 2, "〇": 0}
POWERS = {"拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
PARTS = {"角": 0.1, "分": 0.01}
CAPITALS = r"[壹贰貳叁肆伍陆柒捌玖拾佰仟][零壹贰貳叁肆伍陆柒捌玖两拾佰仟万亿元圆角分整正]{2,40}"
# 壹拾贰万伍千元整.
CAPITAL = "壹贰叁肆伍陆柒捌玖"
MIXED_CAPITALS = re.compile(
    f"(?<=[零{CAPITAL}拾佰仟万])[{CAPITAL}][十百千]|[{CAPITAL}][十百千](?=[零{CAPITAL}万元整])"
)
LEAST_PART = 0.005  # yuan


def _figures(name: str) -> str:
    """The pattern of a sum in figures, its groups named after it."""
    return (
        rf"(?<![\d,，.])[¥￥]?(?P<{name}>\d{{1,3}}(?:[,，]\d{{3}}){{1,4}}(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,4}})?)"
        rf"(?P<{name}_scale>万|亿)?元?"
    )


BOTH = re.compile(
    rf"{_figures('before')}[（(]?，?(?:大写)?[：:]?(?:人民币)?(?P<capitals>{CAPITALS})"
    rf"|(?:人民币)?(?P<capitals_first>{CAPITALS})[（(]?，?(?:小写)?[：:]?{_figures('behind')}"
)


@passage_rule("capital-amount", "大写金额不符", ERROR, ACCURACY, holding="零壹贰叁肆伍陆柒捌玖拾佰仟")
def wrong_capital_amounts(passage: TextPassage) -> Iterator[RuleHit]:
    """128500元（大写：人民币壹拾贰万捌仟元整）."""
    for match in MIXED_CAPITALS.finditer(passage.text):
        yield hit_at(passage, match, "大写金额里用“拾”“佰”“仟”，请改正。")
    for match in BOTH.finditer(passage.text):
        capitals = match["capitals"] or match["capitals_first"]
        figures = match["before"] or match["behind"]
        scale = SCALES.get(match["before_scale"] or match["behind_scale"] or "", 1)
        value = float(re.sub("[,，]", "", figures)) * scale
        if len(capitals.rstrip("整正")) > 1 and abs(value_of_capitals(capitals) - value) > LEAST_PART:
            name = "capitals" if match["capitals"] else "capitals_first"
            yield RuleHit(f"大写金额与小写金额{figures}不一致，请核对。", passage, *match.span(name))


def value_of_capitals(words: str) -> float:
    """What a sum in capital numerals comes to."""
    total, section, digit = 0.0, 0, 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in POWERS:
            section, digit = section + (digit or 1) * POWERS[word], 0
        elif word in SCALES:
            total, section, digit = (total + section + digit) * SCALES[word], 0, 0
        elif word in PARTS:
            total, digit = total + digit * PARTS[word], 0
        elif word in "元圆":
            total, section, digit = total + section + digit, 0, 0
    return total + section + digit
