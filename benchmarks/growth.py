"""How much longer the office's matrix takes where there is ten times as much to show.

    python -m benchmarks.growth

Serves the sample year, then the same with 450 measures of 270 departments, and compares CPU time in one run.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.base.database import transaction
from app.filing.core.models import Filing
from app.org.models import Department
from app.periods.models import Period
from app.periods.queries import period_by_code
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import ItemKind
from benchmarks.pages import median_ms, queries, sample_app, signed_in_client
from benchmarks.targets import Targets, as_program

TIMES = 10
TARGET = 1.5
PAGES = ("/review", "/review?by=department", "/review?state=accepted")


def main(targets: Targets) -> None:
    """Print, for every page, the median milliseconds before and after, their ratio, the target, and the queries."""
    with TemporaryDirectory() as folder:
        client = signed_in_client(sample_app(Path(folder)), "office")
        few = dict(zip(PAGES, median_ms(client, *PAGES), strict=True))
        asked = {path: queries(client, path) for path in PAGES}
        multiply(period_by_code("2026Q3"))
        many = dict(zip(PAGES, median_ms(client, *PAGES), strict=True))
    for path in PAGES:
        ratio = many[path] / few[path]
        target = targets.at_most(TARGET, ratio, f"growth of {path}")
        times = f"{few[path]:6.1f} → {many[path]:6.1f} ms  {ratio:.2f} × ({target})"
        print(f"{path:24} {times}  {asked[path]} queries")


@transaction
def multiply(period: Period) -> None:
    """Let the period's plan have ten times the measures and departments, each filed as the one that it copies."""
    measures = PlanItem.select().where((PlanItem.plan == period.plan) & (PlanItem.kind == ItemKind.MEASURE))
    departments, ties = list(Department.select()), list(Assignment.select())
    rows, filings = (
        list(measures.order_by(PlanItem.sequence)),
        list(Filing.select().where(Filing.period == period)),
    )
    for number in range(1, TIMES):
        offset = 100_000 * number
        items = {
            row.id: copied(row, position=row.position + offset, sequence=row.sequence + offset)
            for row in rows
        }
        offices = {
            row.id: copied(row, name=f"{row.name}{number}", short_name=f"{row.short_name}{number}")
            for row in departments
        }
        for tie in ties:
            copied(tie, item=items[tie.item_id], department=offices[tie.department_id])
        for filing in filings:
            copied(filing, measure=items[filing.measure_id], department=offices[filing.department_id])


def copied(row: Any, **changes: object) -> Any:
    """Store a row again with some changes; return its id."""
    values = {name: value for name, value in row.__data__.items() if name != "id"}
    return type(row).insert(**(values | changes)).execute()


if __name__ == "__main__":
    as_program(main)
