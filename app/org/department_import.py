"""Importing departments from a table. A row refers to the department that has one of its names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.days import written_day
from app.base.tables.tabular import TableProblems, TableRow, parse_table, read_table_bytes
from app.base.text import text_problem
from app.org import queries
from app.org.models import Department, DepartmentGroup, DepartmentGroupMember
from app.org.operations import keep_former_name, renaming_day_problem
from app.org.rules import NAME_LENGTH, SHORT_NAME_LENGTH, DepartmentKind, ImportOutcome, require_day

DEPARTMENT_COLUMNS = ("部门全称", "部门简称", "类别", "分组", "免审签")
NAME_COLUMNS = {"部门全称": NAME_LENGTH, "部门简称": SHORT_NAME_LENGTH}
# The ids of the departments that once had a full name.
FormerNames = Mapping[str, set[int]]
NameRule = Callable[[TableRow, Department, FormerNames], bool]


def import_departments(
    path: Path, *, by: Actor, on: date | None = None, end_missing: bool = False
) -> ImportOutcome:
    """Import the departments of a CSV or XLSX table: found by their names, and renamed if a row gives new ones.

    Names and endings are valid from the day `on`, else from today. With `end_missing`, departments that are not in the
    table end, unless they have unfinished work. Raises NotAllowed, BadInput with every wrong row and column; then
    nothing is imported.
    """
    require(by, Action.IMPORT_ORGANISATION)
    return import_department_data(read_table_bytes(path), path.name, by=by, on=on, end_missing=end_missing)


@transaction
def import_department_data(
    data: bytes, file: str, *, by: Actor, on: date | None = None, end_missing: bool = False
) -> ImportOutcome:
    """Do the same with the content of a file."""
    require(by, Action.IMPORT_ORGANISATION)
    day = on or today()
    require_day(day, "生效日期", last=today())
    rows, problems, seen = parse_table(data, file, DEPARTMENT_COLUMNS), TableProblems(), dict[str, int]()
    for row in rows:
        check_department(row, seen, problems)
    known = list(Department.select().order_by(Department.position, Department.id))
    match = match_departments(rows, known, queries.departments_of_former_names(), problems)
    check_renaming_days(rows, match, day, problems)
    problems.raise_problems(file)
    changes = store_departments(rows, match, day, by=by)
    ended, undecided = settle_unnamed(match.unnamed, day if end_missing else None, by=by)
    record_event(
        EventKind.IMPORT_DEPARTMENTS,
        by=by,
        summary=f"{file}：{len(rows)} 个部门",
        detail={"changes": [*changes, *ended]},
    )
    return ImportOutcome(len(rows), (*changes, *ended), undecided)


def store_departments(rows: list[TableRow], match: TableMatch, day: date, *, by: Actor) -> list[str]:
    """Store the rows in their departments; return in words which were renamed or exist again."""
    changes = []
    free_names(
        match.by_row[row.number].id for row in rows if row.number in match.by_row and is_renaming(row, match)
    )
    for position, row in enumerate(rows, 1):
        known = match.by_row.get(row.number)
        if known is not None:
            changes += differences_in_words(known, row)
            rename_department(known, row, day, by=by)
        store_department(row, known, position)
    return changes


def is_renaming(row: TableRow, match: TableMatch) -> bool:
    known = match.by_row[row.number]
    return (known.name, known.short_name) != (row["部门全称"], row["部门简称"])


def check_renaming_days(
    rows: Iterable[TableRow], match: TableMatch, day: date, problems: TableProblems
) -> None:
    for row in rows:
        known = match.by_row.get(row.number)
        if known and is_renaming(row, match) and (problem := renaming_day_problem(known, day)):
            problems.add_problem(row, "部门全称", problem)


def free_names(ids: Iterable[int]) -> None:
    """Let departments with new names give up the old ones first, since two may exchange their names."""
    for number in ids:
        Department.update(name=f"#{number}", short_name=f"#{number}").where(Department.id == number).execute()


def differences_in_words(known: Department, row: TableRow) -> list[str]:
    found = []
    if known.name != row["部门全称"]:
        found.append(f"{known.name}更名为{row['部门全称']}")
    if known.short_name != row["部门简称"]:
        found.append(f"{row['部门全称']}的简称由{known.short_name}改为{row['部门简称']}")
    if not known.is_active:
        ended = f"并入{known.merged_into.name}" if known.merged_into else "撤销"
        found.append(f"{row['部门全称']}已{ended}，现在恢复")
    return found


def rename_department(known: Department, row: TableRow, day: date, *, by: Actor) -> None:
    name, short_name = row["部门全称"], row["部门简称"]
    if keep_former_name(known, name, short_name, day):
        summary = f"{known.name}（{known.short_name}）→ {name}（{short_name}）"
        record_event(
            EventKind.RENAME_DEPARTMENT, known, by=by, summary=summary, detail={"from": written_day(day)}
        )


def store_department(row: TableRow, known: Department | None, position: int) -> None:
    values: dict[str, Any] = {
        "name": row["部门全称"],
        "short_name": row["部门简称"],
        "kind": DepartmentKind.from_label(row["类别"]),
        "position": position,
        "needs_sign_off": not row.is_marked("免审签"),
        "ended_on": None,
        "merged_into": None,
    }
    if known is None:
        known = Department.create(**values)
    else:
        values |= {"earlier_names": known.earlier_names, "version": Department.version + 1}
        Department.update(values).where(Department.id == known.id).execute()
    DepartmentGroupMember.delete().where(DepartmentGroupMember.department == known).execute()
    for name in dict.fromkeys(filter(None, row["分组"].split("、"))):
        group, _ = DepartmentGroup.get_or_create(name=name)
        DepartmentGroupMember.create(group=group, department=known)


def settle_unnamed(
    unnamed: Iterable[Department], ends_on: date | None, *, by: Actor
) -> tuple[list[str], tuple[str, ...]]:
    """End departments that are not in the table, if a day is given; return which ended and which are left."""
    ended, undecided = [], []
    for department in unnamed:
        unfinished = "".join(queries.unfinished_work_in_words(department))
        if ends_on is None or unfinished:
            advice = f"：{unfinished}请在“部门”里撤销，并选择接手的部门。" if unfinished else ""
            undecided.append(department.name + advice)
            continue
        values = {"ended_on": ends_on, "version": Department.version + 1}
        Department.update(values).where(Department.id == department.id).execute()
        record_event(
            EventKind.END_DEPARTMENT,
            department,
            by=by,
            summary=f"{department.name}，{written_day(ends_on)}起",
        )
        ended.append(f"{department.name}自{written_day(ends_on)}起撤销")
    return ended, tuple(undecided)


@dataclass
class TableMatch:
    """The department of each row, by row number, and the departments that no row refers to."""

    by_row: dict[int, Department] = field(default_factory=dict)
    unnamed: list[Department] = field(default_factory=list)


def check_department(row: TableRow, seen: dict[str, int], problems: TableProblems) -> None:
    for column, most in NAME_COLUMNS.items():
        if problem := text_problem(row[column], "名称", most, when_empty="不能为空。"):
            problems.add_problem(row, column, problem)
    for name in {row["部门全称"], row["部门简称"]} - {""}:
        if name in seen:
            problems.add_problem(row, "部门全称", f"“{name}”与第 {seen[name]} 行重复。")
        seen[name] = row.number
    if DepartmentKind.from_label(row["类别"]) is None:
        problems.add_problem(
            row, "类别", f"“{row['类别']}”不在{'、'.join(k.label for k in DepartmentKind)}之列。"
        )
    problems.check_mark(row, "免审签")


def match_departments(
    rows: Iterable[TableRow],
    known: Iterable[Department],
    former: FormerNames,
    problems: TableProblems,
) -> TableMatch:
    """Return the department of each row: by full name, then by short name, then by a `former` name.

    A row that takes the name of a department that no row refers to is a problem, since names are unique.
    """
    open_rows = {row.number: row for row in rows}
    left = {one.id: one for one in known}
    match = TableMatch()
    for is_meant in NAME_RULES:
        while found := next_meant(open_rows.values(), left.values(), former, is_meant):
            row, one = found
            match.by_row[row.number] = left.pop(one.id)
            del open_rows[row.number]
    match.unnamed = [one for one in left.values() if one.is_active]
    for row in open_rows.values():
        if named_so := [one.name for one in left.values() if has_former_name(row, one, former)]:
            problems.add_problem(
                row,
                "部门全称",
                f"“{row['部门全称']}”是{'、'.join(named_so)}都用过的名称，分不清指哪一个。请写现在的名称。",
            )
    check_names_left(
        [*open_rows.values(), *(row for row in rows if row.number in match.by_row)], left, problems
    )
    return match


def next_meant(
    rows: Iterable[TableRow], left: Collection[Department], former: FormerNames, is_meant: NameRule
) -> tuple[TableRow, Department] | None:
    """Return the first row that refers to exactly one of the departments left, with that department."""
    for row in rows:
        match [one for one in left if is_meant(row, one, former)]:
            case [one]:
                return row, one
    return None


def has_full_name(row: TableRow, one: Department, _former: FormerNames) -> bool:
    return bool(row["部门全称"] == one.name)


def has_short_name(row: TableRow, one: Department, _former: FormerNames) -> bool:
    return bool(row["部门简称"] == one.short_name)


def has_either_name(row: TableRow, one: Department, _former: FormerNames) -> bool:
    return bool({row["部门全称"], row["部门简称"]} & {one.name, one.short_name})


def has_former_name(row: TableRow, one: Department, former: FormerNames) -> bool:
    return one.id in former.get(row["部门全称"], set())


NAME_RULES: tuple[NameRule, ...] = (
    has_full_name,
    has_short_name,
    has_either_name,
    has_former_name,
)


def check_names_left(
    rows: Iterable[TableRow], left: Mapping[int, Department], problems: TableProblems
) -> None:
    holders = {name: one for one in left.values() for name in (one.name, one.short_name)}
    for row in rows:
        for column in NAME_COLUMNS:
            if holder := holders.get(row[column]):
                state = "" if holder.is_active else "（已撤销）"
                problems.add_problem(
                    row,
                    column,
                    f"“{row[column]}”现在是“{holder.name}”{state}的名称，表里没有这个部门。"
                    "请把它也写进表里，或者换一个名称。",
                )
