"""Printing leaves nothing behind on which the next file would be laid out."""

from __future__ import annotations

import gc

from app.documents.printing.formats import printed
from app.documents.rules import FileFormat
from tests.reports.samples import UPWARD


def test_what_a_file_was_laid_out_with_is_gone_before_the_next() -> None:
    printed(UPWARD, [FileFormat.PDF])
    gc.disable()
    try:
        printed(UPWARD, [FileFormat.PDF])
        assert gc.collect() < 100
    finally:
        gc.enable()
