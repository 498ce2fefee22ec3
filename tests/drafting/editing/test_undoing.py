"""The last edits of a draft taken back and done again, step by step."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.base.errors import StaleVersion
from app.drafting.core import queries
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import Document, DocumentBlock, RenderJob
from app.drafting.editing import operations as editing
from app.drafting.editing.edit_history import STEPS_KEPT, EditHistory, forget_edits, history_of
from app.drafting.editing.models import DraftEdit
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.replacing.operations import WordReplacement, find_words, replace_words
from app.drafting.editing.undo_operations import redo_edit, undo_edit
from app.drafting.jobs.job_requests import job_of
from reports.model import Paragraph
from tests.clients import log_in
from tests.databases import on_both
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import block_saying, drafted, fresh, operations_on, reworded, texts_of
from tests.world import World


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@on_both
@pytest.mark.usefixtures("in_app")
def test_edits_are_taken_back_one_by_one_and_done_again(reported: World, draft: Document) -> None:
    office, stood = reported.users["office"], [texts_of(draft)]
    reworded(reported, draft)
    stood.append(texts_of(draft))
    last = queries.blocks_of(draft)[-1]
    row = editing.insert_block(last, Paragraph("服务企业，走访企业。"), by=office)
    stood.append(texts_of(draft))
    wanted = WordReplacement("企业", "商户")
    chosen = {one.row.id: one.row.version for one in find_words(draft, wanted).blocks}
    assert len(chosen) > 1
    replace_words(draft, wanted, chosen, by=office)
    stood.append(texts_of(draft))
    written = DocumentBlock.get_by_id(row.id)
    editing.drop_block(written, by=office, version=written.version)
    stood.append(texts_of(draft))
    assert history_of(draft) == EditHistory(undo=4)
    RenderJob.update(state=JobState.DONE).where(RenderJob.document == draft).execute()
    for step, texts in zip((4, 3, 2, 1), stood[-2::-1], strict=True):
        undo_edit(draft, by=office, step=step)
        assert job_of(draft).state is JobState.QUEUED
        assert texts_of(draft) == texts
    assert history_of(draft) == EditHistory(redo=1)
    with pytest.raises(StaleVersion):
        undo_edit(draft, by=office, step=0)
    for step, texts in zip((1, 2, 3, 4), stood[1:], strict=True):
        redo_edit(draft, by=office, step=step)
        assert texts_of(draft) == texts
    assert {"undo_edit", "redo_edit"} <= set(operations_on(draft))


@pytest.mark.usefixtures("in_app")
def test_a_new_edit_ends_what_could_be_done_again(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row = reworded(reported, draft)
    undo_edit(draft, by=office, step=1)
    row = DocumentBlock.get_by_id(row.id)
    editing.rewrite_block(row, BlockWording("又改了。"), by=office, version=row.version)
    assert history_of(draft) == EditHistory(undo=1)
    with pytest.raises(StaleVersion):
        redo_edit(draft, by=office, step=1)
    assert "又改了。" in texts_of(draft)


@on_both
@pytest.mark.usefixtures("in_app")
def test_of_a_step_that_is_the_last_no_more_nothing_is_taken_back(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row = reworded(reported, draft)
    editing.rewrite_block(row, BlockWording("又改了。"), by=office, version=row.version)
    with pytest.raises(StaleVersion):
        undo_edit(draft, by=office, step=1)
    with pytest.raises(StaleVersion):
        undo_edit(draft, by=office, step=0)
    assert "又改了。" in texts_of(draft)


@pytest.mark.usefixtures("in_app")
def test_nothing_is_taken_back_of_a_block_that_is_not_as_its_edit_left_it(
    reported: World, draft: Document
) -> None:
    row = reworded(reported, draft)
    DocumentBlock.update(is_dropped=True).where(DocumentBlock.id == row.id).execute()
    with pytest.raises(StaleVersion):
        undo_edit(draft, by=reported.users["office"], step=1)
    assert (history_of(draft), DocumentBlock.get_by_id(row.id).content) == (EditHistory(undo=1), row.content)


@pytest.mark.usefixtures("in_app")
def test_only_the_last_steps_are_kept_and_none_of_other_filings(reported: World, draft: Document) -> None:
    row, office = reworded(reported, draft), reported.users["office"]
    for number in range(STEPS_KEPT + 3):
        editing.rewrite_block(row, BlockWording(f"改{number}。"), by=office, version=row.version)
    assert DraftEdit.select().count() == STEPS_KEPT
    forget_edits(draft)
    assert history_of(draft) == EditHistory()


@pytest.mark.usefixtures("in_app")
def test_all_fixes_made_at_once_are_one_step(reported: World, draft: Document) -> None:
    office, texts = reported.users["office"], texts_of(draft)
    rows = [row for row in queries.blocks_of(draft) if isinstance(row.block, Paragraph)][:2]
    fixes = [editing.BlockFix(row, Paragraph(f"改正{row.id}。"), ("comma",)) for row in rows]
    editing.fix_all_blocks(draft, fixes, by=office)
    assert undo_edit(draft, by=office, step=history_of(draft).undo) == rows
    assert texts_of(draft) == texts


def test_the_editor_takes_back_and_does_again_without_script(
    app: Flask, reported: World, draft: Document
) -> None:
    office = log_in(app, reported, "office")
    path = f"/documents/{draft.id}"
    assert re.search(r'value="0" disabled>撤销', page(office, f"{path}/edit"))
    with app.app_context():
        row = block_saying(draft, texts_of(draft)[0])
        texts = texts_of(draft)
    answer = office.post(address(row, "/drop"), data={"version": row.version}, htmx=True).get_data(
        as_text=True
    )
    assert 'id="draft-history"' in answer
    assert 'name="step" value="1">撤销' in answer
    done = office.post(f"{path}/undo", data={"step": 1})
    assert (done.status_code, done.location) == (303, f"{path}/edit?block={row.id}#block-{row.id}")
    with app.app_context():
        assert texts_of(fresh(draft)) == texts
    late = office.post(f"{path}/undo", data={"step": 1})
    assert (late.status_code, late.location) == (303, f"{path}/edit")
    assert "正文刚刚又有改动，这一步没有办成。" in page(office, f"{path}/edit")
    assert office.post(f"{path}/redo", data={"step": 1}).status_code == 303
