"""Corrects the tags of an accessible PDF: one table tag even over several pages, and scopes for header cells.

WeasyPrint tags the part of a table on each page as a separate table with a repeated head, and refers to header
cells by ids that need a list which it does not write. It also keeps the boxes of all pages until the end; here they
are released page by page. The tags are made from the boxes after all pages are drawn, so that a document can be
written with tags only once.
"""

from collections.abc import Iterator
from itertools import chain
from types import SimpleNamespace
from typing import Any

from weasyprint import pdf as weasyprint_pdf
from weasyprint.formatting_structure import boxes

ordinary_tags = weasyprint_pdf.add_tags


def add_tags(pdf: Any, document: Any, version: str, streams: list[Any]) -> None:
    """Add the tags to a PDF whose pages are drawn; replaces `weasyprint.pdf.tags.add_tags`.

    The list of pages is complete by now and is made once; pydyf would make it again for each tag.
    """
    tags = StructureTags(pdf)
    seen_pdf = SimpleNamespace(
        add_object=tags.add_object, catalog=pdf.catalog, page_references=pdf.page_references
    )
    ordinary_tags(seen_pdf, SimpleNamespace(pages=ReleasingPages(document.pages, tags)), version, streams)


class StructureTags:
    """Collects the tags of a document as they are made, page by page, and corrects those of tables."""

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
        """Correct the tags of the tables on a page; tags and boxes are in the same order."""
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
        """Move the rows of a table's later part into its first part, and drop the repeated head."""
        for reference in table["K"]:
            part = self._elements[reference]
            part["P"] = first.reference
            if part["S"] != "/THead":
                first["K"].append(reference)
        table["K"].clear()
        self._elements[table["P"]]["K"].remove(table.reference)


def _give_scopes(table: Any) -> None:
    """Mark each header cell as that of a row or a column, and remove the ids by which cells refer to it."""
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
    """Pages that, when the next one is requested, get their tags corrected and their boxes released."""

    def __init__(self, pages: list[Any], tags: StructureTags) -> None:
        super().__init__(pages)
        self._tags = tags

    def __iter__(self) -> Iterator[Any]:
        for page in super().__iter__():
            yield page
            self._tags.finish_page(page._page_box)
            release_boxes(page)


def release_boxes(page: Any) -> None:
    """Release a page's boxes; the reference cycle between a table and its columns is broken first."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableBox):
            for column in chain.from_iterable(group.children for group in box.column_groups):
                vars(column).pop("get_cells", None)
    page._page_box = None
