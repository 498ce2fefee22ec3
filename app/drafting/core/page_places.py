"""Where the blocks of a draft are printed, as the page on which they are edited shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class PlaceOnPage(NamedTuple):
    """The part of a page that a block takes: its id, top and height in thousandths, and whether it begins there."""

    block: int
    top: int
    height: int
    begins: bool


def by_page(places: Iterable[Sequence[int]]) -> dict[int, list[PlaceOnPage]]:
    """Return, by the page's number, what lies on it from top to bottom.

    places: as they are kept with a file, in the order of the pages: block, page, top, height.
    """
    pages: dict[int, list[PlaceOnPage]] = {}
    met: set[int] = set()
    for block, page, top, height in places:
        pages.setdefault(page, []).append(PlaceOnPage(block, top, height, begins=block not in met))
        met.add(block)
    return pages
