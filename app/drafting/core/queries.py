"""Reading documents, each function with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from peewee import JOIN, ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.errors import IllegalTransition, RefusalWay
from app.base.paging import ListPage, page_of
from app.composition.block_keys import BlockRole
from app.composition.chapters.risks import measures_to_correct
from app.composition.facts import DocumentFacts
from app.composition.rules import DocumentKind, DocumentSubject
from app.composition.scope import ScopeSpan
from app.drafting.core.life_cycle import DRAFT_STATES, ISSUED_STATES, DocumentState, next_document_state
from app.drafting.core.models import Document, DocumentAddressee, DocumentBlock, DocumentFile, RenderJob
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.periods.models import Period
from app.periods.signals import kept_periods_asked, period_dependents_asked
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import leaders_in_charge, measures_in_charge_of
from app.plan.core.rules import DependentRows, ItemKind
from app.plan.core.signals import plan_dependents_asked
from app.printing.rules import FileFormat


def with_context(*columns: object) -> ModelSelect[Document]:
    """Return a query over documents with their period, job (`job`) and file (`file`, without its bytes)."""
    same_file = (DocumentFile.document == Document.id) & (DocumentFile.format == FileFormat.PDF)
    file = (DocumentFile.id, DocumentFile.format, DocumentFile.sha256, DocumentFile.pages, DocumentFile.shows)
    return (
        Document.select(*columns, Plan, Period, RenderJob, *file)
        .join(Plan)
        .switch(Document)
        .join(Period, JOIN.LEFT_OUTER)
        .switch(Document)
        .join(RenderJob, JOIN.LEFT_OUTER, on=(RenderJob.document == Document.id), attr="job")
        .switch(Document)
        .join(DocumentFile, JOIN.LEFT_OUTER, on=same_file, attr="file")
        .order_by(Document.id.desc())
    )


def find_document(document_id: int) -> Document | None:
    """Return one document with its period, job and file, and the places of its blocks on the pages."""
    return with_context(Document, DocumentFile.places).where(Document.id == document_id).first()


def correction_of(document: Document) -> Document | None:
    """Return the issued document that replaced this one; None if there is none."""
    return Document.get_or_none((Document.supersedes == document) & Document.state.in_(ISSUED_STATES))


def edition_in_force(document: Document) -> Document:
    """Return the latest issued edition of a document: itself, or the last correction."""
    while (newer := correction_of(document)) is not None:
        document = newer
    return document


def readable_documents(reader: Actor, plan: Plan | None, number: int = 1) -> ListPage[Document]:
    """Return a page of the documents about a plan that somebody may read, newest first, without their contents."""
    about = with_context(*light_columns()).where((Document.plan == plan) & is_readable_by(reader))
    if is_allowed(reader, Action.ASSEMBLE_DOCUMENT):
        return page_of(about, number)
    newest = (Document.issued_at.desc(), Document.id.desc())
    return page_of(about.order_by(*newest), number)


def is_readable_by(reader: Actor) -> Any:
    """Return the condition that somebody may read a document: only those who assemble documents may read drafts."""
    if is_allowed(reader, Action.ASSEMBLE_DOCUMENT):
        return Document.state != DocumentState.DISCARDED
    return is_out_for(reader)


def is_out_for(reader: Actor) -> Any:
    """Return the condition that a document was issued and that somebody may read it.

    Readers of the register may read everything issued, departments only what was issued to them.
    """
    return is_out_within(departments_read_for(reader))


def departments_read_for(reader: Actor) -> list[int] | None:
    """Return the departments whose issued documents somebody may read; None if all of them."""
    return None if is_allowed(reader, Action.READ_REGISTER) else sorted(reader.department_ids)


def is_out_within(department_ids: Sequence[int] | None) -> Any:
    is_out = Document.state.in_(ISSUED_STATES)
    if department_ids is None:
        return is_out
    own = DocumentAddressee.department.in_(department_ids)
    return is_out & Document.id.in_(DocumentAddressee.select(DocumentAddressee.document).where(own))


def file_of(document: Document, file_format: FileFormat) -> DocumentFile | None:
    """Return a document's file in a format, with its bytes; None if there is none."""
    return DocumentFile.get_or_none(
        (DocumentFile.document == document) & (DocumentFile.format == file_format)
    )


def files_of(document: Document) -> list[DocumentFile]:
    """Return a document's files without their bytes, in the order of `FileFormat`."""
    columns = (
        DocumentFile.id,
        DocumentFile.format,
        DocumentFile.sha256,
        DocumentFile.pages,
        DocumentFile.shows,
    )
    rows = list(DocumentFile.select(*columns).where(DocumentFile.document == document))
    return sorted(rows, key=lambda row: list(FileFormat).index(row.format))


def blocks_of(document: Document) -> list[DocumentBlock]:
    """Return the blocks of a document's text in their order, including dropped ones."""
    return [row for row in rows_of(document) if row.role is not BlockRole.ANNEX_CELL]


def rows_of(document: Document) -> list[DocumentBlock]:
    """Return all rows of a document in their order: its blocks and its rewritten annex cells."""
    mine = DocumentBlock.document == document
    return list(DocumentBlock.select().where(mine).order_by(DocumentBlock.position, DocumentBlock.id))


def find_block(block_id: int) -> DocumentBlock | None:
    """Return one block with its document."""
    query = DocumentBlock.select(DocumentBlock, Document).join(Document)
    return query.where(DocumentBlock.id == block_id).first()


def has_accepted(
    period: Period, *, department: Department | None = None, leader: Leader | None = None
) -> bool:
    """Return whether anything accepted in a quarter can be used for a document.

    department: only its own filings and contributions count.
    leader: only the measures that the leader is in charge of count.
    """
    accepted = (Filing.period == period) & (Filing.state == FilingState.ACCEPTED)
    speaking = is_used_filing(period.plan_id, period.last_day, department=department, leader=leader)
    if Filing.select(Filing.id).join(PlanItem).where(accepted & speaking).exists():
        return True
    own = (Contribution.period == period) & (Contribution.department == department)
    written = own & (Contribution.state == ContributionState.WRITTEN)
    return department is not None and bool(Contribution.select().where(written).exists())


def departments_accepted(period: Period) -> set[int]:
    """Return the ids of the departments for which `has_accepted` is true. Two queries."""
    accepted = (Filing.period == period) & (Filing.state == FilingState.ACCEPTED)
    written = (Contribution.period == period) & (Contribution.state == ContributionState.WRITTEN)
    filed = Filing.select(Filing.department).where(accepted).distinct()
    contributed = Contribution.select(Contribution.department).where(written).distinct()
    return {row.department_id for row in (*filed, *contributed)}


def leaders_accepted(period: Period) -> set[int]:
    """Return the ids of the leaders for whom `has_accepted` is true. Four queries."""
    accepted = (Filing.period == period) & (Filing.state == FilingState.ACCEPTED)
    in_charge = leaders_in_charge(period.plan_id, on=period.last_day)
    rows = list(Filing.select(Filing.measure).where(accepted).distinct())
    found = (in_charge.get(row.measure_id) for row in rows)
    overall = {row.id for row in Leader.select(Leader.id).where(Leader.in_overall_charge)}
    return {leader for leader in found if leader is not None} | (overall if rows else set())


def documents_by_subject(
    kind: DocumentKind, period: Period, span: ScopeSpan, subject: DocumentSubject
) -> dict[int, Document]:
    """Return the documents of a kind about one period, without contents, by the id of their department or leader.

    The issued one, otherwise the newest draft. One query.
    """
    about = with_context(*light_columns()).where(
        (Document.kind == kind)
        & (Document.period == period)
        & (Document.span == span)
        & Document.state.in_((*DRAFT_STATES, DocumentState.ISSUING, DocumentState.ISSUED))
    )
    found: dict[int, Document] = {}
    for row in sorted(about, key=lambda one: (one.is_draft, -one.id)):
        key = row.department_id if subject is DocumentSubject.DEPARTMENT else row.leader_id
        if key is not None:
            found.setdefault(key, row)
    return found


def light_columns() -> list[Any]:
    """Return the columns of a document without its contents, which may be megabytes."""
    return [field for field in Document._meta.sorted_fields if field.name not in ("content", "facts")]


def is_used_filing(
    plan: Plan | int, on: date, *, department: Department | None, leader: Leader | None
) -> Any:
    """Return the condition that a filing is used for a document on a plan.

    For a department, all its own filings. For a leader, those of the measures that the leader is in charge of on a day;
    all filings for a leader in overall charge, and if neither is given.
    """
    if department is not None:
        return Filing.department == department
    if leader is None or leader.in_overall_charge:
        return Filing.id.is_null(False)
    return Filing.measure.in_(sorted(measures_in_charge_of(plan, leader, on=on)))


def similar_document(document: Document, states: Collection[DocumentState]) -> Document | None:
    """Return the newest other document of the same kind and subject in one of these states; None if there is none."""
    department, leader = document.department_id, document.leader_id
    same = (
        (Document.id != document.id)
        & (Document.kind == document.kind)
        & (Document.plan == document.plan_id)
        & (Document.span == document.span)
        & (Document.department.is_null() if department is None else Document.department == department)
        & (Document.leader.is_null() if leader is None else Document.leader == leader)
        & Document.state.in_(states)
    )
    found = Document.select(Document, Period).join(Period, JOIN.LEFT_OUTER).where(same)
    rows, quarter = found.order_by(Document.id.desc()), document.scope.quarter
    return next((row for row in rows if row.period is None or row.period.quarter == quarter), None)


@plan_dependents_asked.connect
def count_documents_of_plan(plan: Plan) -> list[DependentRows]:
    return documents_as_dependents(Document.plan == plan)


@period_dependents_asked.connect
def count_documents_of_period(period: Period) -> list[DependentRows]:
    return documents_as_dependents(Document.period == period)


@kept_periods_asked.connect
def periods_with_documents(_sender: object, *, period_ids: Sequence[int]) -> set[int]:
    rows: Any = Document.select(Document.period).where(Document.period.in_(period_ids)).distinct().dicts()
    return {row["period"] for row in rows}


def documents_as_dependents(about: Any) -> list[DependentRows]:
    count = Document.select().where(about).count()
    return [DependentRows(f"{count} 份公文", True)] if count else []


def next_state_of(document: Document, action: Action) -> DocumentState:
    """Return the state that `action` leads a document to. Raises IllegalTransition with a link to the document."""
    try:
        return next_document_state(action, document.state)
    except IllegalTransition as refusal:
        raise IllegalTransition(refusal.sentence, way_to_document(document)) from None


def way_to_document(document: Document) -> RefusalWay:
    """Return the link to a document's page, or to that of its latest correction."""
    current = edition_in_force(document)
    is_corrected = current.id != document.id
    return RefusalWay(
        f"查看更正后的第 {current.edition} 版" if is_corrected else "查看这份公文", document_path(current)
    )


def document_path(document: Document) -> str:
    return f"/documents/{document.id}"


def measures_to_write_on(document: Document) -> list[int]:
    """Return the ids of the measures of a reading sheet that its leader will comment on. One query.

    These are the measures at risk, or all if none is at risk.
    """
    facts = DocumentFacts.from_json(document.facts) if document.facts else None
    if facts is None:
        return []
    risky = [measure for measure, _ in measures_to_correct(facts)] or list(facts.measures)
    is_measure = (PlanItem.plan == document.plan_id) & (PlanItem.kind == ItemKind.MEASURE)
    numbers = [measure.number for measure in risky]
    query = PlanItem.select(PlanItem.id).where(is_measure & PlanItem.position.in_(numbers))
    return [row.id for row in query.order_by(PlanItem.sequence)]
