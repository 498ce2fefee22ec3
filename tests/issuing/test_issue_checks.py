"""What is looked at before a draft is issued: its date and the number that it gets, shown and refused in time."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask import Flask

from app.base.clock import clock_stopped_at
from app.base.database import database
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.issuing.corrections import correct_document
from tests.clients import Browser, log_in
from tests.drafting.draft_pages import describing, page
from tests.drafting.drafts import fresh
from tests.issuing.issued_documents import (
    REASON,
    issue_now,
    made,
    print_now,
)
from tests.world import World


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return made(reported)


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


@pytest.mark.parametrize(
    ("today", "distance"), [(datetime(2026, 10, 12, 9), ""), (datetime(2026, 11, 20, 9), "比今天早42天")]
)
def test_number_and_date_stand_in_the_question_before_issuing(
    app: Flask, reported: World, draft: Document, today: datetime, distance: str
) -> None:
    with clock_stopped_at(today):
        shown = page(log_in(app, reported, "office"), f"/documents/{draft.id}")
    asked = f"成文日期 2026年10月9日{f'（{distance}）' if distance else ''}。印发后，"
    few = "计入统计的举措只有 2/4（50%），不到八成，请斟酌是否等待其余填报。"
    assert f'data-confirm="{few}文号 华街〔2026〕1号，{asked}' in shown
    assert (f"<strong>{distance}</strong>，请" in shown, "比今天" in shown) == (
        bool(distance),
        bool(distance),
    )


@pytest.mark.parametrize("slip", ["1900-01-01", "2026-06-30", "2099-01-01"])
def test_a_date_that_cannot_be_meant_is_neither_kept_nor_issued(
    office: Browser, draft: Document, slip: str
) -> None:
    path = f"/documents/{draft.id}"
    kept = office.post(f"{path}/particulars", data=describing(office, draft) | {"dated": slip})
    assert (kept.status_code, "请核对年份和月份。" in kept.text) == (422, True)
    with database.connection_context():
        Document.update(dated=date.fromisoformat(slip)).execute()
        version = str(fresh(draft).version)
    sent = office.post(f"{path}/issue", data={"version": version})
    assert sent.status_code == 422
    assert f'请核对年份和月份。 <a href="{path}/particulars">改正成文日期</a>' in sent.text
    with database.connection_context():
        assert (fresh(draft).state, fresh(draft).number) == (DocumentState.ASSEMBLED, None)


def test_a_duplicate_is_named_before_it_is_refused(
    app: Flask, office: Browser, draft: Document, reported: World
) -> None:
    new, link = "/documents/new/quarterly", f'<a href="/documents/{draft.id}">'
    assert f"{link}打开那份草稿</a>" in page(office, new)
    assert link not in page(office, "/documents/new/circular")
    with app.app_context():
        first, second = issue_now(draft, reported), made(reported)
    shown = page(office, new)
    assert '<h2 class="notice-title">同一内容的公文已经印发</h2>' in shown
    assert f"{link}打开那份公文</a>" in shown
    path = f"/documents/{second.id}"
    shown = page(office, path)
    assert f"（{first.number}）已经印发，同一内容不能再次印发。" in shown
    sent = office.post(f"{path}/issue", data={"version": str(second.version), "once": "a" * 32})
    assert (sent.status_code, "同一内容的公文已经印发：华街〔2026〕1号。" in sent.text) == (409, True)
    assert "没有保存" not in sent.text
    with app.app_context():
        correction = correct_document(first, REASON, by=reported.users["office"], version=first.version)
        print_now(correction)
    assert "同一内容的公文已有草稿" in page(office, f"/documents/{correction.id}")
    with app.app_context():
        editing.discard_draft(fresh(second), by=reported.users["office"], version=fresh(second).version)
    assert "同一内容" not in page(office, f"/documents/{correction.id}")
