"""How much work an account may ask for: beyond it a refusal with a time to wait (across processes: tests/base)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask

from app.access.work_limits import WorkKind
from app.base.settings.settings import Settings
from app.drafting.core.models import Document
from app.filing.attachments.models import Attachment
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.web.access_table import ROUTES
from tests.world import World

LIMITED = {
    WorkKind.DOCUMENTS: {
        "/directives/<directive_id>/sheet.pdf",
        "/documents/new/<kind>",
        "/documents/<int:draft_id>/renewal",
        "/documents/<int:document_id>/issue",
        "/documents/<int:document_id>/retry",
        "/documents/<int:document_id>/correct",
        "/documents/<int:document_id>/verification",
    },
    WorkKind.PREVIEWS: {
        "/documents/<int:draft_id>/fix-all",
        "/documents/<int:draft_id>/particulars",
        "/documents/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>",
        "/documents/<int:draft_id>/annex/<int:filing_id>/<int:ordinal>/restore",
        "/documents/<int:draft_id>/replace",
        "/documents/<int:draft_id>/<any(undo,redo):direction>",
        *(
            f"/documents/blocks/<int:block_id>{step}"
            for step in (
                "",
                "/<any(up,down):way>",
                "/<any(drop,restore,keep):step>",
                "/after",
                "/fix",
                "/renew",
                "/wording/<any(by_topic,by_part,supervision):view>",
            )
        ),
    },
    WorkKind.WORKBOOKS: {
        "/admin/organisation/import",
        "/brief.pdf",
        "/directives/register.xlsx",
        "/documents/register/register.xlsx",
        "/filings/excel",
        "/filings/excel/<sha256>",
        "/filings/excel/form.xlsx",
        "/filings/excel/quarter.xlsx",
        "/filings/sheet.xlsx",
        "/lint",
        "/lint/fixed",
        "/lint/revised",
        "/periods/calendar/import",
        "/plan/new",
    },
    WorkKind.UPLOADS: {
        "/contributions/<int:contribution_id>/attachments",
        "/directives/handwritten",
        "/filings/<int:filing_id>/attachments",
    },
}
LIMITS = {"document_limit": 2, "preview_limit": 2, "workbook_limit": 2, "upload_limit": 2}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, **LIMITS)


def assemble(client: Browser, _world: World) -> int:
    return client.post("/documents/new/filing_notice", data={"period": "2026Q3"}).status_code


def upload(client: Browser, world: World) -> int:
    file = (BytesIO(b"plain text"), "a.txt")
    path = f"/filings/{world.filing(1).id}/attachments"
    return client.post(path, data={"files": file}, content_type="multipart/form-data").status_code


def export(client: Browser, _world: World) -> int:
    return client.get("/filings/excel/form.xlsx", buffered=True).status_code


@on_both
@pytest.mark.parametrize(
    ("work", "who", "others"),
    [(assemble, "office", None), (upload, "filer", "filer:一居"), (export, "filer", "filer:一居")],
)
def test_so_much_work_is_done_for_an_account_whatever_browser_asks(
    app: Flask,
    world: World,
    work: Callable[[Browser, World], int],
    who: str,
    others: str | None,
) -> None:
    clients = [log_in(app, world, who) for _ in range(2)]
    first = [work(client, world) for client in clients]
    assert 429 not in first
    before = Document.select().count(), Attachment.select().count()
    assert [work(client, world) for client in clients] == [429, 429]
    assert (Document.select().count(), Attachment.select().count()) == before
    if others:
        assert work(log_in(app, world, others), world) != 429


def test_the_refusal_says_how_long_to_wait_and_pages_go_on(app: Flask, world: World) -> None:
    client = log_in(app, world, "filer")
    for _ in range(2):
        export(client, world)
    for htmx in (False, True):
        answer = client.get("/filings/excel/form.xlsx", htmx=htmx)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 300
        assert "下载和上传表格太频繁（每 10 分钟最多 2 次）" in answer.text
        assert "再试" in answer.text
    assert client.get("/filings").status_code == 200


def test_what_costs_work_is_limited_and_pages_are_not(app: Flask) -> None:
    found: dict[WorkKind, set[str]] = {work: set() for work in WorkKind}
    for rule in app.url_map.iter_rules():
        work = getattr(app.view_functions[rule.endpoint], "work", None)
        if work:
            found[work].add(rule.rule)
    assert found == LIMITED
    assert set().union(*LIMITED.values()) <= {route.rule for route in ROUTES}
