"""Changing the organisation one row at a time; tables are taken over by the modules of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import BaseTable, transaction
from app.base.days import DayRange, years_around
from app.base.errors import BadInput, raise_field_problems
from app.base.text import text_problem
from app.org import queries
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
    values_in_words,
)
from app.org.issuers import issuer_problems, store_issuer
from app.org.models import (
    Department,
    DepartmentFormerName,
    DepartmentGroup,
    DepartmentGroupMember,
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

Row = TypeVar("Row", bound=BaseTable)
GONE = "要改的这一项已经不在了，没有改动任何内容。请返回列表核对。"


@transaction
def apply_change(change: OrganisationChange, *, by: Actor) -> None:
    """Change the organisation. Raises NotAllowed, FieldProblems, BadInput."""
    require(by, Action.IMPORT_ORGANISATION)
    check_change(change)
    row = WRITERS[type(change)](change)
    words = values_in_words(change, queries.names_of_departments())
    summary = f"{change.kind.label}：{row.name}"
    record_event(f"change_{change.kind.value}", row, by=by, summary=summary, detail=dict(words))


def check_change(change: OrganisationChange) -> None:
    """Raise FieldProblems, by the names of the change's fields, or BadInput where it cannot be done as it is."""
    match change:
        case DepartmentChange():
            raise_field_problems(department_problems(change))
        case DepartmentEnd() | DepartmentMerger():
            check_end(change)
        case DepartmentReturn():
            find_row(Department, change.target)
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


def department_problems(change: DepartmentChange) -> dict[str, str]:
    problems = {
        "name": text_problem(change.name, "全称", NAME_LENGTH, when_empty="请填写全称。"),
        "short_name": text_problem(change.short_name, "简称", SHORT_NAME_LENGTH, when_empty="请填写简称。"),
        "position": position_problem(change.position),
        "on": DayRange(date(2000, 1, 1), today()).problem_of_day(change.on, "生效日期"),
    }
    if change.target is not None:
        find_row(Department, change.target)
    for one in queries.all_departments().values():
        for field, name in (("name", change.name), ("short_name", change.short_name)):
            if one.id != change.target and name in (one.name, one.short_name):
                problems[field] = f"“{name}”已是“{one.name}”的名称，请换一个。"
    return problems


def leader_problems(change: LeaderChange) -> dict[str, str]:
    problems = {
        "name": text_problem(change.name, "姓名", PERSON_LENGTH, when_empty="请填写姓名。")
        or taken_name(Leader, change.name, change.target, "领导"),
        "post": text_problem(change.post, "职务", POST_LENGTH, when_empty="请填写职务。"),
        "position": position_problem(change.position),
    }
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
    """Raise FieldProblems for a day or a successor that cannot be, BadInput with what still hangs on a department."""
    department = find_row(Department, change.target)
    problems = {"on": years_around(today()).problem_of_day(change.on, "撤销日期")}
    if isinstance(change, DepartmentMerger):
        into = queries.find_department(change.into)
        if into is None or not into.is_standing or into == department:
            problems["into"] = "请选择另一个没有撤销的部门。"
    raise_field_problems(problems)
    hanging = queries.hanging_on(department)
    if hanging:
        raise BadInput(f"{department.name}还不能撤销，没有改动任何内容。", tuple(hanging))


def find_row(table: type[Row], target: int | None) -> Row:
    """Return the row that is to be changed. Raises BadInput where somebody has removed it."""
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
    return update_row(department, values)


def keep_former_name(department: Department, name: str, short_name: str, day: date) -> bool:
    """Note what a department was called until a day on which it gets other names; return whether it does get them."""
    former = {"name": department.name, "short_name": department.short_name}
    if former == {"name": name, "short_name": short_name}:
        return False
    DepartmentFormerName.get_or_create(department=department, replaced_on=day, defaults=former)
    return True


def write_end(change: DepartmentEnd) -> Department:
    return update_row(find_row(Department, change.target), {"ended_on": change.on})


def write_merger(change: DepartmentMerger) -> Department:
    values = {"ended_on": change.on, "merged_into": change.into}
    return update_row(find_row(Department, change.target), values)


def write_return(change: DepartmentReturn) -> Department:
    return update_row(find_row(Department, change.target), {"ended_on": None, "merged_into": None})


def write_group(change: GroupChange) -> DepartmentGroup:
    if change.target is None:
        group = DepartmentGroup.create(name=change.name)
    else:
        group = update_row(find_row(DepartmentGroup, change.target), {"name": change.name})
    DepartmentGroupMember.delete().where(DepartmentGroupMember.group == group).execute()
    for department in Department.select().where(Department.id.in_(change.members)):
        DepartmentGroupMember.create(group=group, department=department)
    return group


def write_leader(change: LeaderChange) -> Leader:
    values = {
        name: getattr(change, name)
        for name in ("name", "post", "position", "serves_from", "serves_until", "is_acting")
    }
    return (
        Leader.create(**values)
        if change.target is None
        else update_row(find_row(Leader, change.target), values)
    )


def write_issuer(change: IssuerChange) -> Issuer:
    values = {name: getattr(change, name) for name in ("name", "word", "superior", "copies_to", "position")}
    if change.target is not None:
        update_row(find_row(Issuer, change.target), {"name": change.name})
    store_issuer(values, is_default=change.is_default)
    return Issuer.get(Issuer.name == change.name)


def remove_group(change: GroupRemoval) -> DepartmentGroup:
    return remove_row(find_row(DepartmentGroup, change.target))


def remove_issuer(change: IssuerRemoval) -> Issuer:
    return remove_row(find_row(Issuer, change.target))


def remove_row(row: Row) -> Row:
    row.delete_instance()
    return row


def update_row(row: Row, values: dict[str, Any]) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
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
