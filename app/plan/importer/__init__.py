"""Reading a published work plan: damaged text in, a tree of parts, sections, measures and commitments out.

Pure: no database, no Flask. The way of a text through the package:

    decoding → lines → layout (page lines set aside) → notice (title, signature, closing) → paragraphs (joined)
    → outline (numbering) → bodies, heads, counting (measure heads) → measures, commitments → completeness
"""

from __future__ import annotations

from app.plan.importer.reading import read_plan
from app.plan.importer.tree import (
    CommitmentDraft,
    Doubt,
    MeasureDraft,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
    SectionDraft,
)

__all__ = [
    "CommitmentDraft",
    "Doubt",
    "MeasureDraft",
    "PartDraft",
    "PlanDraft",
    "PlanUnreadable",
    "SectionDraft",
    "read_plan",
]
