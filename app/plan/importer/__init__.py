"""Reading a published work plan: damaged text in, a tree of parts, sections, measures and commitments out.

Pure: no database, no Flask. The way of a text through the package:

    decoding → lines → layout (page lines separated) → plan_frame (title, signature, closing) → paragraphs (joined)
    → outline (numbering) → bodies, heads, counting (measure heads) → measures, commitments → completeness
"""

from __future__ import annotations

from app.plan.importer.plan_draft import (
    CommitmentDraft,
    MeasureDraft,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
    PlanWarning,
    SectionDraft,
)
from app.plan.importer.reading import read_plan

__all__ = [
    "CommitmentDraft",
    "MeasureDraft",
    "PartDraft",
    "PlanDraft",
    "PlanUnreadable",
    "PlanWarning",
    "SectionDraft",
    "read_plan",
]
