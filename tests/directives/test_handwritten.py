"""What a leader wrote by hand: entered by the office with its scan, confirmed or corrected once by its leader."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from peewee import IntegrityError
from werkzeug.test import TestResponse

from app.audit.models import Event
from app.authority.actor import SYSTEM
from app.base.clock import today
from app.base.database import database
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed
from app.base.settings.settings import Settings
from app.directives.core.announcements import ask_to_confirm, confirmation_topic
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive
from app.directives.core.scans import DirectiveScan
from app.directives.handwritten import operations as handwritten_operations
from app.directives.handwritten.operations import confirm_directive
from app.directives.steps.operations import withdraw_directive
from app.filing.attachments.upkeep import delete_unneeded, unknown_files, verify_store
from app.notices.models import Notice
from app.org.models import Leader
from app.periods.rules import Quarter
from app.plan.core.queries import measures_of_plan
from app.uploads.inspection import ExaminedFile, SentFile, examine_files
from app.uploads.rules import FileQuota
from app.uploads.store import FileStore
from tests.clients import log_in
from tests.databases import on_both
from tests.directives.test_seats import successor_of
from tests.directives.writing import WORDS, reload_directive, written_directive
from tests.filing.pages import seen
from tests.overview.growth import set_due
from tests.plan.two_plans import next_plan
from tests.uploads.files import pdf
from tests.world import World, open_at_once

PATH, PDF = "/directives/handwritten", pdf()


def written_on() -> date:
    return today() - timedelta(days=3)


def entered(app: Flask, world: World, *, who: str = "office", **changes: object) -> TestResponse:
    """Send the form of what a leader wrote by hand three days ago, with `changes`."""
    data: dict[str, object] = {
        "leader": str(world.leader.id),
        "kind": "instruction",
        "text": WORDS,
        "main": str(world.departments["经发办"].id),
        "measures": [str(world.measures[0].id)],
        "urgency": "usual",
        "written_on": written_on().isoformat(),
        "scans": (io.BytesIO(PDF), "批示.pdf"),
        **changes,
    }
    return log_in(app, world, who).post(PATH, data=data)


def handwritten(app: Flask, world: World, **changes: object) -> Directive:
    assert entered(app, world, **changes).status_code == 303
    return reload_directive(Directive.select().order_by(Directive.id.desc()).get())


def store_of(settings: Settings) -> FileStore:
    return FileStore(str(settings.instance / "attachments"))


def test_it_bears_the_day_on_which_it_was_written_and_its_leader_is_asked(app: Flask, world: World) -> None:
    directive = handwritten(app, world)
    assert (directive.author, directive.created_at) == (
        world.leader.name,
        datetime.combine(written_on(), time(12)),
    )
    assert [one.id for one in directive.measures] == [world.measures[0].id]
    asked = [one for one in Notice.select() if one.topic == f"directive-confirmation:{directive.id}"]
    assert [one.account_id for one in asked] == [world.users["leader"].account_id]
    shown = seen(log_in(app, world, "leader").get(f"/directives/{directive.key}"))
    assert "待周示例核对确认" in shown
    assert "批示.pdf" in shown
    assert "手写待确认" in seen(log_in(app, world, "office").get("/directives"))


def test_its_scans_are_examined_once_and_before_anybody_waits(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []

    def examine(sent: Sequence[SentFile], quota: FileQuota) -> list[ExaminedFile]:
        depths.append(database.transaction_depth())
        return examine_files(sent, quota)

    monkeypatch.setattr("app.directives.handwritten.operations.examine_files", examine)
    first, second = (entered(app, world, once="a" * 32, scans=(io.BytesIO(PDF), "批示.pdf")) for _ in "ab")
    assert (first.status_code, first.location) == (303, second.location)
    assert (depths, Directive.select().count(), DirectiveScan.select().count()) == ([0], 1, 1)


def test_what_was_written_on_last_years_measures_is_entered_in_the_new_year(app: Flask, world: World) -> None:
    office, old = log_in(app, world, "office"), world.measures[2]
    with app.app_context():
        new = measures_of_plan(next_plan())[0]
        world.period = open_at_once(new.plan, Quarter(new.plan.year, 1))
        set_due(world, days_ago=30)
    assert f'value="{new.id}"' in office.get(PATH).text
    assert f'value="{old.id}"' in office.get(f"{PATH}?measure={old.id}").text
    for measure in (old, new):
        answer = entered(app, world, measures=[str(measure.id)], scans=(io.BytesIO(PDF), "批示.pdf"))
        assert answer.status_code == 303, seen(answer)
    assert [one.measures for one in map(reload_directive, Directive.select())] == [[old], [new]]


def test_its_leader_confirms_it_once(app: Flask, world: World) -> None:
    directive = handwritten(app, world)
    assert "核对录入的手写批示" in seen(log_in(app, world, "leader").get("/"))
    browser, address = log_in(app, world, "leader"), f"/directives/{directive.key}"
    form = {"text": WORDS, "version": str(directive.version)}
    page = browser.get(address)
    assert f">{WORDS}</textarea>" in page.text.replace("\n", "").replace("\r", "")
    assert page.text.index('<details class="no-print after-list" open>') < page.text.index("补充批示")
    Notice.delete().execute()
    assert browser.post(f"{address}/confirm", data=form).status_code == 303
    assert "已由领导核对确认" in seen(browser.get(address))
    assert {one.account_id for one in Notice.select()} == {world.users["office"].account_id}
    again = browser.post(f"{address}/confirm", data={**form, "version": str(directive.version + 1)})
    assert (again.status_code, "已经确认过" in seen(again)) == (409, True)
    assert "核对确认手写批示" not in seen(browser.get(address))


def test_it_waits_for_its_own_leader_until_it_is_confirmed_or_withdrawn(app: Flask, world: World) -> None:
    noted = written_directive(world, kind=DirectiveKind.NOTED)
    withdrawn = written_directive(world)
    Directive.update(is_handwritten=True).execute()
    ask_to_confirm(withdrawn, by=world.users["office"])
    waits = "核对录入的手写批示：第 1 项", "批示 待办 1 件"
    with app.app_context():
        withdraw_directive(withdrawn, "写错了。", by=world.users["leader"], version=withdrawn.version)
    asked = Notice.get(Notice.topic == confirmation_topic(withdrawn))
    assert asked.read_at is not None
    leader = log_in(app, world, "leader")
    home = seen(leader.get("/"))
    assert [home.count(words) for words in waits] == [1, 1]
    assert "没有待办理的批示" in home
    assert noted.number_words in seen(leader.get("/directives?state=unconfirmed"))
    assert withdrawn.number_words not in seen(leader.get("/directives?state=unconfirmed"))
    assert "核对确认" not in seen(leader.get(f"/directives/{withdrawn.key}"))
    successor_of(world)
    home = seen(log_in(app, world, "leader:next").get("/"))
    assert [home.count(words) for words in waits] == [0, 0]


def test_those_addressed_hear_of_what_he_corrects_and_what_stood_there_is_kept(
    world: World,
) -> None:
    directive = written_directive(world, "经发办", "城管办")
    Directive.update(is_handwritten=True).where(Directive.id == directive.id).execute()
    Notice.delete().execute()
    ask_to_confirm(reload_directive(directive), by=world.users["office"])
    confirm_directive(directive, "改过的话。", by=world.users["leader"], version=directive.version)
    asked = Notice.get(Notice.topic == confirmation_topic(directive))
    assert (asked.account_id, asked.read_at is None) == (world.users["leader"].account_id, False)
    corrected = reload_directive(directive)
    assert (corrected.text, corrected.is_unconfirmed) == ("改过的话。", False)
    assert corrected.history[-1].step.text == f"录入时为：{WORDS}"  # type: ignore[union-attr]
    heads = {world.users[f"head:{name}"].account_id for name in ("经发办", "城管办")}
    assert heads < {one.account_id for one in Notice.select()}
    with pytest.raises(IllegalTransition):
        confirm_directive(corrected, "再改。", by=world.users["leader"], version=corrected.version)
    with pytest.raises(NotAllowed):
        confirm_directive(corrected, "再改。", by=world.users["office"], version=corrected.version)


@on_both
def test_only_what_is_handwritten_is_confirmed(world: World) -> None:
    directive = written_directive(world)
    with pytest.raises(IntegrityError), Directive._meta.database.atomic():
        Directive.update(confirmed_at=directive.created_at).execute()
    with pytest.raises(IllegalTransition, match="不用确认"):
        confirm_directive(directive, WORDS, by=world.users["leader"], version=directive.version)
    with pytest.raises(FieldProblems):
        confirm_directive(directive, " ", by=world.users["leader"], version=directive.version)


def test_a_scan_that_was_swept_away_meanwhile_is_put_back(
    app: Flask, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, write = store_of(settings), handwritten_operations.write_directive

    def sweep_and_write(*given: Any, **named: Any) -> Directive:
        for sha256, _ in [*store.stored_places()]:
            store.delete_file(sha256)
        return write(*given, **named)

    monkeypatch.setattr(handwritten_operations, "write_directive", sweep_and_write)
    handwritten(app, world)
    assert store.holds_file(DirectiveScan.get().sha256)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"leader": "", "text": "", "main": "", "written_on": "", "scans": (io.BytesIO(b""), "")},
            (
                "请选择",
                "请写明批示内容。",
                "请选择主办部门。",
                "请填写领导写批示的日期。",
                "请选择手写批示的扫描件",
            ),
        ),
        ({"written_on": "2001-01-01"}, ("领导写批示的日期太早了",)),
        ({"scans": (io.BytesIO(b"hello"), "批示.pdf")}, ("内容与扩展名不符",)),
        ({"scans": (io.BytesIO(b""), "批示.pdf"), "text": "字" * 2001}, ("这是空文件", "共 2001 字")),
        ({"scans": (io.BytesIO(b"MZ"), "批示.exe")}, ("批示.exe",)),
    ],
)
def test_every_mistake_is_named_at_once_and_what_was_typed_stays(
    app: Flask, world: World, changes: dict[str, object], sentences: tuple[str, ...]
) -> None:
    refused = entered(app, world, **changes)
    assert refused.status_code == 422
    assert [sentence for sentence in sentences if sentence not in seen(refused)] == []
    assert "text" in changes or WORDS in refused.text
    assert (Directive.select().count(), DirectiveScan.select().count()) == (0, 0)


def test_nobody_has_written_tomorrow(app: Flask, world: World) -> None:
    refused = entered(app, world, written_on=(today() + timedelta(days=1)).isoformat())
    assert refused.status_code == 422
    page = seen(refused)
    assert "领导写批示的日期不能晚于今天。" in page and "重新选择扫描件" in page
    assert (Directive.select().count(), DirectiveScan.select().count()) == (0, 0)


def test_the_scan_is_handed_out_to_those_who_read_the_directive(app: Flask, world: World) -> None:
    directive = handwritten(app, world, is_confidential="y")
    path = f"/directives/{directive.key}/scans/1"
    assert log_in(app, world, "leader").get(path.replace("/1", "/2")).status_code == 404
    other = Leader.create(name="吴示例", post="副主任", position=2)
    assert other
    answers = {
        who: log_in(app, world, who).get(path) for who in ("office", "leader", "head", "filer", "head:一居")
    }
    assert {who: answer.status_code for who, answer in answers.items()} == {
        **dict.fromkeys(("office", "leader", "head"), 200),
        **dict.fromkeys(("filer", "head:一居"), 404),
    }
    assert answers["leader"].data == PDF
    noted = {one.summary for one in Event.select().where(Event.action == "download_scan")}
    assert noted == {directive.number_words}


def test_the_store_keeps_the_scan_and_knows_of_it(app: Flask, world: World, settings: Settings) -> None:
    handwritten(app, world)
    store = store_of(settings)
    assert (list(verify_store(store)), unknown_files(store)) == ([], [])
    delete_unneeded(store, by=SYSTEM)
    assert store.holds_file(DirectiveScan.get().sha256)
    store.delete_file(DirectiveScan.get().sha256)
    assert len(list(verify_store(store))) == 1
