"""Pages give their boxes back while a document to be read aloud is tagged: WeasyPrint keeps all of them until the end.

The tags are made from the boxes after all pages are drawn. A document can be written only once.
"""

from collections.abc import Iterator
from itertools import chain
from types import SimpleNamespace
from typing import Any

from weasyprint import pdf as weasyprint_pdf
from weasyprint.formatting_structure import boxes

ordinary_tags = weasyprint_pdf.add_tags


def add_tags(pdf: Any, document: Any, version: str, streams: list[Any]) -> None:
    """Tag what is drawn; takes the place of `weasyprint.pdf.tags.add_tags`.

    All pages are there by now: their list, which pydyf would make again for each tag, is made once.
    """
    seen_pdf = SimpleNamespace(
        add_object=pdf.add_object, catalog=pdf.catalog, page_references=pdf.page_references
    )
    ordinary_tags(seen_pdf, SimpleNamespace(pages=ReleasingPages(document.pages)), version, streams)


class ReleasingPages(list[Any]):
    """Pages that lose their boxes when the next one is asked for."""

    def __iter__(self) -> Iterator[Any]:
        for page in super().__iter__():
            yield page
            release_boxes(page)


def release_boxes(page: Any) -> None:
    """Take a page's boxes away. A table's columns hold the table that holds them: that ring is opened first."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableBox):
            for column in chain.from_iterable(group.children for group in box.column_groups):
                vars(column).pop("get_cells", None)
    page._page_box = None
