"""What pages show of contributions: a department's list, the section beside the lead's filing, and what is owed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import today
from app.base.statements import prepared
from app.filing.contributions import queries
from app.filing.contributions.models import Contribution, ContributionUse
from app.filing.contributions.operations import mark_of_text
from app.filing.contributions.queries import ContributionGroup
from app.filing.contributions.rules import ASKED_LENGTH, ContributionState, counts_in_words
from app.filing.core.models import Filing
from app.filing.core.own_duties import DutyKind, OwnDuty
from app.filing.core.signals import own_duties_asked
from app.periods.models import Period
from app.plan.core.in_force import ItemOnDay, read_on_days
from app.plan.core.models import PlanItem


@dataclass(frozen=True)
class OwnContribution:
    """A contribution as its department's page shows it: `text` is in the box, `mark` belongs to the text that the page
    had read, `stored` is what somebody else stored meanwhile.
    """

    contribution: Contribution
    is_open: bool
    text: str
    mark: str
    problem: str = ""
    stored: str | None = None
    whose: str = ""

    @property
    def has_box(self) -> bool:
        """Return whether it is shown with a text box: it can be written, or was just refused."""
        return self.is_open or bool(self.problem)

    @property
    def can_be_idle(self) -> bool:
        """Return whether it can be ticked as not needed: it is owed and nothing is written."""
        return self.is_open and self.contribution.is_owed and not self.contribution.text

    @property
    def closed_words(self) -> str:
        """Return why it can no longer be written."""
        one = self.contribution
        why, what = (
            ("牵头部门的填报已采用", "不用再写") if one.is_settled else (one.period.lock_words, "现在不能写")
        )
        return f"{why}，{'内容只供查看' if one.text else what}。"


@dataclass(frozen=True)
class QuarterContributions:
    """The contributions of a person's departments in a quarter, in the plan's order."""

    period: Period
    rows: tuple[OwnContribution, ...]

    @property
    def counted(self) -> str:
        """Return the counts by state of those that can be written, or of all if none can."""
        return counts_in_words([row.contribution.state for row in self.open_rows or self.rows])

    @property
    def is_open(self) -> bool:
        """Return whether any of them can be written now."""
        return any(row.is_open for row in self.rows)

    @cached_property
    def open_rows(self) -> tuple[OwnContribution, ...]:
        """Return those with a text box, the owed ones first."""
        found = (row for row in self.rows if row.has_box)
        return tuple(sorted(found, key=lambda row: not row.contribution.is_owed))

    @cached_property
    def closed_rows(self) -> tuple[OwnContribution, ...]:
        return tuple(row for row in self.rows if not row.has_box)

    @property
    def owed_count(self) -> int:
        return sum(row.contribution.is_owed for row in self.rows)

    @cached_property
    def idle_rows(self) -> tuple[OwnContribution, ...]:
        return tuple(row for row in self.rows if row.can_be_idle)

    @property
    def has_several_departments(self) -> bool:
        return len({row.contribution.department_id for row in self.rows}) > 1


def contributions_by_quarter(
    periods: Sequence[Period], department_ids: Collection[int]
) -> dict[int, QuarterContributions]:
    """Return the contributions of departments by quarter id: a fixed number of queries."""
    found = queries.contributions_of_departments(department_ids, *periods)
    locked = queries.locked_contributions(found)
    return {
        period.id: QuarterContributions(
            period, tuple(own_row(one, locked) for one in found if one.period_id == period.id)
        )
        for period in periods
    }


def own_row(one: Contribution, locked: Collection[int]) -> OwnContribution:
    is_open = not (one.is_settled or one.id in locked)
    return OwnContribution(one, is_open, one.text, mark_of_text(one) if is_open else "")


@dataclass(frozen=True)
class ContributionsBeside:
    """The contributions shown beside a lead's filing, and what the reader may do. `taken` are the versions that the
    lead took over last, by contribution id.
    """

    filing: Filing
    groups: tuple[ContributionGroup, ...]
    taken: Mapping[int, ContributionUse]
    can_ask: bool
    can_waive: bool
    problem: str = ""
    asked_length: int = ASKED_LENGTH
    asked: Mapping[int, str] = field(default_factory=dict)

    @property
    def everything(self) -> tuple[Contribution, ...]:
        return tuple(one for group in self.groups for one in group.contributions)

    @property
    def counted(self) -> str:
        """Return in words how many are written, not needed and owed."""
        return counts_in_words([one.state for one in self.everything])

    @property
    def owed_count(self) -> int:
        return sum(one.is_owed for one in self.everything)

    @property
    def waived_count(self) -> int:
        return sum(one.state is ContributionState.WAIVED for one in self.everything)

    def taken_from(self, contribution: Contribution) -> ContributionUse | None:
        return self.taken.get(contribution.id)


def contributions_beside(filing: Filing, groups: Mapping[int, str], *, reader: Actor) -> ContributionsBeside:
    """Return the contributions beside a filing as far as `reader` may see them: at most three queries.

    `groups` are the names of department groups by department id.
    """
    found = queries.contributions_to(filing)
    seen = [one for one in found if is_allowed(reader, Action.READ_CONTRIBUTION, one)]
    locked = queries.locked_contributions(seen)
    is_open = any(one.id not in locked and not one.is_settled for one in seen)
    return ContributionsBeside(
        filing=filing,
        groups=queries.group_contributions(seen, groups),
        taken=queries.uses_in(filing) if seen else {},
        can_ask=is_open and all(is_allowed(reader, Action.ASK_CONTRIBUTION, one) for one in seen),
        can_waive=is_open and not filing.period.is_closed and is_allowed(reader, Action.WAIVE_CONTRIBUTIONS),
    )


@own_duties_asked.connect
def contributions_owed(_sender: None, *, user: Actor) -> list[OwnDuty]:
    """Return what a person's departments may still write in open quarters: two queries."""
    found = contributions_open(sorted(user.department_ids), today())
    read_on_days(ItemOnDay(one.measure, one.period.last_day) for one in found)
    return [contribution_duty(one) for one in found if not one.is_settled]


@prepared
def contributions_open(department_ids: Sequence[int], day: date) -> ModelSelect[Contribution]:
    """Return the contributions owed in open quarters, with the columns that a duty needs."""
    owed = Contribution.department.in_(department_ids) & (Contribution.state == ContributionState.OWED)
    is_open = (Period.opens_on <= day) & Period.closed_at.is_null()
    own = (Contribution.id, Contribution.measure, Contribution.department, Contribution.asked)
    measure = (PlanItem.id, PlanItem.title, PlanItem.position)
    quarter = (Period.id, Period.year, Period.number)
    query = queries.contributions_with_context().select(*own, *measure, *quarter, *queries.FILING_FACTS)
    return query.where(owed & is_open)


def contribution_duty(one: Contribution) -> OwnDuty:
    return OwnDuty(
        kind=DutyKind.CONTRIBUTION,
        measure_ids=frozenset({one.measure_id}),
        department_id=one.department_id,
        title=f"第 {one.measure.position} 项 {one.measure.title}",
        hint=one.asked and f"请补充：{one.asked}",
        path=f"/contributions?period={one.period.quarter.code}#contribution-{one.id}",
        period_id=one.period_id,
    )
