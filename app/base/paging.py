"""Long lists are shown a page at a time: counted once, so that a reader knows how far they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from peewee import Model, ModelSelect

PAGE_LENGTH = 30

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a long list. `number` counts from 1 to `last`; a list that holds nothing has one empty page."""

    rows: list[Row]
    number: int
    last: int


def page_of(query: ModelSelect[Row], number: int, *, total: int | None = None) -> ListPage[Row]:
    """Return a page of what an ordered query finds; a number beyond the list leads to its last page.

    total: how many there are, where that is known already; else they are counted.
    """
    last = max(1, -(-(query.count() if total is None else total) // PAGE_LENGTH))
    shown = min(max(1, number), last)
    return ListPage(list(query.paginate(shown, PAGE_LENGTH)), shown, last)
