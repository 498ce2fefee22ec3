"""What a department would hand in, on one page: every filing with what it lacks and what should be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.authority.actor import Actor
from app.filing.core import queries
from app.filing.core.content import submitting_problems
from app.filing.core.models import Filing
from app.filing.department.details import contradictions_with_accepted
from app.filing.department.task_list import TaskList, in_list_order, task_list
from app.periods.models import Period

CONTRADICTING_FIELDS = {"percent": "完成率", "status": "举措状态"}
NOTHING_WRITTEN = {"progress": "还没有填写。"}


class Contradiction(NamedTuple):
    """What a field says otherwise than the last accepted filing."""

    field: str
    label: str
    sentence: str


@dataclass(frozen=True)
class CheckedFiling:
    """A filing that has not been handed in: what it lacks, and what contradicts the last accepted, by field."""

    filing: Filing
    problems: Mapping[str, str]
    contradictions: Mapping[str, str]

    @property
    def contradictions_in_words(self) -> tuple[Contradiction, ...]:
        return tuple(
            Contradiction(field, CONTRADICTING_FIELDS[field], sentence)
            for field, sentence in self.contradictions.items()
        )

    @property
    def read_value(self) -> str:
        """Return the filing and the version at which it was read, as forms name them."""
        return f"{self.filing.id}:{self.filing.version}"


@dataclass(frozen=True)
class QuarterCheck:
    """Everything that a quarter still waits for, in the order of the task list."""

    tasks: TaskList
    rows: tuple[CheckedFiling, ...]

    @property
    def ready_rows(self) -> tuple[CheckedFiling, ...]:
        """Return those that can be handed in as they are."""
        return tuple(row for row in self.rows if not row.problems)

    @property
    def lacking_rows(self) -> tuple[CheckedFiling, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def contradicting_rows(self) -> tuple[CheckedFiling, ...]:
        return tuple(row for row in self.rows if row.contradictions)


def check_quarter(period: Period, *, user: Actor) -> QuarterCheck:
    tasks = task_list(period, user=user)
    waiting = in_list_order(tasks.to_submit)
    ticks, accepted = queries.ticks_among(waiting), queries.last_accepted_among(waiting)
    rows = []
    for filing in waiting:
        content = queries.content_with(filing, ticks.get(filing.id, {}))
        problems = NOTHING_WRITTEN if filing.is_blank else submitting_problems(content, period.quarter)
        rows.append(
            CheckedFiling(filing, problems, contradictions_with_accepted(content, accepted.get(filing.id)))
        )
    return QuarterCheck(tasks, tuple(rows))
