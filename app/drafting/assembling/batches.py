"""Batches: one document of a kind for each department or leader, and the state of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.base.errors import BadInput, FieldProblems
from app.composition.kinds import spec_of
from app.composition.rules import DocumentKind, DocumentSubject
from app.drafting.assembling.order import (
    NO_QUARTER,
    AssemblyRequest,
    opened_period,
    raise_if_nothing,
    require_span,
)
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.org.models import Department, Leader
from app.org.queries import active_departments, active_leaders
from app.periods.models import Period


@dataclass(frozen=True)
class BatchRow:
    """A department or leader, the document about it, and whether anything was accepted to make one from."""

    subject: Department | Leader
    document: Document | None
    has_accepted: bool

    @property
    def is_missing(self) -> bool:
        """Return whether there is no document although one could be made."""
        return self.document is None and self.has_accepted

    @property
    def is_made(self) -> bool:
        return self.document is not None and self.document.job.is_done

    @property
    def is_at_work(self) -> bool:
        return self.document is not None and self.document.job.is_at_work

    @property
    def has_failed(self) -> bool:
        return self.document is not None and self.document.job.has_failed


@dataclass(frozen=True)
class DocumentBatch:
    """The documents of one kind about one period, in the official order of departments or leaders."""

    order: AssemblyRequest
    period: Period
    rows: Sequence[BatchRow]

    @property
    def subject_label(self) -> str:
        """Return what the documents are about: 部门 or 领导."""
        return spec_of(self.order.kind).subject.label

    @property
    def missing(self) -> list[BatchRow]:
        return [row for row in self.rows if row.is_missing]

    @property
    def begun(self) -> list[BatchRow]:
        return [row for row in self.rows if row.document is not None]

    @property
    def made(self) -> list[BatchRow]:
        return [row for row in self.rows if row.is_made]

    @property
    def failed(self) -> list[BatchRow]:
        return [row for row in self.rows if row.has_failed]

    @property
    def without_filings(self) -> list[BatchRow]:
        """Return the rows without a document for which nothing was accepted."""
        return [row for row in self.rows if row.document is None and not row.has_accepted]

    @property
    def is_at_work(self) -> bool:
        """Return whether any document is still being made."""
        return any(row.is_at_work for row in self.rows)

    def order_for(self, row: BatchRow) -> AssemblyRequest:
        """Return the request for one row's document."""
        if isinstance(row.subject, Department):
            return replace(self.order, department=row.subject)
        return replace(self.order, leader=row.subject)


def require_batch(order: AssemblyRequest) -> DocumentBatch:
    """Return the batch that a request asks for. Raises FieldProblems if it has no document and none can be made."""
    require_span(order)
    require_several(order.kind)
    period = opened_period(order)
    if period is None:
        raise FieldProblems({"period": NO_QUARTER})
    batch = batch_of(order, period)
    raise_if_nothing(order, batch.missing or batch.begun)
    return batch


def require_several(kind: DocumentKind) -> None:
    """Raise BadInput for a kind with only one document per period."""
    if spec_of(kind).subject is DocumentSubject.ALL:
        raise BadInput(f"{kind.label}写的是全街道，只有一份，不能按部门或者领导各汇编一份。")


def batch_of(order: AssemblyRequest, period: Period) -> DocumentBatch:
    """Return the state of the documents of a request's kind about a quarter. At most five queries."""
    subject = spec_of(order.kind).subject
    there = queries.documents_by_subject(order.kind, period, order.scope.span, subject)
    subjects: Sequence[Department | Leader]
    if subject is DocumentSubject.DEPARTMENT:
        subjects, accepted = active_departments(), queries.departments_accepted(period)
    else:
        subjects, accepted = active_leaders(), queries.leaders_accepted(period)
    rows = [BatchRow(one, there.get(one.id), one.id in accepted) for one in subjects]
    return DocumentBatch(order, period, rows)
