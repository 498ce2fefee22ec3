"""A signature that finds no room below the text: lines are set closer, within limits, before it goes on (7.3.5.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import chosen_sizes as chosen
from reports.model import Annex, OfficialDocument, Paragraph
from reports.pdf import render_pdf_with_places
from reports.pdf_variants import PdfVariant
from reports.text_fitting import LineSetting
from tests.reports import gates, samples
from tests.reports.every_form import LETTER
from tests.reports.ink import page_texts

DAY = "2026年10月9日"


def with_lines(count: int, annexes: int = 0) -> OfficialDocument:
    """A report whose text has so many lines, in the usual setting, and whose last paragraph is 特此报告。"""
    body = (Paragraph("国" * (28 * (count - 1) - 2)), Paragraph("特此报告。"))
    annex = Annex("推进情况表", (Paragraph("国" * 28 * 30),), landscape=False)
    return replace(samples.UPWARD, body=body, annexes=(annex,) * annexes)


def signature_page(pdf: bytes) -> str:
    return next(text for text in page_texts(pdf) if f"\n{DAY}" in text)


@pytest.mark.parametrize("annexes", [0, 1])
def test_closer_lines_give_the_signature_room(annexes: int) -> None:
    found = {}
    for count in range(44, 66, 2):
        made = render_pdf_with_places(with_lines(count, annexes))
        body = signature_page(made.files[PdfVariant.PLAIN]).partition("附件：")[0].count("国")
        found[count] = made.layout.setting
        assert body >= 28, count
        # Set closer, the text keeps the signature on a page of its own, with more than the lines that come along.
        assert made.layout.setting is LineSetting.USUAL or body > 56, count
    assert {*found.values()} >= {LineSetting.USUAL, LineSetting.CLOSER_LINES}


def test_what_is_set_closer_meets_every_gate_by_its_ink() -> None:
    settings = set()
    for count in range(46, 60):
        printed = gates.printed(with_lines(count))
        if printed.setting is LineSetting.USUAL or printed.setting in settings:
            continue
        settings.add(printed.setting)
        for gate in gates.GATES:
            gate(printed)
        full = printed.pages[2]
        assert len(gates.type_area(full).lines()) == chosen.CLOSER_LINES_PER_PAGE
    assert settings


def test_neither_a_long_text_nor_a_letter_is_set_closer() -> None:
    letters = (replace(with_lines(count), masthead=LETTER.masthead) for count in range(44, 62, 2))
    longer = (
        with_lines(count) for count in range(22 * chosen.CLOSER_MOST_PAGES, 22 * chosen.CLOSER_MOST_PAGES + 6)
    )
    for document in (*letters, *longer):
        assert render_pdf_with_places(document).layout.setting is LineSetting.USUAL
