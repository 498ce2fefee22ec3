"""Importing leaders from a table, by name and in its order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.database import transaction
from app.base.days import parse_day, written_day
from app.base.tables.tabular import TableProblems, TableRow, parse_table, read_table_bytes
from app.base.text import text_problem
from app.org.models import Leader
from app.org.rules import (
    DIVIDED_CHARGE,
    OVERALL_CHARGE,
    PERSON_LENGTH,
    POST_LENGTH,
    ImportOutcome,
    require_day,
)

LEADER_COLUMNS = ("姓名", "职务")  # 任职开始, 任职截止, 主持工作 and 负责范围 may be left out


def import_leaders(
    path: Path, *, by: Actor, on: date | None = None, end_missing: bool = False
) -> ImportOutcome:
    """Add or update leaders by name from a CSV or XLSX table, in the table's order.

    With `end_missing`, leaders who are not in it leave office after the day `on`, else today. Raises NotAllowed,
    BadInput with every wrong row and column.
    """
    require(by, Action.IMPORT_ORGANISATION)
    return import_leader_data(read_table_bytes(path), path.name, by=by, on=on, end_missing=end_missing)


@transaction
def import_leader_data(
    data: bytes, file: str, *, by: Actor, on: date | None = None, end_missing: bool = False
) -> ImportOutcome:
    """Do the same with the content of a file."""
    require(by, Action.IMPORT_ORGANISATION)
    day = on or today()
    require_day(day, "任职截止日", last=date(today().year + 1, 12, 31))
    rows = parse_table(data, file, LEADER_COLUMNS)
    leaders = read_leaders(rows, file)
    known = {one.name: one for one in Leader.select().order_by(Leader.position, Leader.id)}
    for leader in leaders:
        Leader.insert(leader).on_conflict(
            conflict_target=[Leader.name],
            update={key: value for key, value in leader.items() if key != "name"}
            | {"version": Leader.version + 1},
        ).execute()
    gone = [
        one for name, one in known.items() if one.is_serving and name not in {row["姓名"] for row in rows}
    ]
    changes = [f"{one.name}（{one.post}）任职至{written_day(day)}" for one in gone] if end_missing else []
    if end_missing:
        for one in gone:
            first = min(one.serves_from or day, day)
            served = {"serves_from": one.serves_from and first, "serves_until": day}
            Leader.update({**served, "version": Leader.version + 1}).where(Leader.id == one.id).execute()
            record_event(EventKind.END_LEADER, one, by=by, summary=f"{one.name}，{written_day(day)}止")
    record_event(
        EventKind.IMPORT_LEADERS, by=by, summary=f"{file}：{len(rows)} 位领导", detail={"changes": changes}
    )
    undecided = () if end_missing else tuple(f"{one.name}（{one.post}）" for one in gone)
    return ImportOutcome(len(rows), tuple(changes), undecided)


def read_leaders(rows: list[TableRow], file: str) -> list[dict[str, Any]]:
    """Return the values of leaders by row of a table. Raises BadInput with every wrong row and column."""
    problems, seen, leaders = TableProblems(), dict[str, int](), []
    for position, row in enumerate(rows, 1):
        for column, most in (("姓名", PERSON_LENGTH), ("职务", POST_LENGTH)):
            if problem := text_problem(row[column], column, most, when_empty="不能为空。"):
                problems.add_problem(row, column, problem)
        if row["姓名"] in seen:
            problems.add_problem(row, "姓名", f"“{row['姓名']}”与第 {seen[row['姓名']]} 行重复。")
        seen[row["姓名"]] = row.number
        problems.check_mark(row, "主持工作")
        if row["负责范围"] not in ("", OVERALL_CHARGE, DIVIDED_CHARGE):
            problems.add_problem(row, "负责范围", "请填“全面”或“分管”。")
        first, last = read_term(row, problems)
        leaders.append(
            {
                "name": row["姓名"],
                "post": row["职务"],
                "position": position,
                "is_acting": row.is_marked("主持工作"),
            }
            | {"serves_until": last}
            | ({"serves_from": first} if "任职开始" in row.cells else {})
            | ({"in_overall_charge": row["负责范围"] == OVERALL_CHARGE} if row["负责范围"] else {})
        )
    problems.raise_problems(file)
    return leaders


def read_term(row: TableRow, problems: TableProblems) -> tuple[date | None, date | None]:
    """Return the first and last day in office, as far as the row says so."""
    days = {column: parse_day(row[column]) for column in ("任职开始", "任职截止")}
    for column, day in days.items():
        if row[column] and day is None:
            problems.add_problem(row, column, f"“{row[column]}”不是日期，请写成 2027-02-06 的样子。")
    first, last = days.values()
    if first and last and last < first:
        problems.add_problem(row, "任职截止", "任职截止不能早于任职开始。")
    return first, last
