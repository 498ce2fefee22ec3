"""Importing departments, leaders and issuers: added, updated by name, or nothing and every mistake named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import today
from app.base.errors import BadInput
from app.org.department_import import import_departments
from app.org.issuers import import_issuers, register_issuer
from app.org.leader_import import import_leaders
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    FormerName,
    Issuer,
    Leader,
)
from app.org.queries import active_departments, active_leaders, all_departments, unfinished_work_in_words
from app.org.rules import DepartmentKind
from tests.plan.tables import table
from tests.world import World

HEAD = "部门全称,部门简称,类别,分组,免审签"


def department(name: str) -> tuple[object, ...]:
    row = Department.get(Department.name == name)
    groups = {
        member.group.name
        for member in DepartmentGroupMember.select().where(DepartmentGroupMember.department == row)
    }
    return row.short_name, row.kind, row.position, row.needs_sign_off, row.is_active, groups


def last_event() -> tuple[str, str]:
    event = Event.select().order_by(Event.id.desc()).get()
    return event.action, event.summary


def test_departments_are_added_and_updated_by_their_full_name(world: World, tmp_path: Path) -> None:
    Department.update(ended_on=date(2026, 1, 1)).where(Department.short_name == "城管办").execute()
    rows = (
        "第一居民区,华一,居民区,各居民区、沿街,是",
        "城市管理办公室,城管办,办公室,,否",
        "执法队,执法队,执法队,沿街,",
    )
    assert import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER).count == 3
    assert department("第一居民区") == (
        "华一",
        DepartmentKind.NEIGHBOURHOOD,
        1,
        False,
        True,
        {"各居民区", "沿街"},
    )
    assert department("城市管理办公室") == ("城管办", DepartmentKind.OFFICE, 2, True, True, set())
    assert department("执法队") == ("执法队", DepartmentKind.TEAM, 3, True, True, {"沿街"})
    assert department("经济发展办公室") == ("经发办", DepartmentKind.OFFICE, 1, True, True, set())
    assert (Department.select().count(), DepartmentGroup.select().count()) == (4, 2)
    assert last_event() == ("import_departments", "表.csv：3 个部门")


def test_a_department_leaves_the_group_that_its_row_names_no_more(world: World, tmp_path: Path) -> None:
    group = DepartmentGroup.get()
    other = Department.get(Department.short_name == "城管办")
    DepartmentGroupMember.create(group=group, department=other)
    import_departments(table(tmp_path, HEAD, "第一居民区,一居,居民区,,是"), by=SAMPLE_LOADER)
    assert [member.department_id for member in DepartmentGroupMember.select()] == [other.id]


def test_every_mistake_in_departments_is_named_and_nothing_is_imported(world: World, tmp_path: Path) -> None:
    rows = ("甲办,甲,办公室,,", ",乙,科室,,也许", "丙办,,中心,,是", "丁办,甲,中心,,", "甲办,戊,中心,,")
    with pytest.raises(BadInput) as refused:
        import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    assert refused.value.problems == (
        "第 3 行“部门全称”：不能为空。",
        "第 3 行“类别”：“科室”不在办公室、执法队、中心、居民区之列。",
        "第 3 行“免审签”：请填“是”或“否”。",
        "第 4 行“部门简称”：不能为空。",
        "第 5 行“部门全称”：“甲”与第 2 行重复。",
        "第 6 行“部门全称”：“甲办”与第 2 行重复。",
    )
    assert Department.select().count() == len(world.departments)


def test_leaders_are_added_and_updated_by_their_name(world: World, tmp_path: Path) -> None:
    other = Leader.create(name="李示例", post="主任", position=9)
    path = table(tmp_path, "姓名,职务", "王示例,书记", "周示例,主任")
    assert import_leaders(path, by=SAMPLE_LOADER).count == 2
    assert {(row.name, row.post, row.position) for row in Leader.select()} == {
        ("王示例", "书记", 1),
        ("周示例", "主任", 2),
        (other.name, "主任", 9),
    }
    assert last_event() == ("import_leaders", "表.csv：2 位领导")


def test_the_table_says_which_leaders_answer_for_the_whole_plan(world: World, tmp_path: Path) -> None:
    rows = ("王示例,书记,全面", "李示例,副主任,分管", "赵示例,副主任,")
    import_leaders(table(tmp_path, "姓名,职务,负责范围", *rows), by=SAMPLE_LOADER)
    words = {one.name: one.charge_words for one in Leader.select()}
    assert words == {"王示例": "全面", "李示例": "分管", "赵示例": "分管", "周示例": "分管"}
    # A table without the column leaves it as it stands.
    import_leaders(table(tmp_path, "姓名,职务", "王示例,书记"), by=SAMPLE_LOADER)
    assert Leader.get(Leader.name == "王示例").in_overall_charge
    with pytest.raises(BadInput) as refusal:
        import_leaders(table(tmp_path, "姓名,职务,负责范围", "王示例,书记,全部"), by=SAMPLE_LOADER)
    assert "请填“全面”或“分管”。" in "".join(refusal.value.problems)


def test_issuers_are_added_and_updated_by_their_name(world: World, tmp_path: Path) -> None:
    Issuer.delete().execute()
    head = "机关全称,发文机关代字"
    import_issuers(table(tmp_path, head, "甲街道办事处,甲街", "乙局,乙"), by=SAMPLE_LOADER)
    assert import_issuers(table(tmp_path, head, "丙局,丙", "乙局,乙发"), by=SAMPLE_LOADER).count == 2
    assert {(row.name, row.word, row.position) for row in Issuer.select()} == {
        ("甲街道办事处", "甲街", 1),
        ("丙局", "丙", 1),
        ("乙局", "乙发", 2),
    }
    assert last_event() == ("import_issuers", "表.csv：2 个发文机关")


def test_an_empty_cell_is_named_and_nothing_is_imported(world: World, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        import_leaders(table(tmp_path, "姓名,职务", "王示例,", "赵示例,书记"), by=SAMPLE_LOADER)
    assert refused.value.problems == ("第 2 行“职务”：不能为空。",)
    assert Leader.select().count() == 1


@pytest.mark.parametrize(("column", "most"), [("机关全称", 64), ("上级机关", 64), ("抄送机关", 255)])
def test_each_cell_of_an_issuer_holds_so_many_characters(
    world: World, tmp_path: Path, column: str, most: int
) -> None:
    head = ["机关全称", "发文机关代字", "上级机关", "抄送机关"]
    cells = {"机关全称": "甲街道办事处", "发文机关代字": "甲街", "上级机关": "", "抄送机关": ""}
    for length, refusals in ((most, 0), (most + 1, 1)):
        row = ",".join((cells | {column: "字" * length})[name] for name in head)
        path = table(tmp_path, ",".join(head), row)
        if not refusals:
            assert import_issuers(path, by=SAMPLE_LOADER).count == 1
            continue
        with pytest.raises(BadInput) as refused:
            import_issuers(path, by=SAMPLE_LOADER)
        assert [
            f"{column}共 {length} 字，请控制在 {most} 字以内。" in one for one in refused.value.problems
        ] == [True]


def test_a_registered_issuer_is_the_default_only_where_it_is_asked_for(world: World) -> None:
    def default() -> list[str]:
        return [row.name for row in Issuer.select().where(Issuer.is_default)]

    before = default()
    register_issuer("乙局", "乙", by=SAMPLE_LOADER)
    assert default() == before != ["乙局"]
    register_issuer("乙局", "乙发", is_default=True, by=SAMPLE_LOADER)
    assert last_event() == ("register_issuer", "乙局，代字乙发")
    assert default() == ["乙局"]
    assert Issuer.get(Issuer.name == "乙局").word == "乙发"
    Issuer.update(is_default=False).execute()
    register_issuer("丙局", "丙", by=SAMPLE_LOADER)
    assert default() == ["丙局"]


def test_a_table_names_one_default_issuer_at_most(world: World, tmp_path: Path) -> None:
    head = "机关全称,发文机关代字,默认"
    import_issuers(table(tmp_path, head, "甲街道办事处,甲街,否", "乙局,乙,是", "丙局,丙,"), by=SAMPLE_LOADER)
    assert [row.name for row in Issuer.select().where(Issuer.is_default)] == ["乙局"]
    with pytest.raises(BadInput) as refused:
        import_issuers(
            table(tmp_path, head, "甲街道办事处,甲街,是", "乙局,乙,也许", "丙局,丙,是"), by=SAMPLE_LOADER
        )
    assert refused.value.problems == (
        "第 3 行“默认”：请填“是”或“否”。",
        "第 4 行“默认”：第 2 行已是默认的发文机关，只能有一个。",
    )
    assert [row.name for row in Issuer.select().where(Issuer.is_default)] == ["乙局"]


def names_now() -> set[tuple[str, str]]:
    return {(row.name, row.short_name) for row in Department.select() if row.is_active}


def test_a_row_finds_its_department_by_one_name_and_gives_it_the_other(world: World, tmp_path: Path) -> None:
    rows = (
        "营商环境办公室,经发办,办公室,,否",
        "城市管理办公室,城建办,办公室,,否",
        "第一居民区,一居,居民区,,是",
    )
    outcome = import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER, on=date(2026, 5, 1))
    assert outcome.changes == (
        "经济发展办公室更名为营商环境办公室",
        "城市管理办公室的简称由城管办改为城建办",
    )
    assert Department.get_by_id(world.departments["经发办"].id).name == "营商环境办公室"
    assert [former for row in all_departments().values() for former in row.former_names] == [
        ("经济发展办公室", "经发办", date(2026, 5, 1)),
        ("城市管理办公室", "城管办", date(2026, 5, 1)),
    ]
    assert Department.select().count() == len(world.departments)


def test_two_departments_exchange_their_short_names(world: World, tmp_path: Path) -> None:
    rows = (
        "经济发展办公室,城管办,办公室,,否",
        "城市管理办公室,经发办,办公室,,否",
        "第一居民区,一居,居民区,,是",
    )
    import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    assert {("经济发展办公室", "城管办"), ("城市管理办公室", "经发办")} < names_now()


def test_a_name_that_means_two_departments_is_refused(world: World, tmp_path: Path) -> None:
    rows = ("经济发展办公室,城管办,办公室,,否", "第一居民区,一居,居民区,,是")
    with pytest.raises(BadInput) as refused:
        import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    assert refused.value.problems == (
        "第 2 行“部门简称”：“城管办”现在是“城市管理办公室”的名称，表里没有这个部门。请把它也写进表里，或者换一个名称。",
    )
    assert ("经济发展办公室", "经发办") in names_now()


def test_an_old_name_still_finds_its_department(world: World, tmp_path: Path) -> None:
    renamed = (
        "营商环境办公室,营商办,办公室,,否",
        "城市管理办公室,城管办,办公室,,否",
        "第一居民区,一居,居民区,,是",
    )
    former = ("经济发展办公室,经济办,办公室,,否", *renamed[1:])
    import_departments(
        table(tmp_path, HEAD, "营商环境办公室,经发办,办公室,,否", *renamed[1:]), by=SAMPLE_LOADER
    )
    import_departments(table(tmp_path, HEAD, *renamed), by=SAMPLE_LOADER)
    with pytest.raises(BadInput) as refused:
        import_departments(table(tmp_path, HEAD, *former), by=SAMPLE_LOADER, on=today() - timedelta(days=1))
    [problem] = refused.value.problems
    assert problem.startswith("第 2 行“部门全称”：") and problem.endswith("新名称不能从更早的日期用起。")
    import_departments(table(tmp_path, HEAD, *former), by=SAMPLE_LOADER)
    assert Department.get(Department.name == "经济发展办公室").id == world.departments["经发办"].id


@pytest.mark.usefixtures("in_plan_year")
def test_what_a_table_names_no_more_is_listed_and_ends_where_nothing_hangs_on_it(
    world: World, tmp_path: Path
) -> None:
    idle = Department.create(name="机关服务中心", short_name="机关中心", kind=DepartmentKind.CENTRE)
    rows = ("经济发展办公室,经发办,办公室,,否", "城市管理办公室,城管办,办公室,,否")
    path = table(tmp_path, HEAD, *rows)
    hanging = "还配合 2026 年第 1 项举措。请在“部门”里撤销，并选择接手的部门。"
    listed = import_departments(path, by=SAMPLE_LOADER)
    assert listed.changes == ()
    assert [one for one in listed.undecided] == ["机关服务中心", f"第一居民区：{hanging}"]
    ended = import_departments(path, by=SAMPLE_LOADER, end_missing=True, on=date(2026, 7, 1))
    assert ended.changes == ("机关服务中心自2026年7月1日起撤销",)
    assert [one for one in ended.undecided] == [f"第一居民区：{hanging}"]
    assert Department.get_by_id(idle.id).ended_on == date(2026, 7, 1)
    assert idle not in active_departments()


@pytest.mark.usefixtures("in_plan_year")
def test_a_department_that_leads_says_which_measures(world: World) -> None:
    assert unfinished_work_in_words(world.departments["经发办"])[0] == ("还牵头 2026 年第 1、2 项举措。")


def test_a_leader_whom_the_table_names_no_more_leaves_every_list(world: World, tmp_path: Path) -> None:
    head = "姓名,职务,任职开始,主持工作"
    path = table(tmp_path, head, "王示例,党工委书记,2026/5/6,", "李示例,办事处副主任,,是")
    outcome = import_leaders(path, by=SAMPLE_LOADER)
    assert (outcome.changes, outcome.undecided) == ((), ("周示例（副主任）",))
    assert [one.name for one in active_leaders()] == ["周示例", "王示例", "李示例"]
    outcome = import_leaders(path, by=SAMPLE_LOADER, end_missing=True, on=today() - timedelta(days=1))
    assert [one.name for one in active_leaders()] == ["王示例", "李示例"]
    assert [one.post_in_words for one in active_leaders()] == ["党工委书记", "办事处副主任（主持工作）"]
    import_leaders(table(tmp_path, "姓名,职务", "周示例,副主任"), by=SAMPLE_LOADER)
    assert "周示例" in [one.name for one in active_leaders()]


def test_every_mistake_in_leaders_is_named(world: World, tmp_path: Path) -> None:
    rows = ("王示例,书记,2026年5月,,也许", "王示例,主任,2026-5-6,2026-5-5,")
    with pytest.raises(BadInput) as refused:
        import_leaders(table(tmp_path, "姓名,职务,任职开始,任职截止,主持工作", *rows), by=SAMPLE_LOADER)
    assert refused.value.problems == (
        "第 2 行“主持工作”：请填“是”或“否”。",
        "第 2 行“任职开始”：“2026年5月”不是日期，请写成 2027-02-06 的样子。",
        "第 3 行“姓名”：“王示例”与第 2 行重复。",
        "第 3 行“任职截止”：任职截止不能早于任职开始。",
    )
    assert [row.name for row in Leader.select()] == ["周示例"]


def test_issuers_that_a_table_does_not_name_are_listed(world: World, tmp_path: Path) -> None:
    outcome = import_issuers(table(tmp_path, "机关全称,发文机关代字", "乙局,乙"), by=SAMPLE_LOADER)
    assert outcome.undecided == ("示例街道办事处",)


def test_a_name_that_two_departments_had_is_refused(world: World, tmp_path: Path) -> None:
    former = FormerName("综合办公室", "综合办", date(2025, 1, 1)).as_stored
    for name in ("经发办", "城管办"):
        Department.update(earlier_names=[former]).where(Department.short_name == name).execute()
    rows = ("综合办公室,综合办,办公室,,否", "第一居民区,一居,居民区,,是")
    with pytest.raises(BadInput) as refused:
        import_departments(table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)
    assert "经济发展办公室、城市管理办公室都用过的名称" in refused.value.problems[0]
