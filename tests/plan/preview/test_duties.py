"""Who is to answer for the measures of a draft: what the plan prints, what last year had, what a person writes."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.base.errors import BadInput, StaleVersion
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.queries import measures_of_plan, responsible_by_measure
from app.plan.importer.block_edits import BlockEdit, EditKind
from app.plan.preview.duty_grid import DutyGrid, RowOrigin
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import confirm_import, decide_names, edit_blocks, save_duty_rows
from app.plan.preview.preview_page import PreviewPage
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import inputs, seen
from tests.plan.preview.import_drafts import read_draft, start_of
from tests.world import World

DUTIES = "（经济发展办公室牵头，城管执法局、第一居民区配合）"


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def test_what_is_only_proposed_is_not_stored(world: World) -> None:
    """Nobody looked at the grid: what the plan prints is stored, who answered last year is not."""
    plan = confirm_import(read_draft(world, DUTIES), by=world.users["office"], version=1)
    duties = responsible_by_measure(plan)
    assert [bool(duties.get(one.id)) for one in measures_of_plan(plan)] == [True, False, False, False, False]


def grid_of(draft: ImportDraft) -> DutyGrid:
    return DutyGrid(fresh(draft), PreviewPage(fresh(draft)).plan)


def answers(grid: DutyGrid) -> list[tuple[str, str, str, str]]:
    return [(row.lead, row.supports, row.leader, row.origin) for row in grid.rows]


def test_what_the_plan_prints_goes_before_last_year(world: World) -> None:
    """Measures 1 to 4 of this year are those of the year before; only the first says who answers for it."""
    grid = grid_of(read_draft(world, DUTIES))
    assert answers(grid)[0] == ("经发办", "一居", "周示例", RowOrigin.PLAN_WITH_LEADER)
    assert answers(grid)[2] == ("城管办", "", "", RowOrigin.LAST_YEAR)
    assert [(name.name, name.places, name.chosen, name.is_decided) for name in grid.unclear_names] == [
        ("城管执法局", "第 1 项", "", False)
    ]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_leader_that_the_plan_does_not_print_is_proposed(world: World, is_known: bool) -> None:
    """Who was in charge of the measure before, else of most that its lead led; stored once a person kept it."""
    PlanItem.update(leader=world.leader).where(PlanItem.id == world.measures[0].id).execute()
    draft = read_draft(world, DUTIES)
    if not is_known:
        ImportDraft.update(predecessors={"chosen": {}}).execute()
    grid = grid_of(draft)
    assert answers(grid)[0] == ("经发办", "一居", "周示例", RowOrigin.PLAN_WITH_LEADER)
    assert grid.rows_to_store[0].leader == ""
    save_duty_rows(draft, grid.rows, by=world.users["office"], version=1)
    assert grid_of(draft).rows_to_store[0].leader == "周示例"


def test_a_name_is_decided_once_for_all(world: World) -> None:
    draft, office = read_draft(world, DUTIES), world.users["office"]
    decide_names(draft, {"城管执法局": "城管办"}, by=office, version=1)
    grid = grid_of(draft)
    assert answers(grid)[0] == ("经发办", "城管办、一居", "周示例", RowOrigin.PLAN_WITH_LEADER)
    assert grid.open_names == 0
    decide_names(draft, {"城管执法局": "-"}, by=office, version=2)
    assert answers(grid_of(draft))[0] == ("经发办", "一居", "周示例", RowOrigin.PLAN_WITH_LEADER)
    with pytest.raises(StaleVersion):
        decide_names(draft, {"城管执法局": "城管办"}, by=office, version=1)


def test_each_row_says_in_words_whence_it_is(app: Flask, world: World) -> None:
    draft = read_draft(world, DUTIES)
    decide_names(draft, {"城管执法局": "城管办"}, by=world.users["office"], version=1)
    cells = log_in(app, world, "office").get(f"/plan/new/{draft.id}/duties").get_data(as_text=True)
    assert re.findall(r'<td class="nowrap soft">(.*?)</td>', cells) == [
        "计划所写，领导待保存", "上年，待保存", "上年，待保存", "没有填写", "没有填写",
    ]  # fmt: skip


def test_without_a_plan_of_last_year_the_grid_is_empty(world: World) -> None:
    draft = read_draft(world, DUTIES)
    ImportDraft.update(year=2030).execute()
    assert answers(grid_of(draft))[1:] == [("", "", "", RowOrigin.KEPT)] * 4


def test_a_grid_that_was_kept_stays_when_blocks_change(world: World) -> None:
    draft, office = read_draft(world, DUTIES), world.users["office"]
    rows = [row.with_names({"lead": "一居"}) for row in grid_of(draft).rows]
    save_duty_rows(draft, rows, by=office, version=1)
    edit = BlockEdit(EditKind.TOGGLE, start_of(fresh(draft), "三、"))
    edit_blocks(draft, edit, by=office, version=2)
    assert answers(grid_of(draft)) == [("一居", "", "", RowOrigin.KEPT)] * 4


def test_a_grid_with_unknown_names_is_not_kept(world: World) -> None:
    draft, office = read_draft(world, DUTIES), world.users["office"]
    rows = [row.with_names({"lead": "经发", "leader": "无此人"}) for row in grid_of(draft).rows[:1]]
    with pytest.raises(BadInput) as refusal:
        save_duty_rows(draft, rows, by=office, version=1)
    assert len(refusal.value.problems) == 2
    assert fresh(draft).duties is None


def test_confirming_stores_who_answers(world: World) -> None:
    draft, office = read_draft(world, DUTIES), world.users["office"]
    rows = grid_of(draft).rows
    rows[1] = rows[1].with_names({"lead": "经发办", "supports": "各居民区", "leader": "周示例"})
    rows[3] = rows[3].with_names({"lead": "城管办"})
    rows[4] = rows[4].with_names({"supports": "一居"})
    save_duty_rows(draft, rows, by=office, version=1)
    plan = confirm_import(draft, by=office, version=2)
    duties = responsible_by_measure(plan)
    measures = measures_of_plan(plan)
    assert [duties[one.id].lead.short_name for one in measures[:4]] == [
        "经发办",
        "经发办",
        "城管办",
        "城管办",
    ]
    assert duties[measures[1].id].support_words == "各居民区"
    assert PlanItem.get_by_id(measures[1].id).leader_id == world.leader.id
    assert measures[4].id not in duties


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def test_the_page_of_duties_is_filled_in_corrected_and_kept(office: Browser, world: World) -> None:
    draft = read_draft(world, DUTIES)
    place = f"/plan/new/{draft.id}/duties"
    page = office.get(place)
    assert "计划中的名称：还有 1 个没有确认" in seen(page)
    assert office.post(f"{place}/names", data={"version": 1, "name-0": "城管办"}).status_code == 303

    typed = inputs(office.get(place)) | {"version": 2}
    starts = [row.start for row in grid_of(draft).rows]
    assert (typed[f"lead-{starts[0]}"], typed[f"supports-{starts[0]}"]) == ("经发办", "城管办、一居")
    answer = office.post(place, data=typed | {f"lead-{starts[0]}": "没有的办"})
    assert answer.status_code == 422
    assert "第 1 项：没有名为“没有的办”的部门" in seen(answer)
    assert inputs(answer)[f"lead-{starts[0]}"] == "没有的办"

    wrong = {f"lead-all-{starts[4]}": "一居", f"leader-all-{starts[4]}": "周某"}
    answer = office.post(place, data=typed | wrong)
    assert seen(answer).count("没有名为“周某”的领导") == 2  # above the grid, and at its head
    assert "第 5 项：没有名为" not in seen(answer)
    assert wrong.items() <= inputs(answer).items()
    for_all = {f"lead-all-{starts[4]}": "一居", f"leader-all-{starts[4]}": "周示例"}
    assert office.post(place, data=typed | for_all).status_code == 303
    assert answers(grid_of(draft))[4] == ("一居", "", "周示例", RowOrigin.KEPT)
    assert office.post(place, data=typed).status_code == 409
    assert "分工：4 项已定，共 5 项" in seen(office.get(f"/plan/new/{draft.id}/confirm"))
    office.post(f"/plan/new/{draft.id}/confirm", data={"version": 3})
    plan = Plan.get(Plan.year == 2027)
    led = Assignment.select().join(PlanItem).where((PlanItem.plan == plan) & (Assignment.role == "lead"))
    assert led.count() == 4


def test_two_who_fill_in_the_grid_do_not_overwrite_each_other(office: Browser, world: World) -> None:
    draft = read_draft(world)
    place, starts = f"/plan/new/{draft.id}/duties", [row.start for row in grid_of(draft).rows]
    mine = inputs(office.get(place))
    theirs = mine | {f"lead-{starts[0]}": "城管办", f"lead-{starts[1]}": "一居"}
    assert office.post(place, data=theirs).status_code == 303
    mine |= {f"lead-{starts[1]}": "城管办", f"lead-{starts[2]}": "经发办"}
    answer = office.post(place, data=mine)
    assert answer.status_code == 409
    shown = inputs(answer)
    assert [shown[f"lead-{start}"] for start in starts[:3]] == ["城管办", "城管办", "经发办"]
    assert "第 2 项：牵头部门刚刚由别人存为“一居”，请核对。" in seen(answer)
    assert "第 1 项：" not in seen(answer) and "第 3 项：" not in seen(answer)
    assert office.post(place, data=shown).status_code == 303
    assert [row.lead for row in grid_of(draft).rows][:3] == ["城管办", "城管办", "经发办"]


def test_the_grid_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    draft = read_draft(world, DUTIES)
    with count_queries() as statements:
        office.get(f"/plan/new/{draft.id}/duties")
    assert len(statements) <= 18
