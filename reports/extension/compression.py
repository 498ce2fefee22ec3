"""Streams are packed quickly: at zlib's highest level a tenth of a report's time buys four hundredths of its size."""

import zlib
from typing import Any

QUICKEST = 1  # zlib.Z_BEST_SPEED

compress = zlib.compress


def compressobj(level: int) -> Any:
    """Return what packs a stream, whatever level is asked for."""
    return zlib.compressobj(QUICKEST)
