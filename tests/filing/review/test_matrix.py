"""The office's matrix: what is shown, what is counted, and that it costs the same however much there is."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now, today
from app.filing.contributions.models import Contribution
from app.filing.core import operations
from app.filing.core.life_cycle import (
    FILING_STAGES,
    FilingStage,
    FilingStanding,
    FilingState,
    ReturnKind,
    standing_at,
)
from app.filing.core.models import Filing
from app.filing.review.filing_creation import prepare_filings
from app.filing.review.matrix.quarter_matrix import BY_DEPARTMENT, MatrixChoice, QuarterMatrix
from app.filing.review.matrix.queries import matrix_of_quarter as matrix_as
from app.org.models import Department
from app.periods.models import Period
from app.periods.operations import close_period, unlock_department
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from app.plan.core.tree import tree_of_measures
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, seen
from tests.world import THRESHOLDS, World, full_content


@pytest.fixture
def filled(world: World) -> World:
    """Measure 1 accepted, 2 waiting, 3 with its head, 4 still a draft."""
    brought_to(FilingState.ACCEPTED, world, 1)
    brought_to(FilingState.SIGNED_OFF, world, 2)
    brought_to(FilingState.SUBMITTED, world, 3, "城管办")
    return world


def matrix_of(world: World, **choice: object) -> QuarterMatrix:
    chosen = MatrixChoice(world.period.quarter.code, **choice)  # type: ignore[arg-type]  # any choice by name
    return matrix_as(world.period, chosen)


def set_due(world: World, day: date, grace_days: int = 0) -> None:
    dates = {"opens_on": day, "department_due": day, "office_due": day, "leader_due": day}
    Period.update(**dates, grace_days=grace_days).where(Period.id == world.period.id).execute()
    world.period = Period.get_by_id(world.period.id)


def shown(matrix: QuarterMatrix) -> list[tuple[int, str]]:
    return [
        (
            row.number,
            row.contributed,
        )
        for section in matrix.sections
        for row in section.rows
    ]


@pytest.mark.parametrize("stage", FILING_STAGES)
def test_only_a_draft_reads_differently_once_it_is_overdue(stage: FilingStage) -> None:
    before, after = standing_at(stage, overdue=False), standing_at(stage, overdue=True)
    if stage is FilingState.DRAFT:
        assert (before, after) == (FilingStanding.UNREPORTED, FilingStanding.OVERDUE)
    else:
        assert before is after
        assert (before.label, before.tone) == (stage.label, stage.tone)


def test_what_only_has_to_be_added_to_is_counted_found_and_called_so(app: Flask, filled: World) -> None:
    filing, office = filled.filing(2), filled.users["office"]
    kind = ReturnKind.SUPPLEMENT
    operations.send_back_filing(filing, by=office, version=filing.version, reason="请补照片。", kind=kind)
    lead = matrix_of(filled).tally
    assert {count.standing: count.count for count in lead.counts if count.count} == {
        FilingStanding.UNREPORTED if today() <= filled.period.department_due else FilingStanding.OVERDUE: 1,
        FilingStanding.SUBMITTED: 1,
        FilingStanding.SUPPLEMENT: 1,
        FilingStanding.ACCEPTED: 1,
    }
    assert [number for number, _ in shown(matrix_of(filled, state=kind))] == [2]
    assert shown(matrix_of(filled, state=FilingState.RETURNED)) == []
    page = seen(log_in(app, filled, "office").get("/review?state=supplement"))
    assert "1 份填报，涉及 1 项举措" in page
    filing, filer = filled.filing(2), filled.users["filer"]
    operations.submit_filing(filing, by=filer, version=filing.version)
    assert shown(matrix_of(filled, state=kind)) == []


def test_of_a_draft_no_number_is_shown_as_a_fact(app: Flask, filled: World) -> None:
    operations.save_filing(
        filled.filing(4, "城管办"),
        full_content(percent=41),
        by=filled.users["filer:城管办"],
        version=1,
        thresholds=THRESHOLDS,
    )
    page = seen(log_in(app, filled, "office").get("/review"))
    assert "76%" in page
    assert "41%" not in page


def test_measures_stand_in_the_plans_order_with_their_contributions(filled: World) -> None:
    assert shown(matrix_of(filled)) == [(1, "未写 2 项"), (2, ""), (3, ""), (4, "")]


def test_only_leads_are_counted(filled: World) -> None:
    lead = matrix_of(filled).tally
    assert lead.total == 4
    assert {count.stage: count.count for count in lead.counts} == {
        FilingState.DRAFT: 1,
        FilingState.SUBMITTED: 1,
        FilingState.SIGNED_OFF: 1,
        FilingState.RETURNED: 0,
        ReturnKind.SUPPLEMENT: 0,
        FilingState.ACCEPTED: 1,
    }
    matrix = matrix_of(filled)
    assert (matrix.contributed, matrix.owed_count, matrix.settled_count) == ("未写 2 项", 0, 2)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"state": FilingState.SIGNED_OFF}, [2]),
        ({"state": FilingState.DRAFT}, [4]),
        ({"state": FilingState.RETURNED}, []),
    ],
)
def test_a_choice_shows_the_measures_of_what_was_found(
    filled: World, choice: dict[str, object], expected: list[int]
) -> None:
    assert [number for number, _ in shown(matrix_of(filled, **choice))] == expected


def test_a_department_and_a_part_narrow_what_is_counted(filled: World) -> None:
    department = filled.departments["城管办"].id
    mine = matrix_of(filled, department=department)
    assert mine.tally.total == 2
    assert [number for number, _ in shown(mine)] == [3, 4]
    second_part = tree_of_measures(filled.plan)[1].item.id
    assert matrix_of(filled, department=department, part=second_part).members_found == 2


def test_departments_stand_in_their_official_order_whatever_they_filed(filled: World) -> None:
    lines = matrix_of(filled, by=BY_DEPARTMENT).lines
    assert [(line.department, line.tally.total) for line in lines] == [
        ("经发办", 2),
        ("城管办", 2),
        ("一居", 0),
    ]
    assert [line.contributed for line in lines[1:]] == ["未写 1 项", "未写 1 项"]


def test_who_only_contributes_has_a_line_where_nothing_is_left_out(app: Flask, filled: World) -> None:
    matrix = matrix_of(filled, by=BY_DEPARTMENT)
    assert (matrix.found, matrix.members_found) == (4, 2)
    assert "一居" not in matrix.departments.values()
    page = seen(log_in(app, filled, "office").get("/review?by=department"))
    assert "一居 0 0 0 0 0 0 0 未写 1 项" in page
    drafts = matrix_of(filled, by=BY_DEPARTMENT, state=FilingState.DRAFT)
    assert [line.department for line in drafts.lines] == ["城管办"]


@pytest.mark.parametrize("by", ["measure", "department"])
def test_what_is_missing_is_called_overdue_only_after_the_grace(app: Flask, filled: World, by: str) -> None:
    office = log_in(app, filled, "office")
    for due, grace, words in (
        (date(2027, 1, 4), 0, "未报"),
        (date(2026, 1, 5), 0, "逾期未报"),
    ):
        set_due(filled, due, grace)
        page = seen(office.get("/review", query_string={"by": by}))
        assert words in page
        assert ("逾期未报" in page) is (words == "逾期未报")


def test_htmx_gets_the_fragment_alone_and_its_links_work_without_it(app: Flask, filled: World) -> None:
    office = log_in(app, filled, "office")
    fragment = office.get("/review?state=signed_off", htmx=True).get_data(as_text=True)
    assert fragment.lstrip().startswith('<div id="review"')
    links = re.findall(r'<a href="(/review\?[^"]*)" hx-get="([^"]*)"', fragment)
    assert len(links) >= 8
    assert all(href == asked for href, asked in links)
    assert "<h1>" in office.get("/review?state=signed_off").get_data(as_text=True)


def test_what_the_address_gets_wrong_chooses_nothing(app: Flask, filled: World) -> None:
    office = log_in(app, filled, "office")
    text = seen(office.get("/review?state=nonsense&role=x&department=abc&part=&by=x"))
    assert "4 份填报，涉及 4 项举措" in text
    assert "没有这样的填报" in seen(office.get("/review?department=999999"))


def test_an_unknown_or_unopened_quarter_is_answered_in_words(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    for code, sentence in (("2026Q9", "不认识季度"), ("2026Q4", "尚未开启")):
        answer = office.get("/review", query_string={"period": code})
        assert answer.status_code == 422
        assert sentence in seen(answer)


def test_before_any_quarter_is_open_the_page_leads_to_opening_one(app: Flask, world: World) -> None:
    Filing.delete().execute()
    Contribution.delete().execute()
    Period.delete().execute()
    assert "还没有开启任何季度" in seen(log_in(app, world, "office").get("/review"))


def test_a_closed_quarter_offers_no_accepting(app: Flask, filled: World) -> None:
    office = log_in(app, filled, "office")
    assert "采用所选" in seen(office.get("/review"))
    close_period(filled.period, by=SAMPLE_LOADER)
    text = seen(office.get("/review"))
    assert "内容只供查看" in text
    assert "采用所选" not in text


def test_in_a_closed_quarter_what_an_unlocked_department_sent_can_be_accepted(
    app: Flask, filled: World
) -> None:
    brought_to(FilingState.SIGNED_OFF, filled, 4, "城管办")
    close_period(filled.period, by=SAMPLE_LOADER)
    filled.period = Period.get_by_id(filled.period.id)
    office, until = filled.users["office"], now() + timedelta(days=1)
    unlock_department(filled.period, filled.departments["城管办"], until=until, reason="补报。", by=office)
    assert matrix_of(filled).waiting == {filled.filing(4, "城管办").id}


def make_it_ten_times_larger(world: World) -> None:
    """Add departments, measures and filings by the dozen."""
    section = world.measures[0].parent_id
    departments = [
        Department.create(name=f"示例{n}办公室", short_name=f"示例{n}", kind="office", position=100 + n)
        for n in range(27)
    ]
    for n in range(40):
        item = PlanItem.create(
            plan=world.plan,
            parent=section,
            kind=ItemKind.MEASURE,
            number=str(n),
            position=100 + n,
            sequence=1000 + n,
            title=f"示例举措{n}",
        )
        for place, department in enumerate((departments[n % 27], departments[(n + 1) % 27])):
            role = (AssignmentRole.LEAD, AssignmentRole.SUPPORT)[place]
            Assignment.create(item=item, department=department, role=role)
    prepare_filings(world.period)


def test_what_does_not_agree_with_itself_is_marked_with_as_many_queries(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    brought_to(FilingState.SIGNED_OFF, world, content=full_content("走访企业，总体完成率达到90%。"))
    with count_queries() as few:
        page = seen(office.get("/review"))
    assert page.count("请核对 1 处") == 1
    assert "节点未完成" not in page
    brought_to(FilingState.SUBMITTED, world, measure=2)
    brought_to(FilingState.SIGNED_OFF, world, 3, "城管办", full_content("巡查一遍，举措完成率80%。"))
    with count_queries() as many:
        page = seen(office.get("/review"))
    assert page.count("请核对 1 处") == 2
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "address", ["/review", "/review?by=department", "/review?state=draft", "/review/{id}"]
)
def test_the_number_of_queries_does_not_grow(app: Flask, filled: World, address: str) -> None:
    office = log_in(app, filled, "office")
    path = address.format(id=filled.filing(2).id)
    with count_queries() as few:
        office.get(path)
    make_it_ten_times_larger(filled)
    with count_queries() as many:
        answer = office.get(path)
    assert answer.status_code == 200
    assert len(many) == len(few)
    assert len(few) <= 36
