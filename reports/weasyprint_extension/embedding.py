"""Faces stay in their files until a document's own glyphs are taken out: WeasyPrint reads each into memory, whole.

A Chinese face has 5 to 12 MB, and a report uses six of them. They are taken out in one go; WeasyPrint takes two.
"""

from typing import Any

from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

# What sets a text, which is set by now: marks and their places, vertical writing, signatures, drawings for a screen.
UNUSED_TABLES = (
    *(b"BASE", b"GPOS", b"GSUB", b"JSTF", b"VORG", b"vhea", b"vmtx"),
    *(b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"LTSH", b"PCLT", b"SVG "),
)


class FaceFile:
    """A face's file as HarfBuzz maps it into memory; only what is asked for is read."""

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
    """A face in a PDF, without a copy of its file until it is embedded; WeasyPrint's `Font` otherwise."""

    file_content: bytes | FaceFile

    def __init__(self, *description: Any) -> None:
        super().__init__(*description)
        if self.bitmap:
            self.file_content = bytes(self.file_content)

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Keep the glyphs that a document uses, as bytes from here on.

        to_unicode: the numbers of these glyphs, with what they print.
        hinting: whether to keep what fits glyphs to the dots of a screen.
        """
        kept = self._subset_face(sorted(to_unicode), hinting) if to_unicode else b""
        if to_unicode and not kept:
            LOGGER.warning("HarfBuzz cannot take glyphs out of “%s”: all of it is embedded.", self.family)
        self.file_content = kept or bytes(self.file_content)

    def _subset_face(self, glyphs: list[int], hinting: bool) -> bytes:
        """The face with these glyphs under their own numbers; HarfBuzz ends it behind the last of them."""
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
        """How to take glyphs out: with the numbers by which pages call them, and none in need of another."""
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
