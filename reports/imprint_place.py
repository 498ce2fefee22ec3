"""Where the imprint (版记) goes: on the foot of the last page, which is the back of the last sheet (7.4.1, 7.5).

The text is laid out first. Where it ends on an even, upright page with room left, the imprint joins it there.
Otherwise the imprint gets the next even page for itself; is that the back of a blank page, neither has a number.
A letter's imprint stands on the foot of whichever page is its last (10.1).
"""

from collections.abc import Callable
from copy import copy
from enum import Enum, auto
from typing import Any

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PIXEL

# Lays the imprint out: with a page number or none, behind a blank page or not.
LayImprint = Callable[[int | None, bool], Any]


class ImprintPlace(Enum):
    """The page that the imprint stands on: the text's last, the next one, or the back of a blank page."""

    WITH_TEXT = auto()
    NEXT_PAGE = auto()
    BEHIND_BLANK_PAGE = auto()


def add_imprint(text: Any, lay_imprint: LayImprint, on_back: bool = True) -> tuple[Any, ImprintPlace]:
    """Return WeasyPrint's laid-out document with the imprint on its last page, and which page that is.

    on_back: whether that must be the back of a sheet.
    """
    last_number = len(text.pages)
    needs_blank_page = on_back and last_number % 2 == 0
    imprint = lay_imprint(None if needs_blank_page else last_number + 1, needs_blank_page)
    joins = joins_text(text, imprint, on_back)
    _stand_on_foot(body_box(imprint.pages[-1]))
    if joins:
        pages = [*text.pages[:-1], _joined_pages(text.pages[-1], imprint.pages[-1])]
        return text.copy(pages), ImprintPlace.WITH_TEXT
    place = ImprintPlace.BEHIND_BLANK_PAGE if needs_blank_page else ImprintPlace.NEXT_PAGE
    return text.copy([*text.pages, *imprint.pages]), place


def _joined_pages(page: Any, imprint: Any) -> Any:
    """A page with what stands on the imprint's; it may be kept for another document, and is left as it is."""
    joined = copy(page)
    joined._page_box = page._page_box.copy_with_children(
        (*page._page_box.children, imprint._page_box.children[0])
    )
    return joined


def joins_text(text: Any, imprint: Any, on_back: bool) -> bool:
    """Whether the page on which the text ends is one for the imprint, and has room for it."""
    if on_back and len(text.pages) % 2:
        return False
    needed = _box_height(body_box(imprint.pages[-1])) + standard.LINE_PITCH_MM
    return _free_height(text.pages[-1]) >= needed


def body_box(page: Any) -> Any:
    """The box of a page's <body>; WeasyPrint gives no public way to it."""
    return page._page_box.children[0].children[0]


def _box_height(box: Any) -> float:
    return float(box.margin_height()) * MM_PER_PIXEL


def _free_height(page: Any) -> float:
    """What is left between a page's text and the bottom of the type area; nothing on a landscape page (mm)."""
    if page.width > page.height:
        return 0.0
    content = body_box(page)
    return standard.TYPE_AREA_BOTTOM_MM - float(content.position_y) * MM_PER_PIXEL - _box_height(content)


def _stand_on_foot(content: Any) -> None:
    """Move the imprint down until its last line ends on the bottom of the type area."""
    foot = standard.TYPE_AREA_BOTTOM_MM / MM_PER_PIXEL
    content.translate(0, foot - content.position_y - content.margin_height())
