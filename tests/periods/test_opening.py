"""Opening with the dates that were shown, taking it back, opening again what was closed: with whom hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.base.errors import BadInput, FieldProblems, IllegalTransition
from app.drafting.core.life_cycle import DocumentState
from app.filing.attachments.models import Attachment
from app.filing.core import operations as filings
from app.filing.core.life_cycle import FilingStanding
from app.filing.core.models import Filing
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.overview.measure_history import history_of_measure
from app.overview.queries import overview_of_quarter
from app.periods import operations
from app.periods.due_dates import early_words, usual_due_dates
from app.periods.models import Period, Unlock
from app.periods.queries import is_period_overdue, quarters_of_plan, undoable_quarters
from app.periods.rules import Quarter
from app.uploads.rules import FileKind
from tests.clients import log_in
from tests.databases import on_both
from tests.filing.pages import seen
from tests.web.subjects import document_in
from tests.world import THRESHOLDS, World, full_content

EARLY = datetime(2026, 12, 1, 9)  # the fourth quarter usually opens on 21 December
FOURTH = Quarter(2026, 4)


def open_fourth(world: World, opens_on: date | None = None) -> Period:
    dates = usual_due_dates(FOURTH)
    return operations.open_period(
        world.plan,
        FOURTH,
        by=world.users["office"],
        dates=replace(dates, opens_on=opens_on or dates.opens_on),
    )


def save(filing: Filing, world: World) -> None:
    filings.save_filing(
        filing, full_content(), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )


def refusal_of(operation: Callable[..., Any], *values: Any, **named: Any) -> str:
    with pytest.raises((BadInput, IllegalTransition)) as refused:
        operation(*values, **named)
    return str(refused.value)


def test_nothing_is_saved_before_the_day_on_which_filing_begins(world: World) -> None:
    with clock_stopped_at(EARLY):
        world.period = open_fourth(world)
        sentence = refusal_of(save, world.filing(1), world)
        assert sentence == (
            "2026年第四季度从2026年12月21日（周一）开始填报，现在还不能保存。需要提前的，请联系街道办公室。"
        )
        dates = replace(world.period.due_dates, opens_on=EARLY.date())
        operations.reschedule_period(world.period, dates, by=world.users["office"])
        save(world.filing(1), world)
    assert world.filing(1).progress


def test_on_the_day_itself_it_is_saved(world: World) -> None:
    with clock_stopped_at(EARLY):
        world.period = open_fourth(world)
    with clock_stopped_at(datetime(2026, 12, 20, 23, 59)):
        refusal_of(save, world.filing(1), world)
    with clock_stopped_at(datetime(2026, 12, 21)):
        save(world.filing(1), world)


def test_a_page_of_a_quarter_that_has_not_begun_shows_no_form_and_says_the_day(
    app: Flask, world: World
) -> None:
    with clock_stopped_at(EARLY):
        world.period = open_fourth(world)
        filer = log_in(app, world, "filer")
        page = filer.get(f"/filings/{world.filing(1).id}")
        assert "2026年12月21日（周一）开始填报" in seen(page)
        assert 'name="progress"' not in page.get_data(as_text=True)
        assert "2026年12月21日（周一）开始填报" in seen(filer.get("/filings?period=2026Q4"))
        assert "2026年第四季度从2026年12月21日（周一）开始填报" in seen(
            filer.get("/filings/excel?period=2026Q4")
        )
        answer = filer.post(f"/filings/{world.filing(1).id}", data={"version": 1, "progress": "已办。"})
    assert answer.status_code == 409
    assert "现在还不能保存" in seen(answer)
    assert Notice.get(
        Notice.topic == f"reminder:{world.period.id}:{world.departments['经发办'].id}"
    ).sentence.startswith("2026年第四季度填报从2026年12月21日（周一）开始")


def test_who_has_nothing_left_to_do_sees_when_the_next_quarter_begins(app: Flask, world: World) -> None:
    begins = "2026年第四季度从2026年12月21日（周一）开始填报。"
    with clock_stopped_at(EARLY):
        open_fourth(world)
        filer = log_in(app, world, "filer")
        assert begins not in seen(filer.get("/filings"))
        operations.close_period(world.period, by=SAMPLE_LOADER)
        assert begins in seen(filer.get("/filings"))


def test_opening_shows_the_dates_and_warns_when_it_is_early(app: Flask, world: World) -> None:
    with clock_stopped_at(EARLY):
        office = log_in(app, world, "office")
        page = office.get("/periods/open?quarter=2026Q4")
        assert "通常从2026年12月21日（周一）开始填报，现在早 20 天" in seen(page)
        dates = {name: str(day) for name, day in vars(usual_due_dates(FOURTH)).items()}
        wrong = office.post("/periods/open?quarter=2026Q4", data=dates | {"department_due": "2027-01-09"})
        assert wrong.status_code == 422
        assert "2027年1月9日（周六）不是工作日" in seen(wrong)
        assert not Period.select().where(Period.number == 4).exists()
        answer = office.post(
            "/periods/open?quarter=2026Q4", data=dates | {"opens_on": "2026-12-02"}, follow_redirects=True
        )
    assert "各部门从2026年12月2日（周三）开始填写" in seen(answer)
    assert Period.get(Period.number == 4).opens_on == date(2026, 12, 2)


@pytest.mark.parametrize(("day", "is_early"), [(20, True), (21, False), (22, False)])
def test_early_is_before_the_usual_day(day: int, *, is_early: bool) -> None:
    assert bool(early_words(date(2026, 12, day), FOURTH)) is is_early


@on_both
def test_an_opening_is_undone_until_something_is_saved(world: World) -> None:
    office = world.users["office"]
    with clock_stopped_at(EARLY):
        period = open_fourth(world, EARLY.date())
        topics = [
            f"reminder:{period.id}:{world.departments['经发办'].id}",
            f"contributions:{period.id}:{world.departments['城管办'].id}",
        ]
        assert {row.topic for row in Notice.select().where(Notice.topic.in_(topics))} == set(topics)
        operations.undo_opening(period, by=office)
    assert [row.number for row in Period.select()] == [3]
    assert Filing.select().count() == 4
    assert not Notice.select().where(Notice.topic.in_(topics)).exists()
    assert {row.account.username for row in Notice.select().where(Notice.kind == NoticeKind.PERIOD)} >= {
        "filer-1",
        "head-1",
    }
    assert events_of_subject(period)[-1].action == "undo_opening"
    with clock_stopped_at(EARLY):
        again = open_fourth(world, EARLY.date())
        assert (
            Notice.select()
            .where(Notice.topic == f"reminder:{again.id}:{world.departments['经发办'].id}")
            .exists()
        )
        world.period = again
        save(world.filing(1), world)
        assert refusal_of(operations.undo_opening, again, by=office) == (
            "2026年第四季度已有 1 份保存过内容的填报，不能撤销开启。"
        )
    assert Filing.select().count() == 8


def test_evidence_and_documents_keep_a_quarter_too(world: World) -> None:
    with clock_stopped_at(EARLY):
        world.period = open_fourth(world)
        kept = Attachment.create(
            filing=world.filing(1),
            name="a.pdf",
            kind=FileKind.PDF,
            size=5,
            sha256="0" * 64,
            uploaded_by="某人",
        )
        assert "1 份保存过内容的填报" in refusal_of(
            operations.undo_opening, world.period, by=world.users["office"]
        )
        assert not undoable(world)
        kept.delete_instance()
        assert undoable(world)
        document_in(DocumentState.ISSUED, world)
        assert not undoable(world)
        assert "1 份公文" in refusal_of(operations.undo_opening, world.period, by=world.users["office"])
        operations.close_period(world.period, by=SAMPLE_LOADER)
        assert "已经关闭" in refusal_of(operations.undo_opening, world.period, by=world.users["office"])


def undoable(world: World) -> bool:
    return world.period.quarter in undoable_quarters(quarters_of_plan(world.plan))


def test_undoing_says_first_what_goes(app: Flask, world: World) -> None:
    with clock_stopped_at(EARLY):
        world.period = open_fourth(world, EARLY.date())
        office, address = log_in(app, world, "office"), f"/periods/{world.period.id}/undo"
        assert "4 份空白的填报一并删去" in seen(office.get(address))
        assert f'href="{address}"' in office.get("/periods").text
        save(world.filing(1), world)
        assert f'href="{address}"' not in office.get("/periods").text
        assert "已有 1 份保存过内容的填报，不能撤销开启" in seen(office.get(address))
        assert office.post(address).status_code == 422
        Filing.update(version=1).execute()
        answer = office.post(address, follow_redirects=True)
    assert "已撤销2026年第四季度的开启" in seen(answer)


def notified(topic: str) -> dict[str, str]:
    return {row.account.username: row.sentence for row in Notice.select().where(Notice.topic == topic)}


def test_those_whom_a_changed_date_concerns_hear_of_it(world: World) -> None:
    office, period = world.users["office"], world.period
    topic, before = f"dates:{period.id}", period.due_dates
    operations.reschedule_period(period, before, by=office)
    assert notified(topic) == {}
    operations.reschedule_period(
        period, replace(before, leader_due=before.leader_due + timedelta(days=1)), by=office
    )
    assert notified(topic) == {
        "leader": "2026年第三季度的填报日期有变：领导审阅截止改为2026年10月21日（周三）。"
    }
    operations.reschedule_period(
        period, replace(period.due_dates, department_due=date(2026, 10, 14), grace_days=2), by=office
    )
    departments = (
        "2026年第三季度的填报日期有变：部门报送截止改为2026年10月14日（周三），宽限改为 2 个工作日。"
    )
    assert {name: words for name, words in notified(topic).items() if name != "leader"} == {
        f"{role}-{number}": departments for role in ("filer", "head") for number in (1, 2, 3)
    }


def test_a_closed_quarter_is_opened_again_with_a_reason(world: World) -> None:
    office, period = world.users["office"], world.period
    assert "没有关闭" in refusal_of(operations.reopen_period, period, reason="补报。", by=office)
    with clock_stopped_at(datetime(2026, 10, 26, 9)):
        operations.close_period(period, by=office)
        until = datetime(2026, 10, 28, 18)
        department = world.departments["城管办"]
        operations.unlock_department(period, department, until=until, reason="补改。", by=office)
        refusal_of(save, world.filing(1), world)
        for reason in (" ", "长" * 201):
            with pytest.raises(FieldProblems):
                operations.reopen_period(period, reason=reason, by=office)
        operations.reopen_period(period, reason="区里要求补报。", by=office)
        save(world.filing(1), world)
        assert not Unlock.get().is_in_force
        operations.close_period(period, by=office)
        assert "已关闭" in refusal_of(save, world.filing(1), world)
    found = [event for event in events_of_subject(period) if event.action == "reopen_period"]
    assert [event.reason for event in found] == ["区里要求补报。"]
    notice = Notice.get(Notice.topic == f"dates:{period.id}")
    assert (notice.kind, notice.detail) == (NoticeKind.PERIOD, "理由：区里要求补报。")


def test_reopening_asks_for_the_reason(app: Flask, world: World) -> None:
    office, address = log_in(app, world, "office"), f"/periods/{world.period.id}/reopen"
    assert "不需要重新开启" in seen(office.get(address))
    operations.close_period(world.period, by=SAMPLE_LOADER)
    answer = office.post(address, data={"reason": ""})
    assert (answer.status_code, "请写明为什么重新开启" in seen(answer)) == (422, True)
    answer = office.post(address, data={"reason": "补报。"}, follow_redirects=True)
    assert "2026年第三季度的填报已重新开启" in seen(answer)


def test_what_a_closed_quarter_lacks_was_not_handed_in_and_is_overdue_no_more(
    app: Flask, world: World
) -> None:
    office = log_in(app, world, "office")
    pages = ("/", "/review", "/overview", f"/measures/{world.measures[0].id}")
    with clock_stopped_at(datetime(2026, 11, 2, 9)):
        assert all("逾期未报" in seen(office.get(page)) for page in pages)
        operations.close_period(world.period, by=SAMPLE_LOADER)
        texts = [seen(office.get(page)) for page in pages]
        period = Period.get_by_id(world.period.id)
        assert not is_period_overdue(period)
        standings = {one.standing for one in overview_of_quarter(period).filed}
        quarter = history_of_measure(world.measures[0]).quarters[0]
    assert not any("逾期" in text for text in texts)
    assert all("未报" in text for text in texts)
    assert "未报4项（" in texts[0]
    assert standings == {FilingStanding.UNREPORTED}
    assert quarter.standing_in_quarter(quarter.leading) is FilingStanding.UNREPORTED
