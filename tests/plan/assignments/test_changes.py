"""Every table that is set over a plan's measures, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from app.authority.actor import SAMPLE_LOADER
from app.plan.assignments import operations
from app.plan.assignments.revising import RevisionTerms
from tests.plan.tables import indicators, milestones, table
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

HEAD = "举措序号,举措,牵头部门,配合部门,分管领导,年度目标"


def test_each_table_changes_what_it_names_and_nothing_else(world: World, tmp_path: Path) -> None:
    found = changes_beside(__file__, datetime(2026, 3, 2, 9, 30))

    def assign(*rows: str) -> Callable[[], int]:
        return lambda: operations.set_assignments(world.plan, table(tmp_path, HEAD, *rows), by=SAMPLE_LOADER)

    def set_points(*rows: str) -> Callable[[], int]:
        return lambda: operations.set_milestones(world.plan, milestones(tmp_path, *rows), by=SAMPLE_LOADER)

    def measure(*rows: str) -> Callable[[], int]:
        return lambda: operations.set_indicators(world.plan, indicators(tmp_path, *rows), by=SAMPLE_LOADER)

    tables = {
        "assign": assign("1,,城管办,经发办、各居民区,,走访100家", "3,,经发办,,周示例,"),
        "assign the same": assign("1,,城管办,经发办、各居民区,,走访100家"),
        "assign wrongly": assign("1,,外办,城管办,,", "9,,经发办,,,"),
        "set milestones": set_points("1,2,3,走访90家,90", "1,,1,建立名单,", "2,,4,全部转化,1200.5"),
        "set other milestones": set_points("1,,3,新节点,"),
        "set milestones wrongly": set_points("9,,5,,12家"),
        "set indicators": measure("1,走访企业,家,1200", "1,形成线索,条,40", "2,转化,%,95"),
        "set indicators of one measure": measure("1,走访企业,户,1300"),
        "name one again": measure("1,形成线索,条,48"),
        "set indicators wrongly": measure("9,走访,家,x"),
    }
    counted = [found.record(name, operation) for name, operation in tables.items()]
    assert counted == [2, 1, None, 3, 1, None, 3, 1, 1, None]
    revise(found, world, tmp_path)
    found.compare()


def revise(found: RecordedChanges, world: World, folder: Path) -> None:
    """Change from a day on who leads, supports and is in charge, then again from a day before."""

    def assign(day: date, *rows: str, reason: str = "调整分工。") -> Callable[[], int]:
        terms = RevisionTerms(day, reason, "街委〔2026〕9号")
        path = table(folder, HEAD, *rows)
        return lambda: operations.set_assignments(world.plan, path, by=SAMPLE_LOADER, terms=terms)

    found.record("assign from July on", assign(date(2026, 7, 1), "1,,经发办,城管办,周示例,走访90家"))
    found.record("assign from May on", assign(date(2026, 5, 6), "1,,一居,经发办、各居民区,,走访80家"))
    found.record("assign from May on again", assign(date(2026, 5, 6), "1,,经发办,一居,,走访80家"))
    found.record("assign without change", assign(date(2026, 7, 2), "1,,经发办,城管办,周示例,走访90家"))
    found.record("assign in another year", assign(date(2027, 1, 1), "1,,城管办,,,"))
    found.record("assign at length", assign(date(2026, 8, 1), "1,,城管办,,,", reason="长" * 501))
