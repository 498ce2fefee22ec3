"""Pseudo-elements that no document has: WeasyPrint's own style sheet gives six to every element, each with a style.

Footnotes and notes in the margin are not used at all; list markers are written as text, and where one is not, it goes
without a style of its own. Without them a document's styles take a seventh of the memory.
"""

from typing import Any

UNUSED = {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}


def without_unused(selectors: list[Any]) -> list[Any]:
    """Keep the selectors of a style sheet that are for other things.

    selectors: as cssselect2 keeps them: test, specificity, order, pseudo-element, and what they bring.
    """
    return [selector for selector in selectors if selector[3] not in UNUSED]
