"""Font files: what one face offers, and where faces of a name lie on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from itertools import count
from pathlib import Path
from struct import pack
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.text.ffi import ffi, fontconfig

FONT_SUFFIXES = {".otf", ".ttf", ".ttc"}
CHARSET_OF_RANGES = 2  # Adobe Technical Note 5176, 13
FAMILY_NAME_IDS = (1, 4, 6, 16)


@dataclass(frozen=True)
class FontFace:
    """One font file. Lengths are ems, upwards from the baseline."""

    path: Path

    @cached_property
    def _opened_font(self) -> TTFont:
        return TTFont(self.path, fontNumber=0, lazy=True)

    @cached_property
    def units_per_em(self) -> int:
        return int(self._opened_font["head"].unitsPerEm)

    @cached_property
    def glyphs(self) -> Any:
        """The outlines by the names of the glyphs, as fontTools draws them."""
        return self._opened_font.getGlyphSet()

    @property
    def has_ink_on_the_left(self) -> bool:
        """Whether who follows an outline has its ink on the left, as in CFF; in TrueType it is on the right."""
        return "CFF " in self._opened_font

    @property
    def line_edges(self) -> tuple[float, float]:
        """How high a line reaches, and how deep (negative)."""
        header = self._opened_font["hhea"]
        return abs(header.ascent) / self.units_per_em, -abs(header.descent) / self.units_per_em

    @cached_property
    def _glyph_names(self) -> dict[int, str]:
        return dict(self._opened_font.getBestCmap())

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(map(chr, self._glyph_names))

    @cached_property
    def names(self) -> frozenset[str]:
        """Family, full and PostScript names, in all languages that the file carries."""
        records = self._opened_font["name"].names
        return frozenset(str(record) for record in records if record.nameID in FAMILY_NAME_IDS)

    @cached_property
    def baseline_shift(self) -> float:
        """How far the baseline lies below the middle of a line; HarfBuzz takes the descent as positive."""
        return sum(self.line_edges) / 2

    @property
    def program(self) -> bytes:
        """The file's bytes, in which glyphs of a CID-keyed face are known by their own numbers.

        WeasyPrint writes glyph numbers where PDF wants CIDs (ISO 32000-1, 9.7.4.2). Readers that go by the
        standard would print another glyph or none, so the face's charset is made to say that they are the same.
        """
        content = self.path.read_bytes()
        font = TTFont(BytesIO(content), fontNumber=0, lazy=True)
        if "CFF " not in font or not hasattr(font["CFF "].cff[0], "ROS"):
            return content
        start = font.reader.tables["CFF "].offset + font["CFF "].cff[0].rawDict["charset"]
        last_glyph = font["maxp"].numGlyphs - 1
        one_range = pack(">BHH", CHARSET_OF_RANGES, 1, last_glyph - 1)
        return content[:start] + one_range + content[start + len(one_range) :]

    def advance_width(self, character: str) -> float:
        return float(self._opened_font["hmtx"][self._glyph_names[ord(character)]][0] / self.units_per_em)

    def draw_character(self, character: str, pen: Any) -> None:
        """Have one of fontTools' pens follow the outline of a character, in the face's own units."""
        self.glyphs[self._glyph_names[ord(character)]].draw(pen)

    @cached_property
    def _measured_inks(self) -> dict[str, tuple[float, float]]:
        return {}

    def ink_of_character(self, character: str) -> tuple[float, float]:
        """Bottom and top of a character's ink; its outline is followed once."""
        if character not in self._measured_inks:
            self._measured_inks[character] = self._measured_ink(character)
        return self._measured_inks[character]

    def _measured_ink(self, character: str) -> tuple[float, float]:
        pen = BoundsPen(self.glyphs)
        self.draw_character(character, pen)
        _, bottom, _, top = pen.bounds or (0, 0, 0, 0)
        return bottom / self.units_per_em, top / self.units_per_em


@lru_cache
def open_face(path: Path) -> FontFace:
    """The face in a file; read once in a process."""
    return FontFace(path)


def faces_in(folder: Path) -> Iterator[FontFace]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in FONT_SUFFIXES:
            yield open_face(path)


@lru_cache
def installed_files() -> dict[str, Path]:
    """Font files of this machine by each family name that fontconfig gives them."""
    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    files: dict[str, Path] = {}
    for pattern in fonts.fonts[0 : fonts.nfont]:
        for file in _pattern_strings(pattern, b"file"):
            files.update(dict.fromkeys(_pattern_strings(pattern, b"family"), Path(file)))
    return files


def _pattern_strings(pattern: Any, name: bytes) -> Iterator[str]:
    value = ffi.new("FcChar8 **")
    for index in count():
        if fontconfig.FcPatternGetString(pattern, name, index, value) != fontconfig.FcResultMatch:
            return
        yield ffi.string(value[0]).decode()
