"""The changes since a moment that followers hear of: a fixed number of queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.audit.models import Event
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.directives.core.directive_steps import STEP_TITLES
from app.directives.core.models import Directive
from app.directives.core.queries import directives_where
from app.filing.core.life_cycle import HANDED_IN, FilingState
from app.filing.core.models import Filing
from app.following.models import Follow
from app.org.models import Department
from app.periods.models import Period
from app.periods.queries import work_calendar
from app.plan.core.models import PlanItem

DIRECTIVE_STEPS: Mapping[str, str] = {
    Action.WRITE_DIRECTIVE: "已发出",
    Action.RECEIVE_DIRECTIVE: "签收",
    Action.REPLY_TO_DIRECTIVE: "回复",
    **{str(action): title for action, title in STEP_TITLES.items()},
}


@dataclass(frozen=True)
class FollowedChange:
    """One change in words, with the subjects by which it is followed.

    `directive`: only for those who may read it. `doer`: the account that made the change and needs no notice.
    """

    at: datetime
    words: str
    path: str
    measures: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    directive: Directive | None = None
    doer: int | None = None

    def concerns(self, follow: Follow) -> bool:
        """Return whether the change is of something followed, and later than the last notice."""
        if self.at <= follow.noticed_at:
            return False
        if follow.directive_id is not None:
            return self.directive is not None and self.directive.id == follow.directive_id
        return follow.measure_id in self.measures or follow.department_id in self.departments

    def is_news_to(self, reader: Actor) -> bool:
        if self.doer is not None and self.doer == reader.account_id:
            return False
        return self.directive is None or is_allowed(reader, Action.READ_DIRECTIVE, self.directive)


def changes_for(
    reader: Actor, follows: Iterable[Follow], changes: Iterable[FollowedChange]
) -> list[FollowedChange]:
    """Return the changes for one account, each once, in order."""
    own = list(follows)
    found = [one for one in changes if any(map(one.concerns, own)) and one.is_news_to(reader)]
    return list({one.words: one for one in found}.values())


def changes_since(moment: datetime) -> list[FollowedChange]:
    """Return all changes later than a moment, in order."""
    actions = [str(action) for action in (Action.ACCEPT_FILING, *DIRECTIVE_STEPS)]
    kinds = (Filing.__name__, Directive.__name__)
    query = Event.select().where(
        (Event.at > moment) & Event.action.in_(actions) & Event.object_kind.in_(kinds)
    )
    events: dict[str, list[Event]] = defaultdict(list)
    for event in query.order_by(Event.id):
        events[event.object_kind].append(event)
    found = [
        *changes_of_filings(events[Filing.__name__]),
        *changes_of_directives(events[Directive.__name__]),
        *filings_overdue_since(moment),
    ]
    return sorted(found, key=lambda one: one.at)


def changes_of_filings(events: list[Event]) -> Iterator[FollowedChange]:
    """Yield accepted filings that are still accepted, with the light and the one before if it differs."""
    filings = {one.id: one for one in accepted_filings(Filing.id.in_([event.object_id for event in events]))}
    of_measures = Filing.measure.in_([one.measure_id for one in filings.values()])
    all_accepted = accepted_filings(of_measures)
    for event in events:
        filing = filings.get(event.object_id or 0)
        if filing is None:
            continue
        earlier = [
            one
            for one in all_accepted
            if one.measure_id == filing.measure_id and one.period.quarter < filing.period.quarter
        ]
        before = max(earlier, key=lambda one: one.period.quarter, default=None)
        changed = f"（上次为{before.light.label}）" if before and before.light is not filing.light else ""
        yield FollowedChange(
            event.at,
            f"{filing.measure.title}：{filing.department.short_name}{filing.period.quarter.words}填报已采用，"
            f"{filing.light.label}{changed}。",
            f"/measures/{filing.measure_id}",
            measures=frozenset({filing.measure_id}),
            departments=frozenset({filing.department_id}),
            doer=event.account_id,
        )


def accepted_filings(condition: object) -> list[Filing]:
    query = Filing.select(Filing, PlanItem, Department, Period).join(PlanItem).switch(Filing)
    query = query.join(Department, on=Filing.department).switch(Filing).join(Period)
    return list(query.where(condition, Filing.state == FilingState.ACCEPTED).order_by(Filing.id))


def changes_of_directives(events: list[Event]) -> Iterator[FollowedChange]:
    """Yield the steps of directives; those who follow only the measure get the first step; of a confidential directive
    only number and step.
    """
    found = {one.id: one for one in directives_where(Directive.id.in_([event.object_id for event in events]))}
    for event in events:
        directive = found.get(event.object_id or 0)
        if directive is None:
            continue
        is_written = event.action == Action.WRITE_DIRECTIVE
        about = "" if directive.is_confidential else f"，{directive.subject_words}"
        yield FollowedChange(
            event.at,
            f"{directive.number_words}{about}：{event.detail.get('department', '')}{DIRECTIVE_STEPS[event.action]}。",
            directive.path,
            measures=directive.measure_ids if is_written else frozenset(),
            directive=directive,
            doer=event.account_id,
        )


def filings_overdue_since(moment: datetime) -> Iterator[FollowedChange]:
    """Yield filings that became overdue since a moment: by measure, and counted by department."""
    calendar = work_calendar()
    late: dict[int, tuple[Period, datetime]] = {}
    for period in Period.select().order_by(Period.id):
        overdue_from = datetime.combine(period.due_dates.grace_ends_on(calendar) + timedelta(days=1), time())
        if period.is_overdue(calendar) and overdue_from > moment:
            late[period.id] = period, overdue_from
    rows: dict[tuple[int, Department], int] = defaultdict(int)
    query = Filing.select(Filing, PlanItem, Department).join(PlanItem).switch(Filing)
    query = query.join(Department, on=Filing.department)
    missing = Filing.period.in_(list(late)) & Filing.state.not_in(sorted(HANDED_IN))
    for filing in query.where(missing).order_by(Filing.period, Department.position, Department.id, Filing.id):
        rows[filing.period_id, filing.department] += 1
        period, overdue_from = late[filing.period_id]
        yield FollowedChange(
            overdue_from,
            f"{filing.measure.title}：{filing.department.short_name}{period.quarter.words}逾期未报。",
            f"/measures/{filing.measure_id}",
            measures=frozenset({filing.measure_id}),
        )
    for (period_id, department), count in rows.items():
        period, overdue_from = late[period_id]
        quarter = period.quarter
        yield FollowedChange(
            overdue_from,
            f"{department.short_name}{quarter.words}逾期未报 {count} 项。",
            f"/overview?period={quarter.code}&by=department",
            departments=frozenset({department.id}),
        )
