"""How a long matrix is cut into pages, and what each page shows."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.filing.core.life_cycle import FilingState
from app.filing.review.matrix import pages
from app.filing.review.matrix.pages import FoundFilings, pages_at_headings, pages_by_length
from app.plan.core.models import PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from app.plan.core.tree import PlanNode
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, seen
from tests.world import World

LEAD = AssignmentRole.LEAD


def heading(number: int, words: str, *below: PlanNode) -> PlanNode:
    kind = ItemKind.PART if below else ItemKind.SECTION
    return PlanNode(PlanItem(id=number, kind=kind, number=words[0], title=words), below)


# Two parts; the first has two sections.
TREE = (heading(1, "一", heading(11, "甲"), heading(12, "乙")), heading(2, "二", heading(21, "丙")))


def counted(heading_id: int | None, count: int, waiting: int = 0) -> list[FoundFilings]:
    """Return so many measures below a heading, with one filing each."""
    start = 1000 * (heading_id or 0)
    return [FoundFilings(start + place, heading_id, 1, waiting) for place in range(count)]


def cut(found: list[FoundFilings]) -> list[tuple[str, int]]:
    return [(page.label, len(page.members)) for page in pages_at_headings(TREE, found)]


def test_up_to_the_longest_page_all_stay_together() -> None:
    found = counted(11, pages.MEASURES_PER_PAGE - 1) + counted(21, 1)
    assert cut(found) == [("", pages.MEASURES_PER_PAGE)]
    assert cut([]) == [("", 0)]


def test_a_longer_matrix_is_cut_at_its_parts_and_a_long_part_at_its_sections() -> None:
    short, long = pages.MEASURES_PER_PAGE // 2, pages.MEASURES_PER_PAGE
    assert cut(counted(11, short) + counted(12, short) + counted(21, 1)) == [
        (TREE[0].item.heading, 2 * short),
        (TREE[1].item.heading, 1),
    ]
    first, second = (f"一{section.item.heading}" for section in TREE[0].children)
    assert cut(counted(11, long) + counted(12, 1) + counted(1, 2)) == [
        (TREE[0].item.heading, 2),
        (first, long),
        (second, 1),
    ]


def test_a_page_says_how_much_waits_for_the_office() -> None:
    found = counted(11, pages.MEASURES_PER_PAGE) + counted(21, 2, waiting=1)
    assert [page.waiting for page in pages_at_headings(TREE, found)] == [0, 2]


@given(
    st.dictionaries(st.sampled_from([None, 1, 11, 12, 2, 21]), st.integers(0, 2 * pages.MEASURES_PER_PAGE))
)
def test_every_measure_stands_on_exactly_one_page(sizes: dict[int | None, int]) -> None:
    found = [one for heading_id, size in sizes.items() for one in counted(heading_id, size)]
    shown = [member for page in pages_at_headings(TREE, found) for member in page.members]
    assert sorted(shown) == sorted(one.member_id for one in found)


@given(st.integers(0, 4 * pages.DEPARTMENTS_PER_PAGE))
def test_every_department_stands_on_one_page_in_order(count: int) -> None:
    names = {number: f"部门{number}" for number in range(count)}
    found = [FoundFilings(number, None, 1, 0) for number in reversed(range(count))]
    cut = pages_by_length(names, found)
    assert [number for page in cut for number in sorted(page.members)] == list(names)
    assert all(len(page.members) == 30 for page in cut[:-1])
    for page in cut if count else ():
        assert page.label == f"部门{min(page.members)}—部门{max(page.members)}"


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two measures or departments fill a page."""
    monkeypatch.setattr(pages, "MEASURES_PER_PAGE", 2)
    monkeypatch.setattr(pages, "DEPARTMENTS_PER_PAGE", 2)


@pytest.mark.usefixtures("short_pages")
def test_a_long_matrix_shows_one_part_and_leads_to_the_others(app: Flask, world: World) -> None:
    brought_to(FilingState.SIGNED_OFF, world, 3, "城管办")
    office = log_in(app, world, "office")
    first = office.get("/review")
    assert "4 份填报，涉及 4 项举措" in seen(first)
    assert "二、加强城市管理，建设美丽家园 2 项，待采用 1 份" in seen(first)
    assert "夯实招商基础" in seen(first)
    assert "推进旧区改造" not in seen(first)
    second = office.get("/review?page=2")
    assert "推进旧区改造" in seen(second)
    assert "夯实招商基础" not in seen(second)
    ticked = re.search(r'href="([^"]*tick=all[^"]*)"', second.get_data(as_text=True))
    assert ticked is not None
    again = office.get(ticked[1].replace("&amp;", "&")).get_data(as_text=True)
    assert again.count(" checked") == 1


@pytest.mark.usefixtures("short_pages")
def test_another_choice_begins_at_the_first_page(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    page = office.get("/review?page=2").get_data(as_text=True)
    by_department = re.search(r'href="(/review\?[^"]*by=department[^"]*)"', page)
    assert by_department is not None
    assert "page=" not in by_department[1]


@pytest.mark.usefixtures("short_pages")
def test_departments_go_by_pages_too(app: Flask, world: World) -> None:
    world.let_lead(4, "一居")
    office = log_in(app, world, "office")
    assert "经发办—城管办" in seen(office.get("/review?by=department"))
    assert "涉及 3 个部门" in seen(office.get("/review?by=department&page=2"))


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_a_page_that_there_is_not_shows_the_nearest(app: Flask, world: World, page: str) -> None:
    answer = log_in(app, world, "office").get("/review", query_string={"page": page})
    assert answer.status_code == 200
    assert ("推进旧区改造" in seen(answer)) is (page == "99")


@pytest.mark.usefixtures("short_pages")
def test_every_page_asks_as_many_questions(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    asked = []
    for page in (1, 2):
        with count_queries() as statements:
            office.get("/review", query_string={"page": page})
        asked.append(len(statements))
    assert asked[0] == asked[1]
