"""Dividing a long matrix into pages: at the plan's headings, or after a number of departments. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.plan.core.tree import OTHER_MEASURES, PlanNode

# The plan of 2026 has 45 measures and 27 departments: it stays whole.
MEASURES_PER_PAGE = 60
DEPARTMENTS_PER_PAGE = 30


class FoundFilings(NamedTuple):
    """The number of filings found on a measure or of a department, and how many of them wait for the office.

    `heading_id` is the heading of the measure in the plan; None for a department.
    """

    member_id: int
    heading_id: int | None
    number: int
    waiting: int


@dataclass(frozen=True)
class MatrixPage:
    """The ids of the measures or departments on one page, and how many filings wait for the office there."""

    label: str
    members: frozenset[int]
    waiting: int = 0


def pages_at_headings(headings: Sequence[PlanNode], found: Iterable[FoundFilings]) -> list[MatrixPage]:
    """Return the pages of measures: one for all if they fit, else one for each part, and one for each section of a part
    that is too long.
    """
    below: dict[int | None, list[FoundFilings]] = {}
    for one in found:
        below.setdefault(one.heading_id, []).append(one)
    whole = page_of_found("", (one for ones in below.values() for one in ones))
    if len(whole.members) <= MEASURES_PER_PAGE:
        return [whole]
    known = {node.item.id for part in headings for node in heading_and_below(part)}
    loose = page_of_found(OTHER_MEASURES, (one for key in below.keys() - known for one in below[key]))
    cut = [one for part in headings for one in cut_at_heading(part, below, "")]
    return [one for one in (*cut, loose) if one.members]


def cut_at_heading(
    node: PlanNode, below: Mapping[int | None, Sequence[FoundFilings]], prefix: str
) -> list[MatrixPage]:
    """Return one page for a heading, or one for each heading below it if it is too long."""
    label = f"{prefix}{node.item.heading}"
    found = (one for heading in heading_and_below(node) for one in below.get(heading.item.id, ()))
    whole = page_of_found(label, found)
    if len(whole.members) <= MEASURES_PER_PAGE or not node.children:
        return [whole]
    own = page_of_found(label, below.get(node.item.id, ()))
    prefix = f"{prefix}{node.item.number}"
    return [own, *(one for child in node.children for one in cut_at_heading(child, below, prefix))]


def heading_and_below(node: PlanNode) -> Iterator[PlanNode]:
    yield node
    for child in node.children:
        yield from heading_and_below(child)


def pages_by_length(names: Mapping[int, str], found: Iterable[FoundFilings]) -> list[MatrixPage]:
    """Return the pages of departments, in the order of `names`."""
    by_member = {one.member_id: one for one in found}
    shown = [key for key in names if key in by_member]
    pages = []
    for start in range(0, max(len(shown), 1), DEPARTMENTS_PER_PAGE):
        keys = shown[start : start + DEPARTMENTS_PER_PAGE]
        label = f"{names[keys[0]]}—{names[keys[-1]]}" if keys else ""
        pages.append(page_of_found(label, (by_member[key] for key in keys)))
    return pages


def page_of_found(label: str, found: Iterable[FoundFilings]) -> MatrixPage:
    ones = list(found)
    return MatrixPage(label, frozenset(one.member_id for one in ones), sum(one.waiting for one in ones))
