"""WeasyPrint as it comes, without our extension, to compare with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import CSS
from weasyprint.formatting_structure import boxes

from reports.document_html import DocumentHTML
from reports.fonts import find_fonts
from reports.pdf import renderer_for
from reports.weasyprint_extension import PATCHES

LINES = ("iter_line_boxes", "split_text_box", "justify_line", "draw_text")


@contextmanager
def plain_weasyprint() -> Iterator[None]:
    """Take what sets lines out of the extension for a while."""
    renderer_for(find_fonts())  # puts all in place when it is first asked for
    with without(*LINES):
        yield


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Take the patches of these functions out for a while."""
    taken = [patch for patch in PATCHES if patch.name in names]
    assert len(taken) == len(names)
    for patch in taken:
        patch.restore_original()
    try:
        yield
    finally:
        for patch in taken:
            patch.put_replacement()


def lay_out(markup: str, style: str = "") -> Any:
    """Lay out some markup with the style sheet of documents and some more."""
    ours = renderer_for(find_fonts())
    sheets = [ours.stylesheet, CSS(string=style, font_config=ours.configuration)]
    source = DocumentHTML(f'<html lang="zh-CN"><body>{markup}</body></html>', ours.assets)
    return source.render(stylesheets=sheets, font_config=ours.configuration)


def found(document: Any, kind: type) -> list[Any]:
    """All boxes of a kind in the text of a laid-out document, page by page."""
    contents = [page._page_box.children[0] for page in document.pages]
    return [box for content in contents for box in content.descendants() if isinstance(box, kind)]


def lines_of(document: Any) -> list[tuple[str, list[float]]]:
    """What each line says, and its place, size and baseline."""
    return [
        (
            "".join(text.text for text in line.descendants() if isinstance(text, boxes.TextBox)),
            [line.position_x, line.position_y, line.width, line.height, line.baseline],
        )
        for line in found(document, boxes.LineBox)
    ]
