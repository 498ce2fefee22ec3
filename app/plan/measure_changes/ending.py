"""Ending a measure from a quarter on: it keeps all filings and no longer counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.days import first_day_of_quarter
from app.base.errors import BadInput, raise_field_problems
from app.base.text import quoted_title, text_problem
from app.plan.assignments.operations import create_revision
from app.plan.assignments.revising import REVISION_REASON_LENGTH, RevisionTerms
from app.plan.core import queries
from app.plan.core.models import Assignment, ItemChange, MeasurePredecessor, Plan, PlanItem, PlanRevision
from app.plan.core.rules import ItemAspect
from app.plan.core.signals import assignments_changed, measure_ending


def quarter_starts(plan: Plan) -> dict[int, date]:
    """Return the first day of each quarter of a plan's year, by number."""
    return {number: first_day_of_quarter(plan.year, number) for number in range(1, 5)}


@transaction
def end_measure(
    measure: PlanItem, terms: RevisionTerms, *, merged_into: PlanItem | None, by: Actor
) -> PlanRevision:
    """End a measure from the first day of a quarter on; `merged_into` continues it, if given.

    Nobody is responsible for it from then on, and values set for later days are deleted. Raises NotAllowed,
    FieldProblems, BadInput with everything that prevents it.
    """
    require(by, Action.ASSIGN_MEASURES)
    raise_field_problems(ending_problems(measure, terms, merged_into))
    if obstacles := tuple(obstacles_to_ending(measure, terms.reading_day)):
        raise BadInput("这项举措还不能从这个季度起结束。", obstacles)
    revision = create_revision(measure.plan, terms, by=by)
    words = f"并入第 {merged_into.position} 项{quoted_title(merged_into.title)}" if merged_into else "结束"
    write_ending(measure, revision, words)
    if merged_into:
        MeasurePredecessor.create(measure=merged_into, predecessor=measure)
    summary = f"第 {measure.position} 项举措{quoted_title(measure.title)}：{words}"
    record_event(EventKind.END_MEASURE, measure, by=by, summary=summary, reason=terms.reason)
    assignments_changed.send(measure.plan, by=by)
    return revision


def ending_problems(measure: PlanItem, terms: RevisionTerms, merged_into: PlanItem | None) -> dict[str, str]:
    """Return, by field, what is wrong with day and reason of an ending, and with the measure that continues it."""
    problems = {
        "reason": text_problem(terms.reason, "理由", REVISION_REASON_LENGTH, when_empty="请写明结束的理由。"),
        "quarter": quarter_problem(measure, terms),
    }
    if merged_into and not is_in_force_on(merged_into, terms.reading_day):
        problems["merged_into"] = f"第 {merged_into.position} 项举措那时不在实施，请选择另一项。"
    return {name: sentence for name, sentence in problems.items() if sentence}


def quarter_problem(measure: PlanItem, terms: RevisionTerms) -> str:
    if terms.effective_on not in quarter_starts(measure.plan).values():
        return "请选择从哪个季度起结束。"
    return lasting_problem(measure, terms.reading_day)


def lasting_problem(measure: PlanItem, on: date) -> str:
    """Return why a measure cannot end on a day by itself, or ""."""
    if has_ending(measure):
        return "这项举措已经结束，或者已定下结束的季度。"
    if measure.in_force_from and measure.in_force_from > on:
        return "这项举措那时还没有开始，请选择以后的季度。"
    return ""


@dataclass(frozen=True)
class EndingQuarters:
    """The quarters from which a measure can end, by number, and what prevents the others."""

    possible: dict[int, date]
    obstacles: list[str]


def ending_quarters(measure: PlanItem) -> EndingQuarters:
    possible, obstacles = {}, []
    for number, start in quarter_starts(measure.plan).items():
        problem = lasting_problem(measure, start)
        found = [problem] if problem else list(obstacles_to_ending(measure, start))
        if found:
            obstacles = found
        else:
            possible[number] = start
    return EndingQuarters(possible, obstacles)


def has_ending(measure: PlanItem) -> bool:
    """Return whether a measure has ended or will end on a later day."""
    is_ending = (ItemChange.item == measure) & (ItemChange.aspect == ItemAspect.ENDING)
    return bool(ItemChange.select().where(is_ending).exists())


def is_in_force_on(measure: PlanItem, on: date) -> bool:
    read = queries.measure_on_day(measure.id, on)
    return read is not None and read.is_in_force(on)


def obstacles_to_ending(measure: PlanItem, on: date) -> Iterator[str]:
    """Yield, as sentences, what prevents a measure from ending on a day."""
    for _, sentence in measure_ending.send(measure, on=on):
        if sentence:
            yield sentence


def write_ending(measure: PlanItem, revision: PlanRevision, words: str) -> None:
    """End a measure from the day of a revision on, described by these words."""
    ItemChange.create(revision=revision, item=measure, aspect=ItemAspect.ENDING, words=words)
    release_departments(measure, revision.effective_on)


def release_departments(measure: PlanItem, since: date) -> None:
    """End all assignments of a measure from a day on."""
    mine = Assignment.item == measure
    Assignment.delete().where(mine & (Assignment.in_force_from >= since)).execute()
    lasting = Assignment.in_force_until.is_null() | (Assignment.in_force_until > since)
    Assignment.update(in_force_until=since).where(mine & lasting).execute()
