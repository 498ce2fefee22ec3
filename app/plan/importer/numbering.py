"""The numbering levels of Chinese official writing, as data, and how to read a number at the start of a line.

The order is that of GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), with the chapter words above and the circled
numbers and bullets below. Which level makes parts, sections or measures is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "〇零一二三四五六七八九十百"
_VALUES = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class NumberingLevel:
    """One way of numbering; the higher the rank, the deeper the level. The group `shown` is kept as number."""

    rank: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class NumberMark:
    """A number found at the start of a line: `printed` with its punctuation, `number` as kept in the tree."""

    rank: int
    printed: str
    number: str
    ordinal: int


def _numbering_level(rank: int, pattern: str) -> NumberingLevel:
    return NumberingLevel(rank, re.compile(r"\s*" + pattern + r"\s*+"))


BULLET_RANK = 90
ITEM_RANK = 38  # from here down a number is that of an item of work, not of a chapter

NUMBERING_LEVELS = (
    _numbering_level(10, rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*(?:部分|[章篇编]))[\s：:、]*+"),
    _numbering_level(15, rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*节)[\s：:、]*+"),
    _numbering_level(20, rf"(?P<shown>(?P<ordinal>[{_HAN}]{{1,3}}))\s*[、．.](?!\d)"),
    _numbering_level(30, rf"(?P<shown>[（(]\s*(?P<ordinal>[{_HAN}]{{1,3}})\s*[）)])[、．.]?"),
    _numbering_level(ITEM_RANK, rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*条)[\s：:、]++"),
    _numbering_level(40, r"(?P<shown>(?P<ordinal>\d{1,3}))\s*[、．.](?!\d)"),
    _numbering_level(50, r"(?P<shown>[（(]\s*(?P<ordinal>\d{1,3})\s*[）)])[、．.]?"),
    _numbering_level(55, r"(?P<shown>(?P<ordinal>\d{1,3})\s*[）)])[、．.]?"),
    _numbering_level(60, rf"(?P<shown>(?P<ordinal>[{_CIRCLED}]))"),
    _numbering_level(
        BULLET_RANK, r"(?P<shown>(?P<ordinal>——|[-+•●◆■▪·○◇□]))(?:(?<=——)|(?<![-+·])|\s)(?![\d—])"
    ),
)


def mark_of(text: str) -> NumberMark | None:
    """Return the number that `text` begins with, or None."""
    for level in NUMBERING_LEVELS:
        found = level.pattern.match(text)
        if found:
            number = "" if level.rank == BULLET_RANK else re.sub(r"\s", "", found["shown"])
            return NumberMark(level.rank, found[0], number, value_of(re.sub(r"\s", "", found["ordinal"])))
    return None


def value_of(numeral: str) -> int:
    """Return the value of a numeral (三十二 → 32, 12 → 12, ③ → 3); 0 when it is none.

    A row of Chinese digits is read digit by digit, so that 二〇二六 is 2026.
    """
    if numeral.isdecimal():
        return int(numeral)
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    if not re.search("[十百]", numeral):
        digits = "".join(str(_VALUES.get(character, "")) for character in numeral)
        return int(digits) if digits else 0
    return _positional_value(numeral)


def _positional_value(numeral: str) -> int:
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * (_VALUES.get(hundreds[-1:], 1) if "百" in numeral else 0)
    total += 10 * _VALUES.get(tens[-1:], 1) if ten else 0
    return total + _VALUES.get(ones[-1:], 0)
