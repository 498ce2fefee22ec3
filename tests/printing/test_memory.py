"""Printing leaves nothing behind on which the next file would be laid out, and is not blamed for what others hold."""

from __future__ import annotations

import gc
import subprocess
import sys

from app.base.settings.settings import ROOT
from app.printing.formats import render_document
from app.printing.process_memory import most_held
from app.printing.rules import FileFormat
from tests.reports.samples import UPWARD


def test_what_a_file_was_laid_out_with_is_gone_before_the_next() -> None:
    render_document(UPWARD, [FileFormat.PDF])
    gc.disable()
    try:
        render_document(UPWARD, [FileFormat.PDF])
        assert gc.collect() < 100
    finally:
        gc.enable()


def test_a_process_counts_none_of_what_its_parent_holds() -> None:
    ballast = b"1" * (200 * 1024**2)
    program = "from app.printing.process_memory import most_held; print(most_held())"
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert 1024**2 < int(started.stdout) < len(ballast) < most_held()
