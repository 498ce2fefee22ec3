"""The content of a directive as a plain value, and the checks on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.base.days import DayRange
from app.base.text import REASON_LENGTH, text_problem
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.time_limits import FeedbackRhythm
from app.filing.core.models import Filing
from app.org.models import Department, Leader
from app.plan.core.models import PlanItem

DIRECTIVE_LENGTH = 2000
REPLY_LENGTH = 2000
SHOWN_DIRECTIVE_LENGTH = 40  # of its text, in lists of what somebody is to do
# So many directives may be addressed to so many departments that nobody overlooks the one that answers for all.
MOST_SUPPORTS = 60


class TargetDocument(NamedTuple):
    """An issued document that a directive is about. Documents belong to a later feature, so only this much is known
    here.
    """

    id: int
    title: str


@dataclass(frozen=True)
class DirectiveTarget:
    """What a directive is about: measures of one plan, one filing of a measure, or an issued document. If all are
    empty, it is about the work of the lead addressee.
    """

    measures: tuple[PlanItem, ...] = ()
    filing: Filing | None = None
    document: TargetDocument | None = None

    @property
    def plan_year(self) -> int | None:
        return next((one.plan.year for one in self.measures), None)

    @property
    def titles(self) -> str:
        return "、".join(one.title for one in self.measures)

    def subjects(self, main: Department | None) -> list[dict[str, object]]:
        """Return the field values of a DirectiveSubject row for each thing it is about."""
        if self.document is not None:
            return [{"document_id": self.document.id, "document_title": self.document.title}]
        return [{"measure": one, "filing": self.filing} for one in self.measures] or [{"department": main}]


@dataclass(frozen=True)
class DirectiveContent:
    """What a directive says and whom it addresses: `main` (主办) answers for it, `supports` (协办) contribute.

    `leader` is the leader on whose behalf the office enters it, None for the office's own.
    """

    kind: DirectiveKind
    text: str
    main: Department | None
    supports: tuple[Department, ...] = ()
    due_on: date | None = None
    leader: Leader | None = None
    is_confidential: bool = False
    feedback: FeedbackRhythm = FeedbackRhythm.ONCE

    @property
    def addressees(self) -> tuple[Department, ...]:
        return (self.main, *self.supports) if self.main else self.supports

    @property
    def asks_for_reply(self) -> bool:
        return self.kind is not DirectiveKind.NOTED


def writing_problems(content: DirectiveContent, *, today: date, plan_year: int) -> dict[str, str]:
    """Return, by field, everything that prevents a directive from being issued."""
    when_empty = "请写明批示内容。"
    return {
        "text": text_problem(content.text.strip(), "内容", DIRECTIVE_LENGTH, when_empty=when_empty),
        "main": "请选择一个主办部门。" if content.main is None else ended_problem(content.main),
        "supports": supports_problem(content.main, content.supports),
        "due_on": writing_day_problem(content, today=today, plan_year=plan_year),
    }


def ended_problem(department: Department) -> str:
    if department.is_active:
        return ""
    return f"{department.short_name}已经撤销，请另选部门。"


def supports_problem(main: Department | None, supports: Collection[Department]) -> str:
    """Return what is wrong with the supporting departments (协办), or ""."""
    if main is not None and main in supports:
        return f"{main.short_name}已是主办，不必再选为协办。"
    if len(supports) > MOST_SUPPORTS:
        return f"协办部门最多 {MOST_SUPPORTS} 个，请精简。"
    return next(filter(None, map(ended_problem, supports)), "")


def writing_day_problem(content: DirectiveContent, *, today: date, plan_year: int) -> str:
    if content.due_on and not content.asks_for_reply:
        return "阅知不用办理，不定期限。请去掉期限，或者改选批示、督办。"
    return new_day_problem(content.due_on, today=today, plan_year=plan_year) if content.due_on else ""


def new_day_problem(day: date, *, today: date, plan_year: int) -> str:
    """Return what is wrong with a new due date, or ""."""
    if day < today:
        return "办理期限不能早于今天，请重新选择。"
    return due_problem(day, plan_year, first_year=min(plan_year, today.year))


def due_problem(due_on: date, plan_year: int, *, first_year: int | None = None) -> str:
    """Return what is wrong with the year of a due date, or "".

    first_year: the earliest year allowed, when the directive is written before the plan's year begins.
    """
    return DayRange.of_years(first_year or plan_year, plan_year + 1).problem_of_day(due_on, "办理期限")


def reason_problem(reason: str, label: str, when_empty: str) -> str:
    """Return what is wrong with the reason or the text of a step, or ""."""
    return text_problem(reason.strip(), label, REASON_LENGTH, when_empty=when_empty)
