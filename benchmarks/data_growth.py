"""How much longer pages take where there is ten times as much to show, and where twenty years lie behind.

    python -m benchmarks.data_growth

Serves the sample year, then the same with 450 measures of 270 departments; the sample year, then the same after twenty
plans of twenty years, each with four closed quarters; and what leaders read with a page of directives, after ten years
with 2,000. Compares CPU time in one run each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.base.clock import now
from app.base.database import transaction
from app.base.paging import PAGE_LENGTH
from app.directives.core.life_cycle import AddresseeRole, DirectiveState
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.subjects import DirectiveSubject
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.periods.due_dates import usual_due_dates
from app.periods.models import Period
from app.periods.queries import period_by_code
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.rules import ItemKind
from benchmarks.pages import median_ms, queries, sample_app, signed_in_client
from benchmarks.targets import Targets, as_program

TIMES = 10
TARGET = 1.5
PAGES = (("office", ("/review", "/review?by=department", "/review?state=accepted")),)
YEARS = range(2006, 2026)
PAGES_OF_YEARS = (
    ("office", ("/", "/plan", "/periods", "/review", "/overview", "/documents", "/documents/new/quarterly")),
    ("leader1", ("/", "/overview")),
    ("filer07", ("/filings", "/plan")),
)
DIRECTIVES = 2_000
# Before it grows the register has a full page as well: what is compared is not a long page with an empty one.
DIRECTIVES_BEFORE = PAGE_LENGTH
PAGES_OF_DIRECTIVES = (("leader1", ("/", "/overview", "/measures/13", "/directives?scope=all", "/brief")),)


def main(targets: Targets) -> None:
    """Print, for every page, the median milliseconds before and after, their ratio, the target, and the queries."""
    compare(targets, PAGES, lambda: multiply(period_by_code("2026Q3")))
    compare(targets, PAGES_OF_YEARS, add_years)
    compare(
        targets,
        PAGES_OF_DIRECTIVES,
        let_ten_years_pass,
        begin=lambda: add_directives(range(DIRECTIVES_BEFORE), every=1),
    )


def compare(
    targets: Targets,
    pages: Sequence[tuple[str, tuple[str, ...]]],
    grow: Callable[[], None],
    *,
    begin: Callable[[], None] | None = None,
) -> None:
    with TemporaryDirectory() as folder:
        app = sample_app(Path(folder))
        if begin:
            begin()
        clients = {username: signed_in_client(app, username) for username, _ in pages}
        few = {username: median_ms(clients[username], *paths) for username, paths in pages}
        asked = {
            (username, path): queries(clients[username], path) for username, paths in pages for path in paths
        }
        grow()
        many = {username: median_ms(clients[username], *paths) for username, paths in pages}
    for username, paths in pages:
        for path, before, after in zip(paths, few[username], many[username], strict=True):
            ratio = after / before
            target = targets.at_most(TARGET, ratio, f"growth of {path} of {username}")
            times = f"{before:6.1f} → {after:6.1f} ms  {ratio:.2f} × ({target})"
            print(f"{username:8} {path:24} {times}  {asked[username, path]} queries")


def let_ten_years_pass() -> None:
    """Let ten years lie behind, and 2,000 directives in them and in this one, a tenth of them not settled."""
    add_years(YEARS[-10:])
    add_directives(range(DIRECTIVES_BEFORE, DIRECTIVES), every=10)


@transaction
def add_directives(numbers: range, *, every: int) -> None:
    """Store directives with these numbers, every so many-th of them not settled."""
    measures = list(
        PlanItem.select(PlanItem.id).where(PlanItem.kind == ItemKind.MEASURE).order_by(PlanItem.id)
    )
    leader, department = Leader.select().first(), Department.select().first()
    for number in numbers:
        closed_at = None if number % every == 0 else now()
        directive = Directive.insert(
            leader=leader,
            written_for=leader,
            author=leader.name,
            text="请抓紧办理，月底前报结果。",
            state=DirectiveState.OPEN if closed_at is None else DirectiveState.CLOSED,
            closed_at=closed_at,
            number_year=2000,
            number=number + 1,
        ).execute()
        DirectiveSubject.insert(directive=directive, measure=measures[number % len(measures)]).execute()
        DirectiveAddressee.insert(
            directive=directive, department=department, role=AddresseeRole.MAIN, answered_at=closed_at
        ).execute()


@transaction
def add_years(years: Sequence[int] = YEARS) -> None:
    """Let there be a plan for each of these years, filed and accepted in four quarters, now closed."""
    plan, period = Plan.get(Plan.year == 2026), period_by_code("2026Q2")
    items = list(PlanItem.select().where(PlanItem.plan == plan).order_by(PlanItem.sequence))
    ties, filings = list(Assignment.select()), list(Filing.select().where(Filing.period == period))
    for year in years:
        older = copied(
            plan, year=year, source_sha256=f"{year:064}", title=plan.title.replace("2026", str(year))
        )
        ids: dict[int | None, int | None] = {None: None}
        for item in items:
            ids[item.id] = copied(item, plan=older, parent=ids[item.parent_id])
        for tie in ties:
            copied(tie, item=ids[tie.item_id])
        for number in QUARTERS:
            dates = vars(usual_due_dates(Quarter(year, number)))
            closed_at = datetime.combine(dates["leader_due"], time(18))
            quarter = copied(period, plan=older, year=year, number=number, closed_at=closed_at, **dates)
            Filing.insert_many(
                {**values_of(filing), "measure": ids[filing.measure_id], "period": quarter}
                for filing in filings
            ).execute()


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
    return type(row).insert(**(values_of(row) | changes)).execute()


def values_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.__data__.items() if name != "id"}


if __name__ == "__main__":
    as_program(main)
