"""Reading documents, and gathering what they are made of: a fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from peewee import JOIN, ModelSelect

from app.documents.facts import MeasureFacts, PartFacts, QuarterFacts, Report, SectionFacts
from app.documents.models import Document, DocumentFile, RenderJob
from app.documents.rules import DocumentState, FileFormat
from app.filing.models import Filing
from app.filing.queries import leading_filings
from app.filing.rules import FilingState
from app.periods.models import Period
from app.plan.models import Assignment, Plan, PlanItem
from app.plan.queries import Node, assignments, outline
from app.plan.rules import AssignmentRole, ItemKind


def gather(period: Period) -> QuarterFacts:
    """Return the facts of a quarter: the plan's tree with the accepted filings of the lead departments."""
    gathering = Gathering(period)
    return QuarterFacts(
        plan_title=period.plan.title,
        quarter=period.quarter,
        parts=tuple(gathering.part(node) for node in outline(period.plan)),
    )


class Gathering:
    """Looks up once what the measures of a quarter need."""

    def __init__(self, period: Period) -> None:
        self.filings: dict[int, Filing] = {one.measure_id: one for one in leading_filings(period)}
        self.assignments: dict[int, list[Assignment]] = {}
        for assignment in assignments(period.plan):
            self.assignments.setdefault(assignment.item_id, []).append(assignment)

    def part(self, node: Node) -> PartFacts:
        """Return a part with its sections, or with the measures that stand directly in it."""
        sections = [child for child in node.children if child.item.kind is ItemKind.SECTION]
        own = [child for child in node.children if child.item.kind is ItemKind.MEASURE]
        return PartFacts(
            node.item.title,
            tuple(SectionFacts(one.item.title, self.measures(one.children)) for one in sections),
            self.measures(own),
        )

    def measures(self, nodes: Iterable[Node]) -> tuple[MeasureFacts, ...]:
        """Return measures with who answers for them and what was accepted of them."""
        return tuple(self.measure(node.item) for node in nodes)

    def measure(self, item: PlanItem) -> MeasureFacts:
        """Return one measure."""
        tied, filing = self.assignments.get(item.id, []), self.filings.get(item.id)
        return MeasureFacts(
            number=item.position,
            title=item.title,
            lead=next((one.department.name for one in tied if one.role is AssignmentRole.LEAD), ""),
            supports=support_names(tied),
            target=item.yearly_target,
            state=filing.state if filing else None,
            report=report_of(filing) if filing and filing.state is FilingState.ACCEPTED else None,
        )


def support_names(tied: Iterable[Assignment]) -> tuple[str, ...]:
    """Return the supporting departments; those that came in as a group go by the group's name (各居民区)."""
    supporting = (one for one in tied if one.role is AssignmentRole.SUPPORT)
    return tuple(dict.fromkeys(one.group.name if one.group else one.department.name for one in supporting))


def report_of(filing: Filing) -> Report:
    """Return what was accepted as a plain value."""
    return Report(
        percent=cast(int, filing.percent),  # a filing without one cannot be submitted
        status=filing.status,
        light=filing.light,
        forecast=filing.forecast,
        progress=filing.progress,
        problems=filing.problems,
        next_steps=filing.next_steps,
        status_reason=filing.status_reason,
        light_reason=filing.light_reason,
    )


def with_context(*columns: object) -> ModelSelect[Document]:
    """Return a query over documents with their period, job (`job`) and file (`file`, without its bytes)."""
    same_file = (DocumentFile.document == Document.id) & (DocumentFile.format == FileFormat.PDF)
    file = (DocumentFile.id, DocumentFile.format, DocumentFile.sha256, DocumentFile.pages)
    return (
        Document.select(*columns, Period, Plan, RenderJob, *file)
        .join(Period)
        .join(Plan)
        .switch(Document)
        .join(RenderJob, JOIN.LEFT_OUTER, on=(RenderJob.document == Document.id), attr="job")
        .switch(Document)
        .join(DocumentFile, JOIN.LEFT_OUTER, on=same_file, attr="file")
        .order_by(Document.id.desc())
    )


def document(document_id: int) -> Document | None:
    """Return one document with its period, job and file."""
    return with_context(Document).where(Document.id == document_id).first()


def documents(*, issued_only: bool = False) -> list[Document]:
    """Return the register, newest first, without the documents' contents."""
    columns = [field for field in Document._meta.sorted_fields if field is not Document.content]
    query = with_context(*columns)
    return list(query.where(Document.state == DocumentState.ISSUED) if issued_only else query)


def pdf_of(document: Document) -> DocumentFile | None:
    """Return a document's PDF with its bytes."""
    return DocumentFile.get_or_none(
        (DocumentFile.document == document) & (DocumentFile.format == FileFormat.PDF)
    )


def has_accepted(period: Period) -> bool:
    """Return whether anything of a quarter was accepted that a document could be made of."""
    return any(filing.state is FilingState.ACCEPTED for filing in leading_filings(period))


def numbers_of(year: int) -> list[str]:
    """Return the numbers given in a year."""
    rows = Document.select(Document.number).where(Document.number.contains(f"〔{year}〕"))
    return [row.number for row in rows.order_by(Document.id) if row.number]
