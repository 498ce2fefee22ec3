"""The register: numbers in turn, without gaps, several issuing at the same moment and whatever fails."""

from __future__ import annotations

import pytest

from app.base.errors import BadInput, FieldProblems, IllegalTransition
from app.composition.rules import DocumentKind
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentBlock
from app.issuing import corrections, operations, register
from app.issuing.models import RegisterEntry
from app.issuing.register_series import missing_numbers, series_of_year
from tests.concurrency.test_serial_operations import at_once
from tests.databases import on_both
from tests.issuing.issued_documents import (
    drafts,
    issue_now,
    issued,
    made,
    print_now,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_app")


def entry(sequence: int, *, document: bool = True) -> RegisterEntry:
    return RegisterEntry(word="华街", year=2026, sequence=sequence, document=1 if document else None)


@on_both
def test_eight_issued_at_the_same_moment_get_eight_numbers_in_turn(reported: World) -> None:
    office, waiting = reported.users["office"], drafts(reported)
    actions = [
        lambda draft=draft: operations.issue_document(draft, by=office, version=draft.version)
        for draft in waiting
    ]
    assert at_once(actions) == [None] * 8
    (book,) = series_of_year(2026)
    assert [one.sequence for one in book.entries] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert (book.missing, book.completeness) == ((), "1 号至 8 号，没有缺号。")
    numbers = {str(register.number_of(one)): one.document_id for one in book.entries}
    assert numbers == {one.number: one.id for one in Document.select()}


@on_both
def test_one_document_issued_twice_at_the_same_moment_gets_one_number(reported: World) -> None:
    draft, office = made(reported), reported.users["office"]
    again = [Document.get_by_id(draft.id) for _ in range(4)]
    outcomes = at_once(
        [lambda one=one: operations.issue_document(one, by=office, version=draft.version) for one in again]
    )
    assert outcomes.count(None) == 1
    assert RegisterEntry.select().count() == 1


@on_both
def test_two_drafts_about_the_same_cannot_both_be_issued_even_while_one_is_being_printed(
    reported: World,
) -> None:
    first, second = made(reported), made(reported)
    office = reported.users["office"]
    operations.issue_document(first, by=office, version=first.version)
    assert Document.get_by_id(first.id).state is DocumentState.ISSUING
    with pytest.raises(IllegalTransition, match="已经印发"):
        operations.issue_document(second, by=office, version=second.version)
    assert RegisterEntry.select().count() == 1


@on_both
def test_an_issue_that_fails_leaves_no_gap(reported: World) -> None:
    failing = made(reported, DocumentKind.CIRCULAR)
    DocumentBlock.update(is_dropped=True).where(DocumentBlock.document == failing).execute()
    with pytest.raises(BadInput, match="段落"):
        operations.issue_document(failing, by=reported.users["office"], version=failing.version)
    assert RegisterEntry.select().count() == 0
    assert Document.get_by_id(failing.id).number is None
    assert issued(reported).number == "华街〔2026〕1号"


def test_a_gap_is_seen_and_what_was_carried_over_is_none() -> None:
    assert missing_numbers([entry(5), entry(3), entry(1)]) == (2, 4)
    assert missing_numbers([entry(13), entry(12, document=False)]) == ()


def test_an_office_that_begins_in_mid_year_goes_on_counting(reported: World) -> None:
    register.start_register("华街", 2026, 13, by=reported.users["office"])
    assert issued(reported).number == "华街〔2026〕13号"
    (book,) = series_of_year(2026)
    assert (book.missing, book.last) == ((), 13)
    assert book.entries[-1].note == "1 号至 12 号"


@pytest.mark.parametrize(("year", "first", "field"), [(2026, 1, "first"), (2126, 5, "year")])
def test_there_must_be_something_to_carry_over(world: World, year: int, first: int, field: str) -> None:
    with pytest.raises(FieldProblems) as refusal:
        register.start_register("华街", year, first, by=world.users["office"])
    assert field in refusal.value.fields


def test_a_register_that_has_begun_is_not_begun_again(reported: World) -> None:
    issued(reported)
    with pytest.raises(FieldProblems) as refusal:
        register.start_register("华街", 2026, 9, by=reported.users["office"])
    assert "下一份是华街〔2026〕2号" in refusal.value.fields["first"]


def test_a_correction_makes_a_line_of_its_own_under_the_same_number(reported: World) -> None:
    document = issued(reported)
    draft = corrections.correct_document(
        document, "数字有误。", by=reported.users["office"], version=document.version
    )
    corrected = issue_now(print_now(draft), reported)
    (book,) = series_of_year(2026)
    assert [(one.sequence, one.edition, one.note) for one in book.entries] == [
        (1, 2, "数字有误。"),
        (1, 1, ""),
    ]
    assert corrected.number == document.number
    assert issued(reported, DocumentKind.CIRCULAR).number == "华街〔2026〕2号"
