"""Page 1 shows some of the body below its red head (7.3.3), however much stands above and behind it."""

from collections.abc import Callable
from typing import Any

from reports import gbt9704 as standard
from reports.model import DocumentError, OfficialDocument

# Lays the text out with so many of its lines kept on the page of the signature.
LayText = Callable[[int], Any]


def lay_with_body_on_page_1(document: OfficialDocument, lay_text: LayText) -> Any:
    """Return the text laid out. A signature that takes the whole text along to page 2 is content with less.

    Raises DocumentError, in Chinese, when head, title and addressee alone fill page 1.
    """
    for lines in range(standard.LINES_WITH_SIGNATURE, -1, -1):
        text = lay_text(lines)
        if document.masthead is None or _shows_body(text.pages[0]):
            return text
    raise DocumentError(
        "首页排不下正文：版头、标题和主送机关已占满首页。请缩短标题或主送机关，或减少联署的发文机关、签发人。"
    )


def _shows_body(page: Any) -> bool:
    """Whether a page holds a part of the <main> element; WeasyPrint gives no public way to its boxes."""
    return any(box.element_tag == "main" and box.height > 0 for box in page._page_box.descendants())
