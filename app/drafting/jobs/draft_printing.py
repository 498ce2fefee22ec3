"""Printing a draft: where its blocks come to lie, or which of them keeps it from being printed.

The half of a text that fails is halved until one block is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.drafting.core.models import Document
from app.drafting.core.queries import blocks_of
from app.printing.formats import PrintedFile
from app.printing.render_pool import DocumentTooLarge, Printer, Pulse
from app.printing.rules import DRAFT_FORMATS
from reports.model import Block, DocumentError, OfficialDocument, Paragraph

IN_ANNEXES = "正文各段都能排版，问题在附件；附件随填报生成，请退回有关填报改正，再更新公文。"
AROUND_TEXT = "正文各段都能排版，问题在标题、主送等处，请在“标题、主送等”中改正。"
HARMLESS = (Paragraph("无。"),)

Prints = Callable[[OfficialDocument], bool]


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

    Raises UnprintableDraft, and what the printer raises besides.
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


@dataclass(frozen=True)
class PrintingFault:
    """The index of the block at fault, if it is one of the body; in words where else it lies, if that is known."""

    block: int | None = None
    words: str = ""


def fault_in(text: OfficialDocument, prints: Prints) -> PrintingFault:
    """Return what keeps a text from being printed; `prints` tells whether a text can be. At most some twenty trials."""
    if not prints(body_only(HARMLESS)):
        return PrintingFault()  # nothing can be printed here: no text is to blame
    if prints(body_only(text.body)):
        is_annexed = bool(text.annexes) and prints(replace(text, annexes=()))
        return PrintingFault(words=IN_ANNEXES if is_annexed else AROUND_TEXT)
    first, end = 0, len(text.body)
    while end - first > 1:
        middle = (first + end) // 2
        if not prints(body_only(text.body[first:middle])):
            end = middle
        elif not prints(body_only(text.body[middle:end])):
            first = middle
        else:
            return PrintingFault()
    return PrintingFault(first)


def body_only(body: tuple[Block, ...]) -> OfficialDocument:
    """Return some blocks without anything around them."""
    return OfficialDocument(title="公文", body=body)
