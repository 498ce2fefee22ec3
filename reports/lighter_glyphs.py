"""Glyphs drawn again with thinner strokes: figures and letters of the stand-in face are too heavy beside its hanzi.

Only the outlines of these glyphs change, not their widths, and the face's bytes stay as many: to write the whole face
again would take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from struct import unpack_from

from fontTools.pens.basePen import AbstractPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]
END = b"\x0e"  # endchar (Adobe Technical Note 5177, 4.3)
SHARPEST = 0.25  # of a corner: what is pointed is not drawn in any further


def lighten_glyphs(content: bytes, characters: Iterable[str], inset: float) -> bytes:
    """Return a face in which the strokes of these characters are drawn in on either side by `inset` of its units.

    A face with other outlines than CFF is returned as it is.
    """
    font = TTFont(BytesIO(content), fontNumber=0, lazy=True)
    if "CFF " not in font:
        return content
    outlines = font["CFF "].cff[0]
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    # What only vertical writing and the like ask for is not drawn, and leaves its bytes.
    lighter = dict.fromkeys({*order.values()} - {order[name] for name in names.values()} - {0}, END)
    for character in characters:
        name = names[ord(character)]
        pen = RecordingPen()
        glyphs[name].draw(pen)
        lighter[order[name]] = charstring_of(pen.value, outlines.CharStrings[name], inset)
    start = font.reader.tables["CFF "].offset + outlines.rawDict["CharStrings"]
    return exchange_outlines(content, start, lighter)


def charstring_of(drawn: Sequence[Segment], known: object, inset: float) -> bytes:
    """Return a glyph's outline, as it was drawn, with thinner strokes, as the face keeps outlines."""
    known.decompile()  # type: ignore[attr-defined]
    private, width = known.private, known.width  # type: ignore[attr-defined]
    pen = T2CharStringPen(None if width == private.defaultWidthX else width - private.nominalWidthX, None)
    draw_outline(drawn, (inset, inset), pen)
    made = pen.getCharString(private, [])
    made.compile()
    program: bytes = made.bytecode
    return program


def draw_outline(drawn: Iterable[Segment], inset: Point, pen: AbstractPen) -> None:
    """Draw the contours of a glyph, as a pen recorded them, each moved to its left.

    inset: how far upright strokes move sideways, and lying ones up or down.
    """
    contour: list[Segment] = []
    for name, points in drawn:
        if name in ("closePath", "endPath"):
            draw_contour(contour, inset, pen)
            contour = []
        else:
            contour.append((name, points))


def draw_contour(contour: Sequence[Segment], inset: Point, pen: AbstractPen) -> None:
    """Draw a contour moved to its left, where the ink is (Adobe Technical Note 5177, 2.3)."""
    points = [point for _, part in contour for point in part]
    if points[-1] == points[0]:
        moved = inset_points(points[:-1], inset)
        moved.append(moved[0])
    else:
        moved = inset_points(points, inset)
    left = iter(moved)
    for name, part in contour:
        getattr(pen, name)(*(next(left) for _ in part))
    pen.closePath()


def inset_points(points: Sequence[Point], inset: Point) -> list[Point]:
    """Return the points of a closed contour, each moved to the left of the way that leads through it."""
    moved = []
    for place, point in enumerate(points):
        before = next(one for one in (points[place - step] for step in range(1, len(points))) if one != point)
        after = next(
            one
            for one in (points[(place + step) % len(points)] for step in range(1, len(points)))
            if one != point
        )
        arriving, leaving = unit_left(before, point), unit_left(point, after)
        bend = 1 + arriving[0] * leaving[0] + arriving[1] * leaving[1]
        sharpness = max(bend, SHARPEST)
        moved.append(
            (
                point[0] + inset[0] * (arriving[0] + leaving[0]) / sharpness,
                point[1] + inset[1] * (arriving[1] + leaving[1]) / sharpness,
            )
        )
    return moved


def unit_left(start: Point, end: Point) -> Point:
    """Return the direction to the left of the way from one point to another."""
    right, up = end[0] - start[0], end[1] - start[1]
    length = (right**2 + up**2) ** 0.5
    return -up / length, right / length


def exchange_outlines(content: bytes, start: int, changed: dict[int, bytes]) -> bytes:
    """Return a face with other outlines in the INDEX that begins at a place (Adobe Technical Note 5176, 5).

    It stays as long as it is, since all behind it is known by its place: a face whose changed outlines take more than
    they did is returned as it is.
    """
    (count,), size = unpack_from(">H", content, start), content[start + 2]
    first = start + 3
    data = first + (count + 1) * size - 1
    ends = [int.from_bytes(content[place : place + size]) for place in range(first, data + 1, size)]
    outlines = [content[data + begin : data + end] for begin, end in pairwise(ends)]
    spare = sum(len(outlines[number]) - len(outline) for number, outline in changed.items())
    if spare < 0:
        return content
    for number, outline in changed.items():
        outlines[number] = outline
    outlines[max(changed)] += END * spare
    offsets = accumulate(map(len, outlines), initial=1)
    index = b"".join(offset.to_bytes(size) for offset in offsets) + b"".join(outlines)
    return content[:first] + index + content[first + len(index) :]
