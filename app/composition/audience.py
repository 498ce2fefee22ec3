"""The readers of a document: superiors, who see one sub-district, or its own departments, each named."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """The readers of a document.

    counted, awaited: the column headings for measures with and without an accepted report.
    counted_words: the first of them within a sentence.
    Superiors read how the plan is going and what is being done about it. Who owes a filing, why a light was
    moved and what a leader wrote to a department stays inside the sub-district.
    """

    SUPERIORS = "已汇总", "未汇总", "进展情况已汇总"
    DEPARTMENTS = "已采用", "未采用", "填报已采用"

    def __init__(self, counted: str, awaited: str, counted_words: str) -> None:
        self.counted = counted
        self.awaited = awaited
        self.counted_words = counted_words
