"""Plain text of a document as markup for WeasyPrint: escaped, with line-break rules, rare characters in their face."""

from itertools import groupby

from markupsafe import Markup, escape

from reports.characters import on_one_line
from reports.fonts import FontBook, FontRole
from reports.line_breaks import mark_line_breaks


class TextTypesetter:
    """Sets text in the faces of a font book."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts

    def typeset_text(self, text: str, role: str = FontRole.TEXT) -> Markup:
        """A text in the face of a role. Raises FontError for a character that neither of its faces has."""
        family = self.fonts[FontRole(role)]
        text = on_one_line(text)
        rare = family.rare_characters(text)
        if not rare:
            return escape(mark_line_breaks(text))
        runs = groupby(mark_line_breaks(text), key=rare.__contains__)
        return Markup().join(
            Markup('<span class="rare" style="font-family: {}">{}</span>').format(family.spare_name, run)
            if is_rare
            else escape(run)
            for is_rare, run in ((is_rare, "".join(characters)) for is_rare, characters in runs)
        )
