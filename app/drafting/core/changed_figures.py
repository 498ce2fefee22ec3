"""Figures and names that a block's facts do not have, and that somebody wrote: named until fact and text agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.composition.block_keys import BlockRole
from app.composition.facts import DocumentFacts
from app.composition.phrases import HANZI
from app.drafting.core.lint_findings import reports_of
from app.drafting.core.models import DocumentBlock
from reports.frozen_text import block_from_json
from reports.model import Paragraph

# A figure with the first character of its unit, so a date too; a paper that is cited, by its title or number.
FIGURE = rf"(?<![\d.])\d++(?:\.\d++)?(?:个百分点|%|[{HANZI}])|《[^《》]+》|〔\d{{4}}〕\d++号"
# In what is composed around a department's words these are the draft's own, whatever its filing says besides.
OWN_FIGURE = re.compile(r"(?<![\d.])\d++(?:\.\d++)?(?:个百分点|%(?=，|。))")
MIXED_ROLES = frozenset({BlockRole.RISK, BlockRole.MISSED, BlockRole.LIGHT_REASON})


@dataclass(frozen=True)
class ChangedFigure:
    """Figures and names that a block has now and its facts have not, in place of those that it had when assembled."""

    row: DocumentBlock
    written: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say what stands there and what the facts have: “19项”与填报数据不符，汇编时是“18项”."""
        known = f"，汇编时是{quoted_figures(self.known)}" if self.known else "，汇编时没有"
        return f"{quoted_figures(self.written)}与填报数据不符{known}"


def quoted_figures(figures: Iterable[str]) -> str:
    return "".join(figure if figure.startswith("《") else f"“{figure}”" for figure in figures)


def changed_figures(rows: Iterable[DocumentBlock], facts: DocumentFacts | None) -> Iterator[ChangedFigure]:
    """Yield, block by block, the figures and names that were rewritten; what is dropped says nothing.

    What the block's filing says elsewhere may be written: an abridged text is given more of it.
    """
    fact, filed = pattern_of_facts(facts), texts_by_filing(facts)
    for row in rows:
        before, block = block_from_json(row.composed) if row.composed else None, row.block
        if row.is_dropped or not (isinstance(before, Paragraph) and isinstance(block, Paragraph)):
            continue
        if before.text == block.text:
            continue
        known, written = Counter(fact.findall(before.text)), Counter(fact.findall(block.text))
        own = OWN_FIGURE.findall(block.text) if row.role in MIXED_ROLES else ()
        elsewhere = set(fact.findall(filed.get(row.filing_id, ""))) - set(own)
        if new := tuple(one for one in written - known if one not in elsewhere):
            yield ChangedFigure(row, new, tuple(known - written))


def pattern_of_facts(facts: DocumentFacts | None) -> re.Pattern[str]:
    """Return what finds figures, cited papers, and the departments and leaders that a draft's facts know."""
    measures = facts.measures if facts else ()
    names = {name for one in measures for name in (one.lead, one.leader, *one.supports) if name}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join([*map(re.escape, longest_first), FIGURE]))


def texts_by_filing(facts: DocumentFacts | None) -> Mapping[int | None, str]:
    reports = reports_of(facts) if facts else ()
    return {one.filing: "\n".join(one.labelled_texts.values()) for one in reports}
