"""Changing the organisation row by row; tables are imported by the other modules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import BaseTable, VersionedTable, transaction
from app.base.days import DayRange, written_day, years_around
from app.base.errors import BadInput, StaleVersion, raise_field_problems
from app.base.text import text_problem
from app.org import queries
from app.org.changes import (
    ChangeKind,
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
    values_in_words,
)
from app.org.issuers import issuer_problems, store_issuer
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    FormerName,
    Issuer,
    Leader,
)
from app.org.rules import (
    LAST_POSITION,
    NAME_LENGTH,
    PERSON_LENGTH,
    POST_LENGTH,
    SHORT_NAME_LENGTH,
)

Row = TypeVar("Row", bound=VersionedTable)
EVENT_KINDS = {
    ChangeKind.DEPARTMENT: EventKind.CHANGE_DEPARTMENT,
    ChangeKind.DEPARTMENT_END: EventKind.CHANGE_DEPARTMENT_END,
    ChangeKind.DEPARTMENT_MERGER: EventKind.CHANGE_DEPARTMENT_MERGER,
    ChangeKind.DEPARTMENT_RETURN: EventKind.CHANGE_DEPARTMENT_RETURN,
    ChangeKind.GROUP: EventKind.CHANGE_GROUP,
    ChangeKind.GROUP_REMOVAL: EventKind.CHANGE_GROUP_REMOVAL,
    ChangeKind.LEADER: EventKind.CHANGE_LEADER,
    ChangeKind.ISSUER: EventKind.CHANGE_ISSUER,
    ChangeKind.ISSUER_REMOVAL: EventKind.CHANGE_ISSUER_REMOVAL,
}
GONE = "要改的这一项已经不在了，没有改动任何内容。请返回列表核对。"


@transaction
def apply_change(change: OrganisationChange, *, by: Actor) -> None:
    """Carry out a change. Raises NotAllowed, FieldProblems, BadInput, StaleVersion with the row as it is stored now."""
    require(by, Action.IMPORT_ORGANISATION)
    check_change(change)
    row = WRITERS[type(change)](change)
    words = values_in_words(change, queries.known_names())
    summary = f"{change.kind.label}：{row.name}"
    record_event(EVENT_KINDS[change.kind], row, by=by, summary=summary, detail=dict(words))


def check_change(change: OrganisationChange) -> None:
    """Raise FieldProblems, by the change's fields, or BadInput if it cannot be carried out.

    Raises StaleVersion if the row has changed since it was read.
    """
    require_standing(change)
    match change:
        case DepartmentChange():
            raise_field_problems(department_problems(change))
        case DepartmentEnd() | DepartmentMerger():
            check_end(change)
        case GroupChange():
            taken = taken_name(DepartmentGroup, change.name, change.target, "部门组")
            raise_field_problems(
                {"name": taken or text_problem(change.name, "名称", NAME_LENGTH, when_empty="请填写名称。")}
            )
        case LeaderChange():
            raise_field_problems(leader_problems(change))
        case IssuerChange():
            raise_field_problems(organ_problems(change))
        case IssuerRemoval() if find_row(Issuer, change.target).is_default:
            raise BadInput("它是默认的发文机关，不能取消。请先把另一个设为默认。")


def require_standing(change: OrganisationChange) -> None:
    """Raise StaleVersion if a row has changed since it was read, BadInput if it is gone."""
    if change.target is not None and change.read_at is not None:
        row = find_row(queries.CHANGED_TABLES[change.table], change.target)
        if row.version != change.read_at:
            raise StaleVersion(row)


def department_problems(change: DepartmentChange) -> dict[str, str]:
    problems = {
        "name": text_problem(change.name, "全称", NAME_LENGTH, when_empty="请填写全称。"),
        "short_name": text_problem(change.short_name, "简称", SHORT_NAME_LENGTH, when_empty="请填写简称。"),
        "position": position_problem(change.position),
        "on": DayRange(date(2000, 1, 1), today()).problem_of_day(change.on, "生效日期"),
    }
    if change.target is not None and not change.was_mistaken:
        department = find_row(Department, change.target)
        if (department.name, department.short_name) != (change.name, change.short_name):
            problems["on"] = problems["on"] or renaming_day_problem(department, change.on)
    return problems | taken_names(change)


def renaming_day_problem(department: Department, day: date) -> str:
    """Return why a department cannot be renamed on a day, or "": names must follow one another."""
    last = max((one.replaced_on for one in department.former_names), default=day)
    return f"{written_day(last)}才更过名，新名称不能从更早的日期用起。" if day < last else ""


def taken_names(change: DepartmentChange) -> dict[str, str]:
    """Return, by field, names that another department has, or had and is found under in old papers."""
    problems = {}
    for one in queries.all_departments().values():
        if one.id == change.target:
            continue
        had = {name: former for former in one.former_names for name in (former.name, former.short_name)}
        for field, name in (("name", change.name), ("short_name", change.short_name)):
            if name in (one.name, one.short_name):
                problems[field] = f"“{name}”已是“{one.name}”的名称，请换一个。"
            elif name in had and not change.reuses_name:
                until = written_day(had[name].replaced_on)
                problems.setdefault(
                    field,
                    f"“{name}”在{until}以前是“{one.name}”的名称，旧材料里仍是它。"
                    "请换一个；确实要用的，勾选“沿用别的部门用过的名称”。",
                )
    return problems


def leader_problems(change: LeaderChange) -> dict[str, str]:
    problems = {
        "name": text_problem(change.name, "姓名", PERSON_LENGTH, when_empty="请填写姓名。")
        or taken_name(Leader, change.name, change.target, "领导"),
        "post": text_problem(change.post, "职务", POST_LENGTH, when_empty="请填写职务。"),
        "position": position_problem(change.position),
    }
    if change.next_leader is not None:
        follower = queries.find_leader(change.next_leader)
        if follower is None or follower.id == change.target or change.serves_until is None:
            problems["next_leader"] = "离任的才要选由谁接着分管，并且要选另一位领导。"
    if change.serves_from and change.serves_until and change.serves_until < change.serves_from:
        problems["serves_until"] = "任职截止不能早于任职开始。"
    return problems


def organ_problems(change: IssuerChange) -> dict[str, str]:
    found = issuer_problems(
        {
            "name": change.name,
            "word": change.word,
            "superior": change.superior,
            "copies_to": change.copies_to,
        }
    )
    columns = {"机关全称": "name", "发文机关代字": "word", "上级机关": "superior", "抄送机关": "copies_to"}
    problems = {columns[column]: sentence for column, sentence in found.items()}
    taken = taken_name(Issuer, change.name, change.target, "发文机关")
    return {"name": taken, "position": position_problem(change.position)} | problems


def position_problem(position: int) -> str:
    return "" if 0 <= position <= LAST_POSITION else f"次序请填 0 到 {LAST_POSITION} 之间的整数。"


def taken_name(table: type[BaseTable], name: str, target: int | None, label: str) -> str:
    model = cast(Any, table)
    taken = model.select().where((model.name == name) & (model.id != (target or 0))).exists()
    return f"已有名为“{name}”的{label}，请换一个名称，或者到那一项里修改。" if taken else ""


def check_end(change: DepartmentEnd | DepartmentMerger) -> None:
    """Raise FieldProblems for a wrong day or successor, BadInput naming unfinished work without a successor."""
    department = find_row(Department, change.target)
    problems = {"on": years_around(today()).problem_of_day(change.on, "撤销日期")}
    successor_id = change.into if isinstance(change, DepartmentMerger) else change.successor
    if successor_id is not None:
        successor = queries.find_department(successor_id)
        if successor is None or not successor.is_active or successor == department:
            problems["into"] = "请选择另一个没有撤销的部门。"
    raise_field_problems(problems)
    unfinished = queries.unfinished_work_in_words(department)
    if unfinished and successor_id is None:
        raise BadInput(
            f"{department.name}还有工作，请选择由哪个部门接手。没有改动任何内容。", tuple(unfinished)
        )


def find_row(table: type[Row], target: int | None) -> Row:
    """Return the row to be changed. Raises BadInput if somebody has removed it."""
    row: Row | None = table.get_or_none(cast(Any, table).id == target)
    if row is None:
        raise BadInput(GONE)
    return row


def write_department(change: DepartmentChange) -> Department:
    values = {
        "name": change.name,
        "short_name": change.short_name,
        "kind": change.department_kind,
        "position": change.position,
        "needs_sign_off": change.needs_sign_off,
    }
    if change.target is None:
        return Department.create(**values)
    department = find_row(Department, change.target)
    if not change.was_mistaken:
        keep_former_name(department, change.name, change.short_name, change.on)
    return update_row(department, change, values)


def keep_former_name(department: Department, name: str, short_name: str, day: date) -> bool:
    """Note the former names of a department that gets new ones on a day; return whether it does.

    They are set on the row but not stored yet. Of two renamings on one day the first name counts.
    """
    if (department.name, department.short_name) == (name, short_name):
        return False
    if all(one.replaced_on != day for one in department.former_names):
        former = FormerName(department.name, department.short_name, day)
        department.earlier_names = [*(department.earlier_names or ()), former.as_stored]
    return True


def write_end(change: DepartmentEnd) -> Department:
    return update_row(find_row(Department, change.target), change, {"ended_on": change.on})


def write_merger(change: DepartmentMerger) -> Department:
    values = {"ended_on": change.on, "merged_into": change.into}
    return update_row(find_row(Department, change.target), change, values)


def write_return(change: DepartmentReturn) -> Department:
    values = {"ended_on": None, "merged_into": None}
    return update_row(find_row(Department, change.target), change, values)


def write_group(change: GroupChange) -> DepartmentGroup:
    if change.target is None:
        group = DepartmentGroup.create(name=change.name)
    else:
        group = update_row(find_row(DepartmentGroup, change.target), change, {"name": change.name})
    DepartmentGroupMember.delete().where(DepartmentGroupMember.group == group).execute()
    for department in Department.select().where(Department.id.in_(change.members)):
        DepartmentGroupMember.create(group=group, department=department)
    return group


def write_leader(change: LeaderChange) -> Leader:
    names = (
        "name",
        "post",
        "position",
        "serves_from",
        "serves_until",
        "is_acting",
        "in_overall_charge",
    )
    values = {name: getattr(change, name) for name in names}
    if change.target is None:
        return Leader.create(**values)
    return update_row(find_row(Leader, change.target), change, values)


def write_issuer(change: IssuerChange) -> Issuer:
    names = "name", "word", "superior", "copies_to", "position"
    values = {name: getattr(change, name) for name in names}
    if change.target is not None:
        update_row(find_row(Issuer, change.target), change, values)
    store_issuer(values, is_default=change.is_default)
    return Issuer.get(Issuer.name == change.name)


def remove_group(change: GroupRemoval) -> DepartmentGroup:
    return remove_row(find_row(DepartmentGroup, change.target))


def remove_issuer(change: IssuerRemoval) -> Issuer:
    return remove_row(find_row(Issuer, change.target))


def remove_row(row: Row) -> Row:
    row.delete_instance()
    return row


def update_row(row: Row, change: OrganisationChange, values: dict[str, Any]) -> Row:
    """Store values in a row. Raises StaleVersion if it has changed since it was read."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save_as_next(read_at=row.version if change.read_at is None else change.read_at)
    return row


WRITERS: dict[type[OrganisationChange], Callable[[Any], Any]] = {
    DepartmentChange: write_department,
    DepartmentEnd: write_end,
    DepartmentMerger: write_merger,
    DepartmentReturn: write_return,
    GroupChange: write_group,
    GroupRemoval: remove_group,
    LeaderChange: write_leader,
    IssuerChange: write_issuer,
    IssuerRemoval: remove_issuer,
}
