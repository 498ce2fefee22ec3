"""Sample papers: leaders' instructions, one answered and one open, and what a quarter ends with, issued."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from app.base.clock import standing_at
from app.composition.rules import DocumentKind, Fullness
from app.composition.scope import Scope
from app.directives import operations as directives
from app.directives.content import DirectiveContent
from app.directives.rules import DirectiveKind
from app.drafting.assembling.operations import assemble
from app.drafting.assembling.order import Order
from app.drafting.assembling.proposals import house_of, proposed
from app.drafting.core.models import Document
from app.drafting.core.rules import (
    DRAFTS,
    OUT,
    DocumentState,
    JobState,
)
from app.drafting.jobs import requests
from app.drafting.jobs.operations import run_job
from app.issuing import operations as documents
from app.periods.models import Period
from app.plan import queries as plans
from app.plan.models import Plan
from app.printing.press import Printer
from app.wiring.demo.cast import Cast

WORKING_HOUR = time(15, 0)
SUPERIOR = "长宁区人民政府"


@dataclass(frozen=True)
class SampleDirective:
    """What a leader wrote on the measure of that number in the plan, and what the lead department answered."""

    measure: int
    written_on: date
    due_on: date
    text: str
    answer: str = ""


SAMPLES = (
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


def instruct(plan: Plan, cast: Cast) -> None:
    """Let the leaders in charge write their sample directives, and the lead departments answer."""
    measures = {measure.position: measure for measure in plans.measures(plan)}
    for sample in SAMPLES:
        measure = measures[sample.measure]
        lead = plans.responsible(measure).lead
        if lead is None or measure.leader_id is None:
            continue
        content = DirectiveContent(DirectiveKind.INSTRUCTION, sample.text, (lead,), sample.due_on)
        with standing_at(datetime.combine(sample.written_on, WORKING_HOUR)):
            written = directives.write(measure, content, by=cast.leaders[measure.leader_id])
        if sample.answer:
            with standing_at(datetime.combine(sample.due_on, WORKING_HOUR)):
                filer = cast.filers[lead.id]
                directives.reply(written, sample.answer, department=lead, by=filer, version=written.version)


def issue(kind: DocumentKind, period: Period, cast: Cast, printer: Printer) -> None:
    """Assemble, print and issue a quarter's document on the day on which the leaders' time ends.

    What was begun by a start that was killed is gone on with; what is issued already is left alone.
    """
    if documents_of(kind, period, OUT).exists():
        return
    with standing_at(datetime.combine(period.leader_due, WORKING_HOUR)):
        begun = documents_of(kind, period, (*DRAFTS, DocumentState.ISSUING)).first()
        document = begun or assembled(kind, period, cast)
        print_files(document, cast, printer, again=begun is not None)
        document = Document.get_by_id(document.id)
        if document.is_draft:
            documents.issue(document, by=cast.office, version=document.version)
            print_files(document, cast, printer)


def documents_of(kind: DocumentKind, period: Period, states: Collection[DocumentState]) -> Any:
    """Return the quarter's documents of a kind in some states."""
    about = (
        (Document.kind == kind) & (Document.period == period) & (Document.span == Scope(period.quarter).span)
    )
    return Document.select().where(about & Document.state.in_(states)).order_by(Document.id)


def assembled(kind: DocumentKind, period: Period, cast: Cast) -> Document:
    """Return a quarter's document as the office assembles it."""
    house = house_of(period.plan.title.partition("20")[0], SUPERIOR)
    particulars = proposed(kind, period.plan, house, period=period)
    order = Order(kind, period.plan, Scope(period.quarter), fullness=Fullness.CONCISE)
    return assemble(order, particulars, by=cast.office)


def print_files(document: Document, cast: Cast, printer: Printer, *, again: bool = False) -> None:
    """Have a document's files made here; `again` takes the job from whoever was killed at it."""
    job = requests.job_of(document)
    if again and job.state is not JobState.DONE:
        requests.request_again(job, by=cast.office)
    run_job(job.id, printer)
