"""A TrueType face such as Chinese offices have: letters of an open face with quadratic outlines, under another name."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

UNITS, ASCENT, DESCENT = 1000, 880, -120
LARGEST_ERROR = 1.0


def write_truetype(path: Path, name: str, characters: str, *, like: Path) -> Path:
    """Write a TrueType face of that family name which has just some characters, drawn as another face draws them."""
    model = TTFont(like)
    drawings, names = model.getGlyphSet(), model.getBestCmap()
    wanted = {ord(character): names[ord(character)] for character in sorted({*characters, " "})}
    order = [".notdef", *dict.fromkeys(wanted.values())]
    glyphs = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        drawings[glyph].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[glyph] = pen.glyph()
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(wanted)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({glyph: model["hmtx"][glyph] for glyph in order})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": name, "psName": name})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost()
    builder.save(path)
    return path
