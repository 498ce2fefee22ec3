"""Enumerations that carry their Chinese label and tone, so that no template repeats a word or a colour."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self


class LabelTone(StrEnum):
    """How a label is to be felt; style sheets turn it into a colour."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    ATTENTION = "attention"
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"


class LabelledEnum(StrEnum):
    """An enumeration whose members are written ``NAME = value, label[, tone]``."""

    label: str
    tone: LabelTone

    def __new__(cls, value: str, label: str = "", tone: LabelTone = LabelTone.NEUTRAL) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        member.tone = tone
        return member

    @classmethod
    def from_label(cls, label: str) -> Self | None:
        """Return the member whose label or value is `label`, or None: what people write in spreadsheets."""
        wanted = label.strip()
        return next((member for member in cls if wanted in (member.label, member.value)), None)


class LabelledCount(NamedTuple):
    """How many there are of something, and of how many; without a total only how many."""

    label: str
    number: int
    total: int | None = None
