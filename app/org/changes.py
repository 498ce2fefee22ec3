"""What can be changed about the organisation, as plain values: done at once, or proposed, stored and done later."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from cattrs.preconf.json import make_converter

from app.base.days import written_day
from app.base.labels import LabelledEnum
from app.org.rules import DepartmentKind


class ChangeKind(LabelledEnum):
    """What is changed; the values stand in the log and in stored proposals."""

    DEPARTMENT = "department", "部门"
    DEPARTMENT_END = "department_end", "撤销部门"
    DEPARTMENT_MERGER = "department_merger", "合并部门"
    DEPARTMENT_RETURN = "department_return", "恢复部门"
    GROUP = "group", "部门组"
    GROUP_REMOVAL = "group_removal", "取消部门组"
    LEADER = "leader", "领导"
    ISSUER = "issuer", "发文机关"
    ISSUER_REMOVAL = "issuer_removal", "取消发文机关"


@dataclass(frozen=True)
class OrganisationChange:
    """A change of one row, `target` by its id; None adds one."""

    kind: ClassVar[ChangeKind]

    target: int | None


@dataclass(frozen=True)
class DepartmentChange(OrganisationChange):
    """Add a department, or change one. Other names hold from the day `on`, unless the old ones were mistakes."""

    kind = ChangeKind.DEPARTMENT

    name: str
    short_name: str
    department_kind: DepartmentKind
    position: int
    needs_sign_off: bool
    on: date
    was_mistaken: bool = False


@dataclass(frozen=True)
class DepartmentEnd(OrganisationChange):
    kind = ChangeKind.DEPARTMENT_END

    on: date


@dataclass(frozen=True)
class DepartmentMerger(OrganisationChange):
    kind = ChangeKind.DEPARTMENT_MERGER

    into: int
    on: date


@dataclass(frozen=True)
class DepartmentReturn(OrganisationChange):
    kind = ChangeKind.DEPARTMENT_RETURN


@dataclass(frozen=True)
class GroupChange(OrganisationChange):
    kind = ChangeKind.GROUP

    name: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class GroupRemoval(OrganisationChange):
    kind = ChangeKind.GROUP_REMOVAL


@dataclass(frozen=True)
class LeaderChange(OrganisationChange):
    kind = ChangeKind.LEADER

    name: str
    post: str
    position: int
    serves_from: date | None
    serves_until: date | None
    is_acting: bool


@dataclass(frozen=True)
class IssuerChange(OrganisationChange):
    kind = ChangeKind.ISSUER

    name: str
    word: str
    superior: str
    copies_to: str
    is_default: bool
    position: int


@dataclass(frozen=True)
class IssuerRemoval(OrganisationChange):
    kind = ChangeKind.ISSUER_REMOVAL


CHANGES: dict[ChangeKind, type[OrganisationChange]] = {
    one.kind: one
    for one in (
        DepartmentChange,
        DepartmentEnd,
        DepartmentMerger,
        DepartmentReturn,
        GroupChange,
        GroupRemoval,
        LeaderChange,
        IssuerChange,
        IssuerRemoval,
    )
}
LABELS = {
    "name": "名称",
    "short_name": "简称",
    "department_kind": "类别",
    "position": "次序",
    "needs_sign_off": "要审签",
    "on": "生效日期",
    "was_mistaken": "只是更正，不留旧名",
    "into": "并入",
    "members": "成员",
    "post": "职务",
    "serves_from": "任职开始",
    "serves_until": "任职截止",
    "is_acting": "主持工作",
    "word": "代字",
    "superior": "上级机关",
    "copies_to": "抄送机关",
    "is_default": "默认发文",
}
CONVERTER = make_converter()


def stored_change(change: OrganisationChange) -> dict[str, object]:
    """Return a change as JSON keeps it; its kind is kept beside it."""
    values: dict[str, object] = CONVERTER.unstructure(change)
    return values


def change_of_stored(kind: ChangeKind, values: dict[str, object]) -> OrganisationChange:
    return CONVERTER.structure(values, CHANGES[kind])


def values_in_words(change: OrganisationChange, names: dict[int, str]) -> dict[str, str]:
    """Return what a change sets, by label; departments by `names`."""
    given = {one.name: getattr(change, one.name) for one in fields(change) if one.name in LABELS}
    return {
        LABELS[name]: value_in_words(name, value, names)
        for name, value in given.items()
        if value not in (None, "", False)
    }


def value_in_words(name: str, value: object, names: dict[int, str]) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case date():
            return written_day(value)
        case LabelledEnum():
            return value.label
        case tuple():
            return "、".join(names.get(one, "") for one in value) or "无"
        case int() if name == "into":
            return names.get(value, "")
    return str(value)
