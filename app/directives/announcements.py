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
    """Tell the departments that a directive addresses."""
    about = f"关于“{directive.measure.title}”" if directive.measure else ""
    due = f"，请于{day_in_words(directive.due_on)}前办理回复" if directive.due_on else ""
    message = Message(
        kind=NoticeKind.DIRECTIVE,
        sentence=f"{directive.author}{about}的{directive.kind.label}{due}。",
        path=f"/directives/{directive.id}",
        topic=f"directive:{directive.id}",
        detail=directive.text,
    )
    notify(message, to=seats_of(*(addressee.id for addressee in addressees)), doer=by.account_id)
