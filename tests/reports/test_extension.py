"""The extension of WeasyPrint is in place, and refuses releases that nobody has compared with it."""

from typing import Any
from xml.etree import ElementTree

import pydyf
import pytest
import weasyprint
from weasyprint import document, pdf
from weasyprint.draw import text as weasyprint_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, block, inline, page
from weasyprint.pdf import fonts, stream
from weasyprint.text.line_break import Layout

from reports import extension
from reports.extension import (
    compression,
    drawing,
    edges,
    embedding,
    filling,
    lengths,
    lines,
    pagestyles,
    parsing,
    release,
    shaping,
)
from reports.pdf import render_pdf
from tests.reports import samples
from tests.reports.plain import found, lay_out

PAGES = "".join(f'<p style="break-after: page">{number}</p>' for number in range(6))


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
    assert page.set_page_type_computed_styles is pagestyles.style_page
    assert pydyf.zlib is compression
    assert weasyprint.tinyhtml5 is parsing


def test_known_lengths_and_backgrounds_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "resolve_lengths", lengths.ordinary_lengths)
    monkeypatch.setattr(lengths, "lay_out_backgrounds", lengths.ordinary_backgrounds)
    with_weasyprints = render_pdf(samples.REPORT)
    monkeypatch.undo()
    assert render_pdf(samples.REPORT) == with_weasyprints


def test_styles_that_pages_share_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagestyles, "style_page", pagestyles.ordinary_styles)
    with_styles_of_their_own = render_pdf(samples.REPORT)
    monkeypatch.undo()
    assert render_pdf(samples.REPORT) == with_styles_of_their_own


def test_pages_of_a_kind_share_their_styles() -> None:
    first, left, right, *_, last = [page._page_box for page in lay_out(PAGES).pages]
    assert last.style is left.style
    assert len({id(page.style) for page in (first, left, right)}) == 3
    assert [box.style for box in last.children[1:]] == [box.style for box in left.children[1:]] != []


def test_a_template_that_leaves_an_element_open_is_refused() -> None:
    with pytest.raises(ElementTree.ParseError):
        lay_out("<p>国家")


def test_texts_of_a_style_are_set_by_the_same_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(shaping, "Layout", lambda style: made.append(style) or Layout(style))
    texts = found(lay_out("".join(f"<p>{number * '国'}家</p>" for number in range(20))), boxes.TextBox)
    assert [text.text for text in texts] == [f"{number * '国'}家" for number in range(20)]
    assert sum(style is texts[0].style for style in made) == 2  # one of them owns the face
    [metrics] = {text.pango_layout.shaped.metrics for text in texts}
    assert metrics.height > 0


def test_another_release_is_refused_in_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(RuntimeError, match=r"只核对过 WeasyPrint 70，现装的是 71\.0"):
        extension.install()
