"""Importing the organisation from the tables that the office keeps."""

from __future__ import annotations

from pathlib import Path

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.base.database import transaction
from app.base.tables.tabular import TableProblems, TableRow, read_table
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
)
from app.org.rules import DepartmentKind

DEPARTMENT_COLUMNS = ("部门全称", "部门简称", "类别", "分组", "免审签")
LEADER_COLUMNS = ("姓名", "职务")
ISSUER_COLUMNS = ("机关全称", "发文机关代字")


def import_departments(path: Path, *, by: Actor) -> int:
    """Add or update departments by full name from a CSV or XLSX table; return how many rows were taken.

    Raises BadInput with every wrong row and column; then nothing is imported.
    """
    return store_departments(read_table(path, DEPARTMENT_COLUMNS), path, by=by)


@transaction
def store_departments(rows: list[TableRow], path: Path, *, by: Actor) -> int:
    """Add or update departments from rows that were read. Raises BadInput."""
    problems = TableProblems()
    seen: dict[str, int] = {}
    for row in rows:
        check_department(row, seen, problems)
    problems.raise_problems(path.name)
    for position, row in enumerate(rows, 1):
        store_department(row, position)
    record_event("import_departments", by=by, summary=f"{path.name}：{len(rows)} 个部门")
    return len(rows)


def check_department(row: TableRow, seen: dict[str, int], problems: TableProblems) -> None:
    for column in ("部门全称", "部门简称"):
        if not row[column]:
            problems.add_problem(row, column, "不能为空。")
    for name in {row["部门全称"], row["部门简称"]} - {""}:
        if name in seen:
            problems.add_problem(row, "部门全称", f"“{name}”与第 {seen[name]} 行重复。")
        seen[name] = row.number
    if DepartmentKind.from_label(row["类别"]) is None:
        problems.add_problem(
            row, "类别", f"“{row['类别']}”不在{'、'.join(k.label for k in DepartmentKind)}之列。"
        )
    if row["免审签"] not in ("", "是", "否"):
        problems.add_problem(row, "免审签", "请填“是”或“否”。")


def store_department(row: TableRow, position: int) -> None:
    values = {
        "short_name": row["部门简称"],
        "kind": DepartmentKind.from_label(row["类别"]),
        "position": position,
        "needs_sign_off": row["免审签"] != "是",
        "active": True,
    }
    department, created = Department.get_or_create(name=row["部门全称"], defaults=values)
    if not created:
        Department.update(values).where(Department.id == department.id).execute()
    DepartmentGroupMember.delete().where(DepartmentGroupMember.department == department).execute()
    for name in filter(None, row["分组"].split("、")):
        group, _ = DepartmentGroup.get_or_create(name=name)
        DepartmentGroupMember.create(group=group, department=department)


def import_leaders(path: Path, *, by: Actor) -> int:
    """Add or update leaders by name from a CSV or XLSX table; return how many rows were taken."""
    return store_leaders(read_full_rows(path, LEADER_COLUMNS), path, by=by)


@transaction
def store_leaders(rows: list[TableRow], path: Path, *, by: Actor) -> int:
    for position, row in enumerate(rows, 1):
        leader, created = Leader.get_or_create(
            name=row["姓名"], defaults={"post": row["职务"], "position": position}
        )
        if not created:
            Leader.update(post=row["职务"], position=position).where(Leader.id == leader.id).execute()
    record_event("import_leaders", by=by, summary=f"{path.name}：{len(rows)} 位领导")
    return len(rows)


def import_issuers(path: Path, *, by: Actor) -> int:
    """Add or update the organs that issue documents, by full name, from a table; return how many rows were taken."""
    return store_issuers(read_full_rows(path, ISSUER_COLUMNS), path, by=by)


@transaction
def store_issuers(rows: list[TableRow], path: Path, *, by: Actor) -> int:
    for position, row in enumerate(rows, 1):
        values = {"word": row["发文机关代字"], "position": position}
        issuer, created = Issuer.get_or_create(name=row["机关全称"], defaults=values)
        if not created:
            Issuer.update(values).where(Issuer.id == issuer.id).execute()
    record_event("import_issuers", by=by, summary=f"{path.name}：{len(rows)} 个发文机关")
    return len(rows)


def read_full_rows(path: Path, columns: tuple[str, ...]) -> list[TableRow]:
    """Return the rows of a table in which every column must be filled in. Raises BadInput with those that are not."""
    rows = read_table(path, columns)
    problems = TableProblems()
    for row in rows:
        for column in columns:
            if not row[column]:
                problems.add_problem(row, column, "不能为空。")
    problems.raise_problems(path.name)
    return rows
