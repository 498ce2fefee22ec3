"""What every page must satisfy: the gate through which each test response goes."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
from lxml.html import HtmlElement, document_fromstring

LABELLED = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button")


def parse(text: str, *, fragment: bool) -> Element:
    """Return the tree of a page or fragment; a page must parse without a single HTML error."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(text) if fragment else parser.parse(text)
    errors = [(place, code) for place, code, _ in parser.errors if code not in TOLERATED]
    assert not errors, f"HTML errors {errors[:3]} in {text[:200]!r}"
    return tree


# html5lib is older than these parts of the living standard.
TOLERATED = (
    "expected-doctype-but-got-start-tag",
    "expected-doctype-but-got-chars",
    "expected-doctype-but-got-eof",
)


def elements_of(text: str) -> HtmlElement:
    """Return the elements of a page or fragment that needs no correcting: a parser in C reads it at once."""
    return document_fromstring(f"<body>{text}")


def check_page(text: str) -> Element:
    """Hold a whole page to the gate: one h1, a title that begins with it, a language."""
    tree = parse(text, fragment=False)
    headings = list(tree.iter("h1"))
    assert len(headings) == 1, f"a page has exactly one h1, this one has {len(headings)}"
    heading, title = words(headings[0]), words(next(tree.iter("title")))
    assert heading and title.startswith(heading), (
        f"the title “{title}” does not begin with the h1 “{heading}”"
    )
    assert tree.get("lang") == "zh-CN"
    check_parts(tree)
    return tree


def check_fragment(text: str) -> Element:
    """Hold a fragment to what can be said of a part of a page."""
    tree = parse(text, fragment=True)
    check_parts(tree)
    return tree


def check_parts(tree: Element) -> None:
    """Check identifiers, labels, links, and that nothing is styled or scripted in place."""
    repeated = [
        name for name, times in Counter(e.get("id") for e in tree.iter() if e.get("id")).items() if times > 1
    ]
    assert not repeated, f"ids used twice: {repeated}"
    named = {label.get("for") for label in tree.iter("label")}
    inside = {
        id(control) for label in tree.iter("label") for control in label.iter() if control.tag in LABELLED
    }
    for control in (e for e in tree.iter() if e.tag in LABELLED):
        has_name = control.get("id") in named or id(control) in inside or control.get("aria-label")
        assert control.get("type") in UNLABELLED_TYPES or has_name, f"no label: {control.attrib}"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert "style" not in element.attrib, f"inline style on {element.tag}"
        assert not any(name.startswith("on") for name in element.attrib), f"inline script on {element.tag}"
        if element.tag == "button":
            assert words(element) or element.get("aria-label"), "a button without words"
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "post":
            tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
            assert len(tokens) == 1, f"form {form.get('action')} has {len(tokens)} tokens"


def words(element: Element) -> str:
    """Return the text of an element with white space folded."""
    return " ".join("".join(element.itertext()).split())
