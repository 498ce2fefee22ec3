"""Notices about directives and about replies to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.authority.actor import Actor
from app.authority.permits import LeaderTie
from app.authority.policy import Action
from app.base.clock import today
from app.base.days import day_with_weekday
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.models import Directive, DirectiveReply
from app.notices.operations import send_notice
from app.notices.rules import (
    NoticeAddressees,
    NoticeKind,
    NoticeMessage,
    heads_of_departments,
    seat_of_leader,
    seats_of_departments,
    seats_of_office,
)
from app.org.models import Department
from app.periods.due_dates import due_in_words
from app.periods.queries import work_calendar
from app.plan.core.queries import ResponsibleDepartments


def announce_directive(directive: Directive, *, by: Actor) -> None:
    """Notify the addressees of a new directive, the office, and the leaders in charge of its measures.

    A leader is notified when the office entered a directive for him; handwriting he is asked to confirm instead.
    """
    notify_addressees(directive, [one.department for one in directive.addressees], by=by)
    words, topic = f"{directive_in_words(directive)}已发出。", f"directive-new:{directive.id}"
    message = message_about(directive, NoticeKind.DIRECTIVE, words, topic, directive.text)
    send_notice(message, to=seats_of_office(), doer=by.account_id)
    if directive.entered_by and not directive.is_handwritten:
        words = f"{directive_in_words(directive)}由{directive.entered_by}按您的意见录入，已发出。"
        notify_holders(directive, replace(message, sentence=words), by=by)
    in_charge = {one.leader_id for one in directive.measures if one.leader_id} - {directive.leader_id}
    for leader_id in sorted(in_charge) if not directive.is_confidential else ():
        send_notice(message, to=seat_of_leader(leader_id), doer=by.account_id)


def notify_addressees(directive: Directive, addressees: Iterable[Department], *, by: Actor) -> None:
    """Notify the addressed departments; each notice is settled when its department has answered."""
    due = f"，请于{day_with_weekday(directive.due_on)}前办理回复" if directive.due_on else ""
    for department in addressees:
        words, topic = f"{directive_in_words(directive)}{due}。", answer_topic(directive, department)
        message = message_about(directive, NoticeKind.DIRECTIVE, words, topic, directive.text)
        send_notice(message, to=seats_addressed(directive, department.id), doer=by.account_id)


def notify_authors(directive: Directive, reply: DirectiveReply, *, by: Actor) -> None:
    """Notify the leader and the office that a department has answered."""
    words = f"{reply.department.short_name}{'回复' if reply.is_final else '反馈'}了{directive_in_words(directive)}。"
    message = message_about(directive, NoticeKind.REPLY, words, reply_topic(directive, reply.id), reply.text)
    send_notice(message, to=seats_of_office(), doer=by.account_id)
    notify_holders(directive, message, by=by)


def notify_holders(directive: Directive, message: NoticeMessage, *, by: Actor) -> None:
    """Notify the leader who holds the seat that a directive belongs to, if it is a leader's."""
    for leader_id in sorted(directive.leader_ids(LeaderTie.SEAT)):
        send_notice(message, to=seat_of_leader(leader_id), doer=by.account_id)


def notify_of_step(step: DirectiveStep, topic: str, *, by: Actor) -> None:
    """Notify the leader, the office and the addressees of a step; steps between leader and office skip
    the addressees.
    """
    directive = step.directive
    when = f"，{step.day_words}" if step.day else ""
    words = f"{directive_in_words(directive)}：{step.title}{when}。"
    detail = "\n".join(filter(None, (step.text, step.further)))
    message = message_about(directive, STEP_NOTICES[step.action], words, topic, detail)
    send_notice(message, to=seats_of_office(), doer=by.account_id)
    notify_holders(directive, message, by=by)
    if step.action not in BETWEEN_OFFICE_AND_LEADER and not (
        step.action is Action.CONFIRM_DIRECTIVE and not step.text
    ):
        for addressee in directive.addressees:
            send_notice(message, to=seats_addressed(directive, addressee.department_id), doer=by.account_id)


def ask_to_confirm(directive: Directive, *, by: Actor) -> None:
    """Ask the leader to confirm that his handwriting was entered correctly."""
    words = f"{directive_in_words(directive)}由{by.person}按您的手写录入，请核对确认，可以改字。"
    topic = confirmation_topic(directive)
    message = message_about(directive, NoticeKind.DIRECTIVE, words, topic, directive.text)
    notify_holders(directive, message, by=by)


def remind_addressee(directive: Directive, department: Department, *, by: Actor) -> None:
    """Remind a department that it owes an answer."""
    due = f"，{due_in_words(directive.due_on, today(), work_calendar())}" if directive.due_on else ""
    words = f"催办：{directive_in_words(directive)}还没有办结回复{due}。"
    topic = answer_topic(directive, department)
    message = message_about(directive, NoticeKind.URGED, words, topic, directive.text)
    send_notice(message, to=seats_addressed(directive, department.id), doer=by.account_id)


def remind_of_due_date(directive: Directive, stage: str) -> int:
    """Remind the head of 主办 and the office of a due date; return how many accounts got a new notice."""
    if directive.due_on is None:
        return 0
    due = due_in_words(directive.due_on, today(), work_calendar())
    words = f"{directive_in_words(directive)}：{due}，还没有办结回复。"
    key = f"directive-due:{directive.id}:{directive.due_on}:{stage}"
    message = replace(
        message_about(directive, NoticeKind.URGED, words, due_topic(directive), directive.text), key=key
    )
    main = directive.main_addressee
    heads = send_notice(message, to=heads_of_departments(main.department_id)) if main else 0
    return heads + send_notice(message, to=seats_of_office())


STEP_NOTICES = {
    Action.WITHDRAW_DIRECTIVE: NoticeKind.TAKEN_BACK,
    Action.SUPPLEMENT_DIRECTIVE: NoticeKind.DIRECTIVE,
    Action.REQUEST_EXTENSION: NoticeKind.REPLY,
    Action.GRANT_EXTENSION: NoticeKind.DIRECTIVE,
    Action.REFUSE_EXTENSION: NoticeKind.DIRECTIVE,
    Action.SEND_BACK_DIRECTIVE: NoticeKind.RETURNED,
    Action.PROPOSE_CLOSING: NoticeKind.REPLY,
    Action.CLOSE_DIRECTIVE: NoticeKind.DIRECTIVE,
    Action.REOPEN_DIRECTIVE: NoticeKind.REOPENED,
    Action.CONFIRM_DIRECTIVE: NoticeKind.DIRECTIVE,
}
BETWEEN_OFFICE_AND_LEADER = (Action.REQUEST_EXTENSION, Action.PROPOSE_CLOSING)


def message_about(
    directive: Directive, kind: NoticeKind, sentence: str, topic: str, detail: str
) -> NoticeMessage:
    """Return a notice about a directive. For a confidential one it quotes nobody's words."""
    words = "" if directive.is_confidential else detail
    return NoticeMessage(kind, sentence, directive.path, topic, words)


def seats_addressed(directive: Directive, department_id: int) -> NoticeAddressees:
    """Return who in an addressed department may read the directive: only its head if it is confidential."""
    seats = heads_of_departments if directive.is_confidential else seats_of_departments
    return seats(department_id)


def notify_of_carry_overs(
    rows: Sequence[MeasureCarryOver],
    led: Mapping[int, ResponsibleDepartments],
    leads: Mapping[int, ResponsibleDepartments],
    *,
    by: Actor,
) -> None:
    """Notify the departments that led last year's measures and those that lead the successors: one notice each."""
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


def directive_in_words(directive: Directive) -> str:
    """Return what a sentence calls a directive; a confidential one only by its number."""
    if directive.is_confidential:
        return directive.number_words
    about = f"关于{directive.subject_words}" if directive.subjects else ""
    return f"{directive.author}{about}的{directive.kind.label}"


def reply_topic(directive: Directive, reply_id: int) -> str:
    """Return the topic of a department's answer, settled when the directive is closed."""
    return f"directive-reply:{directive.id}:{reply_id}"


def extension_topic(directive: Directive) -> str:
    """Return the topic of a request for more time, settled when it is decided."""
    return f"directive-extension:{directive.id}"


def due_topic(directive: Directive) -> str:
    """Return the topic of reminders of the due date, settled when the directive is answered."""
    return f"directive-due:{directive.id}"


def confirmation_topic(directive: Directive) -> str:
    """Return the topic of handwriting that its leader has to confirm."""
    return f"directive-confirmation:{directive.id}"


def closing_topic(directive: Directive) -> str:
    """Return the topic of a proposal to close, settled when the directive is closed or sent back."""
    return f"directive-closing:{directive.id}"


def answer_topic(directive: Directive, department: Department) -> str:
    """Return the topic of what a directive asks of one department."""
    return f"directive:{directive.id}:{department.id}"
