"""Plain text of a document as markup for WeasyPrint: escaped, with line-break rules, rare characters in their face."""

from itertools import groupby

from markupsafe import Markup, escape

from reports.characters import on_one_line
from reports.fonts import FontBook, Role
from reports.linebreaks import join


class Typesetter:
    """Sets text in the faces of a font book."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts

    def set(self, text: str, role: str = Role.TEXT) -> Markup:
        """A text in the face of a role. Raises FontError for a character that neither of its faces has."""
        family = self.fonts[Role(role)]
        text = on_one_line(text)
        rare = family.lacks(text)
        if not rare:
            return escape(join(text))
        runs = groupby(join(text), key=rare.__contains__)
        return Markup().join(
            Markup('<span class="rare" style="font-family: {}">{}</span>').format(family.spare_name, run)
            if is_rare
            else escape(run)
            for is_rare, run in ((is_rare, "".join(characters)) for is_rare, characters in runs)
        )
