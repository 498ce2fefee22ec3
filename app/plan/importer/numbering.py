"""Numbering in Chinese official writing: the ways of numbering as data, reading numbers, and where one may count.

The order is that of GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), with chapter words above and circled numbers and
bullets below. It identifies the way of numbering, but not the depth in a plan, which follows from nesting. Dots and
brackets may be full-width, small-form, or scanning errors.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from unicodedata import numeric

from app.plan.importer.sentences import DECORATION
from app.plan.importer.source_text import TextLine
from reports.characters import CIRCLED_NUMBERS

_HAN = "〇零一二三四五六七八九十百"
_READ_AS_ONE = "—–－"  # scanners read 一 as a dash, and 1 as a letter
_READ_AS_DIGIT = "lI"
_VALUES = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
HAN_DIGITS = "〇零○一二三四五六七八九十"
_IN_BRACKETS, _WITH_DOT, _HAN_IN_BRACKETS = "⑴-⒇", "⒈-⒛", "㈠-㈩"  # one character each
_DOT = "、．.﹒﹑､·"
_OPEN, _CLOSE = r"（(﹙〔﹝\[【〈", r"）)﹚〕﹞\]】〉"
CLOSED_NUMBER = re.compile(
    rf"[{_CLOSE}{CIRCLED_NUMBERS}{_IN_BRACKETS}{_WITH_DOT}{_HAN_IN_BRACKETS}]$"
)  # needs no mark of its own
YEAR = r"(?:[1１][9９]|[2２][0０])\d\d"
_YEAR_FOLLOWS = rf"(?:(?!\d)|(?={YEAR}[-—–~～至\s]{{0,3}}(?:{YEAR})?\s?年))"
PRINTED_YEAR = rf"(?P<year>{YEAR}|[二一][〇零○九][{HAN_DIGITS}]{{2}})"


@dataclass(frozen=True)
class NumberingLevel:
    """One way of numbering, named by `key`; the group `shown` of its pattern is stored as the number."""

    rank: int
    key: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class NumberMark:
    """A number found in a text: `printed` with its punctuation, `number` as stored in the tree."""

    rank: int
    key: str
    printed: str
    number: str
    ordinal: int


def _numbering_level(rank: int, key: str, pattern: str) -> NumberingLevel:
    return NumberingLevel(rank, key, re.compile(rf"[\s{DECORATION}]*" + pattern + r"\s*+"))


BULLET_RANK = 90
SIGNS = "•●○◆◇■□▪▲△▼▶►★☆※➤"  # characters that are only used as bullets
_NAMES = {
    "任务": "task",
    "行动": "action",
    "工程": "programme",
    "专项": "campaign",
    "举措": "initiative",
    "措施": "measure",
    "项目": "project",
}
ITEM_RANK = 38  # from this rank on, a number rather begins an item of work than a chapter
DECIMAL_RANK = 45
ENUMERATION_RANK = 70  # 一是, 第一，: parts of a text unless they begin paragraphs
BARE_RANK = 80

NUMBERING_LEVELS = (
    _numbering_level(
        10, "part", rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*(?:部分|[章篇编]))[\s：:、]*+"
    ),
    _numbering_level(15, "chapter", rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*节)[\s：:、]*+"),
    _numbering_level(
        20,
        "han",
        rf"(?P<shown>(?P<ordinal>[{_HAN}]{{1,3}}|[{_READ_AS_ONE}]))\s*[{_DOT}](?![{_HAN}]、)",  # not in 一、二、三产业
    ),
    _numbering_level(
        30,
        "bracketed_han",
        rf"(?P<shown>(?:[{_OPEN}]\s*)?(?P<ordinal>[{_HAN}]{{1,3}}|[{_READ_AS_ONE}])\s*[{_CLOSE}])[{_DOT}]?",
    ),
    _numbering_level(30, "bracketed_han", rf"(?P<shown>(?P<ordinal>[{_HAN_IN_BRACKETS}]))[{_DOT}]?"),
    _numbering_level(
        ITEM_RANK, "article", rf"(?P<shown>第\s*(?P<ordinal>[{_HAN}\d]{{1,3}})\s*条)(?:[\s：:、]++|(?=【))"
    ),
    *(
        _numbering_level(
            39,
            f"named_{name}",
            rf"(?:[-—–{SIGNS}]{{1,2}}\s?)?【?(?P<shown>{word}\s?(?P<ordinal>[{_HAN}]{{1,3}}|\d{{1,3}}))[】：:、]",
        )
        for word, name in _NAMES.items()
    ),
    _numbering_level(
        40, "digit", rf"(?P<shown>(?P<ordinal>\d{{1,3}}|[{_READ_AS_DIGIT}]))\s*[{_DOT}]{_YEAR_FOLLOWS}"
    ),
    _numbering_level(
        40, "digit", rf"(?P<shown>(?P<ordinal>[{_WITH_DOT}]|\d(?=\ufe0f?\u20e3)))\ufe0f?\u20e3?"
    ),
    _numbering_level(40, "dashed_digit", r"(?P<shown>(?P<ordinal>\d{1,3}))\s*——(?=\s*[\u4e00-\u9fff“《])"),
    _numbering_level(
        DECIMAL_RANK,
        "decimal",
        r"(?P<shown>\d{1,2}[.．](?P<ordinal>\d{1,2})(?:[.．](?!\d))?)(?=\s|[\u4e00-\u9fff])(?![\s余多]*[万亿个元％%米公平吨倍])",
    ),
    _numbering_level(
        DECIMAL_RANK + 1,
        "decimal_of_three",
        r"(?P<shown>\d{1,2}[.．]\d{1,2}[.．](?P<ordinal>\d{1,2})[.．]?)(?=\s|[\u4e00-\u9fff“《])",
    ),
    _numbering_level(
        50,
        "bracketed_digit",
        rf"(?P<shown>[{_OPEN}]\s*(?P<ordinal>\d{{1,3}})\s*[{_CLOSE}])[{_DOT}]?",
    ),
    _numbering_level(55, "half_bracketed_digit", rf"(?P<shown>(?P<ordinal>\d{{1,3}})\s*[）)﹚])[{_DOT}]?"),
    _numbering_level(50, "bracketed_digit", rf"(?P<shown>(?P<ordinal>[{_IN_BRACKETS}]))[{_DOT}]?"),
    _numbering_level(60, "circled", rf"(?P<shown>(?P<ordinal>[{CIRCLED_NUMBERS}]))"),
    _numbering_level(
        ENUMERATION_RANK,
        "enumeration",
        r"(?P<shown>第?(?P<ordinal>[一二三四五六七八九十]{1,2})(?:是要|是|要|，))",
    ),
    _numbering_level(BARE_RANK, "bare", r"(?P<shown>(?P<ordinal>\d{1,2}))(?=\s+[\u4e00-\u9fff“《])"),
    _numbering_level(
        BARE_RANK,
        "bare_han",
        r"(?P<shown>(?P<ordinal>[一二三四五六七八九十]{1,2}))(?=\s+[\u4e00-\u9fff“《])",
    ),
    _numbering_level(
        BULLET_RANK, "bullet", rf"(?P<shown>(?P<ordinal>——|[-+·{SIGNS}]))(?:(?<=——)|(?<![-+·])|\s)(?![\d—])"
    ),
)
# Where a number may be inside a line: after the end of a sentence or head, and where it can begin a sentence.
NUMBER_INSIDE = re.compile(
    rf"第[{_HAN}\d]{{1,3}}(?:部分|[章篇编节条])|[{_OPEN}][{_HAN}\d]{{1,3}}[{_CLOSE}]"
    rf"|(?<![{_HAN}\d])(?<![{_HAN}]、)[{_HAN}]{{1,3}}[{_DOT}](?![{_HAN}]、)"
    rf"|(?<![\d.．])\d{{1,3}}[{_DOT}]|[{CIRCLED_NUMBERS}{_IN_BRACKETS}{_WITH_DOT}{_HAN_IN_BRACKETS}]"
)
# Words for counted things (充电桩2000个), which show that a number is no year.
_COUNTED = "[余多]?(?:[个家项次场户名万亿元％%亩吨台套处批期件条座米所间盏辆张株棵块组支]|公里|平方|人(?![大才社防武]))"
YEAR_IN_TEXT = re.compile(rf"(?<!\d){PRINTED_YEAR}(?!\d)\s*(?:年|[-—–~至]|(?!{_COUNTED}))")

_LONGEST_NUMBER = 64  # characters, including all spaces and what must follow
_KEPT_BEGINNINGS = 8_192  # each step of reading asks about the same lines again
_MAY_BEGIN = re.compile(
    rf"[\s{DECORATION}]*[第{_HAN}\d{_READ_AS_DIGIT}{_READ_AS_ONE}{_OPEN}{CIRCLED_NUMBERS}{_IN_BRACKETS}{_WITH_DOT}{_HAN_IN_BRACKETS}任行工专举措项+·{SIGNS}-]"
)


def mark_of(text: str) -> NumberMark | None:
    """Return the number that `text` begins with; None if there is none. Numbers without any sign do not count."""
    return next((mark for mark in marks_of(text) if mark.rank not in (BARE_RANK, ENUMERATION_RANK)), None)


def bullet_length(text: str) -> int:
    """Return the length of the bullet that `text` begins with; 0 if there is none."""
    mark = mark_of(text)
    return len(mark.printed) if mark is not None and mark.rank == BULLET_RANK else 0


_BEFORE_DIGITS = re.compile(rf"(?P<shown>(?P<ordinal>\d{{1,2}}))[{_DOT}](?=\d{{2,4}}[\u4e00-\u9fff“])")


def mark_before_digits(text: str) -> NumberMark | None:
    """Return the number before a name that begins with digits (11.121人才工程), which may also be a fraction."""
    found = _BEFORE_DIGITS.match(text)
    if found is None or any(mark.key == "digit" for mark in marks_of(text)):
        return None
    return NumberMark(40, "digit", found[0], found["shown"], int(found["ordinal"]))


def marks_of(text: str) -> tuple[NumberMark, ...]:
    """Return all readings of `text` as beginning with a number."""
    return _marks_of_beginning(text[:_LONGEST_NUMBER]) if _MAY_BEGIN.match(text) else ()


@lru_cache(maxsize=_KEPT_BEGINNINGS)
def _marks_of_beginning(text: str) -> tuple[NumberMark, ...]:
    found: list[NumberMark] = []
    for level in NUMBERING_LEVELS:
        match = level.pattern.match(text)
        if match:
            number = "" if level.rank == BULLET_RANK else _as_meant(match["shown"])
            ordinal = value_of(re.sub(r"\s", "", match["ordinal"]))
            found.append(NumberMark(level.rank, level.key, match[0], number, ordinal))
    return tuple(found)


def _as_meant(number: str) -> str:
    """Return a printed number without spaces and scanning errors."""
    closed = re.sub(r"\s", "", number)
    return re.sub(f"[{_READ_AS_DIGIT}]", "1", re.sub(f"[{_READ_AS_ONE}]", "一", closed))


def value_of(numeral: str) -> int:
    """Return the value of a numeral (三十二 → 32, 12 → 12, ③ → 3); 0 when it is none.

    A row of Chinese digits is read digit by digit, so that 二〇二六 is 2026.
    """
    if numeral.isdecimal():
        return int(numeral)
    if CLOSED_NUMBER.match(numeral):
        return int(numeric(numeral))
    if numeral in _READ_AS_ONE + _READ_AS_DIGIT:
        return 1
    if not re.search("[十百]", numeral):
        digits = "".join(str(_VALUES.get(character, "")) for character in numeral)
        return int(digits) if digits else 0
    return _positional_value(numeral)


def year_value(text: str) -> int:
    """Return the value of a year in digits or Chinese numerals, ignoring spaces."""
    return value_of("".join(text.split()).replace("○", "〇"))


def _positional_value(numeral: str) -> int:
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * (_VALUES.get(hundreds, 1) if "百" in numeral else 0)
    total += 10 * _VALUES.get(tens, 1) if ten else 0
    return total + _VALUES.get(ones[-1:], 0)


UNSIGNED_KEYS = frozenset({"bare", "bare_han", "decimal", "enumeration"})

Place = tuple[int, int]  # the line, and the character in it


@dataclass(frozen=True)
class NumberCandidate:
    """A number at the start of a line or inside one, which may count as a number."""

    line: int
    offset: int
    mark: NumberMark
    at_start: bool
    may_be_fraction: bool = False

    @property
    def place(self) -> Place:
        return self.line, self.offset


@dataclass
class CandidateIndex:
    """The places of all candidates, by way of numbering and ordinal."""

    candidates: list[NumberCandidate]
    starts: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))
    fractions: dict[tuple[str, int], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.candidates:
            places = self.starts if one.at_start else self.inside
            places = self.fractions if one.may_be_fraction else places
            places[one.mark.key, one.mark.ordinal].append(one.place)

    @cached_property
    def top_rank(self) -> int:
        """Return the rank of the highest way of numbering that begins lines; 0 if there is none."""
        return min((one.mark.rank for one in self.candidates if one.at_start), default=0)

    @cached_property
    def last_start(self) -> Place | None:
        """Return the place of the last number with a sign that begins a line; None if there is none."""
        places = (one.place for one in self.candidates if one.at_start and one.mark.key not in UNSIGNED_KEYS)
        return max(places, default=None)

    def next_start(self, key: str, ordinal: int, after: Place) -> Place | None:
        return _next_place(self.starts.get((key, ordinal), []), after)

    def next_fraction(self, key: str, ordinal: int, after: Place) -> Place | None:
        """Return the place of a number that may be a fraction, if its successor begins a later line."""
        place = _next_place(self.fractions.get((key, ordinal), []), after)
        return place if place and self.next_start(key, ordinal + 1, place) else None

    def next_inside(self, key: str, ordinal: int, after: Place) -> Place | None:
        return _next_place(self.inside.get((key, ordinal), []), after)


def _next_place(places: Sequence[Place], after: Place) -> Place | None:
    place = bisect_right(places, after)
    return places[place] if place < len(places) else None


def number_candidates(lines: Sequence[TextLine], lost: Mapping[int, NumberMark]) -> Iterator[NumberCandidate]:
    """Yield the candidates in the lines, and the numbers that lines have `lost`."""
    for number, line in enumerate(lines):
        if line.is_row:
            continue
        marks = (lost[number],) if number in lost else marks_of(line.text)
        for mark in marks:
            if mark.rank != BULLET_RANK:
                yield NumberCandidate(number, 0, mark, True)
        before_digits = mark_before_digits(line.text)
        if before_digits is not None:
            yield NumberCandidate(number, 0, before_digits, True, may_be_fraction=True)
        for found in NUMBER_INSIDE.finditer(line.text, max((len(mark.printed) for mark in marks), default=1)):
            yield from _inside_candidate(number, line.text, found.start())


def _inside_candidate(number: int, text: str, offset: int) -> Iterator[NumberCandidate]:
    for mark in marks_of(text[offset : offset + 24]):
        if mark.rank != BULLET_RANK and mark.key not in UNSIGNED_KEYS:
            yield NumberCandidate(number, offset, mark, False)
            return
