"""The styles and automatic numbers of a Word document (ECMA-376 part 1, 17.7 and 17.9).

Each style inherits from one other; numbers are counted by list and level, and printed in the format of the level.
Bullets are not printed, because a line break tells as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)", re.IGNORECASE)
BODY_LEVEL = 9  # outlineLvl of ordinary text
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class WordStyle:
    """A style with inherited values: `outline_level` counts from 1, 0 for text; `number` is (list, level)."""

    name: str = ""
    outline_level: int = 0
    is_bold: bool = False
    is_hidden: bool = False
    list_id: str | None = None
    list_level: int | None = None

    @property
    def is_contents(self) -> bool:
        return bool(CONTENTS_NAME.match(self.name))


class WordStyles:
    """The styles of a document by id."""

    def __init__(self, root: Any) -> None:
        """root: the element w:styles, or None."""
        found = root.iterchildren(f"{W}style") if root is not None else ()
        self.elements = {one.get(f"{W}styleId"): one for one in found}
        self.known: dict[str | None, WordStyle] = {}
        self.default = next(
            (
                name
                for name, one in self.elements.items()
                if one.get(f"{W}type") == "paragraph" and is_on(one.get(f"{W}default"))
            ),
            None,
        )

    def style_named(self, style_id: str | None) -> WordStyle:
        """Return a style; by default, that of paragraphs without one."""
        wanted = style_id if style_id in self.elements else self.default
        if wanted not in self.known:
            self.known[wanted] = self.resolve_style(wanted)
        return self.known[wanted]

    def run_style(self, style_id: str | None) -> WordStyle:
        """Return a character style; an empty one for text without a style."""
        return self.style_named(style_id) if style_id in self.elements else WordStyle()

    def resolve_style(self, style_id: str | None) -> WordStyle:
        style, waiting, chain = WordStyle(), style_id, list[Any]()
        while waiting in self.elements and len(chain) < LONGEST_CHAIN:
            chain.append(self.elements[waiting])
            waiting = value_of(chain[-1].find(f"{W}basedOn"))
        for element in reversed(chain):
            style = derive_style(style, element)
        return style


def derive_style(above: WordStyle, element: Any) -> WordStyle:
    """Return a style's own values, otherwise those of the style above."""
    name = value_of(element.find(f"{W}name")) or ""
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    listed, level = numbering_of(paragraph)
    heading = HEADING_NAME.fullmatch(name)
    outline = outline_of(paragraph)
    if outline is None:
        outline = int(heading[1]) if heading else above.outline_level
    return WordStyle(
        name=name,
        outline_level=outline,
        is_bold=toggle_of(run, "b", above.is_bold),
        is_hidden=toggle_of(run, "vanish", above.is_hidden),
        list_id=above.list_id if listed is None else listed,
        list_level=above.list_level if level is None else level,
    )


def outline_of(properties: Any) -> int | None:
    """Return the outline level set in w:pPr, from 1, or 0 for text; None if it sets none."""
    value = value_of(properties.find(f"{W}outlineLvl")) if properties is not None else None
    if value is None or not value.isdecimal():
        return None
    return 0 if int(value) >= BODY_LEVEL else int(value) + 1


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and its level (from 0) set in w:pPr; None for what it does not set."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None, None
    level = value_of(number.find(f"{W}ilvl"))
    return value_of(number.find(f"{W}numId")), int(level) if level and level.isdecimal() else None


def toggle_of(properties: Any, name: str, otherwise: bool) -> bool:
    """Return whether w:rPr turns on a property, such as bold type; `otherwise` if it does not set it."""
    element = properties.find(f"{W}{name}") if properties is not None else None
    return otherwise if element is None else is_on(element.get(f"{W}val", "1"))


def is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in ("0", "false", "off", "none")


def value_of(element: Any) -> str | None:
    """Return the w:val of an element; None if there is none."""
    found: str | None = element.get(f"{W}val") if element is not None else None
    return found


LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")
CLOSED = tuple("、，。．）】〕：")  # a number that ends like this needs no space after it
DIGITS, LEGAL_DIGITS = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
TENS, LEGAL_TENS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = tuple(
    zip((100, 90, 50, 40, 10, 9, 5, 4, 1), ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True)
)


@dataclass(frozen=True)
class NumberLevel:
    """One level of a list: `restart` is the level (from 1) whose numbers restart this one; 0 for none."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass
class NumberedList:
    """A w:num: its definition for counting, and its own levels."""

    definition: str
    levels: dict[int, NumberLevel]
    starts: dict[int, int] = field(default_factory=dict)


class WordNumbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: Any, styles: WordStyles) -> None:
        """root: the element w:numbering, or None."""
        self.styles = styles
        children = {} if root is None else {kind: list(root.iterchildren(f"{W}{kind}")) for kind in KINDS}
        definitions = {one.get(f"{W}abstractNumId"): one for one in children.get("abstractNum", ())}
        self.lists: dict[str, NumberedList] = {}
        for one in children.get("num", ()):
            self.lists[one.get(f"{W}numId")] = read_list(one, definitions, children["num"], styles)
        self.counters: dict[str, list[int | None]] = {}
        self.started: set[tuple[str, int]] = set()

    def number_of(self, properties: Any, style_id: str | None) -> str:
        """Return what Word prints before the next paragraph, with a space; empty if it has no number.

        properties: its w:pPr, or None.
        """
        style = self.styles.style_named(style_id)
        list_id, level = numbering_of(properties)
        own = list_id is not None
        list_id = list_id if own else style.list_id
        found = self.lists.get(list_id or "")
        if found is None or list_id is None:
            return ""
        if level is None:
            level = 0 if own else style_level(found, style_id, style.list_level)
        return self.next_number(list_id, found, min(level, LEVELS - 1))

    def next_number(self, list_id: str, found: NumberedList, place: int) -> str:
        level = found.levels.get(place)
        if level is None:
            return ""
        counters = self.counters.setdefault(found.definition, [None] * LEVELS)
        restarted = place in found.starts and (list_id, place) not in self.started
        self.started.add((list_id, place))
        count = counters[place]
        if restarted or count is None:
            counters[place] = found.starts.get(place, level.start)
        else:
            counters[place] = count + 1
        for below in range(place + 1, LEVELS):
            restart = found.levels.get(below, NumberLevel()).restart
            if restart is None or place < restart:
                counters[below] = None
        return printed_number(found, counters, level)


KINDS = ("abstractNum", "num")


def style_level(found: NumberedList, style_id: str | None, otherwise: int | None) -> int:
    """Return the level that a style numbers: the style's own, otherwise the one that names the style."""
    linked = (place for place, level in found.levels.items() if level.style == style_id)
    return otherwise if otherwise is not None else next(linked, 0)


def read_list(
    element: Any, definitions: Mapping[str, Any], lists: list[Any], styles: WordStyles
) -> NumberedList:
    """Read a w:num with its definition, which may only refer to a style's list."""
    name = value_of(element.find(f"{W}abstractNumId")) or ""
    definition = definitions.get(name)
    link = value_of(definition.find(f"{W}numStyleLink")) if definition is not None else None
    if link:
        linked = styles.style_named(link).list_id
        by_id = {one.get(f"{W}numId"): one for one in lists}
        name = value_of(by_id[linked].find(f"{W}abstractNumId")) or "" if linked in by_id else name
        definition = definitions.get(name)
    levels = {} if definition is None else levels_below(definition)
    found = NumberedList(name, levels)
    for override in element.iterchildren(f"{W}lvlOverride"):
        place = whole_number(override.get(f"{W}ilvl"))
        levels.update(levels_below(override))
        start = value_of(override.find(f"{W}startOverride"))
        if start is not None:
            found.starts[place] = whole_number(start)
    return found


def levels_below(element: Any) -> dict[int, NumberLevel]:
    return {whole_number(one.get(f"{W}ilvl")): read_level(one) for one in element.iterchildren(f"{W}lvl")}


def read_level(element: Any) -> NumberLevel:
    def value(name: str) -> str | None:
        return value_of(element.find(f"{W}{name}"))

    legal = element.find(f"{W}isLgl")
    restart = value("lvlRestart")
    return NumberLevel(
        start=whole_number(value("start"), 0),
        form=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        gap=value("suff") or "tab",
        restart=None if restart is None else whole_number(restart),
        is_legal=legal is not None and is_on(legal.get(f"{W}val", "1")),
        style=value("pStyle"),
    )


def printed_number(found: NumberedList, counters: list[int | None], level: NumberLevel) -> str:
    """Return a number with everything printed around it, in a format such as `%1、` or `%1.%2`."""
    if level.form == "bullet":
        return ""

    def count_at(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        shown = found.levels.get(place, NumberLevel())
        count = counters[place]
        return written_number(
            shown.start if count is None else count, "decimal" if level.is_legal else shown.form
        )

    text = PLACEHOLDER.sub(count_at, level.text)
    is_closed = text.endswith(CLOSED) or level.gap == "nothing"
    return text if is_closed or not text else f"{text} "


def whole_number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < LEVELS else otherwise


def written_number(number: int, form: str) -> str:
    """Return a number in a form of ST_NumberFormat; as digits if the form is unknown or cannot express it."""
    write = FORMS.get(form)
    text = write(number) if write else None
    return str(number) if text is None else text


def chinese_number(number: int, digits: str = DIGITS, tens: tuple[str, ...] = TENS) -> str | None:
    """Return 一, 十二, 二十, 一百〇五; None above 9999."""
    if not 0 < number < 10_000:
        return None
    pieces, zero = list[str](), False
    for place, digit in sorted(enumerate(reversed(str(number))), reverse=True):
        if digit == "0":
            zero = True
            continue
        pieces.append((digits[0] if zero and pieces else "") + digits[int(digit)] + tens[place])
        zero = False
    text = "".join(pieces)
    return text[1:] if digits is DIGITS and 10 <= number < 20 else text


def digit_by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def chinese_counting(number: int) -> str:
    """Return 一 to 九十九, then digit by digit, as Word's 一、二、三 does."""
    return (chinese_number(number) if number < 100 else None) or digit_by_digit(number)


def offset_character(first: int, most: int) -> Callable[[int], str | None]:
    """Return a function that writes a number as one of `most` characters from `first` on."""
    return lambda number: chr(first + number - 1) if 0 < number <= most else None


def circled_number(number: int) -> str | None:
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return offset_character(0x2460, 20)(number)


def letter_number(number: int) -> str | None:
    """Return a to z, then aa, bb."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if 0 < number <= 26 * LEVELS else None


def roman_number(number: int) -> str | None:
    if not 0 < number < 400:
        return None
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def cyclic_number(characters: str) -> Callable[[int], str | None]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else None


def full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def in_capitals(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: (write(number) or "").upper() or None


FORMS: Mapping[str, Callable[[int], str | None]] = {
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), chinese_counting),
    **dict.fromkeys(
        ("chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting"),
        chinese_number,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), digit_by_digit),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: chinese_number(number, LEGAL_DIGITS, LEGAL_TENS),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"), circled_number
    ),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), full_width),
    "decimalEnclosedParen": offset_character(0x2474, 20),
    "decimalEnclosedFullstop": offset_character(0x2488, 20),
    "decimalZero": lambda number: f"{number:02d}",
    "ideographTraditional": cyclic_number(STEMS),
    "ideographZodiac": cyclic_number(BRANCHES),
    "lowerLetter": letter_number,
    "upperLetter": in_capitals(letter_number),
    "lowerRoman": roman_number,
    "upperRoman": in_capitals(roman_number),
    "none": lambda _number: "",
}
