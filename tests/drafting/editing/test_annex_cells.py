"""Cells of an annex written in where they stand: in force while text and filings agree, their figures the filing's."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from flask import Flask

from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.drafting.core import queries
from app.drafting.core.annex_cells import AnnexCell
from app.drafting.core.draft import current_draft, text_of_document
from app.drafting.core.models import Document
from app.drafting.editing.annexes import operations
from app.drafting.editing.annexes.operations import cell_of, restore_annex_cell, write_annex_cell
from app.drafting.editing.edit_history import history_of
from app.drafting.editing.undo_operations import redo_edit, undo_edit
from reports.model import DocumentError, OfficialDocument, Table
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.drafting.drafts import BETTER, OWN_WORDS, accepted_again, drafted, fresh, operations_on, reworded
from tests.drafting.editing.test_renewal import updated
from tests.world import World

SHORTER = "走访企业32家。"


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def cells(text: OfficialDocument) -> set[str]:
    tables = [block for annex in text.annexes for block in annex.blocks if isinstance(block, Table)]
    return {cell for table in tables for row in table.rows for cell in row}


def first_cell(draft: Document) -> AnnexCell:
    """Return the progress of the first measure."""
    return next(one for one in current_draft(fresh(draft)).annex_cells if one.words == OWN_WORDS)


def written(world: World, draft: Document, text: str = SHORTER) -> AnnexCell:
    cell = first_cell(draft)
    write_annex_cell(draft, cell.filing, cell.ordinal, text, by=world.users["office"], version=cell.version)
    return cell_of(fresh(draft), cell.filing, cell.ordinal)


@on_both
@pytest.mark.usefixtures("in_app")
def test_a_cell_says_what_was_written_and_gets_its_own_words_back(reported: World, draft: Document) -> None:
    blocks = len(queries.blocks_of(draft))
    cell = written(reported, draft)
    assert (cell.is_written, cell.words, cell.made) == (True, SHORTER, OWN_WORDS)
    text = text_of_document(fresh(draft))
    assert SHORTER in cells(text)
    assert OWN_WORDS not in cells(text)
    assert len(queries.blocks_of(draft)) == len(text.body) == blocks
    assert operations_on(draft)[-1] == "rewrite_block"
    restore_annex_cell(draft, cell.filing, cell.ordinal, by=reported.users["office"], version=cell.version)
    assert OWN_WORDS in cells(text_of_document(fresh(draft)))


@pytest.mark.usefixtures("in_app")
def test_what_was_written_stands_no_longer_once_text_or_filing_says_something_else(
    reported: World, draft: Document
) -> None:
    written(reported, draft)
    reworded(reported, draft)
    assert BETTER in cells(text_of_document(fresh(draft)))
    (cell,) = [one for one in current_draft(fresh(draft)).annex_cells if one.is_overtaken]
    assert (cell.words, cell.written) == (BETTER, SHORTER)
    with pytest.raises(StaleVersion):
        write_annex_cell(draft, cell.filing, cell.ordinal, SHORTER, by=reported.users["office"], version=0)
    write_annex_cell(
        draft, cell.filing, cell.ordinal, SHORTER, by=reported.users["office"], version=cell.version
    )
    assert cell_of(fresh(draft), cell.filing, cell.ordinal).words == SHORTER
    accepted_again(reported, "走访企业41家，形成线索15条。")
    updated(reported, draft)
    now = cells(text_of_document(fresh(draft)))
    assert SHORTER not in now


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("走访企业33家。", "这一格的填报里没有“33家”"),
        ("走访企业32家，再走访32家。", "这一格的填报里没有“32家”"),
        ("  ", "这一格没有文字"),
    ],
)
def test_figures_are_the_filings_own_and_a_cell_is_not_left_blank(
    reported: World, draft: Document, text: str, sentence: str
) -> None:
    with pytest.raises(FieldProblems) as refusal:
        written(reported, draft, text)
    assert sentence in refusal.value.fields["text"]
    assert not first_cell(draft).is_written


@pytest.mark.usefixtures("in_app")
def test_of_two_who_write_in_one_cell_the_later_one_is_stopped(reported: World, draft: Document) -> None:
    cell = first_cell(draft)
    written(reported, draft)
    with pytest.raises(StaleVersion):
        write_annex_cell(
            draft, cell.filing, cell.ordinal, "走访32家。", by=reported.users["office"], version=0
        )
    with pytest.raises(IllegalTransition, match="附表中没有这一格"):
        write_annex_cell(draft, 999, 1, "走访。", by=reported.users["office"], version=0)


@pytest.mark.usefixtures("in_app")
def test_a_cell_that_says_what_was_made_of_it_has_nothing_to_be_restored(
    reported: World, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell, office = first_cell(draft), reported.users["office"]
    with pytest.raises(IllegalTransition, match="没有改过"):
        restore_annex_cell(draft, cell.filing, cell.ordinal, by=office, version=0)
    monkeypatch.setattr(operations, "current_draft", Mock(side_effect=DocumentError("没有正文。")))
    with pytest.raises(IllegalTransition, match="没有正文"):
        restore_annex_cell(draft, cell.filing, cell.ordinal, by=office, version=0)


@on_both
@pytest.mark.usefixtures("in_app")
def test_the_step_can_be_taken_back_and_done_again(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    written(reported, draft)
    undo_edit(draft, by=office, step=history_of(draft).undo)
    assert OWN_WORDS in cells(text_of_document(fresh(draft)))
    redo_edit(draft, by=office, step=history_of(draft).redo)
    assert SHORTER in cells(text_of_document(fresh(draft)))


def test_a_cell_is_written_in_and_restored_on_its_page(app: Flask, office: Browser, draft: Document) -> None:
    with app.app_context():
        cell = first_cell(draft)
    here = f"/documents/{draft.id}/annex"
    place = f"{here}/{cell.filing}/{cell.ordinal}"
    assert f'id="cell-{cell.filing}-{cell.ordinal}"' in office.get(here).get_data(as_text=True)
    assert OWN_WORDS in office.get(place).get_data(as_text=True)
    refused = office.post(place, data={"text": "走访99家。", "version": "0"})
    assert refused.status_code == 422
    assert "没有“99家”" in refused.get_data(as_text=True)
    assert office.post(place, data={"text": SHORTER, "version": "0"}).status_code == 303
    late = office.post(place, data={"text": "走访32家，", "version": "0"})
    assert late.status_code == 409
    assert "刚刚改动过这一格" in late.get_data(as_text=True)
    shown = office.get(here).get_data(as_text=True)
    assert SHORTER in shown
    assert "已改" in shown
    assert office.post(f"/documents/{draft.id}/undo", data={"step": "1"}).status_code == 303
    named = f"附表第{cell.measure.number}项的{cell.column.label}。"
    assert f"已撤销上一步：{named}" in office.get(f"/documents/{draft.id}/edit").get_data(as_text=True)
    assert office.post(f"/documents/{draft.id}/redo", data={"step": "1"}).status_code == 303
    assert office.post(f"{place}/restore", data={"version": "4"}).status_code == 303
    assert OWN_WORDS in office.get(here).get_data(as_text=True)
