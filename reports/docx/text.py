"""Paragraphs and runs of text, cleaned of what neither paper nor XML can hold."""

import re

from reports.docx.wordml import XML_SPACE, Element, w
from reports.linebreaks import clean
from reports.model import DocumentError

UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(text: str) -> str:
    """A text as it is written into the document.

    Raises DocumentError for a code that stands for no character and that a document therefore cannot hold.
    """
    text = clean(text)
    if found := UNWRITABLE.search(text):
        raise DocumentError(
            f"文字“{text[:20]}”中有无法写入文档的字符（U+{ord(found[0]):04X}），请删去后重试。"
        )
    return text


def letters(text: str) -> Element:
    """The text of a run, its spaces kept."""
    element = w("t", written(text))
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
