"""Pages alike share their styles: WeasyPrint works them out anew for each page and each of its sixteen margin boxes.

Pages are alike on the same side of a sheet, of the same name, blank or not, first or not. A style sheet that asks for
a page by its number (:nth) would need more than that.
"""

from typing import Any

from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.layout import page

ordinary_styles = page.set_page_type_computed_styles

PSEUDO_ELEMENTS = (None, *(f"@{name}" for name in sorted(PAGE_MARGIN_BOXES)))


def style_page(page_type: Any, html: Any, style_for: Any) -> None:
    """Give a page its styles; takes the place of `weasyprint.layout.page.set_page_type_computed_styles`."""
    examples = vars(style_for).setdefault("pages_by_kind", {})
    kind = (page_type.side, page_type.name, page_type.blank, page_type.index == 0)
    example = examples.setdefault(kind, page_type)
    if example is page_type:
        ordinary_styles(page_type, html, style_for)
        return
    styles = style_for.get_computed_styles()
    for pseudo_element in PSEUDO_ELEMENTS:
        if (example, pseudo_element) in styles:
            styles[page_type, pseudo_element] = styles[example, pseudo_element]
