"""Mail of notices over a real connection: one letter a seat, retried, never lost, never twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.access.models import Account
from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at
from app.base.errors import BadInput
from app.base.settings.settings import Settings
from app.notices.delivery import deliver_mail
from app.notices.mail import mail_server
from app.notices.models import Notice
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    seat_of_leader,
    seats_of_departments,
)
from tests.databases import on_both
from tests.notices.mail_stub import Mailbox, mail_server_running
from tests.world import World

MORNING = datetime(2026, 10, 9, 9, 0)
TEN_MINUTES, TRIES = timedelta(minutes=10), 5
ADDRESS = {"filer": "filer@example.gov.cn", "head": "head@example.gov.cn"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server_running() as mailbox:
        yield mailbox


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    return replace(
        settings,
        smtp_url=mailbox.url,
        mail_from="计划 <plan@example.gov.cn>",
        site_url="https://plan.example",
    )


@pytest.fixture
def posted(app: Flask, world: World) -> Iterator[World]:
    """The world inside the application, with two notices at nine to 经发办, whose seats have addresses."""
    for name, address in ADDRESS.items():
        Account.update(email=address).where(Account.id == world.users[name].account_id).execute()
    with app.app_context():
        tell(world, "一份填报被退回。", "one")
        tell(world, "又一份填报被退回。", "two")
        yield world


def tell(world: World, sentence: str, topic: str) -> None:
    message = NoticeMessage(NoticeKind.RETURNED, sentence, "/filings/7", topic, "理由：请写明数量。")
    departments = (world.departments[name].id for name in ("经发办", "城管办"))
    with clock_stopped_at(MORNING):
        send_notice(message, to=seats_of_departments(*departments))


def deliver_at(moment: datetime) -> None:
    with clock_stopped_at(moment):
        deliver_mail(by=SYSTEM)


@on_both
def test_a_leader_gets_one_letter_a_day_with_all_that_came(posted: World, mailbox: Mailbox) -> None:
    leader = posted.users["leader"].account_id
    Account.update(email="leader@example.gov.cn").where(Account.id == leader).execute()
    for hour in (9, 11, 15, 17):
        with clock_stopped_at(MORNING.replace(hour=hour)):
            message = NoticeMessage(NoticeKind.REPLY, f"{hour} 点的回复。", "/", f"topic:{hour}")
            send_notice(message, to=seat_of_leader(posted.leader.id))
            deliver_mail(by=SYSTEM)

    def received() -> list[str]:
        letters = [letter for letter in mailbox.letters if letter["To"] == "leader@example.gov.cn"]
        return [str(letter.get_content()) for letter in letters]

    (letter,) = received()
    assert [f"{hour} 点的回复。" in letter for hour in (9, 11, 15, 17)] == [True, True, True, False]
    with clock_stopped_at(MORNING.replace(day=10, hour=17)):
        deliver_mail(by=SYSTEM)
    assert "17 点的回复。" in received()[1]


@on_both
def test_a_worker_that_was_down_over_the_hour_sends_no_second_letter(posted: World, mailbox: Mailbox) -> None:
    leader = posted.users["leader"].account_id
    Account.update(email="leader@example.gov.cn").where(Account.id == leader).execute()
    for day, hour in ((9, 15), (10, 9)):
        with clock_stopped_at(MORNING.replace(day=day, hour=hour)):
            message = NoticeMessage(NoticeKind.REPLY, f"{day} 日的回复。", "/", f"topic:{day}")
            send_notice(message, to=seat_of_leader(posted.leader.id))
    for hour in (10, 16, 17):  # the worker is back in the morning of the next day
        deliver_at(MORNING.replace(day=10, hour=hour))
    letters = [letter for letter in mailbox.letters if letter["To"] == "leader@example.gov.cn"]
    (words,) = [str(letter.get_content()) for letter in letters]
    assert ("9 日的回复。" in words, "10 日的回复。" in words) == (True, True)


def test_a_seat_with_an_address_gets_one_letter_with_all_its_news_once(
    posted: World, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    deliver_at(MORNING)
    deliver_at(MORNING + TEN_MINUTES)
    assert caplog.records == []
    assert sorted(letter["To"] for letter in mailbox.letters) == sorted(ADDRESS.values())
    letter = mailbox.letters[0]
    assert letter["Subject"] == "【退回】一份填报被退回。（另有 1 条）"
    assert letter["From"] == "计划 <plan@example.gov.cn>"
    body = letter.get_content()
    for words in ("又一份填报被退回。", "理由：请写明数量。", "https://plan.example/filings/7"):
        assert words in body
    assert len(mailbox.logins) == 1


@on_both
def test_a_refused_address_is_logged_and_tried_again_without_repeating_the_others(
    posted: World, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.refused = {ADDRESS["head"]}
    deliver_at(MORNING)
    assert [letter["To"] for letter in mailbox.letters] == [ADDRESS["filer"]]
    assert "head-1" in caplog.text
    mailbox.refused = set()
    deliver_at(MORNING + TEN_MINUTES - timedelta(seconds=1))
    assert len(mailbox.letters) == 1
    deliver_at(MORNING + TEN_MINUTES)
    assert [letter["To"] for letter in mailbox.letters] == [ADDRESS["filer"], ADDRESS["head"]]


def test_after_a_few_tries_it_is_given_up(posted: World, mailbox: Mailbox) -> None:
    mailbox.refused = set(ADDRESS.values())
    for number in range(TRIES):
        deliver_at(MORNING + number * TEN_MINUTES)
    mailbox.refused = set()
    deliver_at(MORNING + TRIES * TEN_MINUTES)
    assert mailbox.letters == []


def test_old_news_is_not_mailed(posted: World, mailbox: Mailbox) -> None:
    deliver_at(MORNING + timedelta(days=1))
    assert mailbox.letters == []


@on_both
def test_news_that_is_settled_before_the_mail_goes_is_not_mailed(posted: World, mailbox: Mailbox) -> None:
    settle_topic("one")
    deliver_at(MORNING)
    assert {letter["Subject"] for letter in mailbox.letters} == {"【退回】又一份填报被退回。"}


def test_a_mail_server_that_is_away_costs_nothing_but_time(
    posted: World, app: Flask, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    up = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(up, smtp_url="smtp://127.0.0.1:1")
    deliver_at(MORNING)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    app.config["SETTINGS"] = up
    deliver_at(MORNING + TEN_MINUTES)
    assert len(mailbox.letters) == 2


def test_without_a_mail_server_nothing_is_tried(posted: World, app: Flask, mailbox: Mailbox) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url="")
    deliver_at(MORNING)
    assert mailbox.letters == []
    assert not Notice.select().where(Notice.mail_tries > 0).exists()


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://host:port"])
def test_a_wrong_address_of_the_server_stops_the_start_and_shows_no_password(
    tmp_path: Path, settings: Settings, url: str
) -> None:
    with pytest.raises(BadInput, match="SMTP_URL"):
        create_app(replace(settings, smtp_url=url))


def test_ports_and_passwords_are_read_from_the_address() -> None:
    server = mail_server("smtps://plan:a%40b@mail.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 465, "plan", "a@b")
    assert mail_server("smtp://mail.example:2525").port == 2525
