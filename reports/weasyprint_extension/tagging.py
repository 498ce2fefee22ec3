"""The tags of a document to be read aloud: a table that runs over pages is one, each head says that it heads a column.

WeasyPrint tags what each page shows of a table as a table of its own, with the repeated head, and names heads by ids
that need a list it does not write. It also keeps the boxes of all pages until the end: here they are given back. The
tags are made from the boxes after all pages are drawn; a document can be written only once.
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
    tags = StructureTags(pdf)
    seen_pdf = SimpleNamespace(
        add_object=tags.add_object, catalog=pdf.catalog, page_references=pdf.page_references
    )
    ordinary_tags(seen_pdf, SimpleNamespace(pages=ReleasingPages(document.pages, tags)), version, streams)


class StructureTags:
    """The tags of a document as they are made, page by page."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._elements: dict[bytes, Any] = {}
        self._tables: list[Any] = []
        self._first_parts: dict[Any, Any] = {}

    def add_object(self, added: Any) -> None:
        self._pdf.add_object(added)
        if added.get("Type") == "/StructElem":
            self._elements[added.reference] = added
            if added["S"] == "/Table":
                self._tables.append(added)

    def finish_page(self, page_box: Any) -> None:
        """Correct the tags of the tables that a page shows: they were made in the order of its boxes."""
        drawn = (
            box
            for box in page_box.descendants(placeholders=True)
            if box.is_table_wrapper and box.element_tag == "table"
        )
        for box, table in zip(drawn, self._tables, strict=True):
            _give_scopes(box)
            first = self._first_parts.setdefault(box.element, table)
            if first is not table:
                self._continue_table(first, table)
        self._tables.clear()

    def _continue_table(self, first: Any, table: Any) -> None:
        """Let the rows that a later page shows follow in the table that they belong to, without its head again."""
        for reference in table["K"]:
            part = self._elements[reference]
            part["P"] = first.reference
            if part["S"] != "/THead":
                first["K"].append(reference)
        table["K"].clear()
        self._elements[table["P"]]["K"].remove(table.reference)


def _give_scopes(table: Any) -> None:
    """Say of each head whether it heads its row or its column; the ids by which cells named their heads go."""
    for cell in table.descendants():
        if not isinstance(cell, boxes.TableCellBox):
            continue
        attributes = cell.mark["A"]
        cell.mark.pop("ID", None)
        attributes.pop("Headers", None)
        if cell.mark["S"] == "/TH":
            is_row_head = cell.element.attrib.get("scope") == "row"
            attributes["Scope"] = "/Row" if is_row_head else "/Column"
        elif len(attributes) == 1:
            del cell.mark["A"]


class ReleasingPages(list[Any]):
    """Pages whose tags are corrected, and which lose their boxes, when the next one is asked for."""

    def __init__(self, pages: list[Any], tags: StructureTags) -> None:
        super().__init__(pages)
        self._tags = tags

    def __iter__(self) -> Iterator[Any]:
        for page in super().__iter__():
            yield page
            self._tags.finish_page(page._page_box)
            release_boxes(page)


def release_boxes(page: Any) -> None:
    """Take a page's boxes away. A table's columns hold the table that holds them: that ring is opened first."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableBox):
            for column in chain.from_iterable(group.children for group in box.column_groups):
                vars(column).pop("get_cells", None)
    page._page_box = None
