"""Reading the stored contents of filings as plain values, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from peewee import ModelSelect

from app.base.statements import prepared
from app.filing.core.content import FIELD_LABELS, FilingContent, Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.milestone_ticks import milestones_among, own_and_accepted
from app.filing.core.models import CommitmentTick, Filing, IndicatorValue
from app.filing.core.queries import last_accepted
from app.filing.core.submission_checks import AcceptedContent
from app.periods.models import Period
from app.plan.core import queries as plans
from app.plan.core.cumulation import Cumulation, FiledNumber
from app.plan.core.in_force import IndicatorsThroughYear
from app.plan.core.models import Indicator, PlanItem
from app.plan.core.rules import CumulationRule
from app.plan.core.signals import cumulation_changing

NO_VALUES: Mapping[int, IndicatorValue] = MappingProxyType({})
NOTHING_REACHED: Mapping[int, bool] = MappingProxyType({})


def content_of_filing(filing: Filing) -> FilingContent:
    return contents_of_filings([filing])[0]


def contents_of_filings(filings: Sequence[Filing]) -> list[FilingContent]:
    """Return the contents of filings: three queries for all."""
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
    """Return the content of a filing from rows that are loaded already."""
    stored = {name: getattr(filing, name) for name in FIELD_LABELS}
    light = filing.light if filing.light_reason else None
    numbers = {key: row.value for key, row in values.items() if row.value is not None}
    bases = {key: row.base for key, row in values.items() if row.indicator.is_ratio}
    return FilingContent(
        **stored | {"light": light}, ticks=ticks, indicators=numbers, bases=bases, milestones=milestones
    )


def last_accepted_content(filing: Filing) -> AcceptedContent | None:
    """Return the content of the filing found by `last_accepted`, with its quarter."""
    last = last_accepted(filing)
    return accepted_content(last, values_among([last])) if last else None


def accepted_content(filing: Filing, values: Mapping[int, Mapping[int, IndicatorValue]]) -> AcceptedContent:
    """Return an accepted content, without ticks, from values that are loaded already."""
    content = content_with(filing, {}, values.get(filing.id, NO_VALUES))
    return AcceptedContent(content, filing.period.quarter)


def ticks_among(filings: Iterable[Filing]) -> dict[int, dict[int, Tick]]:
    """Return the ticks of filings by filing id and commitment id: one query for all.

    A commitment accepted as done in an earlier quarter stays done unless the filing says otherwise.
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
    """Return the commitments of a filing's measure at the end of its quarter."""
    return plans.commitments_of_measure(filing.measure, on=filing.period.last_day)


def indicators_for(filing: Filing) -> list[Indicator]:
    """Return the indicators that a filing has to fill in."""
    return plans.indicators_of_measure(filing.measure, on=filing.period.last_day)


def asked_indicators_among(
    filings: Iterable[Filing], year: IndicatorsThroughYear | None = None
) -> dict[int, list[Indicator]]:
    """Return the same for several filings by filing id: one query, or none if the `year` is given."""
    asked = list(filings)
    year = year or IndicatorsThroughYear({filing.measure_id for filing in asked})
    return {one.id: year.indicators_on(one.measure_id, one.period.last_day) for one in asked}


def values_among(filings: Iterable[Filing]) -> dict[int, dict[int, IndicatorValue]]:
    """Return the indicator values of filings by filing id and indicator id: one query for all."""
    found: dict[int, dict[int, IndicatorValue]] = {}
    for row in values_of_filings([filing.id for filing in filings]):
        found.setdefault(row.filing_id, {})[row.indicator_id] = row
    return found


@prepared
def values_of_filings(filing_ids: Sequence[int]) -> ModelSelect[IndicatorValue]:
    query = IndicatorValue.select(IndicatorValue, Indicator.id, Indicator.cumulation_rule).join(Indicator)
    return query.where(IndicatorValue.filing.in_(filing_ids)).order_by(IndicatorValue.id)


def accepted_before(filing: Filing) -> dict[int, tuple[FiledNumber, ...]]:
    """Return the numbers accepted in earlier quarters by indicator id, oldest first: one query.

    They count whichever department led the measure then.
    """
    return accepted_before_among([filing])[filing.id]


def accepted_before_among(filings: Collection[Filing]) -> dict[int, dict[int, tuple[FiledNumber, ...]]]:
    """Return the same for several filings by filing id: one query for all."""
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
    """A number accepted on an indicator, with its quarter."""

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
    """Return how another way of cumulation would change the accepted numbers of an indicator, as a sentence; "" if not
    at all.
    """
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
