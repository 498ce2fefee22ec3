"""PDF/A-3u for the archive and PDF/UA-1 for readers by ear; what a file says about itself; faces as PDF wants them."""

import re
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTCollection, TTFont
from pypdfium2 import raw

from reports.font_files import FontFace
from reports.fonts import FontRole, find_fonts
from reports.model import Annex, DocumentNumber, Masthead, OfficialDocument
from reports.pdf import render_pdf
from reports.pdf_variants import PdfVariant
from tests.reports import samples
from tests.reports.every_form import FORMS, TWO, joint
from tests.reports.ink import page_texts

STREAM = re.compile(rb"<<((?:(?!endobj).)*?)>>\nstream\n(.*?)\nendstream", re.DOTALL)


def streams(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Dictionary and content of each stream of a file, inflated."""
    return [
        (about, zlib.decompress(content) if b"FlateDecode" in about else content)
        for about, content in STREAM.findall(pdf)
    ]


def objects(pdf: bytes) -> bytes:
    """The whole file's objects as text, those packed into object streams too."""
    return pdf + b"\n".join(content for about, content in streams(pdf) if b"/ObjStm" in about)


def metadata(pdf: bytes) -> str:
    return next(content.decode() for about, content in streams(pdf) if b"/Subtype /XML" in about)


def written(document: OfficialDocument, variant: PdfVariant) -> bytes:
    return render_pdf(document, variant=variant)


@pytest.mark.parametrize("variant", PdfVariant)
def test_title_issuers_number_and_day_are_the_files_properties(variant: PdfVariant) -> None:
    with pypdfium2.PdfDocument(written(joint(TWO), variant)) as pdf:
        properties = pdf.get_metadata_dict(skip_empty=True)
        language = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    assert properties["Title"] == "华阳路街道办事处关于2026年第三季度工作计划推进情况的报告"
    assert properties["Author"] == ", ".join(TWO)
    assert properties["Subject"] == "华街〔2026〕12号"
    assert properties["CreationDate"] == "D:20261009"
    assert "ModDate" not in properties
    assert language > 0


def test_characters_that_nobody_sees_stay_out_of_them() -> None:
    number = DocumentNumber("华\x0b街\x01", 2026, 12)
    head = Masthead((f"{TWO[0]}\x02",), number, samples.UPWARD.masthead.direction, ("王玥",))
    pdf = render_pdf(replace(samples.UPWARD, masthead=head, title="关于\x03情况的报告"))
    with pypdfium2.PdfDocument(pdf) as document:
        properties = document.get_metadata_dict()
    assert (properties["Title"], properties["Author"]) == ("关于情况的报告", TWO[0])
    assert properties["Subject"] == "华街〔2026〕12号"


def test_a_draft_says_no_day() -> None:
    draft = replace(samples.DRAFT, imprint=None, masthead=Masthead(("街道",), DocumentNumber("华街", 2026)))
    with pypdfium2.PdfDocument(render_pdf(draft)) as pdf:
        assert "CreationDate" not in pdf.get_metadata_dict(skip_empty=True)


def test_an_archived_file_is_pdf_a_3u_with_its_colours() -> None:
    pdf = written(samples.REPORT, PdfVariant.ARCHIVE)
    content = metadata(pdf)
    assert 'pdfaid:part="3"' in content
    assert 'pdfaid:conformance="U"' in content
    assert "<xmp:CreateDate>2026-10-09</xmp:CreateDate>" in content
    found = objects(pdf)
    assert b"/OutputIntents" in found
    assert b"/GTS_PDFA1" in found
    assert any(content[36:40] == b"acsp" for _, content in streams(pdf))
    assert b"/Lang (zh-CN)" in found
    assert b"/Encrypt" not in found


def test_an_accessible_file_is_tagged_pdf_ua_1() -> None:
    pdf = written(samples.REPORT, PdfVariant.ACCESSIBLE)
    assert 'pdfuaid:part="1"' in metadata(pdf)
    found = objects(pdf)
    for mark in (
        b"/StructTreeRoot",
        b"/MarkInfo <</Marked true>>",
        b"/DisplayDocTitle true",
        b"/Lang (zh-CN)",
    ):
        assert mark in found
    for tag in (
        b"/S /H1",
        b"/S /H2",
        b"/S /H3",
        b"/S /Table",
        b"/S /THead",
        b"/S /TH",
        b"/S /TD",
        b"/S /Figure",
    ):
        assert tag in found


def test_a_figure_is_described_in_words() -> None:
    found = objects(written(samples.REPORT, PdfVariant.ACCESSIBLE))
    words = "各部分推进情况：优化营商环境：已完成4项、正常推进45项、滞后1项；党建：已完成0项、正常推进8项、滞后2项。"
    assert words.encode("utf-16-be").hex().encode() in found.lower()


def test_a_table_over_several_pages_is_one_with_one_head_that_says_what_it_heads() -> None:
    document = replace(samples.UPWARD, annexes=(Annex("推进情况表", (samples.table(9),), landscape=True),))
    pages = sum("存在问题" in text for text in page_texts(samples.pdf(document)))
    found = objects(written(document, PdfVariant.ACCESSIBLE))
    assert found.count(b"/S /TBody") == pages >= 3
    (parts,) = re.findall(rb"/S /Table/K \[([^]]+)\]", found)
    assert parts.count(b" R") == 1 + pages
    assert found.count(b"/Scope /Column") == len(samples.HEADS) * pages
    assert b"/Headers" not in found


def test_labels_of_a_sheet_are_heads_of_their_rows() -> None:
    found = objects(written(FORMS["reading-sheet"].document, PdfVariant.ACCESSIBLE))
    assert found.count(b"/S /TH") == 7
    assert found.count(b"/S /TD") == 7
    assert found.count(b"/Scope /Row") == 7


@pytest.mark.parametrize("variant", [PdfVariant.ARCHIVE, PdfVariant.ACCESSIBLE])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written(form: str, variant: PdfVariant) -> None:
    document = FORMS[form].document
    with pypdfium2.PdfDocument(written(document, variant)) as file:
        assert len(file) == len(page_texts(samples.pdf(document)))


def test_every_stream_is_compressed() -> None:
    dictionaries = [about for about, _ in streams(written(samples.REPORT, PdfVariant.ARCHIVE))]
    assert dictionaries
    assert all(b"/FlateDecode" in one for one in dictionaries)


def test_the_day_comes_from_the_imprint_where_nobody_signed() -> None:
    document = replace(
        samples.UPWARD, signature=None, imprint=replace(samples.UPWARD.imprint, issued_on=date(2026, 3, 1))
    )
    with pypdfium2.PdfDocument(render_pdf(document)) as pdf:
        assert pdf.get_metadata_value("CreationDate") == "D:20260301"


def test_glyphs_are_known_by_their_own_numbers_in_every_embedded_face() -> None:
    """Readers that go by the standard look glyphs up by CID; WeasyPrint writes glyph numbers."""
    embedded = [content for about, content in streams(samples.pdf(samples.REPORT)) if b"/OpenType" in about]
    faces = [TTFont(BytesIO(content))["CFF "].cff[0] for content in embedded]
    with_own_numbers = [
        face for face in faces if hasattr(face, "ROS")
    ]  # in others, CID and glyph are one number
    assert len(with_own_numbers) >= 5
    for face in with_own_numbers:
        assert face.charset[1:] == [f"cid{number:05d}" for number in range(1, len(face.charset))]


def glyph_number(file: Path | BytesIO, letter: str) -> int:
    with TTFont(file, lazy=True) as font:
        return font.getGlyphID(font.getBestCmap()[ord(letter)])


def test_a_face_keeps_its_glyphs_when_they_are_renumbered() -> None:
    family = find_fonts()[FontRole.TEXT]
    for face, letter in ((family.main, "国"), (family.spare, "佷")):
        assert glyph_number(BytesIO(face.program), letter) == glyph_number(face.path, letter)
        assert len(face.program) == face.path.stat().st_size


def test_a_collection_of_faces_is_served_too(tmp_path: Path) -> None:
    with (
        TTFont(find_fonts()[FontRole.FOLIO].main.path) as one,
        TTFont(find_fonts()[FontRole.TITLE].main.path) as other,
    ):
        collection = TTCollection()
        collection.fonts = [one, other]
        collection.save(tmp_path / "simsun.ttc")
    with TTFont(BytesIO(FontFace(tmp_path / "simsun.ttc").program), fontNumber=0) as font:
        charset = font["CFF "].cff[0].charset
        assert charset[-1] == f"cid{len(charset) - 1:05d}"
