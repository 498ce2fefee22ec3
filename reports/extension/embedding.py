"""Faces stay in their files until a document's own glyphs are taken out: WeasyPrint reads each into memory, whole.

A Chinese face has 5 to 12 MB, and a report uses six of them.
"""

from typing import Any

from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz


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


class SparingFont(fonts.Font):
    """A face in a PDF, without a copy of its file until it is embedded; WeasyPrint's `Font` otherwise."""

    file_content: bytes | FaceFile

    def __init__(self, *description: Any) -> None:
        super().__init__(*description)
        if self.bitmap:
            self.file_content = bytes(self.file_content)

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Keep the glyphs that a document uses, as bytes from here on."""
        super().subset(to_unicode, hinting)
        self.file_content = bytes(self.file_content)
