"""Sample directives, one answered and one open, and the issued documents of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from app.base.clock import clock_stopped_at
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import DocumentScope
from app.directives.core import operations as directives
from app.directives.core.content import DirectiveContent, DirectiveTarget
from app.directives.core.life_cycle import DirectiveKind
from app.directives.replies.operations import reply_to_directive
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.assembling.proposed_particulars import issuing_organisation, proposed_particulars
from app.drafting.core.life_cycle import DRAFT_STATES, ISSUED_STATES, DocumentState, JobState
from app.drafting.core.models import Document
from app.drafting.jobs import job_requests
from app.issuing import operations as documents
from app.periods.models import Period
from app.plan.core import queries as plans
from app.plan.core.models import Plan
from app.wiring.demo.sample_users import SampleUsers

AFTERNOON_HOUR = time(15, 0)


@dataclass(frozen=True)
class SampleDirective:
    """What a leader wrote on the measure of that number in the plan, and what the lead department answered."""

    measure: int
    written_on: date
    due_on: date
    text: str
    answer: str = ""


SAMPLE_DIRECTIVES = (
    SampleDirective(
        measure=11,
        written_on=date(2026, 7, 22),
        due_on=date(2026, 8, 14),
        text="（示例）新里卫改进度偏慢。请管理办逐个地块倒排工期，每周报一次进展。",
        answer="（示例）已按地块倒排工期，明确到周；自7月27日起每周一书面报告进展。",
    ),
    SampleDirective(
        measure=31,
        written_on=date(2026, 10, 20),
        due_on=date(2026, 12, 15),
        text="（示例）数字平台建设落后于序时进度。请综治中心会同平安办提出追赶方案，年内上线试运行。",
    ),
)


def write_sample_directives(plan: Plan, users: SampleUsers) -> None:
    """Write the directives of the leaders in charge, and the answers of the lead departments."""
    measures = {measure.position: measure for measure in plans.measures_of_plan(plan)}
    for sample in SAMPLE_DIRECTIVES:
        measure = measures[sample.measure]
        lead = plans.responsible_for_measure(measure).lead
        if lead is None or measure.leader_id is None:
            continue
        target = DirectiveTarget((measure,))
        content = DirectiveContent(DirectiveKind.INSTRUCTION, sample.text, lead, due_on=sample.due_on)
        with clock_stopped_at(datetime.combine(sample.written_on, AFTERNOON_HOUR)):
            written = directives.write_directive(target, content, by=users.leaders[measure.leader_id])
        if sample.answer:
            with clock_stopped_at(datetime.combine(sample.due_on, AFTERNOON_HOUR)):
                head = users.heads[lead.id]
                reply_to_directive(written, sample.answer, department=lead, by=head, version=written.version)


def issue_quarter_document(
    kind: DocumentKind, period: Period, users: SampleUsers, render: Callable[[int], None]
) -> None:
    """Assemble, print and issue a quarter's document on the day on which the leaders' time ends.

    A start that was killed is continued; what is issued already stays.

    render: makes the files of the job of that id.
    """
    if documents_of_quarter(kind, period, ISSUED_STATES).exists():
        return
    with clock_stopped_at(datetime.combine(period.leader_due, AFTERNOON_HOUR)):
        begun = documents_of_quarter(kind, period, (*DRAFT_STATES, DocumentState.ISSUING)).first()
        document = begun or assemble_quarter_document(kind, period, users)
        render_files(document, users, render, again=begun is not None)
        document = Document.get_by_id(document.id)
        if document.is_draft:
            documents.issue_document(document, by=users.office, version=document.version)
            render_files(document, users, render)


def documents_of_quarter(kind: DocumentKind, period: Period, states: Collection[DocumentState]) -> Any:
    about = (
        (Document.kind == kind)
        & (Document.period == period)
        & (Document.span == DocumentScope(period.quarter).span)
    )
    return Document.select().where(about & Document.state.in_(states)).order_by(Document.id)


def assemble_quarter_document(kind: DocumentKind, period: Period, users: SampleUsers) -> Document:
    particulars = proposed_particulars(kind, period.plan, issuing_organisation(), period=period)
    order = AssemblyRequest(kind, period.plan, DocumentScope(period.quarter), fullness=TextFullness.CONCISE)
    return assemble_document(order, particulars, by=users.office)


def render_files(
    document: Document, users: SampleUsers, render: Callable[[int], None], *, again: bool = False
) -> None:
    """Render a document's files here; `again` takes over the job of a process that was killed."""
    job = job_requests.job_of(document)
    if again and job.state is not JobState.DONE:
        job_requests.request_files_again(job, by=users.office)
    render(job.id)
