"""The annexes of the document that was laid out last, kept: a draft is laid out again after each change of its body.

They take most of the time, and come out the same where nothing else changed and they begin on the page that they did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from reports.model import OfficialDocument
from reports.text_fitting import SHORT_TEXT, page_with, with_short_annexes


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
        self.beside, self.pages_before = beside, page_with(laid, "annex") - 1
        self.pages = tuple(laid.pages[self.pages_before :])
        return laid

    @property
    def are_whole(self) -> bool:
        """Whether nobody wrote them to be read aloud, which takes their boxes away."""
        return all(page._page_box is not None for page in self.pages)
