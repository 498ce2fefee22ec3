"""The annexes of the document that was laid out last, kept: a draft is laid out again after each change of its body.

They take most of the time, and come out the same where nothing else changed and they begin on the page that they did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from reports.model import OfficialDocument
from reports.text_fitting import SHORT_TEXT, with_short_annexes


@dataclass
class KeptAnnexes:
    """The pages of some annexes; `beside` is what they were laid out with: the document but for its body."""

    beside: OfficialDocument | None = None
    pages_before: int = 0
    pages: tuple[Any, ...] = ()

    def lay_document(self, document: OfficialDocument, lay: Callable[[OfficialDocument], Any]) -> Any:
        """Return a document as `lay` lays it out, its annexes taken over from the last one where that is the same."""
        short = with_short_annexes(document)
        if document == short:
            return lay(document)
        beside = replace(document, body=SHORT_TEXT)
        if beside == self.beside and self.are_whole:
            text = lay(short)
            if len(text.pages) - len(document.annexes) == self.pages_before:
                return text.copy([*text.pages[: self.pages_before], *self.pages])
        self.beside, self.pages = None, ()  # nobody needs both in memory
        laid = lay(document)
        self.beside, self.pages_before = beside, pages_before_annexes(laid)
        self.pages = tuple(laid.pages[self.pages_before :])
        return laid

    @property
    def are_whole(self) -> bool:
        """Whether nobody wrote them to be read aloud, which takes their boxes away."""
        return all(page._page_box is not None for page in self.pages)


def pages_before_annexes(text: Any) -> int:
    """How many pages of WeasyPrint's laid-out document the text takes."""
    return next(number for number, page in enumerate(text.pages) if _has_annex(page))


def _has_annex(page: Any) -> bool:
    elements = (box.element for box in page._page_box.descendants() if box.element is not None)
    return any("annex" in (element.get("class") or "").split() for element in elements)
