"""What a page costs before anything stands on it: its styles, and the backgrounds of all that is on it."""

from typing import Any

from weasyprint.layout import background, page

from reports.weasyprint_extension.lines import PlainLine

ordinary_styles = page.set_page_type_computed_styles
ordinary_backgrounds = background.layout_box_backgrounds


def style_page(page_type: Any, html: Any, style_for: Any) -> None:
    """Give a page its styles; takes the place of `weasyprint.layout.page.set_page_type_computed_styles`.

    Pages that differ by nothing but their number share them: our sheet names none by its number but the first.
    """
    styles, kinds = style_for.get_computed_styles(), vars(style_for).setdefault("kinds_of_page", {})
    kind = page_type._replace(index=min(page_type.index, 1), groups=())
    if kind not in kinds:
        before = set(styles)
        ordinary_styles(page_type, html, style_for)
        kinds[kind] = {place: styles[key, place] for key, place in set(styles) - before}
    styles |= {(page_type, place): style for place, style in kinds[kind].items()}


def lay_out_backgrounds(page_box: Any, box: Any, *others: Any, **options: Any) -> None:
    """Lay out backgrounds; takes the place of `weasyprint.layout.background.layout_box_backgrounds`."""
    if not isinstance(box, PlainLine):
        ordinary_backgrounds(page_box, box, *others, **options)
