"""The extension of WeasyPrint is in place, and refuses releases that nobody has compared with it."""

import pydyf
import pytest
import weasyprint
from weasyprint import document, pdf
from weasyprint.draw import text as weasyprint_text
from weasyprint.layout import background, block, inline, page
from weasyprint.pdf import fonts, stream

from reports import extension
from reports.extension import compression, drawing, edges, embedding, filling, lengths, lines, release
from reports.pdf import render_pdf
from tests.reports import samples


def test_the_extension_is_in_place() -> None:
    assert inline.get_next_linebox is lines.next_line
    assert inline.split_text_box is lines.split_text
    assert inline.justify_line is filling.fill_line
    assert inline.resolve_percentages is page.resolve_percentages is lengths.resolve_lengths
    assert background.layout_box_backgrounds is lengths.lay_out_backgrounds
    assert block.table_layout is edges.lay_out_table
    assert block.find_earlier_page_break is edges.break_earlier
    assert weasyprint_text.draw_first_line is drawing.draw_line
    assert fonts.get_hb_object_data is embedding.FaceFile
    assert stream.Font is embedding.SparingFont
    assert document.Page.paint is release.paint
    assert pdf.add_tags is release.add_tags
    assert pydyf.zlib is compression


def test_known_lengths_and_backgrounds_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "resolve_lengths", lengths.ordinary_lengths)
    monkeypatch.setattr(lengths, "lay_out_backgrounds", lengths.ordinary_backgrounds)
    with_weasyprints = render_pdf(samples.REPORT)
    monkeypatch.undo()
    assert render_pdf(samples.REPORT) == with_weasyprints


def test_another_release_is_refused_in_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"只核对过 WeasyPrint 70，现装的是 71\.0"):
        extension.install()
