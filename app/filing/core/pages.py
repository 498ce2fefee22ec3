"""How a long matrix is cut into pages: at the plan's own headings, or after so many departments. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.plan.queries import Node

# The plan of 2026 has 45 measures and 27 departments: it stays whole.
MEASURES, DEPARTMENTS = 60, 30
ELSEWHERE = "其他举措"  # that stand in no part


class Found(NamedTuple):
    """How many filings on a measure, or of a department, were found, and how many of them wait for the office.

    `heading_id` is where the measure stands in the plan; None for a department.
    """

    of: int
    heading_id: int | None
    number: int
    waiting: int


@dataclass(frozen=True)
class Page:
    """The measures or departments, by their ids, that stand on one page, and how much waits for the office there."""

    label: str
    members: frozenset[int]
    waiting: int = 0


def at_headings(headings: Sequence[Node], found: Iterable[Found]) -> list[Page]:
    """Return the pages of the measures that were found: one for all of them, else one for each part, and for each
    section of a part that is too long itself.
    """
    below: dict[int | None, list[Found]] = {}
    for one in found:
        below.setdefault(one.heading_id, []).append(one)
    whole = page("", (one for ones in below.values() for one in ones))
    if len(whole.members) <= MEASURES:
        return [whole]
    known = {node.item.id for part in headings for node in all_below(part)}
    loose = page(ELSEWHERE, (one for key in below.keys() - known for one in below[key]))
    cut = [one for part in headings for one in cut_at(part, below, "")]
    return [one for one in (*cut, loose) if one.members]


def cut_at(node: Node, below: Mapping[int | None, Sequence[Found]], prefix: str) -> list[Page]:
    """Return one page for a heading, or one for each heading below it where that would be too long."""
    label = f"{prefix}{node.item.heading}"
    found = (one for heading in all_below(node) for one in below.get(heading.item.id, ()))
    whole = page(label, found)
    if len(whole.members) <= MEASURES or not node.children:
        return [whole]
    own = page(label, below.get(node.item.id, ()))
    prefix = f"{prefix}{node.item.number}"
    return [own, *(one for child in node.children for one in cut_at(child, below, prefix))]


def all_below(node: Node) -> Iterator[Node]:
    """Yield a heading and every heading below it."""
    yield node
    for child in node.children:
        yield from all_below(child)


def by_length(names: Mapping[int, str], found: Iterable[Found]) -> list[Page]:
    """Return the pages of the departments that were found, in the order of `names`."""
    of = {one.of: one for one in found}
    shown = [key for key in names if key in of]
    pages = []
    for start in range(0, max(len(shown), 1), DEPARTMENTS):
        keys = shown[start : start + DEPARTMENTS]
        label = f"{names[keys[0]]}—{names[keys[-1]]}" if keys else ""
        pages.append(page(label, (of[key] for key in keys)))
    return pages


def page(label: str, found: Iterable[Found]) -> Page:
    """Return the page of what was found."""
    ones = list(found)
    return Page(label, frozenset(one.of for one in ones), sum(one.waiting for one in ones))
