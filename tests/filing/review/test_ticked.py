"""What is ticked in the office's matrix goes along wherever it leads."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask import Flask

from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import brought_to, seen
from tests.world import World

ELSEWHERE = "另有 1 项已勾选，不在上面的列表里 1. 夯实招商基础（经发办）"


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


@pytest.fixture
def waiting(world: World) -> list[Filing]:
    own = [brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2)]
    return [*own, brought_to(FilingState.SIGNED_OFF, world, 3, "城管办")]


def ticked_values(page: str) -> list[str]:
    boxes = re.findall(r"<input[^>]*name=\"read\"[^>]*>", page)
    return [box.split('value="')[1].split('"')[0] for box in boxes if " checked" in box]


@pytest.mark.parametrize("choice", [{"state": "accepted"}, {"by": "department"}, {"department": "2"}])
def test_what_the_page_does_not_show_is_named_and_stays_ticked(
    office: Browser, waiting: list[Filing], choice: dict[str, str]
) -> None:
    marks = [waiting[0].read_value]
    page = office.get("/review", query_string={**choice, "read": marks})
    assert ELSEWHERE in seen(page)
    assert ticked_values(page.get_data(as_text=True)) == marks
    assert "采用所选" in seen(page)


def test_what_the_page_shows_is_ticked_there_and_every_link_takes_it_along(
    office: Browser, waiting: list[Filing]
) -> None:
    marks = [waiting[0].read_value, waiting[2].read_value]
    page = office.get("/review", query_string={"read": marks, "state": "signed_off"}).get_data(as_text=True)
    assert ticked_values(page) == marks
    assert "另有" not in page
    links = [link for link in re.findall(r'href="(/review\?[^"]*)"', page) if "period=" in link]
    carried = [link for link in links if f"read={marks[0]}" in unquote(link)]
    assert len(carried) > 5


def test_what_moved_meanwhile_is_named_and_counts_no_more(
    office: Browser, world: World, waiting: list[Filing]
) -> None:
    marks = [filing.read_value for filing in waiting[:2]]
    operations.accept_filing(world.filing(1), by=world.users["office"], version=waiting[0].version)
    page = office.get("/review", query_string={"read": marks})
    assert "勾选之后有了变化，不再勾选：1. 夯实招商基础（经发办，已采用）。" in seen(page)
    assert ticked_values(page.get_data(as_text=True)) == marks[1:]


def test_a_refused_batch_keeps_the_ticks_of_other_pages(
    office: Browser, world: World, waiting: list[Filing]
) -> None:
    marks = [filing.read_value for filing in waiting]
    operations.accept_filing(world.filing(2), by=world.users["office"], version=waiting[1].version)
    answer = office.post("/review/accept-all?department=2", data={"read": marks})
    assert answer.status_code == 409
    assert sorted(ticked_values(answer.get_data(as_text=True))) == sorted([marks[0], marks[2]])


def test_many_ticks_cost_no_more_questions_than_one(office: Browser, waiting: list[Filing]) -> None:
    counts = []
    for marks in ([waiting[0].read_value], [filing.read_value for filing in waiting], ["x", "²:1", "9999:1"]):
        with count_queries() as asked:
            assert office.get("/review", query_string={"read": marks, "state": "accepted"}).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1
