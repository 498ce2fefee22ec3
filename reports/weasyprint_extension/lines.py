"""Breaks texts that are shaped once into lines; WeasyPrint would compute the same again for each line.

Nearly all lines contain only a part of one plain text: they are built directly, as `PlainLine`. All others are laid
out by WeasyPrint, and only their texts are cut here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from reports.weasyprint_extension.shaping import ShapedLine, ShapedText, shaped_text_of

ordinary_text = inline.split_text_box
ordinary_lines = inline.iter_line_boxes

# Allows for rounding errors in sums of widths, as WeasyPrint's split_inline_box does.
TOLERANCE = 1 + 1e-9


class PlainLine(boxes.LineBox):
    """A line with one plain text; it hides its child from searches for backgrounds, anchors and the like."""

    def all_children(self) -> tuple[()]:
        return ()

    def descendants(self, *_: bool) -> Iterator[Any]:
        return iter((self, *self.children))

    def copy_with_children(self, new_children: list[Any]) -> Any:
        return self if new_children == self.children else super().copy_with_children(new_children)

    def translate(self, dx: float = 0, dy: float = 0, *_: bool) -> None:
        for box in (self, *self.children):
            box.position_x += dx
            box.position_y += dy


def split_text(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, bool]:
    """Cut a text box's next line; replaces `weasyprint.layout.inline.split_text_box`."""
    text = shaped_text_of(box)
    if text is None:
        split: tuple[Any, int | None, bool] = ordinary_text(
            context, box, available_width, skip, is_line_start=is_line_start
        )
        return split
    cut = text.cut_line(skip, available_width, is_line_start)
    return (_text_box(box, cut) if cut.end > cut.start else None), cut.resume, False


def lay_out_lines(
    context: Any, linebox: Any, position_y: float, bottom: float, resume_at: Any, block: Any, *others: Any
) -> Iterator[tuple[Any, Any]]:
    """Lay out a paragraph's lines; replaces `weasyprint.layout.inline.iter_line_boxes`.

    A line with more than one plain text, such as that of a run-in heading, is laid out by WeasyPrint.
    """
    *_, letter_style, line_style = others
    is_ordinary = context.excluded_shapes or letter_style or line_style
    while True:
        rest = None if is_ordinary else _remaining_text(linebox, resume_at)
        if rest is None:
            lines = ordinary_lines(context, linebox, position_y, bottom, resume_at, block, *others)
        else:
            inline.resolve_percentages(linebox, block)
            inline.resolve_one_percentage(linebox, "text_indent", block.width)
            if resume_at:
                linebox.text_indent = 0
            lines = _plain_lines(context, linebox, position_y, block, rest)
        for line, resume_at in lines:
            yield line, resume_at
            position_y = line.position_y + line.height
            if rest is None and not is_ordinary and resume_at and _remaining_text(linebox, resume_at):
                break
        if resume_at is None:
            return


class RemainingText(NamedTuple):
    """The rest of a paragraph if it is one plain text: its box, and the byte offset at which it continues."""

    box: Any
    shaped: ShapedText
    resume: int | None


def _remaining_text(linebox: Any, skip_stack: Any) -> RemainingText | None:
    """Return the rest of a paragraph if it is one plain text, else None.

    Also returns None if it begins or ends with a space, which is left to WeasyPrint.
    """
    index, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
    skip = next(iter(inner)) if inner else 0
    if index != len(linebox.children) - 1 or not isinstance(linebox.children[index], boxes.TextBox):
        return None
    box = linebox.children[index]
    text = shaped_text_of(box)
    if text is None or text.piece_at(skip) in ("", " ") or text.text.endswith(" "):
        return None
    return RemainingText(box, text, skip)


def _plain_lines(
    context: Any, linebox: Any, position_y: float, block: Any, rest: RemainingText
) -> Iterator[tuple[PlainLine, Any]]:
    """Lay out the lines of a plain text, up to one that would begin with a space.

    The text and the strut of a line share a baseline (CSS 2.1, 10.8.1).
    """
    box, shaped, resume = rest
    metrics, left, index = shaped.metrics, block.content_box_x(), len(linebox.children) - 1
    baseline = max(metrics.strut_baseline, metrics.baseline)
    height = baseline + metrics.line_height - min(metrics.strut_baseline, metrics.baseline)
    right = (left + block.width) * TOLERANCE
    common = vars(linebox) | {"baseline": baseline, "height": height}
    while resume is not None:
        indent, linebox.text_indent = linebox.text_indent, 0
        cut = shaped.cut_line(resume, right - left - indent, is_line_start=True)
        text = _text_box(box, cut)
        text.position_y = position_y + baseline - metrics.baseline
        line = PlainLine.__new__(PlainLine)
        line.__dict__ |= common
        line.children = [text]
        line.width, line.position_y = indent + text.width, position_y
        line.position_x, text.position_x = left, left + indent
        shift = inline.text_align(context, line, block.width, cut.resume is None)
        line.position_x += shift
        text.position_x += shift
        resume = cut.resume
        yield line, None if resume is None else {index: {resume: None}}
        if resume is not None and shaped.piece_at(resume) == " ":
            return
        position_y += height


def _text_box(box: Any, cut: ShapedLine) -> Any:
    metrics = cut.shaped.metrics
    text = box.copy_with_text(cut.text)
    text.pango_layout = cut
    text.width, text.height = cut.width, metrics.height
    text.margin_top = text.margin_bottom = metrics.half_leading
    text.baseline = metrics.baseline
    return text
