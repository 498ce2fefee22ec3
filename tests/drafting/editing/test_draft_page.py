"""What lies beside the blocks of a draft: what the lint finds, the pages as pictures; all of it at real size."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.authority.actor import SYSTEM
from app.base.database import database
from app.base.errors import StaleVersion
from app.composition.rules import DocumentKind
from app.drafting.core import queries
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentBlock, DocumentFile
from app.drafting.editing import operations as editing
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.jobs import job_requests
from app.drafting.jobs import operations as jobs
from app.printing.rules import FileFormat
from reports.frozen_text import block_as_json
from reports.model import Paragraph
from tests.clients import Browser, count_queries, log_in
from tests.drafting.draft_pages import HEAVY, other_saves, page
from tests.drafting.drafts import (
    OWN_WORDS,
    block_saying,
    drafted,
    fresh,
    reworded,
    run,
    texts_of,
)
from tests.world import SETTINGS, THRESHOLDS, World


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def test_a_finding_stands_at_its_block_and_one_click_fixes_it(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row = block_saying(draft, OWN_WORDS)
    other_saves(app, reported, row, "已走访企业,形成线索。")
    shown = page(office, f"/documents/{draft.id}/findings", htmx=True)
    placed = re.search(rf'<div id="found-{row.id}"[^>]*hx-swap-oob="true">(.*?)</div>', shown, re.DOTALL)
    assert placed
    fixing = re.search(r'formaction="([^"]*/fix[^"]*)"', placed[1])
    assert fixing
    whole = page(office, f"/documents/{draft.id}/findings")
    assert fixing[1] in whole
    path = fixing[1].replace("&amp;", "&")
    assert office.post(path, data={"version": str(row.version)}).status_code == 303
    assert "已走访企业，形成线索。" in texts_of(draft)
    assert office.post(path, data={"version": str(row.version + 1)}).status_code == 409
    assert fixing[1] not in page(office, f"/documents/{draft.id}/findings")


def test_a_last_line_of_few_characters_is_shown_at_its_block_while_the_pages_show_it(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row, address = block_saying(draft, OWN_WORDS), f"/documents/{draft.id}/findings"
    with app.app_context():
        DocumentFile.create(
            document=draft,
            format=FileFormat.PDF,
            sha256="0" * 64,
            shows=draft.version,
            places=[[row.id, 1, 100, 50, 3]],
            data=b"%PDF",
        )
    at_block = re.compile(rf'id="found-{row.id}"[^>]*>[^<]*<p>提示：段末一行只有3个字符')
    assert at_block.search(page(office, address, htmx=True))
    other_saves(app, reported, row, "已走访企业，形成线索。")
    assert "段末一行" not in page(office, address, htmx=True)


def test_all_that_is_certain_is_fixed_at_once(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row = block_saying(draft, OWN_WORDS)
    other_saves(app, reported, row, "已走访企业,形成线索,严励查处，对重点区域的的巡查。")
    whole = page(office, f"/documents/{draft.id}/findings")
    path = f"/documents/{draft.id}/fix-all"
    assert f'action="{path}"' in whole
    with count_queries() as statements:
        assert office.post(path).status_code == 303
    assert "已走访企业，形成线索，严厉查处，对重点区域的巡查。" in texts_of(draft)
    assert len(statements) < 80
    with app.app_context():
        event = events_of_subject(draft)[-1]
        assert (event.action, event.detail["rule"].count("、") >= 1) == ("mend_block", True)
    assert f'action="{path}"' not in page(office, f"/documents/{draft.id}/findings")
    refused = office.post(path)
    assert refused.status_code == 409
    assert "没有可以一键改正的地方" in refused.text


def test_nothing_is_fixed_where_somebody_was_faster(app: Flask, reported: World, draft: Document) -> None:
    office = reported.users["office"]
    with app.app_context():
        rows = [one for one in queries.blocks_of(draft) if isinstance(one.block, Paragraph)][:2]
        fixes = [editing.BlockFix(row, Paragraph("新的文字。"), ("comma",)) for row in rows]
        now_there = DocumentBlock.get_by_id(rows[1].id)
    other_saves(app, reported, now_there, "别人的文字。")
    with app.app_context(), pytest.raises(StaleVersion):
        editing.fix_all_blocks(draft, fixes, by=office)
    assert "新的文字。" not in texts_of(draft)


def test_a_finding_around_the_text_leads_to_its_field(app: Flask, office: Browser, draft: Document) -> None:
    address = f"/documents/{draft.id}/particulars"
    with app.app_context():
        Document.update(title="关于推进情况的报告。").where(Document.id == draft.id).execute()
    shown = page(office, f"/documents/{draft.id}/findings")
    assert f'<a href="{address}#title">标题</a>' in shown
    assert 'id="title"' in page(office, address)


def test_errors_are_issued_only_by_who_ticked_that_there_are_so_many(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    row = block_saying(draft, OWN_WORDS)
    other_saves(app, reported, row, "已走访企业,形成线索。")
    with app.app_context():
        run(draft)
    shown = page(office, f"/documents/{draft.id}")
    assert "有 2 处错误，仍然印发" in shown  # in the text, and in the annex that follows it
    sent = {"version": str(fresh(draft).version)}
    refused = office.post(f"/documents/{draft.id}/issue", data=sent | {"errors": "1"})
    assert refused.status_code == 422
    assert "公文检查有2处错误。请先改正" in refused.get_data(as_text=True)
    assert fresh(draft).state is DocumentState.EDITING
    assert (
        office.post(f"/documents/{draft.id}/issue", data=sent | {"errors": "2", "unseen": "1"}).status_code
        == 303
    )
    assert events_of_subject(draft)[-1].detail["errors"] == 2


def test_the_place_in_an_annex_that_says_otherwise_is_named_at_the_block_and_before_issuing(
    app: Flask, office: Browser, reported: World
) -> None:
    with app.app_context():
        circular = drafted(reported, DocumentKind.CIRCULAR)
    row = block_saying(circular, "完成率76%")
    words = getattr(row.block, "text", "")
    other_saves(app, reported, row, words.replace("76%", "80%").replace("32家", "33家"))
    with app.app_context():
        run(circular)
    place = re.compile("附件第1项“[^”]+”的“完成率”栏")
    shown = page(office, f"/documents/{circular.id}/findings", htmx=True)
    at_block = re.search(rf'<div id="found-{row.id}"[^>]*>(.*?)</div>', shown, re.DOTALL)
    assert at_block
    for text in (shown, at_block[1], page(office, f"/documents/{circular.id}")):
        assert place.search(text)
        assert "仍是“76%”" in text
    assert "附件与正文有 1 处不一致" in shown


def test_two_hundred_blocks_take_the_same_queries_and_weigh_little(office: Browser, draft: Document) -> None:
    path = f"/documents/{draft.id}/edit"
    page(office, path)
    with count_queries() as few:
        page(office, path)
    row = block_saying(draft, OWN_WORDS)
    plain = block_as_json(Paragraph("三季度走访企业，推进项目。" * 6))
    rows = [
        {"document": draft, "position": 100 + n, "content": plain, "composed": plain, "filing": row.filing_id}
        for n in range(220)
    ]
    with database.connection_context():
        DocumentBlock.insert_many(rows).execute()
    with count_queries() as many:
        shown = page(office, path)
    assert len(many) == len(few) <= 14
    assert len(shown.encode()) < HEAVY


def test_who_waits_for_new_pages_is_answered_when_they_are_there(
    app: Flask, office: Browser, reported: World, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_meanwhile(_seconds: float) -> None:
        jobs.run_job(draft.job.id, thresholds=THRESHOLDS, by=SYSTEM)

    monkeypatch.setattr(job_requests, "sleep", print_meanwhile)
    with app.app_context():
        job_requests.request_files_again(draft.job, by=reported.users["office"])
    answer = office.get(f"/documents/{draft.id}/pages?waiting=1", htmx=True)
    assert (answer.status_code, "document-printed" in answer.headers["HX-Trigger"]) == (200, True)


def test_the_preview_shows_pages_and_waits_for_new_ones(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    path = f"/documents/{draft.id}/pages"
    with app.app_context():
        job_requests.request_files_again(draft.job, by=reported.users["office"])
        assert 'hx-trigger="every 150ms"' in page(office, path, htmx=True)
        assert office.get(f"{path}?waiting=1", htmx=True).status_code == 204
        assert "HX-Trigger" not in office.get(path, htmx=True).headers
        jobs.run_job(draft.job.id, thresholds=THRESHOLDS, by=SYSTEM)
    answer = office.get(f"{path}?waiting=1", htmx=True)
    shown = answer.get_data(as_text=True)
    assert "document-printed" in answer.headers["HX-Trigger"]
    assert "load, document-printed from:body" in page(office, f"/documents/{draft.id}/edit")
    assert 'hx-trigger="every 150ms"' not in shown
    pictures = re.findall(r'<img src="([^"]+)"', shown)
    assert len(pictures) == fresh(draft).file.pages >= 3
    picture = office.get(pictures[0])
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    assert picture.headers["Cache-Control"] == "private, max-age=86400"
    assert office.get(f"{path}/1.png").headers["Cache-Control"] == "no-store"
    assert office.get(f"{path}/99.png").status_code == 404
    with app.app_context():
        reworded(reported, draft)
        jobs.run_job(draft.job.id, thresholds=THRESHOLDS, by=SYSTEM)
    assert re.findall(r'<img src="([^"]+)"', page(office, path))[0] != pictures[0]


def test_the_pages_lead_back_to_the_blocks_and_the_blocks_to_the_pages(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    with app.app_context():
        job_requests.request_files_again(draft.job, by=reported.users["office"])
        jobs.run_job(draft.job.id, thresholds=THRESHOLDS, by=SYSTEM)
    shown = page(office, f"/documents/{draft.id}/edit")
    rows = [row for row in queries.blocks_of(draft) if not row.is_dropped]
    for row in rows:
        assert shown.count(f'id="place-{row.id}"') == 1
        assert f'href="/documents/{draft.id}/edit#block-{row.id}"' in shown
        assert f'href="/documents/{draft.id}/pages#place-{row.id}"' in shown
    tops = [place.top for place in fresh(draft).file.places_by_page[1]]
    assert tops == sorted(tops) != []


def test_a_preview_that_failed_says_why(
    app: Flask, office: Browser, reported: World, draft: Document
) -> None:
    with app.app_context():
        for row in queries.blocks_of(draft):
            editing.drop_block(row, by=reported.users["office"], version=row.version)
        run(draft)
    assert "正文的段落都已删去" in page(office, f"/documents/{draft.id}/pages")
    assert "正文的段落都已删去" in page(office, f"/documents/{draft.id}/findings")
    assert f"/documents/{draft.id}/edit" in page(office, f"/documents/{draft.id}")


def test_pictures_are_of_what_is_stored_now(app: Flask, office: Browser, draft: Document) -> None:
    assert office.get(f"/documents/{draft.id}/pages/1.png").status_code == 404
    with database.connection_context():
        DocumentFile.create(document=draft, format=FileFormat.PDF, sha256="0" * 64, pages=1, data=b"")
    assert "版面预览" in page(office, f"/documents/{draft.id}/pages")


def test_the_outline_names_the_headings_in_their_order_and_follows_what_is_edited(
    app: Flask, office: Browser, draft: Document
) -> None:
    with app.app_context():
        lines = draft_page_of(fresh(draft), SETTINGS).headings
    assert len(lines) > 2
    shown = page(office, f"/documents/{draft.id}/edit")
    links = re.findall(
        r'<li class="outline-level-\d"><a href="#block-(\d+)" data-block="\1">([^<]+)</a>', shown
    )
    assert links == [(str(line.row.id), line.opening) for line in lines]
    first, second = lines[:2]
    answer = office.post(
        f"/documents/blocks/{first.row.id}/drop", data={"version": first.row.version}, htmx=True
    ).get_data(as_text=True)
    assert 'id="draft-outline" class="draft-outline" aria-label="提纲" hx-swap-oob="true"' in answer
    assert f'href="#block-{first.row.id}" data-block' not in answer
    assert f'href="#block-{second.row.id}" data-block' in answer


def test_what_is_seldom_done_with_a_block_is_behind_one_menu(office: Browser, draft: Document) -> None:
    shown = page(office, f"/documents/{draft.id}/edit")
    menu = re.search(r'<details class="draft-more"><summary>更多</summary>(.*?)</details>', shown, re.DOTALL)
    assert menu
    words = re.findall(r">([^<>]+)</(?:a|button)>", menu[1])
    assert [word for word in words if word != "版面"] == ["上移", "下移", "在后面新写", "删去"]
