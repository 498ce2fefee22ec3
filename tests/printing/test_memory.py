"""Printing leaves nothing behind on which the next file would be laid out, and is not blamed for what others hold."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from app.base.settings.settings import ROOT
from app.printing import formats
from app.printing.formats import PrintedFile, docx_file, render_document
from app.printing.process_memory import most_held
from app.printing.rules import FileFormat
from reports.model import OfficialDocument
from reports.text_fitting import TextLayout
from tests.reports.samples import UPWARD

PDF_AND_WORD = (FileFormat.PDF, FileFormat.DOCX)


def test_what_a_file_was_laid_out_with_is_gone_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []

    def count_garbage(document: OfficialDocument, layout: TextLayout | None) -> PrintedFile:
        left.append(gc.collect())
        return docx_file(document, layout)

    render_document(UPWARD, PDF_AND_WORD)
    monkeypatch.setattr(formats, "docx_file", count_garbage)
    gc.disable()
    try:
        render_document(UPWARD, PDF_AND_WORD)
    finally:
        gc.enable()
    [garbage] = left
    assert garbage < 100


def test_a_process_counts_none_of_what_its_parent_holds() -> None:
    ballast = b"1" * (200 * 1024**2)
    program = "from app.printing.process_memory import most_held; print(most_held())"
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert 1024**2 < int(started.stdout) < len(ballast) < most_held()
