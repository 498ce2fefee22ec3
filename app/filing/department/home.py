"""The home page of a department: its open quarters, its duties, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.authority.actor import Actor
from app.base.clock import today
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.own_duties import DutyKind, OwnDuty
from app.filing.department.rules import NextStep, WorkCounts, next_step, work_sentence
from app.filing.department.task_list import TaskList, task_lists
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import due_in_words
from app.periods.models import Period
from app.periods.queries import work_calendar

DUTY_OF_STEP = {
    NextStep.SIGN_REPLY: DutyKind.REPLY_SIGNATURE,
    NextStep.ANSWER: DutyKind.SUGGESTION,
    NextStep.REPLY: DutyKind.REPLY,
    NextStep.CONTRIBUTE: DutyKind.CONTRIBUTION,
}


@dataclass(frozen=True)
class DepartmentHome:
    """The task lists of the open quarters, the most urgent first, and the duties besides filings."""

    lists: Sequence[TaskList]
    duties: Sequence[OwnDuty]
    calendar: WorkCalendar

    @cached_property
    def counts(self) -> WorkCounts:
        (only,) = self.lists if len(self.lists) == 1 else (None,)
        of_kind = Counter(duty.kind for duty in self.duties)
        dues = [duty.due_on for duty in self.duties_of(DutyKind.REPLY) if duty.due_on]
        return WorkCounts(
            to_sign=len(self.to_sign),
            replies_to_sign=of_kind[DutyKind.REPLY_SIGNATURE],
            returned=len(self.returned),
            suggestions=of_kind[DutyKind.SUGGESTION],
            replies=of_kind[DutyKind.REPLY],
            not_begun=len(self.not_begun),
            begun=len(self.begun),
            filled=len(self.filled),
            contributions=of_kind[DutyKind.CONTRIBUTION],
            locked=sum(len(tasks.everything) - tasks.handed_in_count for tasks in self.lists)
            - len(self.to_submit),
            handed_in=sum(tasks.handed_in_count for tasks in self.lists),
            reply_due=min(dues, default=None),
            due=only.due if only and only.has_work else None,
        )

    @property
    def sentence(self) -> str:
        return work_sentence(self.counts, today(), self.calendar)

    @property
    def quarters_sentence(self) -> str:
        """Return the due dates of several quarters; "" for a single one, which `sentence` covers."""
        if len(self.lists) < 2:
            return ""
        quarters = "；".join(f"{tasks.period.quarter.words}{tasks.due_date_words}" for tasks in self.lists)
        return f"有 {len(self.lists)} 个季度要办：{quarters}。"

    @cached_property
    def step(self) -> NextStep | None:
        return next_step(self.counts)

    @property
    def leads_to_check(self) -> bool:
        """Return whether the next step is to check and submit the filled filings."""
        return self.step is NextStep.SUBMIT

    @property
    def to_sign(self) -> list[Filing]:
        return [filing for tasks in self.lists for filing in tasks.to_sign]

    @property
    def to_submit(self) -> list[Filing]:
        return [filing for tasks in self.lists for filing in tasks.to_submit]

    @property
    def returned(self) -> list[Filing]:
        return [filing for filing in self.to_submit if filing.state is FilingState.RETURNED]

    @property
    def drafts(self) -> list[Filing]:
        return [filing for filing in self.to_submit if filing.state is FilingState.DRAFT]

    @property
    def not_begun(self) -> list[Filing]:
        return [filing for filing in self.drafts if filing.is_blank]

    @property
    def begun(self) -> list[Filing]:
        return [filing for filing in self.drafts if not filing.is_blank and not filing.is_filled]

    @property
    def filled(self) -> list[Filing]:
        return [filing for filing in self.drafts if filing.is_filled]

    @property
    def step_filing(self) -> Filing | None:
        """Return the filing that the next step begins with, if it is about one."""
        found = {
            NextStep.SIGN: self.to_sign,
            NextStep.CORRECT: self.returned,
            NextStep.BEGIN: self.not_begun,
            NextStep.GO_ON: self.begun,
            NextStep.SUBMIT: self.filled,
        }
        return next(iter(found.get(self.step, ()) if self.step else ()), None)

    @property
    def step_duty(self) -> OwnDuty | None:
        """Return the duty that the next step begins with, if it is one."""
        kind = DUTY_OF_STEP.get(self.step) if self.step else None
        return next(iter(self.duties_of(kind)), None) if kind else None

    def duties_of(self, kind: DutyKind) -> list[OwnDuty]:
        return [duty for duty in self.duties if duty.kind is kind]

    def replies_owed_on(self, filing: Filing) -> int:
        """Return how many directives on a filing's measure its department has not answered."""
        return sum(
            filing.measure_id in duty.measure_ids and duty.department_id == filing.department_id
            for duty in self.duties_of(DutyKind.REPLY)
        )

    def due_words(self, duty: OwnDuty) -> str:
        """Return how far off the last day of a duty is; "" if it has none."""
        return due_in_words(duty.due_on, today(), self.calendar) if duty.due_on else ""

    def is_overdue(self, duty: OwnDuty) -> bool:
        return duty.due_on is not None and duty.due_on < today()


def department_home(
    periods: Sequence[Period], duties: Sequence[OwnDuty], *, user: Actor, is_chosen: bool = False
) -> DepartmentHome:
    """Return what a person has to do in these quarters and besides filings: a fixed number of queries.

    is_chosen: the address names these quarters, so duties of other quarters are left out.
    """
    calendar = work_calendar()
    if is_chosen:
        of_these = {None, *(period.id for period in periods)}
        duties = [duty for duty in duties if duty.period_id in of_these]
    return DepartmentHome(task_lists(periods, calendar, user=user), duties, calendar)
