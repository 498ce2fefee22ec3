"""A saved web page (.html, .mht) as the text of its article; menus and the like are left out, but listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from typing import IO, Any

import lxml.html
from trafilatura import bare_extraction

from app.base.errors import BadInput
from app.base.text import shorten_text
from app.plan.importer.source_text import decode_source
from app.plan.importer.sources.file_kinds import refusing_damage
from app.plan.importer.sources.page_lines import PageItem, PageReader
from app.plan.importer.sources.source_file import FileContents, source_of_contents
from app.plan.importer.sources.table_grid import PLAIN, TableGrid

HEAD_BYTES = 4096
CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE
)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
CHINESE_ENCODINGS = ("gb2312", "gbk", "gb_2312-80", "gb18030", "hz-gb-2312")
SURE_LENGTH = 12  # characters of a line that is found again in the main text
MOST_OF_TEXT = 0.9
SHORTEST_TABLE = 60  # characters
LISTED = 3_000  # characters of the listed parts that were left out
# Words around an article. A title may begin with some of them, so these only count at the end or before a name.
# something.
FURNITURE = re.compile(
    r"[【\[（(]?(?:(?:字体|字号|扫一扫|上一篇|下一篇|上一条|下一条|当前位置|您的位置|您现在|索引号|主题分类|无障碍"
    r"|相关链接|相关附件|附件下载|版权所有|ICP|.{0,6}公网安备).*"
    r"|(?:信息)?(?:来源|作者|发布|公开|更新|编辑|浏览|阅读|点击|分享|收藏|主办|承办|网站|成文|发文|责任编辑).{0,4}[:：].*"
    r"|(?:首页|打印|关闭|返回|分享|收藏|下载|全屏|加大|放大|还原|缩小|减小|[大中小]).{0,8}|\W*)"
)
TITLE_END = re.compile(r"[-_|—–]")
ARTICLE_TITLE = ("ArticleTitle", "og:title")
NO_ARTICLE = "网页里没有找到正文，没有读入。请在浏览器里打开，复制全文后粘贴进来。"
NO_PAGE = "网页归档里没有网页，没有读入。请在浏览器里打开，另存为“网页，仅 HTML”，或者复制全文粘贴进来。"


def read_web_archive(file: IO[bytes]) -> dict[str, Any]:
    """Return the text of the page in a .mht file. Raises BadInput."""
    message = message_from_bytes(file.read(), policy=policy.compat32)
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    part = next(pages, None)
    content = part.get_payload(decode=True) if part is not None else None
    if not isinstance(content, bytes):
        raise BadInput(NO_PAGE)
    return read_page_bytes(content, part.get_content_charset() if part is not None else None)


def read_web_page(file: IO[bytes]) -> dict[str, Any]:
    """Return the text of a page as `SourceText.as_json` has it. Raises BadInput if it has no article."""
    return read_page_bytes(file.read(), None)


def read_page_bytes(data: bytes, declared: str | None) -> dict[str, Any]:
    text = XML_DECLARATION.sub("", decode_page(data, declared)).replace("\x00", "")
    return source_of_contents(refusing_damage(article_contents, text)).as_json()


def decode_page(data: bytes, declared: str | None) -> str:
    """Decode a page by its declared encoding, if that is right. Raises PlanUnreadable."""
    found = CHARSET.search(data[:HEAD_BYTES])
    name = (declared or (found[1].decode("ascii") if found else "")).lower()
    name = "gb18030" if name in CHINESE_ENCODINGS else name
    try:
        return (
            data.decode(name)
            if name and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
            else decode_source(data)
        )
    except (LookupError, UnicodeDecodeError):
        return decode_source(data)


def article_contents(text: str) -> FileContents:
    tree = lxml.html.document_fromstring(text)
    items = PageReader().read_items(tree)
    kept = article_items(items, "".join(main_text(text).split()))
    if not kept:
        raise BadInput(NO_ARTICLE)
    title = title_item(tree, items, kept)
    chosen = {id(item) for item in (*title, *kept)}
    left = [item.text for item in items if id(item) not in chosen]
    return FileContents([item.content for item in (*title, *kept)], tuple(omission_notes(left)))


def main_text(text: str) -> str:
    """Return what trafilatura finds as the main text; lists and tables may be missing."""
    found: Any = bare_extraction(
        text, include_comments=False, include_tables=True, favor_recall=True, fast=True, deduplicate=False
    )
    return (found.text or "") if found is not None else ""


def article_items(items: Sequence[PageItem], main: str) -> list[PageItem]:
    """Return the items in the smallest element with most of the main text, without the surroundings inside it.

    If trafilatura found none, as in pages with layout tables, all long lines count.
    """
    found = [is_main(item, main) for item in items]
    matched = [item for item, is_found in zip(items, found, strict=True) if is_found]
    if not matched:
        return [item for item in items if not is_furniture(item)]
    inside = smallest_holder(matched)
    places = [place for place, item in enumerate(items) if is_below(item.element, inside)]
    first, last = found.index(True), len(found) - 1 - found[::-1].index(True)
    return [items[place] for place in places if first <= place <= last or not is_furniture(items[place])]


def is_main(item: PageItem, main: str) -> bool:
    """Return whether an item is in the main text, or is a table with content, which trafilatura often leaves out."""
    if isinstance(item.content, TableGrid):
        return len(item.text) >= SHORTEST_TABLE
    return len(item.text) >= SURE_LENGTH and not is_furniture(item) and (not main or item.text in main)


def smallest_holder(matched: Sequence[PageItem]) -> Any:
    """Return the lowest element that contains most of the matched text."""
    total = sum(len(item.text) for item in matched)
    held: dict[Any, int] = {}
    depths: dict[Any, int] = {}
    for item in matched:
        chain = [item.element, *item.element.iterancestors()]
        for depth, element in enumerate(reversed(chain)):
            held[element] = held.get(element, 0) + len(item.text)
            depths[element] = depth
    holders = [element for element, length in held.items() if length >= MOST_OF_TEXT * total]
    return max(holders, key=lambda element: depths[element])


def is_below(element: Any, above: Any) -> bool:
    return element is above or any(one is above for one in element.iterancestors())


def is_furniture(item: PageItem) -> bool:
    return item.is_link or bool(FURNITURE.fullmatch(item.text))


def title_item(tree: Any, items: Sequence[PageItem], kept: Sequence[PageItem]) -> list[PageItem]:
    """Return the line with the page's title outside the article; otherwise one made from its metadata."""
    title = "".join(TITLE_END.split(page_title(tree))[0].split())
    if len(title) < 4 or any(title in item.text for item in kept[:8]):
        return []
    lines = [item for item in items if item.text and item.text == title and id(item) not in map(id, kept)]
    heads = [item for item in lines if item.element.tag in ("h1", "h2", "h3")] or lines
    return heads[:1] or [PageItem((title, PLAIN), tree)]


def page_title(tree: Any) -> str:
    for name in ARTICLE_TITLE:
        for meta in tree.iter("meta"):
            if name in (meta.get("name"), meta.get("property")) and (meta.get("content") or "").strip():
                return str(meta.get("content"))
    return next((one.text or "" for one in tree.iter("title")), "")


def omission_notes(left: Sequence[str]) -> Iterator[str]:
    if left:
        words = shorten_text("；".join(left), LISTED)
        yield f"网页上的菜单、页脚等 {len(left)} 处、{sum(map(len, left))} 字没有作为正文读入：{words}"
