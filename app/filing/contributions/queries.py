"""Reading contributions with a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from app.base.clock import now
from app.base.database import named_rows
from app.base.statements import prepared
from app.filing.contributions.models import Contribution, ContributionRevision, ContributionUse
from app.filing.contributions.rules import ContributionState, StateCounts
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.org.models import Department
from app.org.signals import department_dependents_asked
from app.periods.models import Period
from app.periods.queries import locks_on
from app.plan.core.in_force import ItemOnDay, read_on_days
from app.plan.core.models import PlanItem

Lead = Department.alias()
# What is read of the filing that a contribution goes into: not its texts.
FILING_FACTS = (Filing.id, Filing.state, Filing.accepted_at)


@dataclass(frozen=True)
class ContributionGroup:
    """The contributions of one supporting department, or of a group of departments."""

    name: str
    contributions: tuple[Contribution, ...]
    is_group: bool

    @property
    def written(self) -> tuple[Contribution, ...]:
        return tuple(one for one in self.contributions if one.state is ContributionState.WRITTEN)

    @property
    def owed_names(self) -> tuple[str, ...]:
        return tuple(one.department.short_name for one in self.contributions if one.is_owed)


def contributions_with_departments() -> ModelSelect[Contribution]:
    """Return a query over contributions with department, lead and the lead's filing, in the departments' order."""
    lead_filing = (
        (Filing.period == Contribution.period)
        & (Filing.measure == Contribution.measure)
        & (Filing.department == Contribution.lead)
    )
    return (
        Contribution.select(Contribution, Department, Lead, *FILING_FACTS)
        .join(Department, on=(Contribution.department == Department.id))
        .switch(Contribution)
        .join(Lead, JOIN.LEFT_OUTER, on=(Contribution.lead == Lead.id))
        .switch(Contribution)
        .join(Filing, JOIN.LEFT_OUTER, on=lead_filing, attr="lead_filing")
        .order_by(Department.position, Department.id)
    )


def contributions_with_measure() -> ModelSelect[Contribution]:
    """Return the same with their measures, in the plan's order."""
    query = contributions_with_departments().select_extend(PlanItem).switch(Contribution).join(PlanItem)
    return query.order_by(PlanItem.sequence, Department.position, Department.id)


def contributions_with_context() -> ModelSelect[Contribution]:
    """Return the same with their measures and quarters."""
    return contributions_with_measure().select_extend(Period).switch(Contribution).join(Period)


def read_contributions(fetched: Iterable[Contribution]) -> list[Contribution]:
    """Return contributions with measures and departments as of the quarter's last day: one more query."""
    found = list(fetched)
    read_on_days(ItemOnDay(one.measure, one.period.last_day) for one in found)
    for one in found:
        name_departments(one, one.period.last_day)
    return found


def name_departments(contribution: Contribution, day: date) -> None:
    """Give department and lead of a contribution the names that they had on a day."""
    contribution.department = contribution.department.named_on(day)
    contribution.lead = contribution.lead and contribution.lead.named_on(day)


def find_contribution(contribution_id: int) -> Contribution | None:
    return next(iter(contributions_among([contribution_id])), None)


def contribution_as_stored(contribution: Contribution) -> Contribution:
    """Return a contribution as it is stored now, with its context."""
    return contributions_among([contribution.id])[0]


def contributions_among(contribution_ids: Iterable[int]) -> list[Contribution]:
    among = Contribution.id.in_(list(contribution_ids))
    return read_contributions(contributions_with_context().where(among))


def contributions_of_departments(department_ids: Collection[int], *periods: Period) -> list[Contribution]:
    """Return the contributions of departments in some quarters, each in the plan's order."""
    found = contributions_in_quarters(sorted(department_ids), [period.id for period in periods])
    return read_contributions(put_in_quarters(found, periods))


def put_in_quarters(fetched: Iterable[Contribution], periods: Iterable[Period]) -> list[Contribution]:
    """Return contributions with their quarters set from `periods`, which are loaded already."""
    found, read = list(fetched), {period.id: period for period in periods}
    for one in found:
        one.period = read[one.period_id]
    return found


@prepared
def contributions_in_quarters(
    department_ids: Sequence[int], period_ids: Sequence[int]
) -> ModelSelect[Contribution]:
    own = Contribution.department.in_(department_ids) & Contribution.period.in_(period_ids)
    return contributions_with_measure().where(own)


def contributions_to(filing: Filing) -> list[Contribution]:
    """Return the contributions beside a lead's filing by department; its measure is loaded already."""
    found = contributions_of_measure(filing.period_id, filing.measure_id)
    return read_on_measure(filing.measure, [filing.period], found)


def read_on_measure(
    measure: PlanItem, periods: Iterable[Period], fetched: Iterable[Contribution]
) -> list[Contribution]:
    """Return contributions to a measure, setting measure and quarters that are loaded already; departments as of the
    quarter's last day.
    """
    found = put_in_quarters(fetched, periods)
    for one in found:
        one.measure = measure
        name_departments(one, one.period.last_day)
    return found


@prepared
def contributions_of_measure(period_id: int, measure_id: int) -> ModelSelect[Contribution]:
    beside = (Contribution.period == period_id) & (Contribution.measure == measure_id)
    return contributions_with_departments().where(beside)


def contributions_on_measure(measure: PlanItem, periods: Iterable[Period]) -> list[Contribution]:
    """Return the contributions to a measure through the year by department; measure and quarters are loaded already."""
    return read_on_measure(measure, periods, contributions_through_year(measure.id))


@prepared
def contributions_through_year(measure_id: int) -> ModelSelect[Contribution]:
    query = contributions_with_departments().switch(Contribution).join(Period)
    query = query.where(Contribution.measure == measure_id)
    return query.order_by(Period.number, Department.position, Department.id)


def group_contributions(
    found: Iterable[Contribution], groups: Mapping[int, str]
) -> tuple[ContributionGroup, ...]:
    """Group the contributions of departments in the same group, at the place of the first one."""
    gathered: dict[tuple[bool, str], list[Contribution]] = {}
    for one in found:
        group = groups.get(one.department_id)
        key = (True, group) if group else (False, one.department.short_name)
        gathered.setdefault(key, []).append(one)
    return tuple(
        ContributionGroup(name, tuple(members), is_group) for (is_group, name), members in gathered.items()
    )


def contributions_in_quarter(period: Period) -> list[Contribution]:
    """Return all contributions of a quarter, in the plan's order."""
    return read_contributions(contributions_with_context().where(Contribution.period == period))


class ContributionBrief(NamedTuple):
    """The state of one contribution, without its text."""

    measure_id: int
    department_id: int
    state: ContributionState


def contribution_states(period: Period) -> list[ContributionBrief]:
    """Return the states of all contributions of a quarter, in the departments' official order: one query."""
    columns = (
        Contribution.measure.alias("measure_id"),
        Contribution.department.alias("department_id"),
        Contribution.state,
    )
    query: Any = Contribution.select(*columns).join(Department, on=(Contribution.department == Department.id))
    own = query.where(Contribution.period == period)
    return named_rows(own.order_by(Department.position, Department.id, Contribution.id), ContributionBrief)


def counts_by_department(period: Period) -> StateCounts:
    """Return the number of contributions by department id and state: one query."""
    return counts_by_key(states_of_departments(period.id))


@prepared
def states_of_departments(period_id: int) -> Any:
    return count_states(Contribution.department, Contribution.period == period_id)


def counts_by_measure(period: Period, measure_ids: Iterable[int]) -> StateCounts:
    """Return the number of contributions by measure id and state, for some measures: one query."""
    return counts_by_key(states_on_measures(period.id, sorted(measure_ids)))


@prepared
def states_on_measures(period_id: int, measure_ids: Sequence[int]) -> Any:
    on_them = (Contribution.period == period_id) & Contribution.measure.in_(measure_ids)
    return count_states(Contribution.measure, on_them)


def count_states(of: Any, condition: Any) -> Any:
    columns = of.alias("of"), Contribution.state, fn.COUNT(Contribution.id).alias("count")
    return Contribution.select(*columns).where(condition).group_by(of, Contribution.state).dicts()


def counts_by_key(rows: Iterable[Mapping[str, Any]]) -> StateCounts:
    found: dict[int, Counter[ContributionState]] = defaultdict(Counter)
    for row in rows:
        found[row["of"]][row["state"]] = row["count"]
    return dict(found)


def counts_unsettled(period: Period) -> Counter[ContributionState]:
    """Return the number of contributions by state that can still change: one query."""
    return Counter({row["state"]: row["count"] for row in states_unsettled(period.id)})


@prepared
def states_unsettled(period_id: int) -> Any:
    own = (Contribution.period == period_id) & Contribution.id.not_in(settled_contributions(period_id))
    query = Contribution.select(Contribution.state, fn.COUNT(Contribution.id).alias("count")).where(own)
    return query.group_by(Contribution.state).dicts()


def settled_contributions(period_id: int) -> ModelSelect[Contribution]:
    """Return a query for the ids of contributions whose lead's filing is accepted."""
    accepted = (Filing.period == period_id) & (Filing.state == FilingState.ACCEPTED)
    led = (Filing.measure == Contribution.measure) & (Filing.department == Contribution.lead)
    query = Contribution.select(Contribution.id).join(Filing, on=led)
    return query.where((Contribution.period == period_id) & accepted)


def states_by(
    briefs: Iterable[ContributionBrief], key: Callable[[ContributionBrief], int]
) -> dict[int, list[ContributionState]]:
    """Return the states of contributions grouped by `key`."""
    found: dict[int, list[ContributionState]] = {}
    for one in briefs:
        found.setdefault(key(one), []).append(one.state)
    return found


def is_contribution_locked(contribution: Contribution) -> bool:
    return contribution.id in locked_contributions([contribution])


def locked_contributions(contributions: Collection[Contribution]) -> frozenset[int]:
    """Return the ids of those that cannot change now, because their quarter is closed or has not begun: one query."""
    locks, moment = locks_on({one.period_id: one.period for one in contributions}.values()), now()
    return frozenset(
        one.id for one in contributions if locks[one.period_id].is_locked_for(one.department_id, at=moment)
    )


def revisions_of(contribution: Contribution) -> list[ContributionRevision]:
    """Return the stored revisions of a contribution, newest first."""
    mine = ContributionRevision.contribution == contribution.id
    return list(ContributionRevision.select().where(mine).order_by(ContributionRevision.version.desc()))


def uses_in(filing: Filing) -> dict[int, ContributionUse]:
    """Return the last use of each contribution in a filing, by contribution id: one query."""
    return {row.contribution_id: row for row in uses_in_order(filing.id)}


@prepared
def uses_in_order(filing_id: int) -> ModelSelect[ContributionUse]:
    return (
        ContributionUse.select().where(ContributionUse.filing == filing_id).order_by(ContributionUse.version)
    )


@department_dependents_asked.connect
def dependent_contributions_in_words(department: Department) -> list[str]:
    """Return, as a sentence in a list, how many contributions a department still owes in open quarters."""
    owed = (Contribution.department == department) & (Contribution.state == ContributionState.OWED)
    begun = owed & ((Contribution.text != "") | (Contribution.asked != ""))
    count = Contribution.select().join(Period).where(begun & Period.closed_at.is_null()).count()
    return [f"还有 {count} 项配合情况没有报送。"] if count else []
