"""Steps of a directive other than writing and replying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.directives.core.announcements import (
    answer_topic,
    closing_topic,
    confirmation_topic,
    due_topic,
    extension_topic,
    notify_addressees,
    notify_of_step,
    remind_addressee,
    reply_topic,
)
from app.directives.core.content import DIRECTIVE_LENGTH, due_problem, new_day_problem, reason_problem
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import next_directive_state
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.operations import record_step
from app.directives.core.queries import directive_by_id
from app.directives.core.time_limits import moved_to_working_day
from app.notices.operations import settle_topic
from app.org.models import Department
from app.periods.queries import work_calendar

STATED_HOW_LENGTH = 50


@dataclass(frozen=True)
class StatedWord:
    """How and when a leader told the office that the directive may be closed (电话、当面、会上……)."""

    how: str = ""
    stated_on: date | None = None


@dataclass(frozen=True)
class StepWords:
    """What is stored with a step."""

    text: str = ""
    further: str = ""
    day: date | None = None


@transaction
def withdraw_directive(directive: Directive, reason: str, *, by: Actor, version: int) -> None:
    """Withdraw a directive that nobody has answered.

    Raises, like the other steps, NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.WITHDRAW_DIRECTIVE, directive)
    raise_field_problems({"text": reason_problem(reason, "理由", "请写明撤回的理由。")})
    current = current_directive(directive)

    def withdraw() -> None:
        current.extension_to = None

    words = StepWords(reason.strip())
    take_step(current, Action.WITHDRAW_DIRECTIVE, words, by=by, version=version, change=withdraw)
    settle_answers(current)
    settle_topic(confirmation_topic(current))


@transaction
def supplement_directive(directive: Directive, text: str, *, by: Actor, version: int) -> None:
    """Add a text to a directive; its own text stays unchanged."""
    require(by, Action.SUPPLEMENT_DIRECTIVE, directive)
    problem = text_problem(text.strip(), "补充内容", DIRECTIVE_LENGTH, when_empty="请写明要补充的内容。")
    raise_field_problems({"text": problem})
    current = current_directive(directive)
    take_step(current, Action.SUPPLEMENT_DIRECTIVE, StepWords(text.strip()), by=by, version=version)


@transaction
def receive_directives(directives: Sequence[Directive], *, by: Actor) -> None:
    """Record that an addressee has opened directives for the first time (签收)."""
    require(by, Action.RECEIVE_DIRECTIVE)
    moment = now()
    for directive in directives:
        require(by, Action.RECEIVE_DIRECTIVE, directive)
        waiting = addressees_to_receive(directive, by)
        for addressee in waiting:
            addressee.received_at, addressee.received_by = moment, by.person
            addressee.save()
        if waiting:
            record_step(Action.RECEIVE_DIRECTIVE, directive, by=by)


def addressees_to_receive(directive: Directive, by: Actor) -> list[DirectiveAddressee]:
    """Return the addressees among this person's departments that have not received an open directive."""
    return [
        one
        for one in directive.addressees
        if directive.is_open and one.received_at is None and one.department_id in by.department_ids
    ]


@transaction
def request_extension(
    directive: Directive, to: date | None, *, reason: str, progress: str, by: Actor, version: int
) -> None:
    """Ask, as the head of 主办, for a later due date; on the due date at the latest."""
    require(by, Action.REQUEST_EXTENSION, directive)
    current = current_directive(directive)
    raise_field_problems(
        {
            "day": extension_problem(current, to),
            "text": reason_problem(reason, "理由", "请写明为什么要延期。"),
            "further": reason_problem(progress, "目前进展", "请写明目前办到哪一步。"),
        }
    )
    day = to and moved_to_working_day(to, work_calendar())
    words = StepWords(reason.strip(), progress.strip(), day)

    def ask() -> None:
        current.extension_to = day

    main = current.main_addressee
    take_step(
        current,
        Action.REQUEST_EXTENSION,
        words,
        by=by,
        version=version,
        change=ask,
        department=main.department if main else None,
        topic=extension_topic(current),
    )


def extension_problem(directive: Directive, to: date | None) -> str:
    """Return what is wrong with the date asked for, or ""."""
    if directive.due_on is None:
        return "这件批示没有定期限，不用申请延期。"
    if directive.due_on < today():
        return "已经过了办理期限，不能再申请延期。请尽快办理回复，并在回复中说明原因。"
    if to is None:
        return "请选择延期到哪一天。"
    if to <= directive.due_on:
        return "延期的日期要晚于现在的期限，请重新选择。"
    return due_problem(to, directive.due_on.year)


@transaction
def grant_extension(directive: Directive, *, by: Actor, version: int) -> None:
    """Set the due date that was asked for; the original one is kept."""
    require(by, Action.GRANT_EXTENSION, directive)
    current = current_directive(directive)

    def grant() -> None:
        set_due_date(current, current.extension_to)
        current.extension_to = None

    words = StepWords(day=current.extension_to)
    take_step(current, Action.GRANT_EXTENSION, words, by=by, version=version, change=grant)
    settle_topic(extension_topic(current))


@transaction
def refuse_extension(directive: Directive, reason: str, *, by: Actor, version: int) -> None:
    """Leave the due date as it is."""
    require(by, Action.REFUSE_EXTENSION, directive)
    raise_field_problems({"text": reason_problem(reason, "理由", "请写明不同意延期的理由。")})
    current = current_directive(directive)

    def refuse() -> None:
        current.extension_to = None

    words = StepWords(reason.strip())
    take_step(current, Action.REFUSE_EXTENSION, words, by=by, version=version, change=refuse)
    settle_topic(extension_topic(current))


@transaction
def send_back_directive(
    directive: Directive, reason: str, *, day: date | None, by: Actor, version: int
) -> None:
    """Send an answered directive back to 主办 with a new due date (退回重办)."""
    require(by, Action.SEND_BACK_DIRECTIVE, directive)
    ask_for_another_answer(Action.SEND_BACK_DIRECTIVE, directive, reason, day, by=by, version=version)


@transaction
def reopen_directive(directive: Directive, reason: str, *, day: date | None, by: Actor, version: int) -> None:
    """Reopen a closed directive with a new due date."""
    require(by, Action.REOPEN_DIRECTIVE, directive)
    ask_for_another_answer(Action.REOPEN_DIRECTIVE, directive, reason, day, by=by, version=version)


def ask_for_another_answer(
    action: Action, directive: Directive, reason: str, day: date | None, *, by: Actor, version: int
) -> None:
    """Ask 主办 for another answer; the supporting departments' answers remain valid."""
    raise_field_problems(
        {
            "text": reason_problem(reason, "理由", "请写明理由，让承办部门知道还要办什么。"),
            "day": new_day_problem(day, today=today(), plan_year=today().year) if day else "请定新的期限。",
        }
    )
    current = current_directive(directive)
    new_day = day and moved_to_working_day(day, work_calendar())

    def open_again() -> None:
        set_due_date(current, new_day)
        current.closed_at = None
        current.closing_proposed_at = None

    take_step(
        current, action, StepWords(reason.strip(), day=new_day), by=by, version=version, change=open_again
    )
    settle_replies(current)
    main = current.main_addressee
    if main is not None:
        owes = DirectiveAddressee.id == main.id
        DirectiveAddressee.update(answered_at=None).where(owes).execute()
        notify_addressees(current, [main.department], by=by)


@transaction
def propose_closing(directive: Directive, text: str, *, by: Actor, version: int) -> None:
    """Propose to the leader, as the office, that the directive be closed."""
    require(by, Action.PROPOSE_CLOSING, directive)
    raise_field_problems({"text": text_problem(text.strip(), "意见", REASON_LENGTH)})
    current = current_directive(directive)
    if current.is_of_office:
        raise IllegalTransition("这是街道办公室自己交办的，可以直接销号。")

    def propose() -> None:
        current.closing_proposed_at = now()

    take_step(
        current,
        Action.PROPOSE_CLOSING,
        StepWords(text.strip()),
        by=by,
        version=version,
        change=propose,
        topic=closing_topic(current),
    )


@transaction
def close_directive(
    directive: Directive, *, by: Actor, version: int, word: str = "", stated: StatedWord | None = None
) -> None:
    """Close an answered directive (销号), as the leader who holds its seat, or as the office.

    The office may close its own directives, and a leader's with his stated consent.
    """
    require(by, Action.CLOSE_DIRECTIVE, directive)
    current = current_directive(directive)
    is_on_behalf = not current.is_of_office and by.leader_id is None
    given = (stated or StatedWord()) if is_on_behalf else StatedWord()
    problems = {"text": text_problem(word.strip(), "销号意见", REASON_LENGTH)}
    if is_on_behalf:
        problems |= stated_problems(given, current)
    raise_field_problems(problems)

    def close() -> None:
        current.closed_at = now()
        current.closing_proposed_at = None

    words = StepWords(word.strip(), given.how.strip(), given.stated_on)
    take_step(current, Action.CLOSE_DIRECTIVE, words, by=by, version=version, change=close)
    settle_replies(current)
    settle_answers(current)


def stated_problems(stated: StatedWord, directive: Directive) -> dict[str, str]:
    """Return, by field, what is missing about the leader's consent."""
    when_empty = "领导的批示由领导销号；代为销号的，请写明领导是怎样同意的，如当面、电话、会上。"
    day = stated.stated_on
    if day is None:
        problem = "请填写领导同意的日期。"
    elif day > today():
        problem = "领导同意的日期不能晚于今天。"
    elif day < directive.created_at.date():
        problem = "领导同意的日期不能早于批示的日期。"
    else:
        problem = ""
    return {
        "further": text_problem(stated.how.strip(), "同意的方式", STATED_HOW_LENGTH, when_empty=when_empty),
        "day": problem,
    }


@transaction
def remind_addressees(directive: Directive, *, by: Actor) -> int:
    """Remind the departments that owe an answer (催办); return how many."""
    require(by, Action.REMIND_ADDRESSEES, directive)
    current = current_directive(directive)
    next_directive_state(Action.REMIND_ADDRESSEES, current.standing)
    owing = [one.department for one in current.addressees if one.department_id in current.unanswered_ids]
    write_step(current, Action.REMIND_ADDRESSEES, StepWords(), by=by)
    for department in owing:
        remind_addressee(current, department, by=by)
    return len(owing)


@transaction
def remind_of_directives(directives: Sequence[Directive], *, by: Actor) -> int:
    """Remind the departments that owe an answer to any of these directives: all or none; return how many departments.

    Raises NotAllowed, BadInput when nothing is ticked, IllegalTransition when one no longer waits for an answer.
    """
    require(by, Action.REMIND_ADDRESSEES)
    if not directives:
        raise BadInput("还没有勾选。请先勾选要催办的批示。")
    settled = [one.number_words for one in directives if not one.awaits(Action.REMIND_ADDRESSEES)]
    if settled:
        raise IllegalTransition(f"{'、'.join(settled)}已经不用催办，这一步没有办成。请核对后重新勾选。")
    owing = {one for directive in directives for one in directive.unanswered_ids}
    for directive in directives:
        remind_addressees(directive, by=by)
    return len(owing)


def current_directive(directive: Directive) -> Directive:
    """Return a directive as it is stored now, with everything that belongs to it."""
    return directive_by_id(directive.id) or directive


def take_step(
    directive: Directive,
    action: Action,
    words: StepWords,
    *,
    by: Actor,
    version: int,
    change: Callable[[], None] = lambda: None,
    department: Department | None = None,
    topic: str = "",
) -> None:
    """Take a step: change the state, store the step, and notify those concerned."""
    directive.state = next_directive_state(action, directive.standing)
    change()
    directive.save_as_next(read_at=version)
    step = write_step(directive, action, words, by=by, department=department)
    notify_of_step(step, topic or f"directive-step:{step.id}", by=by)


def write_step(
    directive: Directive,
    action: Action,
    words: StepWords,
    *,
    by: Actor,
    department: Department | None = None,
) -> DirectiveStep:
    step: DirectiveStep = DirectiveStep.create(
        directive=directive,
        action=action,
        person=by.person,
        department=department,
        text=words.text,
        further=words.further,
        day=words.day,
    )
    record_step(action, directive, by=by, reason=words.text)
    return step


def set_due_date(directive: Directive, day: date | None) -> None:
    """Set a new due date; the original one is kept."""
    if directive.first_due_on is None and directive.due_on not in (None, day):
        directive.first_due_on = directive.due_on
    directive.due_on = day


def settle_answers(directive: Directive) -> None:
    """Settle the notices that asked departments for an answer or leaders for an extension."""
    for addressee in directive.addressees:
        settle_topic(answer_topic(directive, addressee.department))
    settle_topic(extension_topic(directive))
    settle_topic(due_topic(directive))


def settle_replies(directive: Directive) -> None:
    """Settle the notices about replies and about a proposal to close."""
    for reply in directive.replies:
        settle_topic(reply_topic(directive, reply.id))
    settle_topic(closing_topic(directive))
