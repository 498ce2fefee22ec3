"""Importing the organisation from the tables that the office keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput
from app.base.tables.tabular import TableProblems, TableRow, read_table
from app.base.text import text_problem
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
)
from app.org.rules import ISSUER_WORD, WORD_HINT, DepartmentKind

DEPARTMENT_COLUMNS = ("部门全称", "部门简称", "类别", "分组", "免审签")
LEADER_COLUMNS = ("姓名", "职务")
ISSUER_COLUMNS = ("机关全称", "发文机关代字")  # 上级机关, 抄送机关 and 默认 may be left out


def import_departments(path: Path, *, by: Actor) -> int:
    """Add or update departments by full name from a CSV or XLSX table; return how many rows were taken.

    Raises NotAllowed, BadInput with every wrong row and column; then nothing is imported.
    """
    require(by, Action.IMPORT_ORGANISATION)
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
    require(by, Action.IMPORT_ORGANISATION)
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
    require(by, Action.IMPORT_ORGANISATION)
    return store_issuers(read_full_rows(path, ISSUER_COLUMNS), path, by=by)


@transaction
def store_issuers(rows: list[TableRow], path: Path, *, by: Actor) -> int:
    problems = TableProblems()
    for row in rows:
        check_issuer(row, problems)
    defaults = [row for row in rows if row["默认"] == "是"]
    for row in defaults[1:]:
        problems.add_problem(row, "默认", f"第 {defaults[0].number} 行已是默认的发文机关，只能有一个。")
    problems.raise_problems(path.name)
    for position, row in enumerate(rows, 1):
        store_issuer(issuer_values(row) | {"position": position}, is_default=row["默认"] == "是")
    record_event("import_issuers", by=by, summary=f"{path.name}：{len(rows)} 个发文机关")
    return len(rows)


def check_issuer(row: TableRow, problems: TableProblems) -> None:
    for column, sentence in issuer_problems(issuer_values(row)).items():
        problems.add_problem(row, column, sentence)
    if row["默认"] not in ("", "是", "否"):
        problems.add_problem(row, "默认", "请填“是”或“否”。")


def issuer_values(row: TableRow) -> dict[str, str]:
    names = {"name": "机关全称", "word": "发文机关代字", "superior": "上级机关", "copies_to": "抄送机关"}
    return {field: row[column] for field, column in names.items() if column in row.cells}


def issuer_problems(values: Mapping[str, str]) -> dict[str, str]:
    """Return, by column, what is wrong with an organ."""
    found = {
        "机关全称": text_problem(values["name"], "机关全称", 64, when_empty="请填写机关全称。"),
        "上级机关": text_problem(values.get("superior", ""), "上级机关", 64),
        "抄送机关": text_problem(values.get("copies_to", ""), "抄送机关", 255),
    }
    if ISSUER_WORD.match(values["word"]) is None:
        found["发文机关代字"] = WORD_HINT
    return {column: sentence for column, sentence in found.items() if sentence}


@transaction
def register_issuer(
    name: str,
    word: str,
    *,
    superior: str | None = None,
    copies_to: str | None = None,
    is_default: bool = False,
    by: Actor,
) -> None:
    """Add or update an organ that issues documents, by its full name; None leaves what is known.

    Raises NotAllowed, BadInput.
    """
    require(by, Action.IMPORT_ORGANISATION)
    given = {"name": name, "word": word, "superior": superior, "copies_to": copies_to}
    values = {field: text for field, text in given.items() if text is not None}
    if problems := issuer_problems(values):
        raise BadInput("".join(f"{column}：{sentence}" for column, sentence in problems.items()))
    store_issuer(values, is_default=is_default)
    record_event("register_issuer", by=by, summary=f"{name}，代字{word}", detail=values)


def store_issuer(values: Mapping[str, Any], *, is_default: bool) -> None:
    """Write one; the first of all is the default until another is named."""
    if is_default:
        Issuer.update(is_default=False).execute()
    written = dict(values)
    if is_default or not Issuer.select().where(Issuer.is_default).exists():
        written["is_default"] = True
    issuer, created = Issuer.get_or_create(name=values["name"], defaults=written)
    if not created:
        Issuer.update(written).where(Issuer.id == issuer.id).execute()


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
