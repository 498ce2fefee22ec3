"""What a department was called: pages and documents of a past quarter have the name of that time, others today's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.base.clock import today
from app.base.errors import FieldProblems
from app.composition.scope import DocumentScope
from app.drafting.jobs.gathering import gather_facts
from app.org.changes import DepartmentChange
from app.org.models import Department, FormerName
from app.org.operations import check_change
from app.org.queries import all_departments
from app.org.rules import DepartmentKind
from app.periods.rules import Quarter
from app.plan.core.queries import responsible_by_measure
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import seen
from tests.world import THRESHOLDS, World, open_at_once

OLD, OLD_SHORT, NEW, NEW_SHORT = "经济发展办公室", "经发办", "营商环境办公室", "营商办"
# The world's quarter is the third of 2026: the new name came after it.
RENAMED_ON = date(2026, 10, 1)


@pytest.fixture
def renamed(reported: World) -> World:
    department = reported.departments[OLD_SHORT]
    department.earlier_names = [FormerName(OLD, OLD_SHORT, RENAMED_ON).as_stored]
    department.name, department.short_name = NEW, NEW_SHORT
    department.save()
    return reported


@on_both
def test_a_department_has_on_each_day_the_name_that_it_had(renamed: World) -> None:
    number = renamed.departments[OLD_SHORT].id
    earliest = {"name": "经济科", "short_name": "经科", "replaced_on": "2020-03-01"}
    stored = Department.get_by_id(number)
    stored.earlier_names = [earliest, *(stored.earlier_names or ())]
    stored.save_as_next(read_at=1)
    for day, name in (
        (date(2019, 1, 1), "经济科"),
        (date(2020, 2, 29), "经济科"),
        (date(2020, 3, 1), OLD),
        (RENAMED_ON - timedelta(days=1), OLD),
        (RENAMED_ON, NEW),
    ):
        assert all_departments(on=day)[number].name == name
        assert Department.get_by_id(number).named_on(day) == stored
    with count_queries() as statements:
        all_departments(on=date(2019, 1, 1))
    assert len(statements) == 1


def test_the_assignments_of_any_day_name_whom_they_are_of_as_today(renamed: World) -> None:
    """Who changes them compares them with the names of today."""
    lead = responsible_by_measure(renamed.plan, on=renamed.period.last_day)[renamed.measures[0].id].lead
    assert lead and lead.name == NEW


@pytest.mark.parametrize(
    ("user", "path"),
    [
        ("office", "/review?period=2026Q3"),
        ("office", "/review?period=2026Q3&by=department"),
        ("office", "/review/{filing}"),
        ("office", "/overview?period=2026Q3"),
        ("office", "/overview?period=2026Q3&by=department"),
        ("filer", "/filings/{filing}"),
        ("filer:城管办", "/contributions?period=2026Q3"),
    ],
)
def test_a_page_of_a_past_quarter_has_the_name_of_that_time(
    app: Flask, renamed: World, user: str, path: str
) -> None:
    address = path.format(filing=renamed.filing(1).id)
    page = seen(log_in(app, renamed, user).get(address))
    assert OLD in page or OLD_SHORT in page
    main = page.partition("<main")[2] or page
    assert NEW not in main and NEW_SHORT not in main


def test_the_next_quarter_and_the_pages_of_today_have_the_new_one(app: Flask, renamed: World) -> None:
    open_at_once(renamed.plan, Quarter(2026, 4))
    client = log_in(app, renamed, "office")
    for path in ("/review?period=2026Q4", "/overview?period=2026Q4", "/plan"):
        page = seen(client.get(path))
        assert NEW in page or NEW_SHORT in page, path
        assert OLD not in page and OLD_SHORT not in page, path
    page = seen(client.get(f"/measures/{renamed.measures[0].id}"))
    assert OLD in page and NEW in page  # each quarter with its own


def test_a_document_of_a_past_quarter_has_the_name_of_that_time(renamed: World) -> None:
    scope = DocumentScope(renamed.period.quarter)
    department = Department.get_by_id(renamed.departments[OLD_SHORT].id)
    for chosen in (None, department):
        facts = gather_facts(renamed.plan, scope, thresholds=THRESHOLDS, department=chosen)
        assert facts.measures[0].lead == OLD
        assert facts.measures[0].former_leads == ()
        assert facts.department == (OLD if chosen else "")


def problems_of(change: DepartmentChange) -> dict[str, str]:
    with pytest.raises(FieldProblems) as refused:
        check_change(change)
    return refused.value.fields


def test_a_name_that_another_department_had_is_taken_on_purpose_alone(renamed: World) -> None:
    other = renamed.departments["城管办"]
    values = (OLD, "城管办", DepartmentKind.OFFICE, 2, True, today())
    assert problems_of(DepartmentChange(other.id, *values)) == {
        "name": f"“{OLD}”在2026年10月1日以前是“{NEW}”的名称，旧材料里仍是它。"
        "请换一个；确实要用的，勾选“沿用别的部门用过的名称”。"
    }
    check_change(DepartmentChange(other.id, *values, reuses_name=True))
    # Its own old name it may have again.
    check_change(
        DepartmentChange(
            renamed.departments[OLD_SHORT].id, OLD, OLD_SHORT, DepartmentKind.OFFICE, 1, True, today()
        )
    )


def test_names_follow_each_other_in_time(renamed: World) -> None:
    early = DepartmentChange(
        renamed.departments[OLD_SHORT].id,
        "招商办公室",
        "招商办",
        DepartmentKind.OFFICE,
        1,
        True,
        date(2026, 9, 1),
    )
    assert problems_of(early) == {"on": "2026年10月1日才更过名，新名称不能从更早的日期用起。"}
