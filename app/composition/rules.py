"""Kinds and states of documents and of render jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.base.labels import LabelledEnum
from app.composition.scope import ScopeSpan
from app.filing.core.rules import FilingState


class DocumentKind(LabelledEnum):
    """What sort of document it is."""

    QUARTERLY = "quarterly", "推进情况报告"
    CIRCULAR = "circular", "推进情况通报"
    SUMMARY = "summary", "内部情况汇总"
    SUPERVISION = "supervision", "督查通报"
    DEPARTMENT = "department", "部门工作报告"
    YEARLY = "yearly", "年度报告"
    READING = "reading", "呈批单"
    OPENING = "opening", "填报通知"
    PLAN = "plan", "印发工作计划的通知"


class DocumentSubject(LabelledEnum):
    """Whom a document may be about, or written to."""

    ALL = "all", "全街道"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"


PARTS_OF_THE_YEAR = (ScopeSpan.QUARTER, ScopeSpan.HALF_YEAR, ScopeSpan.THREE_QUARTERS)


@dataclass(frozen=True)
class KindTraits:
    """What is peculiar to a kind.

    spans: what time it may cover.
    goes_upward: whether a 签发人 is named (上行文).
    is_numbered: whether it gets a 发文字号 out of the register; an internal paper has none.
    rests_on_filings: whether there is nothing to say before a filing was accepted.
    encloses_plan: whether the plan's whole wording stands behind it.
    may_abridge: whether its text may give the departments' words in short, as an annex has all of them.
    sets_deadlines: whether it asks for something by a day.
    """

    spans: tuple[ScopeSpan, ...] = (*PARTS_OF_THE_YEAR, ScopeSpan.YEAR)
    subject: DocumentSubject = DocumentSubject.ALL
    goes_upward: bool = False
    is_numbered: bool = True
    rests_on_filings: bool = True
    encloses_plan: bool = False
    may_abridge: bool = False
    sets_deadlines: bool = False

    @property
    def is_yearly(self) -> bool:
        """Return whether it covers a whole year and nothing less: nobody asks for its quarter."""
        return self.spans == (ScopeSpan.YEAR,)


KIND_TRAITS: Mapping[DocumentKind, KindTraits] = {
    DocumentKind.QUARTERLY: KindTraits(PARTS_OF_THE_YEAR, goes_upward=True, may_abridge=True),
    DocumentKind.CIRCULAR: KindTraits(may_abridge=True, sets_deadlines=True),
    DocumentKind.SUMMARY: KindTraits(is_numbered=False),
    DocumentKind.SUPERVISION: KindTraits(sets_deadlines=True),
    DocumentKind.DEPARTMENT: KindTraits(
        subject=DocumentSubject.DEPARTMENT, is_numbered=False, may_abridge=True
    ),
    DocumentKind.YEARLY: KindTraits((ScopeSpan.YEAR,), goes_upward=True, may_abridge=True),
    DocumentKind.READING: KindTraits(subject=DocumentSubject.LEADER, is_numbered=False),
    DocumentKind.OPENING: KindTraits((ScopeSpan.QUARTER,), rests_on_filings=False),
    DocumentKind.PLAN: KindTraits((ScopeSpan.YEAR,), rests_on_filings=False, encloses_plan=True),
}


class TextFullness(LabelledEnum):
    """How much of the departments' words a text repeats; the annex behind it has all of them."""

    CONCISE = "concise", "精简"
    FULL = "full", "详尽"


class DocumentForm(LabelledEnum):
    """How a numbered document that does not go upwards is laid out (GB/T 9704-2012, 7 and 10.1)."""

    FILE = "file", "文件格式"
    LETTER = "letter", "信函格式"


MISSING_WORDS: Mapping[FilingState, str] = {
    FilingState.DRAFT: "未报送",
    FilingState.RETURNED: "退回待补",
    FilingState.SUBMITTED: "待部门审签",
    FilingState.SIGNED_OFF: "待审核采用",
}


def missing_words(state: FilingState | None) -> str:
    """Return why a measure has no accepted report, in official words."""
    return MISSING_WORDS[state] if state else "未报送"
