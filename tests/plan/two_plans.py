"""The plan of the year after that of the small sub-district, with the same measures and duties."""

from __future__ import annotations

from app.authority.actor import SAMPLE_LOADER
from app.plan.core.models import Assignment, Plan
from app.plan.core.operations import store_plan
from app.plan.core.queries import measures_of_plan, plan_of_year
from app.plan.importer import read_plan
from tests.world import PLAN_TEXT


def next_plan(year: int = 2027) -> Plan:
    """Import the plan of a year; each measure is answered for as the one of its number in the first plan."""
    text = PLAN_TEXT.replace("2026年", f"{year}年")
    plan = store_plan(read_plan(text), source=text, by=SAMPLE_LOADER)
    before = plan_of_year(2026)
    assert before is not None
    for old, new in zip(measures_of_plan(before), measures_of_plan(plan), strict=True):
        for tie in Assignment.select().where(Assignment.item == old):
            Assignment.create(item=new, department=tie.department_id, role=tie.role)
    return plan
