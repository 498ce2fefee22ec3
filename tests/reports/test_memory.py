"""What a long document is made of takes little memory, and goes when it is no longer needed."""

import gc
import weakref
from array import array
from io import BytesIO
from typing import Any

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import get_hb_object_data

from reports.pdf_variants import PdfVariant, write_pdf
from reports.weasyprint_extension import embedding
from reports.weasyprint_extension.embedding import FaceFile, FileBackedFont
from tests.reports.bare_weasyprint import found, lay_out

TABLE = "<table><col/><col/><tbody><tr><th>序号</th><td>内容</td></tr></tbody></table>"


@pytest.fixture
def no_collector() -> Any:
    """Leave the garbage collector out, as while a document is rendered."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_a_page_gives_its_boxes_back_when_a_document_is_written_to_be_read_aloud() -> None:
    pages = lay_out(f"<section><p>国家</p>{TABLE}</section>" * 3, "section { break-after: page }")
    kinds = (boxes.LineBox, boxes.TableBox, boxes.TableCellBox)
    # WeasyPrint's layout, in a ring of its own, still knows the page that it was at last.
    remembered = [weakref.ref(box) for kind in kinds for box in found(pages.copy(pages.pages[:-1]), kind)]
    assert len(remembered) >= 12
    write_pdf(pages, PdfVariant.ACCESSIBLE)
    assert [page._page_box for page in pages.pages] == [None] * len(pages.pages)
    assert [box for box in remembered if box() is not None] == []


def test_a_text_keeps_its_glyphs_as_bare_numbers() -> None:
    [line] = found(lay_out("<p>国家</p>"), boxes.TextBox)
    shaped = line.pango_layout.shaped
    glyphs = shaped.glyphs
    numbers = (glyphs.numbers, glyphs.widths, glyphs.offsets, shaped.edges, shaped.ends, shaped.reaches)
    assert all(isinstance(one, array) for one in numbers)
    assert shaped.pieces is shaped.text


def test_a_face_is_read_from_its_file_only_where_somebody_looks() -> None:
    document = lay_out("<p>国家</p>")
    [text] = found(document, boxes.TextBox)
    document.write_pdf()
    font = next(iter(document.fonts.values()))
    assert isinstance(font.file_content, bytes)
    file = FaceFile(font.hb_face)
    assert bytes(file) == get_hb_object_data(font.hb_face)
    assert len(file) > len(font.file_content)
    assert file[:4] == b"OTTO"
    assert text.text == "国家"


def test_a_face_in_a_document_ends_behind_its_last_glyph() -> None:
    document = lay_out("<p>国家1</p>")
    document.write_pdf()
    font = next(iter(document.fonts.values()))
    kept, whole = TTFont(BytesIO(font.file_content)), TTFont(BytesIO(bytes(FaceFile(font.hb_face))))
    assert len(font.to_unicode) == 3
    assert kept["maxp"].numGlyphs == max(font.to_unicode) + 1 < whole["maxp"].numGlyphs
    assert [outline(kept, glyph) for glyph in font.to_unicode] == [
        outline(whole, glyph) for glyph in font.to_unicode
    ]
    assert not {"GSUB", "GPOS", "vmtx"} & set(kept.keys())


def test_a_face_of_which_nothing_can_be_taken_is_embedded_whole_and_a_warning_is_logged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FileBackedFont, "_subset_face", lambda *_: b"")
    document = lay_out("<p>国家</p>")
    with pytest.raises(AssertionError, match="all of it is embedded"):
        document.write_pdf()
    monkeypatch.setattr(embedding.LOGGER, "warning", lambda *_: None)
    document = lay_out("<p>国家</p>")
    document.write_pdf()
    font = next(iter(document.fonts.values()))
    assert font.file_content == bytes(FaceFile(font.hb_face))


def outline(face: TTFont, glyph: int) -> list[Any]:
    """How a glyph is drawn; it has some outline."""
    pen = RecordingPen()
    face.getGlyphSet()[face.getGlyphName(glyph)].draw(pen)
    assert pen.value
    return pen.value
