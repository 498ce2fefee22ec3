"""Corrections: what was issued stays as it is, and a corrected document of the same number takes its place."""

from __future__ import annotations

import pytest

from app.audit.queries import events_of_subject
from app.base.errors import (
    FieldProblems,
    IllegalTransition,
    NotAllowed,
    StaleVersion,
)
from app.drafting.core import queries
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentFile
from app.filing.core import operations as filing
from app.issuing import corrections
from app.issuing.verification import FileOutcome, verify_document
from app.plan.core.models import PlanItem
from app.printing.rules import FileFormat
from tests.databases import on_both
from tests.issuing.issued_documents import (
    REASON,
    issue_now,
    issued,
    made,
    print_now,
    quick,
)
from tests.world import THRESHOLDS, World, full_content

pytestmark = pytest.mark.usefixtures("in_app")


def begun(document: Document, world: World, reason: str = REASON) -> Document:
    office = world.users["office"]
    return corrections.correct_document(document, reason, by=office, version=document.version)


@on_both
def test_a_correction_says_what_was_issued_is_edited_and_takes_its_place(reported: World) -> None:
    document = issued(reported)
    draft = print_now(begun(document, reported))
    assert (draft.state, draft.edition, draft.number) == (DocumentState.EDITING, 2, None)
    assert draft.particulars.dated == document.dated
    old, new = queries.blocks_of(document), queries.blocks_of(draft)
    assert [row.content for row in new] == [row.content for row in old] != []
    assert [row.key for row in new] == [row.key for row in old]

    first = new[0]
    first.content = first.content | {"text": "更正后的第一段。"}
    first.save_as_next(read_at=first.version)
    corrected = issue_now(draft, reported)
    assert (corrected.state, corrected.number) == (DocumentState.ISSUED, document.number)
    assert Document.get_by_id(document.id).state is DocumentState.SUPERSEDED
    assert queries.correction_of(document) == corrected
    assert "更正后的第一段。".encode() in queries.file_of(corrected, FileFormat.PDF).data
    assert "更正后的第一段。".encode() not in queries.file_of(document, FileFormat.PDF).data
    assert [event.reason for event in events_of_subject(document) if event.action == "correct_document"] == [
        REASON
    ]


def test_only_one_correction_is_worked_on_at_a_time(reported: World) -> None:
    document = issued(reported)
    begun(document, reported)
    with pytest.raises(IllegalTransition, match="已经开始更正"):
        begun(document, reported)
    assert Document.select().count() == 2


def test_what_was_corrected_is_corrected_where_it_now_stands(reported: World) -> None:
    document = issued(reported)
    second = issue_now(print_now(begun(document, reported)), reported)
    old = Document.get_by_id(document.id)
    with pytest.raises(IllegalTransition, match="已被更正"):
        begun(old, reported)
    third = issue_now(print_now(begun(second, reported, "再更正。")), reported)
    assert (third.edition, third.number) == (3, document.number)
    assert Document.get_by_id(second.id).state is DocumentState.SUPERSEDED


def test_a_draft_is_edited_not_corrected(reported: World) -> None:
    with pytest.raises(IllegalTransition, match="不能更正"):
        begun(made(reported), reported)


@pytest.mark.parametrize("reason", ["", "  \n", "更" * 501])
def test_a_reason_is_given_and_not_too_long(reported: World, reason: str) -> None:
    with pytest.raises(FieldProblems) as refusal:
        begun(issued(reported), reported, reason)
    assert "reason" in refusal.value.fields
    assert Document.select().count() == 1


def test_the_reader_of_an_older_version_is_notified(reported: World) -> None:
    document = issued(reported)
    with pytest.raises(StaleVersion):
        corrections.correct_document(
            document, REASON, by=reported.users["office"], version=document.version - 1
        )


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_only_the_office_corrects(reported: World, who: str) -> None:
    document = issued(reported)
    with pytest.raises(NotAllowed):
        corrections.correct_document(document, REASON, by=reported.users[who], version=document.version)


def test_nothing_that_happens_to_filings_or_plan_changes_what_was_issued(reported: World) -> None:
    document = issued(reported)
    before = [(one.format, one.sha256, bytes(one.data)) for one in DocumentFile.select()]
    content = document.content
    office, filer, head = (reported.users[who] for who in ("office", "filer", "head"))
    changed = reported.filing(1)
    filing.reopen_filing(changed, by=office, version=changed.version, reason="更正。")
    filing.save_filing(
        changed, full_content("已走访企业99家。"), by=filer, version=changed.version, thresholds=THRESHOLDS
    )
    filing.submit_filing(changed, by=filer, version=changed.version)
    filing.sign_off_filing(changed, by=head, version=changed.version)
    filing.accept_filing(changed, by=office, version=changed.version)
    PlanItem.update(title="改了名的举措").execute()
    assert Document.get_by_id(document.id).content == content
    assert [(one.format, one.sha256, bytes(one.data)) for one in DocumentFile.select()] == before
    assert {finding.outcome for finding in verify_document(document, quick)} == {FileOutcome.SAME}
