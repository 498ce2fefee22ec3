"""Figures and the words beside them: percentage points, approximations, units, sums in capital numerals."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reports.lint.counts import CAPITALS
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, ERROR, WARNING, passage_rule
from reports.lint.subject import RuleHit, hit_at

CAPITAL_DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "貳": 2}
POWERS = {"拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
PARTS = {"角": 0.1, "分": 0.01}
LEAST_PART = 0.005  # yuan
ROUNDING = 0.5001


@lru_cache(maxsize=1)
def wrong_units() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for units as they are not written, or mistyped by their sound, behind a number, and what is meant."""
    with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as file:
        right = {row["写法"]: row["改为"] for row in csv.DictReader(file)}
    units = "|".join(sorted(right, key=len, reverse=True))
    return re.compile(rf"(?<=[\d余多万亿])(?:{units})(?![A-Za-z0-9²³米公千厘毫英根数差饭时工])"), right


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
    yield from phrase_hits("capital-amount", passage)
    for match in BOTH.finditer(passage.text):
        capitals = match["capitals"] or match["capitals_first"]
        figures = match["before"] or match["behind"]
        scale = SCALES.get(match["before_scale"] or match["behind_scale"] or "", 1)
        value = float(re.sub("[,，]", "", figures)) * scale
        if abs(value_of_capitals(capitals) - value) > LEAST_PART:
            name = "capitals" if match["capitals"] else "capitals_first"
            yield RuleHit(f"大写金额与小写金额{figures}不一致，请核对。", passage, *match.span(name))


def value_of_capitals(words: str) -> float:
    """What a sum in capital numerals comes to."""
    total, section, digit = 0.0, 0, 0
    for word in words:
        if word in CAPITAL_DIGITS:
            digit = CAPITAL_DIGITS[word]
        elif word in POWERS:
            section, digit = section + (digit or 1) * POWERS[word], 0
        elif word in SCALES:
            total, section, digit = (total + section + digit) * SCALES[word], 0, 0
        elif word in PARTS:
            total, digit = total + digit * PARTS[word], 0
        elif word in "元圆":
            total, section, digit = total + section + digit, 0, 0
    return total + section + digit


def rounding_of(written: str) -> float:
    """Half of the last digit that is written, and a little for what a computer rounds."""
    return ROUNDING * 0.1 ** len(written.partition(".")[2])


def rounds_to(value: float, written: str) -> bool:
    """Whether a value rounds to a figure, as exact as that is written."""
    return abs(value - float(written)) <= rounding_of(written)


@passage_rule("unit", "计量单位", WARNING, "GB 3100-1993", holding=DIGITS)
def misspelled_units(passage: TextPassage) -> Iterator[RuleHit]:
    """m2, KG, 1.2公理, 12名企业: units of GB 3100 by their symbol or their Chinese name, and words that count."""
    pattern, right = wrong_units()
    for match in pattern.finditer(passage.text):
        unit = right[match[0]]
        yield hit_at(passage, match, f"计量单位“{match[0]}”的写法不规范，请改为“{unit}”。", unit)
    yield from phrase_hits("unit", passage)
