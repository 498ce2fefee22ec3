"""Paragraphs and runs of text."""

from reports.characters import on_one_line
from reports.docx.wordml import XML_SPACE, Element, w
from reports.plaintext import written


def letters(text: str) -> Element:
    """The text of a run, on one line, its spaces kept."""
    element = w("t", on_one_line(written(text)))
    element.set(XML_SPACE, "preserve")
    return element


def run(text: str, style: str = "") -> Element:
    """A run of text; `style` is the id of a character style."""
    return w("r", w("rPr", w("rStyle", val=style)) if style else None, letters(text))


def tab() -> Element:
    """A tab, in a run of its own."""
    return w("r", w("tab"))


def line_break() -> Element:
    """A line break within a paragraph, in a run of its own."""
    return w("r", w("br"))


def paragraph(style: str, *content: Element | str, properties: tuple[Element, ...] = ()) -> Element:
    """A paragraph; `properties` is what only this one has, such as a computed place."""
    runs = (run(part) if isinstance(part, str) else part for part in content if part != "")
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)


def keep_with_next(element: Element) -> None:
    """Keep a paragraph's end on the page of the next one."""
    element[0].insert(1, w("keepNext"))
