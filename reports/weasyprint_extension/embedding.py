"""Embeds fonts without first reading whole font files into memory, as WeasyPrint does.

A Chinese font file has 5 to 12 MB, and a report uses six of them. The glyphs that a document uses are extracted
in one step, where WeasyPrint takes two.
"""

from typing import Any

from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

# Tables that a finished PDF does not need: for layout, vertical writing, signatures, bitmaps and SVG glyphs.
UNUSED_TABLES = (
    *(b"BASE", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx"),
    *(b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"LTSH", b"PCLT", b"SVG "),
)


class FaceFile:
    """A font file as HarfBuzz maps it into memory; only the parts that are accessed are read."""

    def __init__(self, face: Any) -> None:
        self.blob = ffi.gc(harfbuzz.hb_face_reference_blob(face), harfbuzz.hb_blob_destroy)
        length = ffi.new("unsigned int *")
        start = harfbuzz.hb_blob_get_data(self.blob, length)
        self.content = ffi.buffer(start, length[0]) if length[0] else b""

    def __len__(self) -> int:
        return len(self.content)

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self.content[part])

    def __bytes__(self) -> bytes:
        return bytes(self.content)


class FileBackedFont(fonts.Font):
    """WeasyPrint's `Font`, but without a copy of the font file in memory until it is embedded."""

    file_content: bytes | FaceFile

    def __init__(self, *description: Any) -> None:
        super().__init__(*description)
        if self.bitmap:
            self.file_content = bytes(self.file_content)

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Reduce the font to the glyphs that a document uses; its content is held as bytes from then on.

        If HarfBuzz cannot do so, a warning is logged and the whole font is embedded.
        to_unicode: the numbers of these glyphs, with the text that they print.
        hinting: whether to keep the hints for screens.
        """
        kept = self._subset_face(sorted(to_unicode), hinting) if to_unicode else b""
        if to_unicode and not kept:
            LOGGER.warning("HarfBuzz cannot take glyphs out of “%s”: all of it is embedded.", self.family)
        self.file_content = kept or bytes(self.file_content)

    def _subset_face(self, glyphs: list[int], hinting: bool) -> bytes:
        """Return a font with only these glyphs under their old numbers, up to the last one; b"" on failure."""
        order = ffi.gc(
            harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
        )
        _add_numbers(harfbuzz_subset.hb_subset_input_glyph_set(order), glyphs)
        tables = harfbuzz_subset.hb_subset_input_set(order, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
        _add_numbers(tables, sorted(harfbuzz.hb_tag_from_string(name, -1) for name in UNUSED_TABLES))
        harfbuzz_subset.hb_subset_input_set_flags(order, self._subset_flags(hinting))
        face = harfbuzz_subset.hb_subset_or_fail(self.hb_face, order)
        return bytes(FaceFile(ffi.gc(face, harfbuzz.hb_face_destroy))) if face else b""

    def _subset_flags(self, hinting: bool) -> int:
        """Return HarfBuzz's flags: glyphs keep the numbers that pages use, outlines share no subroutines."""
        flags: int = (
            harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
            | harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
            | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        )
        if not hinting:
            flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        if self.missing:
            flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE
        return flags


def _add_numbers(numbers: Any, added: list[int]) -> None:
    """Add ascending numbers to one of HarfBuzz's sets."""
    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", added), len(added))
