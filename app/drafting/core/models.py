"""The tables of documents, their recipients, the blocks of their text, their files and render jobs."""

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
    """The part of a page that a block covers: its id, top and height in thousandths, and whether it begins here."""

    block: int
    top: int
    height: int
    begins: bool


def by_page(places: Iterable[Sequence[int]]) -> dict[int, list[PlaceOnPage]]:
    """Return the places on each page from top to bottom, by page number.

    places: as stored with a file, in the order of the pages: block, page, top, height and, if a text ends in a short
        line, its number of characters; files made earlier lack the last.
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

    facts: the filings as they were when it was assembled or last renewed (`gathered_at`).
    blocks: the text composed from the facts, as edited.
    content: the whole text with its number, frozen on issuing; the files can be made from it again at any time.
    edition, supersedes, correction: a correction is a document of its own with the same number and a higher edition;
        it names the document that it corrects and what changed.
    owner: who is responsible for it now (经办).
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
    # Set by queries that fetch them, see `queries.with_context`.
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
        """Return the departments that it was issued to, for the policy table; none for a draft."""
        if tie is not DepartmentTie.OWNER:
            return frozenset()
        return frozenset(addressee.department_id for addressee in self.addressees)

    @property
    def is_draft(self) -> bool:
        """Return whether it can still be edited: neither issued nor discarded."""
        return self.state in DRAFT_STATES

    @property
    def is_being_issued(self) -> bool:
        return self.state is DocumentState.ISSUING

    @property
    def can_be_corrected(self) -> bool:
        """Return whether it was issued and not corrected yet."""
        return self.state is DocumentState.ISSUED

    @property
    def shown_state(self) -> DocumentState | JobState:
        """Return the state that lists show: that of its job until its files are made, then its own."""
        return self.state if self.job.is_done else self.job.state

    @property
    def is_concise(self) -> bool:
        """Return whether its text gives the filings in shortened form."""
        return self.fullness is TextFullness.CONCISE

    @property
    def is_out(self) -> bool:
        """Return whether it was issued, even if a correction has replaced it since."""
        return self.state in ISSUED_STATES

    @property
    def scope(self) -> DocumentScope:
        """Return the period that it covers; for a document about the plan alone, the plan's year."""
        return DocumentScope(
            self.period.quarter if self.period else Quarter(self.plan.year, QUARTERS[-1]), self.span
        )

    @property
    def particulars(self) -> Particulars:
        """Return its particulars as a plain value."""
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
        """Return a digest of its title and particulars, which does not change when blocks do."""
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
    """One block of a document's text, edited on its own, so that two people can edit two blocks at the same time.

    content: the block as it is now.
    composed: the block as it was assembled; None if it was written by hand.
    role, filing, directive, item, ordinal: its key, which identifies it among all blocks; see `BlockKey`.
    is_dropped: left out of the document, but can be restored.
    overtaken_by: what it would say since the draft was renewed, while its edited words stay; empty if the new text has
        no such block; None if there is nothing to decide.
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
        """Return the key by which a recomposed text finds it again; None if it was written by hand."""
        if self.role is None:
            return None
        return BlockKey(self.role, self.filing_id, self.directive_id, self.item_id, self.ordinal)

    @property
    def block(self) -> Block:
        """Return the present block for the renderers."""
        return replace(block_from_json(self.content), key=self.key)

    @property
    def is_changed(self) -> bool:
        """Return whether it differs from what was assembled."""
        return bool(self.content != self.composed)


def columns_of(particulars: Particulars) -> dict[str, object]:
    """Return the columns that store particulars."""
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
    """The bytes of a document in one format, their SHA-256 in hexadecimal, and the document version that they show.

    made_with: the programs and fonts that the bytes depend on, one per line.
    places: where the blocks of a draft are printed, as `by_page` reads them.
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
        """Return where blocks of the draft are on each page, from top to bottom, by page number."""
        return by_page(self.places or ())

    @property
    def short_last_lines(self) -> dict[int, int]:
        """Return the characters of the last line of blocks that end in a short line, by block id."""
        return {block: rest[0] for block, _, _, _, *rest in self.places or () if rest and rest[0]}


class RenderJob(BaseTable):
    """A request for the files of a document; each document has one.

    A worker holds it by a lease, which each step renews; an expired lease can be taken over. Leases are numbered over
    the whole life of the job, and only the holder of the latest one may finish it.
    attempts: the leases taken since the files were last requested.
    fault: for a failed job, the id of the block that cannot be printed; None if no single block is at fault.
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
        """Return whether new files are being made or queued."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state is JobState.DONE

    @property
    def has_failed(self) -> bool:
        return self.state is JobState.FAILED
