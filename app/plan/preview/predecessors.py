"""Taking assignments and targets over from last year's plan when a draft is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.clock import today
from app.org.models import Department, Leader
from app.org.queries import active_leaders
from app.plan.core.in_force import IndicatorsThroughYear, in_force_on, read_on_day
from app.plan.core.models import Assignment, Indicator, MeasurePredecessor, Milestone, PlanItem
from app.plan.core.signals import assignments_changed
from app.plan.preview.models import ImportDraft

Links = Mapping[PlanItem, PlanItem]  # a stored measure, and the one of the year before


def link_predecessors(draft: ImportDraft, measures: Mapping[int, PlanItem], *, by: Actor) -> None:
    """Link stored measures, by position in the text, to those they continue.

    If the draft says so, they take over assignments and targets where they have none of their own.
    """
    decided = draft.predecessors or {"chosen": {}, "carries": False}
    chosen = {int(start): before for start, before in decided["chosen"].items()}
    rows_before = PlanItem.select(PlanItem, Leader).left_outer_join(Leader)
    known = {row.id: row for row in rows_before.where(PlanItem.id.in_(list(chosen.values())))}
    links = {
        measures[start]: known[before]
        for start, before in chosen.items()
        if start in measures and before in known
    }
    if not links:
        return
    rows = [{"measure": measure, "predecessor": before} for measure, before in links.items()]
    MeasurePredecessor.insert_many(rows).execute()
    carries = decided["carries"]
    if carries:
        carry_over(links)
    plan = next(iter(links)).plan
    words = f"与上年对照：延续 {len(links)} 项举措{'，沿用其分工、分管领导、指标和节点' if carries else ''}"
    record_event(Action.IMPORT_PLAN, plan, by=by, summary=words)
    if carries:
        assignments_changed.send(plan, by=by)


def carry_over(links: Links) -> None:
    carry_assignments(links)
    carry_leaders(links)
    rows = list(indicator_rows(links))
    if rows:
        Indicator.insert_many(rows).execute()
    rows = list(milestone_rows(links))
    if rows:
        Milestone.insert_many(rows).execute()


def carry_assignments(links: Links) -> None:
    """Give measures without departments those of their predecessors, without ended departments."""
    assigned = {
        row.item_id for row in Assignment.select(Assignment.item).where(Assignment.item.in_(list(links)))
    }
    before = (
        Assignment.select()
        .join(Department)
        .where(
            Assignment.item.in_(list(links.values()))
            & Department.active_on(today())
            & Assignment.in_force_until.is_null()
        )
        .order_by(Assignment.id)
    )
    rows = [
        {"item": measure, "department": row.department_id, "role": row.role, "group": row.group_id}
        for measure, row in paired_rows(links, before, "item_id")
        if measure.id not in assigned
    ]
    if rows:
        Assignment.insert_many(rows).execute()


def carry_leaders(links: Links) -> None:
    """Give measures without a leader that of their predecessors, unless he has left."""
    read_on_day(links.values(), date.max)
    serving = {leader.id for leader in active_leaders()}
    led = [
        measure for measure, before in links.items() if before.leader_id in serving and not measure.leader_id
    ]
    for measure in led:
        measure.leader = links[measure].leader
    if led:
        PlanItem.bulk_update(led, fields=[PlanItem.leader])


def indicator_rows(links: Links) -> Iterator[dict[str, Any]]:
    year = IndicatorsThroughYear(before.id for before in links.values())
    before = [row for one in dict.fromkeys(links.values()) for row in year.indicators_on(one.id, date.max)]
    for measure, row in paired_rows(links, before, "measure_id"):
        kept = ("name", "unit", "yearly_target", "position", "cumulation_rule")
        yield {"measure": measure} | {name: getattr(row, name) for name in kept}


def milestone_rows(links: Links) -> Iterator[dict[str, Any]]:
    lasting = Milestone.item.in_(list(links.values())) & in_force_on(date.max, Milestone)
    before = Milestone.select().where(lasting).order_by(Milestone.id)
    for measure, row in paired_rows(links, before, "item_id"):
        yield {"item": measure, "quarter": row.quarter, "text": row.text, "target": row.target}


def paired_rows(links: Links, rows: Any, owner: str) -> Iterator[tuple[PlanItem, Any]]:
    """Yield every row of last year's measures with each measure that continues its owner."""
    for row in rows:
        for measure, before in links.items():
            if getattr(row, owner) == before.id:
                yield measure, row
