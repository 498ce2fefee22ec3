"""Storing a plan as a tree of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput
from app.plan.core import queries
from app.plan.core.models import NUMBER_LENGTH, Plan, PlanItem
from app.plan.core.rules import ItemKind, kept_words
from app.plan.core.signals import plan_removed
from app.plan.importer import Block, PlanDraft
from app.plan.importer.plan_draft import MeasureDraft, PartDraft, SectionDraft


@transaction
def store_plan(draft: PlanDraft, *, source: str, blocks: Sequence[Block] = (), by: Actor) -> Plan:
    """Store a plan that was read, as a tree of items, with the blocks that divide its source.

    Raises NotAllowed, BadInput when a plan of that year, with this title or of this very text is stored already.
    """
    require(by, Action.IMPORT_PLAN)
    if draft.year is None:
        raise BadInput("计划里没有找到年份，无法入库。请核对标题是否写明“××××年工作计划”。")
    if obstacles := queries.obstacles_of_stored(draft.year, draft.title, source):
        raise BadInput(obstacles[0])
    plan = Plan.create(
        title=draft.title,
        year=draft.year,
        issuer=draft.issuer or "",
        document_number=draft.document_number,
        issued_on=draft.issued_on,
        lead_in=draft.lead_in,
        source_text=source,
        source_sha256=queries.digest_of_source(source),
        blocks=[block.as_json() for block in blocks] or None,
        import_warnings=[str(warning) for warning in draft.warnings],
    )
    PlanWriter(plan).write_parts(draft.parts)
    record_event(Action.IMPORT_PLAN, plan, by=by, summary=draft.title)
    return plan


@transaction
def remove_plan(plan: Plan, *, by: Actor) -> None:
    """Remove a plan with all that hangs on it, as long as no word was saved under it.

    Raises NotAllowed, BadInput naming what keeps it.
    """
    require(by, Action.REMOVE_PLAN)
    if kept := kept_words(queries.dependents_of_plan(plan)):
        raise BadInput(f"{plan.year}年的工作计划下已有 {kept}，不能删除。")
    record_event(Action.REMOVE_PLAN, plan, by=by, summary=plan.title, detail={"year": plan.year})
    plan_removed.send(plan, by=by)
    plan.delete_instance()


@dataclass
class PlanWriter:
    """Writes the items of one plan, numbering them as they come."""

    plan: Plan
    sequence: int = 0
    positions: dict[ItemKind, int] = field(default_factory=dict)

    def write_parts(self, parts: Iterable[PartDraft]) -> None:
        for part in parts:
            row = self.write_headed_item(ItemKind.PART, part, None, reporting=part.reporting)
            for section in part.sections:
                head = self.write_headed_item(ItemKind.SECTION, section, row, reporting=section.reporting)
                self.write_measures(section, head)
            self.write_measures(part, row)

    def write_measures(self, holder: PartDraft | SectionDraft, parent: PlanItem) -> None:
        """Write the measures that stand directly under a part or a section, and their commitments."""
        for measure in holder.measures:
            path = "\n".join(head.heading for head in measure.path)
            row = self.write_headed_item(ItemKind.MEASURE, measure, parent, path=path)
            for number, commitment in enumerate(measure.commitments, 1):
                self.write_item(ItemKind.COMMITMENT, str(number), "", commitment.text, row)

    def write_headed_item(
        self,
        kind: ItemKind,
        draft: PartDraft | SectionDraft | MeasureDraft,
        parent: PlanItem | None,
        **values: object,
    ) -> PlanItem:
        """Write one item that has a head of its own."""
        return self.write_item(kind, draft.number[:NUMBER_LENGTH], draft.title, draft.text, parent, **values)

    def write_item(
        self, kind: ItemKind, number: str, title: str, text: str, parent: PlanItem | None, **values: object
    ) -> PlanItem:
        self.sequence += 1
        self.positions[kind] = self.positions.get(kind, 0) + 1
        return PlanItem.create(
            plan=self.plan,
            parent=parent,
            kind=kind,
            number=number,
            position=self.positions[kind],
            sequence=self.sequence,
            title=title,
            text=text,
            **values,
        )
