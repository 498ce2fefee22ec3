"""Reading a published work plan: damaged text in, a tree of parts, sections, measures and commitments out.

Pure: no database, no Flask. The steps of reading a text, by module:

    source_text (or sources/) → traditional → lost_breaks → page_layout → plan_frame, frame_fields (title, year …)
    → unnumbered_heads, numbering, sequences (which heads count, how deep) → paragraphs (joined) → outline
    → part_kinds (reported on or not) → outline_measures, paragraph_heads, run_in_heads (measures)
    → blocks, self_checks → plan_tree (parts, sections, measures), measure_duties
"""

from __future__ import annotations

from app.plan.importer.blocks import (
    NODE_KINDS,
    Block,
    BlockKind,
    BlockProposal,
    FrameFields,
    PlanQuestion,
    QuestionKind,
    SourceLine,
    SourceText,
)
from app.plan.importer.plan_draft import (
    AnnexDraft,
    CommitmentDraft,
    HeadedDraft,
    MeasureDraft,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
    PlanWarning,
    SectionDraft,
)
from app.plan.importer.plan_tree import plan_from_blocks
from app.plan.importer.reading import propose_blocks, read_plan
from app.plan.importer.source_text import source_from_text

__all__ = [
    "NODE_KINDS",
    "AnnexDraft",
    "Block",
    "BlockKind",
    "BlockProposal",
    "CommitmentDraft",
    "FrameFields",
    "HeadedDraft",
    "MeasureDraft",
    "PartDraft",
    "PlanDraft",
    "PlanQuestion",
    "PlanUnreadable",
    "PlanWarning",
    "QuestionKind",
    "SectionDraft",
    "SourceLine",
    "SourceText",
    "plan_from_blocks",
    "propose_blocks",
    "read_plan",
    "source_from_text",
]
