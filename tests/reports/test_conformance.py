"""What PDF/A-3u and PDF/UA-1 ask of every file: faces inside it that say what they print, nothing drawn untagged."""

import re
from itertools import chain

import pypdfium2
import pytest
from pypdfium2 import raw

from reports.pdf import render_pdf
from reports.pdf_variants import PdfVariant
from tests.reports import samples
from tests.reports.every_form import FORMS, TEXTS
from tests.reports.test_pdf_variants import objects, streams

PAINTING = re.compile(rb"(?:^|\s)(?:Tj|TJ|'|f\*?|F|S|s|B\*?|b\*?|Do|sh|EI)$")
DOCUMENTS = {
    "report": samples.REPORT,
    "marked": FORMS["marked"].filled(TEXTS["headings"]),
    "letter": FORMS["letter"].document,
    "minutes": FORMS["minutes"].document,
    "long-sheet": FORMS["long-sheet"].document,
}
every_variant = pytest.mark.parametrize("variant", [PdfVariant.ARCHIVE, PdfVariant.ACCESSIBLE])
every_document = pytest.mark.parametrize("name", DOCUMENTS)


def pages_drawn(pdf: bytes) -> list[bytes]:
    """What is drawn on each page that is not blank, in the pages' order."""
    return [content for about, content in streams(pdf) if b"/Form" not in about and b"\nBDC\n" in content]


def drawn_outside(content: bytes) -> list[bytes]:
    """What a page draws outside of marked content and artifacts."""
    depth, found = 0, []
    for line in content.splitlines():
        depth += line.endswith((b"BDC", b"BMC")) - line.endswith(b"EMC")
        if depth == 0 and PAINTING.search(line):
            found.append(line)
    assert depth == 0
    return found


@every_variant
@every_document
def test_each_face_is_in_the_file_and_each_character_is_known(name: str, variant: PdfVariant) -> None:
    pdf = render_pdf(DOCUMENTS[name], variant=variant)
    found = objects(pdf)
    faces = found.count(b"/Subtype /Type0")
    assert faces >= 2
    assert faces == found.count(b"/Type /FontDescriptor") == found.count(b"/FontFile3 ")
    maps = sum(b"begincmap" in content for _, content in streams(pdf))
    assert faces == found.count(b"/ToUnicode ") == maps
    assert not re.search(rb"/Subtype /(?:Type1|TrueType|MMType1|Type3)\b", found)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for place in range(text.count_chars()):
                assert raw.FPDFText_HasUnicodeMapError(text, place) == 0
                assert raw.FPDFText_GetUnicode(text, place) != 0


@every_document
def test_whatever_is_drawn_is_in_the_structure_or_an_artifact(name: str) -> None:
    pdf = render_pdf(DOCUMENTS[name], variant=PdfVariant.ACCESSIBLE)
    drawn = pages_drawn(pdf)
    assert list(chain.from_iterable(map(drawn_outside, drawn))) == []
    [parents] = re.findall(rb"/Nums \[(.*?)\]>>", objects(pdf), re.DOTALL)
    counts = [page.count(b" R") for page in re.findall(rb"\d+ \[(.*?)\]", parents + b"]") if page]
    marked = [sorted(map(int, re.findall(rb"/MCID (\d+)", content))) for content in drawn]
    assert marked == [list(range(count)) for count in counts]
