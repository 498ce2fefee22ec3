"""The sample tables and the plan text, read as they ship, and what the tests ask of them."""

import csv
from pathlib import Path

PLANS = Path(__file__).resolve().parents[2] / "plans"
MEASURES = range(1, 46)
GROUP = "各居民区"
TEXTS = ["进展情况", "存在问题", "下一步计划"]
REMARKS = ["退回理由", "亮灯说明"]


def read_table(name: str) -> list[dict[str, str]]:
    path = PLANS / "sample" / f"2026-{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_plan() -> str:
    published = (PLANS / "2026-work-plan.txt").read_text(encoding="utf-8")
    return published.replace("**", "").replace("\n", "")


ORGANISATION = read_table("organisation")
LEADERS = read_table("leaders")
ASSIGNMENTS = read_table("assignments")
PROGRESS = read_table("progress")
PLAN = read_plan()

FULL_NAME = {row[key]: row["部门全称"] for row in ORGANISATION for key in ("部门全称", "部门简称")}
LEAD = {row["举措序号"]: FULL_NAME.get(row["牵头部门"], "") for row in ASSIGNMENTS}


def members(name: str) -> set[str]:
    """The full names behind a department's full or short name, or behind the group."""
    if name == GROUP:
        return {row["部门全称"] for row in ORGANISATION if row["分组"] == GROUP}
    return {FULL_NAME[name]}


def supporters(assignment: dict[str, str]) -> list[str]:
    return [name for name in assignment["配合部门"].split("、") if name]


def head_positions() -> list[int]:
    """Where each measure's head stands in the plan, searched in order; -1 where it is not found."""
    positions, start = [], 0
    for row in ASSIGNMENTS:
        position = PLAN.find(row["举措"], start)
        positions.append(position)
        start = position + 1
    return positions


def commitment_counts() -> dict[str, int]:
    """How many sentences follow each measure's head before the next head."""
    starts = [at + len(row["举措"]) + 1 for at, row in zip(head_positions(), ASSIGNMENTS, strict=True)]
    ends = [*head_positions()[1:], len(PLAN)]
    return {str(n): PLAN[a:b].count("。") for n, a, b in zip(MEASURES, starts, ends, strict=True)}


def by_lead(row: dict[str, str]) -> bool:
    return FULL_NAME[row["填报部门"]] == LEAD[row["举措序号"]]


def lead_rows(quarter: str) -> list[dict[str, str]]:
    return [row for row in PROGRESS if row["季度"] == quarter and by_lead(row)]


def done(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["完成任务"].split(";")))
