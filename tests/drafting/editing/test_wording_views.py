"""The department's page of what it is asked about its words, and the office's page before issuing."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.drafting.core.life_cycle import DocumentState, WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests
from app.drafting.editing.models import WordingRequest
from tests.clients import Browser, log_in
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    drafted,
    fresh,
    reworded,
    run,
)
from tests.world import World

LIST = "/documents/wordings"


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@pytest.fixture
def asked(app: Flask, reported: World, draft: Document) -> WordingRequest:
    with app.app_context():
        row = reworded(reported, draft)
        request = wording_requests.ask_department(row, by=reported.users["office"], version=row.version)
        run(draft)
        return request


def page(client: Browser, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_the_office_asks_with_one_button(app: Flask, reported: World, draft: Document) -> None:
    with app.app_context():
        row = reworded(reported, draft)
    office = log_in(app, reported, "office")
    assert f'formaction="/documents/blocks/{row.id}/ask"' in page(office, f"/documents/{draft.id}/edit")
    with app.app_context():
        run(draft)
    for path in ("", "/edit"):
        shown = page(office, f"/documents/{draft.id}{path}")
        assert "1 段部门文字有改动、未送部门确认" in shown
        assert f'href="/documents/{draft.id}/edit?block={row.id}#block-{row.id}"' in shown
    sent = office.post(f"/documents/blocks/{row.id}/ask", data={"version": str(row.version)}, htmx=True)
    assert "已送经济发展办公室确认。" in sent.get_data(as_text=True)
    shown = page(office, f"/documents/{draft.id}/edit")
    assert '<span class="tag tone-waiting">待部门确认</span> 经发办' in shown
    assert f'formaction="/documents/blocks/{row.id}/ask"' not in shown


@pytest.mark.parametrize("who", ["filer", "head"])
def test_the_department_reads_both_texts_and_agrees(
    app: Flask, reported: World, asked: WordingRequest, who: str
) -> None:
    client = log_in(app, reported, who)
    assert f'href="{LIST}"' in page(client, "/notices")
    shown = page(client, LIST)
    assert "<del>已</del>" in shown
    assert "<ins>有效</ins>" in shown
    assert "（有异议的须写明）" in shown
    assert client.post(f"{LIST}/{asked.id}/agree", data={}).location == LIST
    assert WordingRequest.get_by_id(asked.id).state is WordingState.AGREED
    shown = page(client, LIST)
    assert "没有待确认的文字" in shown
    assert BETTER in re.sub("<[^>]+>", "", shown)


def test_what_is_asked_waits_on_the_departments_home_until_it_is_answered(
    app: Flask, reported: World, asked: WordingRequest
) -> None:
    client, stranger = log_in(app, reported, "filer"), log_in(app, reported, "filer:城管办")
    assert f'hx-get="{LIST}?brief=1" hx-trigger="load"' in page(client, "/filings")
    waiting = client.get(f"{LIST}?brief=1", htmx=True).text
    assert "请确认公文中的文字（1）" in waiting
    assert f'href="{LIST}/{asked.id}"' in waiting
    assert "请确认" not in stranger.get(f"{LIST}?brief=1", htmx=True).text
    client.post(f"{LIST}/{asked.id}/agree", data={})
    assert "请确认" not in client.get(f"{LIST}?brief=1", htmx=True).text
    assert client.get(f"{LIST}/{asked.id}").location == LIST


def test_an_objection_without_words_comes_back(app: Flask, reported: World, asked: WordingRequest) -> None:
    client = log_in(app, reported, "filer")
    page(client, LIST)
    path = f"{LIST}/{asked.id}/object"
    answer = client.post(path, data={f"w{asked.id}-answer": " "}, htmx=True)
    assert (answer.status_code, "请写明有什么异议" in answer.get_data(as_text=True)) == (422, True)
    words = "线索数应为11条，请照原文。"
    long = client.post(path, data={f"w{asked.id}-answer": words * 20})
    assert (long.status_code, words * 20 in long.get_data(as_text=True)) == (422, True)
    assert client.post(path, data={f"w{asked.id}-answer": words}).status_code == 303
    office = log_in(app, reported, "office")
    assert words in page(office, f"/documents/{asked.block.document_id}/edit")
    again = client.post(path, data={f"w{asked.id}-answer": words})
    assert again.status_code == 409


def test_an_objection_is_distinguished_where_the_department_has_its_own_words_back(
    app: Flask, reported: World, draft: Document, asked: WordingRequest
) -> None:
    office, path, back = log_in(app, reported, "office"), f"/documents/{draft.id}", "现在是部门的原文"
    with app.app_context():
        wording_requests.answer_request(asked, WordingState.OBJECTED, "请照原文。", by=reported.users["head"])
    assert (back in page(office, f"{path}/edit"), "1 处改动部门未同意" in page(office, path)) == (False, True)
    with app.app_context():
        row = DocumentBlock.get_by_id(asked.block_id)
        editing.restore_block(row, by=reported.users["office"], version=row.version)
    assert (back in page(office, f"{path}/edit"), "1 处改动部门未同意" in page(office, path)) == (True, False)


def test_other_departments_and_the_office_neither_read_nor_answer(
    app: Flask, reported: World, asked: WordingRequest
) -> None:
    stranger, office = log_in(app, reported, "filer:城管办"), log_in(app, reported, "office")
    assert OWN_WORDS not in page(stranger, LIST)
    for client in (stranger, office):
        assert client.get(f"{LIST}/{asked.id}").status_code == 403
        assert client.post(f"{LIST}/{asked.id}/agree", data={}).status_code == 403


def test_issuing_against_a_department_has_to_be_ticked(
    app: Flask, reported: World, draft: Document, asked: WordingRequest
) -> None:
    office = log_in(app, reported, "office")
    path = f"/documents/{draft.id}"
    shown = page(office, path)
    assert "经济发展办公室（待部门确认）" in shown
    assert f'name="despite" value="{asked.id}"' in shown
    version = str(fresh(draft).version)
    answer = office.post(f"{path}/issue", data={"version": version})
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "还有改动没有得到部门同意：经济发展办公室" in text) == (422, True)
    sent = office.post(f"{path}/issue", data={"version": version, "despite": str(asked.id)})
    assert sent.status_code == 303
    assert fresh(draft).state is DocumentState.ISSUING


def test_issuing_words_that_a_department_did_not_see_has_to_be_ticked(
    app: Flask, reported: World, draft: Document
) -> None:
    with app.app_context():
        reworded(reported, draft)
        run(draft)
    office, path = log_in(app, reported, "office"), f"/documents/{draft.id}"
    assert 'name="unseen" value="1"' in page(office, path)
    version = str(fresh(draft).version)
    answer = office.post(f"{path}/issue", data={"version": version})
    assert (answer.status_code, "1段部门文字有改动，部门没有看到。" in answer.text) == (422, True)
    assert fresh(draft).state is DocumentState.EDITING
    assert office.post(f"{path}/issue", data={"version": version, "unseen": "1"}).status_code == 303


def test_issuing_what_was_edited_meanwhile_shows_it_first(
    app: Flask, reported: World, draft: Document
) -> None:
    office = log_in(app, reported, "office")
    path = f"/documents/{draft.id}"
    page(office, path)
    with app.app_context():
        reworded(reported, draft)
        run(draft)
    answer = office.post(f"{path}/issue", data={"version": str(draft.version)})
    assert (answer.status_code, "公文又有改动" in answer.get_data(as_text=True)) == (409, True)
    assert fresh(draft).state is DocumentState.EDITING
