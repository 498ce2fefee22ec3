"""Lines cut from texts that are shaped once; what WeasyPrint works out again for each line is known here beforehand.

A line that holds nothing but a part of one plain text, as nearly all do, is put together at once. Others go
WeasyPrint's way and only have their texts cut here.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from reports.weasyprint_extension.shaping import ShapedLine, ShapedText, shaped_text_of

ordinary_text = inline.split_text_box
ordinary_line = inline.get_next_linebox

# A sum of widths may differ a little from the whole, as in WeasyPrint's split_inline_box.
TOLERANCE = 1 + 1e-9


def split_text(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, bool]:
    """Cut a text box's next line; takes the place of `weasyprint.layout.inline.split_text_box`."""
    text = shaped_text_of(box)
    if text is None:
        split: tuple[Any, int | None, bool] = ordinary_text(
            context, box, available_width, skip, is_line_start=is_line_start
        )
        return split
    cut = text.cut_line(skip, available_width, is_line_start)
    return (_text_box(box, cut) if cut.end > cut.start else None), cut.resume, False


def next_line(context: Any, linebox: Any, position_y: float, *others: Any) -> tuple[Any, Any]:
    """Lay out a paragraph's next line; takes the place of `weasyprint.layout.inline.get_next_linebox`."""
    _, skip_stack, block, _, _, letter_style, line_style = others
    is_ordinary = context.excluded_shapes or letter_style or line_style
    rest = None if is_ordinary else _remaining_text(linebox, skip_stack)
    if rest is None:
        line: tuple[Any, Any] = ordinary_line(context, linebox, position_y, *others)
        return line
    box, text, skip = rest
    left, indent = block.content_box_x(), linebox.text_indent
    cut = text.cut_line(skip, (left + block.width) * TOLERANCE - left - indent, is_line_start=True)
    resume_at = None if cut.resume is None else {len(linebox.children) - 1: {cut.resume: None}}
    return _plain_line(context, linebox, position_y, block, _text_box(box, cut)), resume_at


def _remaining_text(linebox: Any, skip_stack: Any) -> tuple[Any, ShapedText, int] | None:
    """The plain text that is all there is left of a paragraph, and the byte to go on from; None if there is more."""
    index, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
    skip = next(iter(inner)) if inner else 0
    if index != len(linebox.children) - 1 or not isinstance(linebox.children[index], boxes.TextBox):
        return None
    box = linebox.children[index]
    text = shaped_text_of(box)
    if text is None or text.piece_at(skip) in ("", " ") or text.text.endswith(" "):
        return None
    return box, text, skip


def _plain_line(context: Any, linebox: Any, position_y: float, block: Any, text: Any) -> Any:
    """A line of a paragraph that holds one text box; both on one baseline (CSS 2.1, 10.8.1)."""
    line = linebox.copy()
    line.children = [text]
    cut, metrics = text.pango_layout, text.pango_layout.shaped.metrics
    line.position_x = block.content_box_x()
    text.position_x = line.position_x + linebox.text_indent
    line.width = linebox.text_indent + text.width
    shift = inline.text_align(context, line, block.width, cut.resume is None)
    line.position_x += shift
    text.position_x += shift
    line.baseline = max(metrics.strut_baseline, metrics.baseline)
    line.height = line.baseline + metrics.line_height - min(metrics.strut_baseline, metrics.baseline)
    line.position_y = position_y
    text.position_y = position_y + line.baseline - metrics.baseline
    return line


def _text_box(box: Any, cut: ShapedLine) -> Any:
    metrics = cut.shaped.metrics
    text = box.copy_with_text(cut.text)
    text.pango_layout = cut
    text.width, text.height = cut.width, metrics.height
    text.margin_top = text.margin_bottom = metrics.half_leading
    text.baseline = metrics.baseline
    return text
