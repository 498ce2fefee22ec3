"""The whole wording of a plan as published, from its source text and the blocks that divide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.composition.facts import PlanPassage, PublishedPlan
from app.plan.core.rules import ItemKind
from app.plan.importer import (
    Block,
    FrameFields,
    PlanDraft,
    SourceText,
    plan_from_blocks,
    read_plan,
)
from app.plan.importer.numbering import mark_of
from app.plan.importer.plan_draft import HeadedDraft, MeasureDraft
from app.plan.importer.sentences import is_terminated

ADDRESSEE_END = "：:"


def read_publication(source: str, blocks: Sequence[Mapping[str, Any]] = ()) -> PublishedPlan:
    """Return the wording of a plan as its blocks divide it; without stored blocks, the source is parsed again."""
    stored = [Block.from_json(dict(block)) for block in blocks]
    draft = plan_from_blocks(SourceText(source, ()), stored, FrameFields()) if stored else read_plan(source)
    addressee, notice = notice_of(draft)
    return PublishedPlan(
        passages=tuple(plan_passages(draft)),
        addressee=addressee,
        notice=notice,
        byline=draft.byline,
        closing=draft.closing,
    )


def notice_of(draft: PlanDraft) -> tuple[str, str]:
    """Return the recipient of the plan and the sentences that issue it; empty if it came without a notice."""
    lines = draft.notice.split("\n")
    place = next((n for n, line in enumerate(lines) if line.endswith(tuple(ADDRESSEE_END))), len(lines))
    sentences = (line for line in lines[place + 1 :] if is_terminated(line))
    addressee = lines[place].rstrip(ADDRESSEE_END) if place < len(lines) else ""
    return addressee, "\n".join(sentences)


def plan_passages(draft: PlanDraft) -> Iterator[PlanPassage]:
    """Yield all headings with their texts in the plan's order."""
    for part in draft.parts:
        yield passage_of(ItemKind.PART, part)
        for section in part.sections:
            yield passage_of(ItemKind.SECTION, section)
            yield from measure_passages(section.measures)
        yield from measure_passages(part.measures)


def measure_passages(measures: Sequence[MeasureDraft]) -> Iterator[PlanPassage]:
    """Yield measures, each preceded by those of its headings that the measure before did not have."""
    above: tuple[HeadedDraft, ...] = ()
    for measure in measures:
        for place, head in enumerate(measure.path, 1):
            if measure.path[:place] != above[:place]:
                yield passage_of(ItemKind.SECTION, head)
        above = measure.path
        yield passage_of(ItemKind.MEASURE, measure)


def passage_of(kind: ItemKind, draft: HeadedDraft) -> PlanPassage:
    """Return a passage; the number that its heading begins with becomes the label."""
    mark = mark_of(draft.heading)
    label = mark.printed if mark else ""
    return PlanPassage(kind, label.strip(), draft.heading[len(label) :].strip(), draft.text)
