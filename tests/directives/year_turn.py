"""The turn of a year: 2026 closed for measures 1 and 3, and the plan of 2027 beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import clock_stopped_at
from app.directives.core.models import Directive
from app.filing.core.measure_status import MeasureStatus
from app.periods.operations import close_period, open_period
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.operations import store_plan
from app.plan.core.queries import measures_of_plan
from app.plan.core.rules import AssignmentRole
from app.plan.importer import read_plan
from tests.directives.writing import written_directive
from tests.drafting.sample_documents import take_through
from tests.world import PLAN_TEXT, World, full_content

DECEMBER, JANUARY = datetime(2026, 12, 22, 9), datetime(2027, 1, 11, 9)
LATER_IN_JANUARY = datetime(2027, 1, 20, 9)
NEXT_TEXT = PLAN_TEXT.replace("2026年", "2027年")


def end_the_year(world: World) -> None:
    """Accept of the fourth quarter that measure 1 is at 70 per cent and measure 3 done; 2 and 4 are not accepted."""
    with clock_stopped_at(DECEMBER):
        close_period(world.period, by=world.users["office"])
        world.period = open_period(world.plan, Quarter(2026, 4), by=world.users["office"])
        take_through(world, 1, "经发办", full_content("走访过半。", 70))
        done = replace(full_content("全部签约。", 100), status=MeasureStatus.DONE)
        take_through(world, 3, "城管办", done)


def directive_of_december(world: World, *addressees: str, measure: int = 1) -> Directive:
    with clock_stopped_at(DECEMBER):
        return written_directive(world, *addressees, measure=measure)


def next_plan(world: World, *leads: str) -> tuple[Plan, list[PlanItem]]:
    """Store the plan of 2027, with these leads for its first measures."""
    plan = store_plan(read_plan(NEXT_TEXT), source=NEXT_TEXT, by=SAMPLE_LOADER)
    measures = measures_of_plan(plan)
    for measure, name in zip(measures, leads, strict=False):
        Assignment.create(item=measure, department=world.departments[name], role=AssignmentRole.LEAD)
    return plan, measures
