"""Notices about directives and about the replies to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.authority.actor import Actor
from app.base.days import day_with_weekday
from app.directives.models import Directive, MeasureCarryOver
from app.notices.operations import send_notice
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    seat_of_leader,
    seats_of_departments,
    seats_of_office,
)
from app.org.models import Department
from app.plan.core.queries import ResponsibleDepartments


def notify_addressees(directive: Directive, addressees: Iterable[Department], *, by: Actor) -> None:
    """Notify the departments that a directive addresses; each notice is settled when its department has answered."""
    due = f"，请于{day_with_weekday(directive.due_on)}前办理回复" if directive.due_on else ""
    for department in addressees:
        message = NoticeMessage(
            kind=NoticeKind.DIRECTIVE,
            sentence=f"{directive.author}{measure_in_words(directive)}的{directive.kind.label}{due}。",
            path=f"/directives/{directive.id}",
            topic=answer_topic(directive, department),
            detail=directive.text,
        )
        send_notice(message, to=seats_of_departments(department.id), doer=by.account_id)


def notify_authors(directive: Directive, department: Department, text: str, *, by: Actor) -> None:
    """Notify the leader whose directive it is, and the office, that a department has answered."""
    message = NoticeMessage(
        kind=NoticeKind.REPLY,
        sentence=f"{department.short_name}回复了{directive.author}{measure_in_words(directive)}的{directive.kind.label}。",
        path=f"/directives/{directive.id}",
        topic=replies_topic(directive),
        detail=text,
    )
    send_notice(message, to=seats_of_office(), doer=by.account_id)
    if directive.leader_id is not None:
        send_notice(message, to=seat_of_leader(directive.leader_id), doer=by.account_id)


def notify_of_carry_overs(
    rows: Sequence[MeasureCarryOver],
    led: Mapping[int, ResponsibleDepartments],
    leads: Mapping[int, ResponsibleDepartments],
    *,
    by: Actor,
) -> None:
    """Notify those who led measures of the year before, and those who lead what goes on with them: one notice each."""
    concerned: dict[int, list[MeasureCarryOver]] = {}
    for row in rows:
        duties = (led.get(row.measure_id), leads.get(row.successor_id or 0))
        for department_id in {duty.lead.id for duty in duties if duty and duty.lead}:
            concerned.setdefault(department_id, []).append(row)
    for department_id, own in sorted(concerned.items()):
        message = NoticeMessage(
            kind=NoticeKind.CARRY_OVER,
            sentence=f"{own[0].plan.year - 1} 年的 {len(own)} 项举措办理了结转。",
            path=f"/measures/{own[0].successor_id or own[0].measure_id}",
            topic=f"carry-over:{own[0].id}",
            detail="\n".join(row.outcome_words for row in own),
        )
        send_notice(message, to=seats_of_departments(department_id), doer=by.account_id)


def measure_in_words(directive: Directive) -> str:
    """Return which measure a directive is about, in words."""
    measure = directive.measure
    return "" if measure is None else f"关于第 {measure.position} 项（{measure.title}）"


def replies_topic(directive: Directive) -> str:
    """Return the topic of what departments answered; closing the directive settles it."""
    return f"directive-replies:{directive.id}"


def answer_topic(directive: Directive, department: Department) -> str:
    """Return the topic of what a directive asks of one department."""
    return f"directive:{directive.id}:{department.id}"
