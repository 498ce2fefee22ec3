"""Draws lines of already shaped text with their known glyphs; WeasyPrint would shape the text again."""

from typing import Any

from weasyprint.draw import text as weasyprint_text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from reports.weasyprint_extension.shaping import ShapedLine, ShapedText
from reports.weasyprint_extension.type_area import CLOSED

ordinary_drawing = weasyprint_text.draw_text


class GlyphCodes(dict[tuple[int, int, str], str]):
    """The PDF code of each glyph of a face at one size, by its number, its width and the text that it prints.

    A glyph that is used for the first time is added to the PDF's font. If a glyph's width differs from that in the
    font, its code is followed by a correction in thousandths of the size.
    """

    def __init__(self, font: Any, size: float, text: ShapedText) -> None:
        super().__init__()
        self.font = font
        self.size = size
        self.text = text  # any text in this face

    def __missing__(self, glyph: tuple[int, int, str]) -> str:
        number, width, piece = glyph
        thousandths = width * FROM_UNITS * 1000 / self.size
        if number == pango.PANGO_GLYPH_EMPTY:
            code, natural = "", 0
        else:
            self.font.to_unicode.setdefault(number, piece)
            code, natural = f"{number:04x}", self._natural_width(number)
        correction = round(natural - thousandths, 1)
        self[glyph] = f"{code}>{correction}<" if correction else code
        return self[glyph]

    def _natural_width(self, number: int) -> int:
        """Return a glyph's width in the PDF's font, in thousandths of the size."""
        widths: dict[int, int] = self.font.widths
        if number not in widths:
            extents = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self.text.glyphs.font, number, ffi.NULL, extents)
            widths[number] = round(extents.width * 1000 * FROM_UNITS / self.size)
        return widths[number]


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Draw a line's text; replaces `weasyprint.draw.draw_text`.

    Text decorations need no handling: plain texts (`shaping.is_plain`) have none.
    """
    cut, style = textbox.pango_layout, textbox.style
    if isinstance(cut, ShapedLine):
        if style["visibility"] != "visible" or not textbox.text.strip():
            return
        font, size = _font_of_line(stream, cut)
        is_coloured = font.bitmap or font.png or font.svg or font.colr
        if text_overflow == "clip" and block_ellipsis == "none" and not is_coloured:
            stream.set_color(style["color"])
            stream.begin_text()
            _draw_cut(stream, cut, font, size, (textbox.position_x, textbox.position_y + textbox.baseline))
            stream.end_text()
            return
        textbox.pango_layout = Layout(style, max_width=cut.max_width)
        textbox.pango_layout.set_text(textbox.text)
    ordinary_drawing(stream, textbox, offset_x, text_overflow, block_ellipsis)


def _font_of_line(stream: Any, cut: ShapedLine) -> tuple[Any, float]:
    """Return the PDF's font for a line and the type size; the first line in a face adds its font."""
    metrics = cut.shaped.metrics
    font = stream._fonts.get(metrics.font_key)
    return (font, metrics.font_size) if font else stream.add_font(cut.shaped.glyphs.font)


def _draw_cut(stream: Any, cut: ShapedLine, font: Any, size: float, place: tuple[float, float]) -> None:
    """Draw a line's glyphs from a point on its baseline, each followed by the line's spacing.

    The PDF operators are written directly, since pydyf does not support the one for the spacing (Tc).
    """
    stream.set_font_size(font.hash, size)
    spacing = cut.shaped.letter_spacing + cut.spread
    x, y = place
    shown = f"1 0 0 -1 {x:.4f} {y:.4f} Tm\n[<{''.join(_codes_of_line(cut, font, size))}>] TJ"
    stream.stream.append((f"{spacing:.4f} Tc\n{shown}\n0 Tc" if spacing else shown).encode())


def _codes_of_line(cut: ShapedLine, font: Any, size: float) -> list[str]:
    """Return the codes of a line's glyphs; in a justified line, the spread is undone in gaps that stay closed."""
    text, part = cut.shaped, slice(cut.start, cut.end)
    writings = vars(font).setdefault("writings", {})
    writing = writings.setdefault(size, GlyphCodes(font, size, text))
    pieces = text.pieces[part]
    glyphs = zip(text.glyphs.numbers[part], text.glyphs.widths[part], pieces, strict=True)
    codes = list(map(writing.__getitem__, glyphs))
    if cut.spread:
        back = f">{cut.spread * 1000 / size:.2f}<"
        firsts = pieces if isinstance(pieces, str) else "".join(piece[0] for piece in pieces)
        for closed in CLOSED.finditer(firsts):
            codes[closed.start()] += back
    return codes
