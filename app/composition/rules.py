"""What a kind of document may be; what each is (its time, its direction) stands in `composition.kinds`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.base.labels import LabelledEnum
from app.composition.scope import ScopeSpan
from app.filing.core.life_cycle import FilingState
from reports.model import Direction
from reports.text_length import LONGEST_SPECIAL_REPORT


class DocumentKind(LabelledEnum):
    """What sort of document it is."""

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
    """Where a document goes, as the kinds are offered."""

    UPWARD = "upward", "向上报告"
    DOWNWARD = "downward", "向下通报"
    INTERNAL = "internal", "内部材料"
    NOTICE = "notice", "通知"


class DocumentSubject(LabelledEnum):
    """Whom a document may be about, or written to."""

    ALL = "all", "全街道"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"


class SynopsisView(LabelledEnum):
    """How a block of the synopsis (综述) may be worded."""

    BY_TOPIC = "by_topic", "按成效、问题、打算"
    BY_PART = "by_part", "按部分"
    SUPERVISION = "supervision", "督查口径"


# Whom documents usually go to.
DEPARTMENTS = "各部门、各居民区"
LEADERSHIP = "街道党工委、办事处"

PARTS_OF_THE_YEAR = (ScopeSpan.QUARTER, ScopeSpan.HALF_YEAR, ScopeSpan.THREE_QUARTERS)


@dataclass(frozen=True, kw_only=True)
class KindSpec:
    """What is peculiar to a kind; its module in `composition.kinds` holds it beside the text.

    purpose: what it is for, in a sentence.
    spans: what time it may cover.
    direction: where it goes; None for an internal paper, without red head, number or imprint.
    recipient: whom it goes to as a rule (主送机关), where that is not the superior.
    rests_on_filings: whether there is nothing to say before a filing was accepted.
    needs_period: whether the quarter that it is about must have been opened.
    opens_filing: whether it asks departments to file, and so must reach them in time.
    encloses_plan: whether the plan's whole wording stands behind it.
    may_abridge: whether its text may give the departments' words in short, as an annex has all of them.
    sets_deadlines: whether it asks for something by a day.
    is_special_report: whether it is on one subject (专题报告), and so to be shorter than others.
    synopsis_views: how its synopsis may be worded, the usual way first; empty where it has none.
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
        """Return whether a 签发人 is named (上行文)."""
        return self.direction is Direction.UPWARD

    @property
    def is_numbered(self) -> bool:
        """Return whether it gets a 发文字号 out of the register; an internal paper has none."""
        return self.direction is not None

    @property
    def is_yearly(self) -> bool:
        """Return whether it covers a whole year and nothing less: nobody asks for its quarter."""
        return self.spans == (ScopeSpan.YEAR,)

    def longest_text(self, budget: int) -> int:
        """Return within how many characters its text should stay, where an ordinary report has this budget."""
        return min(LONGEST_SPECIAL_REPORT, budget) if self.is_special_report else budget


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
