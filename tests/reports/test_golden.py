"""The same frozen content gives the same document: the same bytes in any process, the same lines in the same places.

A PDF's bytes are compared between two processes and never with a stored hash: shaping is the system's (Pango,
HarfBuzz), and another release may write the same page in other bytes. What is stored is every line and where it stands.
What our own code alone writes, Word and Excel files and the frozen text, is held against stored hashes.
"""

import hashlib
import json
import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from reports.pdf import render_pdf
from reports.pdf_variants import PdfVariant
from tests.reports.golden import (
    DIGESTS,
    DOCUMENTS,
    digests,
    kept,
    lines,
)

# Pango's fontconfig thread may still run when the interpreter is torn down; the answer is complete before that. What
# such an end leaves behind lies in the test's own folder.
HASH_ALL = """
import json, os
from tests.reports.test_golden import hashes
print(json.dumps(hashes()), flush=True)
os._exit(0)
"""
SAME_PLACE_MM = 0.3


def hashes() -> dict[str, str]:
    """SHA-256 of every document, each variant among them."""
    return {
        f"{name} {variant}": hashlib.sha256(render_pdf(document, variant=variant)).hexdigest()
        for (name, document), variant in zip(DOCUMENTS.items(), cycle(PdfVariant), strict=False)
    }


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    elsewhere = os.environ | {"TMPDIR": str(tmp_path)}
    there = subprocess.run(
        [sys.executable, "-c", HASH_ALL], env=elsewhere, capture_output=True, text=True, check=True
    )
    assert json.loads(there.stdout) == hashes()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_stands_where_it_was_looked_at(name: str) -> None:
    now, then = lines(DOCUMENTS[name]), kept(name)
    assert [line[:2] for line in now] == [line[:2] for line in then]
    for line, place in zip(now, then, strict=True):
        assert line[2:] == pytest.approx(place[2:], abs=SAME_PLACE_MM), line[1]


def test_word_and_excel_files_and_what_is_frozen_are_what_they_were() -> None:
    now, then = digests(), json.loads(DIGESTS.read_text(encoding="utf-8"))
    assert {name for name in {*now, *then} if now.get(name) != then.get(name)} == set()
