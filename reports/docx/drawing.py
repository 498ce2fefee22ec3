"""A chart's SVG as pixels: Word before 2016 and WPS show no SVG.

Knows just what `reports.charts` draws with: rectangles, straight lines and text. So the chart looks alike on the
screen, in the PDF and in Word, and is drawn in one place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

from lxml import etree
from PIL import Image, ImageDraw, ImageFont

from reports.fonts import Family
from reports.plaintext import written

DOTS_PER_MM = 16
DOTS_PER_INCH = DOTS_PER_MM * 25.4
LINES = re.compile(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)")
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def picture(svg: str, family: Family) -> bytes:
    """Draw a chart's SVG as a PNG in greys, about 400 dots to the inch; texts in the letters of a family.

    Raises FontError for a character that neither face of the family has.
    """
    root = etree.fromstring(written(svg))
    width, height = root.attrib["viewBox"].split()[2:]
    image = Image.new("L", (_dots(width), _dots(height)), "white")
    Painter(ImageDraw.Draw(image), family, float(root.attrib["font-size"])).paint(root)
    stream = BytesIO()
    image.save(stream, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return stream.getvalue()


def _dots(length: float | str) -> int:
    """Millimetres in dots."""
    return round(float(length) * DOTS_PER_MM)


@lru_cache
def _letters(path: Path, size: float) -> ImageFont.FreeTypeFont:
    """A face at a size in mm."""
    return ImageFont.truetype(path, size * DOTS_PER_MM)


@dataclass(frozen=True)
class Painter:
    """Paints the elements of a drawing; lengths in them are mm."""

    canvas: ImageDraw.ImageDraw
    family: Family
    text_size: float

    def paint(self, root: etree._Element) -> None:
        """All elements, one over the other."""
        for element in root:
            shape = dict(element.attrib)
            match etree.QName(element).localname:
                case "rect":
                    self._rectangle(shape)
                case "path":
                    self._lines(shape)
                case "text":
                    self._text(element.text or "", shape)

    def _rectangle(self, shape: Mapping[str, str]) -> None:
        left, top = _dots(shape["x"]), _dots(shape["y"])
        right, bottom = left + _dots(shape["width"]), top + _dots(shape["height"])
        stroke = _dots(shape.get("stroke-width", 0))
        self.canvas.rectangle((left, top, right, bottom), shape["fill"], shape.get("stroke"), stroke)

    def _lines(self, shape: Mapping[str, str]) -> None:
        for ends in LINES.findall(shape["d"]):
            self.canvas.line([_dots(place) for place in ends], shape["stroke"], _dots(shape["stroke-width"]))

    def _text(self, text: str, shape: Mapping[str, str]) -> None:
        """A text on its baseline, run by run in the face that has its characters."""
        size = float(shape.get("font-size", self.text_size))
        runs = [
            (_letters(face.path, size), "".join(characters))
            for face, characters in groupby(text, key=self.family.face_for)
        ]
        width = sum(letters.getlength(run) for letters, run in runs)
        left = _dots(shape["x"]) - ANCHORS[shape.get("text-anchor", "start")] * width
        for letters, run in runs:
            self.canvas.text((left, _dots(shape["y"])), run, shape.get("fill", "#000000"), letters, "ls")
            left += letters.getlength(run)
