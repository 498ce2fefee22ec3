"""The register of directives: what it is narrowed down to, what it counts, and the workbook of the same rows."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.authority.policy import Action
from app.base.clock import today
from app.base.paging import PAGE_LENGTH
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from tests.clients import count_queries, log_in
from tests.directives.writing import (
    make_overdue,
    reload_directive,
    replied_directive,
    written_directive,
)
from tests.filing.pages import seen
from tests.overview.growth import grow
from tests.world import World

TEXTS = ("电梯加装要抓紧。", "养老设施查一遍。", "已经回复的事。", "只要知道。", "100%完成。")


@pytest.fixture
def written(world: World) -> World:
    written_directive(world, text=TEXTS[0])
    make_overdue(Directive.get())
    written_directive(world, "城管办", measure=3, text=TEXTS[1], kind=DirectiveKind.SUPERVISION)
    replied_directive(world, measure=2, text="已办。")
    Directive.update(text=TEXTS[2]).where(Directive.id == 3).execute()
    written_directive(world, text=TEXTS[3], kind=DirectiveKind.NOTED)
    written_directive(world, "一居", text=TEXTS[4])
    Directive.update(extension_to=today()).where(Directive.text == TEXTS[4]).execute()
    Directive.update(is_handwritten=True).where(Directive.text.in_((TEXTS[1], TEXTS[3]))).execute()
    return world


def part_of(world: World, measure: int) -> int:
    above = world.measures[measure - 1]
    while above.parent is not None:
        above = above.parent
    return int(above.id)


FILTERS: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "nothing": (lambda world: "", (0, 1, 2, 3, 4)),
    "state": (lambda world: "state=replied", (2,)),
    "noted": (lambda world: "state=noted", (3,)),
    "unsettled": (lambda world: "state=unsettled", (0, 1, 2, 4)),
    "overdue": (lambda world: "state=overdue", (0,)),
    "extension": (lambda world: "state=extension", (4,)),
    "unconfirmed": (lambda world: "state=unconfirmed", (1, 3)),
    "kind": (lambda world: "kind=supervision", (1,)),
    "department": (lambda world: f"department={world.departments['一居'].id}", (4,)),
    "leader": (lambda world: f"leader={world.leader.id}", (0, 1, 2, 3, 4)),
    "part": (lambda world: f"part={part_of(world, 3)}", (1,)),
    "two characters": (lambda world: "words=电梯", (0,)),
    "a per cent": (lambda world: "words=%25", (4,)),
    "sql": (lambda world: "words=' OR 1=1 --", ()),
    "a number": (lambda world: "words=2", (1,)),
    "days": (lambda world: "due_from=2000-01-01&due_to=2099-12-31", (0,)),
    "two": (lambda world: "words=要&kind=instruction", (0,)),
}


@pytest.mark.parametrize("name", FILTERS)
def test_the_list_the_counts_and_the_workbook_are_of_what_is_filtered(
    app: Flask, written: World, name: str
) -> None:
    make, numbers = FILTERS[name]
    office, query = log_in(app, written, "office"), make(written)
    shown = seen(office.get(f"/directives?{query}"))
    assert [text for text in TEXTS if text in shown] == [TEXTS[number] for number in numbers]
    data = office.get(f"/directives/register.xlsx?{query}").data
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=4, values_only=True))
    assert sorted(str(row[5]) for row in rows) == sorted(TEXTS[number] for number in numbers)


def test_a_filter_that_there_is_not_is_named_and_nothing_is_exported(app: Flask, written: World) -> None:
    office = log_in(app, written, "office")
    query = "leader=987&kind=x&due_from=2026-10-10&due_to=2026-01-01&words=" + "字" * 65
    refused = office.get(f"/directives?{query}")
    assert refused.status_code == 422
    shown = seen(refused)
    for sentence in ("请选择领导。", "请选择类别。", "“期限到”不能早于“期限从”", "请控制在 64 字以内"):
        assert sentence in shown
    assert office.get(f"/directives/register.xlsx?{query}").status_code == 422


@pytest.mark.parametrize(("query", "is_open"), [("state=open&words=走访", False), ("kind=instruction", True)])
def test_further_conditions_are_folded_unless_one_is_chosen(
    app: Flask, written: World, query: str, is_open: bool
) -> None:
    shown = log_in(app, written, "office").get(f"/directives?{query}").text
    assert ('<details class="filters-further" open>' in shown) is is_open


def test_what_is_noted_is_counted_by_itself(app: Flask, written: World) -> None:
    shown = seen(log_in(app, written, "office").get("/directives"))
    assert "待办理 3 / 4" in shown
    assert "已回复 1 / 4" in shown
    assert "已阅知 1" in shown


def test_more_directives_take_no_more_queries(app: Flask, written: World) -> None:
    office, address = log_in(app, written, "office"), f"/directives?part={part_of(written, 1)}&state=open"
    office.get(address)
    with count_queries() as few:
        office.get(address)
    grow(written)
    with count_queries() as many:
        office.get(address)
    assert len(many) == len(few)


def test_the_print_has_every_row_and_names_the_filter(app: Flask, world: World) -> None:
    for number in range(PAGE_LENGTH + 1):
        written_directive(world, text=f"第{number}件。")
    replied = replied_directive(world, "城管办", measure=3)
    browser = log_in(app, world, "office")
    address = "/directives/print?scope=all&state=open"
    assert address.replace("&", "&amp;") in browser.get("/directives?scope=all&state=open").text
    shown = seen(browser.get(address))
    assert f"批示登记（状态：待办理） 按 Ctrl+P 打印，横向 A4 共 {PAGE_LENGTH + 1} 件" in shown
    assert f"第{PAGE_LENGTH}件。" in shown
    assert replied.number_words not in shown
    assert browser.get("/directives/print?due_from=x").status_code == 422


def test_several_are_urged_at_once_and_the_filter_stays(app: Flask, world: World) -> None:
    first, second = (
        written_directive(world, "经发办", "城管办"),
        written_directive(world, "城管办", measure=3),
    )
    browser = log_in(app, world, "office")
    page = browser.get("/directives?state=open")
    assert page.text.count('name="directive"') == 2
    Notice.delete().execute()
    sent = {"directive": [first.key, second.key, "9", "2026-x", "2026-" + "9" * 5000]}
    answer = browser.post("/directives/remind?scope=all&state=open", data=sent)
    assert (answer.status_code, answer.location) == (303, "/directives?scope=all&state=open")
    assert "已催办 2 件，2 个部门会收到通知。" in seen(browser.get(answer.location))
    urged = Notice.select().where(Notice.kind == NoticeKind.URGED)
    heads = {world.users[f"head:{name}"].account_id for name in ("经发办", "城管办")}
    assert heads <= {one.account_id for one in urged}
    assert [step.action for step in reload_directive(second).steps] == [Action.REMIND_ADDRESSEES]


def test_nothing_is_offered_where_nothing_can_be_urged(app: Flask, world: World) -> None:
    replied_directive(world)
    office = log_in(app, world, "office")
    assert "催办勾选的" not in office.get("/directives").text
    written_directive(world, "城管办", measure=3)
    assert "催办勾选的" in office.get("/directives").text


def test_one_that_waits_for_no_answer_any_more_keeps_all_from_being_urged(app: Flask, world: World) -> None:
    waiting, replied = written_directive(world), replied_directive(world)
    browser = log_in(app, world, "office")
    assert seen(browser.post("/directives/remind", data={})).count("请先勾选要催办的批示。") == 1
    refused = browser.post("/directives/remind", data={"directive": [waiting.key, replied.key]})
    assert (refused.status_code, f"{replied.number_words}已经不用催办" in seen(refused)) == (409, True)
    assert list(reload_directive(waiting).steps) == []
    assert 'name="directive"' not in log_in(app, world, "filer").get("/directives").text
