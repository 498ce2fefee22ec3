"""The check before submitting a quarter: every filing with what it lacks and what should be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.authority.actor import Actor
from app.filing.core import content_reading, queries
from app.filing.core.content import FIELD_LABELS
from app.filing.core.models import Filing
from app.filing.core.short_answers import short_answers_of
from app.filing.core.signals import evidence_names_asked
from app.filing.core.submission_checks import questions_about, submitting_problems
from app.filing.department.task_list import TaskList, task_lists
from app.periods.models import Period
from app.periods.queries import work_calendar
from app.plan.core.models import Indicator

NOTHING_WRITTEN = {"progress": "还没有填写。"}


class FigureQuestion(NamedTuple):
    """A question about a field."""

    field: str
    label: str
    sentence: str


@dataclass(frozen=True)
class CheckedFiling:
    """A filing that is not submitted, with its problems and questions by field."""

    filing: Filing
    problems: Mapping[str, str]
    questions: Mapping[str, str]
    answers: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Return whether it can be submitted as it is."""
        return not self.problems

    @property
    def questions_in_words(self) -> tuple[FigureQuestion, ...]:
        labels = {**FIELD_LABELS, **{f"indicator_{one.id}": one.name for one in self.indicators}}
        return tuple(
            FigureQuestion(field, labels[field], sentence) for field, sentence in self.questions.items()
        )


@dataclass(frozen=True)
class QuarterCheck:
    """Everything that is still to be submitted in a quarter, in the order of the task list."""

    tasks: TaskList
    rows: tuple[CheckedFiling, ...]

    @property
    def ready_rows(self) -> tuple[CheckedFiling, ...]:
        """Return the filings that can be submitted as they are."""
        return tuple(row for row in self.rows if row.is_ready)

    @property
    def lacking_rows(self) -> tuple[CheckedFiling, ...]:
        return tuple(row for row in self.rows if not row.is_ready)

    @property
    def can_submit_all(self) -> bool:
        """Return whether a button for all is offered: nothing is lacking, and there are several."""
        return not self.lacking_rows and len(self.ready_rows) > 1

    @property
    def next_step(self) -> str:
        """Return who receives what is submitted."""
        needs_sign_off = self.rows[0].filing.department.needs_sign_off
        return "部门负责人审签" if needs_sign_off else "街道办公室审核"

    @property
    def empty_words(self) -> str:
        """Return why there is nothing to submit."""
        period = self.tasks.period
        if period.is_closed or not period.has_begun:
            return f"{period.lock_words}。"
        return "本部门已全部提交。" if self.tasks.total_count else "本部门没有牵头填报的举措。"

    @property
    def ready_values(self) -> list[str]:
        """Return the form values of all filings that can be submitted."""
        return [row.filing.read_value for row in self.ready_rows]

    @property
    def filled_values(self) -> list[str]:
        """Return the form values of the ready filings that their writer marked as filled."""
        return [row.filing.read_value for row in self.ready_rows if row.filing.filled]

    @property
    def questioned_rows(self) -> tuple[CheckedFiling, ...]:
        return tuple(row for row in self.rows if row.questions)


def check_quarter(period: Period, *, user: Actor) -> QuarterCheck:
    (tasks,) = task_lists([period], work_calendar(), user=user)
    waiting = tasks.to_submit
    accepted = queries.last_accepted_among(waiting)
    ticks, values = (
        content_reading.ticks_among(waiting),
        content_reading.values_among([*waiting, *accepted.values()]),
    )
    asked = content_reading.asked_indicators_among(waiting)
    evidence = evidence_names_of(waiting)
    rows = []
    for filing in waiting:
        indicators, last = asked.get(filing.id, []), accepted.get(filing.id)
        content = content_reading.content_with(
            filing, ticks.get(filing.id, {}), values.get(filing.id, content_reading.NO_VALUES)
        )
        before = content_reading.accepted_content(last, values) if last else None
        problems = (
            NOTHING_WRITTEN if filing.is_blank else submitting_problems(content, period.quarter, indicators)
        )
        questions = {} if filing.is_blank else questions_about(content, before, indicators)
        answers = tuple(short_answers_of(content, (), indicators))
        names = evidence.get(filing.id, ())
        rows.append(CheckedFiling(filing, problems, questions, answers, names, tuple(indicators)))
    return QuarterCheck(tasks, tuple(rows))


def evidence_names_of(filings: Sequence[Filing]) -> dict[int, tuple[str, ...]]:
    """Return the names of attached files by filing id."""
    answers = evidence_names_asked.send(filing_ids=[filing.id for filing in filings])
    return {filing_id: names for _, answer in answers for filing_id, names in answer.items()}
