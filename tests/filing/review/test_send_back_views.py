"""Giving several filings back in one go, and asking for more without blame."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.audit.queries import events_of_subject
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed
from app.base.text import REASON_LENGTH
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.filing.core.operations import SendingBack
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, seen
from tests.world import World

STRANGERS = ["filer", "head", "leader", "system_admin", "security_admin", "auditor"]
ADDRESS = "/review/send-back"


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


@pytest.fixture
def waiting(world: World) -> list[Filing]:
    """Three filings that wait for the office: two of 经发办, one of 城管办."""
    own = [brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2)]
    return [*own, brought_to(FilingState.SIGNED_OFF, world, 3, "城管办")]


def mark(filing: Filing) -> str:
    return f"{filing.id}:{filing.version}"


def decided(filings: list[Filing], reason: str = "请写明数字。") -> list[SendingBack]:
    return [SendingBack(filing, filing.version, reason) for filing in filings]


def states(filings: list[Filing]) -> list[FilingState]:
    return [Filing.get_by_id(filing.id).state for filing in filings]


def words(filings: list[Filing], **changes: str) -> dict[str, object]:
    """Return what the page sends: every filing ticked, each with its own words."""
    reasons = {f"reason_{filing.id}": f"第 {filing.measure.position} 项请写明数字。" for filing in filings}
    return {"read": [mark(filing) for filing in filings], **reasons, **changes}


def listed(office: Browser, filings: list[Filing], **form: object) -> TestResponse:
    query = {"read": [mark(filing) for filing in filings]}
    return office.post(ADDRESS, query_string=query, data=form)


@on_both
def test_each_goes_back_with_its_own_words(world: World, waiting: list[Filing]) -> None:
    decisions = [
        SendingBack(filing, filing.version, f"第 {number} 份请改。", kind)
        for number, (filing, kind) in enumerate(zip(waiting, [*ReturnKind, ReturnKind.CORRECT], strict=True))
    ]
    operations.send_back_filings(decisions, by=world.users["office"])
    rows = [Filing.get_by_id(filing.id) for filing in waiting]
    assert [row.returned_reason for row in rows] == ["第 0 份请改。", "第 1 份请改。", "第 2 份请改。"]
    assert [row.shown_state.label for row in rows] == ["已退回", "请补充", "已退回"]
    assert {row.state for row in rows} == {FilingState.RETURNED}
    assert [events_of_subject(row)[-1].detail["return_kind"] for row in rows] == [
        "correct",
        "supplement",
        "correct",
    ]


@on_both
def test_one_that_moved_keeps_all_from_going_back_and_is_named(world: World, waiting: list[Filing]) -> None:
    decisions = decided(waiting)
    operations.accept_filing(world.filing(2), by=world.users["office"], version=waiting[1].version)
    with pytest.raises(IllegalTransition, match="一份也没有退回。经发办“打通转化链条”"):
        operations.send_back_filings(decisions, by=world.users["office"])
    assert states(waiting) == [FilingState.SIGNED_OFF, FilingState.ACCEPTED, FilingState.SIGNED_OFF]


def test_every_reason_that_cannot_be_taken_is_named_before_anything_moves(
    world: World, waiting: list[Filing]
) -> None:
    reasons = ("请改。", " ", "长" * (REASON_LENGTH + 1))
    decisions = [
        SendingBack(filing, filing.version, why) for filing, why in zip(waiting, reasons, strict=True)
    ]
    with pytest.raises(FieldProblems) as refusal:
        operations.send_back_filings(decisions, by=world.users["office"])
    assert list(refusal.value.fields) == [f"reason_{filing.id}" for filing in waiting[1:]]
    assert states(waiting) == [FilingState.SIGNED_OFF] * 3


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_but_the_office_gives_back(app: Flask, world: World, waiting: list[Filing], who: str) -> None:
    with pytest.raises(NotAllowed):
        operations.send_back_filings(decided(waiting), by=world.users[who])
    client = log_in(app, world, who)
    query = {"read": mark(waiting[0])}
    answers = [
        client.get(ADDRESS, query_string=query),
        client.post(ADDRESS, query_string=query),
        client.post(f"{ADDRESS}/choose", data=query),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert states(waiting) == [FilingState.SIGNED_OFF] * 3


def test_from_the_ticks_to_the_words_and_who_will_be_notified(office: Browser, waiting: list[Filing]) -> None:
    marks = [mark(filing) for filing in waiting]
    assert f'formaction="{ADDRESS}/choose' in office.get("/review").get_data(as_text=True)
    answer = office.post(f"{ADDRESS}/choose", data={"read": marks})
    assert answer.status_code == 303
    page = office.get(answer.location)
    text = seen(page)
    assert "退回 3 份填报" in text
    assert "经发办 某部门填报员（部门填报员）、某部门负责人（部门负责人） 2" in text
    assert {f"reason_{filing.id}" for filing in waiting} <= set(inputs(page))
    assert page.get_data(as_text=True).count('name="read"') == 3


def test_without_a_tick_the_matrix_says_so(office: Browser) -> None:
    answer = office.post(f"{ADDRESS}/choose")
    assert answer.status_code == 422
    assert "一份也没有退回。请勾选后再办理" in seen(answer)
    assert office.get(ADDRESS).status_code == 422


def test_the_ticked_ones_go_back_and_their_departments_are_notified(
    app: Flask, office: Browser, world: World, waiting: list[Filing]
) -> None:
    kinds = {f"kind_{waiting[0].id}": "supplement"}
    answer = listed(office, waiting, **words(waiting[:2], **kinds))
    assert answer.status_code == 303
    assert states(waiting) == [FilingState.RETURNED, FilingState.RETURNED, FilingState.SIGNED_OFF]
    notices = Notice.select().where(Notice.account == world.users["filer"].account_id).order_by(Notice.id)
    kinds = [notice.kind for notice in notices]
    assert kinds[-2:] == [NoticeKind.SUPPLEMENT, NoticeKind.RETURNED]
    text = seen(log_in(app, world, "filer").get("/filings"))
    assert "请补充：第 1 项请写明数字。" in text
    assert "已退回：第 2 项请写明数字。" in text


def test_missing_words_come_back_with_the_rest_kept(office: Browser, waiting: list[Filing]) -> None:
    form = words(waiting, **{f"reason_{waiting[1].id}": ""})
    answer = listed(office, waiting, **form)
    assert answer.status_code == 422
    assert "退回须写明理由" in seen(answer)
    held = inputs(answer)
    assert held[f"reason_{waiting[0].id}"].strip() == "第 1 项请写明数字。"
    assert answer.get_data(as_text=True).count('type="checkbox"') == 3
    assert states(waiting) == [FilingState.SIGNED_OFF] * 3


def test_one_accepted_meanwhile_is_named_and_the_words_are_kept(
    office: Browser, world: World, waiting: list[Filing]
) -> None:
    operations.accept_filing(world.filing(1), by=world.users["office"], version=waiting[0].version)
    answer = listed(office, waiting, **words(waiting))
    assert answer.status_code == 409
    text = seen(answer)
    assert "一份也没有退回。经发办“夯实招商基础”" in text
    assert "现在不能退回" in text
    assert inputs(answer)[f"reason_{waiting[1].id}"].strip() == "第 2 项请写明数字。"
    assert answer.get_data(as_text=True).count(" checked") >= 2


def test_asking_for_more_shows_without_blame(app: Flask, office: Browser, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    form = {"version": str(filing.version), "reason": "请补企业名单。", "kind": "supplement"}
    assert office.post(f"/review/{filing.id}/send-back", data=form).status_code == 303
    assert world.filing(1).return_kind is ReturnKind.SUPPLEMENT
    page = log_in(app, world, "filer").get(f"/filings/{filing.id}")
    text = seen(page)
    assert "请补充，请修改后重新提交" in text
    assert "请补企业名单。" in text
    assert "已退回" not in text
    assert '<span class="tag tone-waiting">请补充' in page.get_data(as_text=True)
    reviewed = seen(office.get(f"/review/{filing.id}"))
    assert "请补充，等待部门修改后重新提交" in reviewed


def test_the_head_and_reopening_give_back_plainly(world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    office, filer, head = (world.users[who] for who in ("office", "filer", "head"))
    supplement = {"reason": "请补。", "kind": ReturnKind.SUPPLEMENT}
    operations.send_back_filing(filing, by=office, version=filing.version, **supplement)
    operations.submit_filing(filing, by=filer, version=filing.version)
    operations.return_filing(filing, by=head, version=filing.version, reason="请改。")
    assert world.filing(1).shown_state.label == "已退回"


def test_the_page_asks_a_fixed_number_of_questions(office: Browser, waiting: list[Filing]) -> None:
    with count_queries() as few:
        office.get(ADDRESS, query_string={"read": mark(waiting[0])})
    with count_queries() as many:
        office.get(ADDRESS, query_string={"read": [mark(filing) for filing in waiting]})
    assert len(many) == len(few)
