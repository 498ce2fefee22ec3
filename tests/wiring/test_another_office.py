"""Another sub-district, from its plan to an issued document: nowhere is it given the sample's name or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from html5lib import parse
from huey import MemoryHuey
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from app import create_app
from app.audit.models import Event
from app.base.clock import clock_stopped_at
from app.base.database import database
from app.base.settings.settings import Settings
from app.composition.rules import DocumentKind
from app.drafting.core.models import Document
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.wiring.queue import TaskSerializer, open_queue
from tests.clients import Browser
from tests.issuing.issued_documents import print_now
from tests.maintenance.installations import run
from tests.world import PLAN_TEXT

PLACE, WORD = "江苏路街道", "江街"
REPORT = "/documents/new/quarterly"
FIRST_WORDS = re.compile(r"首次登录密码：(\S+)")
NEW_PASSWORD = "staple-Quartz-8819-lamp"
DEPARTMENTS = (
    "部门全称,部门简称,类别,分组,免审签\n经济发展办公室,经发办,办公室,,是\n城市管理办公室,城管办,办公室,,是\n"
)
ASSIGNMENTS = "举措序号,举措,牵头部门,配合部门,分管领导\n" + "\n".join(
    f"{number},{title},经发办,,"
    for number, title in enumerate(("夯实招商基础", "打通转化链条", "推进旧区改造", "建设美丽家园"), 1)
)
FILED = {
    "version": "1",
    "progress": "已走访企业32家，形成线索12条。",
    "problems": "个别企业联系不畅。",
    "next_steps": "四季度继续走访。",
    "percent": "76",
    "status": "on_track",
    "forecast": "can_finish",
}


class Office:
    """One installation, and everything that it has said to anybody."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder, self.shown = app, folder, list[str]()
        app.test_client_class = Browser

    def command(self, *arguments: str, table: str = "") -> str:
        if table:
            path = self.folder / "table.csv"
            path.write_text(table, encoding="utf-8")
            arguments = (*arguments, str(path))
        result = run(self.app, *arguments)
        assert result.exit_code == 0, result.output
        self.shown.append(result.output)
        return str(result.output)

    def heard(self, answer: TestResponse, status: int = 200) -> TestResponse:
        """Note what an answer says."""
        assert answer.status_code == status, answer.get_data(as_text=True)
        if "spreadsheet" in answer.mimetype:
            sheets = load_workbook(BytesIO(answer.data))
            self.shown += [str(cell.value) for sheet in sheets for row in sheet for cell in row]
        self.shown += [answer.get_data().decode(errors="replace"), *map(str, answer.headers.values())]
        return answer

    def log_in_first(self, username: str, first: str) -> Browser:
        """Log in with the password that was handed out, and choose another, after one that is guessed at once."""
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        self.heard(browser.get("/login"))
        browser.post("/login", data={"username": username, "password": first})
        self.heard(browser.get("/password"))
        guessed = {"old": first, "new": "Jiangsulu@2026", "again": "Jiangsulu@2026"}
        assert "容易被猜到" in self.heard(browser.post("/password", data=guessed), 422).text
        chosen = {"old": first, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
        self.heard(browser.post("/password", data=chosen), 303)
        browser.get("/login")
        self.heard(browser.post("/login", data={"username": username, "password": NEW_PASSWORD}), 303)
        return browser


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[Office]:
    app = create_app(replace(settings, site_name=PLACE))
    app.extensions["queue"] = open_queue(app, MemoryHuey(results=False, serializer=TaskSerializer()))
    app.testing = True
    with clock_stopped_at(datetime(2026, 10, 9, 10, 0)):
        yield Office(app, tmp_path)
    database.obj.close_all()


def add_person(office: Office, username: str, seat: str, role: str, *options: str) -> Browser:
    shown = office.command("user", "add", username, "--seat", seat, "--person", "某人")
    office.command("user", "grant", username, role, *options)
    found = FIRST_WORDS.search(shown)
    assert found
    return office.log_in_first(username, found[1])


def proposed_fields(answer: TestResponse) -> dict[str, str]:
    """Return what a form offers, as a browser would send it."""
    tree = parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    fields: dict[str, Any] = {
        one.get("name"): one.get("value", "")
        for one in tree.iter("input")
        if one.get("type") not in ("checkbox", "radio") or one.get("checked") is not None
    }
    for select in tree.iter("select"):
        options = list(select.iter("option"))
        chosen = next((one for one in options if one.get("selected") is not None), options[0])
        fields[select.get("name")] = chosen.get("value", "")
    return {name: value for name, value in fields.items() if name}


def begin_quarter(office: Office) -> tuple[Browser, Browser]:
    """Bring plan and organisation in, open a quarter; return the office's and a filer's browser."""
    plan = office.folder / "plan.txt"
    plan.write_text(PLAN_TEXT.replace("示例街道", PLACE), encoding="utf-8")
    office.command("plan", "import", str(plan))
    office.command("org", "departments", table=DEPARTMENTS)
    office.command("org", "leaders", table="姓名,职务\n王玥,党工委副书记、办事处主任\n")
    office.command("plan", "assign", table=ASSIGNMENTS)
    office.command("period", "open", "2026Q3")
    clerk = add_person(office, "office", "街道办公室", "office")
    return clerk, add_person(office, "filer", "经发办填报员", "filer", "--department", "经发办")


def file_and_accept(office: Office, clerk: Browser, filer: Browser) -> None:
    filing = Filing.select().order_by(Filing.id).get()
    office.heard(filer.get(f"/filings/{filing.id}"))
    office.heard(filer.post(f"/filings/{filing.id}/submit", data=FILED), 303)
    office.heard(clerk.get(f"/review/{filing.id}"))
    version = str(Filing.get_by_id(filing.id).version)
    office.heard(clerk.post(f"/review/{filing.id}/accept", data={"version": version}), 303)


def issue_report(office: Office, clerk: Browser) -> Document:
    """Have the report made that the form proposes, and issue it."""
    form = proposed_fields(office.heard(clerk.get(REPORT)))
    wanted = (f"{PLACE}办事处", "某区人民政府", "王玥", "区委办公室，区政府办公室", WORD)
    assert tuple(form[name] for name in ("issuer", "recipient", "signer", "copies_to", "word")) == wanted
    office.heard(clerk.post(REPORT, data=form), 303)
    document = print_now(Document.get())
    office.heard(clerk.get(f"/documents/{document.id}/edit"))
    page = office.heard(clerk.get(f"/documents/{document.id}"))
    office.heard(clerk.post(f"/documents/{document.id}/issue", data=proposed_fields(page)), 303)
    document = print_now(document)
    office.shown.append(bytes(document.files.get().data).decode())
    return document


def test_another_sub_district_is_never_given_the_samples_name(office: Office) -> None:
    clerk, filer = begin_quarter(office)
    build = ("report", "build", "--kind", "filing_notice", "--period", "2026Q3", "--out", office.folder)
    refused = run(office.app, *build)
    assert (refused.exit_code, "请先登记发文机关和代字：flask org issuer" in refused.stderr) == (1, True)
    office.heard(clerk.get(REPORT), 422)
    superior = ("--superior", "某区人民政府", "--copies", "区委办公室、区政府办公室")
    office.command("org", "issuer", f"{PLACE}办事处", WORD, *superior)
    file_and_accept(office, clerk, filer)
    for kind in DocumentKind:
        office.heard(clerk.get(f"/documents/new/{kind}"))
    document = issue_report(office, clerk)
    assert document.number == f"{WORD}〔2026〕1号"
    assert f'value="{WORD}"' in office.heard(clerk.get("/documents/register")).text
    office.heard(clerk.get("/documents/register/register.xlsx"))
    for at in ("/", "/overview", "/documents", "/notices", "/directives", "/password", "/email"):
        office.heard(clerk.get(at, follow_redirects=True))
    office.heard(filer.get("/", follow_redirects=True))
    office.command("report", "lint", "--document", str(document.id))
    office.command("audit", "verify")
    for command in ("report verify", "report start-register", "org issuer", "org issuers"):
        office.command(*command.split(), "--help")
    rows = [*Event.select().dicts(), *Notice.select().dicts()]
    logs = [path.read_text(encoding="utf-8") for path in (office.folder / "logs").glob("*")]
    shown = [*office.shown, *map(str, rows), *logs]
    assert [text[max(0, text.index("华") - 40) :][:80] for text in shown if "华" in text] == []
