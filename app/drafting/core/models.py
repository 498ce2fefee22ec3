"""Documents, whom they were issued to, and the blocks of their text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    ModelSelect,
    TextField,
)

from app.access.models import Account
from app.authority.permits import DepartmentTie
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.deadlines import DocumentDeadlines
from app.composition.particulars import (
    Particulars,
    read_names,
    read_number,
)
from app.composition.rules import DocumentForm, DocumentKind, TextFullness
from app.composition.scope import DocumentScope, ScopeSpan
from app.directives.core.models import Directive
from app.drafting.core.life_cycle import DRAFT_STATES, ISSUED_STATES, DocumentState, JobState
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.periods.models import Period
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.models import Plan, PlanItem
from app.printing.rules import FileFormat
from reports.frozen_text import block_from_json
from reports.model import Block


class PlaceOnPage(NamedTuple):
    """The part of a page that a block takes: its id, top and height in thousandths, and whether it begins there."""

    block: int
    top: int
    height: int
    begins: bool


def by_page(places: Iterable[Sequence[int]]) -> dict[int, list[PlaceOnPage]]:
    """Return, by the page's number, what lies on it from top to bottom.

    places: as they are kept with a file, in the order of the pages: block, page, top, height, and, where a text ends
        in a line of few characters, how many; older ones end with the height.
    """
    pages: dict[int, list[PlaceOnPage]] = {}
    met: set[int] = set()
    for block, page, top, height, *_ in places:
        pages.setdefault(page, []).append(PlaceOnPage(block, top, height, begins=block not in met))
        met.add(block)
    return pages


if TYPE_CHECKING:
    pass


class Document(VersionedTable):
    """An official document.

    `facts` are the filings as they were when it was assembled, or gathered again (`gathered_at`); its blocks are what
    became of them. When it is issued,
    `content` freezes the whole text with its number, and from that its bytes can be made again at any time. A
    correction is a document of its own under the same number, of a higher `edition`; `supersedes` is what it corrects
    and `correction` says what changed. `owner` is who sees to it now (经办).
    """

    kind = ChoiceField(DocumentKind)
    state = ChoiceField(DocumentState, default=DocumentState.ASSEMBLED, index=True)
    plan = ForeignKeyField(Plan, backref="documents", on_delete="RESTRICT")
    period = ForeignKeyField(Period, null=True, backref="documents", on_delete="RESTRICT")
    span = ChoiceField(ScopeSpan, default=ScopeSpan.QUARTER)
    fullness = ChoiceField(TextFullness, default=TextFullness.FULL)
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
    title = CharField(max_length=255)
    number = CharField(max_length=64, null=True)
    edition = IntegerField(default=1)
    supersedes = ForeignKeyField("self", null=True, backref="corrections", on_delete="RESTRICT")
    correction = TextField(default="")
    issuer = CharField(max_length=255)
    recipient = CharField(max_length=255)
    signer = CharField(max_length=255)
    copies_to = CharField(max_length=255, default="")
    dated = DateField()
    word = CharField(max_length=32, default="")
    form = ChoiceField(DocumentForm, default=DocumentForm.FILE)
    copy_number = IntegerField(null=True)
    secrecy = CharField(max_length=32, default="")
    urgency = CharField(max_length=16, default="")
    sealed = BooleanField(default=False)
    note = CharField(max_length=255, default="")
    file_by = DateField(null=True)
    mend_by = DateField(null=True)
    facts = JSONField(default=dict)
    content = JSONField(default=dict)
    created_at = DateTimeField(default=now)
    created_by = CharField(max_length=64)
    owner = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    gathered_at = DateTimeField(null=True)
    issued_at = DateTimeField(null=True)
    issued_by = CharField(max_length=64, default="")
    plan_id: int
    period_id: int | None
    department_id: int | None
    leader_id: int | None
    supersedes_id: int | None
    blocks: ModelSelect[DocumentBlock]
    addressees: ModelSelect[DocumentAddressee]
    # Where `queries.filings_with_context` fetched it.
    job: RenderJob
    file: DocumentFile | None

    class Meta:
        constraints = [
            Check("edition >= 1 AND (supersedes_id IS NULL OR edition > 1)", "document_edition"),
            Check("copy_number >= 1", "document_copy_number"),
            Check("(file_by IS NULL) = (mend_by IS NULL)", "document_deadlines"),
            Check("issued_at IS NOT NULL OR state NOT IN ('issued', 'superseded')", "document_issued"),
        ]
        indexes = ((("number", "edition"), True),)

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        """Return the departments that it was issued to, for the policy table; a draft is nobody's yet."""
        if tie is not DepartmentTie.OWNER:
            return frozenset()
        return frozenset(addressee.department_id for addressee in self.addressees)

    @property
    def is_draft(self) -> bool:
        """Return whether it can still be edited: it was neither issued nor given up."""
        return self.state in DRAFT_STATES

    @property
    def is_being_issued(self) -> bool:
        return self.state is DocumentState.ISSUING

    @property
    def can_be_corrected(self) -> bool:
        """Return whether it was issued, and no correction took its place."""
        return self.state is DocumentState.ISSUED

    @property
    def shown_state(self) -> DocumentState | JobState:
        """Return its state as lists show it: while its files are not made, how that stands."""
        return self.state if self.job.is_done else self.job.state

    @property
    def is_concise(self) -> bool:
        """Return whether its text gives the filings in short."""
        return self.fullness is TextFullness.CONCISE

    @property
    def is_out(self) -> bool:
        """Return whether it was issued, be it that a correction took its place."""
        return self.state in ISSUED_STATES

    @property
    def scope(self) -> DocumentScope:
        """Return the time that it covers; what is about the plan alone covers its year."""
        return DocumentScope(
            self.period.quarter if self.period else Quarter(self.plan.year, QUARTERS[-1]), self.span
        )

    @property
    def particulars(self) -> Particulars:
        """Return what stands around the text, as a plain value."""
        return Particulars(
            issuers=read_names(self.issuer),
            recipient=self.recipient,
            signers=read_names(self.signer),
            dated=self.dated,
            copies_to=read_names(self.copies_to),
            number=read_number(self.number, year=self.dated.year) if self.number else None,
            word=self.word,
            form=self.form,
            copy_number=self.copy_number,
            secrecy=self.secrecy,
            urgency=self.urgency,
            sealed=self.sealed,
            note=self.note,
            deadlines=DocumentDeadlines(self.file_by, self.mend_by)
            if self.file_by and self.mend_by
            else None,
        )

    @property
    def frame_digest(self) -> str:
        """Return what tells its title and particulars from any others: blocks change without it."""
        return hashlib.sha256(repr((self.title, self.particulars)).encode()).hexdigest()


class DocumentAddressee(BaseTable):
    """A department that a document was issued to (主送、抄送)."""

    document = ForeignKeyField(Document, backref="addressees", on_delete="CASCADE")
    department = ForeignKeyField(Department, on_delete="RESTRICT")
    document_id: int
    department_id: int

    class Meta:
        indexes = ((("document", "department"), True),)


class DocumentBlock(VersionedTable):
    """One block of a document's text, edited on its own: two people at two blocks are not in each other's way.

    `content` is the block as it stands, `composed` as it was assembled (None where it was written by hand). `role` is
    what it does in its composition, whatever it says; with the filing, the directive, or the part or section of the
    plan that it is about, it tells the block from all others. What is dropped stays here and can be restored.
    `overtaken_by` is what it would say since the filings were gathered again, while its edited words stand; empty where
    it would not be there at all.
    """

    document = ForeignKeyField(Document, backref="blocks", on_delete="CASCADE")
    position = IntegerField()
    content = JSONField()
    composed = JSONField(null=True)
    role = ChoiceField(BlockRole, null=True)
    filing = ForeignKeyField(Filing, null=True, on_delete="RESTRICT")
    directive = ForeignKeyField(Directive, null=True, on_delete="RESTRICT")
    item = ForeignKeyField(PlanItem, null=True, on_delete="RESTRICT")
    ordinal = IntegerField(default=1)
    overtaken_by = JSONField(null=True)
    is_dropped = BooleanField(default=False)
    updated_at = DateTimeField(default=now)
    updated_by = CharField(max_length=64, default="")
    document_id: int
    filing_id: int | None
    directive_id: int | None
    item_id: int | None

    class Meta:
        constraints = [
            Check("position >= 0", "document_block_position"),
            Check("ordinal >= 1", "document_block_ordinal"),
        ]
        indexes = ((("document", "position"), False),)

    @property
    def key(self) -> BlockKey | None:
        """Return by what it is found again in a text composed later; None where it was written by hand."""
        if self.role is None:
            return None
        return BlockKey(self.role, self.filing_id, self.directive_id, self.item_id, self.ordinal)

    @property
    def block(self) -> Block:
        """Return what it says, as the renderers take it."""
        return replace(block_from_json(self.content), key=self.key)

    @property
    def is_changed(self) -> bool:
        """Return whether it no longer says what was assembled."""
        return bool(self.content != self.composed)


def columns_of(particulars: Particulars) -> dict[str, object]:
    """Return the columns that keep what the office decided about a document."""
    return {
        "issuer": "、".join(particulars.issuers),
        "recipient": particulars.recipient,
        "signer": "、".join(particulars.signers),
        "copies_to": "，".join(particulars.copies_to),
        "dated": particulars.dated,
        "word": particulars.word,
        "form": particulars.form,
        "copy_number": particulars.copy_number,
        "secrecy": particulars.secrecy,
        "urgency": particulars.urgency,
        "sealed": particulars.sealed,
        "note": particulars.note,
        "file_by": particulars.deadlines.file_by if particulars.deadlines else None,
        "mend_by": particulars.deadlines.mend_by if particulars.deadlines else None,
    }


class DocumentFile(BaseTable):
    """The bytes of a document in one format, their SHA-256 in hexadecimal, and the version that they show.

    `made_with` names the programs and fonts that had a part in the bytes, one a line: others may give other bytes.
    `places` tell where a draft's blocks are printed: the id of each, its page, and top and height in thousandths of it.
    """

    document = ForeignKeyField(Document, backref="files", on_delete="CASCADE")
    format = ChoiceField(FileFormat)
    sha256 = CharField(max_length=64)
    pages = IntegerField(default=0)
    shows = IntegerField(default=0)
    made_with = TextField(default="")
    places = JSONField(null=True)
    data = BlobField()
    document_id: int

    class Meta:
        constraints = [Check("pages >= 0 AND shows >= 0", "document_file_counts")]
        indexes = ((("document", "format"), True),)

    @property
    def places_by_page(self) -> dict[int, list[PlaceOnPage]]:
        """Return, by the page's number, what of the draft lies on it from top to bottom."""
        return by_page(self.places or ())

    @property
    def short_last_lines(self) -> dict[int, int]:
        """Return, by the ids of blocks with a paragraph that ends in a line of few characters, how many."""
        return {block: rest[0] for block, _, _, _, *rest in self.places or () if rest and rest[0]}


class RenderJob(BaseTable):
    """A request for a document's files, one for each document.

    A worker takes it by a lease that it renews with every step; a lease that runs out is taken again. Leases are
    numbered as long as the job lives: the holder of the last one is the only one who may finish it. `attempts` counts
    those since it was last asked for. Of a job that failed, `fault` is the id of the block that cannot be printed, if
    it is one.
    """

    document = ForeignKeyField(Document, unique=True, backref="jobs", on_delete="CASCADE")
    state = ChoiceField(JobState, default=JobState.QUEUED, index=True)
    step = CharField(max_length=64, default="")
    percent = IntegerField(default=0)
    attempts = IntegerField(default=0)
    lease_number = IntegerField(default=0)
    lease_until = DateTimeField(null=True)
    error = TextField(default="")
    fault = IntegerField(null=True)
    requested_at = DateTimeField(default=now)
    requested_by = CharField(max_length=64)
    document_id: int

    class Meta:
        constraints = [
            Check("percent BETWEEN 0 AND 100", "render_job_percent"),
            Check("attempts >= 0 AND lease_number >= 0", "render_job_counts"),
        ]

    @property
    def is_at_work(self) -> bool:
        """Return whether new files are on their way."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state is JobState.DONE

    @property
    def has_failed(self) -> bool:
        return self.state is JobState.FAILED
