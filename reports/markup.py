"""Plain text of a document as markup for WeasyPrint: escaped, with line-break rules, rare characters in their face."""

from datetime import date
from itertools import groupby

from markupsafe import Markup, escape

from reports.fonts import FontBook, Role
from reports.linebreaks import clean, join


def written_date(day: date | None) -> str:
    """A date as 7.3.5.4 wants it, without leading zeros; a draft's stays open."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


class Typesetter:
    """Sets text in the faces of a font book."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts

    def set(self, text: str, role: str = Role.TEXT) -> Markup:
        """A text in the face of a role. Raises FontError for a character that neither of its faces has."""
        family = self.fonts[Role(role)]
        text = clean(text)
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

    def paragraphs(self, text: str) -> list[str]:
        """The paragraphs of a text, one for each line that is not empty; at least one."""
        return [line.strip() for line in text.splitlines() if line.strip()] or [""]
