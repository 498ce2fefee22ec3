"""Asking departments about their words: asked, answered, overtaken, and what that means for issuing."""

from __future__ import annotations

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed
from app.drafting.core.life_cycle import DocumentState, WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.lint_marks import marks_in
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.operations import BlockWording
from app.issuing import operations
from app.notices.models import Notice
from tests.databases import on_both
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    block_saying,
    drafted,
    fresh,
    head_of,
    operations_on,
    reworded,
    run,
)
from tests.world import SETTINGS, World

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def draft(reported: World) -> Document:
    return drafted(reported)


def asked(world: World, draft: Document) -> WordingRequest:
    """Reword the block of measure 1 and ask its department."""
    row = reworded(world, draft)
    return wording_requests.ask_department(row, by=world.users["office"], version=row.version)


def unread(world: World, who: str) -> list[str]:
    """Return the paths of somebody's unread notices about words."""
    mine = (Notice.account == world.users[who].account_id) & Notice.read_at.is_null()
    return [row.path for row in Notice.select().where(mine & (Notice.kind == "wording"))]


def test_a_department_is_shown_the_last_fifty_and_first_what_waits_for_it(
    reported: World, draft: Document
) -> None:
    request = asked(reported, draft)
    row = {"block": request.block_id, "department": request.department_id, "text": "", "asked_by": ""}
    WordingRequest.insert_many([row] * 50).execute()
    shown = wording_requests.asked_of({request.department_id})
    assert [one.id for one in shown] == list(range(request.id + 50, request.id, -1))
    answer = {"state": WordingState.AGREED, "answered_at": request.asked_at, "answered_by": "某主任"}
    WordingRequest.update(**answer).where(WordingRequest.id > request.id).execute()
    shown = wording_requests.asked_of({request.department_id})
    assert [one.id for one in shown][:2] == [request.id, request.id + 50]


@on_both
def test_the_department_is_asked_and_its_answer_stands_at_the_block(reported: World, draft: Document) -> None:
    request = asked(reported, draft)
    assert (request.department, request.text) == (reported.departments["经发办"], BETTER)
    assert unread(reported, "filer") == unread(reported, "head") == ["/documents/wordings"]
    assert unread(reported, "filer:城管办") == []
    change = wording_requests.wording_difference(wording_requests.asked_of({request.department_id})[0])
    assert ("<del>已</del>" in change.old, "<ins>有效</ins>" in change.new) == (True, True)
    wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["head"])
    row = WordingRequest.get_by_id(request.id)
    assert (row.state, row.answered_by) == (WordingState.AGREED, reported.users["head"].person)
    assert unread(reported, "filer") == []
    assert unread(reported, "office") == [f"/documents/{draft.id}/edit?block={request.block_id}"]
    assert operations_on(draft)[-2:] == ["ask_wording", "confirm_wording"]
    assert verify_chain() is None


def test_an_objection_says_why_and_is_answered_once(reported: World, draft: Document) -> None:
    request, head = asked(reported, draft), reported.users["head"]
    for words in ("", " \n", "长" * 201):
        with pytest.raises(FieldProblems):
            wording_requests.answer_request(request, WordingState.OBJECTED, words, by=head)
    wording_requests.answer_request(request, WordingState.OBJECTED, "线索数应为11条。", by=head)
    with pytest.raises(IllegalTransition, match="部门有异议"):
        wording_requests.answer_request(request, WordingState.AGREED, "", by=head)
    assert WordingRequest.get_by_id(request.id).answer == "线索数应为11条。"


def test_nobody_answers_for_another_department(reported: World, draft: Document) -> None:
    request = asked(reported, draft)
    for who in ("filer:城管办", "head:一居", "office", "leader"):
        with pytest.raises(NotAllowed):
            wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users[who])
    with pytest.raises(NotAllowed):
        row = DocumentBlock.get_by_id(request.block_id)
        wording_requests.ask_department(row, by=reported.users["filer"], version=row.version)


@on_both
@pytest.mark.parametrize("change", ["rewrite", "drop", "restore"])
def test_words_that_change_once_more_are_asked_about_no_more(
    reported: World, draft: Document, change: str
) -> None:
    request, office = asked(reported, draft), reported.users["office"]
    wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["head"])
    row = block_saying(draft, BETTER)
    arguments = {"by": office, "version": row.version}
    if change == "rewrite":
        editing.rewrite_block(row, BlockWording("又改了。"), **arguments)
    else:
        {"drop": editing.drop_block, "restore": editing.restore_block}[change](row, **arguments)
    assert WordingRequest.get_by_id(request.id).state is WordingState.WITHDRAWN
    assert "withdraw_wording" in operations_on(draft)
    assert wording_requests.pending_requests(row) == []


def test_a_request_overtaken_before_its_answer_leaves_no_notice(reported: World, draft: Document) -> None:
    request = asked(reported, draft)
    row = block_saying(draft, BETTER)
    editing.rewrite_block(row, BlockWording("又改了。"), by=reported.users["office"], version=row.version)
    assert unread(reported, "head") == []
    with pytest.raises(IllegalTransition, match="已撤回"):
        wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["head"])


def test_an_objection_stands_whatever_is_changed_until_the_department_agrees(
    reported: World, draft: Document
) -> None:
    office, head, request = reported.users["office"], reported.users["head"], asked(reported, draft)
    wording_requests.answer_request(request, WordingState.OBJECTED, "线索数应为11条。", by=head)
    row = DocumentBlock.get_by_id(request.block_id)
    editing.rewrite_block(
        row, BlockWording("有效走访企业32家，形成线索11条。"), by=office, version=row.version
    )
    assert [one.state for one in wording_requests.unsettled_requests(draft)] == [WordingState.OBJECTED]
    again = wording_requests.ask_department(row, by=office, version=row.version)
    assert [one.id for one in wording_requests.unsettled_requests(draft)] == [again.id]
    row = DocumentBlock.get_by_id(row.id)
    editing.rewrite_block(row, BlockWording("走访企业33家。"), by=office, version=row.version)
    assert [one.id for one in wording_requests.unsettled_requests(draft)] == [request.id]
    row = DocumentBlock.get_by_id(row.id)
    editing.drop_block(row, by=office, version=row.version)
    assert wording_requests.unsettled_requests(draft) == []
    editing.restore_block(row, by=office, version=row.version)
    assert [one.id for one in wording_requests.unsettled_requests(draft)] == [request.id]
    again = wording_requests.ask_department(row, by=office, version=row.version)
    wording_requests.answer_request(again, WordingState.AGREED, "", by=head)
    assert wording_requests.unsettled_requests(draft) == []
    ended = [event for event in events_of_subject(draft) if event.action == "withdraw_wording"][-1]
    assert (ended.reason, ended.detail["state"]) == ("部门已重新答复", "withdrawn")


def test_an_objection_is_no_matter_while_the_department_has_its_own_words_back(
    reported: World, draft: Document
) -> None:
    office, request = reported.users["office"], asked(reported, draft)
    wording_requests.answer_request(request, WordingState.OBJECTED, "请保留原文。", by=reported.users["head"])
    row = DocumentBlock.get_by_id(request.block_id)
    editing.restore_block(row, by=office, version=row.version)
    assert (wording_requests.unsettled_requests(draft), draft_page_of(draft, SETTINGS).unsettled_lines) == (
        [],
        (),
    )
    row = DocumentBlock.get_by_id(row.id)
    editing.rewrite_block(row, BlockWording(BETTER), by=office, version=row.version)
    assert [one.id for one in wording_requests.unsettled_requests(draft)] == [request.id]
    assert [line.row.id for line in draft_page_of(draft, SETTINGS).unsettled_lines] == [row.id]


def test_words_that_no_department_saw_are_distinguished_from_those_changed_after_it_agreed(
    reported: World, draft: Document
) -> None:
    office, row = reported.users["office"], reworded(reported, draft)
    assert [line.row.id for line in draft_page_of(draft, SETTINGS).unsent_lines] == [row.id]
    request = wording_requests.ask_department(row, by=office, version=row.version)
    assert (
        draft_page_of(draft, SETTINGS).unsent_lines,
        draft_page_of(draft, SETTINGS).changed_since,
    ) == (
        (),
        (),
    )
    wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["head"])
    assert (
        draft_page_of(draft, SETTINGS).unsent_lines,
        draft_page_of(draft, SETTINGS).changed_since,
    ) == (
        (),
        (),
    )
    editing.rewrite_block(row, BlockWording("走访企业33家。"), by=office, version=row.version)
    assert [line.row.id for line in draft_page_of(draft, SETTINGS).changed_since] == [row.id]
    row = DocumentBlock.get_by_id(row.id)
    editing.restore_block(row, by=office, version=row.version)
    assert (
        draft_page_of(draft, SETTINGS).unsent_lines,
        draft_page_of(draft, SETTINGS).changed_since,
    ) == (
        (),
        (),
    )


def test_only_changed_words_of_a_department_are_asked_about(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    untouched = block_saying(draft, OWN_WORDS)
    heading = block_saying(draft, "总体情况")
    editing.rewrite_block(heading, BlockWording("总的情况"), by=office, version=heading.version)
    for row in (untouched, block_saying(draft, "总的情况")):
        with pytest.raises(IllegalTransition, match="不需要请部门确认"):
            wording_requests.ask_department(row, by=office, version=row.version)
    editing.rewrite_block(untouched, BlockWording(OWN_WORDS), by=office, version=untouched.version)
    assert head_of(DocumentBlock.get_by_id(untouched.id)) == ""
    row = block_saying(draft, OWN_WORDS)
    with pytest.raises(IllegalTransition, match="不需要请部门确认"):
        wording_requests.ask_department(row, by=office, version=row.version)


def test_what_was_read_is_what_is_asked_about(reported: World, draft: Document) -> None:
    row = reworded(reported, draft)
    with pytest.raises(IllegalTransition, match="没有送出"):
        wording_requests.ask_department(row, by=reported.users["office"], version=row.version - 1)
    assert not WordingRequest.select().exists()


@on_both
def test_issuing_names_who_did_not_agree_and_goes_on_only_with_those_that_were_shown(
    reported: World, draft: Document
) -> None:
    request, office = asked(reported, draft), reported.users["office"]
    run(draft)
    current = fresh(draft)
    with pytest.raises(FieldProblems) as refusal:
        operations.issue_document(current, by=office, version=current.version)
    assert "经济发展办公室（待部门确认）" in refusal.value.problems[0]
    assert fresh(draft).state is DocumentState.EDITING
    current = fresh(draft)
    operations.issue_document(current, by=office, version=current.version, despite=[request.id])
    assert fresh(draft).state is DocumentState.ISSUING
    assert WordingRequest.get_by_id(request.id).state is WordingState.WITHDRAWN
    assert unread(reported, "head") == []


def test_a_figure_that_the_department_agreed_to_is_no_finding(reported: World, draft: Document) -> None:
    row, office = block_saying(draft, "32家"), reported.users["office"]
    text = row.block.text.replace("32家", "33家")  # type: ignore[union-attr]
    editing.rewrite_block(row, BlockWording(text), by=office, version=row.version)
    row = block_saying(draft, "33家")
    request = wording_requests.ask_department(row, by=office, version=row.version)
    assert [one.words for one in marks_in(draft).figures] == ["“33家”与填报数据不符，汇编时是“32家”"]
    wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["filer"])
    assert not marks_in(draft).figures


def test_what_was_agreed_hinders_no_issuing(reported: World, draft: Document) -> None:
    request, office = asked(reported, draft), reported.users["office"]
    wording_requests.answer_request(request, WordingState.AGREED, "", by=reported.users["filer"])
    run(draft)
    operations.issue_document(fresh(draft), by=office, version=fresh(draft).version)
    assert fresh(draft).state is DocumentState.ISSUING
    assert WordingRequest.get_by_id(request.id).state is WordingState.AGREED
