"""Where the blocks of a document's body lie on its pages, for who edits it beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from reports.imprint_place import body_box
from reports.weasyprint_extension.type_area import INVISIBLE

FEW_CHARACTERS = 3  # two and a mark: the text is set so that no line has fewer (`reports.line_breaks`)
WHOLE = 1000  # the height of a page: where blocks lie is measured in thousandths of it


@dataclass(frozen=True)
class BlockPlace:
    """The part of a page that a block takes up, or begins or goes on in.

    block: its index in the body.
    page: from 1.
    top, height: in thousandths of the page's height, from its upper edge.
    last_line: of a text that ends here, how many characters the last line has of a paragraph of several lines, where
        they are few (`FEW_CHARACTERS`); else 0.
    """

    block: int
    page: int
    top: int
    height: int
    last_line: int = 0

    @property
    def numbers(self) -> list[int]:
        """Block, page, top, height, and the last line's characters where they are few."""
        return [self.block, self.page, self.top, self.height, *([self.last_line] if self.last_line else [])]


def places_of_blocks(text: Any) -> tuple[BlockPlace, ...]:
    """Return where each block of the body lies in WeasyPrint's laid-out document, page by page."""
    places = [
        BlockPlace(
            block, number, round(WHOLE * top / page.height), round(WHOLE * (bottom - top) / page.height)
        )
        for number, page in enumerate(text.pages, start=1)
        for block, (top, bottom) in _block_spans(page).items()
    ]
    short, last = _short_last_lines(text), {place.block: index for index, place in enumerate(places)}
    for block, characters in short.items():
        places[last[block]] = replace(places[last[block]], last_line=characters)
    return tuple(places)


def _short_last_lines(text: Any) -> dict[int, int]:
    """How many characters the shortest last line has of each block with a paragraph that ends in a line of few."""
    lines: dict[Any, list[Any]] = {}
    for page in text.pages:
        for box in _body_boxes(page):
            found = [line for line in box.children if isinstance(line, boxes.LineBox)]
            lines.setdefault(box.element, []).extend(found)
    short: dict[int, int] = {}
    for element, found in lines.items():
        block, count = int(element.get("data-block")), _characters_of_line(found[-1]) if len(found) > 1 else 0
        if 0 < count <= FEW_CHARACTERS:
            short[block] = min(count, short.get(block, count))
    return short


def _characters_of_line(line: Any) -> int:
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return sum(len(text.translate(INVISIBLE).strip()) for text in texts)


def _block_spans(page: Any) -> dict[int, tuple[float, float]]:
    """Top and bottom of each block on a page, in its pixels; a block may be several elements."""
    spans: dict[int, tuple[float, float]] = {}
    for box in _body_boxes(page):
        block, top = int(box.element.get("data-block")), box.border_box_y()
        before = spans.get(block, (top, top))
        spans[block] = (min(top, before[0]), max(top + box.border_height(), before[1]))
    return spans


def _body_boxes(page: Any) -> Iterator[Any]:
    """The elements of the body on a page."""
    for main in body_box(page).children:
        if main.element_tag == "main":
            yield from (
                box for box in main.children if box.element is not None and box.element.get("data-block")
            )
