"""Figures and names that somebody wrote into a block although its facts do not contain them."""

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

# A figure with the first character of its unit (so dates too), or a cited paper by its title or number.
FIGURE = rf"(?<![\d.])\d++(?:\.\d++)?(?:个百分点|%|[{HANZI}])|《[^《》]+》|〔\d{{4}}〕\d++号"
# In text composed around a department's words, these figures belong to the draft, whatever the filing says.
OWN_FIGURE = re.compile(r"(?<![\d.])\d++(?:\.\d++)?(?:个百分点|%(?=，|。))")
MIXED_ROLES = frozenset({BlockRole.RISK, BlockRole.MISSED, BlockRole.LIGHT_REASON})


@dataclass(frozen=True)
class ChangedFigure:
    """Figures and names in a block that are not in its facts, and those that it had instead when assembled."""

    row: DocumentBlock
    written: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return both in words: “19项”与填报数据不符，汇编时是“18项”."""
        known = f"，汇编时是{quoted_figures(self.known)}" if self.known else "，汇编时没有"
        return f"{quoted_figures(self.written)}与填报数据不符{known}"


def quoted_figures(figures: Iterable[str]) -> str:
    return "".join(figure if figure.startswith("《") else f"“{figure}”" for figure in figures)


def changed_figures(rows: Iterable[DocumentBlock], facts: DocumentFacts | None) -> Iterator[ChangedFigure]:
    """Yield the rewritten figures and names of each block that is not dropped.

    What the block's filing says elsewhere is allowed, because an abridged text may be extended from it.
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
    """Return the pattern for figures, cited papers, and the departments and leaders in a draft's facts."""
    measures = facts.measures if facts else ()
    names = {name for one in measures for name in (one.lead, one.leader, *one.supports) if name}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join([*map(re.escape, longest_first), FIGURE]))


def texts_by_filing(facts: DocumentFacts | None) -> Mapping[int | None, str]:
    reports = reports_of(facts) if facts else ()
    return {one.filing: "\n".join(one.labelled_texts.values()) for one in reports}
