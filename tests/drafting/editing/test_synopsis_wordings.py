"""The synopsis in the editor: another wording with one click, taken back with another, kept when filings move on."""

from __future__ import annotations

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.base.errors import IllegalTransition, StaleVersion
from app.composition.block_keys import BlockRole
from app.composition.rules import DocumentKind, SynopsisView
from app.drafting.core import queries
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.renewal import operations as renewal
from app.drafting.editing.synopsis_wordings import chosen_view, wordings_of_draft
from app.drafting.jobs.job_requests import job_of
from tests.clients import log_in
from tests.databases import on_both
from tests.drafting.drafts import accepted_again, block_saying, drafted, fresh
from tests.drafting.editing.test_renewal import fourth_accepted, updated
from tests.world import SETTINGS, THRESHOLDS, World

TOPIC, PART, SUPERVISION = SynopsisView.BY_TOPIC, SynopsisView.BY_PART, SynopsisView.SUPERVISION


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        fourth_accepted(reported)
        return drafted(reported, DocumentKind.SUMMARY)


def block_of(draft: Document, role: BlockRole) -> DocumentBlock:
    (row,) = [row for row in queries.blocks_of(draft) if row.role is role]
    found = queries.find_block(row.id)
    assert found is not None
    return found


def choices_of(draft: Document, role: BlockRole) -> dict[SynopsisView, bool]:
    page = draft_page_of(fresh(draft), SETTINGS)
    line = page.line_of(block_of(draft, role).id)
    return {one.view: one.is_current for one in page.wordings_of(line)}


def words_in(draft: Document, role: BlockRole) -> str:
    return str(getattr(block_of(draft, role).block, "text", ""))


def test_what_nobody_composed_is_in_no_wording_and_without_facts_none_is_offered() -> None:
    assert chosen_view(DocumentBlock(role=BlockRole.SYNOPSIS_PROBLEMS), {}) is None
    assert wordings_of_draft(Document(kind=DocumentKind.SUMMARY)) == {}


@on_both
@pytest.mark.usefixtures("in_app")
def test_another_wording_is_chosen_and_taken_back(reported: World, draft: Document) -> None:
    office, role = reported.users["office"], BlockRole.SYNOPSIS_PROBLEMS
    before = words_in(draft, role)
    assert choices_of(draft, role)[TOPIC]
    row = block_of(draft, role)
    other = next(view for view, is_current in choices_of(draft, role).items() if not is_current)
    editing.choose_wording(row, other, by=office, version=row.version)
    after = block_of(draft, role)
    assert words_in(draft, role) != before
    assert not after.is_changed
    assert choices_of(draft, role)[other]
    assert job_of(fresh(draft)).is_at_work
    event = events_of_subject(fresh(draft))[-1]
    assert (event.action, event.detail["before"], event.detail["view"]) == ("choose_wording", before, other)
    editing.choose_wording(after, TOPIC, by=office, version=after.version)
    assert words_in(draft, role) == before
    with pytest.raises(StaleVersion):
        editing.choose_wording(after, TOPIC, by=office, version=after.version - 1)


@pytest.mark.usefixtures("in_app")
def test_what_is_no_synopsis_has_no_other_wording(reported: World, draft: Document) -> None:
    row = block_saying(draft, "从推进状态看")
    with pytest.raises(IllegalTransition, match="没有这种写法"):
        editing.choose_wording(row, PART, by=reported.users["office"], version=row.version)
    page = draft_page_of(fresh(draft), SETTINGS)
    assert page.wordings_of(page.line_of(row.id)) == []


@pytest.mark.usefixtures("in_app")
def test_a_chosen_wording_stays_when_filings_move_on(reported: World, draft: Document) -> None:
    office, role = reported.users["office"], BlockRole.SYNOPSIS_PROBLEMS
    row = block_of(draft, role)
    editing.choose_wording(row, SUPERVISION, by=office, version=row.version)
    assert renewal.renewal_of(fresh(draft), THRESHOLDS).is_empty
    results = block_of(draft, BlockRole.SYNOPSIS_RESULTS)
    editing.rewrite_block(results, BlockWording("三季度总体平稳。"), by=office, version=results.version)
    chosen = words_in(draft, role)
    accepted_again(reported, "已走访企业70家。")
    updated(reported, draft)
    assert choices_of(draft, role)[SUPERVISION]
    assert words_in(draft, role) == chosen
    assert words_in(draft, BlockRole.SYNOPSIS_RESULTS) == "三季度总体平稳。"
    assert chosen.startswith("进度滞后和存在风险的举措1项，为")


def test_the_editor_offers_the_wordings_and_answers_with_the_block(
    app: Flask, reported: World, draft: Document
) -> None:
    with app.app_context():
        row = block_of(draft, BlockRole.SYNOPSIS_PLANS)
        choices = choices_of(draft, BlockRole.SYNOPSIS_PLANS)
    wanted = next(view for view, is_current in choices.items() if not is_current)
    client = log_in(app, reported, "office")
    page = client.get(f"/documents/{draft.id}/edit").get_data(as_text=True)
    path = f"/documents/blocks/{row.id}/wording/{wanted}"
    assert f'formaction="{path}"' in page
    answer = client.post(path, data={"version": row.version}, headers={"HX-Request": "true"})
    words = answer.get_data(as_text=True)
    assert f"已换成{wanted.label}的写法。" in words
    assert f"<strong>{wanted.label}</strong>" in words
