"""Paging of long lists. The rows are counted once, so that the reader knows how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from peewee import Model, ModelSelect

PAGE_LENGTH = 30

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list. `number` counts from 1 to `last`; an empty list has one empty page."""

    rows: list[Row]
    number: int
    last: int


def page_of(query: ModelSelect[Row], number: int, *, total: int | None = None) -> ListPage[Row]:
    """Return a page of an ordered query; a number beyond the end leads to the last page.

    total: the number of rows if it is known already.
    """
    last = max(1, -(-(query.count() if total is None else total) // PAGE_LENGTH))
    shown = min(max(1, number), last)
    return ListPage(list(query.paginate(shown, PAGE_LENGTH)), shown, last)
