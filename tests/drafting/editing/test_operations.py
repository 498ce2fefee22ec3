"""Editing a draft: nothing overwritten, nothing lost, everything on record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.audit.queries import events_of_subject, verify_chain
from app.base.errors import (
    FieldProblems,
    IllegalTransition,
    NotAllowed,
    StaleVersion,
)
from app.composition.particulars import Particulars
from app.composition.rules import DocumentKind
from app.drafting.core.draft import text_of_document
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.operations import BlockWording
from app.drafting.jobs import job_requests
from app.issuing import operations
from reports.model import Heading, Paragraph, Table
from tests.databases import on_both
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    accepted_again,
    block_saying,
    drafted,
    fresh,
    head_of,
    operations_on,
    reworded,
    run,
    texts_of,
)
from tests.world import SETTINGS, World

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def draft(reported: World) -> Document:
    return drafted(reported)


def test_a_rewritten_block_is_printed_so_and_remembers_what_it_was(reported: World, draft: Document) -> None:
    row = reworded(reported, draft)
    assert BETTER in texts_of(draft)
    assert OWN_WORDS not in texts_of(draft)
    line = draft_page_of(fresh(draft), SETTINGS).line_of(row.id)
    assert line.filing == reported.filing(1)
    assert line.difference is not None
    assert "<del>已</del>" in line.difference.old
    assert "<ins>有效</ins>" in line.difference.new
    assert BETTER in [
        block.text for block in text_of_document(fresh(draft)).body if isinstance(block, Paragraph)
    ]
    assert (row.updated_by, fresh(draft).state) == (reported.users["office"].person, DocumentState.EDITING)


@on_both
def test_of_two_who_rewrite_a_block_the_second_is_refused_with_the_first_ones_words(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    row, same = (block_saying(draft, OWN_WORDS) for _ in range(2))
    editing.rewrite_block(row, BlockWording("甲写的。"), by=office, version=row.version)
    with pytest.raises(StaleVersion) as conflict:
        editing.rewrite_block(same, BlockWording("乙写的。"), by=office, version=same.version)
    assert isinstance(conflict.value.current, DocumentBlock)
    assert conflict.value.current.content["text"] == "甲写的。"
    assert "乙写的。" not in texts_of(draft)


def test_two_who_rewrite_two_blocks_are_not_in_each_others_way(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    one, other = block_saying(draft, OWN_WORDS), block_saying(draft, "旧区改造")
    editing.rewrite_block(one, BlockWording("甲写的。"), by=office, version=one.version)
    editing.rewrite_block(other, BlockWording("乙写的。"), by=office, version=other.version)
    assert {"甲写的。", "乙写的。"} <= set(texts_of(draft))


@on_both
def test_every_edit_counts_the_document_up_and_has_it_printed_again(reported: World, draft: Document) -> None:
    job = job_requests.job_of(draft)
    assert job.state is JobState.DONE
    row = reworded(reported, draft)
    assert fresh(draft).version == draft.version + 1
    assert job_requests.job_of(draft).state is JobState.QUEUED
    run(draft)
    editing.move_block(row, -1, by=reported.users["office"])
    assert job_requests.job_of(draft).state is JobState.QUEUED


def test_saving_the_same_words_changes_nothing(reported: World, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    editing.rewrite_block(
        row, BlockWording(OWN_WORDS, head_of(row)), by=reported.users["office"], version=row.version
    )
    assert (fresh(draft).version, fresh(draft).state) == (draft.version, DocumentState.ASSEMBLED)
    assert job_requests.job_of(draft).state is JobState.DONE


@on_both
def test_blocks_move_past_what_is_dropped_and_no_further_than_the_ends(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    first, second, third = texts_of(draft)[:3]
    dropped = block_saying(draft, second)
    editing.drop_block(dropped, by=office, version=dropped.version)
    editing.move_block(block_saying(draft, third), -1, by=office)
    assert texts_of(draft)[:2] == [third, first]
    with pytest.raises(IllegalTransition, match="不能再移动"):
        editing.move_block(block_saying(draft, third), -1, by=office)
    editing.move_block(block_saying(draft, third), 1, by=office)
    editing.restore_block(fresh_row(dropped), by=office, version=fresh_row(dropped).version)
    assert sorted(texts_of(draft)[:3]) == sorted([first, second, third])


def test_who_writes_in_a_block_is_not_hindered_by_who_moves_it(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row = block_saying(draft, OWN_WORDS)
    editing.move_block(block_saying(draft, OWN_WORDS), 1, by=office)
    editing.rewrite_block(row, BlockWording(BETTER), by=office, version=row.version)
    assert BETTER in texts_of(draft)


def test_a_new_block_stands_behind_the_one_after_which_it_was_written(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    first, second = texts_of(draft)[:2]
    row = editing.insert_block(block_saying(draft, first), Paragraph("另有说明。"), by=office)
    editing.insert_block(fresh_row(row), Heading(1, "说明"), by=office)
    assert texts_of(draft)[:4] == [first, "另有说明。", "说明", second]
    labels = {line.words: line.label for line in draft_page_of(fresh(draft), SETTINGS).lines}
    assert (labels["说明"], labels[second]) == ("一、", "二、")
    assert draft_page_of(fresh(draft), SETTINGS).line_of(row.id).is_written_by_hand


def test_what_is_dropped_comes_back_with_its_words_and_so_do_the_assembled_ones(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    row = reworded(reported, draft)
    editing.drop_block(row, by=office, version=row.version)
    assert BETTER not in texts_of(draft)
    editing.restore_block(fresh_row(row), by=office, version=fresh_row(row).version)
    assert BETTER in texts_of(draft)
    editing.restore_block(fresh_row(row), by=office, version=fresh_row(row).version)
    assert OWN_WORDS in texts_of(draft)
    assert not fresh_row(row).is_changed


def test_a_draft_of_which_nothing_is_left_says_so_instead_of_being_printed(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    for row in draft_page_of(draft, SETTINGS).lines:
        editing.drop_block(row.row, by=office, version=row.row.version)
    run(draft)
    job = job_requests.job_of(draft)
    assert (job.state, job.error) == (
        JobState.FAILED,
        "正文的段落都已删去。请恢复其中一段，或者新写一段。",
    )


def test_words_that_cannot_be_printed_are_refused(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row, heading = block_saying(draft, OWN_WORDS), block_saying(draft, "总体情况")
    for wording, field in (
        (BlockWording("  \n"), "text"),
        (BlockWording("长" * 30_001), "text"),
        (BlockWording("好。", "长" * 121), "head"),
    ):
        with pytest.raises(FieldProblems) as refusal:
            editing.rewrite_block(row, wording, by=office, version=row.version)
        assert list(refusal.value.fields) == [field]
    with pytest.raises(FieldProblems, match="请先改正"):
        editing.rewrite_block(heading, BlockWording("长" * 121), by=office, version=heading.version)
    with pytest.raises(FieldProblems):
        editing.insert_block(row, Heading(2, "长" * 121), by=office)
    assert fresh(draft).version == draft.version


def test_a_table_can_be_dropped_but_not_rewritten(reported: World, draft: Document) -> None:
    line = next(line for line in draft_page_of(draft, SETTINGS).lines if isinstance(line.block, Table))
    with pytest.raises(IllegalTransition, match="不能改写"):
        editing.rewrite_block(
            line.row, BlockWording("字"), by=reported.users["office"], version=line.row.version
        )
    editing.drop_block(line.row, by=reported.users["office"], version=line.row.version)
    assert fresh_row(line.row).is_dropped


def test_new_words_of_a_filing_are_offered_and_only_taken_when_asked(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    row = block_saying(draft, OWN_WORDS)
    assert draft_page_of(fresh(draft), SETTINGS).outdated_lines == ()
    accepted_again(reported, "已走访企业48家。")
    offer = draft_page_of(fresh(draft), SETTINGS).line_of(row.id).offer
    assert offer is not None
    assert offer.text == "已走访企业48家。"
    assert OWN_WORDS in texts_of(draft)
    editing.renew_block(row, offer, by=office, version=row.version)
    assert "已走访企业48家。" in texts_of(draft)
    line = draft_page_of(fresh(draft), SETTINGS).line_of(row.id)
    assert (line.offer, line.row.is_changed) == (None, False)


@on_both
def test_title_and_particulars_change_while_others_edit_blocks(reported: World, draft: Document) -> None:
    office, read = reported.users["office"], draft.frame_digest
    reworded(reported, draft)
    editing.change_description(
        draft, "第三季度\n情况报告", particulars(draft, "市政府"), by=office, read=read
    )
    changed = fresh(draft)
    assert (changed.title, changed.recipient) == ("第三季度情况报告", "市政府")
    assert text_of_document(changed).title == "第三季度情况报告"
    with pytest.raises(StaleVersion):
        editing.change_description(draft, "另一个标题", particulars(draft, "县政府"), by=office, read=read)
    assert fresh(draft).title == "第三季度情况报告"
    with pytest.raises(FieldProblems):
        editing.change_description(changed, "", changed.particulars, by=office, read=changed.frame_digest)


def test_what_is_issued_is_edited_no_more(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row = block_saying(draft, OWN_WORDS)
    operations.issue_document(draft, by=office, version=draft.version)
    arguments = {"by": office, "version": row.version}
    for operation in (
        lambda: editing.rewrite_block(row, BlockWording("改。"), **arguments),
        lambda: editing.drop_block(row, **arguments),
        lambda: editing.restore_block(row, **arguments),
        lambda: editing.move_block(row, 1, by=office),
        lambda: editing.insert_block(row, Paragraph("新。"), by=office),
        lambda: editing.change_description(
            draft, "标题", draft.particulars, by=office, read=draft.frame_digest
        ),
    ):
        with pytest.raises(IllegalTransition, match="不能编辑"):
            operation()
    assert OWN_WORDS in texts_of(draft)


def test_only_the_office_edits(reported: World, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    for who in ("filer", "head", "leader", "system_admin"):
        with pytest.raises(NotAllowed):
            editing.rewrite_block(row, BlockWording("改。"), by=reported.users[who], version=row.version)
        with pytest.raises(NotAllowed):
            editing.move_block(row, 1, by=reported.users[who])


@on_both
def test_every_operation_is_one_event_that_says_what_was_and_what_is(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    row = reworded(reported, draft)
    editing.move_block(row, 1, by=office)
    editing.drop_block(row, by=office, version=row.version)
    editing.restore_block(fresh_row(row), by=office, version=fresh_row(row).version)
    editing.insert_block(fresh_row(row), Paragraph("新。"), by=office)
    kept = ["rewrite_block", "move_block", "drop_block", "restore_block", "insert_block"]
    assert operations_on(draft)[-5:] == kept
    event = next(event for event in events_of_subject(draft) if event.action == "rewrite_block")
    assert event.detail == {"block": row.id, "before": OWN_WORDS, "after": BETTER}
    assert verify_chain() is None


@pytest.mark.parametrize("kind", [DocumentKind.CIRCULAR, DocumentKind.SUMMARY, DocumentKind.FILING_NOTICE])
def test_drafts_of_other_kinds_are_edited_alike(reported: World, kind: DocumentKind) -> None:
    draft = drafted(reported, kind)
    first = draft_page_of(draft, SETTINGS).lines[0]
    editing.rewrite_block(
        first.row, BlockWording("改写的第一段。"), by=reported.users["office"], version=first.row.version
    )
    assert texts_of(draft)[0] == "改写的第一段。"


def fresh_row(row: DocumentBlock) -> DocumentBlock:
    return DocumentBlock.get_by_id(row.id)


def particulars(document: Document, recipient: str) -> Particulars:
    kept = document.particulars
    return replace(kept, recipient=recipient)
