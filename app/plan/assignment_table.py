"""Reading the table that says who answers for each measure (责任分工表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.base.tables.tabular import Problems, Row
from app.org.models import Department, DepartmentGroup, Leader
from app.plan.columns import measure_in
from app.plan.models import PlanItem

COLUMNS = ("举措序号", "举措", "牵头部门", "配合部门", "分管领导")
SEPARATORS = re.compile(r"[、，,；;\s]+")

Groups = dict[str, tuple[DepartmentGroup, list[Department]]]
Support = tuple[Department, DepartmentGroup | None]


@dataclass(frozen=True)
class MeasureDuties:
    """One checked row: who leads, who supports, who is in charge, and what the year shall bring."""

    measure: PlanItem
    lead: Department
    supports: tuple[Support, ...]
    leader: Leader | None
    yearly_target: str


@dataclass(frozen=True)
class Directory:
    """Everything that the names in the table can mean."""

    measures: dict[str, PlanItem]
    departments: dict[str, Department]
    groups: Groups
    leaders: dict[str, Leader]


def duties_in(
    rows: Sequence[Row],
    name: str,
    *,
    measures: list[PlanItem],
    departments: dict[str, Department],
    groups: Groups,
    leaders: list[Leader],
) -> list[MeasureDuties]:
    """Return the duties in a table of assignments with that name, checked as a whole.

    Raises BadInput with every wrong row and column.
    """
    directory = Directory(
        measures={str(measure.position): measure for measure in measures},
        departments=departments,
        groups=groups,
        leaders={leader.name: leader for leader in leaders},
    )
    problems, taken = Problems(), set[int]()
    duties = [read_row(row, directory, taken, problems) for row in rows]
    problems.stop(name)
    return [duty for duty in duties if duty is not None]


def read_row(row: Row, directory: Directory, taken: set[int], problems: Problems) -> MeasureDuties | None:
    """Return the duties of one row, or None after noting what is wrong with it."""
    measure = measure_of(row, directory, taken, problems)
    lead = directory.departments.get(row["牵头部门"])
    if lead is None:
        problems.add(
            row, "牵头部门", unknown(row["牵头部门"]) if row["牵头部门"] else "每项举措须有一个牵头部门。"
        )
    leader = directory.leaders.get(row["分管领导"])
    if row["分管领导"] and leader is None:
        problems.add(row, "分管领导", f"没有名为“{row['分管领导']}”的领导，请先导入领导名单。")
    supports = supports_of(row, lead, directory, problems)
    if measure is None or lead is None:
        return None
    return MeasureDuties(measure, lead, supports, leader, row["年度目标"])


def measure_of(row: Row, directory: Directory, taken: set[int], problems: Problems) -> PlanItem | None:
    """Return the measure that the row names by number and head, which must agree."""
    measure = measure_in(row, directory.measures, problems)
    if measure is None:
        return None
    if row["举措"] and row["举措"] != measure.title:
        problems.add(row, "举措", f"第 {measure.position} 项举措是“{measure.title}”，与所填不一致。")
    if measure.id in taken:
        problems.add(row, "举措序号", f"第 {measure.position} 项举措已在前面出现过。")
    taken.add(measure.id)
    return measure


def supports_of(
    row: Row, lead: Department | None, directory: Directory, problems: Problems
) -> tuple[Support, ...]:
    """Return the supporting departments, groups expanded, each once and never the lead."""
    found: dict[int, Support] = {}
    for name in filter(None, SEPARATORS.split(row["配合部门"])):
        if name in directory.groups:
            group, members = directory.groups[name]
            for member in members:
                found.setdefault(member.id, (member, group))
        elif name in directory.departments:
            department = directory.departments[name]
            found.setdefault(department.id, (department, None))
        else:
            problems.add(row, "配合部门", unknown(name))
    if lead is not None:
        found.pop(lead.id, None)
    return tuple(found.values())


def unknown(name: str) -> str:
    """Return the sentence for a department that nobody knows."""
    return f"没有名为“{name}”的部门，请核对全称或简称，或先导入部门名单。"
