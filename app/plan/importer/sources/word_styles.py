"""What a Word document's styles say of a paragraph (ECMA-376 part 1, 17.7): each style inherits from one other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)", re.IGNORECASE)
BODY_LEVEL = 9  # outlineLvl of ordinary text
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class WordStyle:
    """A style with what it inherits: `outline_level` counts from 1 and is 0 for text, `number` is (list, level)."""

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
    """The styles of a document by their ids."""

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
        """Return a style, by default that of paragraphs without one."""
        wanted = style_id if style_id in self.elements else self.default
        if wanted not in self.known:
            self.known[wanted] = self.resolve_style(wanted)
        return self.known[wanted]

    def run_style(self, style_id: str | None) -> WordStyle:
        """Return a style of characters; text without one has none."""
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
    """Return what a style says, and for the rest what the one above it said."""
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
    """Return the outline level that w:pPr sets, from 1, or 0 for text; None where it sets none."""
    value = value_of(properties.find(f"{W}outlineLvl")) if properties is not None else None
    if value is None or not value.isdecimal():
        return None
    return 0 if int(value) >= BODY_LEVEL else int(value) + 1


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and its level, from 0, that w:pPr sets; each None where it sets none."""
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None, None
    level = value_of(number.find(f"{W}ilvl"))
    return value_of(number.find(f"{W}numId")), int(level) if level and level.isdecimal() else None


def toggle_of(properties: Any, name: str, otherwise: bool) -> bool:
    """Return whether w:rPr turns something on, such as bold type."""
    element = properties.find(f"{W}{name}") if properties is not None else None
    return otherwise if element is None else is_on(element.get(f"{W}val", "1"))


def is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in ("0", "false", "off", "none")


def value_of(element: Any) -> str | None:
    """Return the w:val of an element, or None where there is none."""
    found: str | None = element.get(f"{W}val") if element is not None else None
    return found
