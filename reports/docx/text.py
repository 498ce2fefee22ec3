"""Paragraphs and runs of text."""

from reports.characters import on_one_line
from reports.docx.wordml import XML_SPACE, Element, w
from reports.plaintext import writable_text


def text_element(text: str) -> Element:
    """Return the text of a run on one line, with its spaces preserved."""
    element = w("t", on_one_line(writable_text(text)))
    element.set(XML_SPACE, "preserve")
    return element


def text_run(text: str, style: str = "") -> Element:
    """Return a run of text; `style` is the id of a character style."""
    return w("r", w("rPr", w("rStyle", val=style)) if style else None, text_element(text))


def tab_run() -> Element:
    return w("r", w("tab"))


def line_break() -> Element:
    return w("r", w("br"))


def styled_paragraph(style: str, *content: Element | str, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph; `properties` apply to this one only, such as a computed position."""
    runs = (text_run(part) if isinstance(part, str) else part for part in content if part != "")
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)


def keep_with_next(element: Element) -> None:
    """Keep a paragraph's end on the same page as the next paragraph."""
    element[0].insert(1, w("keepNext"))
