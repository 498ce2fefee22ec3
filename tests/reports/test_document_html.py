"""Documents are read as XML and styled by our own sheet alone: each element that they are made of must stand in it."""

import re
from typing import Any

import pytest

from reports import pdf
from reports.document_html import DocumentHTML
from reports.pdf import render_pdf
from tests.reports.every_form import FORMS, TEXTS

SHEET = (pdf.FOLDER / "styles" / "elements.css").read_text(encoding="utf-8")
# An element is in line by itself; a drawing is WeasyPrint's own to style, but for the frame that holds it.
IN_LINE = {"span"}
DRAWN = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def used_elements(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of all elements of the documents that are laid out."""
    names: set[str] = set()

    class Listed(DocumentHTML):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            names.update(element.tag for element in self.etree_element.iter())

    monkeypatch.setattr(pdf, "DocumentHTML", Listed)
    return names


def test_each_element_of_a_document_is_styled(used_elements: set[str]) -> None:
    styled = set(re.findall(r"[a-z][a-z0-9]*(?=[^{}]*\{)", re.sub(r"/\*.*?\*/", "", SHEET)))
    for form in FORMS.values():
        render_pdf(form.filled(TEXTS["headings"]))
    plain = {name for name in used_elements if not name.startswith(DRAWN)}
    assert len(plain) > 15
    assert plain - IN_LINE <= styled
