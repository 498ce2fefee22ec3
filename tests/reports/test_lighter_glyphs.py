"""Figures, letters and rare hanzi are as strong as the hanzi around them, by ink; figures stand as wide as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reports import lighter_glyphs
from reports.font_files import FontFace
from reports.fonts import FontRole, find_fonts
from reports.lighter_glyphs import END, lighten_glyphs
from reports.model import OfficialDocument, Paragraph
from reports.rare_faces import rare_face, stroke_widths
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


@pytest.mark.parametrize("text", ["1234567890" * 14, "No.1+X/PM abcdeg " * 12])
def test_figures_and_letters_are_as_strong_as_hanzi(text: str) -> None:
    if not find_fonts()[FontRole.TEXT].is_stand_in:
        return
    hanzi, others = stroke_of(line_of("推进情况报告" * 14)), stroke_of(line_of(text))
    assert 0.85 < others / hanzi < 1.3


@pytest.mark.parametrize(("usual", "rare"), [("很", "佷"), ("竟", "堃"), ("吉", "𠮷")])
def test_rare_hanzi_are_as_strong_as_hanzi(usual: str, rare: str) -> None:
    assert 0.9 < stroke_of(line_of(rare * 40)) / stroke_of(line_of(usual * 40)) < 1.24


@pytest.mark.parametrize("role", FontRole)
def test_a_rare_hanzi_has_the_strokes_of_the_face_around_it(role: FontRole, tmp_path: Path) -> None:
    family = find_fonts()[role]
    (tmp_path / "rare.otf").write_bytes(rare_face("佷", family))
    made = FontFace(tmp_path / "rare.otf")
    assert made.advance_width("佷") == 1.0
    assert stroke_widths(made, "佷") == pytest.approx(stroke_widths(family.main, "很"), abs=0.016)


def test_a_face_whose_outlines_would_take_more_room_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    content = find_fonts()[FontRole.TEXT].main.path.read_bytes()
    lighter = lighten_glyphs(content, "0123456789%", 10)
    assert len(lighter) == len(content)
    assert lighter != content
    monkeypatch.setattr(lighter_glyphs, "charstring_of", lambda *_: END * len(content))
    assert lighten_glyphs(content, "0", 10) == content
