"""What a plan is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.base.labels import LabelledEnum
from app.plan.importer.numbering import CLOSED_NUMBER

CHAPTER_WORD = re.compile(r"^第.+[分章篇编节]$")


class ItemKind(LabelledEnum):
    """The levels of a plan's tree. A plan may leave out sections: depth is data, not schema."""

    PART = "part", "部分"
    SECTION = "section", "专项"
    MEASURE = "measure", "举措"
    COMMITMENT = "commitment", "任务"


class AssignmentRole(LabelledEnum):
    """How a department answers for a measure. Every measure has exactly one lead."""

    LEAD = "lead", "牵头"
    SUPPORT = "support", "配合"


class ItemAspect(LabelledEnum):
    """What of a measure changes from a day on, apart from what was published."""

    TITLE = "title", "名称"
    TEXT = "text", "原文"
    TARGET = "target", "年度目标"
    LEAD = "lead", "牵头部门"
    SUPPORTS = "supports", "配合部门"
    LEADER = "leader", "分管领导"
    MILESTONES = "milestones", "节点"
    INDICATORS = "indicators", "量化指标"
    BEGINNING = "beginning", "新增"
    ENDING = "ending", "结束"

    @property
    def changing_words(self) -> str:
        """Return what stands before the words of such a change: 名称改为; a measure's beginning and end are none."""
        return self.label if self in (ItemAspect.BEGINNING, ItemAspect.ENDING) else f"{self.label}改为"


class CumulationRule(LabelledEnum):
    """How the quarters of an indicator make a year. It says too what a department files: see `filed_words`."""

    LATEST = "latest", "取最近一季"
    SUM = "sum", "各季相加"
    HIGHEST = "highest", "取最高一季"
    RATIO = "ratio", "分子分母各自相加再相除"

    @property
    def filed_words(self) -> str:
        """Return what a department is to file in a quarter."""
        return FILED_WORDS[self]


FILED_WORDS = {
    CumulationRule.LATEST: "填年初以来的累计数",
    CumulationRule.SUM: "填本季度的数，不含以前各季",
    CumulationRule.HIGHEST: "填本季度的数",
    CumulationRule.RATIO: "填本季度的分子和分母",
}


def numbered_heading(number: str, title: str) -> str:
    """Return a heading as it is printed: 一、…, （一）…, 1. …, 第一章 …"""
    if not number or CLOSED_NUMBER.search(number):
        return number + title
    if CHAPTER_WORD.search(number):
        return f"{number} {title}"
    return f"{number}. {title}" if number.isascii() else f"{number}、{title}"


def nearest_year(years: Iterable[int], year: int) -> int | None:
    """Return the one of some years that lies nearest to a year, of two alike the earlier; None of none."""
    return min(years, key=lambda one: (abs(one - year), one), default=None)


class DependentRows(NamedTuple):
    """What hangs on a plan or a quarter, as people name it; what `keeps` it does not let it be removed."""

    words: str
    keeps: bool


def kept_words(dependents: Iterable[DependentRows]) -> str:
    """Return, named one after the other, what does not let it be removed, or nothing."""
    return "、".join(one.words for one in dependents if one.keeps)
