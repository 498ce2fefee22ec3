"""A draft made again of today's filings: announced, done in one operation, nothing that was edited overwritten."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.audit.queries import events_of_subject, verify_chain
from app.base.errors import BadInput, IllegalTransition, StaleVersion
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.rules import DocumentKind
from app.drafting.core import queries
from app.drafting.core.draft import text_of_document
from app.drafting.core.life_cycle import JobState, WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.renewal import operations as renewal
from app.drafting.editing.renewal.block_changes import BlockChange, ChangedBlock
from app.drafting.editing.renewal.renewed_blocks import accepted_since
from app.drafting.jobs.job_requests import job_of
from app.filing.contributions.models import Contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core import operations as filings
from app.notices.models import Notice
from reports.model import DocumentError, Paragraph, Table
from tests.clients import log_in
from tests.databases import on_both
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    accepted_again,
    block_saying,
    drafted,
    fresh,
    operations_on,
    reworded,
    texts_of,
)
from tests.drafting.sample_documents import take_through
from tests.world import SETTINGS, THRESHOLDS, World, full_content

NEW_WORDS = "已走访企业48家。"
LAGGING = "落后序时进度23个百分点"
FOURTH = "垃圾分类达标率98%。"


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


def updated(world: World, draft: Document) -> Document:
    document = fresh(draft)
    renewal.renew_draft(
        document,
        by=world.users["office"],
        read=renewal.renewal_of(document, THRESHOLDS).digest,
        thresholds=THRESHOLDS,
    )
    return fresh(draft)


def fourth_accepted(world: World) -> None:
    take_through(world, 4, "城管办", full_content(FOURTH))


def third_is_in_time(world: World) -> None:
    filing = world.filing(3, "城管办")
    filings.reopen_filing(filing, by=world.users["office"], version=filing.version, reason="完成率有误。")
    take_through(world, 3, "城管办", full_content("旧区改造已签约81户。", percent=80))


def annex_words(document: Document) -> str:
    tables = [
        block
        for annex in text_of_document(document).annexes
        for block in annex.blocks
        if isinstance(block, Table)
    ]
    return "\n".join(cell for table in tables for row in table.rows for cell in row)


def test_what_is_lost_or_kept_is_to_be_checked() -> None:
    assert [one for one in BlockChange if one.is_to_be_checked] == [BlockChange.REMOVED, BlockChange.KEPT]


@pytest.mark.usefixtures("in_app")
def test_filings_of_which_no_draft_can_be_made_are_counted_all_the_same(
    reported: World, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DocumentError("还没有已采用的填报。")

    accepted_again(reported, NEW_WORDS)
    monkeypatch.setattr(renewal, "as_composed", refuse)
    document = fresh(draft)
    with pytest.raises(BadInput, match="还没有已采用的填报"):
        renewal.renewal_of(document, THRESHOLDS)
    assert renewal.count_newer_filings(document, THRESHOLDS) == 1
    document.kind = DocumentKind.FILING_NOTICE  # which does not rest on filings
    assert renewal.count_newer_filings(document, THRESHOLDS) == 0


@pytest.mark.usefixtures("in_app")
def test_what_stands_first_now_goes_before_all_others(reported: World, draft: Document) -> None:
    texts, key = texts_of(draft), BlockKey(BlockRole.SYNOPSIS_RESULTS)
    first = ChangedBlock(BlockChange.ADDED, key, block=Paragraph("全年总体平稳。", key=key))
    renewal.put_in_place(fresh(draft), [first], by=reported.users["office"])
    assert texts_of(draft) == ["全年总体平稳。", *texts]


@on_both
@pytest.mark.usefixtures("in_app")
def test_text_figures_charts_and_annex_are_those_of_a_draft_assembled_now(
    reported: World, draft: Document
) -> None:
    accepted_again(reported, NEW_WORDS)
    fourth_accepted(reported)
    before = fresh(draft).version
    document = updated(reported, draft)
    assembled_again = text_of_document(drafted(reported))
    assert [*text_of_document(document).body] == [*assembled_again.body]
    assert text_of_document(document).annexes == assembled_again.annexes
    assert NEW_WORDS in annex_words(document)
    assert (document.version, job_of(document).state) == (before + 1, JobState.QUEUED)
    event = events_of_subject(document)[-1]
    assert event.action == "update_document"
    assert {"added", "renewed", "annex_rows"} <= set(event.detail)
    assert {"before": OWN_WORDS, "after": NEW_WORDS} in [
        {name: block[name] for name in ("before", "after")} for block in event.detail["blocks"]
    ]
    assert verify_chain() is None
    assert draft_page_of(document, SETTINGS).newer_filings == 0
    renewal.renew_draft(
        document,
        by=reported.users["office"],
        read=renewal.renewal_of(document, THRESHOLDS).digest,
        thresholds=THRESHOLDS,
    )
    assert operations_on(document).count("update_document") == 1


@on_both
@pytest.mark.usefixtures("in_app")
def test_edited_moved_dropped_and_own_blocks_stay_and_the_office_decides(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    edited = reworded(reported, draft)
    own = editing.insert_block(edited, Paragraph("自己写的一段。"), by=office)
    figures = block_saying(draft, "从推进状态看")
    editing.drop_block(figures, by=office, version=figures.version)
    editing.move_block(block_saying(draft, BETTER), -1, by=office)
    order = [row for row in texts_of(draft) if row in (BETTER, "自己写的一段。")]
    accepted_again(reported, NEW_WORDS)
    fourth_accepted(reported)
    found = renewal.renewal_of(fresh(draft), THRESHOLDS)
    assert [change.row for change in found.blocks_with(BlockChange.KEPT)] == [edited]
    document = updated(reported, draft)
    assert [row for row in texts_of(document) if row in (BETTER, "自己写的一段。")] == order
    assert NEW_WORDS not in texts_of(document)
    assert not any("从推进状态看" in text for text in texts_of(document))
    line = draft_page_of(document, SETTINGS).line_of(edited.id)
    assert (line.is_overtaken, line in draft_page_of(document, SETTINGS).outdated_lines) == (
        True,
        True,
    )
    assert isinstance(line.offer, Paragraph)
    assert line.offer.text == NEW_WORDS
    assert renewal.renewal_of(document, THRESHOLDS).is_empty
    row = again(edited)
    editing.keep_block_words(row, by=office, version=row.version)
    assert BETTER in texts_of(document)
    assert not draft_page_of(fresh(draft), SETTINGS).line_of(edited.id).is_overtaken
    assert BETTER in annex_words(fresh(draft))
    assert own.id in [one.row.id for one in draft_page_of(fresh(draft), SETTINGS).lines]


@on_both
@pytest.mark.usefixtures("in_app")
def test_what_is_no_longer_in_the_text_goes_unless_it_was_edited(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    lagging = block_saying(draft, LAGGING)
    editing.rewrite_block(lagging, BlockWording("正在赶工。"), by=office, version=lagging.version)
    third_is_in_time(reported)
    document = updated(reported, draft)
    assert "进度滞后和存在风险的举措" not in texts_of(document)
    places = [row.position for row in queries.blocks_of(document)]
    assert places == list(range(1, len(places) + 1))
    line = draft_page_of(document, SETTINGS).line_of(lagging.id)
    assert (line.words, line.is_superfluous, line.offer) == ("正在赶工。", True, None)
    assert renewal.renewal_of(document, THRESHOLDS).is_empty
    editing.keep_block_words(line.row, by=office, version=line.row.version)
    kept = draft_page_of(document, SETTINGS).line_of(lagging.id)
    assert (kept.words, kept.is_written_by_hand, kept.is_overtaken) == ("正在赶工。", True, False)


@on_both
@pytest.mark.usefixtures("in_app")
def test_what_was_not_overtaken_cannot_be_kept_and_has_its_own_words_back(
    reported: World, draft: Document
) -> None:
    office, row = reported.users["office"], reworded(reported, draft)
    with pytest.raises(IllegalTransition, match="已经核对过"):
        editing.keep_block_words(row, by=office, version=row.version)
    editing.restore_block(again(row), by=office, version=row.version)
    assert OWN_WORDS in texts_of(draft)


@on_both
@pytest.mark.usefixtures("in_app")
def test_a_department_is_asked_no_more_about_words_that_are_its_own_now(
    reported: World, draft: Document
) -> None:
    office, row = reported.users["office"], reworded(reported, draft)
    request = wording_requests.ask_department(row, by=office, version=row.version)
    accepted_again(reported, BETTER)
    document = updated(reported, draft)
    assert again(row).is_changed is False
    assert wording_requests.unsettled_requests(document) == []
    assert WordingRequest.get_by_id(request.id).state is WordingState.WITHDRAWN
    assert not Notice.select().where((Notice.kind == "wording") & Notice.read_at.is_null()).exists()


@on_both
@pytest.mark.usefixtures("in_app")
def test_an_objection_stands_beside_own_words_that_the_department_has_replaced(
    reported: World, draft: Document
) -> None:
    office, row = reported.users["office"], reworded(reported, draft)
    request = wording_requests.ask_department(row, by=office, version=row.version)
    wording_requests.answer_request(
        request, WordingState.OBJECTED, "请用新的数字。", by=reported.users["head"]
    )
    accepted_again(reported, NEW_WORDS)
    updated(reported, draft)
    editing.restore_block(again(row), by=office, version=again(row).version)
    assert OWN_WORDS in texts_of(draft)
    assert [one.id for one in wording_requests.unsettled_requests(fresh(draft))] == [request.id]


@on_both
@pytest.mark.usefixtures("in_app")
def test_an_objection_to_what_is_no_longer_in_the_text_stays_on_record(
    reported: World, draft: Document
) -> None:
    office, row = reported.users["office"], block_saying(draft, LAGGING)
    editing.rewrite_block(row, BlockWording("正在赶工。"), by=office, version=row.version)
    request = wording_requests.ask_department(again(row), by=office, version=again(row).version)
    wording_requests.answer_request(
        request, WordingState.OBJECTED, "没有在赶工。", by=reported.users["head:城管办"]
    )
    editing.restore_block(again(row), by=office, version=again(row).version)
    third_is_in_time(reported)
    document = updated(reported, draft)
    assert LAGGING not in "".join(texts_of(document))
    event = next(event for event in events_of_subject(document) if event.action == "withdraw_wording")
    assert (event.reason, event.detail["answer"]) == ("更新填报后，公文不再列入这一段", "没有在赶工。")
    assert not Notice.select().where((Notice.kind == "wording") & Notice.read_at.is_null()).exists()


@pytest.mark.parametrize("kind", [DocumentKind.CIRCULAR, DocumentKind.SUMMARY, DocumentKind.SUPERVISION])
@pytest.mark.usefixtures("in_app")
def test_whatever_its_kind_a_renewed_draft_is_one_assembled_now(reported: World, kind: DocumentKind) -> None:
    draft = drafted(reported, kind)
    assert renewal.renewal_of(draft, THRESHOLDS).is_empty
    third_is_in_time(reported)
    fourth_accepted(reported)
    document = updated(reported, draft)
    assert [*text_of_document(document).body] == [*text_of_document(drafted(reported, kind)).body]


@on_both
@pytest.mark.usefixtures("in_app")
def test_what_the_draft_is_not_made_of_or_does_not_change_it_is_not_reported_missing(
    reported: World, draft: Document
) -> None:
    own = Contribution.id == reported.contribution(1, "城管办").id
    Contribution.update(state=ContributionState.WRITTEN, text="已配合走访。").where(own).execute()
    accepted_again(reported, OWN_WORDS)
    assert renewal.renewal_of(fresh(draft), THRESHOLDS).is_empty
    assert (accepted_since(fresh(draft)), draft_page_of(fresh(draft), SETTINGS).newer_filings) == (
        1,
        0,
    )
    fourth_accepted(reported)
    assert draft_page_of(fresh(draft), SETTINGS).newer_filings == 2
    renewed = fresh(draft)
    renewed.leader = reported.leader
    assert accepted_since(renewed) == 1
    renewed.leader, renewed.department = None, reported.departments["一居"]
    assert accepted_since(renewed) == 0


@pytest.mark.usefixtures("in_app")
def test_what_was_not_shown_is_not_done(reported: World, draft: Document) -> None:
    accepted_again(reported, NEW_WORDS)
    read = renewal.renewal_of(fresh(draft), THRESHOLDS).digest
    fourth_accepted(reported)
    with pytest.raises(StaleVersion):
        renewal.renew_draft(fresh(draft), by=reported.users["office"], read=read, thresholds=THRESHOLDS)
    assert OWN_WORDS in texts_of(draft)


def test_the_pages_say_what_will_change_and_what_is_left_to_decide(
    app: Flask, reported: World, draft: Document
) -> None:
    office, path = log_in(app, reported, "office"), f"/documents/{draft.id}/renewal"
    assert "没有需要更新的内容" in page(office, path)
    with app.app_context():
        row = reworded(reported, draft)
        accepted_again(reported, NEW_WORDS)
        fourth_accepted(reported)
    assert "又采用了 2 项填报" in page(office, f"/documents/{draft.id}/edit")
    shown = page(office, path)
    assert re.search(r"改动过，保留待核：1 段", shown)
    assert FOURTH in shown
    digest = re.search(r'name="read" value="(\w+)"', shown)
    assert digest
    stale = office.post(path, data={"read": "0"})
    assert (stale.status_code, "又有填报变化" in stale.get_data(as_text=True)) == (409, True)
    assert office.post(path, data={"read": digest[1]}).status_code == 303
    editor = page(office, f"/documents/{draft.id}/edit")
    assert "改动过，文字待核" in editor
    assert f'formaction="{address(row, "/keep")}"' in editor
    version = str(again(row).version)
    assert office.post(address(row, "/renew"), data={"version": version}).status_code == 303
    assert NEW_WORDS in texts_of(draft)
    assert office.post(address(row, "/keep"), data={"version": version}).status_code == 409


def again(row: DocumentBlock) -> DocumentBlock:
    found = queries.find_block(row.id)
    assert found is not None
    return found
