"""A person's duties besides filings: features that know of any answer the signal `own_duties_asked`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.authority.actor import Actor
from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.signals import own_duties_asked


class DutyKind(LabelledEnum):
    REPLY_SIGNATURE = "reply_signature", "待审签", LabelTone.WAITING
    SUGGESTION = "suggestion", "待答复", LabelTone.ATTENTION
    REPLY = "reply", "待回复", LabelTone.ATTENTION
    CONTRIBUTION = "contribution", "待报", LabelTone.NEUTRAL


@dataclass(frozen=True)
class OwnDuty:
    """One thing that a person has to do for a department.

    measure_ids: the measures that it is about, if any. department_id: the department it is done for. path: the address
    where it is done. due_on: the last day, if there is one. period_id: its quarter, if it belongs to one.
    """

    kind: DutyKind
    measure_ids: frozenset[int]
    department_id: int
    title: str
    hint: str
    path: str
    due_on: date | None = None
    period_id: int | None = None


def own_duties(user: Actor) -> list[OwnDuty]:
    """Return a person's duties besides filings, the most urgent first."""
    answers = (duty for _, answer in own_duties_asked.send(user=user) for duty in answer)
    return sorted(answers, key=lambda duty: (duty.due_on or date.max, duty.path))
