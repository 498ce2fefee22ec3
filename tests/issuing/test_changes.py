"""Every operation on issued documents and their register, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.composition.rules import DocumentKind
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import wording_requests as wordings
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.issuing import corrections, operations, register, verification
from app.issuing.corrections import CORRECTION_LENGTH
from app.issuing.models import Verification
from tests.drafting.drafts import reworded
from tests.drafting.sample_documents import PARTICULARS, assembled
from tests.issuing.issued_documents import made, print_now, quick
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")

MOMENT = datetime(2026, 10, 9, 9, 30)


def test_each_operation_changes_what_it_names_and_nothing_else(reported: World) -> None:
    found = changes_beside(__file__, MOMENT)
    with clock_stopped_at(MOMENT):
        begin_register(found, reported)
        issued = issue(found, reported)
        correct(found, reported, issued)
        verify(found, reported, issued)
    found.compare()


def fresh(document: Document) -> Document:
    return Document.get_by_id(document.id)


def begin_register(found: RecordedChanges, world: World) -> None:
    def start(first: int, year: int = 2026, word: str = "华街") -> Callable[[], object]:
        return partial(register.start_register, word, year, first, by=world.users["office"])

    found.record("start with number 1", start(1))
    found.record("start the book of next year", start(2, 2027))
    found.record("start with number 2", start(2, 2025))
    found.record("start with number 9", start(9))
    found.record("start again", start(10))
    found.record("start another word's", start(3, word="甲街"))
    assert [str(register.next_number("华街", year)) for year in (2025, 2026, 2027)] == [
        "华街〔2025〕2号",
        "华街〔2026〕9号",
        "华街〔2027〕1号",
    ]


def issue(found: RecordedChanges, world: World) -> Document:
    office = world.users["office"]

    def issue_it(document: Document, late: int = 0, **given: Any) -> Callable[[], None]:
        def take() -> None:
            current = fresh(document)
            operations.issue_document(current, by=office, version=current.version - late, **given)

        return take

    found.record("issue what is not printed", issue_it(assembled(world, DocumentKind.SUPERVISION)))
    draft = made(world)
    Document.update(gathered_at=MOMENT - timedelta(hours=1)).where(Document.id == draft.id).execute()
    row = reworded(world, draft)
    others = (DocumentBlock.document == draft) & (DocumentBlock.position > 2) & (DocumentBlock.id != row.id)
    DocumentBlock.delete().where(others).execute()
    print_now(draft)
    request = wordings.ask_department(row, by=office, version=row.version)
    found.record("issue what was changed", issue_it(draft, late=1))
    found.record("issue without the department's word", issue_it(draft))
    set_date(draft, date(2036, 1, 1))
    found.record("issue with a day to come", issue_it(draft, despite=[request.id]))
    set_date(draft, PARTICULARS.dated)
    found.record("issue despite a department", issue_it(draft, despite=[request.id]))
    found.record("issue again", issue_it(draft))
    run = partial(jobs.run_job, job_requests.job_of(draft).id, quick, thresholds=THRESHOLDS, by=SYSTEM)
    found.record("print it", run)
    found.record("print it again", run)
    found.record("ask for it again", lambda: job_requests.retry_printing(fresh(draft), by=office))
    found.record("issue another of the same", issue_it(made(world)))
    found.record("issue a paper without number", issue_it(made(world, DocumentKind.SUMMARY)))
    return fresh(draft)


def set_date(document: Document, day: date) -> None:
    Document.update(dated=day).where(Document.id == document.id).execute()


def correct(found: RecordedChanges, world: World, issued: Document) -> None:
    office = world.users["office"]

    def correct_it(document: Document, reason: str, late: int = 0) -> Callable[[], Document]:
        version = fresh(document).version - late
        return lambda: corrections.correct_document(document, reason, by=office, version=version)

    found.record("correct without a reason", correct_it(issued, " "))
    found.record("correct at length", correct_it(issued, "长" * (CORRECTION_LENGTH + 1)))
    found.record("correct what was changed", correct_it(issued, "数误。", late=1))
    draft = found.record("correct", correct_it(issued, f" {'长' * CORRECTION_LENGTH} "))
    found.record("correct it twice at once", correct_it(issued, "数误。"))
    found.record("correct a draft", correct_it(draft, "数误。"))
    printed = print_now(draft)
    found.record(
        "issue the correction",
        lambda: operations.issue_document(printed, by=office, version=fresh(draft).version, unseen=1),
    )
    run = partial(jobs.run_job, job_requests.job_of(draft).id, quick, thresholds=THRESHOLDS, by=SYSTEM)
    found.record("print the correction", run)
    found.record("correct what was corrected", correct_it(issued, "数误。"))


def verify(found: RecordedChanges, world: World, issued: Document) -> None:
    ask = partial(verification.request_verification, fresh(issued), by=world.users["office"])
    found.record("ask for a verification", ask)
    found.record("ask once more", ask)
    draft = made(world, DocumentKind.FILING_NOTICE)
    found.record(
        "ask for a draft's", lambda: verification.request_verification(draft, by=world.users["office"])
    )
    verify_now = partial(verification.run_verification, Verification.get().id, quick, by=SYSTEM)
    found.record("verify", verify_now)
    found.record("verify again", verify_now)
    found.record("ask after that", ask)
