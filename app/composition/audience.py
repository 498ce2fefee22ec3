"""To whom a document speaks: its superiors, as one sub-district, or its own departments, each by name."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """Who reads it. `counted` and `awaited` are what measures with and without an accepted report are called, as the
    head of a column; `counted_words` in a sentence.

    Superiors hear how the plan stands and what is done about it; who owes a filing, why a light was moved, and what a
    leader wrote to a department are the sub-district's own affairs.
    """

    SUPERIORS = "已汇总", "未汇总", "进展情况已汇总"
    DEPARTMENTS = "已采用", "未采用", "填报已采用"

    def __init__(self, counted: str, awaited: str, counted_words: str) -> None:
        self.counted = counted
        self.awaited = awaited
        self.counted_words = counted_words
