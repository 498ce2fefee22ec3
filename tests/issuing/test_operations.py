"""A document's way from accepted filings to an issued, frozen file, on both databases."""

from __future__ import annotations

import hashlib

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.authority.actor import SYSTEM
from app.base.database import database
from app.base.errors import (
    FieldProblems,
    IllegalTransition,
    NotAllowed,
    NotFound,
    StaleVersion,
)
from app.composition.facts import DocumentFacts
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core import queries
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, DocumentFile, RenderJob
from app.drafting.jobs import downloads, job_requests
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.gathering import gather_facts
from app.filing.core import operations as filing
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.issuing import operations
from app.issuing.register import next_number
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole
from app.printing.rules import FileFormat
from app.wiring.queue import TaskQueue
from tests.clients import count_queries
from tests.databases import on_both
from tests.drafting.sample_documents import (
    PARTICULARS,
    assembled,
    hanzi_and_figures,
    printed_text,
)
from tests.issuing import issued_documents as issuing
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")


def made(world: World) -> Document:
    """Return a document that a worker has made."""
    document = assembled(world)
    jobs.run_job(job_requests.job_of(document).id, thresholds=THRESHOLDS, by=SYSTEM)
    found = queries.find_document(document.id)
    assert found is not None
    return found


def issued(world: World) -> Document:
    """Return a document that is issued and printed."""
    document = made(world)
    operations.issue_document(document, by=world.users["office"], version=document.version)
    jobs.run_job(job_requests.job_of(document).id, thresholds=THRESHOLDS, by=SYSTEM)
    return Document.get_by_id(document.id)


def pdf_of(document: Document) -> DocumentFile:
    file = queries.file_of(document, FileFormat.PDF)
    assert file is not None
    return file


def facts_of(world: World) -> DocumentFacts:
    return gather_facts(world.plan, DocumentScope(world.period.quarter), thresholds=THRESHOLDS)


@on_both
def test_what_is_gathered_is_what_was_accepted(reported: World) -> None:
    facts = facts_of(reported)
    states = [measure.state for measure in facts.measures]
    assert states == [FilingState.ACCEPTED, FilingState.RETURNED, FilingState.ACCEPTED, FilingState.DRAFT]
    assert [measure.number for measure, _ in facts.reported] == [1, 3]
    assert facts.measures[0].lead == "经济发展办公室"
    assert facts.measures[0].supports == ("城市管理办公室", "第一居民区")
    assert facts.measures[0].report is not None
    assert facts.measures[0].report.progress == "已走访企业32家，形成线索12条。"


def test_gathering_takes_the_same_queries_however_much_there_is(reported: World) -> None:
    with count_queries() as few:
        facts_of(reported)
    section = reported.measures[0].parent
    for number in range(30):
        item = PlanItem.create(
            plan=reported.plan,
            parent=section,
            kind=reported.measures[0].kind,
            number=str(number),
            position=100 + number,
            sequence=1000 + number,
            title=f"新举措{number}",
        )
        department = reported.departments["经发办"]
        Assignment.create(item=item, department=department, role=AssignmentRole.LEAD)
        Filing.create(measure=item, period=reported.period, department=department, role=AssignmentRole.LEAD)
    with count_queries() as many:
        assert len(facts_of(reported).measures) == 34
    assert len(many) == len(few) <= 14


def test_a_report_is_assembled_printed_and_frozen(reported: World, queue: TaskQueue) -> None:
    document = made(reported)
    file = pdf_of(document)
    assert document.job.state is JobState.DONE
    assert document.state is DocumentState.ASSEMBLED
    assert file.sha256 == hashlib.sha256(file.data).hexdigest()
    assert file.pages >= 4
    assert DocumentFacts.from_json(document.facts) == facts_of(reported)
    text = printed_text(bytes(file.data))
    for words in (
        "已走访企业32家，形成线索12条。",
        "旧区改造已签约81户。",
        "四季度继续走访。",
        "签发人：王玥",
    ):
        assert hanzi_and_figures(words) in text
    assert "建立攻坚名单" not in text
    assert [event.action for event in events_of_subject(document)] == ["build_document", "print_document"]
    assert verify_chain() is None


@on_both
def test_the_worker_is_called_once_the_job_is_committed_and_not_before(
    reported: World, queue: TaskQueue
) -> None:
    with database.atomic():
        assembled(reported)
        assert queue.huey.pending_count() == 0
    assert queue.huey.pending_count() == 1


def test_issuing_numbers_and_freezes_whatever_happens_to_the_filings(reported: World) -> None:
    document = made(reported)
    changed = reported.filing(1)
    filing.reopen_filing(changed, by=reported.users["office"], version=changed.version, reason="更正。")
    operations.issue_document(document, by=reported.users["office"], version=document.version)
    assert Document.get_by_id(document.id).state is DocumentState.ISSUING
    jobs.run_job(document.job.id, thresholds=THRESHOLDS, by=SYSTEM)

    stored = Document.get_by_id(document.id)
    file = pdf_of(stored)
    assert (stored.state, stored.number) == (DocumentState.ISSUED, "华街〔2026〕1号")
    assert (stored.issued_by, stored.issued_at is None) == ("某街道办公室", False)
    text = printed_text(bytes(file.data))
    assert "华街20261号" in text
    assert "已走访企业32家" in text
    assert {file.format for file in DocumentFile.select()} == set(FileFormat)


def test_the_same_frozen_content_gives_the_same_bytes(reported: World) -> None:
    document = issued(reported)
    first = pdf_of(document)
    RenderJob.update(state=JobState.QUEUED).execute()
    jobs.run_job(job_requests.job_of(document).id, thresholds=THRESHOLDS, by=SYSTEM)
    second = pdf_of(document)
    assert first.sha256 == second.sha256


@on_both
def test_a_second_report_on_the_same_is_not_issued_and_takes_no_number(reported: World) -> None:
    issuing.issued(reported)
    other = issuing.made(reported)
    with pytest.raises(IllegalTransition, match="已经印发：华街〔2026〕1号"):
        operations.issue_document(other, by=reported.users["office"], version=other.version)
    stored = Document.get_by_id(other.id)
    assert (stored.state, stored.number) == (DocumentState.ASSEMBLED, None)
    assert str(next_number("华街", 2026)) == "华街〔2026〕2号"


def test_an_issued_document_cannot_be_issued_again(reported: World) -> None:
    document = issuing.issued(reported)
    with pytest.raises(IllegalTransition):
        operations.issue_document(document, by=reported.users["office"], version=document.version)


def test_a_document_that_somebody_else_issued_in_the_meantime_is_refused(reported: World) -> None:
    mine, theirs = issuing.made(reported), Document.get()
    operations.issue_document(theirs, by=reported.users["office"], version=theirs.version)
    issuing.print_now(theirs)
    with pytest.raises(StaleVersion):
        operations.issue_document(mine, by=reported.users["office"], version=mine.version)
    assert Document.get().number == "华街〔2026〕1号"


def test_nothing_is_issued_before_it_was_printed_and_could_be_read(reported: World) -> None:
    document = assembled(reported)
    with pytest.raises(IllegalTransition, match="还没有生成"):
        operations.issue_document(document, by=reported.users["office"], version=1)
    with pytest.raises(NotFound):
        downloads.download_file(document, FileFormat.PDF, by=reported.users["office"])


def test_a_quarter_without_accepted_filings_makes_no_document(world: World, queue: TaskQueue) -> None:
    with pytest.raises(FieldProblems):
        assembled(world)
    assert not Document.select().exists()
    assert queue.huey.pending_count() == 0


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_only_the_office_assembles_issues_and_retries(reported: World, who: str) -> None:
    document, user = issuing.made(reported), reported.users[who]
    with pytest.raises(NotAllowed):
        order = AssemblyRequest(DocumentKind.QUARTERLY, reported.plan, DocumentScope(reported.period.quarter))
        assemble_document(order, PARTICULARS, by=user)
    with pytest.raises(NotAllowed):
        operations.issue_document(document, by=user, version=document.version)
    with pytest.raises(NotAllowed):
        job_requests.retry_printing(document, by=user)
    with pytest.raises(NotAllowed):
        downloads.download_file(document, FileFormat.PDF, by=user)


def test_a_queue_that_cannot_be_reached_loses_no_job(reported: World, app: object, queue: TaskQueue) -> None:
    queue.huey.storage.enqueue = None
    document = assembled(reported)
    del queue.huey.storage.enqueue
    assert queue.huey.pending_count() == 0
    jobs.reconcile_jobs(by=SYSTEM)
    queue.huey.execute(queue.huey.dequeue())
    assert job_requests.job_of(document).state is JobState.DONE
