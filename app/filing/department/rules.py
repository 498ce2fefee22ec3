"""What a department should do next, as a sentence and a button: pure functions and data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.base.days import day_in_year
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import due_in_words

ALL_HANDED_IN = "本部门已全部提交，现在没有要办的事。"
NOTHING_LEFT = "现在没有要办的事。"


class NextStep(StrEnum):
    """The next thing to do, in order of priority."""

    SIGN = "sign"
    SIGN_REPLY = "sign_reply"
    CORRECT = "correct"
    ANSWER = "answer"
    REPLY = "reply"
    BEGIN = "begin"
    GO_ON = "go_on"
    SUBMIT = "submit"
    CONTRIBUTE = "contribute"


@dataclass(frozen=True)
class WorkCounts:
    """How much of each kind of work a person has.

    `begun` and `filled` count filings that are not submitted; `locked` ones cannot be. `due` is the nearest due date of
    the open quarters, `reply_due` that of the directives.
    """

    to_sign: int = 0
    replies_to_sign: int = 0
    returned: int = 0
    suggestions: int = 0
    replies: int = 0
    not_begun: int = 0
    begun: int = 0
    filled: int = 0
    contributions: int = 0
    handed_in: int = 0
    locked: int = 0
    reply_due: date | None = None
    due: date | None = None

    @property
    def unsubmitted(self) -> int:
        return self.not_begun + self.begun + self.filled

    @property
    def of_steps(self) -> dict[NextStep, int]:
        """Return the counts by step, in order of priority."""
        return {
            NextStep.SIGN: self.to_sign,
            NextStep.SIGN_REPLY: self.replies_to_sign,
            NextStep.CORRECT: self.returned,
            NextStep.ANSWER: self.suggestions,
            NextStep.REPLY: self.replies,
            NextStep.BEGIN: self.not_begun,
            NextStep.GO_ON: self.begun,
            NextStep.SUBMIT: self.filled,
            NextStep.CONTRIBUTE: self.contributions,
        }


def next_step(counts: WorkCounts) -> NextStep | None:
    """Return the next thing to do, or None."""
    return next((step for step, count in counts.of_steps.items() if count), None)


def work_sentence(counts: WorkCounts, today: date, calendar: WorkCalendar = CHINA) -> str:
    """Return what is left to do and by when."""
    clauses = (
        signing_clause(counts),
        filing_clause(counts),
        f"改字建议 {counts.suggestions} 项待答复" if counts.suggestions else "",
        reply_clause(counts, today),
        f"配合 {counts.contributions} 项待报" if counts.contributions else "",
    )
    left = "；".join(filter(None, clauses))
    if not left:
        return ALL_HANDED_IN if counts.handed_in and not counts.locked else NOTHING_LEFT
    return f"{left}{due_clause(counts, today, calendar)}。"


def signing_clause(counts: WorkCounts) -> str:
    clauses = (
        f"{counts.to_sign} 项填报" if counts.to_sign else "",
        f"{counts.replies_to_sign} 件批示回复" if counts.replies_to_sign else "",
    )
    words = "、".join(filter(None, clauses))
    return f"{words}待您审签" if words else ""


def filing_clause(counts: WorkCounts) -> str:
    unsubmitted, returned = counts.unsubmitted, counts.returned
    clauses = (
        f"还有 {unsubmitted} 项未提交" if unsubmitted else "",
        f"{returned} 项被退回" if returned else "",
    )
    return "，".join(filter(None, clauses))


def reply_clause(counts: WorkCounts, today: date) -> str:
    """Return how many directives wait for a reply, and when the first is due."""
    if not counts.replies:
        return ""
    words = f"批示 {counts.replies} 件待回复"
    if counts.reply_due is None:
        return words
    if counts.reply_due < today:
        return f"{words}，最早的{day_in_year(counts.reply_due, today)}到期，已逾期"
    return f"{words}，{day_in_year(counts.reply_due, today)}前"


def due_clause(counts: WorkCounts, today: date, calendar: WorkCalendar) -> str:
    """Return the nearest due date, which is itself included."""
    if counts.due is None:
        return ""
    day = day_in_year(counts.due, today)
    return f"；最近的截止是{day}（含当日），{due_in_words(counts.due, today, calendar)}"
