"""Each role's own home."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.access.models import Grant
from app.composition.rules import DocumentKind
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import Document, RenderJob
from app.filing.core.life_cycle import FilingState
from app.issuing.announcements import tell_readers
from app.overview.home import ADMINISTRATION_COMMANDS
from app.plan.core.models import PlanItem
from tests.clients import count_queries, log_in
from tests.directives.writing import make_overdue, replied_directive, written_directive
from tests.filing.pages import brought_to, seen
from tests.overview.growth import grow, issue
from tests.world import World


@pytest.mark.parametrize("who", ["filer", "head"])
def test_a_department_comes_to_its_task_list(app: Flask, world: World, who: str) -> None:
    answer = log_in(app, world, who).get("/")
    assert (answer.status_code, answer.location) == (303, "/filings")


def test_the_office_sees_who_has_filed_and_who_has_not_by_name(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    brought_to(FilingState.SIGNED_OFF, world, measure=2)
    shown = seen(log_in(app, world, "office").get("/"))
    assert "已采用 1 / 4，占 25%" in shown
    assert "去审核，1 份待采用" in shown
    assert "经济发展办公室 2/2（100%） 1/2（50%）" in shown
    assert f"城市管理办公室 0/2（0%） 0/2（0%） {world.measures[2].title} 未报" in shown
    assert "未写 1 项" in shown[shown.index("第一居民区") :]


def test_a_leader_sees_the_measures_in_charge_with_light_and_word(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, measure=1)
    shown = seen(log_in(app, world, "leader").get("/"))
    assert f"{world.measures[0].title} ●绿灯 76%" in shown
    assert f"{world.measures[1].title} 未报" in shown
    assert world.measures[2].title not in shown
    assert "1 / 2 项，占 50%" in shown


def test_a_leader_sees_open_and_answered_directives_and_new_documents(app: Flask, world: World) -> None:
    replied_directive(world, measure=1, text="已办好。")
    make_overdue(written_directive(world, "城管办", measure=3))
    issue(world.period)
    shown = seen(log_in(app, world, "leader").get("/"))
    assert "已回复" in shown
    assert "已逾期待办理" in shown.replace(" ", "")
    assert "2026年第三季度推进情况报告" in shown


def test_a_leader_finds_the_reading_sheets_laid_before_him_and_what_he_has_not_opened(
    app: Flask, world: World
) -> None:
    issue(world.period)
    sheet = Document.get()
    sheet.kind, sheet.leader, sheet.title, sheet.number = DocumentKind.READING, world.leader, "呈批单", None
    sheet.save()
    RenderJob.create(document=sheet, state=JobState.DONE, requested_by="某人")
    tell_readers(sheet)
    leader = log_in(app, world, "leader")
    shown = seen(leader.get("/"))
    assert "呈我审阅的呈批单 呈批单" in shown
    assert "未读" in shown
    assert "未读" in seen(leader.get("/documents"))
    leader.get(f"/documents/{sheet.id}")
    shown = seen(leader.get("/"))
    assert ("呈批单" in shown, "未读" in shown, "None" in shown) == (True, False, False)


@pytest.mark.parametrize("who", ["office", "leader"])
def test_before_any_quarter_is_open_the_home_says_so(app: Flask, world: World, who: str) -> None:
    world.period.delete_instance(recursive=True)
    assert "还没有开启任何季度的填报" in seen(log_in(app, world, who).get("/"))


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_an_administrator_sees_the_commands_and_nothing_of_the_business(
    app: Flask, world: World, who: str
) -> None:
    shown = seen(log_in(app, world, who).get("/"))
    assert "管理员不接触业务数据" in shown
    assert "flask" in shown
    assert world.measures[0].title not in shown


def test_the_commands_exist(app: Flask) -> None:
    for commands in ADMINISTRATION_COMMANDS.values():
        for words, _purpose in commands:
            found: Any = app.cli
            for name in words.split()[1:]:
                found = found.commands[name]


def test_an_account_without_grants_reads_whom_to_ask(app: Flask, world: World) -> None:
    Grant.delete().where(Grant.account == world.users["auditor"].account_id).execute()
    assert "请联系安全管理员" in seen(log_in(app, world, "auditor").get("/"))


@pytest.mark.parametrize("who", ["office", "leader"])
def test_a_larger_sub_district_takes_no_more_queries(app: Flask, world: World, who: str) -> None:
    written_directive(world)
    PlanItem.update(leader=world.leader).execute()
    browser = log_in(app, world, who)
    with count_queries() as few:
        browser.get("/")
    grow(world)
    with count_queries() as many:
        browser.get("/")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("who", "address"), [("office", "/"), ("leader", "/"), ("office", "/review"), ("leader", "/overview")]
)
def test_a_last_day_is_named_as_included(app: Flask, world: World, who: str, address: str) -> None:
    assert "日截止（含当日），" in seen(log_in(app, world, who).get(address))
