"""一页纸 as PDF: one sheet of A4 with its last line on it, however much or little there is."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from pytest import approx

from tests.clients import log_in
from tests.filing.pages import seen
from tests.overview.growth import fill_up
from tests.world import World

A4 = (595, 842)  # in points


@pytest.mark.parametrize("is_full", [False, True])
def test_it_is_one_page_of_a4_to_its_last_line(app: Flask, world: World, is_full: bool) -> None:
    if is_full:
        fill_up(world)
    period = "2026Q1" if is_full else "2026Q3"
    answer = log_in(app, world, "leader").get(f"/brief.pdf?period={period}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pypdfium2.PdfDocument(BytesIO(answer.data)) as pdf:
        assert [tuple(map(round, page.get_size())) for page in pdf] == [approx(A4, abs=2)]
        words = "".join(pdf[0].get_textpage().get_text_range().split())
    assert "打印稿，不作为公文" in words
    assert "与上季度相比" in words
    assert "没有销号的批示（200件" in words if is_full else "没有销号的批示（0件" in words


@pytest.mark.parametrize(("query", "status"), [("scope=leader-999", 422), ("period=2020Q1", 422)])
def test_what_there_is_not_is_refused_before_anything_is_printed(
    app: Flask, world: World, query: str, status: int
) -> None:
    del app.extensions["demand_printer"]
    assert log_in(app, world, "leader").get(f"/brief.pdf?{query}").status_code == status
    assert "demand_printer" not in app.extensions


def test_the_page_leads_to_the_pdf(app: Flask, world: World) -> None:
    page = log_in(app, world, "office").get("/brief?period=2026Q3")
    assert 'href="/brief.pdf?period=2026Q3&amp;scope=all"' in page.text
    assert "打开 PDF" in seen(page)
