"""Who hears of a step in a filing's life: those whom it concerns, and nobody else."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.base.errors import IllegalTransition
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.databases import on_both
from tests.filing.pages import contributed
from tests.world import THRESHOLDS, World, full_content

OFFICE_REASON = "请补充走访企业的数量。"


def written(world: World, measure: int, department: str = "经发办") -> Filing:
    """Return a filing that its department has submitted."""
    filing = world.filing(measure, department)
    operations.save_and_submit(
        filing,
        full_content(),
        by=world.users[f"filer:{department}"],
        version=filing.version,
        thresholds=THRESHOLDS,
    )
    return filing


def signed(world: World, measure: int, department: str = "经发办") -> Filing:
    filing = written(world, measure, department)
    operations.sign_off_filing(filing, by=world.users[f"head:{department}"], version=filing.version)
    return filing


def accepted(world: World, measure: int) -> Filing:
    filing = signed(world, measure)
    operations.accept_filing(filing, by=world.users["office"], version=filing.version)
    return filing


def unread(world: World) -> set[tuple[str, NoticeKind]]:
    """Return what stands unread with whom, by the user's key; what automatic reminders said is left out."""
    names = {user.account_id: name for name, user in world.users.items() if ":" in name}
    others = {user.account_id: name for name, user in world.users.items() if ":" not in name}
    rows = Notice.select().where(Notice.read_at.is_null() & (Notice.kind != NoticeKind.REMINDER))
    return {((others | names)[notice.account_id], notice.kind) for notice in rows}


def test_a_submitted_filing_waits_for_the_departments_head(world: World) -> None:
    written(world, 1)
    assert unread(world) == {("head:经发办", NoticeKind.TO_SIGN)}


@on_both
def test_the_head_has_one_notice_for_all_that_waits_until_it_is_signed(world: World) -> None:
    first, second = written(world, 1), written(world, 2)
    (notice,) = Notice.select().where(Notice.kind == NoticeKind.TO_SIGN)
    assert notice.sentence == "经发办2026年第三季度有 2 份填报待您审签。"
    operations.sign_off_filing(first, by=world.users["head"], version=first.version)
    assert ("head:经发办", NoticeKind.TO_SIGN) in unread(world)
    operations.sign_off_filing(second, by=world.users["head"], version=second.version)
    assert unread(world) == set()


def test_a_head_who_submits_needs_no_notice(world: World) -> None:
    filing = world.filing(1)
    operations.save_and_submit(
        filing, full_content(), by=world.users["head"], version=filing.version, thresholds=THRESHOLDS
    )
    assert unread(world) == set()


def test_what_the_head_returns_reaches_the_filer_with_the_reason(world: World) -> None:
    filing = written(world, 1)
    operations.return_filing(filing, by=world.users["head"], version=filing.version, reason="数字不对。")
    assert unread(world) == {("filer:经发办", NoticeKind.RETURNED)}
    assert "数字不对。" in Notice.get(Notice.kind == NoticeKind.RETURNED).detail


def test_what_the_office_sends_back_reaches_filer_and_head_until_it_is_handed_in_again(world: World) -> None:
    filing = signed(world, 1)
    operations.send_back_filing(
        filing, by=world.users["office"], version=filing.version, reason=OFFICE_REASON
    )
    assert unread(world) == {(f"{role}:经发办", NoticeKind.RETURNED) for role in ("filer", "head")}
    assert OFFICE_REASON in Notice.get(Notice.kind == NoticeKind.RETURNED).detail
    operations.submit_filing(filing, by=world.users["filer"], version=filing.version)
    assert unread(world) == {("head:经发办", NoticeKind.TO_SIGN)}


def test_acceptance_reaches_the_filer_counted_in_one_notice(world: World) -> None:
    accepted(world, 1)
    accepted(world, 2)
    assert unread(world) == {("filer:经发办", NoticeKind.ACCEPTED)}
    (notice,) = Notice.select().where(Notice.kind == NoticeKind.ACCEPTED)
    assert notice.sentence == "经发办2026年第三季度的填报已采用 2/2 份。"
    assert notice.detail == "最近采用：第 2 项（打通转化链条）"


def test_reopening_reaches_filer_and_head_and_settles_the_acceptance(world: World) -> None:
    filing = accepted(world, 1)
    operations.reopen_filing(filing, by=world.users["office"], version=filing.version, reason=OFFICE_REASON)
    assert unread(world) == {(f"{role}:经发办", NoticeKind.REOPENED) for role in ("filer", "head")}


def test_saving_a_draft_tells_nobody(world: World) -> None:
    filing = world.filing(1)
    operations.save_filing(
        filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    assert unread(world) == set()


def test_a_step_that_is_refused_tells_nobody(world: World) -> None:
    filing = written(world, 1)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    with pytest.raises(IllegalTransition):
        operations.return_filing(filing, by=world.users["head"], version=filing.version, reason="太晚了。")
    assert world.filing(1).state is FilingState.SIGNED_OFF
    assert unread(world) == set()


def test_every_notice_leads_to_a_page(app: Flask, world: World) -> None:
    """Paths are stored as text: this is what holds them to the routes."""
    contributed(world, 1, "城管办")
    filing = accepted(world, 1)
    operations.reopen_filing(filing, by=world.users["office"], version=filing.version, reason=OFFICE_REASON)
    written(world, 2)
    routes = app.url_map.bind("127.0.0.1")
    paths = {notice.path for notice in Notice.select()}
    assert len(paths) == 4
    endpoints = {routes.match(urlsplit(path).path)[0] for path in paths}
    assert endpoints == {"filing.show_filing", "filing.task_list"}
