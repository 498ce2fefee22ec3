"""What an attacker writes into a field, and how to tell that a page holds it as nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

MARK = "gotcha"

PAYLOADS = (
    "<script>window.gotcha=1</script>",
    "<img src=x onerror=window.gotcha=1>",
    '"><svg/onload=window.gotcha=1><a gotcha="',
    "'><iframe srcdoc='<script>parent.gotcha=1</script>'></iframe><a gotcha='",
    '" autofocus onfocus="window.gotcha=1" gotcha="',
    "' onmouseover='window.gotcha=1' gotcha='",
    "javascript:window.gotcha=1",
    "data:text/html,<script>window.gotcha=1</script>",
    "<a href=javascript:window.gotcha=1>gotcha</a>",
    '<div hx-get="/gotcha" hx-trigger="load" hx-on:load="window.gotcha=1">gotcha</div>',
    "{{ 7*7 }} {% gotcha %} ${window.gotcha=1} `${window.gotcha=1}`",
    "<style>@import '/gotcha.css'; body{background:url(/gotcha.png)}</style>",
    "</title></textarea></template></script><script>window.gotcha=1</script>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=window.gotcha=1>'>",
    "&lt;script&gt;window.gotcha=1&lt;/script&gt; &#60;gotcha&#62; ]]><gotcha/>",
    "\u202egotcha\u202c\u200f\u2066gotcha\u2069",
)

# One field takes them all: SQLite does not mind the length, and each page then meets each payload in each field.
ALL_OF_THEM = " ".join(PAYLOADS)

ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete", "hx-push-url")
OUR_ADDRESS = re.compile(r"(/(?![/\\])|#|\?|$)|(true|false)$")
NEVER = ("script", "style", "object", "embed", "math", "base")
WORDS = ("value", "title", "aria-label", "hx-confirm", "placeholder", "alt")


def tree_of(text: str) -> Element:
    """Return a page or fragment as a browser understands it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    is_page = text.lstrip().lower().startswith("<!doctype")
    tree: Element = parser.parse(text) if is_page else parser.parseFragment(text)
    return tree


def harm_in(tree: Element) -> list[str]:
    """Return everything of a page that is more than text and that this system does not write."""
    elements = (element for element in tree.iter() if isinstance(element.tag, str))
    return [finding for element in elements for finding in harm_of(element)]


def harm_of(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    is_ours = tag == "script" and str(element.get("src")).startswith("/static/") and not element.text
    if MARK in tag or (tag in NEVER and not is_ours):
        yield f"<{tag}>"
    for name, value in element.attrib.items():
        if MARK in name or name.startswith(("on", "hx-on")) or name in ("srcdoc", "style"):
            yield f"{tag}[{name}]"
        if name in ADDRESSES and not OUR_ADDRESS.match(value):
            yield f"{tag}[{name}={value[:40]}]"
        if MARK in value and name not in (*WORDS, *ADDRESSES) and not name.startswith("data-"):
            yield f"{tag}[{name}={value[:40]}]"


def words_of(tree: Element) -> str:
    """Return the text of a page and of the attributes that hold words, white space folded."""
    texts = [*tree.itertext(), *(value for element in tree.iter() for value in element.attrib.values())]
    return " ".join(" ".join(texts).split())
