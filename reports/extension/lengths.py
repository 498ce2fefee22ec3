"""Lengths and backgrounds of boxes without any: known at once, without looking at their style.

Lines and runs of text are anonymous boxes, thousands in a report, and twelve of the sixteen boxes in the margins of
each page are empty. (A style of its own that `::first-line` gave to a line would be overlooked.) What all lines and
runs have in common stands at their classes: written into each of them, it would be half of what they take.
"""

from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, inline

ordinary_lengths = inline.resolve_percentages
ordinary_backgrounds = background.layout_box_backgrounds

SIDES = ("left", "right", "top", "bottom")
# What resolving the lengths of an anonymous box always comes to.
ANONYMOUS_LENGTHS = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in SIDES},
    **{f"border_{side}_width": 0 for side in SIDES},
    "width": "auto",
    "min_width": 0,
    "max_width": inf,
    "height": "auto",
    "min_height": 0,
    "max_height": inf,
}
ANONYMOUS = (boxes.LineBox, boxes.TextBox)


def install_anonymous_lengths() -> None:
    """Let lines and runs of text have these lengths, and no background, where they have none of their own."""
    for kind in ANONYMOUS:
        for name, value in ANONYMOUS_LENGTHS.items():
            setattr(kind, name, value)
        kind.background = None


def resolve_lengths(box: Any, containing_block: Any) -> None:
    """Resolve a box's lengths; takes the place of `weasyprint.layout.percent.resolve_percentages`."""
    if isinstance(box, ANONYMOUS):
        for name in vars(box).keys() & ANONYMOUS_LENGTHS.keys():
            delattr(box, name)
    elif isinstance(box, boxes.MarginBox) and not box.is_generated:
        vars(box).update(ANONYMOUS_LENGTHS)
    else:
        ordinary_lengths(box, containing_block)


def lay_out_backgrounds(page: Any, box: Any, get_image: Any, *others: Any, **options: Any) -> None:
    """Lay out the background of a box and all in it; takes the place of WeasyPrint's `layout_box_backgrounds`."""
    if isinstance(box, ANONYMOUS):
        for child in box.children:
            lay_out_backgrounds(page, child, get_image)
    else:
        ordinary_backgrounds(page, box, get_image, *others, **options)
