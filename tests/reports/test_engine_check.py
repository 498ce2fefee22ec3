"""A release of WeasyPrint is judged by what it sets, not by its number."""

from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

from reports import engine_check, weasyprint_extension
from reports.engine_check import EngineError, known_document, page_deviations, require_fit
from reports.fonts import find_fonts
from reports.pdf import render_pdf, renderer_for
from reports.weasyprint_extension import PATCHES, FunctionPatch, shaping
from tests.reports.bare_weasyprint import found, lay_out, without


def test_every_patch_is_in_place_once_a_document_is_set() -> None:
    renderer_for(find_fonts())
    assert [
        patch.dotted_name for patch in PATCHES if getattr(patch.holder, patch.name) is not patch.replacement
    ] == []


def test_every_patch_says_why_it_is_there_and_what_it_buys() -> None:
    for patch in PATCHES:
        assert patch.original is not patch.replacement
        assert patch.reason and patch.gain, patch.dotted_name
        assert patch.upstream == "" or patch.upstream.startswith("#")


def test_the_known_page_is_set_as_it_must_be() -> None:
    assert page_deviations(render_pdf(known_document())) == ()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("justify_line", "第10行右边在 178.1 毫米处，应为 184"), ("table_layout", "第2页的表框伸出版心")],
)
def test_a_release_that_sets_it_otherwise_is_refused(name: str, sentence: str) -> None:
    renderer_for(find_fonts())
    with without(name):
        pdf = render_pdf(known_document())
    with pytest.raises(EngineError, match=sentence):
        require_fit(pdf)


@pytest.mark.parametrize(("name", "value"), [("SENTENCE", "年度工作计划，"), ("ROWS", 1)])
def test_other_line_ends_or_no_second_page_are_found(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_check, name, value)
    assert len(page_deviations(render_pdf(known_document()))) >= 1


def test_no_document_is_printed_by_a_release_that_is_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.pdf.known_document", lambda: weasyprint_sets_other_lines())
    renderer_for.cache_clear()
    for _ in range(2):
        with pytest.raises(EngineError, match=r"排版自检没有通过：断行的地方不对"):
            render_pdf(known_document())
    monkeypatch.undo()
    assert render_pdf(known_document()).startswith(b"%PDF")


def weasyprint_sets_other_lines() -> Any:
    """A document whose lines end elsewhere, as those of another release would."""
    return engine_check.OfficialDocument(
        title="排版自检", body=(engine_check.Paragraph("年度工作计划。" * 60),)
    )


def test_another_release_is_welcome_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    weasyprint_extension.install_patches()
    pdf = render_pdf(known_document())
    require_fit(pdf)
    assert page_deviations(pdf) == ()


def test_a_release_without_a_function_that_is_replaced_is_refused() -> None:
    patch = FunctionPatch(inline, "justify_no_line", None, "")
    with pytest.raises(
        EngineError, match=r"WeasyPrint \S+ 里没有 weasyprint\.layout\.inline\.justify_no_line"
    ):
        patch.put_replacement()


def test_texts_of_a_style_are_set_by_the_same_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr(shaping, "Layout", lambda style: made.append(style) or Layout(style))
    texts = found(lay_out("".join(f"<p>{number * '国'}家</p>" for number in range(20))), boxes.TextBox)
    assert [text.text for text in texts] == [f"{number * '国'}家" for number in range(20)]
    assert sum(style is texts[0].style for style in made) == 2  # one of them owns the face
    [metrics] = {text.pango_layout.shaped.metrics for text in texts}
    assert metrics.height > 0
