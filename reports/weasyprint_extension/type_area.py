"""The type area: lines fill it from edge to edge, and tables keep their rules in it and end at their last row.

WeasyPrint stretches only spaces when it justifies a line. A line's slack is spread over the gaps between its
characters, not over those in words, figures, —— and …….

The box of an upright page holds lines of text, whose ink leaves half a gap free above the first line and below the
last one. A rule is ink up to its very edge, so a table begins and ends half a gap further in. That of a landscape page
is the type area. What is only set like a table has no rules, such as 签发人 with their names.

A table that goes on says so above its head (续表), on each further page and outside of its frame.

Where rows are taken back to stay with what follows them, WeasyPrint leaves the frame as long as it was with them. It
begins a row also where only its short cells have room.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PIXEL
from reports.weasyprint_extension.adjacent_marks import ZERO_WIDTH
from reports.weasyprint_extension.lines import PlainLine
from reports.weasyprint_extension.shaping import ShapedLine

ordinary_filling = inline.justify_line
ordinary_table = block.table_layout
ordinary_break = block.find_earlier_page_break

CONTINUED = "continued"
NOTHING_YET = {0: None}  # where a cell goes on of which a page shows nothing
# A character with which the gap behind it stays closed; what has no width may stand between the two.
CLOSED = re.compile(f"[!-~](?=[{ZERO_WIDTH}]*[!-~])|—(?=[{ZERO_WIDTH}]*—)|…(?=[{ZERO_WIDTH}]*…)")
HAS_INVISIBLE = re.compile(f"[{ZERO_WIDTH}]")
INVISIBLE = str.maketrans("", "", ZERO_WIDTH)
# A line that would be torn further apart than this (in ems for each gap) stays ragged.
WIDEST_GAP = 0.22


def _without_zero_width(text: str) -> str:
    """A text without what has no width; most have nothing of the kind."""
    return text if HAS_INVISIBLE.search(text) is None else text.translate(INVISIBLE)


def open_gaps(text: str, follower: str = "") -> int:
    """How many gaps of a text may be widened; also the one before the character that follows it on its line."""
    visible = _without_zero_width(text)
    gaps = len(visible) if follower else max(0, len(visible) - 1)
    return gaps - len(CLOSED.findall(visible + follower))


class LineFilling:
    """One line's slack, shared out among its gaps (all lengths in CSS pixels)."""

    def __init__(self, texts: list[Any], slack: float) -> None:
        self.last = texts[-1]
        self.gaps: dict[Any, int] = {}
        follower = ""
        for box in reversed(texts):
            self.gaps[box] = open_gaps(box.text, follower)
            follower = (_without_zero_width(box.text) + follower)[:1]
        # The letter-spacing behind the last character is not seen.
        self.overhang = self.last.pango_layout.shaped.letter_spacing
        self.share = (slack + self.overhang) / max(1, sum(self.gaps.values()))
        self.widest = WIDEST_GAP * texts[0].style["font_size"]

    def is_fillable(self) -> bool:
        """Whether there are gaps, and little enough slack not to tear the line apart."""
        return any(self.gaps.values()) and self.share <= self.widest

    def widen_box(self, box: Any, shift: float) -> float:
        """Move a box right by `shift`, widen what it holds, and return the shift of the box behind it."""
        if isinstance(box, boxes.TextBox):
            return self._widen_text(box, shift)
        if not isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.translate(shift, 0)
            return shift
        box.position_x += shift
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = self.widen_box(child, end)
        box.width += end - shift
        return end

    def _widen_text(self, text: Any, shift: float) -> float:
        widening: float = self.gaps[text] * self.share - (self.overhang if text is self.last else 0)
        text.pango_layout.spread = self.share
        text.position_x += shift
        text.width += widening
        return shift + widening


def _text_boxes(box: Any) -> Iterator[Any]:
    """The text boxes in a line, in reading order."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def fill_line(context: Any, line: Any, slack: float) -> None:
    """Make a line end at the right edge; takes the place of `weasyprint.layout.inline.justify_line`."""
    texts = line.children if isinstance(line, PlainLine) else list(_text_boxes(line))
    if not all(isinstance(box.pango_layout, ShapedLine) for box in texts):
        ordinary_filling(context, line, slack)
    elif texts and (filling := LineFilling(texts, slack)).is_fillable():
        filling.widen_box(line, 0.0)


def lay_out_table(context: Any, table: Any, bottom_space: float, *others: Any) -> Any:
    """Lay out what a page holds of a table; takes the place of `weasyprint.layout.table.table_layout`."""
    bottom_space += table.border_bottom_width
    if table.element_tag == "table" and context.page_bottom * MM_PER_PIXEL > standard.PAGE_WIDTH_MM:
        table.position_y = max(table.position_y, standard.TOP_MM / MM_PER_PIXEL)
        bottom_space += standard.HALF_GAP_MM / MM_PER_PIXEL
    skip_stack, *_ = others
    with _continuation_row_kept(table, is_continued=skip_stack is not None):
        part, resume_at, *rest = ordinary_table(context, table, bottom_space, *others)
        if row := _row_begun_in_part(table, skip_stack, resume_at):
            with _row_kept_whole(row):
                part, resume_at, *rest = ordinary_table(context, table, bottom_space, *others)
    if part and resume_at:
        _end_at_last_row(part)
    if part and skip_stack is not None:
        _begin_below_continuation(part)
    return part, resume_at, *rest


def _row_begun_in_part(table: Any, skip_stack: Any, resume_at: Any) -> Any:
    """The row that a page begins while some of its cells have no room for a line; None where there is none."""
    for group, rows in (resume_at or {}).items():
        for row, cells in (rows or {}).items():
            is_begun = not (skip_stack and (skip_stack.get(group) or {}).get(row))
            if is_begun and NOTHING_YET in (cells or {}).values():
                return table.children[group].children[row]
    return None


@contextmanager
def _row_kept_whole(row: Any) -> Iterator[None]:
    """Let a row go to the next page as a whole; one that is taller than a page is broken there."""
    style = row.style
    row.style = style.copy()
    row.style["break_inside"] = "avoid"
    try:
        yield
    finally:
        row.style = style


@contextmanager
def _continuation_row_kept(table: Any, *, is_continued: bool) -> Iterator[None]:
    """Leave out of a table's head, where it begins, the row that says that it goes on."""
    head = table.children[0] if table.children and table.children[0].is_header else None
    if is_continued or head is None or not _says_continued(head.children[0]):
        yield
        return
    rows = head.children
    head.children = rows[1:]
    try:
        yield
    finally:
        head.children = rows


def _says_continued(row: Any) -> bool:
    return row.element is not None and row.element.get("class") == CONTINUED


def _begin_below_continuation(part: Any) -> None:
    """Let the frame of what a further page holds begin below the row that says that the table goes on."""
    head = part.children[0]
    if head.is_header and _says_continued(head.children[0]):
        height = head.children[0].height
        part.position_y += height
        part.height -= height


def break_earlier(context: Any, children: Any, *others: Any) -> Any:
    """Break a page before its end; takes the place of `weasyprint.layout.block.find_earlier_page_break`."""
    found = ordinary_break(context, children, *others)
    if found and found[0][-1].is_table_wrapper:
        wrapper = found[0][-1]
        table = wrapper.get_wrapped_table()
        before = table.height
        _end_at_last_row(table)
        wrapper.height -= before - table.height
    return found


def _end_at_last_row(table: Any) -> None:
    """Make a table and its groups of rows as high as the rows that are left."""
    for group in table.children:
        row = group.children[-1]
        group.height = row.position_y + row.height - group.position_y
    table.height = group.position_y + group.height - table.content_box_y()
