"""Changes of the organisation as plain values, carried out at once, or stored as a proposal and carried out later."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, NamedTuple

from cattrs.preconf.json import make_converter

from app.base.days import written_day
from app.base.labels import LabelledEnum
from app.org.rules import DepartmentKind


class ChangeKind(LabelledEnum):
    """The kind of a change; the values are stored in the event log and in proposals."""

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
    """A change of the row with the id `target`; None adds a row.

    read_at: the version that was read; None changes the row whatever its version.
    """

    kind: ClassVar[ChangeKind]
    table: ClassVar[str]

    target: int | None
    read_at: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class DepartmentChange(OrganisationChange):
    """Add or change a department. New names are valid from the day `on`, unless the old ones were mistakes."""

    kind = ChangeKind.DEPARTMENT
    table = "department"

    name: str
    short_name: str
    department_kind: DepartmentKind
    position: int
    needs_sign_off: bool
    on: date
    was_mistaken: bool = False
    reuses_name: bool = False


@dataclass(frozen=True)
class DepartmentEnd(OrganisationChange):
    """End a department; `successor` takes its unfinished work over, if there is any."""

    kind = ChangeKind.DEPARTMENT_END
    table = "department"

    on: date
    successor: int | None = None


@dataclass(frozen=True)
class DepartmentMerger(OrganisationChange):
    kind = ChangeKind.DEPARTMENT_MERGER
    table = "department"

    into: int
    on: date


@dataclass(frozen=True)
class DepartmentReturn(OrganisationChange):
    kind = ChangeKind.DEPARTMENT_RETURN
    table = "department"


@dataclass(frozen=True)
class GroupChange(OrganisationChange):
    kind = ChangeKind.GROUP
    table = "department_group"

    name: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class GroupRemoval(OrganisationChange):
    kind = ChangeKind.GROUP_REMOVAL
    table = "department_group"


@dataclass(frozen=True)
class LeaderChange(OrganisationChange):
    """Add or change a leader; `next_leader` takes over the measures of one who leaves."""

    kind = ChangeKind.LEADER
    table = "leader"

    name: str
    post: str
    position: int
    serves_from: date | None
    serves_until: date | None
    is_acting: bool
    next_leader: int | None = None
    in_overall_charge: bool = False


@dataclass(frozen=True)
class IssuerChange(OrganisationChange):
    kind = ChangeKind.ISSUER
    table = "issuer"

    name: str
    word: str
    superior: str
    copies_to: str
    is_default: bool
    position: int


@dataclass(frozen=True)
class IssuerRemoval(OrganisationChange):
    kind = ChangeKind.ISSUER_REMOVAL
    table = "issuer"


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
    "reuses_name": "沿用别的部门用过的名称",
    "into": "并入",
    "successor": "工作由谁接手",
    "next_leader": "由谁接着分管",
    "members": "成员",
    "post": "职务",
    "serves_from": "任职开始",
    "serves_until": "任职截止",
    "is_acting": "主持工作",
    "in_overall_charge": "全面负责",
    "word": "代字",
    "superior": "上级机关",
    "copies_to": "抄送机关",
    "is_default": "默认发文",
}
# What the row itself does not hold: from which day on, and how a change is meant.
ABOUT_THE_CHANGE = {"on", "was_mistaken", "reuses_name", "into", "successor", "next_leader"}
CONVERTER = make_converter()


class KnownNames(NamedTuple):
    """The names by id that changes may refer to."""

    departments: dict[int, str]
    leaders: dict[int, str]


class DifferingValue(NamedTuple):
    """The stored value under a label, and the value that a change sets."""

    label: str
    standing: str
    wanted: str


def stored_change(change: OrganisationChange) -> dict[str, object]:
    """Return a change as JSON values; its kind is stored beside it."""
    values: dict[str, object] = CONVERTER.unstructure(change)
    return values


def change_of_stored(kind: ChangeKind, values: dict[str, object]) -> OrganisationChange:
    return CONVERTER.structure(values, CHANGES[kind])


def values_in_words(change: OrganisationChange, names: KnownNames) -> dict[str, str]:
    """Return what a change sets, by label."""
    given = {one.name: getattr(change, one.name) for one in fields(change) if one.name in LABELS}
    return {
        LABELS[name]: value_in_words(name, value, names)
        for name, value in given.items()
        if value not in (None, "", False)
    }


def value_in_words(name: str, value: object, names: KnownNames) -> str:
    match value:
        case None | "":
            return "无"
        case bool():
            return "是" if value else "否"
        case date():
            return written_day(value)
        case LabelledEnum():
            return value.label
        case tuple():
            return "、".join(names.departments.get(one, "") for one in value) or "无"
        case int() if name in ("into", "successor"):
            return names.departments.get(value, "")
        case int() if name == "next_leader":
            return names.leaders.get(value, "")
    return str(value)


def differing_values(change: OrganisationChange, row: Any, names: KnownNames) -> list[DifferingValue]:
    """Return where a row differs from what a change sets."""
    found = []
    for one in fields(change):
        if one.name in LABELS and one.name not in ABOUT_THE_CHANGE:
            standing, wanted = standing_value(row, one.name), getattr(change, one.name)
            if standing != (tuple(sorted(wanted)) if one.name == "members" else wanted):
                words = (value_in_words(one.name, value, names) for value in (standing, wanted))
                found.append(DifferingValue(LABELS[one.name], *words))
    return found


def standing_value(row: Any, name: str) -> object:
    """Return the stored value of a field of a change."""
    if name == "members":
        return tuple(sorted(member.department_id for member in row.members))
    return getattr(row, "kind" if name == "department_kind" else name)
