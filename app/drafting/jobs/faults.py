"""Which block keeps a text from being printed: the half of it that fails is halved until one block is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.model import Block, OfficialDocument, Paragraph

IN_ANNEXES = "正文各段都能排版，问题在附件；附件随填报生成，请退回有关填报改正，再更新公文。"
AROUND_TEXT = "正文各段都能排版，问题在标题、主送等处，请在“标题、主送等”中改正。"
HARMLESS = (Paragraph("无。"),)

Prints = Callable[[OfficialDocument], bool]


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
