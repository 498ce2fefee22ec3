"""Ending a measure from a quarter on: it stays with all that was filed, and is counted no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput, raise_field_problems
from app.base.text import text_problem
from app.plan.assignments.revising import REASON_LENGTH, RevisionTerms
from app.plan.core.models import Assignment, ItemChange, Plan, PlanItem, PlanRevision
from app.plan.core.rules import ItemAspect
from app.plan.core.signals import assignments_changed, measure_ending

FIRST_MONTHS = {1: 1, 2: 4, 3: 7, 4: 10}


def quarter_starts(plan: Plan) -> dict[int, date]:
    """Return the first day of each quarter of a plan's year, by its number."""
    return {number: date(plan.year, month, 1) for number, month in FIRST_MONTHS.items()}


@transaction
def end_measure(
    measure: PlanItem, terms: RevisionTerms, *, merged_into: PlanItem | None, by: Actor
) -> PlanRevision:
    """End a measure from the first day of a quarter on; `merged_into` is the one that goes on with it, if one does.

    Nobody answers for it any more from then on, and what was set for later days goes.

    Raises NotAllowed, FieldProblems, BadInput with everything that still hangs on it.
    """
    require(by, Action.ASSIGN_MEASURES)
    raise_field_problems(ending_problems(measure, terms))
    since = terms.reading_day
    if obstacles := tuple(obstacles_to_ending(measure, since)):
        raise BadInput("这项举措还不能从这个季度起结束。", obstacles)
    revision = PlanRevision.create(
        plan=measure.plan, effective_on=since, reason=terms.reason, paper=terms.paper, made_by=by.person
    )
    words = f"并入第 {merged_into.position} 项“{merged_into.title}”" if merged_into else "结束"
    ItemChange.create(revision=revision, item=measure, aspect=ItemAspect.ENDING, words=words)
    release_departments(measure, since)
    summary = f"第 {measure.position} 项举措“{measure.title}”：{words}"
    record_event("end_measure", measure, by=by, summary=summary, reason=terms.reason)
    assignments_changed.send(measure.plan, by=by)
    return revision


def ending_problems(measure: PlanItem, terms: RevisionTerms) -> dict[str, str]:
    """Return, by field, what is wrong with the day and the reason of an ending."""
    problems = {
        "reason": text_problem(terms.reason, "理由", REASON_LENGTH, when_empty="请写明结束的理由。"),
        "quarter": ""
        if terms.effective_on in quarter_starts(measure.plan).values()
        else "请选择从哪个季度起结束。",
    }
    if measure.ended_on is not None:
        problems["quarter"] = "这项举措已经结束。"
    return {name: sentence for name, sentence in problems.items() if sentence}


def obstacles_to_ending(measure: PlanItem, on: date) -> Iterator[str]:
    """Yield, in words, what still hangs on a measure on the day on which it is to end."""
    for _, sentence in measure_ending.send(measure, on=on):
        if sentence:
            yield sentence


def release_departments(measure: PlanItem, since: date) -> None:
    """Let nobody answer for a measure any more from a day on."""
    mine = Assignment.item == measure
    Assignment.delete().where(mine & (Assignment.in_force_from >= since)).execute()
    lasting = Assignment.in_force_until.is_null() | (Assignment.in_force_until > since)
    Assignment.update(in_force_until=since).where(mine & lasting).execute()
