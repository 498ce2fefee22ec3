"""Sample documents: assembling and issuing the documents of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from app.base.clock import clock_stopped_at
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import DocumentScope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.assembling.proposed_particulars import issuing_organisation, proposed_particulars
from app.drafting.core.life_cycle import DRAFT_STATES, ISSUED_STATES, DocumentState, JobState
from app.drafting.core.models import Document
from app.drafting.jobs import job_requests
from app.issuing import operations as documents
from app.periods.models import Period
from app.wiring.demo.sample_actors import SampleActors
from app.wiring.demo.sample_directives import AFTERNOON_HOUR


def issue_quarter_document(
    kind: DocumentKind, period: Period, actors: SampleActors, render: Callable[[int], None]
) -> None:
    """Assemble, print and issue a quarter's document, dated the day on which the leaders' time ends.

    Continues after a start that was killed; an issued document stays as it is.

    render: makes the files of the job with that id.
    """
    if documents_of_quarter(kind, period, ISSUED_STATES).exists():
        return
    with clock_stopped_at(datetime.combine(period.leader_due, AFTERNOON_HOUR)):
        begun = documents_of_quarter(kind, period, (*DRAFT_STATES, DocumentState.ISSUING)).first()
        document = begun or assemble_quarter_document(kind, period, actors)
        render_files(document, actors, render, again=begun is not None)
        document = Document.get_by_id(document.id)
        if document.is_draft:
            documents.issue_document(document, by=actors.office, version=document.version)
            render_files(document, actors, render)


def documents_of_quarter(kind: DocumentKind, period: Period, states: Collection[DocumentState]) -> Any:
    about = (
        (Document.kind == kind)
        & (Document.period == period)
        & (Document.span == DocumentScope(period.quarter).span)
    )
    return Document.select().where(about & Document.state.in_(states)).order_by(Document.id)


def assemble_quarter_document(kind: DocumentKind, period: Period, actors: SampleActors) -> Document:
    particulars = proposed_particulars(kind, period.plan, issuing_organisation(), period=period)
    order = AssemblyRequest(kind, period.plan, DocumentScope(period.quarter), fullness=TextFullness.CONCISE)
    return assemble_document(order, particulars, by=actors.office)


def render_files(
    document: Document, actors: SampleActors, render: Callable[[int], None], *, again: bool = False
) -> None:
    """Render a document's files in this process; `again` takes over the job of a killed process."""
    job = job_requests.job_of(document)
    if again and job.state is not JobState.DONE:
        job_requests.request_files_again(job, by=actors.office)
    render(job.id)
