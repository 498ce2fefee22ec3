"""Where blocks lie on the pages: those of the body, each of them, where their ink is."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

from reports.block_places import WHOLE
from reports.model import OfficialDocument, Paragraph
from reports.pdf import render_pdf, render_pdf_with_places
from reports.pdf_variants import PdfVariant
from tests.reports.samples import REPORT

LONG = OfficialDocument("通知", (Paragraph("甲。\n乙。"), Paragraph("字" * 900), Paragraph("丙。")))


def test_every_block_of_the_body_lies_somewhere_in_its_order() -> None:
    files, places, _ = render_pdf_with_places(REPORT, tuple(PdfVariant))
    assert files == {one: render_pdf(REPORT, variant=one) for one in PdfVariant}
    first = dict(reversed([(place.block, (place.page, place.top)) for place in places]))
    assert sorted(first) == list(range(len(REPORT.body)))
    assert [first[block] for block in sorted(first)] == sorted(first.values())


def test_a_block_that_goes_on_overleaf_lies_on_both_pages_and_its_ink_is_there() -> None:
    files, places, _ = render_pdf_with_places(LONG)
    assert [(place.block, place.page) for place in places] == [(0, 1), (1, 1), (1, 2), (2, 2)]
    with pypdfium2.PdfDocument(BytesIO(files[PdfVariant.PLAIN])) as pdf:
        for place, words in ((places[0], "甲。"), (places[0], "乙。"), (places[-1], "丙。")):
            page = pdf[place.page - 1]
            index, _ = page.get_textpage().search(words).get_next()
            _, bottom, _, top = page.get_textpage().get_charbox(index)
            middle = WHOLE * (1 - (top + bottom) / 2 / page.get_height())
            assert place.top < middle < place.top + place.height


def test_a_text_that_ends_in_a_line_of_few_characters_is_known() -> None:
    indent, line = 2, 28
    texts = ["字" * (line - indent + more) for more in (0, 1, 2, 3, 4)]
    body = (
        *map(Paragraph, texts),
        Paragraph("字" * (22 * line - indent + 1)),
        Paragraph("甲。"),
        Paragraph("\n".join((texts[0], texts[3], texts[2], texts[4]))),
    )
    _, places, _ = render_pdf_with_places(OfficialDocument("通知", body))
    last = {place.block: place.last_line for place in places}
    assert last == {0: 0, 1: 2, 2: 2, 3: 3, 4: 0, 5: 2, 6: 0, 7: 2}
