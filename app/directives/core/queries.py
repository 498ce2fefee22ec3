"""Reading directives with their addressees, replies and carry-overs: a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from peewee import JOIN, Case, ModelSelect, fn

from app.authority.actor import Actor
from app.authority.policy import Action
from app.authority.roles import DEPARTMENTAL, Role
from app.base.paging import ListPage, page_of
from app.base.statements import prepared
from app.directives.core.carry_overs import DirectiveCarryOver, MeasureCarryOver
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import TRANSITIONS, UNSETTLED, DirectiveState
from app.directives.core.models import CONFIDENTIAL_MARK, Directive, DirectiveAddressee
from app.directives.core.related_rows import load_directives
from app.directives.core.subjects import DirectiveSubject
from app.org.models import Department, Leader
from app.org.queries import seats_of_leader
from app.org.signals import department_dependents_asked
from app.periods.queries import quarters_of_plan
from app.plan.core.models import Plan, PlanItem
from app.plan.core.rules import ItemKind
from app.plan.core.signals import measure_ending

Row = TypeVar("Row")

KEY = re.compile(rf"(20[0-9]{{2}})-({CONFIDENTIAL_MARK}?)([0-9]{{1,9}})")


def directives_with_context() -> ModelSelect[Directive]:
    """Return a query over directives with their leaders: open ones first, by due date, then the newest."""
    writer = Leader.alias()
    return (
        Directive.select(Directive, Leader, writer)
        .join(Leader, JOIN.LEFT_OUTER, on=Directive.leader)
        .switch(Directive)
        .join(writer, JOIN.LEFT_OUTER, on=(Directive.written_for == writer.id), attr="written_for")
        .switch(Directive)
        .order_by(*urgent_first())
    )


def urgent_first() -> tuple[Any, ...]:
    urgency = Case(Directive.state, ((DirectiveState.OPEN, 0), (DirectiveState.REPLIED, 1)), 2)
    return urgency, Directive.due_on.is_null(), Directive.due_on, Directive.id.desc()


def about_measures(measure_ids: Any) -> Any:
    """Return the condition that a directive is about one of these measures: ids, or a query for ids."""
    on_them = DirectiveSubject.select(DirectiveSubject.directive)
    return Directive.id.in_(on_them.where(DirectiveSubject.measure.in_(measure_ids)))


def measures_in_plan(plan: Plan) -> ModelSelect[PlanItem]:
    """Return a query for the ids of a plan's items."""
    return PlanItem.select(PlanItem.id).where(PlanItem.plan == plan)


def carried_over_from(measure_id: int) -> ModelSelect[DirectiveCarryOver]:
    """Return a query for the ids of the directives that were carried over from a measure."""
    steps = DirectiveCarryOver.select(DirectiveCarryOver.directive).join(MeasureCarryOver)
    return steps.where(MeasureCarryOver.measure == measure_id)


def directives_under_plan(plan: Plan) -> ModelSelect[Directive]:
    """Return a query for the directives that a plan's documents mention: those on its measures, even if a later plan
    took them over, and those on no measure of any plan.
    """
    on_measure = DirectiveSubject.select(DirectiveSubject.directive).where(
        DirectiveSubject.measure.is_null(False)
    )
    carried = DirectiveCarryOver.select(DirectiveCarryOver.directive).join(MeasureCarryOver)
    carried = carried.where(MeasureCarryOver.measure.in_(measures_in_plan(plan)))
    of_plan = about_measures(measures_in_plan(plan)) | Directive.id.in_(carried)
    return directives_with_context().where(of_plan | Directive.id.not_in(on_measure))


def titles_under_plan(directive: Directive, plan: Plan) -> tuple[str, ...]:
    """Return the titles of a plan's measures that a directive is or was about."""
    titles = [one.title for one in directive.measures if one.plan_id == plan.id]
    titles += [
        one.carry_over.measure.title
        for one in directive.carry_overs
        if one.carry_over.measure.plan_id == plan.id
    ]
    return tuple(dict.fromkeys(titles))


def directives_where(condition: Any) -> list[Directive]:
    """Return all directives for which a condition holds, open ones first."""
    return load_directives(directives_with_context().where(condition))


def directive_by_id(directive_id: int) -> Directive | None:
    return next(iter(load_directives(directives_among([directive_id]))), None)


def directives_with_keys(keys: Iterable[str]) -> Any:
    """Return the condition that a directive has one of these keys; unreadable keys are ignored."""
    numbers: dict[tuple[int, bool], list[int]] = {}
    for year, mark, number in (match.groups() for match in map(KEY.fullmatch, keys) if match):
        numbers.setdefault((int(year), bool(mark)), []).append(int(number))
    found: Any = Directive.id.is_null()
    for (year, is_confidential), among in numbers.items():
        series = (Directive.is_confidential == is_confidential) & (Directive.number_year == year)
        found |= series & Directive.number.in_(among)
    return found


def directive_by_key(key: str) -> Directive | None:
    """Return the directive with a key such as 2026-3."""
    return next(iter(directives_where(directives_with_keys([key]))), None)


def row_by_ordinal(rows: Iterable[Row], ordinal: int) -> Row | None:
    """Return the reply or scan at a position counted from 1, as addresses count them."""
    return next(islice(rows, ordinal - 1, None), None) if ordinal > 0 else None


def hand_over_from_reader(directive: Directive, reader: Actor) -> DirectiveStep | None:
    """Return the step by which a directive passed from one of the reader's departments to another, or None."""
    roles = (Role.HEAD,) if directive.is_confidential else DEPARTMENTAL
    mine = {held.department_id for held in reader.grants if held.role in roles}
    passed = [step for step in directive.steps if step.action is Action.HAND_OVER_DUTY]
    return next((step for step in reversed(passed) if step.department_id in mine), None)


def directives_on_measure(measure: PlanItem) -> list[Directive]:
    """Return the directives on a measure and those carried over from it."""
    return load_directives(directives_about(measure.id))


@prepared
def directives_about(measure_id: int) -> ModelSelect[Directive]:
    own = about_measures([measure_id]) | Directive.id.in_(carried_over_from(measure_id))
    return directives_with_context().where(own)


def directives_on_document(document_id: int) -> list[Directive]:
    on_it = DirectiveSubject.select(DirectiveSubject.directive).where(
        DirectiveSubject.document_id == document_id
    )
    return directives_where(Directive.id.in_(on_it))


def unclosed_in_seats(leader_id: int | None, seat_ids: Sequence[int], *, most: int) -> list[Directive]:
    """Return the unsettled directives of a leader's seats: the first `most`, and all that wait for him."""
    return load_directives(first_or_waiting(leader_id, seat_ids, most)) if leader_id is not None else []


@prepared
def first_or_waiting(leader_id: int, seat_ids: Sequence[int], most: int) -> ModelSelect[Directive]:
    own = Directive.leader.in_(seat_ids) & Directive.state.in_(UNSETTLED)
    first = Directive.select(Directive.id).where(own).order_by(*urgent_first()).limit(most)
    return directives_with_context().where(Directive.id.in_(first) | waits_for_leader(leader_id, seat_ids))


def waits_for_leader(leader_id: int, seat_ids: Sequence[int]) -> Any:
    """Return the condition that a directive waits for a leader: answered or with an extension to decide on, in one of
    his seats; or his own handwriting to confirm.
    """
    is_to_decide = (Directive.state == DirectiveState.REPLIED) | Directive.extension_to.is_null(False)
    is_own = (Directive.leader == leader_id) & (Directive.written_for == leader_id)
    return Directive.leader.in_(seat_ids) & is_to_decide | is_own & waits_for_confirmation()


def waits_for_confirmation() -> Any:
    """Return the condition that a directive is handwriting which its leader has not confirmed yet."""
    can_be = Directive.state.in_(sorted(TRANSITIONS[Action.CONFIRM_DIRECTIVE].sources))
    return Directive.is_handwritten & Directive.confirmed_at.is_null() & can_be


def unclosed_of_department(department_id: int, *, measure_id: int) -> list[Directive]:
    """Return the unclosed directives on a measure that address a department."""
    unclosed = Directive.state.in_(UNSETTLED)
    addressed = Directive.id.in_(addressed_to(frozenset({department_id})))
    return load_directives(
        directives_with_context().where(about_measures([measure_id]) & unclosed & addressed)
    )


def closed_of_department(department_id: int, *, measure_id: int, days: tuple[date, date]) -> list[Directive]:
    """Return the directives on a measure that address a department and were closed within these days."""
    first, last = (datetime.combine(day, edge) for day, edge in zip(days, (time.min, time.max), strict=True))
    settled = (Directive.state == DirectiveState.CLOSED) & Directive.closed_at.between(first, last)
    addressed = Directive.id.in_(addressed_to(frozenset({department_id})))
    return load_directives(
        directives_with_context().where(about_measures([measure_id]) & settled & addressed)
    )


def addressed_to(department_ids: Collection[int]) -> ModelSelect[DirectiveAddressee]:
    """Return a query for the ids of the directives that address any of these departments."""
    return DirectiveAddressee.select(DirectiveAddressee.directive).where(
        DirectiveAddressee.department.in_(list(department_ids))
    )


class DirectiveReach(NamedTuple):
    """Everything about a person that decides which directives he may read; `led_ids` are departments he heads."""

    roles: frozenset[Role]
    department_ids: list[int]
    led_ids: list[int]
    seat_ids: list[int]


def reach_of(user: Actor) -> DirectiveReach:
    """Return a person's reach: one query for a leader, none for others."""
    led = {held.department_id for held in user.grants if held.role is Role.HEAD and held.department_id}
    seats = seats_of_leader(user.leader_id) if user.leader_id is not None else ()
    return DirectiveReach(user.roles, sorted(user.department_ids), sorted(led), sorted(seats))


def readable_by(user: Actor) -> Any:
    """Return the condition that a person may read a directive, in agreement with the policy table."""
    return readable_within(*reach_of(user))


def listed_for(user: Actor, *, own: bool) -> Any:
    """Return the condition that a person may read a directive or, with `own`, that it also belongs to his seats."""
    reach = reach_of(user)
    readable = readable_within(*reach)
    return readable & Directive.leader.in_(reach.seat_ids) if own else readable


def readable_within(
    roles: frozenset[Role], department_ids: Sequence[int], led_ids: Sequence[int], seat_ids: Sequence[int]
) -> Any:
    """Return the same condition from the parts of a `DirectiveReach`."""
    if Role.OFFICE in roles:
        return Directive.id.is_null(False)
    shared = ~Directive.is_confidential
    own = shared & Directive.id.in_(addressed_to(department_ids)) | Directive.id.in_(addressed_to(led_ids))
    if Role.LEADER in roles:
        return own | shared | Directive.leader.in_(seat_ids)
    return own


def parts_of_plans() -> list[PlanItem]:
    """Return the parts of all plans with their years, the newest plan first: one query."""
    return parts_in_order()


@prepared
def parts_in_order() -> ModelSelect[PlanItem]:
    columns = PlanItem.id, PlanItem.title, PlanItem.plan, Plan.id, Plan.year
    query = PlanItem.select(*columns).join(Plan).where(PlanItem.kind == ItemKind.PART)
    return query.order_by(Plan.year.desc(), PlanItem.sequence)


def item_ids_below(item_id: int) -> list[int]:
    """Return the ids of everything below a plan item: one query."""
    own_plan = PlanItem.select(PlanItem.plan).where(PlanItem.id == item_id)
    rows: Any = PlanItem.select(PlanItem.id, PlanItem.parent).where(PlanItem.plan.in_(own_plan)).dicts()
    parents: dict[int, int | None] = {row["id"]: row["parent"] for row in rows}

    def is_below(number: int | None) -> bool:
        while number is not None and number != item_id:
            number = parents.get(number)
        return number == item_id

    return sorted(number for number in parents if is_below(number))


def is_in_seat_of(leader_id: int) -> Any:
    """Return the condition that a directive is a leader's own or came to him with his post."""
    return Directive.leader.in_(sorted(seats_of_leader(leader_id)))


def next_filing_due(plan: Plan, *, after: date) -> date | None:
    """Return when departments file next under a plan, or None after its last quarter."""
    days = (one.due_dates.department_due for one in quarters_of_plan(plan))
    return min((day for day in days if day > after), default=None)


def last_number(year: int, *, is_confidential: bool) -> int:
    """Return the last number given in a year; confidential directives have their own series."""
    series = (Directive.number_year == year) & (Directive.is_confidential == is_confidential)
    return int(Directive.select(fn.MAX(Directive.number)).where(series).scalar() or 0)


def page_of_directives(number: int, condition: Any, *, total: int | None = None) -> ListPage[Directive]:
    """Return one page of the directives for which a condition holds, open ones first; only its rows are loaded."""
    ordered = Directive.select(Directive.id).where(condition).order_by(*urgent_first())
    found = page_of(ordered, number, total=total)
    return replace(found, rows=load_directives(directives_among([row.id for row in found.rows])))


@prepared
def directives_among(directive_ids: Sequence[int]) -> ModelSelect[Directive]:
    return directives_with_context().where(Directive.id.in_(directive_ids))


def counts_by_state(condition: Any) -> dict[DirectiveState, int]:
    """Return the number of directives in each state for which a condition holds."""
    columns = Directive.state, fn.COUNT(Directive.id).alias("count")
    query = Directive.select(*columns).group_by(Directive.state)
    rows: Any = query.where(condition).dicts()
    found: dict[DirectiveState, int] = {row["state"]: row["count"] for row in rows}
    return {state: found.get(state, 0) for state in DirectiveState}


@measure_ending.connect
def obstacle_to_ending(measure: PlanItem, *, on: date) -> str:
    """Return why a measure cannot end yet: how many of its directives are not closed; "" if none."""
    unclosed = about_measures([measure.id]) & Directive.state.in_(UNSETTLED)
    count = Directive.select().where(unclosed).count()
    return f"还有 {count} 件批示、督办没有销号，请先办结。" if count else ""


@department_dependents_asked.connect
def dependent_directives_in_words(department: Department) -> list[str]:
    """Return how many unclosed directives a department has, as a sentence in a list.

    Confidential ones are left out: administrators who end departments may not know of them; the office hands those
    over.
    """
    unclosed = Directive.state.in_(UNSETTLED) & ~Directive.is_confidential
    addressed = Directive.id.in_(addressed_to([department.id]))
    count = Directive.select().where(unclosed & addressed).count()
    return [f"还有 {count} 件批示、督办没有销号。"] if count else []
