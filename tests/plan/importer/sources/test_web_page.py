"""A saved page is read as its article: nothing inside is lost, and what is left out is listed and counted."""

from __future__ import annotations

import io

import lxml.html
import pytest

from app.base.errors import BadInput
from app.plan.importer import SourceText
from app.plan.importer.sources.page_lines import PageItem, PageReader
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid
from app.plan.importer.sources.web_page import (
    LISTED,
    article_items,
    is_furniture,
    is_main,
    main_text,
    omission_notes,
    page_title,
    read_web_archive,
    read_web_page,
    title_item,
)

ARTICLE = """
<p style="text-indent:2em">2026年是“十五五”开局之年，街道将深入贯彻上级部署，\n  扎实推进各项工作，不断开创新局面。</p>
<p><strong>一、优化营商环境</strong></p>
<p><span style="font-weight: bold">1.夯实项目储备。</span>落实招商机制，用好部门协同招商、展会招商、平台招商等方式。</p>
<p>2.打通服务链条。建立企业名单，坚持走访联系、政策服务和资源对接三管齐下。<br/>3.办好事。</p>
<div>二、加强党建</div>
<ol><li>全年学习十二次</li><li>走访二百家</li></ol>
<table><tr><th>年份</th><th>数量</th></tr><tr><td>2026</td><td>240</td></tr></table>
"""
PAGE = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>青山街道2026年工作计划_某区政府网</title>
<style>p{{}}</style><script>var a = "脚本";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/b">政务公开</a></li></ul></div>
<div>您的位置：<a href="/">首页</a> &gt; 规划计划</div>
<div class="article"><h1>青山街道2026年工作计划</h1>
<div class="info">发布时间：2026-02-05　来源：青山街道　【字体：<a>大</a> <a>小</a>】</div>
<div id="zoom">{ARTICLE}</div>
<div class="share">分享到：<a>微信</a></div><div><a>打印本页</a> <a>关闭窗口</a></div></div>
<div class="footer">主办单位：某区人民政府　网站标识码：310000 <a>网站地图</a></div></body></html>"""
LINES = [
    "青山街道2026年工作计划",
    "2026年是“十五五”开局之年，街道将深入贯彻上级部署，扎实推进各项工作，不断开创新局面。",
    "一、优化营商环境",
    "1.夯实项目储备。落实招商机制，用好部门协同招商、展会招商、平台招商等方式。",
    "2.打通服务链条。建立企业名单，坚持走访联系、政策服务和资源对接三管齐下。",
    *("3.办好事。", "二、加强党建", "1. 全年学习十二次", "2. 走访二百家", "年份\t数量", "2026\t240"),
]


def read_page(page: str, encoding: str = "gb18030") -> SourceText:
    return SourceText.from_json(read_web_page(io.BytesIO(page.encode(encoding))))


def test_the_article_is_read_whole_with_its_title_and_nothing_else() -> None:
    assert read_page(PAGE).text.split("\n") == LINES


def test_headings_and_bold_type_are_marked() -> None:
    source = read_page(PAGE)
    assert source.lines[0].outline_level == 1
    bold = [source.text[start:end] for line in source.lines[1:] for start, end in line.bold]
    assert bold == ["一、优化营商环境", "1.夯实项目储备。"]


def test_what_was_left_out_is_listed_and_counted() -> None:
    (note,) = read_page(PAGE).notes
    assert "7 处、88 字" in note
    for words in ("首页", "发布时间：2026-02-05", "打印本页关闭窗口", "网站标识码：310000"):
        assert words in note
    assert "脚本" not in note


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_is_decoded_by_what_it_is_and_not_by_what_it_says(encoding: str) -> None:
    assert read_page(PAGE, encoding).text.split("\n") == LINES


def test_the_tables_of_an_old_page_only_place_its_text() -> None:
    links = "".join(f"<a href='/{n}'>栏目{n}</a> " for n in range(9))
    page = (
        f"<html><body><table><tr><td>{links}</td></tr><tr><td><table><tr><td>左边</td><td>{ARTICLE}</td></tr>"
        f"</table></td></tr><tr><td>版权所有：某区</td></tr></table></body></html>"
    )
    assert read_page(page, "utf-8").text.split("\n") == LINES[1:]


def test_a_title_that_begins_like_a_button_is_a_title() -> None:
    for title in (
        "公开透明办事2026年工作计划",
        "更新改造老旧小区工作方案",
        "下载量提升和数字阅读推广年度计划",
    ):
        assert read_page(f"<div><p>{title}</p>{ARTICLE}</div>", "utf-8").text.split("\n")[0] == title


def test_a_page_without_frame_is_its_article() -> None:
    assert read_page(f"<p>青山街道2026年工作计划</p>{ARTICLE}", "utf-8").text.split("\n") == LINES


def test_a_page_in_an_archive_is_read() -> None:
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{PAGE}\r\n--X\r\nContent-Type: image/png\r\n\r\nxx\r\n--X--\r\n"
    )
    found = SourceText.from_json(read_web_archive(io.BytesIO(archive.encode())))
    assert found.text.split("\n") == LINES
    with pytest.raises(BadInput, match="没有网页"):
        read_web_archive(io.BytesIO(b"Content-Type: text/plain\r\n\r\nx"))


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(BadInput, match="没有找到正文"):
        read_page("<html><body><script>计划</script></body></html>", "utf-8")


def test_the_main_text_is_found_in_a_page_and_in_none_without_words() -> None:
    assert "落实招商机制" in main_text(PAGE)
    assert main_text("<html><body><script>1</script></body></html>") == ""


def line_item(words: str, *, is_link: bool = False) -> PageItem:
    return PageItem((words, PLAIN), None, is_link)


@pytest.mark.parametrize(
    ("words", "main", "found"),
    [
        ("字" * 12, "前字" + "字" * 12, True),
        ("字" * 11, "字" * 12, False),
        ("字" * 12, "文" * 20, False),
        ("字" * 12, "", True),
        ("来源：" + "字" * 12, "", False),
    ],
)
def test_a_long_line_counts_that_stands_in_the_main_text(words: str, main: str, found: bool) -> None:
    assert is_main(line_item(words), main) is found
    assert not is_main(line_item(words, is_link=True), main)


@pytest.mark.parametrize(("length", "found"), [(60, True), (59, False)])
def test_a_table_counts_that_says_something(length: int, found: bool) -> None:
    grid = TableGrid([[TableCell(0, 0, lines=(("字" * length, PLAIN),))]])
    assert is_main(PageItem(grid, None), "文") is found


@pytest.mark.parametrize(
    ("words", "is_of_page"),
    [
        ("来源：青山街道", True),
        ("信息来源：青山街道", True),
        ("来源地建设", False),
        ("打印本页", True),
        ("打印" + "字" * 9, False),
        ("上一篇：工作动态", True),
        ("【字体：大中小】", True),
        ("……", True),
        ("青山街道2026年工作计划", False),
    ],
)
def test_what_a_page_says_around_its_article(words: str, is_of_page: bool) -> None:
    assert is_furniture(line_item(words)) is is_of_page


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<title>网页</title><meta name='ArticleTitle' content='计划'><meta property='og:title' content='别名'>",
            "计划",
        ),
        ("<title>网页</title><meta property='og:title' content='别名'>", "别名"),
        ("<title>网页</title><meta name='ArticleTitle' content=' '>", "网页"),
        ("<meta name='keywords' content='计划'>", ""),
    ],
)
def test_what_a_page_is_called(head: str, title: str) -> None:
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body><p>正文</p></body></html>")
    assert page_title(tree) == title


@pytest.mark.parametrize(
    ("outside", "inside", "found"),
    [
        ("<p>青山街道工作计划</p>", "<p>正文</p>", ["p"]),
        ("<p>青山街道工作计划</p><h2>青山街道工作计划</h2>", "<p>正文</p>", ["h2"]),
        ("<p>导航</p>", "<p>正文</p>", ["html"]),
        ("<p>导航</p>", "<p>青山街道工作计划</p>", []),
        ("<p>青山街道工作计划</p>", "<p>一</p>" * 7 + "<p>青山街道工作计划</p>", []),
        ("<p>青山街道工作计划</p>", "<p>一</p>" * 8 + "<p>青山街道工作计划</p>", ["p"]),
    ],
)
def test_the_title_that_stands_outside_of_the_article_is_put_over_it(
    outside: str, inside: str, found: list[str]
) -> None:
    head = "<head><title>青山街道工作计划 - 某区</title></head>"
    page = f"<html>{head}<body>{outside}<div id='a'>{inside}</div></body></html>"
    tree = lxml.html.document_fromstring(page)
    items = PageReader().read_items(tree)
    article = tree.get_element_by_id("a")
    kept = [item for item in items if article in item.element.iterancestors() or item.element is article]
    assert [item.element.tag for item in title_item(tree, items, kept)] == found
    assert [item.text for item in title_item(tree, items, kept)] == ["青山街道工作计划"] * len(found)


def test_a_title_of_three_characters_says_nothing() -> None:
    tree = lxml.html.document_fromstring(
        "<html><head><title>通知栏</title></head><body><p>正文</p></body></html>"
    )
    items = PageReader().read_items(tree)
    assert title_item(tree, items, items) == []


@pytest.mark.parametrize(("length", "is_cut"), [(LISTED, False), (LISTED + 1, True)])
def test_what_was_left_out_is_listed_as_far_as_somebody_reads_it(length: int, is_cut: bool) -> None:
    [note] = omission_notes(["字" * length])
    assert f"1 处、{length} 字" in note
    assert note.endswith("……") is is_cut
    assert list(omission_notes([])) == []


def test_an_article_is_what_stands_between_its_first_and_last_long_line() -> None:
    first, last = "围绕年度目标细化分解任务。", "确保各项任务落到实处见效。"
    lines = ("来源：青山街道", "前言", first, "甲。", "打印本页", last, "附记", "关闭窗口")
    article = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><body><p>导航</p><div>{article}</div><p>版权所有</p></body></html>"
    items = PageReader().read_items(lxml.html.document_fromstring(page))
    assert [item.text for item in article_items(items, first + last)] == [*lines[1:-1]]
    assert [item.text for item in article_items(items, "别的文字")] == ["导航", *lines[1:4], *lines[5:-1]]
