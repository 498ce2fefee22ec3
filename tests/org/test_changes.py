"""Every change of the organisation, one row at a time or by a table, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from app.authority.actor import Actor
from app.base.clock import clock_stopped_at
from app.org.changes import (
    DepartmentChange,
    DepartmentEnd,
    DepartmentMerger,
    DepartmentReturn,
    GroupChange,
    GroupRemoval,
    IssuerChange,
    IssuerRemoval,
    LeaderChange,
    OrganisationChange,
)
from app.org.department_import import import_department_data
from app.org.issuers import import_issuer_data, register_issuer
from app.org.leader_import import import_leader_data
from app.org.models import Department, DepartmentGroup, Issuer, Leader
from app.org.operations import apply_change
from app.org.rules import DepartmentKind, ImportOutcome
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)
TODAY = MOMENT.date()
DEPARTMENTS = (
    "部门全称,部门简称,类别,分组,免审签",
    "经济发展办公室,城管办,办公室,,否",
    "城市管理办公室,经发办,执法队,沿街,",
    "第三居民区,三居,居民区,各居民区、沿街,是",
)
LEADERS = (
    "姓名,职务,任职开始,任职截止,主持工作",
    "李示例,主任,2026-03-01,,是",
    "周示例,副书记,,2027-12-31,否",
)
ISSUERS = (
    "机关全称,发文机关代字,上级机关,抄送机关,默认",
    "示例街道党工委,华委,示例区委,区委组织部,是",
    "示例街道办事处,华办,,,否",
)
# Every cell that can be wrong is.
WRONG_DEPARTMENTS = (
    DEPARTMENTS[0],
    f",{'短' * 33},办公室,,是",
    f"{'长' * 65},短,科室,,无",
    "丁站,短,中心,,",
    "戊站,丁站,中心,,",
)
WRONG_LEADERS = (
    f"{LEADERS[0]},负责范围",
    f",{'长' * 65},2026-02-30,明年,也许,一半",
    f"{'长' * 33},主任,2026-03-02,2026-03-01,是,分管",
    "李示例,主任,2026-03-01,2026-03-01,,全面",
    "李示例,,,,,",
)
WRONG_ISSUERS = (
    ISSUERS[0],
    f",甲号,{'长' * 65},{'长' * 256},也许",
    "乙局,乙,,,是",
    "丙局,丙,,,是",
    "丁局,丁,,,是",
)


def test_each_change_changes_what_it_names_and_nothing_else(world: World) -> None:
    found, by = changes_beside(__file__), world.users["system_admin"]
    with clock_stopped_at(MOMENT):
        change_departments(found, world, by)
        end_departments(found, world, by)
        change_groups(found, world, by)
        change_leaders(found, world, by)
        change_issuers(found, by)
        import_tables(found, world, by)
    found.compare()


def changing(change: OrganisationChange, by: Actor) -> Callable[[], None]:
    return partial(apply_change, change, by=by)


def change_departments(found: RecordedChanges, world: World, by: Actor) -> None:
    new = DepartmentChange(None, "第二居民区", "二居", DepartmentKind.NEIGHBOURHOOD, 9, False, TODAY)
    known = world.departments["经发办"].id
    changed = DepartmentChange(known, "营商环境办公室", "营商办", DepartmentKind.CENTRE, 0, True, TODAY)
    changes = {
        "add a department": new,
        "add it again": new,
        "add one with another's short name": replace(new, name="二区", short_name="经发办"),
        "add one with wrong fields": replace(
            new, name=" ", short_name="长" * 33, position=10_000, on=date(2026, 9, 15)
        ),
        "add one with a long name": replace(new, name="长" * 65),
        "add the longest names": replace(new, name="长" * 64, short_name="短" * 32, position=9999),
        "rename one": changed,
        "correct a name": replace(changed, name="营商办公室", was_mistaken=True, on=date(2026, 9, 1)),
        "change all but the names": replace(changed, name="营商办公室", needs_sign_off=False),
        "rename it for the same day again": replace(changed, name="招商办公室"),
        "change one that is gone": replace(changed, target=99, name="某办公室", short_name="某办"),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))
    found.record("add as office", changing(replace(new, name="三区", short_name="三"), world.users["office"]))


def end_departments(found: RecordedChanges, world: World, by: Actor) -> None:
    lead, idle = world.departments["城管办"].id, Department.get(Department.short_name == "二居").id
    group = DepartmentGroup.get().id
    members = GroupChange(group, "各居民区", (idle, world.departments["一居"].id))
    changes = {
        "put it into a group": members,
        "end one that leads": DepartmentEnd(lead, TODAY),
        "end one on a far day": DepartmentEnd(idle, date(2032, 1, 1)),
        "merge one into itself": DepartmentMerger(idle, idle, TODAY),
        "merge one into nothing": DepartmentMerger(idle, 99, TODAY),
        "end one that is gone": DepartmentEnd(99, TODAY),
        "merge one": DepartmentMerger(idle, lead, TODAY),
        "merge into one that ended": DepartmentMerger(lead, idle, TODAY),
        "let it return": DepartmentReturn(idle),
        "let one return that is gone": DepartmentReturn(99),
        "end one": DepartmentEnd(idle, date(2026, 9, 30)),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))


def change_groups(found: RecordedChanges, world: World, by: Actor) -> None:
    ids = tuple(row.id for row in world.departments.values())
    changes = {
        "add a group": GroupChange(None, "沿街", ids[:2]),
        "add one of that name": GroupChange(None, "沿街", ids),
        "add one without a name": GroupChange(None, " ", ()),
        "empty a group": GroupChange(DepartmentGroup.get().id, "各居民区", ()),
        "change one that is gone too": GroupChange(99, "各中心", ids),
        "remove a group that is gone": GroupRemoval(99),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))
    street = DepartmentGroup.get(DepartmentGroup.name == "沿街").id
    found.record("rename a group", changing(GroupChange(street, "沿街部门", ids[1:]), by))
    read_at = DepartmentGroup.get_by_id(street).version
    for name, version in {"as it was before": read_at - 1, "as it was read": read_at}.items():
        found.record(f"remove a group {name}", changing(GroupRemoval(street, read_at=version), by))


def change_leaders(found: RecordedChanges, world: World, by: Actor) -> None:
    new = LeaderChange(None, "李示例", "主任", 2, date(2026, 1, 1), date(2026, 1, 1), is_acting=True)
    changes = {
        "add a leader": new,
        "add the same leader": new,
        "add one who leaves first": replace(new, name="王示例", serves_until=date(2025, 12, 31)),
        "add one with wrong columns": replace(new, name="", post="长" * 65, position=-1),
        "add one with a long name of a person": replace(new, name="长" * 33),
        "add one of whom no days are known": replace(
            new, name="长" * 32, post="长" * 64, serves_from=None, serves_until=None
        ),
        "change a leader": replace(new, target=world.leader.id, name="周示例", serves_until=None),
        "name one like another": replace(new, target=world.leader.id),
        "change a leader who is gone": replace(new, target=99, name="赵示例"),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))
    known = replace(new, target=world.leader.id, name="周示例", serves_until=date(2026, 12, 31))
    other = Leader.get(Leader.name == new.name).id
    changes = {
        "change a leader as nobody read it": replace(known, read_at=99),
        "let oneself follow": replace(known, next_leader=known.target),
        "let one follow who is gone": replace(known, next_leader=99),
        "let one follow who is not to leave": replace(known, next_leader=other, serves_until=None),
        "let one follow": replace(known, next_leader=other),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))


def change_issuers(found: RecordedChanges, by: Actor) -> None:
    first = Issuer.get()
    new = IssuerChange(None, "示例街道党工委", "华委", "示例区委", "区委组织部", is_default=False, position=3)
    changes = {
        "add an issuer": new,
        "add that issuer again": new,
        "add one named like the first": replace(new, name=first.name),
        "add one with wrong values": replace(
            new, name=" ", word="华〔委〕", superior="长" * 65, copies_to="长" * 256, position=-1
        ),
        "change the default issuer": replace(new, target=first.id, name="示例街道", word="示街"),
        "remove the default issuer": IssuerRemoval(first.id),
        "remove one that is gone": IssuerRemoval(99),
    }
    for name, change in changes.items():
        found.record(name, changing(change, by))
    second = Issuer.get(Issuer.name == new.name).id
    found.record("make another the default", changing(replace(new, target=second, is_default=True), by))
    found.record("remove an issuer", changing(IssuerRemoval(first.id), by))
    found.record("register one", lambda: register_issuer("乙局", "乙", by=by))
    found.record("register what is known", lambda: register_issuer("乙局", "乙发", superior="甲局", by=by))
    found.record("register a default", lambda: register_issuer("丙局", "丙", is_default=True, by=by))
    found.record("register wrongly", lambda: register_issuer("", "丙 号", by=by))


def import_tables(found: RecordedChanges, world: World, by: Actor) -> None:
    def take(what: Callable[..., ImportOutcome], *lines: str, **given: Any) -> Callable[[], object]:
        return lambda: astuple(what("\n".join(lines).encode(), "表.csv", **({"by": by} | given)))

    end: dict[str, Any] = {"end_missing": True}
    outcomes = {
        "import departments": take(import_department_data, *DEPARTMENTS),
        "import them for tomorrow": take(import_department_data, *DEPARTMENTS, on=date(2026, 9, 15)),
        "import the first alone": take(import_department_data, *DEPARTMENTS[:2], on=TODAY, **end),
        "import one that ended": take(
            import_department_data, *DEPARTMENTS, "第二居民区,二居,居民区,,是", on=date(2026, 9, 1)
        ),
        "import them as filer": take(import_department_data, *DEPARTMENTS, by=world.users["filer"]),
        "import leaders": take(import_leader_data, *LEADERS),
        "import leaders for years": take(import_leader_data, *LEADERS, on=date(2028, 1, 1)),
        "import one leader": take(import_leader_data, *LEADERS[:2], on=date(2027, 12, 31), **end),
        "import another": take(import_leader_data, "姓名,职务", "王示例,书记", on=date(2026, 2, 1), **end),
        "import issuers": take(import_issuer_data, *ISSUERS),
        "import wrong departments": take(import_department_data, *WRONG_DEPARTMENTS),
        "import departments tomorrow": take(import_department_data, *DEPARTMENTS, on=date(2026, 9, 15)),
        "import wrong leaders": take(import_leader_data, *WRONG_LEADERS),
        "import a leader in overall charge": take(
            import_leader_data, "姓名,职务,负责范围", "李示例,主任,全面", "吴示例,副主任,分管"
        ),
        "import wrong issuers": take(import_issuer_data, *WRONG_ISSUERS),
        "import one issuer": take(import_issuer_data, ISSUERS[0], "丁局,丁,,,"),
    }
    for name, operation in outcomes.items():
        found.record(name, operation)
