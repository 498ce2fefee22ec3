"""The pages around what was issued: the register, a correction, a verification."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.authority.actor import SYSTEM
from app.base.clock import now
from app.composition.rules import DocumentKind
from app.drafting.core.models import Document, DocumentBlock, DocumentFile
from app.issuing import register, verification
from app.issuing.models import RegisterEntry, Verification
from app.issuing.verification import PATIENCE
from app.printing.rules import FileFormat
from tests.clients import Browser, count_queries, log_in
from tests.issuing.issued_documents import (
    REASON,
    drafts,
    issue_now,
    issued,
    made,
    print_now,
    quick,
)
from tests.world import World


@pytest.fixture
def document(app: Flask, reported: World) -> Document:
    with app.app_context():
        return issued(reported)


def page(client: Browser, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("〔2026〕2号", 1),
        ("华街[2026]2号", 1),
        ("华街2026", 2),
        ("推进情况 通报", 1),
        ("推进情况报告", 1),
        ("2026-10-09", 2),
        ("2026年10月9日", 2),
        ("某人", 0),
        ("%25", 0),
        ("_", 0),
        ("〔", 2),
        ("很长" * 3000, 0),
        ("", 2),
    ],
)
def test_the_register_finds_by_number_title_kind_and_day(
    app: Flask, document: Document, reported: World, words: str, found: int
) -> None:
    with app.app_context():
        issue_now(made(reported, DocumentKind.CIRCULAR), reported)
    leader = log_in(app, reported, "leader")
    assert page(leader, f"/documents/register?year=2026&q={words}").count('<th scope="row"') == found
    assert "1 号至 2 号，没有缺号。" in page(leader, "/documents/register")


@pytest.mark.parametrize("year", ["abc", "-5", "0", "1999", "9" * 20])
def test_a_year_without_a_register_is_named(
    app: Flask, document: Document, reported: World, year: str
) -> None:
    leader = log_in(app, reported, "leader")
    for path in ("/documents/register", "/documents/register/register.xlsx"):
        refused = leader.get(f"{path}?year={year}")
        assert (refused.status_code, f"没有“{year}”年。请在发文登记簿页面选择" in refused.text) == (422, True)
    assert "<h1>2026年发文登记簿</h1>" in page(leader, "/documents/register?year=")


def test_the_register_takes_the_same_queries_however_long_it_is(app: Flask, reported: World) -> None:
    register.start_register("华街", 2026, 3, by=reported.users["office"])
    office = log_in(app, reported, "office")
    with count_queries() as few:
        page(office, "/documents/register")
    with app.app_context():
        for draft in drafts(reported):
            issue_now(draft, reported)
    with count_queries() as many:
        page(office, "/documents/register")
    assert len(few) == len(many)


def test_the_workbook_holds_every_line_as_text(app: Flask, document: Document, reported: World) -> None:
    RegisterEntry.update(title="=1+1").where(RegisterEntry.document == document).execute()
    answer = log_in(app, reported, "leader").get("/documents/register/register.xlsx?year=2026")
    sheet = load_workbook(BytesIO(answer.data))["华街2026"]
    head, first = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4))
    assert head[:3] == ["文号", "版次", "标题"]
    assert first[:3] == ["华街〔2026〕1号", "1", "=1+1"]
    assert sheet["C4"].data_type == "s"
    assert sheet["A2"].value == "1 号，没有缺号。"


def test_the_office_begins_the_register_on_its_page(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    page(office, "/documents/register")
    request = {"word": "华街", "year": "2026", "first": "1"}
    refused = office.post("/documents/register/start", data=request)
    assert refused.status_code == 422
    assert "从 1 号编起的，不用登记" in refused.get_data(as_text=True)
    slip = office.post("/documents/register/start", data=request | {"first": "13", "word": "华街〔2026〕"})
    assert (slip.status_code, "发文机关代字只写 12 个以内的汉字" in slip.text) == (422, True)
    assert office.post("/documents/register/start", data=request | {"first": "13"}).status_code == 303
    shown = page(office, "/documents/register?year=2026")
    assert "启用本登记簿以前已编发的文号" in shown
    assert "1 号至 12 号" in shown


def test_a_correction_is_begun_on_a_page_of_its_own(app: Flask, document: Document, reported: World) -> None:
    office, path = log_in(app, reported, "office"), f"/documents/{document.id}"
    assert f"{path}/correct" in page(office, path)
    assert f"{path}/correct" not in page(log_in(app, reported, "leader"), path)
    assert "data-confirm" in page(office, f"{path}/correct")
    sent = {"reason": REASON, "version": str(document.version)}
    assert office.post(f"{path}/correct", data=sent | {"reason": ""}).status_code == 422
    assert office.post(f"{path}/correct", data=sent).status_code == 303
    draft = Document.get(Document.supersedes == document)
    assert office.get(f"{path}/correct").headers["Location"].endswith(f"/documents/{draft.id}")


def test_the_pages_of_both_say_what_became_of_it(app: Flask, document: Document, reported: World) -> None:
    office, leader = log_in(app, reported, "office"), log_in(app, reported, "leader")
    path = f"/documents/{document.id}"
    page(office, path)
    office.post(f"{path}/correct", data={"reason": REASON, "version": str(document.version)})
    with app.app_context():
        draft = print_now(Document.get(Document.supersedes == document))
    shown = page(office, f"/documents/{draft.id}")
    assert REASON in shown
    assert "沿用被更正公文的文号" in shown
    assert REASON not in page(leader, path)

    with app.app_context():
        issue_now(draft, reported)
    old = page(leader, path)
    assert "这份公文已被更正，以更正后的为准" in old
    assert f'href="/documents/{draft.id}"' in old
    assert REASON in page(leader, f"/documents/{draft.id}")
    for refused in (
        office.get(f"{path}/correct"),
        office.get(f"{path}/edit"),
        office.post(f"{path}/issue", data={"version": "9"}),
    ):
        assert (refused.status_code, "已被更正" in refused.text) == (409, True)
        assert f'href="/documents/{draft.id}">查看更正后的第 2 版</a>' in refused.text


def test_a_refusal_leads_to_what_settles_it(app: Flask, document: Document, reported: World) -> None:
    with app.app_context():
        again, emptied = made(reported), made(reported, DocumentKind.CIRCULAR)
        DocumentBlock.update(is_dropped=True).where(DocumentBlock.document == emptied).execute()
    office = log_in(app, reported, "office")
    second = office.post(f"/documents/{again.id}/issue", data={"version": str(again.version)})
    assert (second.status_code, f'href="/documents/{document.id}">打开那份公文' in second.text) == (409, True)
    nothing = office.post(f"/documents/{emptied.id}/issue", data={"version": str(emptied.version)})
    assert (nothing.status_code, f'href="/documents/{emptied.id}/edit">编辑正文' in nothing.text) == (
        422,
        True,
    )
    assert Document.get_by_id(emptied.id).number is None
    unprinted = office.get(f"/documents/{emptied.id}/download/archive")
    assert (unprinted.status_code, f'href="/documents/{emptied.id}"' in unprinted.text) == (404, True)


def test_a_verification_is_asked_for_waited_for_and_shown(
    app: Flask, document: Document, reported: World
) -> None:
    leader, path = log_in(app, reported, "leader"), f"/documents/{document.id}/verification"
    assert path in page(leader, f"/documents/{document.id}")
    waiting = leader.post(path, data={}, htmx=True).get_data(as_text=True)
    assert 'hx-trigger="every 150ms"' in waiting
    assert leader.get(f"{path}?waiting=1", htmx=True).status_code == 204
    asked = Verification.get()
    verification.run_verification(asked.id, quick, by=SYSTEM)
    shown = page(leader, f"{path}?waiting=1")
    assert 'class="notice tone-good"' in shown
    assert f"核对无误：{DocumentFile.select().count()} 个文件都是印发时的文件" in shown
    assert DocumentFile.get().sha256 in shown
    assert "every 150ms" not in shown
    Verification.update(done_at=None, asked_at=now() - PATIENCE).execute()
    assert "没有完成，请再核对一次" in leader.get(path, htmx=True).get_data(as_text=True)


def test_a_damaged_file_is_named_with_what_to_do(app: Flask, document: Document, reported: World) -> None:
    leader, path = log_in(app, reported, "leader"), f"/documents/{document.id}/verification"
    DocumentFile.update(data=b"%PDF-other").where(DocumentFile.format == FileFormat.PDF).execute()
    leader.post(path, data={})
    verification.run_verification(Verification.get().id, quick, by=SYSTEM)
    shown = page(leader, path)
    assert 'class="notice tone-bad"' in shown
    assert "核对不符：PDF<" in shown
    assert "请系统管理员从备份恢复" in shown
    assert "其余文件与印发时一致" in shown
