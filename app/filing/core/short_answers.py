"""The short answers of a filing in words: numbers, choices, indicators, ticks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.base.labels import LabelledEnum
from app.filing.core.content import FIELD_LABELS, FilingContent, Tick
from app.plan.core.models import Indicator, Milestone, PlanItem
from app.plan.core.numbers import number_in_words

NO_TICK = Tick(done=False)
REACHED_WORDS = {True: "已完成", False: "未完成", None: ""}


@dataclass(frozen=True)
class ChangedAnswer:
    """A short answer before and now, in words; "" if it is not filled in."""

    label: str
    before: str
    now: str


def changed_answers(
    before: FilingContent,
    now: FilingContent,
    *,
    commitments: Sequence[PlanItem],
    indicators: Sequence[Indicator],
    milestones: Sequence[Milestone] = (),
) -> tuple[ChangedAnswer, ...]:
    """Return the short answers that differ between two contents.

    A milestone that one of them was not asked for counts as not reached there.
    """
    unasked = {one.id: False for one in milestones}
    old, new = (
        short_answers_of(
            replace(content, milestones=unasked | dict(content.milestones)),
            commitments,
            indicators,
            milestones,
        )
        for content in (before, now)
    )
    pairs = zip(old, new, strict=True)
    return tuple(ChangedAnswer(label, was, becomes) for (label, was), (_, becomes) in pairs if was != becomes)


def short_answers_of(
    content: FilingContent,
    commitments: Iterable[PlanItem],
    indicators: Iterable[Indicator],
    milestones: Iterable[Milestone] = (),
) -> list[tuple[str, str]]:
    """Return the short answers of a filing with their labels."""
    reached = ((one, content.filed_number(one.id)) for one in indicators)
    ticks = (content.ticks.get(commitment.id, NO_TICK) for commitment in commitments)
    return [
        (FIELD_LABELS["percent"], answer_in_words(content.percent)),
        (FIELD_LABELS["status"], join_words(answer_in_words(content.status), content.status_reason)),
        (FIELD_LABELS["forecast"], answer_in_words(content.forecast)),
        (FIELD_LABELS["light"], join_words(answer_in_words(content.light), content.light_reason)),
        *((one.name, one.cumulation.number_in_quarter(filed)) for one, filed in reached),
        *((f"任务 {number}", tick_in_words(tick)) for number, tick in enumerate(ticks, 1)),
        *((one.asked_words, REACHED_WORDS[content.milestones.get(one.id)]) for one in milestones),
    ]


def answer_in_words(value: object) -> str:
    """Return an answer as it is shown, "" for None."""
    if isinstance(value, LabelledEnum):
        return value.label
    if isinstance(value, int):
        return f"{value}%"
    if isinstance(value, Decimal):
        return number_in_words(value)
    return str(value or "")


def tick_in_words(tick: Tick) -> str:
    return join_words("已办结" if tick.done else "未办结", tick.note)


def join_words(*words: str) -> str:
    """Return the words that are not empty in one line."""
    return "；".join(filter(None, words))
