"""The pages on which a draft is edited: with and without htmx, in conflict, in error, at real size."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.base.database import database
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.issuing import operations
from tests.clients import Browser, log_in
from tests.drafting.draft_pages import (
    OPENED,
    address,
    describing,
    other_saves,
    page,
)
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    accepted_again,
    block_saying,
    drafted,
    fresh,
    texts_of,
)
from tests.world import World


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def test_the_editor_shows_every_block_with_its_source_and_what_can_be_done(
    office: Browser, reported: World, draft: Document
) -> None:
    shown = page(office, f"/documents/{draft.id}/edit")
    for row in queries.blocks_of(draft):
        assert f'id="block-{row.id}"' in shown
    row = block_saying(draft, OWN_WORDS)
    assert (
        f'<a class="draft-source" href="/filings/{reported.filing(1).id}">经发办 · 2026年第三季度</a>'
        in shown
    )
    for step in ("/up", "/down", "/drop"):
        assert f'formaction="{address(row, step)}"' in shown
    assert "送部门确认" not in shown
    assert shown.count("<form") < 6  # however many blocks there are


def test_a_block_is_rewritten_without_javascript(office: Browser, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    assert OWN_WORDS in page(office, address(row))
    sent = office.post(address(row), data={"text": BETTER, "head": "走访。", "version": str(row.version)})
    assert sent.status_code == 303
    assert sent.location == f"/documents/{draft.id}/edit?block={row.id}#block-{row.id}"
    shown = page(office, sent.location)
    assert re.search(rf'id="block-{row.id}"[^>]*data-focus', shown)
    assert "已保存" in shown
    assert "送部门确认" in shown
    assert "<ins>有效</ins>" in shown


def test_under_htmx_the_block_its_numbers_and_the_count_come_back(office: Browser, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, address(row), htmx=True)
    typed = {"text": BETTER, "head": "走访。", "version": str(row.version)}
    answer = office.post(address(row), data=typed, htmx=True)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, f"#block-{row.id}")
    assert "document-edited" in answer.headers["HX-Trigger"]
    assert text.startswith(f'<li id="block-{row.id}"')
    assert re.search(r'<div id="status" hx-swap-oob="innerHTML">已保存 \d\d:\d\d。</div>', text)
    assert 'id="draft-length" class="draft-length" hx-swap-oob="true"' in text
    assert re.search(r'<span id="label-\d+" hx-swap-oob="true">一、</span>', text)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_stale_save_shows_both_texts_and_merging_them_is_one_more_save(
    app: Flask, office: Browser, reported: World, draft: Document, htmx: bool
) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, address(row))
    other_saves(app, reported, row, "甲写的文字。")
    read_at = str(row.version - 1)
    answer = office.post(address(row), data={"text": "乙写的文字。", "version": read_at}, htmx=htmx)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert ">\r\n乙写的文字。</textarea>" in text
    assert "<ins>甲</ins>写的文字。" in text
    assert f"{reported.users['office'].person} 刚刚改动过这一段" in text
    assert "甲写的文字。" in texts_of(draft)
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version
    merged = office.post(address(row), data={"text": "甲乙写的文字。", "version": version[1]}, htmx=htmx)
    assert merged.status_code in (200, 303)
    assert "甲乙写的文字。" in texts_of(draft)


def test_who_saves_what_another_dropped_is_warned_and_takes_it_in_again(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, address(row))
    with app.app_context():
        editing.drop_block(row, by=reported.users["office"], version=row.version)
    data = {"text": "乙写的文字。", "version": str(row.version - 1)}
    answer = office.post(address(row), data=data)
    assert (answer.status_code, "对方已删去这一段" in answer.get_data(as_text=True)) == (409, True)
    office.post(address(row), data=data | {"version": str(row.version)})
    assert "乙写的文字。" in texts_of(draft)


def test_words_that_cannot_be_taken_come_back_with_the_reason(office: Browser, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, address(row))
    long = "长" * 30_001
    for data, sentence in (
        ({"text": " "}, "这一段没有文字。"),
        ({"text": long}, "文字共 30001 字，请控制在 30000 字以内。"),
        ({"text": "好。", "head": "长" * 121}, "段首小标题共 121 字，请控制在 120 字以内。"),
    ):
        answer = office.post(address(row), data=data | {"version": str(row.version)}, htmx=True)
        text = answer.get_data(as_text=True)
        assert (answer.status_code, sentence in text) == (422, True)
        assert data["text"].strip() in text
    answer = office.post(address(row, "/after"), data={"level": "0", "text": ""})
    assert (answer.status_code, "请写上文字。" in answer.get_data(as_text=True)) == (422, True)
    assert OWN_WORDS in texts_of(draft)


def test_moving_takes_the_block_from_where_it_stood(office: Browser, draft: Document) -> None:
    first, second = (block_saying(draft, text) for text in texts_of(draft)[:2])
    page(office, f"/documents/{draft.id}/edit")
    answer = office.post(address(second, "/up"), data={"version": "1"}, htmx=True)
    text = answer.get_data(as_text=True)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (f"#block-{second.id}", "delete")
    assert f'hx-swap-oob="beforebegin:#block-{first.id}"' in text
    assert re.search(r'/up"[^>]*data-focus', text)
    last = queries.blocks_of(draft)[-1]
    for _ in range(2):
        answer = office.post(address(first, "/down"), data={"version": "1"})
    assert answer.status_code == 303
    answer = office.post(address(last, "/down"), data={"version": "1"}, htmx=True)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#problem")


def test_what_is_dropped_stays_to_be_restored(office: Browser, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, f"/documents/{draft.id}/edit")
    office.post(address(row, "/drop"), data={"version": str(row.version)})
    shown = page(office, f"/documents/{draft.id}/edit")
    assert re.search(rf'id="block-{row.id}" class="[^"]*draft-line-dropped', shown)
    assert f'formaction="{address(row, "/restore")}"' in shown
    office.post(address(row, "/restore"), data={"version": str(row.version + 1)})
    assert OWN_WORDS in texts_of(draft)


@pytest.mark.parametrize("htmx", [True, False])
def test_dropping_what_another_changed_does_nothing_and_says_so(
    app: Flask, office: Browser, reported: World, draft: Document, htmx: bool
) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, f"/documents/{draft.id}/edit")
    other_saves(app, reported, row, "甲写的文字。")
    answer = office.post(address(row, "/drop"), data={"version": str(row.version - 1)}, htmx=htmx)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "您的这一步没有办" in text, "甲写的文字。" in text) == (409, True, True)
    assert "甲写的文字。" in texts_of(draft)


def test_a_new_block_comes_behind_the_other(office: Browser, draft: Document) -> None:
    first = block_saying(draft, texts_of(draft)[0])
    page(office, address(first, "/after"), htmx=True)
    data = {"level": "1", "text": "新的一章"}
    text = office.post(address(first, "/after"), data=data, htmx=True).get_data(as_text=True)
    assert text.index(f'id="block-{first.id}"') < text.index("新的一章")
    assert texts_of(draft)[1] == "新的一章"


def test_new_words_of_a_filing_are_offered_with_their_difference(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row = block_saying(draft, OWN_WORDS)
    with app.app_context():
        accepted_again(reported, "已走访企业48家，形成线索12条。")
    shown = page(office, f"/documents/{draft.id}/edit")
    assert "填报有新采用的文字" in shown
    assert "<ins>48</ins>家" in shown
    assert OWN_WORDS in texts_of(draft)
    sent = office.post(address(row, "/renew"), data={"version": str(row.version)})
    assert sent.status_code == 303
    assert "已走访企业48家，形成线索12条。" in texts_of(draft)
    assert "填报有新采用的文字" not in page(office, f"/documents/{draft.id}/edit")
    again = office.post(address(row, "/renew"), data={"version": str(row.version + 1)})
    assert again.status_code == 409


def test_title_and_particulars_in_conflict_show_both(app: Flask, office: Browser, draft: Document) -> None:
    path, form = f"/documents/{draft.id}/particulars", describing(office, draft)
    assert office.post(path, data=form).status_code == 303
    assert fresh(draft).title == "新标题"
    answer = office.post(path, data=form | {"recipient": "县政府", "title": "标题甲"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert re.search(r"<dt>主送机关</dt>\s*<dd>市政府</dd>", text)
    assert 'value="县政府"' in text
    opened = OPENED.search(text)
    assert opened
    office.post(path, data=form | {"title": "标题甲", "opened": opened[1]})
    assert fresh(draft).title == "标题甲"
    answer = office.post(path, data=form | {"title": ""}, htmx=True)
    assert (answer.status_code, "请写明标题。" in answer.get_data(as_text=True)) == (422, True)


def test_what_is_issued_is_not_edited(app: Flask, office: Browser, reported: World, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, f"/documents/{draft.id}/edit")
    with app.app_context():
        operations.issue_document(fresh(draft), by=reported.users["office"], version=fresh(draft).version)
    for path in ("edit", "findings", "particulars"):
        answer = office.get(f"/documents/{draft.id}/{path}")
        assert (answer.status_code, "不能编辑" in answer.get_data(as_text=True)) == (409, True)
    long = "这是一段写了很久的文字，不能丢失。"
    answer = office.post(address(row), data={"text": long, "version": str(row.version)})
    assert answer.status_code == 409
    assert long in answer.get_data(as_text=True)


def test_while_a_draft_is_being_assembled_its_editor_leads_to_where_that_is_shown(
    app: Flask, office: Browser, draft: Document
) -> None:
    with database.connection_context():
        Document.update(facts={}).execute()
    assert office.get(f"/documents/{draft.id}/edit").location == f"/documents/{draft.id}"
