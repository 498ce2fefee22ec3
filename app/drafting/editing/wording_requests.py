"""Requests that departments confirm changes of their words: asking, answering, withdrawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from peewee import ModelSelect

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import IllegalTransition, raise_field_problems
from app.base.text import text_problem
from app.base.text_differences import TextDifference, compare_texts
from app.drafting.core.life_cycle import WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of, document_path
from app.drafting.editing.models import WordingRequest
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    seats_of_departments,
    seats_of_office,
)
from app.org.models import Department
from reports.frozen_text import block_from_json
from reports.model import Paragraph

WORDING_ANSWER_LENGTH = 200
MOST_LISTED = 50
LIST = "/documents/wordings"
# In these states a department has seen the words.
SEEN = (WordingState.ASKED, WordingState.AGREED)


def department_of(row: DocumentBlock) -> Department | None:
    """Return the department whose words a block was made from; None if it is not made from a filing."""
    return row.filing.department if row.filing else None


def original_words(row: DocumentBlock) -> str:
    """Return the department's words as assembled; empty if the block is not made from a filing."""
    composed = block_from_json(row.composed) if row.composed else None
    return composed.text if isinstance(composed, Paragraph) and row.filing_id else ""


def is_reworded(row: DocumentBlock) -> bool:
    """Return whether a block has other words than the department's as assembled."""
    block = row.block
    return isinstance(block, Paragraph) and block.text != original_words(row) != ""


def is_in_own_words(row: DocumentBlock) -> bool:
    """Return whether a block has the department's words as assembled, and a renewal has not replaced these since."""
    return row.overtaken_by is None and original_words(row) != "" and not is_reworded(row)


def is_open(request: WordingRequest, row: DocumentBlock) -> bool:
    """Return whether a department has not agreed (yet) to words of a block that are not its own."""
    return request.is_unsettled and not is_in_own_words(row)


def may_be_asked(row: DocumentBlock, request: WordingRequest | None) -> bool:
    """Return whether a block has changed words that its department has not seen; `request` is the last one about it."""
    block = row.block
    is_seen = (
        request is not None
        and request.state in SEEN
        and isinstance(block, Paragraph)
        and request.text == block.text
    )
    return row.filing_id is not None and is_reworded(row) and not row.is_dropped and not is_seen


@transaction
def ask_department(row: DocumentBlock, *, by: Actor, version: int) -> WordingRequest:
    """Ask the department to confirm its rewritten words; an objection stays until it answers again.

    Raises NotAllowed, and IllegalTransition if there is nothing to ask or the words changed meanwhile.
    """
    require(by, Action.EDIT_DOCUMENT)
    department, block = department_of(row), row.block
    if department is None or not is_reworded(row) or row.is_dropped or not row.document.is_draft:
        raise IllegalTransition("这一段没有改动部门的原文，不需要请部门确认。")
    if row.version != version:
        raise IllegalTransition("这一段刚被改动，没有送出。请核对现在的文字后再送部门确认。")
    withdraw_requests(overtaken_requests(row), by=by)
    text = block.text if isinstance(block, Paragraph) else ""
    request = WordingRequest.create(block=row, department=department, text=text, asked_by=by.person)
    sentence = f"请确认公文中引用的贵部门文字：{row.document.title}"
    message = NoticeMessage(NoticeKind.WORDING, sentence, LIST, topic_of(request), detail=text)
    send_notice(message, to=seats_of_departments(department.id), doer=by.account_id)
    record_request(EventKind.ASK_WORDING, request, by=by)
    return request


@transaction
def answer_request(request: WordingRequest, state: WordingState, words: str, *, by: Actor) -> None:
    """Agree or object on behalf of the department and notify the office; an objection needs a reason.

    Raises NotAllowed, IllegalTransition if it was already answered or withdrawn, and FieldProblems.
    """
    require(by, Action.CONFIRM_WORDING, request)
    request = WordingRequest.get_by_id(request.id)
    if request.state is not WordingState.ASKED:
        raise IllegalTransition(f"这件确认现在是“{request.state.label}”，不用再答复。")
    words = words.strip()
    when_empty = "请写明有什么异议、应当怎样写。" if state is WordingState.OBJECTED else ""
    raise_field_problems(
        {"answer": text_problem(words, "意见", WORDING_ANSWER_LENGTH, when_empty=when_empty)}
    )
    request.state, request.answer = state, words
    request.answered_at, request.answered_by = now(), by.person
    request.save()
    settle_topic(topic_of(request))
    withdraw_requests(
        (one for one in pending_requests(request.block) if one.id < request.id),
        by=by,
        reason="部门已重新答复",
    )
    document = request.block.document
    sentence = f"{request.department.short_name}对公文文字的答复是“{state.label}”：{document.title}"
    place = f"{document_path(document)}/edit?block={request.block_id}"
    send_notice(
        NoticeMessage(NoticeKind.WORDING, sentence, place, topic_of(request), detail=words),
        to=seats_of_office(),
    )
    record_request(Action.CONFIRM_WORDING, request, by=by)


def withdraw_requests(requests: Iterable[WordingRequest], *, by: Actor, reason: str = "") -> None:
    """Withdraw requests about words that changed again or need no answer any more.

    reason: why an objection no longer counts, for the record.
    """
    for request in requests:
        request.state = WordingState.WITHDRAWN
        request.save()
        settle_topic(topic_of(request))
        record_request(EventKind.WITHDRAW_WORDING, request, by=by, reason=reason)


def pending_requests(row: DocumentBlock) -> list[WordingRequest]:
    """Return the requests about a block that were not withdrawn, answered or not."""
    return list(with_department().where((DocumentBlock.id == row.id) & not_withdrawn()))


def overtaken_requests(row: DocumentBlock) -> list[WordingRequest]:
    """Return the requests about a block that lapse when its words change: all but objections."""
    return [one for one in pending_requests(row) if one.state is not WordingState.OBJECTED]


def agreed_words(document: Document) -> set[tuple[int, str]]:
    """Return the words that departments agreed to, each with the id of its block."""
    is_agreed = (DocumentBlock.document == document) & (WordingRequest.state == WordingState.AGREED)
    query = WordingRequest.select(WordingRequest.block, WordingRequest.text).join(DocumentBlock)
    return {(one.block_id, one.text) for one in query.where(is_agreed)}


def last_requests(document: Document) -> dict[int, WordingRequest]:
    """Return the last request about each printed block, by block id."""
    printed = (DocumentBlock.document == document) & ~DocumentBlock.is_dropped
    rows = (
        with_department().where(printed & not_withdrawn()).order_by(DocumentBlock.position, WordingRequest.id)
    )
    return {row.block_id: row for row in rows}


def unsettled_requests(document: Document) -> list[WordingRequest]:
    """Return the last request about each printed block to which the department has not agreed (yet)."""
    return [row for row in last_requests(document).values() if is_open(row, row.block)]


def unseen_rows(document: Document) -> list[DocumentBlock]:
    """Return the printed blocks with changed words that their department has not seen.

    Blocks with an open request are left out.
    """
    last = last_requests(document)
    rows = [row for row in blocks_of(document) if may_be_asked(row, last.get(row.id))]
    return [row for row in rows if not (row.id in last and is_open(last[row.id], row))]


def confirm_despite(document: Document, shown: Collection[int], unseen: int, *, by: Actor) -> None:
    """Let a document be issued although departments did not agree to all words, or have not seen them all.

    The requests are withdrawn.
    shown: the ids of the open requests that the person was shown and accepted.
    unseen: the number of blocks with unseen changes that the person accepted.
    Raises FieldProblems if there are other requests or more blocks.
    """
    requests, changed = unsettled_requests(document), unseen_rows(document)
    names = [f"{one.department.name}（{one.state.label}）" for one in requests if one.id not in shown]
    problems = {}
    if names:
        problems["despite"] = f"还有改动没有得到部门同意：{'、'.join(names)}。请核对后确认是否仍然印发。"
    if len(changed) > unseen:
        problems["unseen"] = (
            f"{len(changed)}段部门文字有改动，部门没有看到。请送部门确认；确需照现在的文字印发，请勾选“仍按现在的文字印发”。"
        )
    raise_field_problems(problems)
    for one in requests:
        withdraw_requests(pending_requests(one.block), by=by, reason="未经部门同意，仍按现在的文字印发")


def asked_of(department_ids: Collection[int]) -> list[WordingRequest]:
    """Return the requests to departments that were not withdrawn: unanswered ones first, then the newest."""
    mine = WordingRequest.department.in_(sorted(department_ids)) & not_withdrawn()
    waits = WordingRequest.state == WordingState.ASKED
    return list(
        with_department().where(mine).order_by(waits.desc(), WordingRequest.id.desc()).limit(MOST_LISTED)
    )


def wording_difference(request: WordingRequest) -> TextDifference:
    """Return the difference between the department's own words and the proposed ones."""
    return compare_texts(original_words(request.block), request.text)


def wording_request(request_id: int) -> WordingRequest | None:
    """Return one request with its department, block and document."""
    return with_department().where(WordingRequest.id == request_id).first()


def not_withdrawn() -> object:
    return WordingRequest.state != WordingState.WITHDRAWN


def with_department() -> ModelSelect[WordingRequest]:
    """Return a query over requests with their department, block and document."""
    light = (Document.id, Document.title, Document.state)
    return (
        WordingRequest.select(WordingRequest, Department, DocumentBlock, *light)
        .join(Department)
        .switch(WordingRequest)
        .join(DocumentBlock)
        .join(Document)
    )


def topic_of(request: WordingRequest) -> str:
    """Return the topic of a request's notices."""
    return f"wording:{request.id}"


def record_request(
    action: Action | EventKind, request: WordingRequest, *, by: Actor, reason: str = ""
) -> None:
    """Record what was done with a request."""
    document = request.block.document
    detail = {
        "block": request.block_id,
        "department": request.department.name,
        "state": request.state.value,
        "text": request.text,
        "answer": request.answer,
    }
    record_event(action, document, by=by, summary=document.title, reason=reason, detail=detail)
