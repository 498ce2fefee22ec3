"""What Word prints before each numbered paragraph, by the definitions of lists that a document may hold."""

from __future__ import annotations

import pytest
from lxml import etree

from app.plan.importer.sources.word_styles import W, WordNumbering, WordStyles

NAMES = f'xmlns:w="{W.strip("{}")}"'


def level(place: int, text: str | None = None, **values: str) -> str:
    """Return a w:lvl that says no more than is given."""
    parts = values | ({} if text is None else {"lvlText": text})
    inside = "".join(f'<w:{name} w:val="{value}"/>' for name, value in parts.items())
    return f'<w:lvl w:ilvl="{place}">{inside}</w:lvl>'


def definition(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number: int = 1, inside: str = "", defined: int = 0) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{defined}"/>{inside}</w:num>'


def start_at(place: int, start: int, inside: str = "") -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/>{inside}</w:lvlOverride>'


def printed(
    numbering: str, paragraphs: list[tuple[int, int | None]], styles: str = "", style: str = ""
) -> list[str]:
    """Return what stands before paragraphs, each given by its list and its level in it."""
    root = etree.fromstring(f"<w:numbering {NAMES}>{numbering}</w:numbering>")
    named = WordStyles(etree.fromstring(f"<w:styles {NAMES}>{styles}</w:styles>"))
    counting, found = WordNumbering(root, named), []
    for listed, place in paragraphs:
        at = "" if place is None else f'<w:ilvl w:val="{place}"/>'
        own = f'<w:numPr>{at}<w:numId w:val="{listed}"/></w:numPr>' if listed else ""
        found.append(counting.number_of(etree.fromstring(f"<w:pPr {NAMES}>{own}</w:pPr>"), style or None))
    return found


CHINESE = {"numFmt": "chineseCounting", "start": "1"}
OUTLINE = definition(level(0, "%1、", **CHINESE), level(1, "%1.%2", start="1"), level(2, "%3)", start="1"))
NEVER = definition(level(0, "%1、", start="1"), level(1, "%2.", start="1", lvlRestart="0"))
AFTER_FIRST = definition(
    level(0, "%1", start="1"), level(1, "%2", start="1"), level(2, "%3", start="1", lvlRestart="1")
)
CASES: dict[str, tuple[str, list[tuple[int, int | None]], list[str]]] = {
    "a level begins anew below each number above it": (
        OUTLINE + instance(),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (1, 1)],
        ["一、", "一.1 ", "一.2 ", "二、", "二.1 ", "1) ", "二.2 "],
    ),
    "a level that is not reached yet counts as its first": (
        OUTLINE + instance(),
        [(1, 1), (1, 0)],
        ["一.1 ", "一、"],
    ),
    "a level without any is the first": (OUTLINE + instance(), [(1, None), (1, None)], ["一、", "二、"]),
    "a level that is defined nowhere has no number": (OUTLINE + instance(), [(1, 3), (1, 0)], ["", "一、"]),
    "a list that is defined nowhere has none": (OUTLINE + instance(), [(2, 0), (1, 0)], ["", "一、"]),
    "a level that never begins anew": (
        NEVER + instance(),
        [(1, 0), (1, 1), (1, 0), (1, 1)],
        ["1、", "1. ", "2、", "2. "],
    ),
    "a level that begins anew after the first only": (
        AFTER_FIRST + instance(),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
        ["1 ", "1 ", "1 ", "2 ", "2 ", "2 ", "1 "],
    ),
    "nothing said: decimal digits from nought": (
        definition(level(0, "%1")) + instance(),
        [(1, 0), (1, 0)],
        ["0 ", "1 "],
    ),
    "no text: no number": (definition(level(0, start="1")) + instance(), [(1, 0)], [""]),
    "bullets are not printed": (definition(level(0, "%1", numFmt="bullet")) + instance(), [(1, 0)], [""]),
    "nothing behind a number where the level says so": (
        definition(level(0, "%1", start="3", suff="nothing")) + instance(),
        [(1, 0)],
        ["3"],
    ),
    "digits at every level of a legal one": (
        definition(level(0, "第%1章", **CHINESE), level(1, "%1.%2", isLgl="1", start="1")) + instance(),
        [(1, 0), (1, 1)],
        ["第一章 ", "1.1 "],
    ),
    "a legal one that is switched off": (
        definition(level(0, "第%1章", **CHINESE), level(1, "%1.%2", isLgl="0", start="1")) + instance(),
        [(1, 0), (1, 1)],
        ["第一章 ", "一.1 "],
    ),
    "two lists of one definition count on": (
        OUTLINE + instance() + instance(2),
        [(1, 0), (2, 0), (1, 0)],
        ["一、", "二、", "三、"],
    ),
    "two lists of which one begins anew, once": (
        OUTLINE + instance() + instance(2, start_at(0, 1)),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        ["一、", "二、", "一、", "二、"],
    ),
    "a level begins anew where its list says": (
        OUTLINE + instance(1, start_at(1, 5)),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["一、", "一.5 ", "一.6 ", "二、", "二.5 "],
    ),
    "a list with a level of its own": (
        OUTLINE + instance(1, start_at(0, 2, level(0, "（%1）", **CHINESE))),
        [(1, 0), (1, 0)],
        ["（二）", "（三）"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_numbers_are_printed_as_word_prints_them(name: str) -> None:
    numbering, paragraphs, expected = CASES[name]
    assert printed(numbering, paragraphs) == expected


def style(name: str, inside: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr><w:numPr>{inside}</w:numPr></w:pPr></w:style>'
    )


LISTED, DEEPER = '<w:numId w:val="1"/>', '<w:ilvl w:val="1"/>'
BY_STYLE = definition(level(0, "%1、", start="1"), level(1, "（%2）", start="1", pStyle="Linked"))


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        (style("Linked", LISTED), "（1）"),
        (style("Linked", LISTED + DEEPER.replace("1", "0")), "1、"),
        (style("Other", LISTED + DEEPER), "（1）"),
        (style("Other", LISTED), "1、"),
    ],
)
def test_a_style_numbers_at_the_level_it_names_or_that_names_it(styles: str, expected: str) -> None:
    named = "Linked" if "Linked" in styles else "Other"
    assert printed(BY_STYLE + instance(), [(0, None)], styles, named) == [expected]


def test_a_definition_may_stand_with_the_list_of_a_style() -> None:
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Linked"/></w:abstractNum>'
    numbering = OUTLINE + linked + instance(1) + instance(2, defined=1)
    assert printed(numbering, [(2, 0), (1, 0)], style("Linked", LISTED)) == ["一、", "二、"]
    assert printed(numbering, [(2, 0)], style("Linked", LISTED.replace("1", "9"))) == [""]
