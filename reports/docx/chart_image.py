"""Converts a chart's SVG to PNG, since WPS and Word before 2016 cannot show SVG.

Supports only the elements that `reports.charts` uses: rectangles, straight lines and text. The chart is
defined in one place and looks the same on the screen, in the PDF and in Word.
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

from reports.fonts import FontFamily
from reports.plaintext import writable_text

DOTS_PER_MM = 16
DOTS_PER_INCH = DOTS_PER_MM * 25.4
LINES = re.compile(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)")
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def draw_png(svg: str, family: FontFamily) -> bytes:
    """Draw a chart's SVG as a PNG of about 400 dots per inch, with its texts in this font family.

    Raises FontError for a character that no face of the family has.
    """
    root = etree.fromstring(writable_text(svg))
    width, height = root.attrib["viewBox"].split()[2:]
    image = Image.new("RGB", (_in_dots(width), _in_dots(height)), "white")
    ChartPainter(ImageDraw.Draw(image), family, float(root.attrib["font-size"])).paint_elements(root)
    stream = BytesIO()
    image.save(stream, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return stream.getvalue()


def _in_dots(length: float | str) -> int:
    """Convert millimetres to dots."""
    return round(float(length) * DOTS_PER_MM)


@lru_cache
def _sized_face(path: Path, size: float) -> ImageFont.FreeTypeFont:
    """Load a face at a size in mm."""
    return ImageFont.truetype(path, size * DOTS_PER_MM)


@dataclass(frozen=True)
class ChartPainter:
    """Paints the elements of an SVG, whose lengths are in mm, onto an image."""

    canvas: ImageDraw.ImageDraw
    family: FontFamily
    text_size: float

    def paint_elements(self, root: etree._Element) -> None:
        for element in root:
            shape = dict(element.attrib)
            match etree.QName(element).localname:
                case "rect":
                    self._paint_rectangle(shape)
                case "path":
                    self._paint_lines(shape)
                case "text":
                    self._paint_text(element.text or "", shape)

    def _paint_rectangle(self, shape: Mapping[str, str]) -> None:
        left, top = _in_dots(shape["x"]), _in_dots(shape["y"])
        right, bottom = left + _in_dots(shape["width"]), top + _in_dots(shape["height"])
        stroke = _in_dots(shape.get("stroke-width", 0))
        self.canvas.rectangle((left, top, right, bottom), shape["fill"], shape.get("stroke"), stroke)

    def _paint_lines(self, shape: Mapping[str, str]) -> None:
        for ends in LINES.findall(shape["d"]):
            self.canvas.line(
                [_in_dots(place) for place in ends], shape["stroke"], _in_dots(shape["stroke-width"])
            )

    def _paint_text(self, text: str, shape: Mapping[str, str]) -> None:
        """Paint a text on its baseline; each run of characters is set in a face that has them."""
        size = float(shape.get("font-size", self.text_size))
        runs = [
            (_sized_face(face.path, size), "".join(characters))
            for face, characters in groupby(text, key=self.family.face_for)
        ]
        width = sum(letters.getlength(run) for letters, run in runs)
        left = _in_dots(shape["x"]) - ANCHORS[shape.get("text-anchor", "start")] * width
        for letters, run in runs:
            self.canvas.text((left, _in_dots(shape["y"])), run, shape.get("fill", "#000000"), letters, "ls")
            left += letters.getlength(run)
