"""Printing a draft: where its blocks come to lie, or which of them keeps it from being printed."""

from __future__ import annotations

from dataclasses import replace

from app.drafting.core.models import Document
from app.drafting.core.queries import blocks_of
from app.drafting.jobs.faults import fault_in
from app.printing.formats import PrintedFile
from app.printing.render_pool import DocumentTooLarge, Printer, Pulse
from app.printing.rules import DRAFT_FORMATS
from reports.model import DocumentError, OfficialDocument


class UnprintableDraft(DocumentError):
    """A draft that cannot be printed; `block` is the id of the block at fault, if it is one."""

    def __init__(self, sentence: str, block: int | None) -> None:
        super().__init__(sentence)
        self.block = block


def print_draft(
    document: Document, text: OfficialDocument, printer: Printer, pulse: Pulse
) -> list[PrintedFile]:
    """Return a draft's files, with the ids of its blocks at the places where they lie.

    text: the draft as its blocks make it.

    Raises Unprintable, TooMuch, and what the printer raises besides.
    """
    shown = [row.id for row in blocks_of(document) if not row.is_dropped]
    try:
        files = printer(text, DRAFT_FORMATS, pulse)
    except DocumentTooLarge:
        raise
    except DocumentError as refusal:
        fault = fault_in(text, lambda part: can_be_printed(part, printer, pulse))
        block = None if fault.block is None else shown[fault.block]
        raise UnprintableDraft(f"{refusal}{fault.words}", block) from refusal
    return [replace(file, places=[[shown[block], *rest] for block, *rest in file.places]) for file in files]


def can_be_printed(text: OfficialDocument, printer: Printer, pulse: Pulse) -> bool:
    """Return whether a printer takes a text."""
    try:
        printer(text, DRAFT_FORMATS, pulse)
    except DocumentError:
        return False
    return True
