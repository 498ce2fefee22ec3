"""The states of documents, of wording requests and of render jobs."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state


class DocumentState(LabelledEnum):
    """The state of a document. 印发中 lasts for the seconds between issuing and the frozen files."""

    ASSEMBLED = "assembled", "已汇编", LabelTone.WAITING
    EDITING = "editing", "编辑中", LabelTone.WAITING
    ISSUING = "issuing", "印发中", LabelTone.WAITING
    ISSUED = "issued", "已印发", LabelTone.GOOD
    SUPERSEDED = "superseded", "已被更正", LabelTone.QUIET
    DISCARDED = "discarded", "已作废", LabelTone.QUIET


TRANSITIONS: Mapping[tuple[Action, DocumentState], DocumentState] = {
    (Action.EDIT_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.EDITING,
    (Action.EDIT_DOCUMENT, DocumentState.EDITING): DocumentState.EDITING,
    (Action.ISSUE_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.ISSUING,
    (Action.ISSUE_DOCUMENT, DocumentState.EDITING): DocumentState.ISSUING,
    (Action.DISCARD_DOCUMENT, DocumentState.ASSEMBLED): DocumentState.DISCARDED,
    (Action.DISCARD_DOCUMENT, DocumentState.EDITING): DocumentState.DISCARDED,
    (Action.CORRECT_DOCUMENT, DocumentState.ISSUED): DocumentState.ISSUED,
}


ACTION_WORDS: Mapping[Action, str] = {
    Action.EDIT_DOCUMENT: "编辑",
    Action.ISSUE_DOCUMENT: "印发",
    Action.DISCARD_DOCUMENT: "作废",
    Action.CORRECT_DOCUMENT: "更正",
}


# Only an issued document can be read by everyone who may read documents.
READING: Mapping[DocumentState, Action] = {
    DocumentState.ASSEMBLED: Action.ASSEMBLE_DOCUMENT,
    DocumentState.EDITING: Action.ASSEMBLE_DOCUMENT,
    DocumentState.ISSUING: Action.ASSEMBLE_DOCUMENT,
    DocumentState.ISSUED: Action.READ_DOCUMENT,
    DocumentState.SUPERSEDED: Action.READ_DOCUMENT,
    DocumentState.DISCARDED: Action.ASSEMBLE_DOCUMENT,
}


DRAFT_STATES = (DocumentState.ASSEMBLED, DocumentState.EDITING)


ISSUED_STATES = (DocumentState.ISSUED, DocumentState.SUPERSEDED)


def next_document_state(action: Action, state: DocumentState) -> DocumentState:
    """Return the state that `action` leads to. Raises IllegalTransition with a sentence for the person."""
    refusal = f"这份公文现在是“{state.label}”，不能{ACTION_WORDS[action]}。"
    return next_state(TRANSITIONS, action, state, refusal=refusal)


class WordingState(LabelledEnum):
    """A department's answer to a change of its words."""

    ASKED = "asked", "待部门确认", LabelTone.WAITING
    AGREED = "agreed", "部门已同意", LabelTone.GOOD
    OBJECTED = "objected", "部门有异议", LabelTone.ATTENTION
    WITHDRAWN = "withdrawn", "已撤回", LabelTone.QUIET


class JobState(LabelledEnum):
    QUEUED = "queued", "排队中", LabelTone.NEUTRAL
    RUNNING = "running", "生成中", LabelTone.WAITING
    DONE = "done", "已完成", LabelTone.GOOD
    FAILED = "failed", "未成功", LabelTone.BAD


class JobStep(LabelledEnum):
    """The step of a running job; `percent` is the progress when it begins."""

    GATHER = "gather", "汇总填报"
    COMPOSE = "compose", "编排版式"
    PRINT = "print", "生成文件"

    @property
    def percent(self) -> int:
        return {JobStep.GATHER: 10, JobStep.COMPOSE: 30, JobStep.PRINT: 50}[self]
