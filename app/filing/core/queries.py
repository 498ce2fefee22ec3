"""Reading filings: a fixed number of queries however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from peewee import ModelSelect, fn

from app.authority.actor import Actor
from app.authority.roles import Role
from app.base.clock import now
from app.base.statements import prepared
from app.filing.core.content import FIELD_LABELS, FilingContent, Tick
from app.filing.core.figure_questions import AcceptedContent
from app.filing.core.filing_briefs import select_in_plan_order
from app.filing.core.life_cycle import HANDED_IN, FilingState
from app.filing.core.milestone_ticks import milestones_among, own_and_accepted
from app.filing.core.models import CommitmentTick, Filing, IndicatorValue
from app.org.models import Department, Leader
from app.org.signals import department_dependents_asked
from app.periods.models import Period, Unlock
from app.periods.queries import locks_on
from app.plan.core import queries as plans
from app.plan.core.cumulation import Cumulation, FiledNumber
from app.plan.core.in_force import IndicatorsThroughYear, ItemOnDay, read_on_days
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.rules import CumulationRule
from app.plan.core.signals import cumulation_changing


class ReadFiling(NamedTuple):
    """A filing, and the version at which it was read."""

    filing: Filing
    version: int


class ListPlace(NamedTuple):
    """A filing by its id and the number of its measure."""

    id: int
    number: int


NO_VALUES: Mapping[int, IndicatorValue] = MappingProxyType({})
NOTHING_REACHED: Mapping[int, bool] = MappingProxyType({})


def filings_with_context() -> ModelSelect[Filing]:
    """Return a query over filings with their measure, period and department, in the plan's order."""
    return select_in_plan_order(Filing, PlanItem, Period, Department).join(Period)


def find_filing(filing_id: int) -> Filing | None:
    """Return one filing with its measure, the leader in charge, period and department."""
    return next(iter(read_filings(filing_with_leader(filing_id))), None)


@prepared
def filing_with_leader(filing_id: int) -> ModelSelect[Filing]:
    query = filings_with_context().select_extend(Leader).switch(PlanItem).left_outer_join(Leader)
    return query.where(Filing.id == filing_id)


def is_readable_by(reader: Actor) -> Any:
    """Return the condition that somebody may read a filing, as the policy table has it."""
    if Role.OFFICE in reader.roles:
        return Filing.id.is_null(False)
    own = sorted(reader.department_ids)
    readable = Filing.department.in_(own) | Filing.lead.in_(own)
    if {Role.FILER, Role.HEAD} & reader.roles:
        readable |= Filing.state == FilingState.ACCEPTED
    if Role.LEADER in reader.roles:
        readable |= Filing.state.in_(HANDED_IN)
    return readable


def filing_as_stored(filing: Filing) -> Filing:
    """Return the filing as it stands now, with the measure, period and department that are known of it."""
    (current,) = filings_alone(filing.id)
    current.measure, current.period, current.department = filing.measure, filing.period, filing.department
    current.mark_unchanged()
    return current


@prepared
def filings_alone(filing_id: int) -> ModelSelect[Filing]:
    return Filing.select().where(Filing.id == filing_id)


def read_filings(fetched: Iterable[Filing]) -> list[Filing]:
    """Return filings with measure and department as they were on the last day of their quarter: one query more."""
    found = list(fetched)
    read_on_days(ItemOnDay(filing.measure, filing.period.last_day) for filing in found)
    for filing in found:
        name_department(filing, filing.period.last_day)
    return found


def name_department(filing: Filing, day: date) -> None:
    """Let a filing, fetched with its department, call it as it was called on a day."""
    named = filing.department.named_on(day)
    if named is not filing.department:
        filing.department = named


def filings_among(filing_ids: Iterable[int]) -> list[Filing]:
    return read_filings(filings_by_id(list(filing_ids)))


@prepared
def filings_by_id(filing_ids: Sequence[int]) -> ModelSelect[Filing]:
    return filings_with_context().where(Filing.id.in_(filing_ids))


def filings_of_departments(department_ids: frozenset[int], *periods: Period) -> list[Filing]:
    """Return what departments file in some quarters, in each in the plan's order."""
    return read_filings(filings_in_quarters(sorted(department_ids), [period.id for period in periods]))


@prepared
def filings_in_quarters(department_ids: Sequence[int], period_ids: Sequence[int]) -> ModelSelect[Filing]:
    mine = Filing.period.in_(period_ids) & Filing.department.in_(department_ids)
    return filings_with_context().where(mine)


def places_in_list(filing: Filing) -> list[ListPlace]:
    """Return where a filing's department has its filings of the quarter, in the plan's order."""
    return numbers_in_list(filing.period_id, filing.department_id)


@prepared
def numbers_in_list(period_id: int, department_id: int) -> Any:
    own = (Filing.period == period_id) & (Filing.department == department_id)
    query = Filing.select(Filing.id, PlanItem.position.alias("number")).join(PlanItem).where(own)
    return query.order_by(PlanItem.sequence).objects(ListPlace)


def filings_in_quarter(period: Period) -> list[Filing]:
    return read_filings(filings_with_context().where(Filing.period == period))


def filings_on_measure(measure: PlanItem) -> list[Filing]:
    """Return every filing on a measure, which is read already, newest quarter first."""
    found = filings_through_year(measure.id)
    for filing in found:
        filing.measure = measure
        name_department(filing, filing.period.last_day)
    return found


@prepared
def filings_through_year(measure_id: int) -> ModelSelect[Filing]:
    query = Filing.select(Filing, Period, Department).join(Period)
    query = query.switch(Filing).join(Department, on=(Filing.department == Department.id))
    newest_first = query.order_by(Period.number.desc(), Department.position, Department.id)
    return newest_first.where(Filing.measure == measure_id)


def last_accepted(filing: Filing) -> Filing | None:
    """Return the same department's newest accepted filing on this measure from an earlier quarter, with the quarter."""
    found = accepted_filings(filing.measure_id, filing.department_id, filing.period.number)
    return next(iter(found), None)


@prepared
def accepted_filings(measure_id: int, department_id: int, before: int) -> ModelSelect[Filing]:
    same = (Filing.measure == measure_id) & (Filing.department == department_id)
    earlier = (Period.number < before) & (Filing.state == FilingState.ACCEPTED)
    query = Filing.select(Filing, Period).join(Period).where(same & earlier)
    return query.order_by(Period.number.desc()).limit(1)


def last_accepted_among(filings: Collection[Filing]) -> dict[int, Filing]:
    """Return, by a filing's id, what `last_accepted` finds for it: one query for them all, of one quarter."""
    rows = accepted_among(
        sorted({filing.measure_id for filing in filings}),
        sorted({filing.department_id for filing in filings}),
        max((filing.period.number for filing in filings), default=0),
    )
    newest = {(row.measure_id, row.department_id): row for row in rows}
    keys = {filing.id: (filing.measure_id, filing.department_id) for filing in filings}
    return {filing_id: newest[key] for filing_id, key in keys.items() if key in newest}


@prepared
def accepted_among(
    measure_ids: Sequence[int], department_ids: Sequence[int], before: int
) -> ModelSelect[Filing]:
    whose = Filing.measure.in_(measure_ids) & Filing.department.in_(department_ids)
    earlier = (Period.number < before) & (Filing.state == FilingState.ACCEPTED)
    return filings_with_context().where(whose & earlier).order_by(Period.number)


def last_accepted_content(filing: Filing) -> AcceptedContent | None:
    """Return what `last_accepted` finds, as one plain value with its quarter."""
    last = last_accepted(filing)
    return accepted_content(last, values_among([last])) if last else None


def accepted_content(filing: Filing, values: Mapping[int, Mapping[int, IndicatorValue]]) -> AcceptedContent:
    """Return what was accepted, whose values were read already, without its ticks."""
    content = content_with(filing, {}, values.get(filing.id, NO_VALUES))
    return AcceptedContent(content, filing.period.quarter)


def is_filing_locked(filing: Filing) -> bool:
    """Return whether the closing of its quarter keeps a filing from moving; the office may have unlocked it."""
    return filing.id in locked_among([filing])


def locked_among(filings: Collection[Filing]) -> frozenset[int]:
    """Return the ids of those filings that are locked: one query."""
    locks, moment = locks_on({filing.period_id: filing.period for filing in filings}.values()), now()
    holding = (
        filing.id
        for filing in filings
        if locks[filing.period_id].is_locked_for(filing.department_id, at=moment)
    )
    return frozenset(holding)


def can_move_at(moment: datetime) -> Any:
    """Return the condition that the quarter of a filing, joined with it, is open, or unlocked for its department."""
    unlocked = Unlock.select(Unlock.id).where(
        (Unlock.period == Filing.period)
        & (Unlock.department == Filing.department)
        & Unlock.locked_again_at.is_null()
        & (Unlock.until > moment)
    )
    return Period.closed_at.is_null() | fn.EXISTS(unlocked)


def ticks_among(filings: Iterable[Filing]) -> dict[int, dict[int, Tick]]:
    """Return, by a filing's id, its ticks by the commitment's id: one query for them all.

    What was accepted as done in an earlier quarter stays done, until the filing itself says otherwise.
    """
    among = list(filings)
    ids, measures = [filing.id for filing in among], {filing.measure_id for filing in among}
    own: dict[int, dict[int, Tick]] = {filing_id: {} for filing_id in ids}
    done: dict[int, list[CommitmentTick]] = {}
    for row in own_and_accepted_ticks(ids, sorted(measures)):
        own.get(row.filing_id, {})[row.commitment_id] = Tick(row.done, row.note)
        if row.done and row.filing.is_accepted:
            done.setdefault(row.filing.measure_id, []).append(row)
    return {
        filing.id: {
            row.commitment_id: Tick(done=True)
            for row in done.get(filing.measure_id, ())
            if row.filing.period.number < filing.period.number
        }
        | own[filing.id]
        for filing in among
    }


@prepared
def own_and_accepted_ticks(
    filing_ids: Sequence[int], measure_ids: Sequence[int]
) -> ModelSelect[CommitmentTick]:
    return own_and_accepted(CommitmentTick, CommitmentTick.done, filing_ids, measure_ids)


def commitments_for(filing: Filing) -> list[PlanItem]:
    """Return what the measure of a filing promises at the end of its quarter."""
    return plans.commitments_of_measure(filing.measure, on=filing.period.last_day)


def indicators_for(filing: Filing) -> list[Indicator]:
    """Return the indicators that a filing is asked for."""
    return plans.indicators_of_measure(filing.measure, on=filing.period.last_day)


def asked_indicators_among(
    filings: Iterable[Filing], year: IndicatorsThroughYear | None = None
) -> dict[int, list[Indicator]]:
    """Return, by a filing's id, what `indicators_for` finds for it: one query, none where the `year` is known."""
    asked = list(filings)
    year = year or IndicatorsThroughYear({filing.measure_id for filing in asked})
    return {one.id: year.indicators_on(one.measure_id, one.period.last_day) for one in asked}


def values_among(filings: Iterable[Filing]) -> dict[int, dict[int, IndicatorValue]]:
    """Return, by a filing's id, what is filed on indicators by the indicator's id: one query for them all."""
    found: dict[int, dict[int, IndicatorValue]] = {}
    for row in values_of_filings([filing.id for filing in filings]):
        found.setdefault(row.filing_id, {})[row.indicator_id] = row
    return found


@prepared
def values_of_filings(filing_ids: Sequence[int]) -> ModelSelect[IndicatorValue]:
    query = IndicatorValue.select(IndicatorValue, Indicator.id, Indicator.cumulation_rule).join(Indicator)
    return query.where(IndicatorValue.filing.in_(filing_ids)).order_by(IndicatorValue.id)


def accepted_before(filing: Filing) -> dict[int, tuple[FiledNumber, ...]]:
    """Return, by an indicator's id, what was accepted on it in earlier quarters, oldest first: one query.

    It does not matter which department led the measure then.
    """
    return accepted_before_among([filing])[filing.id]


def accepted_before_among(filings: Collection[Filing]) -> dict[int, dict[int, tuple[FiledNumber, ...]]]:
    """Return, by a filing's id, what `accepted_before` finds for it: one query for them all."""
    values: dict[int, list[AcceptedValue]] = {}
    for row in accepted_values(sorted({filing.measure_id for filing in filings})):
        values.setdefault(row.measure_id, []).append(row)
    found: dict[int, dict[int, tuple[FiledNumber, ...]]] = {}
    for filing in filings:
        quarters: dict[int, dict[int, FiledNumber]] = {}
        for row in values.get(filing.measure_id, ()):
            if row.quarter < filing.period.number:
                quarters.setdefault(row.indicator_id, {})[row.quarter] = FiledNumber(row.value, row.base)
        found[filing.id] = {key: tuple(numbers.values()) for key, numbers in quarters.items()}
    return found


class AcceptedValue(NamedTuple):
    """What was accepted on an indicator of a measure in a quarter."""

    measure_id: int
    indicator_id: int
    quarter: int
    value: Decimal | None
    base: Decimal | None


@prepared
def accepted_values(measure_ids: Sequence[int]) -> Any:
    columns = (
        Filing.measure.alias("measure_id"),
        IndicatorValue.indicator.alias("indicator_id"),
        Period.number.alias("quarter"),
        IndicatorValue.value,
        IndicatorValue.base,
    )
    query = IndicatorValue.select(*columns).join(Filing).join(Period)
    accepted = Filing.measure.in_(measure_ids) & (Filing.state == FilingState.ACCEPTED)
    return query.where(accepted).order_by(Period.number, Filing.id).objects(AcceptedValue)


@cumulation_changing.connect
def warn_of_filed_numbers(indicator: Indicator, *, rule: CumulationRule) -> str:
    """Return what another way of making a year would do to what was accepted on an indicator; nothing for nothing."""
    query = IndicatorValue.select(IndicatorValue, Filing, Period).join(Filing).join(Period)
    accepted = (IndicatorValue.indicator == indicator.id) & (Filing.state == FilingState.ACCEPTED)
    numbers = [row.filed_number for row in query.where(accepted).order_by(Period.number, Filing.id)]
    if not numbers:
        return ""
    before = indicator.cumulation
    after = Cumulation(rule, indicator.unit)
    quarters = "、".join(filter(None, map(before.number_in_quarter, numbers)))
    year = after.words_of_year(numbers) or "没有数（已填的没有分母）"
    return f"已采用 {quarters}，年初以来由 {before.words_of_year(numbers) or '没有数'}变为 {year}。"


def content_of_filing(filing: Filing) -> FilingContent:
    """Return what stands in a filing as one plain value."""
    return contents_of_filings([filing])[0]


def contents_of_filings(filings: Sequence[Filing]) -> list[FilingContent]:
    """Return what stands in each of these filings: three queries for them all."""
    ticks, values, reached = ticks_among(filings), values_among(filings), milestones_among(filings)
    return [
        content_with(row, ticks.get(row.id, {}), values.get(row.id, NO_VALUES), reached[row.id])
        for row in filings
    ]


def content_with(
    filing: Filing,
    ticks: Mapping[int, Tick],
    values: Mapping[int, IndicatorValue] = NO_VALUES,
    milestones: Mapping[int, bool] = NOTHING_REACHED,
) -> FilingContent:
    """Return what stands in a filing, whose ticks and values were read already, as one plain value."""
    stored = {name: getattr(filing, name) for name in FIELD_LABELS}
    light = filing.light if filing.light_reason else None
    numbers = {key: row.value for key, row in values.items() if row.value is not None}
    bases = {key: row.base for key, row in values.items() if row.indicator.is_ratio}
    return FilingContent(
        **stored | {"light": light}, ticks=ticks, indicators=numbers, bases=bases, milestones=milestones
    )


@department_dependents_asked.connect
def filings_hanging_on(department: Department) -> list[str]:
    """Return, in words, how many filings of open quarters a department has that the office did not accept yet."""
    waiting = (Filing.department == department) & (Filing.state != FilingState.ACCEPTED)
    count = Filing.select().join(Period).where(waiting & Period.closed_at.is_null()).count()
    return [f"还有 {count} 份填报在开启的季度里没有采用。"] if count else []
