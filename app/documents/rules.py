"""Kinds and states of documents and of render jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.access.policy import Action
from app.documents.scope import Span
from app.errors import IllegalTransition
from app.filing.rules import FilingState
from app.labels import Labelled, Tone

# A killed worker's document is taken up again within a lease and the reconciler's minute: less than two minutes.
LEASE = timedelta(seconds=45)
ATTEMPTS = 3


class DocumentKind(Labelled):
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


class Subject(Labelled):
    """Whom a document may be about, or written to."""

    ALL = "all", "全街道"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"


PARTS_OF_THE_YEAR = (Span.QUARTER, Span.HALF_YEAR, Span.THREE_QUARTERS)


@dataclass(frozen=True)
class Traits:
    """What is peculiar to a kind.

    spans: what time it may cover.
    goes_upward: whether a 签发人 is named (上行文).
    is_numbered: whether it gets a 发文字号 out of the register; an internal paper has none.
    rests_on_filings: whether there is nothing to say before a filing was accepted.
    encloses_plan: whether the plan's whole wording stands behind it.
    may_abridge: whether its text may give the departments' words in short, as an annex has all of them.
    sets_deadlines: whether it asks for something by a day.
    """

    spans: tuple[Span, ...] = (*PARTS_OF_THE_YEAR, Span.YEAR)
    subject: Subject = Subject.ALL
    goes_upward: bool = False
    is_numbered: bool = True
    rests_on_filings: bool = True
    encloses_plan: bool = False
    may_abridge: bool = False
    sets_deadlines: bool = False

    @property
    def is_yearly(self) -> bool:
        """Return whether it covers a whole year and nothing less: nobody asks for its quarter."""
        return self.spans == (Span.YEAR,)


TRAITS: Mapping[DocumentKind, Traits] = {
    DocumentKind.QUARTERLY: Traits(PARTS_OF_THE_YEAR, goes_upward=True, may_abridge=True),
    DocumentKind.CIRCULAR: Traits(may_abridge=True, sets_deadlines=True),
    DocumentKind.SUMMARY: Traits(is_numbered=False),
    DocumentKind.SUPERVISION: Traits(sets_deadlines=True),
    DocumentKind.DEPARTMENT: Traits(subject=Subject.DEPARTMENT, is_numbered=False, may_abridge=True),
    DocumentKind.YEARLY: Traits((Span.YEAR,), goes_upward=True, may_abridge=True),
    DocumentKind.READING: Traits(subject=Subject.LEADER, is_numbered=False),
    DocumentKind.OPENING: Traits((Span.QUARTER,), rests_on_filings=False),
    DocumentKind.PLAN: Traits((Span.YEAR,), rests_on_filings=False, encloses_plan=True),
}


class Fullness(Labelled):
    """How much of the departments' words a text repeats; the annex behind it has all of them."""

    CONCISE = "concise", "精简"
    FULL = "full", "详尽"


class Form(Labelled):
    """How a numbered document that does not go upwards is laid out (GB/T 9704-2012, 7 and 10.1)."""

    FILE = "file", "文件格式"
    LETTER = "letter", "信函格式"


class DocumentState(Labelled):
    """Where a document stands. Between being issued and having its frozen files it is 印发中, for seconds."""

    ASSEMBLED = "assembled", "已汇编", Tone.WAITING
    EDITING = "editing", "编辑中", Tone.WAITING
    ISSUING = "issuing", "印发中", Tone.WAITING
    ISSUED = "issued", "已印发", Tone.GOOD
    SUPERSEDED = "superseded", "已被更正", Tone.QUIET
    DISCARDED = "discarded", "已作废", Tone.QUIET


TRANSITIONS: Mapping[tuple[Action, DocumentState], DocumentState] = {
    (Action.EDIT_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.EDITING,
    (Action.EDIT_DOCUMENT, DocumentState.EDITING): DocumentState.EDITING,
    (Action.ISSUE_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.ISSUING,
    (Action.ISSUE_DOCUMENT, DocumentState.EDITING): DocumentState.ISSUING,
    (Action.DISCARD_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.DISCARDED,
    (Action.DISCARD_DOCUMENT, DocumentState.EDITING): DocumentState.DISCARDED,
    (Action.CORRECT_DOCUMENT, DocumentState.ISSUED): DocumentState.ISSUED,
}

DEED_WORDS: Mapping[Action, str] = {
    Action.EDIT_DOCUMENT: "编辑",
    Action.ISSUE_DOCUMENT: "印发",
    Action.DISCARD_DOCUMENT: "作废",
    Action.CORRECT_DOCUMENT: "更正",
}

# Only a document that was issued is for everyone who may read documents.
READING: Mapping[DocumentState, Action] = {
    DocumentState.ASSEMBLED: Action.BUILD_DOCUMENT,
    DocumentState.EDITING: Action.BUILD_DOCUMENT,
    DocumentState.ISSUING: Action.BUILD_DOCUMENT,
    DocumentState.ISSUED: Action.READ_DOCUMENT,
    DocumentState.SUPERSEDED: Action.READ_DOCUMENT,
    DocumentState.DISCARDED: Action.BUILD_DOCUMENT,
}

DRAFTS = (DocumentState.ASSEMBLED, DocumentState.EDITING)
OUT = (DocumentState.ISSUED, DocumentState.SUPERSEDED)


def next_state(action: Action, state: DocumentState) -> DocumentState:
    """Return where `action` leads from `state`. Raises IllegalTransition with a sentence for the person."""
    try:
        return TRANSITIONS[action, state]
    except KeyError:
        raise IllegalTransition(f"这份公文现在是“{state.label}”，不能{DEED_WORDS[action]}。") from None


class WordingState(Labelled):
    """How a department stands to a change of its words."""

    ASKED = "asked", "待部门确认", Tone.WAITING
    AGREED = "agreed", "部门已同意", Tone.GOOD
    OBJECTED = "objected", "部门有异议", Tone.ATTENTION
    WITHDRAWN = "withdrawn", "已撤回", Tone.QUIET


class JobState(Labelled):
    """Where a render job stands."""

    QUEUED = "queued", "排队中", Tone.NEUTRAL
    RUNNING = "running", "生成中", Tone.WAITING
    DONE = "done", "已完成", Tone.GOOD
    FAILED = "failed", "未成功", Tone.BAD


class Step(Labelled):
    """What a running job is at; `percent` is how far it then is."""

    GATHER = "gather", "汇总填报"
    COMPOSE = "compose", "编排版式"
    PRINT = "print", "生成文件"

    @property
    def percent(self) -> int:
        """Return how far a job is when this step begins, in per cent."""
        return {Step.GATHER: 10, Step.COMPOSE: 30, Step.PRINT: 50}[self]


class FileFormat(Labelled):
    """The formats that a document is kept in."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel 附表"
    ARCHIVE = "archive", "归档 PDF"
    ACCESSIBLE = "accessible", "无障碍 PDF"

    @property
    def name_ending(self) -> str:
        """Return what tells a file of this format from the others of its document, its suffix included."""
        told = {
            FileFormat.XLSX: "（附表）",
            FileFormat.ARCHIVE: "（归档）",
            FileFormat.ACCESSIBLE: "（无障碍）",
        }
        return f"{told.get(self, '')}.{self.suffix}"

    @property
    def suffix(self) -> str:
        """Return the ending of a file's name."""
        return self.value if self in (FileFormat.DOCX, FileFormat.XLSX) else "pdf"


MISSING_WORDS: Mapping[FilingState, str] = {
    FilingState.DRAFT: "未报送",
    FilingState.RETURNED: "退回待补",
    FilingState.SUBMITTED: "待部门审签",
    FilingState.SIGNED_OFF: "待审核采用",
}


def missing_words(state: FilingState | None) -> str:
    """Return why a measure has no accepted report, in official words."""
    return MISSING_WORDS[state] if state else "未报送"


# A draft is made as it is read and worked on; what is issued is frozen in every format.
DRAFT_FORMATS = (FileFormat.PDF, FileFormat.DOCX)
FROZEN_FORMATS = tuple(FileFormat)
