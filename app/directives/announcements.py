"""Who is told of a directive, and of the answers to it."""

from __future__ import annotations

from collections.abc import Iterable

from app.access.user import User
from app.directives.models import Directive
from app.notices.operations import notify
from app.notices.rules import (
    Message,
    NoticeKind,
    leader,
    office,
    seats_of,
)
from app.org.models import Department
from app.periods.rules import day_in_words


def tell_addressees(directive: Directive, addressees: Iterable[Department], *, by: User) -> None:
    """Tell the departments that a directive addresses; each is done with its notice when it has answered."""
    due = f"，请于{day_in_words(directive.due_on)}前办理回复" if directive.due_on else ""
    for department in addressees:
        message = Message(
            kind=NoticeKind.DIRECTIVE,
            sentence=f"{directive.author}{about(directive)}的{directive.kind.label}{due}。",
            path=f"/directives/{directive.id}",
            topic=topic_of(directive, department),
            detail=directive.text,
        )
        notify(message, to=seats_of(department.id), doer=by.account_id)


def tell_authors(directive: Directive, department: Department, text: str, *, by: User) -> None:
    """Tell the leader whose words they are, and the office, that a department has answered."""
    message = Message(
        kind=NoticeKind.REPLY,
        sentence=f"{department.short_name}回复了{directive.author}{about(directive)}的{directive.kind.label}。",
        path=f"/directives/{directive.id}",
        topic=replies_topic(directive),
        detail=text,
    )
    notify(message, to=office(), doer=by.account_id)
    if directive.leader_id is not None:
        notify(message, to=leader(directive.leader_id), doer=by.account_id)


def about(directive: Directive) -> str:
    """Return which measure a directive is about, in words."""
    measure = directive.measure
    return "" if measure is None else f"关于第 {measure.position} 项（{measure.title}）"


def replies_topic(directive: Directive) -> str:
    """Return the topic of what departments answered; closing leaves nothing to be done about it."""
    return f"directive-replies:{directive.id}"


def topic_of(directive: Directive, department: Department) -> str:
    """Return the topic of what a directive asks of one department."""
    return f"directive:{directive.id}:{department.id}"
