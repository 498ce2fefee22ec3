"""The pages of documents: who sees what, progress that ends by itself, downloads on record."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.actor import SYSTEM
from app.composition.facts import DocumentFacts
from app.composition.rules import DocumentKind, TextFullness
from app.composition.scope import DocumentScope
from app.drafting.assembling import operations as assembling
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, RenderJob
from app.drafting.jobs import operations as jobs
from app.org.models import Issuer
from tests.clients import Browser, log_in
from tests.drafting.sample_documents import PARTICULARS, assembled
from tests.world import THRESHOLDS, World

TITLE = "关于《示例街道2026年工作计划》第三季度推进情况的报告"
NEW = "/documents/new/quarterly"
POLLING = 'hx-trigger="every 150ms"'


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def assemble(client: Browser, world: World, **changes: str) -> int:
    """Send the form; return the status."""
    filled = {
        "period": str(world.period.id),
        "issuer": "示例街道办事处",
        "recipient": "示例区人民政府",
        "signer": "王玥",
        "dated": "2026-10-09",
        "copies_to": "区委办公室，区政府办公室",
        "span": "quarter",
        "fullness": "full",
        "word": "华街",
        "form": "file",
        "urgency": "",
    }
    return client.post(NEW, data=filled | changes).status_code


def run_jobs() -> None:
    """Do what the worker would."""
    for job in RenderJob.select():
        jobs.run_job(job.id, thresholds=THRESHOLDS, by=SYSTEM)


def page(client: Browser, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_the_office_assembles_watches_reads_issues_and_downloads(office: Browser, reported: World) -> None:
    assert "2026年第三季度" in page(office, NEW)
    assert assemble(office, reported) == 303
    address = f"/documents/{Document.get().id}"
    assert POLLING in page(office, address)
    assert POLLING in office.get(f"{address}?waiting=30", htmx=True).get_data(as_text=True)
    assert office.get(f"{address}?waiting=0", htmx=True).status_code == 204
    run_jobs()
    awaited = office.get(f"{address}?waiting=0", htmx=True).get_data(as_text=True)
    assert POLLING not in awaited
    assert "正在检查公文……" in awaited  # the pages first: the form asks for itself
    assert 'hx-select="#issue-form"' in awaited
    done = page(office, address)
    assert 'id="issue-form"' in done
    assert POLLING not in done
    assert f'src="{address}/pages/1.png?v=' in done
    assert "2/4（50%）" in done
    assert f"{reported.measures[1].title}（经济发展办公室，已退回）" in done
    assert f"{reported.measures[3].title}（城市管理办公室，逾期未报）" in done

    version = str(Document.get().version)
    sent = office.post(f"{address}/issue", data={"version": version})
    assert sent.status_code == 303
    assert "正在印发" in page(office, address)
    run_jobs()
    assert Document.get().state is DocumentState.ISSUED
    assert f'src="{address}/file.pdf#' in page(office, address)
    register = page(office, "/documents")
    assert "华街〔2026〕1号" in register
    assert "已印发" in register


def test_every_download_is_one_event_and_carries_a_chinese_name(office: Browser, reported: World) -> None:
    assemble(office, reported)
    run_jobs()
    address = f"/documents/{Document.get().id}"
    shown = office.get(f"{address}/file.pdf")
    assert shown.mimetype == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")
    before = Event.select().count()
    file = office.get(f"{address}/download/pdf")
    assert file.data == shown.data
    assert file.data.startswith(b"%PDF")
    assert f"filename*=UTF-8''{quote(TITLE)}.pdf" in file.headers["Content-Disposition"]
    assert file.headers["Cache-Control"] == "private, no-store"
    assert Event.select().count() == before + 1
    last = Event.select().order_by(Event.id.desc()).get()
    assert (last.action, last.detail["sha256"]) == ("download_document", Document.get().files[0].sha256)


def test_a_form_that_lacks_something_says_what(office: Browser, reported: World) -> None:
    answer = office.post(NEW, data={"period": str(reported.period.id), "dated": "9.10.2026"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for sentence in ("请填写发文机关。", "请填写发文机关代字。", "请填写日期，例如 2026-10-14。"):
        assert sentence in text
    assert assemble(office, reported, period="999") == 422
    assert assemble(office, reported, period="abc") == 422
    for choice, sentence in (("fullness", "请选择篇幅。"), ("span", "请选择时间范围。")):
        sent = office.post(NEW, data={"period": str(reported.period.id), choice: "x"})
        assert (sent.status_code, sentence in sent.text, "Not a valid" in sent.text) == (422, True, False)
    assert not Document.select().exists()


@pytest.mark.parametrize(("sent", "kept"), [("concise", TextFullness.CONCISE), ("full", TextFullness.FULL)])
def test_how_full_a_text_is_can_be_chosen(
    office: Browser, reported: World, sent: str, kept: TextFullness
) -> None:
    assert '<option selected value="concise">精简</option>' in page(office, NEW)
    assert assemble(office, reported, fullness=sent) == 303
    document = Document.get()
    assert document.fullness is kept
    run_jobs()
    assert DocumentFacts.from_json(Document.get().facts).fullness is kept


def test_the_form_proposes_what_the_issuing_body_says(office: Browser) -> None:
    Issuer.update(superior="另一区人民政府", copies_to="区委研究室；区政府研究室").execute()
    shown = page(office, NEW)
    for value in ("示例街道办事处", "华街", "另一区人民政府", "区委研究室，区政府研究室"):
        assert f'value="{value}"' in shown
    assert "另一区人民政府" not in page(office, "/documents/new/circular")


def test_without_an_issuing_body_the_office_reads_to_have_one_registered(office: Browser) -> None:
    Issuer.delete().execute()
    for kind in DocumentKind:
        answer = office.get(f"/documents/new/{kind}")
        assert (answer.status_code, "请先登记发文机关和代字" in answer.text) == (422, True)
    assert office.get("/documents/register").status_code == 200


def test_a_kind_that_has_no_annex_of_all_words_is_written_in_full(office: Browser, reported: World) -> None:
    assert "篇幅" not in page(office, "/documents/new/summary")
    kind, scope, by = DocumentKind.SUMMARY, DocumentScope(reported.period.quarter), reported.users["office"]
    order = AssemblyRequest(kind, reported.plan, scope, fullness=TextFullness.CONCISE)
    document = assembling.assemble_document(order, PARTICULARS, by=by)
    assert document.fullness is TextFullness.FULL


def test_a_quarter_without_accepted_filings_is_reported_beside_the_quarter(app: Flask, world: World) -> None:
    assert assemble(log_in(app, world, "office"), world) == 422
    assert not Document.select().exists()


def test_a_failed_document_says_why_and_can_be_tried_again(office: Browser, reported: World) -> None:
    assemble(office, reported)
    RenderJob.update(state=JobState.FAILED, error="字符“𰻝”没有字体。").execute()
    address = f"/documents/{Document.get().id}"
    shown = page(office, address)
    assert "字符“𰻝”没有字体。" in shown
    assert POLLING not in shown
    assert office.post(f"{address}/retry", data={}).status_code == 303
    assert POLLING in page(office, address)


def test_a_leader_reads_what_is_issued_and_nothing_else(app: Flask, reported: World, office: Browser) -> None:
    for in_full in (False, True):
        assemble(office, reported)
        shown = page(office, f"/documents/{Document.select().order_by(Document.id.desc()).get().id}")
        assert ("同一内容的公文已有草稿，请在“印发前核对”中查看。" in shown) == in_full
    run_jobs()
    draft, document = Document.select().order_by(Document.id)
    sent = {"version": str(document.version)}
    assert office.post(f"/documents/{document.id}/issue", data=sent).status_code == 303
    run_jobs()
    leader = log_in(app, reported, "leader")
    register = page(leader, "/documents")
    assert f"/documents/{document.id}" in register
    assert f"/documents/{draft.id}" not in register
    assert "新建公文" not in register
    shown = page(leader, f"/documents/{document.id}")
    assert '<h2 class="panel-title">印发</h2>' not in shown
    assert leader.get(f"/documents/{document.id}/download/pdf").status_code == 200
    for path in ("", "/file.pdf", "/download/pdf"):
        assert leader.get(f"/documents/{draft.id}{path}").status_code == 403


@pytest.mark.parametrize("who", ["filer", "head", "system_admin", "security_admin", "auditor"])
def test_nobody_else_reads_a_draft(app: Flask, reported: World, who: str) -> None:
    with app.app_context():
        document = assembled(reported)
    client = log_in(app, reported, who)
    for path in ("/new", f"/{document.id}", f"/{document.id}/file.pdf", f"/{document.id}/download/pdf"):
        assert client.get(f"/documents{path}").status_code == 403
    for path in ("/new/quarterly", f"/{document.id}/issue", f"/{document.id}/retry"):
        assert client.post(f"/documents{path}", data={}).status_code == 403


def test_a_leader_may_not_make_documents(app: Flask, reported: World) -> None:
    client = log_in(app, reported, "leader")
    assert client.get(NEW).status_code == 403
    assert assemble(client, reported) == 403


def test_what_does_not_exist_is_not_found(office: Browser) -> None:
    assert office.get("/documents/999").status_code == 404
