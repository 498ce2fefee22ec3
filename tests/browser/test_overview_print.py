"""The overview on paper: one sheet, whatever its measures are called and whatever is to be said of them."""

from __future__ import annotations

import pypdfium2
import pytest

from app.filing.core.models import Filing
from app.org.models import Department
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from tests.browser.conftest import Served
from tests.overview.growth import LONG, add_department, fill_up, grow

pytestmark = pytest.mark.browser


def arrange_as_published() -> None:
    """Let the 45 measures stand in five parts of three sections with three measures each, as a plan is printed."""
    measures = list(PlanItem.select().where(PlanItem.kind == ItemKind.MEASURE).order_by(PlanItem.id))
    shared = {"plan": measures[0].plan, "text": ""}
    for place, measure in enumerate(measures):
        part, section = divmod(place // 3, 3)
        if place % 9 == 0:
            title, sequence = f"第{part + 1}部分{LONG}", 1000 * (part + 1)
            above = PlanItem.create(
                kind=ItemKind.PART,
                number=f"{part + 1}、",
                title=title,
                sequence=sequence,
                position=sequence,
                **shared,
            )
        if place % 3 == 0:
            title, sequence = f"第{section + 1}节{LONG}", 1000 * (part + 1) + 100 * (section + 1)
            parent = PlanItem.create(
                kind=ItemKind.SECTION,
                number="（一）",
                title=title,
                sequence=sequence,
                position=sequence,
                parent=above,
                **shared,
            )
        sequence = parent.sequence + place % 3 + 1
        PlanItem.update(parent=parent, sequence=sequence).where(PlanItem.id == measure.id).execute()


def test_the_overview_is_one_sheet_and_names_its_filter(site: Served) -> None:
    fill_up(site.world)
    arrange_as_published()
    Filing.update(percent=5).execute()
    with site.signed_in("leader") as page:
        page.goto("/overview?period=2026Q1&light=yellow")
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=False, format="A4")) as pdf:
            words = [one.get_textpage().get_text_range() for one in pdf]
    assert len(words) == 1
    assert "总览：黄灯" in words[0]
    assert words[0].count("黄灯（部门调整，按序时为红灯") >= 45
    assert "走势、举措状态和未采用的名单见系统" in words[0].replace("\r\n", "")


def test_by_departments_it_is_one_sheet_of_those_that_lead(site: Served) -> None:
    world = site.world
    grow(world, measures=41)
    measures = list(PlanItem.select().where(PlanItem.kind == ItemKind.MEASURE).order_by(PlanItem.id))
    leading = [add_department(number) for number in range(101, 116)]
    Department.update(name=Department.name.concat("（社会治安综合治理）")).execute()
    for place, measure in enumerate(measures):
        own = (Assignment.item == measure) & (Assignment.role == AssignmentRole.LEAD)
        Assignment.update(department=leading[place // 3]).where(own).execute()
    with site.signed_in("leader") as page:
        page.goto("/overview?period=2026Q1&by=department")
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=False, format="A4")) as pdf:
            words = [one.get_textpage().get_text_range().replace("\r\n", "") for one in pdf]
    assert len(words) == 1
    assert [words[0].count(text) for text in ("牵头 3 项", "牵头 0 项", "配合情况：")] == [15, 0, 0]
    assert "配合情况和未采用的名单见系统" in words[0]
