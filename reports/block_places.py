"""Where the blocks of a text came to lie: an editor who changes one wants to see it on its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WHOLE = 1000


@dataclass(frozen=True)
class BlockPlace:
    """The part of a page that a block takes up, or begins or goes on in.

    block: its index in the body.
    page: from 1.
    top, height: in thousandths of the page's height, from its upper edge.
    """

    block: int
    page: int
    top: int
    height: int


def places_of_blocks(text: Any) -> tuple[BlockPlace, ...]:
    """Return where each block of the body lies in WeasyPrint's laid-out document, page by page."""
    return tuple(
        BlockPlace(
            block, number, round(WHOLE * top / page.height), round(WHOLE * (bottom - top) / page.height)
        )
        for number, page in enumerate(text.pages, start=1)
        for block, (top, bottom) in _block_spans(page).items()
    )


def _block_spans(page: Any) -> dict[int, tuple[float, float]]:
    """Top and bottom of each block on a page, in its pixels; a block may be several elements."""
    spans: dict[int, tuple[float, float]] = {}
    for box in _body_boxes(page):
        block, top = int(box.element.get("data-block")), box.border_box_y()
        before = spans.get(block, (top, top))
        spans[block] = (min(top, before[0]), max(top + box.border_height(), before[1]))
    return spans


def _body_boxes(page: Any) -> Iterator[Any]:
    """The elements of the body on a page; WeasyPrint gives no public way to its boxes."""
    content = page._page_box.children[0].children[0]
    for main in content.children:
        if main.element_tag == "main":
            yield from (
                box for box in main.children if box.element is not None and box.element.get("data-block")
            )
