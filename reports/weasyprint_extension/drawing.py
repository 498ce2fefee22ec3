"""Drawing lines that were cut from a shaped text: their glyphs are known, WeasyPrint would shape them again."""

from typing import Any

from weasyprint.draw import text as weasyprint_text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from reports.weasyprint_extension.shaping import ShapedLine, ShapedText
from reports.weasyprint_extension.type_area import CLOSED

ordinary_drawing = weasyprint_text.draw_text


class GlyphCodes(dict[tuple[int, int, str], str]):
    """How each glyph of a face is written at one size, by its number, its width and what it prints.

    A glyph met for the first time is entered in the PDF's font. Where a glyph is not as wide as its font says, a
    correction in thousandths of the size follows it.
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
        """A glyph's width in the PDF's font, in thousandths of the size."""
        widths: dict[int, int] = self.font.widths
        if number not in widths:
            extents = ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self.text.glyphs.font, number, ffi.NULL, extents)
            widths[number] = round(extents.width * 1000 * FROM_UNITS / self.size)
        return widths[number]


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Draw a line's text; takes the place of `weasyprint.draw.draw_text`. A plain text has no line under or over it."""
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
    """The PDF's font for a line and its size: entered with the first line in its face."""
    metrics = cut.shaped.metrics
    font = stream._fonts.get(metrics.font_key)
    return (font, metrics.font_size) if font else stream.add_font(cut.shaped.glyphs.font)


def _draw_cut(stream: Any, cut: ShapedLine, font: Any, size: float, place: tuple[float, float]) -> None:
    """Show a line's glyphs from a place on its baseline on, each followed by the line's spacing.

    Written as it stands in the file: pydyf does not know the spacing (PDF's operator Tc).
    """
    stream.set_font_size(font.hash, size)
    spacing = cut.shaped.letter_spacing + cut.spread
    x, y = place
    shown = f"1 0 0 -1 {x:.4f} {y:.4f} Tm\n[<{''.join(_codes_of_line(cut, font, size))}>] TJ"
    stream.stream.append((f"{spacing:.4f} Tc\n{shown}\n0 Tc" if spacing else shown).encode())


def _codes_of_line(cut: ShapedLine, font: Any, size: float) -> list[str]:
    """A line's glyphs as they are written; in a filled line those before a closed gap take the spread back."""
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
