"""Printing a draft: the places of its blocks, or the block that prevents printing.

To find it, the failing half of the text is halved until one block, or one row of an annex, is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.drafting.core.models import Document
from app.drafting.core.queries import blocks_of
from app.printing.formats import PrintedFile
from app.printing.render_pool import DocumentTooLarge, Printer, Pulse
from app.printing.rules import DRAFT_FORMATS
from reports.model import Annex, Block, DocumentError, OfficialDocument, Paragraph, Table

IN_ANNEXES = "正文各段都能排版，问题在附件{place}；请在“附表”中改写，或者退回有关填报改正，再更新公文。"
AROUND_TEXT = "正文各段都能排版，问题在标题、主送等处，请在“标题、主送等”中改正。"
HARMLESS = (Paragraph("无。"),)

Prints = Callable[[OfficialDocument], bool]


class UnprintableDraft(DocumentError):
    """A draft that cannot be printed; `block` is the id of the block at fault, None if no single block is."""

    def __init__(self, sentence: str, block: int | None) -> None:
        super().__init__(sentence)
        self.block = block


def print_draft(
    document: Document, text: OfficialDocument, printer: Printer, pulse: Pulse
) -> list[PrintedFile]:
    """Return a draft's files, with block ids in their places.

    text: the draft as composed from its blocks.

    Raises UnprintableDraft, and everything else that the printer raises.
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
    """Return whether the printer can print a text."""
    try:
        printer(text, DRAFT_FORMATS, pulse)
    except DocumentError:
        return False
    return True


@dataclass(frozen=True)
class PrintingFault:
    """The index of the body block at fault, or None and words for where else the fault is, if known."""

    block: int | None = None
    words: str = ""


def fault_in(text: OfficialDocument, prints: Prints) -> PrintingFault:
    """Return what prevents printing a text; `prints` tests whether a text can be printed. At most some thirty tests."""
    if not prints(body_only(HARMLESS)):
        return PrintingFault()  # nothing can be printed at all, so the text is not at fault
    if prints(body_only(text.body)):
        if text.annexes and prints(replace(text, annexes=())):
            rows = filter(None, (row_at_fault(annex, prints) for annex in text.annexes))
            return PrintingFault(words=IN_ANNEXES.format(place=next(rows, "")))
        return PrintingFault(words=AROUND_TEXT)
    return PrintingFault(part_at_fault(len(text.body), lambda part: prints(body_only(text.body[part]))))


def row_at_fault(annex: Annex, prints: Prints) -> str:
    """Return the table row of an annex that prevents printing, in words; empty if no single row does."""
    for table in annex.blocks:
        if isinstance(table, Table):
            prints_them = partial(prints_rows, annex, table, prints)
            row = None if prints_them(slice(None)) else part_at_fault(len(table.rows), prints_them)
            if row is not None:
                return f"第 {row + 1} 行（{'，'.join(table.rows[row][:2])}）"
    return ""


def prints_rows(annex: Annex, table: Table, prints: Prints, part: slice) -> bool:
    """Return whether some rows of an annex table can be printed."""
    rows = replace(table, rows=table.rows[part], row_keys=())
    return prints(replace(body_only(HARMLESS), annexes=(replace(annex, blocks=(rows,)),)))


def part_at_fault(count: int, prints_part: Callable[[slice], bool]) -> int | None:
    """Return the index of the part that cannot be printed; None if parts only fail together."""
    first, end = 0, count
    while end - first > 1:
        middle = (first + end) // 2
        if not prints_part(slice(first, middle)):
            end = middle
        elif not prints_part(slice(middle, end)):
            first = middle
        else:
            return None
    return first


def body_only(body: tuple[Block, ...]) -> OfficialDocument:
    """Return a document that consists of some blocks only."""
    return OfficialDocument(title="公文", body=body)
