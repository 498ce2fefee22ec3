"""The choices that define a kind of document; what each kind chooses is in `composition.kinds`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.base.labels import LabelledEnum
from app.composition.scope import ScopeSpan
from app.filing.core.life_cycle import FilingState
from reports.model import Direction
from reports.text_length import LONGEST_SPECIAL_REPORT


class DocumentKind(LabelledEnum):
    QUARTERLY = "quarterly", "推进情况报告"
    CIRCULAR = "circular", "推进情况通报"
    SUMMARY = "summary", "内部情况汇总"
    SUPERVISION = "supervision", "督查通报"
    DEPARTMENT = "department", "部门工作报告"
    YEARLY = "yearly", "年度报告"
    READING_SHEET = "reading_sheet", "呈批单"
    FILING_NOTICE = "filing_notice", "填报通知"
    PLAN = "plan", "印发工作计划的通知"


class KindGroup(LabelledEnum):
    """The direction of a document, by which the kinds are grouped for choosing."""

    UPWARD = "upward", "向上报告"
    DOWNWARD = "downward", "向下通报"
    INTERNAL = "internal", "内部材料"
    NOTICE = "notice", "通知"


class DocumentSubject(LabelledEnum):
    """Whom a document is about or written to."""

    ALL = "all", "全街道"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"


class SynopsisView(LabelledEnum):
    """A way to word the blocks of a synopsis (综述)."""

    BY_TOPIC = "by_topic", "按成效、问题、打算"
    BY_PART = "by_part", "按部分"
    SUPERVISION = "supervision", "督查口径"


# The usual recipients.
DEPARTMENTS = "各部门、各居民区"
LEADERSHIP = "街道党工委、办事处"

PARTS_OF_THE_YEAR = (ScopeSpan.QUARTER, ScopeSpan.HALF_YEAR, ScopeSpan.THREE_QUARTERS)


@dataclass(frozen=True, kw_only=True)
class KindSpec:
    """The properties of a kind of document; defined beside its text in a module of `composition.kinds`.

    purpose: what it is for, in one Chinese sentence.
    spans: the periods that it may cover.
    direction: None for an internal paper, which has no red head, number or imprint.
    recipient: the usual recipient (主送机关), unless that is the superior.
    rests_on_filings: whether at least one filing must be accepted before it can be written.
    needs_period: whether its quarter must have been opened.
    opens_filing: whether it asks departments to file, and so must reach them in time.
    encloses_plan: whether the plan's whole wording is enclosed.
    may_abridge: whether its text may shorten the departments' words, because an annex has all of them.
    sets_deadlines: whether it asks for something by a day.
    is_special_report: whether it is on one subject (专题报告), and so must be shorter than others.
    synopsis_views: the possible wordings of its synopsis, the usual one first; empty if it has none.
    """

    kind: DocumentKind
    group: KindGroup
    purpose: str
    spans: tuple[ScopeSpan, ...] = (*PARTS_OF_THE_YEAR, ScopeSpan.YEAR)
    subject: DocumentSubject = DocumentSubject.ALL
    direction: Direction | None = Direction.DOWNWARD
    recipient: str = ""
    rests_on_filings: bool = True
    needs_period: bool = True
    opens_filing: bool = False
    encloses_plan: bool = False
    may_abridge: bool = False
    sets_deadlines: bool = False
    is_special_report: bool = False
    synopsis_views: tuple[SynopsisView, ...] = ()

    @property
    def goes_upward(self) -> bool:
        """Return whether it goes to superiors (上行文) and so names a 签发人."""
        return self.direction is Direction.UPWARD

    @property
    def is_numbered(self) -> bool:
        """Return whether it gets a 发文字号 from the register; an internal paper has none."""
        return self.direction is not None

    @property
    def is_yearly(self) -> bool:
        """Return whether it can only cover a whole year, so that no quarter is asked for."""
        return self.spans == (ScopeSpan.YEAR,)

    def longest_text(self, budget: int) -> int:
        """Return the most characters its text should have; `budget` is that of an ordinary report."""
        return min(LONGEST_SPECIAL_REPORT, budget) if self.is_special_report else budget


class TextFullness(LabelledEnum):
    """How much of the departments' words a text repeats; the annex always has all of them."""

    CONCISE = "concise", "精简"
    FULL = "full", "详尽"


class DocumentForm(LabelledEnum):
    """The layout of a numbered document that does not go to superiors (GB/T 9704-2012, 7 and 10.1)."""

    FILE = "file", "文件格式"
    LETTER = "letter", "信函格式"


MISSING_WORDS: Mapping[FilingState, str] = {
    FilingState.DRAFT: "未报送",
    FilingState.RETURNED: "退回待补",
    FilingState.SUBMITTED: "待部门审签",
    FilingState.SIGNED_OFF: "待审核采用",
}


def missing_words(state: FilingState | None) -> str:
    """Return in official words why a measure has no accepted report; for None, that nothing was filed."""
    return MISSING_WORDS[state] if state else "未报送"
