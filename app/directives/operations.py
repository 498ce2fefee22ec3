"""Operations on directives: each checks, changes and records in one transaction."""

from __future__ import annotations

from typing import NamedTuple

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, DepartmentTie, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import NotAllowed, raise_field_problems
from app.base.text import text_problem
from app.directives.announcements import (
    answer_topic,
    notify_addressees,
    notify_authors,
    replies_topic,
)
from app.directives.content import REPLY_LENGTH, DirectiveContent, writing_problems
from app.directives.life_cycle import DirectiveState, first_state, next_directive_state, state_after_reply
from app.directives.models import Directive, DirectiveAddressee, DirectiveReply
from app.notices.operations import settle_topic
from app.org.models import Department, Leader
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem


@transaction
def write_directive(measure: PlanItem, content: DirectiveContent, *, by: Actor) -> Directive:
    """Issue a leader's directive on a measure to departments that answer for it.

    A leader speaks in person; the office enters a leader's words, or its own. Raises NotAllowed, FieldProblems.
    """
    require(by, Action.WRITE_DIRECTIVE)
    responsible = plans.responsible_for_measure(measure).lead_and_supports
    raise_field_problems(writing_problems(content, responsible, today=today(), plan_year=measure.plan.year))
    state = first_state(content.kind)
    directive = Directive.create(
        kind=content.kind,
        state=state,
        measure=measure,
        text=content.text.strip(),
        due_on=content.due_on,
        closed_at=now() if state is DirectiveState.CLOSED else None,
        **author_fields(content.leader, by),
    )
    for department in content.addressees:
        DirectiveAddressee.create(directive=directive, department=department)
    record_step(Action.WRITE_DIRECTIVE, directive, by=by)
    notify_addressees(directive, content.addressees, by=by)
    return directive


def author_fields(chosen: Leader | None, by: Actor) -> dict[str, object]:
    """Return whose words they are, and who wrote them down for somebody else."""
    if by.leader_id is not None:
        return {"leader": by.leader_id, "author": by.person}
    if chosen is not None:
        return {"leader": chosen, "author": chosen.name, "entered_by": by.person}
    return {"author": by.seat, "entered_by": by.person}


class HandedInReply(NamedTuple):
    """What somebody handed in to be signed by the head."""

    text: str
    person: str


def reply_problem(text: str) -> str:
    """Return what is wrong with an answer, or nothing."""
    return text_problem(text.strip(), "办理回复", REPLY_LENGTH, when_empty="请写明办理情况。")


@transaction
def reply_to_directive(
    directive: Directive,
    text: str,
    *,
    department: Department,
    by: Actor,
    version: int,
    handed_in: HandedInReply | None = None,
) -> None:
    """Answer a directive for one of its addressees, as the one who signs for the department.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.REPLY_TO_DIRECTIVE, directive)
    if department.id not in by.department_ids & directive.department_ids(DepartmentTie.OWNER):
        raise NotAllowed
    if department.needs_sign_off:
        require(by, Action.SIGN_REPLY, DirectiveAddressee(directive=directive, department=department))
    text = text.strip()
    raise_field_problems({"text": reply_problem(text)})
    all_answered = directive.unanswered_ids <= {department.id}
    directive.state = state_after_reply(directive.state, all_answered=all_answered)
    directive.save_as_next(read_at=version)
    before = handed_in if handed_in and handed_in.text.strip() != text else HandedInReply("", "")
    DirectiveReply.create(
        directive=directive,
        department=department,
        text=text,
        person=by.person,
        written_text=before.text,
        written_by=before.person,
    )
    record_step(Action.REPLY_TO_DIRECTIVE, directive, by=by, department=department.short_name)
    settle_topic(answer_topic(directive, department))
    notify_authors(directive, department, text, by=by)


@transaction
def close_directive(directive: Directive, *, by: Actor, version: int) -> None:
    """End a directive that was answered (销号). Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.CLOSE_DIRECTIVE, directive)
    directive.state = next_directive_state(Action.CLOSE_DIRECTIVE, directive.state)
    directive.closed_at = now()
    directive.save_as_next(read_at=version)
    settle_topic(replies_topic(directive))
    record_step(Action.CLOSE_DIRECTIVE, directive, by=by)


def record_step(action: Action, directive: Directive, *, by: Actor, **detail: object) -> None:
    about = directive.measure.title if directive.measure else ""
    record_event(
        action,
        directive,
        by=by,
        summary=f"{directive.author}{directive.kind.label}：{about}",
        detail={"state": directive.state, "version": directive.version, **detail},
    )
