"""Templates as HTML, with what Jinja writes into them left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
MARK = "…"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """One tag of a template, with the elements that stand around and inside it."""

    tag: str
    line: int
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def ancestors(self) -> list[Element]:
        return [self.parent, *self.parent.ancestors()] if self.parent else []

    def descendants(self) -> list[Element]:
        return [found for child in self.children for found in (child, *child.descendants())]


class _Reader(HTMLParser):
    """Builds the elements; a tag left open by a macro is closed with its surroundings."""

    def __init__(self) -> None:
        super().__init__()
        self.current = self.root = Element("root", 0, {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, self.getpos()[0], attributes, self.current)
        self.current.children.append(element)
        if tag not in VOID:
            self.current = element

    def handle_endtag(self, tag: str) -> None:
        around = [self.current, *self.current.ancestors()]
        closed = next((element for element in around if element.tag == tag), None)
        if closed and closed.parent:
            self.current = closed.parent

    def handle_data(self, data: str) -> None:
        self.current.text += data


def _blank(match: re.Match[str]) -> str:
    """Keep the lines, so that places stay true; an expression leaves a mark, so that an attribute is not empty."""
    mark = MARK if match[0].startswith("{{") else " "
    return mark + "\n" * match[0].count("\n")


@cache
def elements(path: Path) -> list[Element]:
    """Return every element of the template at `path`, in reading order."""
    reader = _Reader()
    reader.feed(JINJA.sub(_blank, path.read_text(encoding="utf-8")))
    return reader.root.descendants()


def wording(path: Path) -> str:
    """Return the template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))
