"""Justifies lines to the edges of the type area, and keeps the rules of tables within it.

WeasyPrint stretches only spaces when it justifies a line. Here, a line's slack is distributed over the gaps between
its characters, except those within words, figures, —— and …….

On an upright page, the body's box extends half a gap beyond the type area above and below, since the ink of a
line of text leaves that much free. A table's rules have no such free space, so a table begins and ends half a gap
further in. On a landscape page, the box is the type area itself. Layouts that merely use a table, such as that of
签发人 with their names, have no rules and are not moved.

On each further page, a table has a line 续表 above its head, outside of its frame.

When WeasyPrint moves rows to the next page to keep them with what follows, it leaves the frame at its old height; it
also begins a row at the foot of a page even if only some of its cells have room. Both are corrected here.
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
NOTHING_YET = {0: None}  # WeasyPrint's resume position of a cell of which nothing is on the page yet
# A character after which the gap is not widened; characters of no width may be between it and the next.
CLOSED = re.compile(f"[!-~](?=[{ZERO_WIDTH}]*[!-~])|—(?=[{ZERO_WIDTH}]*—)|…(?=[{ZERO_WIDTH}]*…)")
HAS_INVISIBLE = re.compile(f"[{ZERO_WIDTH}]")
INVISIBLE = str.maketrans("", "", ZERO_WIDTH)
# A line whose gaps would have to be widened by more than this (ems) is not justified.
WIDEST_GAP = 0.22


def _without_zero_width(text: str) -> str:
    """Return a text without characters of no width; most texts have none."""
    return text if HAS_INVISIBLE.search(text) is None else text.translate(INVISIBLE)


def open_gaps(text: str, follower: str = "") -> int:
    """Return how many gaps of a text may be widened, with the one before the next character, `follower`."""
    visible = _without_zero_width(text)
    gaps = len(visible) if follower else max(0, len(visible) - 1)
    return gaps - len(CLOSED.findall(visible + follower))


class LineFilling:
    """Distributes a line's slack over its gaps; all lengths are in CSS pixels."""

    def __init__(self, texts: list[Any], slack: float) -> None:
        self.last = texts[-1]
        self.gaps: dict[Any, int] = {}
        follower = ""
        for box in reversed(texts):
            self.gaps[box] = open_gaps(box.text, follower)
            follower = (_without_zero_width(box.text) + follower)[:1]
        # The letter-spacing after the last character is invisible and may extend beyond the edge.
        self.overhang = self.last.pango_layout.shaped.letter_spacing
        self.share = (slack + self.overhang) / max(1, sum(self.gaps.values()))
        self.widest = WIDEST_GAP * texts[0].style["font_size"]

    def is_fillable(self) -> bool:
        """Whether there are gaps, and the slack is small enough for them."""
        return any(self.gaps.values()) and self.share <= self.widest

    def widen_box(self, box: Any, shift: float) -> float:
        """Move a box right by `shift`, widen its content, and return the shift of the next box."""
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
    """Justify a line to the right edge; replaces `weasyprint.layout.inline.justify_line`."""
    texts = line.children if isinstance(line, PlainLine) else list(_text_boxes(line))
    if not all(isinstance(box.pango_layout, ShapedLine) for box in texts):
        ordinary_filling(context, line, slack)
    elif texts and (filling := LineFilling(texts, slack)).is_fillable():
        filling.widen_box(line, 0.0)


def lay_out_table(context: Any, table: Any, bottom_space: float, *others: Any) -> Any:
    """Lay out the part of a table on a page; replaces `weasyprint.layout.table.table_layout`."""
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
    """Return the row that begins on a page although some of its cells have no room for a line, or None."""
    for group, rows in (resume_at or {}).items():
        for row, cells in (rows or {}).items():
            is_begun = not (skip_stack and (skip_stack.get(group) or {}).get(row))
            if is_begun and NOTHING_YET in (cells or {}).values():
                return table.children[group].children[row]
    return None


@contextmanager
def _row_kept_whole(row: Any) -> Iterator[None]:
    """Temporarily move a row to the next page as a whole; a row taller than a page is still broken there."""
    style = row.style
    row.style = style.copy()
    row.style["break_inside"] = "avoid"
    try:
        yield
    finally:
        row.style = style


@contextmanager
def _continuation_row_kept(table: Any, *, is_continued: bool) -> Iterator[None]:
    """Temporarily remove the row 续表 from a table's head, unless this part is a continuation."""
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
    """Make the frame of a table's later part begin below the row 续表."""
    head = part.children[0]
    if head.is_header and _says_continued(head.children[0]):
        height = head.children[0].height
        part.position_y += height
        part.height -= height


def break_earlier(context: Any, children: Any, *others: Any) -> Any:
    """Find an earlier page break; replaces `weasyprint.layout.block.find_earlier_page_break`.

    If it ends within a table, the table's frame is shortened to the rows that are left.
    """
    found = ordinary_break(context, children, *others)
    if found and found[0][-1].is_table_wrapper:
        wrapper = found[0][-1]
        table = wrapper.get_wrapped_table()
        before = table.height
        _end_at_last_row(table)
        wrapper.height -= before - table.height
    return found


def _end_at_last_row(table: Any) -> None:
    """Reduce the height of a table and its row groups to the rows that are left."""
    for group in table.children:
        row = group.children[-1]
        group.height = row.position_y + row.height - group.position_y
    table.height = group.position_y + group.height - table.content_box_y()
