"""Reading the table of assignments (责任分工表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.base.tables.tabular import TableProblems, TableRow
from app.base.text import quoted_title
from app.org.models import Department, Leader
from app.org.queries import GroupMembers
from app.plan.assignments.revising import SupportingDepartment, WantedMeasure
from app.plan.assignments.table_cells import read_measure_cell
from app.plan.core.models import PlanItem
from app.plan.importer.duty_names import MatchKind, match_names

ASSIGNMENT_COLUMNS = ("举措序号", "举措", "牵头部门", "配合部门", "分管领导")
SEPARATORS = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True)
class NameDirectory:
    """All names that the table may use: departments, groups, leaders."""

    measures: dict[str, PlanItem]
    departments: dict[str, Department]
    groups: dict[str, GroupMembers]
    leaders: dict[str, Leader]


def read_assignment_table(
    rows: Sequence[TableRow],
    name: str,
    *,
    measures: list[PlanItem],
    departments: dict[str, Department],
    groups: dict[str, GroupMembers],
    leaders: list[Leader],
) -> list[WantedMeasure]:
    """Return the assignments in a table, checked as a whole. Raises BadInput with every wrong row and column."""
    directory = NameDirectory(
        measures={str(measure.position): measure for measure in measures},
        departments=departments,
        groups=groups,
        leaders={leader.name: leader for leader in leaders},
    )
    problems, taken = TableProblems(), set[int]()
    duties = [read_duties(row, directory, taken, problems) for row in rows]
    problems.raise_problems(name)
    return [duty for duty in duties if duty is not None]


def read_duties(
    row: TableRow, directory: NameDirectory, taken: set[int], problems: TableProblems
) -> WantedMeasure | None:
    """Return the assignments of one row, or None after recording what is wrong with it."""
    measure = agreed_measure(row, directory, taken, problems)
    lead = directory.departments.get(row["牵头部门"])
    if lead is None:
        problems.add_problem(
            row,
            "牵头部门",
            unknown_department_sentence(row["牵头部门"], directory)
            if row["牵头部门"]
            else "每项举措须有一个牵头部门。",
        )
    leader = directory.leaders.get(row["分管领导"])
    if row["分管领导"] and leader is None:
        problems.add_problem(row, "分管领导", unknown_leader_sentence(row["分管领导"]))
    supports = supports_of(row, lead, directory, problems)
    if measure is None or lead is None:
        return None
    return WantedMeasure(
        measure,
        yearly_target=row["年度目标"],
        lead=lead,
        supports=supports,
        leader=leader,
        sets_leader=True,
    )


def agreed_measure(
    row: TableRow, directory: NameDirectory, taken: set[int], problems: TableProblems
) -> PlanItem | None:
    """Return the measure that the row names by number and title, which must agree."""
    measure = read_measure_cell(row, directory.measures, problems)
    if measure is None:
        return None
    if row["举措"] and row["举措"] != measure.title:
        problems.add_problem(
            row, "举措", f"第 {measure.position} 项举措是{quoted_title(measure.title)}，与所填不一致。"
        )
    if measure.id in taken:
        problems.add_problem(row, "举措序号", f"第 {measure.position} 项举措已在前面出现过。")
    taken.add(measure.id)
    return measure


def supports_of(
    row: TableRow, lead: Department | None, directory: NameDirectory, problems: TableProblems
) -> tuple[SupportingDepartment, ...]:
    """Return the supporting departments with groups expanded, each once and without the lead."""
    found: dict[int, SupportingDepartment] = {}
    for name in filter(None, SEPARATORS.split(row["配合部门"])):
        if name in directory.groups:
            named = directory.groups[name]
            for member in named.members:
                found.setdefault(member.id, SupportingDepartment(member, named.group))
        elif name in directory.departments:
            department = directory.departments[name]
            found.setdefault(department.id, SupportingDepartment(department, None))
        else:
            problems.add_problem(row, "配合部门", unknown_department_sentence(name, directory))
    if lead is not None:
        found.pop(lead.id, None)
    return tuple(found.values())


def unknown_leader_sentence(name: str) -> str:
    return f"没有名为“{name}”的领导，请核对姓名；新任的，先在“组织机构”里登记。"


def unknown_department_sentence(name: str, directory: NameDirectory) -> str:
    """Return what to do about an unknown name, with the departments that may be meant."""
    units = tuple(dict.fromkeys(directory.departments.values()))
    match = match_names([name], units, tuple(directory.groups))[name]
    if match.kind in (MatchKind.GROUP, MatchKind.WORDS):
        return f"“{name}”不是一个部门，请写出部门的全称或简称。"
    if not match.units:
        return f"没有名为“{name}”的部门，请核对全称或简称；新设的，先在“组织机构”里登记。"
    names = "或".join(f"“{unit.name}”" for unit in match.units)
    return f"没有名为“{name}”的部门，是不是{names}？请写部门的全称或简称。"
