"""Setting who answers for the measures of a plan: whole tables or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput
from app.filing.core.models import Filing
from app.org.models import Leader
from app.plan.assignments.operations import set_assignments
from app.plan.assignments.revising import RevisionTerms
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.queries import responsible_for_measure
from tests.plan.tables import table
from tests.world import World

HEAD = "举措序号,举措,牵头部门,配合部门,分管领导,年度目标"


def duties(world: World, measure: int) -> list[tuple[str, str, str | None]]:
    rows = Assignment.select().where(Assignment.item == world.measures[measure - 1]).order_by(Assignment.id)
    return [(row.department.short_name, row.role.value, row.group and row.group.name) for row in rows]


def test_the_assignments_of_the_measures_in_a_table_are_replaced(world: World, tmp_path: Path) -> None:
    other = Leader.create(name="李示例", post="主任", position=2)
    rows = ("1,夯实招商基础,城管办,经发办、各居民区,李示例,走访100家", "3,,经济发展办公室,,,")
    assert set_assignments(world.plan, table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER) == 2
    assert duties(world, 1) == [
        ("城管办", "lead", None),
        ("经发办", "support", None),
        ("一居", "support", "各居民区"),
    ]
    assert [duties(world, measure) for measure in (2, 3, 4)] == [
        [("经发办", "lead", None)],
        [("经发办", "lead", None)],
        [("城管办", "lead", None)],
    ]
    in_charge = [PlanItem.get_by_id(measure.id) for measure in world.measures]
    assert [row.leader_id for row in in_charge] == [other.id, world.leader.id, None, None]
    assert [row.yearly_target for row in in_charge] == ["走访100家", "", "", ""]
    assert world.filing(3).department == world.departments["经发办"]
    events = Event.select().where(Event.action == "assign")
    assert [(event.summary, event.object_id) for event in events] == [("表.csv：2 项举措", world.plan.id)]


def test_every_wrong_cell_of_a_table_of_assignments_is_named(world: World, tmp_path: Path) -> None:
    filings = Filing.select().count()
    rows = ("1,别的,外办,城管办,,", "2,,,外办,张三,", "9,,经发办,,,", "2,打通转化链条,经发办,经发办,周示例,")
    with pytest.raises(BadInput) as refused:
        set_assignments(world.plan, table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    unknown = "没有名为“外办”的部门，请核对全称或简称；新设的，先在“组织机构”里登记。"
    assert refused.value.problems == (
        "第 2 行“举措”：第 1 项举措是“夯实招商基础”，与所填不一致。",
        f"第 2 行“牵头部门”：{unknown}",
        "第 3 行“牵头部门”：每项举措须有一个牵头部门。",
        "第 3 行“分管领导”：没有名为“张三”的领导，请核对姓名；新任的，先在“组织机构”里登记。",
        f"第 3 行“配合部门”：{unknown}",
        "第 4 行“举措序号”：计划里没有第“9”项举措。",
        "第 5 行“举措序号”：第 2 项举措已在前面出现过。",
    )
    assert duties(world, 2) == [("经发办", "lead", None)]
    assert Filing.select().count() == filings


def test_a_name_that_is_no_department_is_answered_with_what_it_may_mean(world: World, tmp_path: Path) -> None:
    rows = ("1,,经济办,各社区,,", "2,,各居民区,相关部门,,", "3,,办公室,城管,,")
    with pytest.raises(BadInput) as refused:
        set_assignments(world.plan, table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    write = "请写部门的全称或简称。"
    assert refused.value.problems == (
        f"第 2 行“牵头部门”：没有名为“经济办”的部门，是不是“经济发展办公室”？{write}",
        "第 2 行“配合部门”：“各社区”不是一个部门，请写出部门的全称或简称。",
        "第 3 行“牵头部门”：“各居民区”不是一个部门，请写出部门的全称或简称。",
        "第 3 行“配合部门”：“相关部门”不是一个部门，请写出部门的全称或简称。",
        f"第 4 行“牵头部门”：没有名为“办公室”的部门，是不是“经济发展办公室”或“城市管理办公室”？{write}",
        f"第 4 行“配合部门”：没有名为“城管”的部门，是不是“城市管理办公室”？{write}",
    )


def test_a_table_holds_from_the_day_that_is_named(world: World, tmp_path: Path) -> None:
    file = table(tmp_path, HEAD, "1,夯实招商基础,城管办,,,走访100家")
    terms = RevisionTerms(date(2026, 10, 1), "机构调整")
    set_assignments(world.plan, file, by=SAMPLE_LOADER, terms=terms)
    measure = world.measures[0]
    leads = [responsible_for_measure(measure, on=day).lead for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert leads == [world.departments["经发办"], world.departments["城管办"]]
    assert world.filing(1).department == world.departments["经发办"]
