"""Lines cut from a text that was shaped once are those of WeasyPrint, line for line and dot for dot."""

import re
from collections.abc import Iterator
from html import escape

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from reports.line_breaks import mark_line_breaks
from reports.weasyprint_extension import shaping
from reports.weasyprint_extension.shaping import ShapedLine
from tests.reports import samples
from tests.reports.bare_weasyprint import (
    found,
    lay_out,
    lines_of,
    plain_weasyprint,
)
from tests.reports.ink import sheets
from tests.reports.test_line_breaks import FIGURES, MARKS, WORDS

LATIN = (
    "No.1 Innovation",
    "AVATo office",
    "https://www.example.com/abcdefghijklmnopqrstuvwxyz",
    "1" * 20,
    "  ",
)
PIECES = st.lists(st.sampled_from(WORDS + FIGURES + MARKS + LATIN), min_size=1, max_size=60).map("".join)
STYLES = st.fixed_dictionaries(
    {
        "width": st.integers(60, 600).map("{}px".format),  # never less than the indent
        "font-size": st.sampled_from(["7pt", "9pt", "10.5pt", "16pt"]),
        "text-align": st.sampled_from(["left", "center", "right"]),
        "text-indent": st.sampled_from(["0", "32pt"]),
        "white-space": st.sampled_from(["normal", "normal", "nowrap", "pre-wrap"]),
        "overflow-wrap": st.sampled_from(["normal", "break-word"]),
    }
)
RUN_IN = '<span class="run-in level2">夯实“蓄水池”。</span>'


@pytest.fixture(autouse=True)
def whole_squares() -> Iterator[None]:
    """Leave marks beside each other as wide as WeasyPrint has them, to compare lines with its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shaping, "FIRST_OF_PAIR", re.compile("(?!)"))
        yield


def written(style: dict[str, str]) -> str:
    return "p {" + ";".join(f"{name}: {value}" for name, value in style.items()) + "}"


SPACES_AT_A_BREAK = {
    "width": "60px",
    "font-size": "10.5pt",
    "text-align": "left",
    "text-indent": "0",
    "white-space": "normal",
    "overflow-wrap": "break-word",
}


@settings(max_examples=60)
@example("：“好。”  ，", SPACES_AT_A_BREAK, "", "0", False)
@given(PIECES, STYLES, st.sampled_from(["", RUN_IN]), st.sampled_from(["0", "-0.25pt", "2px"]), st.booleans())
def test_lines_are_those_of_weasyprint(
    text: str, style: dict[str, str], head: str, spacing: str, joined: bool
) -> None:
    # Pango gives letter-spacing to characters without width too, which ours do without.
    rules = written(style | {"letter-spacing": "0" if joined else spacing})
    markup = f"<p>{head}{escape(mark_line_breaks(text) if joined else text)}</p><p>完。</p>"
    ours = lines_of(lay_out(markup, rules))
    with plain_weasyprint():
        theirs = lines_of(lay_out(markup, rules))
    assert [line for line, _ in ours] == [line for line, _ in theirs]
    places, expected = ([place for _, place in lines] for lines in (ours, theirs))
    assert np.array(places) == pytest.approx(np.array(expected), abs=0.05)


@pytest.mark.parametrize("face", ["gongwen-text", "gongwen-level2", "gongwen-title"])
def test_lines_are_drawn_as_weasyprint_draws_them(face: str) -> None:
    markup = f"<p>{mark_line_breaks(samples.PROGRESS)} AVATo office, fi</p>"
    style = f'p {{ font-family: "{face}"; text-align: left; letter-spacing: 0 }}'
    [ours] = sheets(lay_out(markup, style).write_pdf())
    with plain_weasyprint():
        [theirs] = sheets(lay_out(markup, style).write_pdf())
    assert not ours.is_blank
    assert (ours.pixels == theirs.pixels).all()


@pytest.mark.parametrize(
    ("style", "is_cut"),
    [
        ("", True),
        ("text-decoration: underline", False),
        ("word-spacing: 1em", False),
        ("hyphens: auto", False),
        ("direction: rtl", False),
        ("white-space: pre-wrap", False),
    ],
)
def test_only_plain_texts_are_cut_here(style: str, is_cut: bool) -> None:
    texts = found(lay_out("<p>国家 a b</p>", f"p {{ {style} }}"), boxes.TextBox)
    assert {isinstance(text.pango_layout, ShapedLine) for text in texts} == {is_cut}


@pytest.mark.parametrize("text", ["国\u00ad家", "e\u0301", "שלום"])
def test_texts_that_are_more_than_a_row_of_glyphs_are_left_to_weasyprint(text: str) -> None:
    [box] = found(lay_out(f'<p style="font-family: gongwen-text, sans-serif">{text}</p>'), boxes.TextBox)
    assert not isinstance(box.pango_layout, ShapedLine)


def test_a_line_shortened_by_an_ellipsis_is_left_to_weasyprint() -> None:
    style = "p { width: 100px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; letter-spacing: 0 }"
    [ours] = sheets(lay_out(f"<p>{'国' * 40}</p>", style).write_pdf())
    with plain_weasyprint():
        [theirs] = sheets(lay_out(f"<p>{'国' * 40}</p>", style).write_pdf())
    assert (ours.pixels == theirs.pixels).all()


def test_a_word_may_be_broken_where_it_fills_the_line_alone() -> None:
    document = lay_out(f"<p>{'a' * 300}</p>", "p { width: 200px; text-indent: 0 }")
    *full, last = lines_of(document)
    assert "".join(text for text, _ in [*full, last]) == "a" * 300
    assert all(190 < line.width <= 200 for line in found(document, boxes.LineBox)[:-1])
