"""Filled lines: where their gaps are, and that mixed lines end at the right edge too."""

import pytest
from weasyprint.formatting_structure import boxes

from reports.weasyprint_extension.type_area import open_gaps
from tests.reports.bare_weasyprint import found, lay_out


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("国家", 1),
        ("国2", 1),
        ("20", 0),
        ("——", 0),
        ("……", 0),
        ("a b", 2),
        ("（一", 1),
        ("A\u2060/\u2060B", 0),
        ("中心\u2060·", 2),
        ("国", 0),
        ("", 0),
    ],
)
def test_gaps_open_between_hanzi_but_not_inside_words_and_long_marks(text: str, gaps: int) -> None:
    assert open_gaps(text) == gaps


@pytest.mark.parametrize(("text", "follower", "gaps"), [("国", "家", 1), ("20", "2", 0), ("—", "—", 0)])
def test_a_gap_before_other_text_on_the_line_counts(text: str, follower: str, gaps: int) -> None:
    assert open_gaps(text, follower) == gaps


@pytest.mark.parametrize(
    "markup",
    [
        "国" * 80,
        "国家2026年" * 20,
        '<span class="run-in level2">夯实“蓄水池”。</span>' + "国家2026年A/B类" * 12,
        "国" * 20 + '<span class="rare" style="font-family: gongwen-level2">国</span>' + "国" * 60,
        "国" * 20 + "<span>2026</span>2026" + "国" * 60,
        "国" * 12 + "100.5%；" + "国" * 16 + "100.5%；" + "国" * 30,
    ],
)
def test_each_full_line_ends_at_the_right_edge(markup: str) -> None:
    document = lay_out(f"<p>{markup}</p>", "p { width: 400px }")
    *full, last = found(document, boxes.LineBox)
    assert len(full) >= 3
    for line in full:
        *_, text = (box for box in line.descendants() if isinstance(box, boxes.TextBox))
        assert text.position_x + text.width == pytest.approx(line.position_x + 400, abs=0.01)
        assert line.width == pytest.approx(400, abs=0.01)
    assert last.width < 395


def test_the_gap_between_two_runs_is_as_wide_as_the_others() -> None:
    document = lay_out(f"<p><span>{'国' * 9}</span>{'家' * 60}</p>", "p { width: 400px; text-indent: 0 }")
    first, second, *_ = found(document, boxes.TextBox)
    cut = first.pango_layout
    pitch = first.style["font_size"] + cut.shaped.letter_spacing + cut.spread
    assert cut.spread > 0
    assert second.position_x - first.position_x == pytest.approx(9 * pitch, abs=0.02)


def test_a_text_that_is_not_plain_is_stretched_at_its_spaces() -> None:
    document = lay_out(f"<p>{'so so ' * 60}</p>", "p { width: 400px; text-decoration: underline }")
    *full, _ = found(document, boxes.LineBox)
    assert len(full) > 3
    assert all(line.width == pytest.approx(400, abs=0.01) for line in full)
