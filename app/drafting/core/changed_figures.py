"""Figures that the draft's own facts gave a block, and that somebody rewrote: named until fact and text agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.composition.block_keys import BlockRole
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import FIGURE, rewording_of
from reports.frozen_text import block_from_json
from reports.model import Paragraph

# In a block of a department's words only these are the draft's own; what else it says, the annex is held against.
OWN_FIGURE = re.compile(r"(?<![\d.])\d++(?:\.\d++)?(?:个百分点|%(?=，|。))")
MIXED_ROLES = frozenset({BlockRole.RISK, BlockRole.MISSED, BlockRole.LIGHT_REASON})


@dataclass(frozen=True)
class ChangedFigure:
    """Figures that a block says now and its facts do not, in place of those that it said when it was assembled."""

    row: DocumentBlock
    written: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say what stands there and what the facts have: “19项”与填报数据不符，汇编时是“18项”."""
        known = f"，汇编时是{quoted_figures(self.known)}" if self.known else "，汇编时没有这个数"
        return f"{quoted_figures(self.written)}与填报数据不符{known}"


def quoted_figures(figures: Iterable[str]) -> str:
    return "".join(f"“{figure}”" for figure in figures)


def changed_figures(rows: Iterable[DocumentBlock]) -> Iterator[ChangedFigure]:
    """Yield, block by block, the figures that were rewritten in what was composed of facts; what is dropped says
    nothing.
    """
    for row in rows:
        before, block = block_from_json(row.composed) if row.composed else None, row.block
        if row.is_dropped or not (isinstance(before, Paragraph) and isinstance(block, Paragraph)):
            continue
        pattern = pattern_for(row)
        if pattern is None or before.text == block.text:
            continue
        known, written = Counter(pattern.findall(before.text)), Counter(pattern.findall(block.text))
        if new := tuple(written - known):
            yield ChangedFigure(row, new, tuple(known - written))


def pattern_for(row: DocumentBlock) -> re.Pattern[str] | None:
    """Return what is a figure of the draft's own in a block; None where all of its words are a department's."""
    if row.role in MIXED_ROLES:
        return OWN_FIGURE
    return FIGURE if rewording_of(row) is None else None
