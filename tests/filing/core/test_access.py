"""Who sees and writes whose filings, through the pages."""

from __future__ import annotations

import pytest
from flask import Flask

from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.org.models import DepartmentGroup
from app.plan.core.models import Assignment
from tests.clients import log_in
from tests.filing.pages import (
    address,
    brought_to,
    inputs,
    seen,
    typed,
)
from tests.world import THRESHOLDS, World, full_content


@pytest.mark.parametrize(
    "who", ["filer:城管办", "head:城管办", "office", "leader", "system_admin", "auditor"]
)
def test_only_the_own_department_writes(app: Flask, world: World, who: str) -> None:
    filing, browser = world.filing(1), log_in(app, world, who)
    for action in ("", "submit"):
        answer = browser.post(address(filing, action), data=typed(filing))
        assert answer.status_code == 403
    assert world.filing(1).is_blank


@pytest.mark.parametrize(
    ("who", "draft", "accepted"),
    [
        ("filer", 200, 200),
        ("head", 200, 200),
        ("filer:城管办", 403, 200),
        ("head:一居", 403, 200),
        ("office", 200, 200),
        ("leader", 200, 200),
        ("system_admin", 403, 403),
        ("security_admin", 403, 403),
        ("auditor", 403, 403),
    ],
)
def test_an_accepted_filing_is_open_to_all_departments(
    app: Flask, world: World, who: str, draft: int, accepted: int
) -> None:
    browser, filing = log_in(app, world, who), world.filing(2)
    assert browser.get(address(filing)).status_code == draft
    brought_to(FilingState.ACCEPTED, world, measure=2)
    assert browser.get(address(filing)).status_code == accepted


@pytest.mark.parametrize("who", ["office", "leader", "filer:城管办"])
def test_a_reader_gets_no_form(app: Flask, world: World, who: str) -> None:
    page = log_in(app, world, who).get(address(brought_to(FilingState.ACCEPTED, world)))
    assert inputs(page).keys() == {"csrf_token"}


def test_the_lead_reads_contributions_at_any_state(app: Flask, world: World) -> None:
    supporting = world.filing(1, "城管办")
    text = "配合开展整治2次。"
    operations.save_filing(
        supporting, full_content(text), by=world.users["filer:城管办"], version=1, thresholds=THRESHOLDS
    )
    browser = log_in(app, world, "filer")
    assert text in seen(browser.get(address(world.filing(1))))
    assert browser.get(address(supporting)).status_code == 200
    assert browser.post(address(supporting), data=typed(supporting)).status_code == 403


def test_others_read_only_accepted_contributions(app: Flask, world: World) -> None:
    operations.save_filing(
        world.filing(1, "一居"),
        full_content("居民区的草稿。"),
        by=world.users["filer:一居"],
        version=1,
        thresholds=THRESHOLDS,
    )
    lead = brought_to(FilingState.ACCEPTED, world)
    brought_to(FilingState.ACCEPTED, world, department="城管办")
    text = seen(log_in(app, world, "filer:城管办").get(address(lead)))
    assert "配合部门的填报 城管办" in text
    assert "居民区的草稿。" not in text


def test_a_group_stands_in_one_line_with_its_count_and_who_is_missing(app: Flask, world: World) -> None:
    group = DepartmentGroup.get(name="各居民区")
    Assignment.update(group=group).where(Assignment.department == world.departments["一居"]).execute()
    text = seen(log_in(app, world, "filer").get(address(world.filing(1))))
    assert "各居民区：已提交 0/1" in text
    assert "未提交：一居" in text


def test_no_such_filing(app: Flask, world: World) -> None:
    assert log_in(app, world, "filer").get("/filings/99999").status_code == 404


def test_the_list_is_for_departments(app: Flask, world: World) -> None:
    for who, status in (("filer", 200), ("head", 200), ("office", 403), ("leader", 403), ("auditor", 403)):
        assert log_in(app, world, who).get("/filings").status_code == status


def test_only_the_office_is_led_from_a_filing_to_its_review(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    for who, led in (("office", True), ("leader", False), ("filer", False)):
        page = log_in(app, world, who).get(f"/filings/{filing.id}").text
        assert (f'href="/review/{filing.id}"' in page) is led
