"""Figures of the stand-in face are as strong as its hanzi, by ink, and stand as wide as before."""

from __future__ import annotations

import numpy as np

from reports.fonts import FontRole, find_fonts
from reports.lighter_glyphs import lighten_glyphs
from reports.model import OfficialDocument, Paragraph
from tests.reports import samples
from tests.reports.ink import PIXELS_PER_MM, Sheet, sheets

MM_PER_PT = 25.4 / 72


def stroke_of(sheet: Sheet) -> float:
    """The mean width of strokes in points: twice their area by their outline."""
    grey = 1 - sheet.pixels[0] / 255.0
    dark = grey > 0.5
    outline = (dark[1:] != dark[:-1]).sum() + (dark[:, 1:] != dark[:, :-1]).sum()
    return float(2 * grey.sum() / (outline * np.pi / 4) / PIXELS_PER_MM / MM_PER_PT)


def line_of(text: str) -> Sheet:
    document = OfficialDocument("通知", (Paragraph(text),))
    page = sheets(samples.pdf(document), 1)[0]
    line = page.part(top=60, bottom=262).lines()[1]
    return page.part(top=line.top - 1, bottom=line.bottom + 1)


def test_figures_are_as_strong_as_hanzi() -> None:
    if not find_fonts()[FontRole.TEXT].is_stand_in:
        return
    hanzi, figures = stroke_of(line_of("推进情况报告" * 14)), stroke_of(line_of("1234567890" * 14))
    assert 0.85 < figures / hanzi < 1.3


def test_a_face_whose_outlines_would_take_more_room_is_left_as_it_is() -> None:
    content = find_fonts()[FontRole.TEXT].main.path.read_bytes()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    assert lighten_glyphs(content, letters, 10) == content
    lighter = lighten_glyphs(content, "0123456789%", 10)
    assert len(lighter) == len(content)
