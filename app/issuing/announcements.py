"""Notices that a document was issued: to the departments it goes to, and to the leader it is presented to."""

from __future__ import annotations

from collections.abc import Iterable

from app.authority.actor import Actor
from app.authority.permits import DepartmentTie
from app.drafting.core.models import Document
from app.drafting.core.queries import document_path
from app.drafting.core.signals import document_issued
from app.notices.operations import mark_seen, send_notice, settle_topic
from app.notices.queries import unread_topics
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    seat_of_leader,
    seats_of_departments,
)


@document_issued.connect
def tell_readers(document: Document) -> None:
    """Notify the readers of an issued document; notices about the document it corrects are deleted."""
    message = NoticeMessage(
        kind=NoticeKind.DOCUMENT,
        sentence=news_of(document),
        path=document_path(document),
        topic=topic_of(document.id),
        detail=document.correction,
    )
    departments = document.department_ids(DepartmentTie.OWNER)
    if departments:
        send_notice(message, to=seats_of_departments(*departments))
    if document.leader_id is not None:
        send_notice(message, to=seat_of_leader(document.leader_id))
    if document.supersedes_id is not None:
        settle_topic(topic_of(document.supersedes_id))
        tell_former_readers(document.supersedes, departments)


def tell_former_readers(corrected: Document, departments: frozenset[int]) -> None:
    """Notify those who got the corrected document but do not get the correction that it is no longer valid."""
    former = corrected.department_ids(DepartmentTie.OWNER) - departments
    if former:
        sentence = (
            f"街道办公室更正了{title_with_number(corrected)}，更正后的公文不再发给贵部门，原件请勿再作依据。"
        )
        topic = topic_of(corrected.id)
        message = NoticeMessage(
            kind=NoticeKind.DOCUMENT, sentence=sentence, path=document_path(corrected), topic=topic
        )
        send_notice(message, to=seats_of_departments(*former))


def news_of(document: Document) -> str:
    """Return the news of a document as a sentence."""
    if document.supersedes_id is not None:
        return f"街道办公室更正了{title_with_number(document)}，以更正后的为准，请查阅。"
    if document.leader_id:
        return f"街道办公室呈送{title_with_number(document)}，请审阅。"
    return f"街道办公室印发了{title_with_number(document)}，请查阅。"


def title_with_number(document: Document) -> str:
    """Return a document's title in title marks, with its number if it has one."""
    return f"{title_in_marks(document.title)}{f'（{document.number}）' if document.number else ''}"


def title_in_marks(title: str) -> str:
    """Return a title in title marks; marks within it become 〈〉 (GB/T 15834-2011, 4.15)."""
    return f"《{title.translate(str.maketrans('《》〈〉', '〈〉《》'))}》"


def mark_document_seen(document: Document, *, by: Actor) -> None:
    """Record that the reader of a document's page has read it."""
    if document.is_out:
        mark_seen(topic_of(document.id), by=by)


def unread_among(documents: Iterable[Document], *, by: Actor) -> frozenset[int]:
    """Return the ids of those documents that a person was notified of and has not opened."""
    topics = {topic_of(document.id): document.id for document in documents}
    return frozenset(topics[topic] for topic in unread_topics(by.account_id, topics))


def topic_of(document_id: int) -> str:
    """Return the topic of a document's notices."""
    return f"document:{document_id}"
