"""Every route × every role × own and foreign department, against the table written by hand."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.clock import now
from app.directives.models import Directive, DirectiveAddressee
from app.documents.models import Document, DocumentFile, RenderJob
from app.documents.rules import DocumentKind, DocumentState, FileFormat, JobState
from app.filing.attachments.models import Attachment
from app.filing.attachments.rules import FileKind
from app.filing.attachments.store import Store
from app.filing.workbook.models import UploadedForm
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.models import CalendarException, Unlock
from app.web.guards import PUBLIC
from tests.clients import Browser, browser, log_in
from tests.web.access_table import NOBODY, ROUTES, SIGNS, Route
from tests.world import World

# A stranger's notice or upload is not even admitted to exist (404); the subjects of this test all exist.
CLOSED = (401, 403, 404)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def subjects(app: Flask, world: World) -> dict[str, int | str]:
    """One subject for every parameter of a URL; those of a department belong to 经发办."""
    filer = world.users["filer"].account_id
    notice = Notice.create(
        account=filer, kind=next(iter(NoticeKind)), sentence="请填报。", path="/filings", topic="filing"
    )
    upload = UploadedForm.create(
        account=filer, period=world.period, name="a.xlsx", sha256="0" * 64, data=b"PK"
    )
    attachment = Attachment.create(
        filing=world.filing(2), name="a.pdf", kind=FileKind.PDF, size=5, sha256="0" * 64, uploaded_by="某人"
    )
    Store(str(app.config["SETTINGS"].instance / "attachments")).put(io.BytesIO(b"%PDF-"), "0" * 64)
    return {
        "attachment_id": attachment.id,
        "filing_id": world.filing(2).id,
        "measure_id": world.measures[1].id,
        "period_id": world.period.id,
        "unlock_id": unlock_of(world).id,
        "exception_id": CalendarException.create(day=date(2027, 1, 4), is_working_day=False).id,
        "directive_id": written_directive(world).id,
        "document_id": issued_document(world).id,
        "notice_id": notice.id,
        "sha256": upload.sha256,
        "filename": "manifest.json",
    }


def unlock_of(world: World) -> Unlock:
    until, department = now() + timedelta(days=1), world.departments["经发办"]
    return Unlock.create(
        period=world.period, department=department, until=until, reason="补改。", person="某人"
    )


def written_directive(world: World) -> Directive:
    directive = Directive.create(
        author="周示例", leader=world.leader, measure=world.measures[1], text="请抓紧。"
    )
    DirectiveAddressee.create(directive=directive, department=world.departments["经发办"])
    return directive


def issued_document(world: World) -> Document:
    document = Document.create(
        kind=DocumentKind.QUARTERLY,
        state=DocumentState.ISSUED,
        period=world.period,
        title="报告",
        issuer="示例街道办事处",
        recipient="示例区人民政府",
        signer="周示例",
        dated=world.period.leader_due,
        created_by="某人",
    )
    DocumentFile.create(document=document, format=FileFormat.PDF, sha256="0" * 64, data=b"%PDF-")
    RenderJob.create(document=document, state=JobState.DONE, requested_by="某人")
    return document


def let_in(response: TestResponse) -> bool:
    """Return whether the door opened, whatever then became of an empty form."""
    at_the_door = response.status_code == 303 and response.location.startswith("/login?next=")
    return response.status_code not in CLOSED and not at_the_door


def ask(client: Browser, route: Route, subjects: dict[str, int | str]) -> TestResponse:
    path = PARAMETER.sub(lambda found: str(subjects[found[1]]), route.rule)
    return client.open(path, method=route.method, buffered=True)


def order(route: Route) -> tuple[bool, bool, str]:
    """Ask before doing, and leave last."""
    return route.rule == "/logout", route.method == "POST", route.rule


def test_no_route_is_missing_from_the_table_and_none_is_there_too_many(app: Flask) -> None:
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(route.method, route.rule) for route in ROUTES}


def test_every_view_carries_a_mark(app: Flask) -> None:
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "entry")]
    assert unmarked == ["static"]
    public = [name for name, view in app.view_functions.items() if getattr(view, "entry", "") == PUBLIC]
    assert public == ["access.log_in", "access.enter"]


@pytest.mark.parametrize("sign", SIGNS)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(
    app: Flask, world: World, subjects: dict[str, int | str], sign: str
) -> None:
    client = log_in(app, world, SIGNS[sign])
    got_in = {route for route in sorted(ROUTES, key=order) if let_in(ask(client, route, subjects))}
    expected = {route for route in ROUTES if sign in route.signs}
    assert {(r.method, r.rule) for r in got_in} == {(r.method, r.rule) for r in expected}


def test_who_is_not_signed_in_is_sent_to_the_door(
    app: Flask, world: World, subjects: dict[str, int | str]
) -> None:
    client = browser(app)
    client.get("/login")
    got_in = {route for route in ROUTES if let_in(ask(client, route, subjects))}
    assert got_in == {route for route in ROUTES if NOBODY in route.signs}
