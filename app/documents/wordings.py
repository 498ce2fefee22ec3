"""Asking a department to confirm that its words were changed: asked, answered, or withdrawn."""

from __future__ import annotations

from app.access.policy import Action, require
from app.access.user import User
from app.audit.operations import record
from app.clock import now
from app.db import transaction
from app.documents.models import DocumentBlock, WordingRequest
from app.documents.rules import DRAFTS, WordingState
from app.errors import FieldProblems, IllegalTransition
from app.filing.models import Filing
from app.notices.operations import notify, settle
from app.notices.rules import Message, NoticeKind, seats_of
from app.org.models import Department
from reports.model import Paragraph

ANSWER_LENGTH = 200
LIST = "/documents/wordings"


def department_of(row: DocumentBlock) -> Department | None:
    """Return the department whose words a block was made of."""
    kind, _, number = row.source.partition(":")
    filing = Filing.get_or_none(Filing.id == int(number)) if kind == "filing" else None
    return filing.department if filing else None


@transaction
def ask(row: DocumentBlock, *, by: User) -> WordingRequest:
    """Ask the department whether its words may stand as they were rewritten.

    Raises NotAllowed, and IllegalTransition where there is nothing to be asked.
    """
    require(by, Action.EDIT_DOCUMENT)
    department, block = department_of(row), row.block
    if department is None or not isinstance(block, Paragraph) or not row.is_changed or row.is_dropped:
        raise IllegalTransition("这一段没有改动部门的原文，不需要请部门确认。")
    withdraw(row, by=by)
    request = WordingRequest.create(block=row, department=department, text=block.text, asked_by=by.person)
    sentence = f"请确认公文中引用的贵部门文字：{row.document.title}"
    message = Message(NoticeKind.WORDING, sentence, LIST, topic_of(request), detail=block.text)
    notify(message, to=seats_of(department.id), doer=by.account_id)
    record("ask_wording", row.document, by=by.actor, summary=row.document.title, detail=detail_of(request))
    return request


@transaction
def answer(request: WordingRequest, state: WordingState, words: str, *, by: User) -> None:
    """Agree or object on behalf of the department; an objection says why.

    Raises NotAllowed, IllegalTransition when it was answered or withdrawn already, and FieldProblems.
    """
    require(by, Action.CONFIRM_WORDING, request)
    request = WordingRequest.get_by_id(request.id)
    if request.state is not WordingState.ASKED or request.block.document.state not in DRAFTS:
        raise IllegalTransition(f"这件确认现在是“{request.state.label}”，不用再答复。")
    if state is WordingState.OBJECTED and not words.strip():
        raise FieldProblems({"answer": "请写明有什么异议、应当怎样写。"})
    if len(words) > ANSWER_LENGTH:
        raise FieldProblems({"answer": f"请控制在{ANSWER_LENGTH}字以内，现有{len(words)}字。"})
    request.state, request.answer = state, words.strip()
    request.answered_at, request.answered_by = now(), by.person
    request.save()
    settle(topic_of(request))
    document = request.block.document
    record(Action.CONFIRM_WORDING, document, by=by.actor, summary=document.title, detail=detail_of(request))


def withdraw(row: DocumentBlock, *, by: User) -> None:
    """Take back what a department was asked about a block whose words changed once more."""
    open_ones = (WordingRequest.block == row) & (WordingRequest.state != WordingState.WITHDRAWN)
    for request in WordingRequest.select().where(open_ones):
        WordingRequest.update(state=WordingState.WITHDRAWN).where(WordingRequest.id == request.id).execute()
        settle(topic_of(request))


def topic_of(request: WordingRequest) -> str:
    """Return the topic of its notices."""
    return f"wording:{request.id}"


def detail_of(request: WordingRequest) -> dict[str, object]:
    """Return what the log keeps of a request."""
    return {
        "block": request.block_id,
        "department": request.department.name,
        "state": request.state.value,
        "text": request.text,
        "answer": request.answer,
    }
