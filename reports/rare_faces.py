"""Faces of one rare hanzi each: drawn as the face around it would draw it, as high, as wide and as strong.

What stands behind a face has other strokes: those of FandolFang are half as strong as Noto Serif's, and a name that is
set in both looks as if somebody had made it bold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from statistics import fmean, median

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from PIL import Image, ImageDraw, ImageFont

from reports.font_files import FontFace
from reports.fonts import HANZI, USUAL_HANZI, FontFamily
from reports.lighter_glyphs import draw_outline

EM = 1000
PIXELS = 320  # an em, where strokes are measured
INK = re.compile(b"\xff+")
NO_GLYPH, GLYPH = ".notdef", "hanzi"

# How wide the strokes are that stand upright, and how high those that lie, in ems.
StrokeWidths = tuple[float, float]


@lru_cache(maxsize=256)
def stroke_widths(face: FontFace, characters: str) -> StrokeWidths:
    """Return the strokes of some characters of a face, by their ink."""
    font = ImageFont.truetype(face.path, PIXELS, layout_engine=ImageFont.Layout.BASIC)
    widths, heights = zip(*(strokes_of_character(font, one) for one in characters), strict=True)
    return fmean(widths) / PIXELS, fmean(heights) / PIXELS


def strokes_of_character(font: ImageFont.FreeTypeFont, character: str) -> StrokeWidths:
    image = Image.new("L", (3 * PIXELS // 2, 3 * PIXELS // 2))
    ImageDraw.Draw(image).text((PIXELS // 4, PIXELS // 4), character, fill=255, font=font)
    inked = image.point([0] * 128 + [255] * 128)
    return usual_run(inked), usual_run(inked.transpose(Image.Transpose.TRANSPOSE))


def usual_run(image: Image.Image) -> float:
    """Return how many pixels of ink usually stand side by side in a picture's lines."""
    width, pixels = image.width, image.tobytes()
    lines = (pixels[start : start + width] for start in range(0, len(pixels), width))
    return median([len(run) for line in lines for run in INK.findall(line)] or [0])


def rare_face(character: str, family: FontFamily) -> bytes:
    """Return a face that has a character alone, as the main face of its family would draw it.

    Raises FontError where no face of the family has it.
    """
    face = family.face_for(character)
    scale, lift = family.fit_to_main(face)
    units = EM / face.units_per_em * scale
    room = 1.0 if HANZI.match(character) else scale * face.advance_width(character)
    indent = EM * (room - scale * face.advance_width(character)) / 2
    outline = T2CharStringPen(round(EM * room), None)
    placed = TransformPen(outline, (units, 0, 0, units, indent, EM * scale * lift))
    drawn = DecomposingRecordingPen(face.glyphs)
    face.draw_character(character, drawn)
    draw_outline(drawn.value, insets_of(character, face, family), placed)
    return face_of_glyph(character, outline.getCharString(), round(EM * room), family)


def insets_of(character: str, face: FontFace, family: FontFamily) -> tuple[float, float]:
    """Return by how much to draw a character's strokes in, on either side, for them to be those of the main face.

    They change in the same proportion as those of usual hanzi: of many strokes, each is thinner.
    """
    scale, _ = family.fit_to_main(face)
    known = family.measured_face(face)
    if known is None or not family.main.characters.issuperset(USUAL_HANZI):
        return 0.0, 0.0
    wanted, usual = stroke_widths(family.main, USUAL_HANZI), stroke_widths(known, USUAL_HANZI)
    own = stroke_widths(face, character)
    side = 1 if face.has_ink_on_the_left else -1
    sideways, upright = (
        side * face.units_per_em * width * (1 - want / (scale * before)) / 2
        for width, want, before in zip(own, wanted, usual, strict=True)
    )
    return sideways, upright


def face_of_glyph(character: str, outline: object, advance: int, family: FontFamily) -> bytes:
    ascent, descent = (round(EM * edge) for edge in family.main.line_edges)
    built = FontBuilder(EM, isTTF=False)
    built.setupGlyphOrder([NO_GLYPH, GLYPH])
    built.setupCharacterMap({ord(character): GLYPH})
    nothing = T2CharStringPen(EM, None).getCharString()
    built.setupCFF(f"{family.role}-{ord(character):x}", {}, {NO_GLYPH: nothing, GLYPH: outline}, {})
    built.setupHorizontalMetrics({NO_GLYPH: (EM, 0), GLYPH: (advance, 0)})
    built.setupHorizontalHeader(ascent=ascent, descent=descent)
    built.setupNameTable({"familyName": f"{family.role}-{ord(character):x}", "styleName": "Regular"})
    built.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    built.setupPost()
    built.updateHead(created=0, modified=0)  # the same document gives the same bytes
    built.font.recalcTimestamp = False
    content = BytesIO()
    built.save(content)
    return content.getvalue()
