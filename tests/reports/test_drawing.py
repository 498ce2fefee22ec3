"""How glyphs are written into a page, and that our spacing ends with our line."""

from types import SimpleNamespace

import pytest
from weasyprint.text.ffi import TO_UNITS, pango

from reports.weasyprint_extension.drawing import GlyphCodes
from tests.reports.bare_weasyprint import lay_out, plain_weasyprint
from tests.reports.ink import sheets


@pytest.mark.parametrize(
    ("number", "width", "written"),
    [(5, 0.5, "0005"), (5, 0.6, "0005>-100.0<"), (pango.PANGO_GLYPH_EMPTY, 0.0, "")],
)
def test_a_glyph_is_corrected_where_it_is_not_as_wide_as_its_font_says(
    number: int, width: float, written: str
) -> None:
    font = SimpleNamespace(to_unicode={}, widths={5: 500})
    writing = GlyphCodes(font, 20.0, SimpleNamespace())
    assert writing[number, round(width * 20 * TO_UNITS), "a"] == written
    assert font.to_unicode == ({5: "a"} if written else {})


def test_a_text_that_weasyprint_draws_has_nothing_of_the_spacing_above() -> None:
    spaced = '<p style="letter-spacing: 8px">国家</p>'
    theirs = '<p style="letter-spacing: 0; white-space: pre-wrap">国家国家</p>'
    [mixed] = sheets(lay_out(spaced + theirs).write_pdf())
    with plain_weasyprint():
        [plain] = sheets(lay_out(spaced + theirs).write_pdf())
    (spaced_line, *rest), (_, *plain_rest) = mixed.lines(), plain.lines()
    assert rest == plain_rest
    assert spaced_line.right < rest[0].right
