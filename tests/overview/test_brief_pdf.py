"""一页纸 as PDF: one sheet of A4 with its last line on it, however much or little there is."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import pytest
import tinycss2
from flask import Flask
from pytest import approx
from tinycss2.ast import Declaration, QualifiedRule

from app.overview.brief import MOST_CELLS, MOST_CONCERNS, MOST_DIRECTIVES, PAPER_STYLE
from tests.clients import log_in
from tests.filing.pages import seen
from tests.overview.growth import fill_up
from tests.world import World

A4 = (595, 842)  # in points
MM_PER_POINT = 25.4 / 72


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


def test_the_parts_at_their_fullest_are_no_higher_than_the_sheet(app: Flask) -> None:
    source = app.extensions["assets"].asset_text(PAPER_STYLE)
    styles: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, QualifiedRule):
            for selector in tinycss2.serialize(rule.prelude).split(","):
                known = styles.setdefault(selector.strip().removeprefix(".brief-"), {})
                known |= {one.name: tinycss2.serialize(one.value).strip() for one in declarations(rule)}

    def height(name: str, lines: int = 1) -> float:
        style = styles[name]
        font = style.get("font-size", styles["sheet"]["font-size"])
        pitch = float(style.get("line-height", styles["sheet"]["line-height"]))
        text = float(font.removesuffix("pt")) * MM_PER_POINT * pitch * lines
        above, _, below = lengths(style.get("margin", "0 0 0"))
        ruled = re.findall(r"([\d.]+)mm solid", style.get("border-top", ""))
        return text + above + below + sum(map(float, ruled))

    assert int(styles["concern"]["line-clamp"]) == int(styles["line"]["line-clamp"]) == 3
    rows = -(-MOST_CELLS // 5)
    parts = (
        height("title"),
        height("sentence", int(styles["sentence"]["line-clamp"])),
        rows * lengths(styles["cell"]["height"])[0] + lengths(styles["cells"]["border-width"])[0],
        height("note"),
        2 * height("heading"),
        MOST_CONCERNS * height("concern", 3),
        2 * height("line", 3),
        MOST_DIRECTIVES * height("sheet"),
        height("foot") + lengths(styles["foot"]["padding-top"])[0],
    )
    assert 240 < sum(parts) <= lengths(styles["sheet"]["height"])[0]
    cell = styles["cell"]
    lines = float(cell["font-size"].removesuffix("pt")) * MM_PER_POINT * float(cell["line-height"])
    assert (1 + int(styles["cell-title"]["line-clamp"])) * lines < lengths(cell["height"])[0]


def declarations(rule: QualifiedRule) -> list[Declaration]:
    items = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [item for item in items if isinstance(item, Declaration)]


def lengths(value: str) -> list[float]:
    """Return the millimetres of a value, 0 of what has no unit."""
    return [float(one.removesuffix("mm")) for one in value.split()]


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
