"""Tables of plan drafts and their edits."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, JSONField

from app.base.clock import now
from app.base.database import BaseTable, VersionedTable
from app.plan.core.models import Plan
from app.plan.importer import Block, FrameFields, SourceText


class ImportDraft(VersionedTable):
    """A plan draft (导入稿): `source` is the text and never changes, `blocks` divide it as read and edited.

    `questions` are to be checked, each with its tick. `edits_done` of its edits are in force; the later ones were
    undone. `predecessors`: which of last year's measures those of the draft continue, by position in the text, and
    whether assignments and targets are taken over; None until decided. `duties`: the meanings of printed names, and the
    rows of the grid by position. `carry_overs`: by id of last year's measure, the position of its successor (`start`,
    None for none) and the `reason`.
    """

    name = CharField(max_length=255)
    source = JSONField()
    blocks = JSONField()
    questions = JSONField(default=list)
    predecessors = JSONField(null=True)
    title = CharField(max_length=255, default="")
    year = IntegerField(null=True)
    issuer = CharField(max_length=255, default="")
    document_number = CharField(max_length=64, default="")
    issued_on = DateField(null=True)
    duties = JSONField(null=True)
    carry_overs = JSONField(null=True)
    edits_done = IntegerField(default=0)
    created_at = DateTimeField(default=now)
    created_by = CharField(max_length=64)
    updated_at = DateTimeField(default=now)
    updated_by = CharField(max_length=64)

    class Meta:
        constraints = [
            Check("edits_done >= 0", "import_draft_edits"),
            Check("year BETWEEN 2000 AND 2100", "import_draft_year"),
        ]

    @property
    def decided_duties(self) -> dict[str, dict[str, Any]]:
        """Return the decisions on assignments: `names`, and `rows` of the grid."""
        found: dict[str, dict[str, Any]] = self.duties or {}
        return found

    @property
    def carries_duties(self) -> bool:
        """Return whether measures take over the assignments of those they continue."""
        return bool(self.predecessors and self.predecessors["carries"])

    @cached_property
    def revised_plan(self) -> Plan | None:
        """Return the stored plan of the same year, which this draft then revises; None for a new plan."""
        return Plan.get_or_none(Plan.year == self.year) if self.year else None

    @property
    def comparison_words(self) -> str:
        """Return how many measures continue one of last year's, as saved."""
        return "还没有保存" if self.predecessors is None else f"延续 {len(self.predecessors['chosen'])} 项"

    @property
    def comparison_advice(self) -> str:
        """Return what would be lost by storing now; "" once the comparison is saved."""
        if self.predecessors is not None:
            return ""
        return "这样入库，各项举措不与上年关联，也不沿用上年的分工、分管领导、指标和节点。请先"

    @property
    def carry_over_words(self) -> str:
        """Return how many of last year's measures are decided, in words; "" if none."""
        if not self.carry_overs:
            return ""
        carried = sum(one["start"] is not None for one in self.carry_overs.values())
        return f"{carried} 项结转，{len(self.carry_overs) - carried} 项不结转"

    @property
    def source_text(self) -> SourceText:
        return SourceText.from_json(self.source)

    @property
    def block_row(self) -> tuple[Block, ...]:
        """Return its blocks in order."""
        return tuple(map(Block.from_json, self.blocks))

    @property
    def frame_fields(self) -> FrameFields:
        """Return title, year, issuer, number and date as corrected."""
        return FrameFields(self.title, self.year, self.issuer, self.document_number or None, self.issued_on)

    @property
    def frame_digest(self) -> str:
        """Return a digest of these values; edits of blocks may change them unnoticed."""
        return hashlib.sha256(repr(self.frame_fields).encode()).hexdigest()

    def set_frame_fields(self, fields: FrameFields) -> None:
        self.title, self.year, self.issuer = fields.title, fields.year, fields.issuer
        self.document_number, self.issued_on = fields.document_number or "", fields.issued_on


class ImportEdit(BaseTable):
    """One edit of a draft's blocks, with what is needed to undo it; `draft_version` is the version after it."""

    draft = ForeignKeyField(ImportDraft, backref="edits", on_delete="CASCADE")
    position = IntegerField()
    label = CharField(max_length=255)
    change = JSONField()
    draft_version = IntegerField()
    made_at = DateTimeField(default=now)
    made_by = CharField(max_length=64)

    class Meta:
        constraints = [
            Check("position >= 1", "import_edit_position"),
            Check("draft_version >= 1", "import_edit_draft_version"),
        ]
        indexes = ((("draft", "position"), True),)
