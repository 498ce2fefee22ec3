"""How the elements of a web page become lines: their spaces, bold type, levels and numbers."""

from __future__ import annotations

import lxml.html
import pytest

from app.plan.importer.sources.page_lines import DEPTH, PageItem, PageReader
from app.plan.importer.sources.table_grid import TableGrid


def items_of(page: str) -> list[PageItem]:
    return PageReader().read_items(lxml.html.document_fromstring(f"<html><body>{page}</body></html>"))


def lines_of(page: str) -> list[str]:
    """The lines, each with its level before it where it has one, and what is bold between stars."""
    found = []
    for item in items_of(page):
        assert isinstance(item.content, tuple)
        words, line = item.content
        for start, end in reversed(line.bold):
            words = f"{words[:start]}*{words[start:end]}*{words[end:]}"
        found.append("#" * line.outline_level + words)
    return found


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>走访  200\n家</p>", ["走访 200 家"]),
        ("<p>走访\n  企业</p>", ["走访企业"]),
        ("<p> 走访 </p><p> </p><p>服务</p>", ["走访", "服务"]),
        ("<p>走访 <span> 企业</span></p>", ["走访 企业"]),
        ("<p>&nbsp;&nbsp;&nbsp;&nbsp;走访</p>", ["\u3000\u3000走访"]),
        ("走访<br>服务<div>督查</div>考核", ["走访", "服务", "督查", "考核"]),
        ("<p><b>走访</b>企业</p>", ["*走访*企业"]),
        ("<p>走<b>访企</b>业</p>", ["走*访企*业"]),
        ("<p><b>走</b><strong>访</strong>企业</p>", ["*走访*企业"]),
        ("<p><b>走</b>访<b>企</b>业</p>", ["*走*访*企*业"]),
        ("<p><b> </b>走访</p>", ["走访"]),
        ("<p style='font-weight: 700'>走<i style='font-weight: normal'>访</i></p>", ["*走*访"]),
        ("<h2>走<i>访</i></h2><p>服务</p>", ["##*走访*", "服务"]),
        ("<div><h2><div>走访</div><div>服务</div></h2></div>", ["##*走访*", "##*服务*"]),
        ("<p hidden>走访</p><p style='display: none'>服务</p><script>1</script><p>督查</p>", ["督查"]),
        ("<ol><li><b>走访</b>企业</li><li>服<b>务</b></li></ol>", ["*1. 走访*企业", "2. 服*务*"]),
        ("<ol><li>走访<p>服务</p></li><li></li><li>督查</li></ol>", ["1. 走访", "服务", "3. 督查"]),
        ("<ol><li>（一）走访</li></ol><ul><li>服务</li></ul>", ["（一）走访", "服务"]),
        ("<ol start='3'><li>走访</li><li value='7'>服务</li></ol>", ["3. 走访", "7. 服务"]),
        ("<ol type='a'><li>走访</li></ol>", ["a. 走访"]),
        ("<ol style='list-style: none'><li>走访</li></ol>", ["走访"]),
        ("<ol style='list-style: cjk-ideographic'><li>走访<ol><li>服务</li></ol></li><li>督查</li></ol>",
         ["一、走访", "1. 服务", "二、督查"]),
    ],
)  # fmt: skip
def test_a_page_is_read_as_a_browser_shows_it(page: str, lines: list[str]) -> None:
    assert lines_of(page) == lines


def test_a_line_of_nothing_but_links_is_known() -> None:
    items = items_of("<p><a>首页</a> <a>公开</a></p><p><a>走访</a>企业</p><p><a><b>服务</b></a></p>")
    assert [item.is_link for item in items] == [True, False, True]


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_what_is_nested_deeper_than_any_page_is_left(more: int, is_read: bool) -> None:
    depth = DEPTH - 1 + more  # below html and body
    page = "<div>" * depth + "走访" + "</div>" * depth
    assert (lines_of(page) == ["走访"]) is is_read


def rows_of(*rows: str) -> str:
    return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)


@pytest.mark.parametrize(
    ("page", "is_table"),
    [
        (f"<table>{rows_of('甲|乙', '丙|丁')}</table>", True),
        (f"<table><tbody>{rows_of('甲|乙')}</tbody><tfoot>{rows_of('丙')}</tfoot></table>", True),
        (f"<table>{rows_of('甲|乙')}</table>", False),
        (f"<table>{rows_of('甲', '乙')}</table>", False),
        (f"<table>{rows_of('甲|乙', '丙|' + '丁' * 300)}</table>", True),
        (f"<table>{rows_of('甲|乙', '丙|' + '丁' * 301)}</table>", False),
        (f"<table>{rows_of('甲' * 300 + '|乙', '丙|' + '丁' * 301)}</table>", True),
        (f"<table>{rows_of('甲|<table><tr><td>乙</td></tr></table>', '丙|丁')}</table>", False),
    ],
)
def test_a_table_that_only_puts_text_in_its_place_is_none(page: str, is_table: bool) -> None:
    assert any(isinstance(item.content, TableGrid) for item in items_of(page)) is is_table


def test_merged_cells_of_a_page_cover_what_they_say() -> None:
    [item] = items_of(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td></tr></table>"
    )
    assert isinstance(item.content, TableGrid)
    [first, second] = item.content.rows
    assert [cell.text if cell else "" for cell in first] == ["甲", "乙", "乙"]
    assert [cell.text if cell else "" for cell in second] == ["甲", "丙"]
    assert item.text == "甲乙丙"
