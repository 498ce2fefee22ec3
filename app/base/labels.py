"""Enumerations with a Chinese label and a tone, so that no template repeats a word or a colour."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self


class LabelTone(StrEnum):
    """The tone of a label, which style sheets turn into a colour."""

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
        """Return the member with this label or value, as written in spreadsheets; None for anything else."""
        wanted = label.strip()
        return next((member for member in cls if wanted in (member.label, member.value)), None)


class LabelledCount(NamedTuple):
    """A labelled count, out of a total if there is one."""

    label: str
    number: int
    total: int | None = None
