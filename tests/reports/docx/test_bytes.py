"""The same document gives the same bytes, in this process and in another, now and later."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping

import pytest

from reports import docx
from reports.docx import render_docx
from reports.pdf import render_pdf_with_places
from tests.reports.docx.samples import DOCUMENTS

HASH_A_REPORT = """
import hashlib
from reports.docx import render_docx
from reports.pdf import render_pdf_with_places
from tests.reports.docx.samples import DOCUMENTS
print(hashlib.sha256(render_docx(DOCUMENTS["report"])).hexdigest())
"""


@pytest.mark.parametrize("name", ["report", "letter", "annexes"])
def test_the_same_document_gives_the_same_bytes(written: Mapping[str, bytes], name: str) -> None:
    assert render_docx(DOCUMENTS[name]) == written[name]


@pytest.mark.parametrize("name", ["report", "letter", "annexes"])
def test_it_is_the_same_with_what_the_pdf_tells(
    written: Mapping[str, bytes], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = render_pdf_with_places(DOCUMENTS[name]).layout
    monkeypatch.setattr(docx, "layout_of", None)
    assert render_docx(DOCUMENTS[name], layout=layout) == written[name]


def test_so_it_does_in_another_process(written: Mapping[str, bytes]) -> None:
    there = subprocess.run([sys.executable, "-c", HASH_A_REPORT], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(written["report"]).hexdigest()
