"""A concise way to write WordprocessingML elements.

w("p", w("pPr", w("pStyle", val="Title")), w("r", w("t", "标题")))
"""

from typing import TypeAlias

from lxml import etree

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREFIXES = {"w": WORD, "r": RELATIONSHIPS}

Element: TypeAlias = etree._Element


def w(tag: str, *content: Element | str | None, **attributes: str | float) -> Element:
    """Return an element in Word's namespace; content that is None is left out.

    If an attribute's name is a Python keyword, append an underscore.
    """
    named = {f"{{{WORD}}}{name.rstrip('_')}": str(value) for name, value in attributes.items()}
    element = etree.Element(f"{{{WORD}}}{tag}", named, nsmap=PREFIXES)
    for part in content:
        if isinstance(part, str):
            element.text = part
        elif part is not None:
            element.append(part)
    return element


def switched_off(tag: str) -> Element:
    """Return a property that is switched off, overriding Word's default."""
    return w(tag, val=0)
