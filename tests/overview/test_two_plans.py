"""Two plans side by side: every page takes its plan from the address, and no page falls back on the newest."""

from __future__ import annotations

import ast
import re
from dataclasses import asdict
from datetime import datetime

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import DocumentFile
from app.periods.due_dates import usual_due_dates
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.printing.rules import FileFormat
from tests.clients import Browser, log_in
from tests.plan.two_plans import next_plan
from tests.structure.authority import modules_of_app
from tests.structure.project_files import nodes_of
from tests.web.subjects import blank_page, document_in
from tests.world import World

JANUARY = datetime(2027, 1, 6, 9)
# Each page that is about a plan or a quarter: who looks, where, and how it is told of which year it is.
PAGES = (
    ("office", "/", "2026年第三季度填报情况", "2027年第一季度填报情况"),
    ("leader", "/", "2026年第三季度，序时进度", "2027年第一季度，序时进度"),
    ("office", "/plan", "示例街道2026年工作计划</h1>", "示例街道2027年工作计划</h1>"),
    ("filer", "/plan", "示例街道2026年工作计划</h1>", "示例街道2027年工作计划</h1>"),
    ("office", "/periods", "2026年季度设置", "2027年季度设置"),
    ("office", "/review", "2026年第三季度审核", "2027年第一季度审核"),
    ("office", "/overview", "2026年第三季度总览", "2027年第一季度总览"),
    ("leader", "/overview", "2026年第三季度总览", "2027年第一季度总览"),
    ("office", "/documents", "2026年公文", "2027年公文"),
    ("leader", "/documents", "2026年公文", "2027年公文"),
    ("office", "/documents/new", "示例街道2026年工作计划", "示例街道2027年工作计划"),
    ("office", "/documents/new/quarterly", "2026年推进情况报告", "2027年推进情况报告"),
    ("office", "/review/remind", "2026年第三季度", "2027年第一季度"),
    ("filer", "/filings/excel", "2026年第三季度：用 Excel", "2027年第一季度：用 Excel"),
    ("filer", "/filings/check", "2026年第三季度填报", "2027年第一季度填报"),
)


@pytest.fixture
def in_january(app: Flask, world: World) -> World:
    """2026Q3 is over, 2026Q4 is being filed, the plan of 2027 is there, and its first quarter was opened early."""
    usual = asdict(usual_due_dates(world.period.quarter))
    Period.update(usual).where(Period.id == world.period.id).execute()
    with clock_stopped_at(datetime(2026, 12, 21, 9)):
        open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    with clock_stopped_at(JANUARY):
        open_period(next_plan(), Quarter(2027, 1), by=SAMPLE_LOADER)
    return world


def shown(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(("who", "address", "current", "named"), PAGES)
def test_a_page_shows_the_current_plan_or_the_one_of_its_address(
    app: Flask, in_january: World, who: str, address: str, current: str, named: str
) -> None:
    with clock_stopped_at(JANUARY):
        browser = log_in(app, in_january, who)
        default, other = shown(browser, address), shown(browser, f"{address}?year=2027")
    assert current in default
    assert named not in default
    assert named in other
    assert current not in other


SWITCHED = ("/", "/plan", "/periods", "/review", "/overview", "/documents", "/documents/new")


@pytest.mark.parametrize("address", SWITCHED)
def test_a_page_leads_to_the_other_year(app: Flask, in_january: World, address: str) -> None:
    with clock_stopped_at(JANUARY):
        page = shown(log_in(app, in_january, "office"), address)
    years = re.search(r'aria-label="年度">(.*?)</nav>', page, re.DOTALL)
    assert years
    assert re.findall(r'href="([^"]+)"( aria-current)?', years[1]) == [
        (f"{address}?year=2026", " aria-current"),
        (f"{address}?year=2027", ""),
    ]


@pytest.mark.parametrize("address", ["/plan", "/periods", "/documents", "/overview", "/review"])
def test_a_year_without_a_plan_is_answered_in_words(app: Flask, in_january: World, address: str) -> None:
    office = log_in(app, in_january, "office")
    for year in ("2031", "二〇二七", "-2026", "20266"):
        answer = office.get(address, query_string={"year": year})
        assert answer.status_code == 422, year
        assert "没有这一年的工作计划" in answer.get_data(as_text=True), year


def test_a_single_plan_needs_no_switch(app: Flask, world: World) -> None:
    assert 'aria-label="年度"' not in shown(log_in(app, world, "office"), "/plan")


def test_documents_and_the_form_of_a_new_one_keep_to_their_plan(app: Flask, in_january: World) -> None:
    """In January the last report of the year before is made, while the new year's quarter is open."""
    document = document_in(DocumentState.ISSUED, in_january)
    DocumentFile.create(document=document, format=FileFormat.PDF, sha256="0" * 64, data=blank_page())
    with clock_stopped_at(JANUARY):
        office = log_in(app, in_january, "office")
        place = f'href="/documents/{document.id}"'
        assert place in shown(office, "/documents")
        assert place not in shown(office, "/documents?year=2027")
        assert "?year=2026" in shown(office, f"/documents/{document.id}")
        form = shown(office, "/documents/new/quarterly?year=2026")
    assert re.findall(r"<option[^>]*>(2026年第.季度|2027年第.季度)", form) == [
        "2026年第四季度",
        "2026年第三季度",
    ]
    assert re.search(r"<option selected[^>]*>2026年第三季度", form)
    assert 'action="/documents/new/quarterly?year=2026"' in form


def test_opening_a_quarter_takes_its_plan_from_the_quarter(app: Flask, in_january: World) -> None:
    with clock_stopped_at(JANUARY):
        office = log_in(app, in_january, "office")
        for quarter in (Quarter(2026, 2), Quarter(2027, 2)):
            dates = {name: str(value) for name, value in asdict(usual_due_dates(quarter)).items()}
            answer = office.post(f"/periods/open?quarter={quarter.code}", data=dates)
            assert answer.location == f"/periods?year={quarter.year}"


SORTED_DOWN = re.compile(r"\b(Plan|Period)\.(year|number|id)\.desc\(\)")


def test_nobody_asks_for_the_newest_plan_or_quarter() -> None:
    """Sorting plans or quarters down to take the first is the fault itself; the query of the rule is left."""
    found = set()
    for module, path in modules_of_app().items():
        if ".desc()" not in path.read_text(encoding="utf-8"):
            continue
        functions = (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef))
        found |= {f"{module}:{node.name}" for node in functions if SORTED_DOWN.search(ast.unparse(node))}
    assert found == {
        "app.periods.queries:candidate_quarters",
        "app.directives.core.queries:parts_in_order",
        "app.filing.core.queries:filings_through_year",
        "app.filing.core.queries:accepted_filings",
        "app.following.queries:list_of_followed",
        "app.search.queries:readable_filings",
        "app.search.queries:readable_items",
    }
