"""Who is told that a document was issued: the departments that it goes to, and the leader whom it is laid before."""

from __future__ import annotations

from collections.abc import Iterable

from app.access.policy import Tie
from app.access.user import User
from app.documents.models import Document
from app.documents.rules import OUT
from app.documents.steps import path_of
from app.notices.operations import mark_seen, notify, settle
from app.notices.queries import unread_topics
from app.notices.rules import Message, NoticeKind, leader, seats_of


def tell_readers(document: Document) -> None:
    """Tell of a document that can now be read; of one that was corrected there is no news any more."""
    message = Message(
        kind=NoticeKind.DOCUMENT,
        sentence=news_of(document),
        path=path_of(document),
        topic=topic_of(document.id),
        detail=document.correction,
    )
    departments = document.department_ids(Tie.OWNER)
    if departments:
        notify(message, to=seats_of(*departments))
    if document.leader_id is not None:
        notify(message, to=leader(document.leader_id))
    if document.supersedes_id is not None:
        settle(topic_of(document.supersedes_id))


def news_of(document: Document) -> str:
    """Return in a sentence what there is to be read."""
    named = f"{titled(document.title)}{f'（{document.number}）' if document.number else ''}"
    if document.supersedes_id is not None:
        return f"街道办公室更正了{named}，以更正后的为准，请查阅。"
    return f"街道办公室呈送{named}，请审阅。" if document.leader_id else f"街道办公室印发了{named}，请查阅。"


def titled(title: str) -> str:
    """Return a title in its marks, those within it changing places with 〈〉 (GB/T 15834-2011, 4.15)."""
    return f"《{title.translate(str.maketrans('《》〈〉', '〈〉《》'))}》"


def seen(document: Document, *, by: User) -> None:
    """Take it that whoever opens a document's page has read it."""
    if document.state in OUT:
        mark_seen(by.account_id, topic_of(document.id))


def unread_among(documents: Iterable[Document], *, by: User) -> frozenset[int]:
    """Return the ids of those documents that somebody was told of and has not opened."""
    topics = {topic_of(document.id): document.id for document in documents}
    return frozenset(topics[topic] for topic in unread_topics(by.account_id, topics))


def topic_of(document_id: int) -> str:
    """Return the topic of a document's notices."""
    return f"document:{document_id}"
