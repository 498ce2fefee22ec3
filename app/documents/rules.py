"""Kinds and states of documents and of render jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.access.policy import Action
from app.errors import IllegalTransition
from app.labels import Labelled, Tone

LEASE = timedelta(minutes=2)
ATTEMPTS = 3


class DocumentKind(Labelled):
    """What sort of document it is."""

    QUARTERLY = "quarterly", "季度推进情况报告"


class DocumentState(Labelled):
    """Where a document stands."""

    ASSEMBLED = "assembled", "已汇编", Tone.WAITING
    ISSUED = "issued", "已印发", Tone.GOOD


TRANSITIONS: Mapping[tuple[Action, DocumentState], DocumentState] = {
    (Action.ISSUE_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.ISSUED,
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


class FileFormat(Labelled):
    """The formats that a document is kept in."""

    PDF = "pdf", "PDF"
