"""Every change, log-in, refusal and download is one row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask

from app.audit.models import Event
from app.audit.queries import verify_chain
from app.base.clock import clock_stopped_at, now
from app.base.database import database
from app.drafting.core import queries as documents
from app.drafting.core.models import DocumentFile
from app.drafting.jobs.downloads import view_pages
from app.filing.core.life_cycle import FilingState
from app.printing.rules import FileFormat
from tests.clients import browser, log_in
from tests.databases import on_both
from tests.filing.pages import address, brought_to, typed
from tests.web.access_table import ROUTES
from tests.web.subjects import blank_page, one_of_everything, path_to
from tests.world import PASSWORD, World


@contextmanager
def new_events() -> Iterator[list[str]]:
    """Collect the actions written inside the block; the chain must hold at its end."""
    before, actions = Event.select().count(), list[str]()
    yield actions
    written = Event.select().order_by(Event.id)
    actions.extend(event.action for event in written[before:])
    assert verify_chain() is None


@on_both
def test_a_refusal_is_one_row_that_says_who_asked_for_what(app: Flask, world: World) -> None:
    filing = world.filing(1)
    stranger = log_in(app, world, "filer:一居")
    with new_events() as actions:
        assert stranger.post(address(filing, "submit"), data=typed(filing)).status_code == 403
    assert actions == ["refused"]
    event = Event.select().order_by(Event.id.desc()).get()
    assert event.account_id == world.users["filer:一居"].account_id
    assert (event.summary, event.address) == (f"POST /filings/{filing.id}/submit", "127.0.0.1")


def test_an_operation_that_is_refused_inside_is_one_row_and_nothing_else(app: Flask, world: World) -> None:
    submitted = brought_to(FilingState.SUBMITTED, world, measure=2)
    colleague = log_in(app, world, "filer")
    with new_events() as actions:
        sent = {"read": f"{submitted.id}:{submitted.version}"}
        assert colleague.post("/filings/sign-off-all", data=sent).status_code == 403
    assert actions == ["refused"]
    assert world.filing(2).state is FilingState.SUBMITTED


def test_however_long_an_address_is_the_row_stays_short(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    with new_events() as actions:
        assert office.get(f"/filings/excel/{'长' * 2000}").status_code == 403
    assert actions == ["refused"]
    assert len(Event.select().order_by(Event.id.desc()).get().summary) <= 255


def test_who_is_nobody_writes_nothing_but_refused_log_ins_of_known_names(app: Flask, world: World) -> None:
    subjects, door = one_of_everything(app, world), browser(app)
    door.get("/login")
    with new_events() as actions:
        for route in ROUTES:
            door.open(path_to(route, subjects), method=route.method, buffered=True)
    assert actions == []
    with new_events() as actions:
        door.post("/login", data={"username": "nobody", "password": "wrong"})
        door.post("/login", data={"username": world.users["head"].username, "password": "wrong"})
        door.post("/login", data={"username": world.users["filer"].username, "password": PASSWORD})
    assert actions == ["log_in_refused", "log_in"]


def test_a_refusal_stays_one_where_it_cannot_be_written_down(app: Flask, world: World) -> None:
    stranger = log_in(app, world, "filer:一居")
    database.obj.pragma("query_only", 1, permanent=True)
    assert stranger.get("/review").status_code == 403
    database.obj.pragma("query_only", 0, permanent=True)


@pytest.mark.parametrize(
    ("who", "rule", "action"),
    [
        ("leader", "/documents/<int:document_id>/download/<file_format>", "download_document"),
        ("leader", "/documents/<int:document_id>/file.pdf", "download_document"),
        ("filer", "/documents/<int:document_id>/pages/<int:number>.png", "view_document_pages"),
        ("leader", "/documents/register/register.xlsx", "export_register"),
        ("filer", "/attachments/<int:attachment_id>", "download_attachment"),
        ("filer", "/filings/excel/form.xlsx", "download_form"),
        ("office", "/filings/excel/quarter.xlsx", "export_quarter"),
        ("filer", "/filings/sheet.xlsx", "download_sheet"),
        ("leader", "/brief.pdf", "download_brief"),
    ],
)
def test_a_download_is_one_row(app: Flask, world: World, who: str, rule: str, action: str) -> None:
    subjects, client = one_of_everything(app, world), log_in(app, world, who)
    route = next(route for route in ROUTES if (route.method, route.rule) == ("GET", rule))
    with new_events() as actions:
        assert client.get(path_to(route, subjects), buffered=True).status_code == 200
    assert actions == [action]


# Drawn from what the reader sees beside it, the same for everybody, or about the machine alone.
NO_DOWNLOADS = ("/static/<path:filename>", "/healthz")


@pytest.mark.parametrize("who", ["office", "leader", "filer"])
def test_whatever_is_sent_that_is_no_page_is_on_record(app: Flask, world: World, who: str) -> None:
    subjects, client = one_of_everything(app, world), log_in(app, world, who)
    asked = [route for route in ROUTES if route.method == "GET" and route.rule not in NO_DOWNLOADS]
    rows = {}
    for route in asked:
        before = Event.select().count()
        answer = client.get(path_to(route, subjects), buffered=True)
        if answer.status_code == 200 and answer.mimetype != "text/html":
            rows[route.rule] = Event.select().count() - before
    assert rows == dict.fromkeys(rows, 1)
    assert len(rows) >= 4
    assert verify_chain() is None


def test_the_pages_that_somebody_looks_at_are_one_row_a_day_for_each_file(app: Flask, world: World) -> None:
    page = f"/documents/{one_of_everything(app, world)['document_id']}/pages/1.png"
    filer, leader = log_in(app, world, "filer"), log_in(app, world, "leader")
    with new_events() as actions:
        for reader in (filer, filer, leader):
            assert reader.get(page).status_code == 200
    assert actions == ["view_document_pages"] * 2
    event = Event.select().order_by(Event.id.desc()).get()
    assert event.detail["sha256"] == "0" * 64
    DocumentFile.update(sha256="1" * 64).execute()
    with new_events() as actions:
        assert filer.get(page).status_code == 200
    assert actions == ["view_document_pages"]
    document = documents.find_document(int(page.split("/")[2]))
    assert document
    with clock_stopped_at(now() + timedelta(days=1)), new_events() as actions:
        for _ in range(2):
            view_pages(document, by=world.users["filer"])
    assert actions == ["view_document_pages"]


def test_a_draft_that_is_printed_again_all_the_time_is_one_row_a_day(app: Flask, world: World) -> None:
    draft, office = one_of_everything(app, world)["draft_id"], log_in(app, world, "office")
    page = f"/documents/{draft}/pages/1.png"
    DocumentFile.create(document=draft, format=FileFormat.PDF, sha256="0" * 64, data=blank_page())
    with new_events() as actions:
        for number in range(3):
            DocumentFile.update(sha256=str(number) * 64).where(DocumentFile.document == draft).execute()
            assert office.get(page).status_code == 200
    assert actions == ["view_document_pages"]
