"""What a PDF consists of, beneath what is seen."""

import re
import zlib
from contextlib import suppress


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with what its compressed streams hold behind it, lists of objects among them."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(stream))
    return b"\n".join(found)
