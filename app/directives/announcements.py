"""Who is told of a directive."""

from __future__ import annotations

from collections.abc import Iterable

from app.access.user import User
from app.directives.models import Directive
from app.notices.operations import notify
from app.notices.rules import Message, NoticeKind, seats_of
from app.org.models import Department
from app.periods.rules import day_in_words


def tell_addressees(directive: Directive, addressees: Iterable[Department], *, by: User) -> None:
    """Tell the departments that a directive addresses; each is done with its notice when it has answered."""
    about, measure = "", directive.measure
    if measure is not None:
        about = f"关于第 {measure.position} 项（{measure.title}）"
    due = f"，请于{day_in_words(directive.due_on)}前办理回复" if directive.due_on else ""
    for department in addressees:
        message = Message(
            kind=NoticeKind.DIRECTIVE,
            sentence=f"{directive.author}{about}的{directive.kind.label}{due}。",
            path=f"/directives/{directive.id}",
            topic=topic_of(directive, department),
            detail=directive.text,
        )
        notify(message, to=seats_of(department.id), doer=by.account_id)


def topic_of(directive: Directive, department: Department) -> str:
    """Return the topic of what a directive asks of one department."""
    return f"directive:{directive.id}:{department.id}"
