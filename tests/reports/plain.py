"""WeasyPrint as it comes, without our extension, to compare with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.draw import text as weasyprint_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, inline, page

from reports.extension import drawing, filling, lengths, lines
from reports.fonts import find_fonts
from reports.pdf import press


@contextmanager
def plain_weasyprint() -> Iterator[None]:
    """Take the extension out for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "get_next_linebox", lines.ordinary_line)
        patch.setattr(inline, "split_text_box", lines.ordinary_text)
        patch.setattr(inline, "justify_line", filling.ordinary_filling)
        patch.setattr(inline, "resolve_percentages", lengths.ordinary_lengths)
        patch.setattr(page, "resolve_percentages", lengths.ordinary_lengths)
        patch.setattr(background, "layout_box_backgrounds", lengths.ordinary_backgrounds)
        patch.setattr(weasyprint_text, "draw_first_line", drawing.ordinary_drawing)
        yield


def lay_out(markup: str, style: str = "") -> Any:
    """Lay out some markup with the style sheet of documents and some more."""
    ours = press(find_fonts())
    sheets = [ours.stylesheet, CSS(string=style, font_config=ours.configuration)]
    source = HTML(string=f'<html lang="zh-CN"><body>{markup}</body></html>', url_fetcher=ours.assets)
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
