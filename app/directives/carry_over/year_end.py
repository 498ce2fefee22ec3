"""The state of a plan's measures at the end of its year: the accepted filings and the open directives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from peewee import ModelSelect

from app.base.clock import today
from app.base.labels import LabelledEnum, LabelTone
from app.base.statements import prepared
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.life_cycle import UNSETTLED
from app.directives.core.models import Directive
from app.directives.core.queries import about_measures, directives_with_context
from app.directives.core.related_rows import load_directives
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import MeasureStatus
from app.filing.core.models import Filing
from app.periods.models import Period
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.in_force import ItemOnDay, read_on_days
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import measures_of_plan, plan_of_year


class YearEndState(LabelledEnum):
    """The result of a measure at the end of its year, according to its accepted filings."""

    UNFINISHED = "unfinished", "未完成", LabelTone.ATTENTION
    PENDING = "pending", "待定", LabelTone.WAITING
    FINISHED = "finished", "已完成", LabelTone.GOOD
    CANCELLED = "cancelled", "取消", LabelTone.QUIET


ENDED = {MeasureStatus.DONE: YearEndState.FINISHED, MeasureStatus.CANCELLED: YearEndState.CANCELLED}


def year_end_state(status: MeasureStatus | None, *, is_year_over: bool) -> YearEndState:
    """Return the result of a measure from its last accepted status.

    is_year_over: the fourth quarter is accepted or closed. Until then an unfinished measure can still be finished.
    """
    undecided = YearEndState.UNFINISHED if is_year_over else YearEndState.PENDING
    return ENDED.get(status, undecided) if status else undecided


@dataclass(frozen=True)
class MeasureYear:
    """A measure with its accepted filings, first quarter first, and its open directives."""

    measure: PlanItem
    accepted: tuple[Filing, ...]
    directives: tuple[Directive, ...]
    state: YearEndState

    @property
    def last_accepted(self) -> Filing | None:
        return self.accepted[-1] if self.accepted else None

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to be carried over."""
        return self.state in (YearEndState.FINISHED, YearEndState.CANCELLED) and not self.directives

    @property
    def is_pending(self) -> bool:
        """Return whether the decision can wait: the last quarter is not accepted yet and no directive is open."""
        return self.state is YearEndState.PENDING and not self.directives

    @property
    def last_words(self) -> str:
        """Return the last accepted report in short: 正常推进，完成 70%，年底预计能够完成（第三季度）."""
        last = self.last_accepted
        if last is None:
            return "没有采用过的填报"
        percent = f"完成 {last.percent_words}" if last.percent_words else ""
        forecast = f"年底预计{last.forecast.label}" if last.forecast else ""
        words = "，".join(filter(None, (last.status.label if last.status else "", percent, forecast)))
        return f"{words}（{last.period.quarter.short_words}）"


def years_of_measures(measures: Sequence[PlanItem]) -> list[MeasureYear]:
    """Return the state of measures at the end of their years, in the given order: a fixed number of queries."""
    if not measures:
        return []
    ids = [measure.id for measure in measures]
    accepted: dict[int, list[Filing]] = {}
    for filing in accepted_of_leads(ids):
        accepted.setdefault(filing.measure_id, []).append(filing)
    unclosed = directives_with_context().where(about_measures(ids) & Directive.state.in_(UNSETTLED))
    directives: dict[int, list[Directive]] = {}
    for directive in load_directives(unclosed):
        for measure_id in directive.measure_ids:
            directives.setdefault(measure_id, []).append(directive)
    closed = plans_with_closed_year({measure.plan_id for measure in measures})
    return [
        measure_year(
            measure, accepted.get(measure.id, []), directives.get(measure.id, []), measure.plan_id in closed
        )
        for measure in measures
    ]


def measure_year(
    measure: PlanItem, accepted: list[Filing], directives: list[Directive], is_closed: bool
) -> MeasureYear:
    last = accepted[-1] if accepted else None
    is_year_over = is_closed or (last is not None and last.period.number == QUARTERS[-1])
    state = year_end_state(last.status if last else None, is_year_over=is_year_over)
    return MeasureYear(measure, tuple(accepted), tuple(directives), state)


def accepted_of_leads(measure_ids: Sequence[int]) -> list[Filing]:
    """Return the accepted filings of some measures with their quarters, first quarter first: one query."""
    query = Filing.select(Filing, Period).join(Period)
    led = Filing.measure.in_(measure_ids)
    return list(query.where(led & (Filing.state == FilingState.ACCEPTED)).order_by(Period.number, Filing.id))


def plans_with_closed_year(plan_ids: Iterable[int]) -> set[int]:
    """Return the plans whose fourth quarter is closed, so that no more filings can come."""
    is_last = (Period.number == QUARTERS[-1]) & Period.closed_at.is_null(False)
    rows = Period.select(Period.plan).where(Period.plan.in_(sorted(plan_ids)) & is_last)
    return {row.plan_id for row in rows}


@dataclass(frozen=True)
class YearTurn:
    """Last year's plan and measures, and what this year's plan has decided about them; `last` is None without one."""

    last: Plan | None
    years: tuple[MeasureYear, ...] = ()
    decided: tuple[MeasureCarryOver, ...] = ()

    @cached_property
    def undecided(self) -> list[MeasureYear]:
        """Return the measures still to be decided on, in the plan's order."""
        done = {one.measure_id for one in self.decided}
        return [one for one in self.years if not one.is_settled and one.measure.id not in done]

    @property
    def settled(self) -> list[MeasureYear]:
        done = {one.measure_id for one in self.decided}
        return [one for one in self.years if one.is_settled and one.measure.id not in done]


def year_end(plan: Plan) -> date:
    return Quarter(plan.year, QUARTERS[-1]).last_day


def turn_into_year(year: int | None, plan: Plan | None = None) -> YearTurn:
    """Return what can be carried over into a year, with the decisions of `plan` if it is stored already."""
    last = plan_of_year(year - 1) if year else None
    if last is None:
        return YearTurn(None)
    measures = measures_of_plan(last, on=year_end(last))
    decided = carry_overs_of(MeasureCarryOver.plan == plan) if plan else ()
    return YearTurn(last, tuple(years_of_measures(measures)), tuple(decided))


def carry_overs_of(condition: Any) -> list[MeasureCarryOver]:
    """Return the carry-overs for which a condition holds, in the order of last year's plan: two queries."""
    return read_carry_overs(carry_overs_with_measures().where(condition))


def carry_overs_of_measure(measure: PlanItem) -> list[MeasureCarryOver]:
    """Return the carry-overs from a measure and into it: two queries."""
    return read_carry_overs(carry_overs_around(measure.id))


@prepared
def carry_overs_around(measure_id: int) -> ModelSelect[MeasureCarryOver]:
    into, out = MeasureCarryOver.successor == measure_id, MeasureCarryOver.measure == measure_id
    return carry_overs_with_measures().where(into | out)


def carry_overs_with_measures() -> ModelSelect[MeasureCarryOver]:
    """Return a query over carry-overs with both measures and their plans, in the order of last year's plan."""
    before, after, last, plan = PlanItem.alias(), PlanItem.alias(), Plan.alias(), Plan.alias()
    return (
        MeasureCarryOver.select(MeasureCarryOver, before, after, last, plan)
        .join(before, on=(MeasureCarryOver.measure == before.id), attr="measure")
        .join(last, on=(before.plan == last.id), attr="plan")
        .switch(MeasureCarryOver)
        .join(plan, on=(MeasureCarryOver.plan == plan.id), attr="plan")
        .switch(MeasureCarryOver)
        .left_outer_join(after, on=(MeasureCarryOver.successor == after.id), attr="successor")
        .order_by(before.sequence)
    )


def read_carry_overs(fetched: Iterable[MeasureCarryOver]) -> list[MeasureCarryOver]:
    """Return carry-overs with last year's measures as of that year's end and this year's as of today:
    one more query.
    """
    found, day = list(fetched), today()
    before = [ItemOnDay(row.measure, year_end(row.measure.plan)) for row in found]
    read_on_days([*before, *(ItemOnDay(row.successor, day) for row in found if row.successor)])
    return found
