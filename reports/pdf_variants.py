"""What a PDF is for beyond paper: to be kept for decades, or to be read aloud."""

import zlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from warnings import catch_warnings, simplefilter

import pydyf


class PdfVariant(StrEnum):
    """A kind of PDF. WeasyPrint writes one conformance into a file, so an archived file is not also PDF/UA."""

    PLAIN = "plain"
    ARCHIVE = "archive"  # PDF/A-3u, ISO 19005-3
    ACCESSIBLE = "accessible"  # tagged: PDF/UA-1, ISO 14289-1


OPTIONS: dict[PdfVariant, dict[str, str]] = {
    PdfVariant.PLAIN: {},
    PdfVariant.ARCHIVE: {"pdf_variant": "pdf/a-3u"},
    PdfVariant.ACCESSIBLE: {"pdf_variant": "pdf/ua-1"},
}

COMPRESSION = 1  # of zlib's levels


def write_pdf(pages: Any, variant: PdfVariant) -> bytes:
    """WeasyPrint's laid-out document as a file."""
    with catch_warnings():
        # WeasyPrint leaves it to the garbage collector to close its colour profile.
        simplefilter("ignore", ResourceWarning)
        return bytes(pages.write_pdf(finisher=_compress_streams, **OPTIONS[variant]))


def _compress_streams(_pages: Any, pdf: pydyf.PDF) -> None:
    """Compress what pydyf would compress as hard as it can: half the time, for a twenty-fifth more bytes."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            content = b"\n".join(map(pydyf._to_bytes, stream.stream))
            stream.stream, stream.compress = [zlib.compress(content, COMPRESSION)], False
            stream.extra["Filter"] = "/FlateDecode"


def write_variants(pages: Any, variants: Sequence[PdfVariant]) -> dict[PdfVariant, bytes]:
    """WeasyPrint's laid-out document as a file of each variant, each the same as if it were the only one.

    Tags are written last: that takes the boxes away (`reports.weasyprint_extension.tagging`).
    """
    last = sorted(variants, key=lambda one: one is PdfVariant.ACCESSIBLE)
    return {one: write_pdf(_as_laid_out(pages), one) for one in last}


def _as_laid_out(pages: Any) -> Any:
    """The document without the fonts and colour profiles that writing it enters."""
    fresh = pages.copy()
    fresh.color_profiles = dict(pages.color_profiles)
    return fresh
