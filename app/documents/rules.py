"""Kinds and states of documents and of render jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.access.policy import Action
from app.errors import IllegalTransition
from app.filing.rules import FilingState
from app.labels import Labelled, Tone

# A killed worker's document is taken up again within a lease and the reconciler's minute: less than two minutes.
LEASE = timedelta(seconds=45)
ATTEMPTS = 3


class DocumentKind(Labelled):
    """What sort of document it is."""

    QUARTERLY = "quarterly", "季度推进情况报告"


class DocumentState(Labelled):
    """Where a document stands. Between being issued and having its numbered file it is 印发中, for seconds."""

    ASSEMBLED = "assembled", "已汇编", Tone.WAITING
    ISSUING = "issuing", "印发中", Tone.WAITING
    ISSUED = "issued", "已印发", Tone.GOOD


TRANSITIONS: Mapping[tuple[Action, DocumentState], DocumentState] = {
    (Action.ISSUE_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.ISSUING,
}


# Only an issued document is for everyone who may read documents.
READING: Mapping[DocumentState, Action] = {
    DocumentState.ASSEMBLED: Action.BUILD_DOCUMENT,
    DocumentState.ISSUING: Action.BUILD_DOCUMENT,
    DocumentState.ISSUED: Action.READ_DOCUMENT,
}


def next_state(action: Action, state: DocumentState) -> DocumentState:
    """Return where `action` leads from `state`. Raises IllegalTransition with a sentence for the person."""
    try:
        return TRANSITIONS[action, state]
    except KeyError:
        raise IllegalTransition(f"这份公文现在是“{state.label}”，不能再印发。") from None


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
    PRINT = "print", "生成 PDF"

    @property
    def percent(self) -> int:
        """Return how far a job is when this step begins, in per cent."""
        return {Step.GATHER: 10, Step.COMPOSE: 30, Step.PRINT: 50}[self]


class FileFormat(Labelled):
    """The formats that a document is kept in."""

    PDF = "pdf", "PDF"


MISSING_WORDS: Mapping[FilingState, str] = {
    FilingState.DRAFT: "未报送",
    FilingState.RETURNED: "退回待补",
    FilingState.SUBMITTED: "待部门审签",
    FilingState.SIGNED_OFF: "待审核采用",
}


def missing_words(state: FilingState | None) -> str:
    """Return why a measure has no accepted report, in official words."""
    return MISSING_WORDS[state] if state else "未报送"
